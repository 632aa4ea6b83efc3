"""Which hosts may be asked: those of the public network, and those that the user names."""

from __future__ import annotations

import ipaddress
import socket
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias
from urllib.parse import urlsplit

from kg.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Resolve: TypeAlias = Callable[[str, int], Sequence[str]]

_PORTS: Final = {"http": 80, "https": 443}
# Networks whose addresses carry one of IPv4 within them, and the bits that lie to the right of it.
_CARRIERS: Final = (
    (ipaddress.IPv6Network("64:ff9b::/96"), 0),
    (ipaddress.IPv6Network("64:ff9b:1::/48"), 0),
    (ipaddress.IPv6Network("2002::/16"), 80),
)


class Target(NamedTuple):
    """An address of the web, taken apart: no user, no fragment; ``path`` has the query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """Scheme, host and port, as they stand in an address."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == _PORTS[self.scheme] else f":{self.port}")

    @property
    def url(self) -> str:
        """The whole address."""
        return self.origin + self.path


def target_of(url: str) -> Target:
    """Take an address apart.

    Raises:
        DocumentError: If it is none of http or https, or bears a user's name, or is broken.

    >>> target_of("https://news.example/a?b=c#d").url
    'https://news.example/a?b=c'
    """
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").rstrip(".")
        host = host if ":" in host else host.encode("idna").decode("ascii").lower()
    except ValueError as error:
        raise DocumentError(f"cannot read {url}: broken address ({error})") from error
    if parts.scheme not in _PORTS:
        raise DocumentError(f"cannot read {url}: kg fetches http and https addresses only")
    if not host or any(character <= " " or character == "\x7f" for character in url):
        raise DocumentError(f"cannot read {url}: broken address")
    if parts.username is not None or parts.password is not None:
        raise DocumentError(f"cannot read {parts.scheme}://{host}: an address with a user's name is not fetched")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, port or _PORTS[parts.scheme], path)


def is_public(address: str) -> bool:
    """Say whether an IP address is one of the public network.

    >>> is_public("93.184.216.34"), is_public("127.0.0.1"), is_public("::ffff:10.0.0.1"), is_public("64:ff9b::7f00:1")
    (True, False, False, False)
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or _carried(ip)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _carried(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    for network, right in _CARRIERS:
        if ip in network:
            return ipaddress.IPv4Address((int(ip) >> right) & 0xFFFFFFFF)
    return None


def resolve(host: str, port: int) -> Sequence[str]:
    """Return the IP addresses of a host.

    Raises:
        OSError: If it has none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def permitted(target: Target, allowed: frozenset[str], resolver: Resolve = resolve) -> str:
    """Return the IP address at which to ask a host; the connection goes there, whatever the name leads to later.

    Raises:
        DocumentError: If the host is unknown, or one of its addresses is not public and the host not allowed.
    """
    try:
        addresses = resolver(target.host, target.port)
    except (OSError, UnicodeError) as error:
        raise DocumentError(f"cannot read {target.url}: no host {target.host} is known") from error
    if not addresses:
        raise DocumentError(f"cannot read {target.url}: no host {target.host} is known")
    if target.host not in allowed:
        for address in addresses:
            if not is_public(address):
                raise DocumentError(
                    f"cannot read {target.url}: {target.host} is at the private address {address}; "
                    f"--allow-host {target.host} permits it"
                )
    return addresses[0]
