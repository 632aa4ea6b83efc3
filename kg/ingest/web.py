"""Fetching pages: politely, within bounds, and never from where a stranger's link must not lead."""

from __future__ import annotations

import io
import time
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import urljoin

from kg.errors import DocumentError, LimitError
from kg.ingest.addresses import permitted, resolve, target_of
from kg.ingest.media import MediaType

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.ingest.addresses import Resolve, Target
    from kg.ingest.settings import InputSettings

_NAME: Final = "kg"
_ACCEPT: Final = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, */*;q=0.5"
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_OK: Final = 200
_ROBOTS_BYTES: Final = 500_000
_LONGEST_DELAY_S: Final = 30.0
_SOCKET_S: Final = 20.0
_CHUNK: Final = 1 << 16


class Page(NamedTuple):
    """What a server answered: the bytes, where they came from in the end, and what it says they are."""

    data: bytes
    url: str
    media_type: MediaType


class _Answer(NamedTuple):
    status: int
    location: str | None
    media_type: MediaType
    data: bytes


class Fetcher:
    """Fetches pages one after the other, keeping to each host's robots.txt and a distance in time.

    Every address, also that of a redirect, is looked up first, refused where it is private, and connected to just
    there. Proxies of the environment are not used, since what lies behind them could not be checked.

    Args:
        settings: How inputs are read.
        resolver: Gives the IP addresses of a host and port.
        clock: Gives seconds that never go back.
        sleep: Waits for so many seconds.
    """

    def __init__(
        self,
        settings: InputSettings,
        resolver: Resolve = resolve,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._settings = settings
        self._resolve = resolver
        self._clock = clock
        self._sleep = sleep
        self._rules: dict[str, Any] = {}
        self._next: dict[str, float] = {}

    def fetch(self, url: str) -> Page:
        """Fetch a page.

        Raises:
            DocumentError: If the address is refused, or robots.txt or the server refuses it, or nobody answers.
            LimitError: If it is too large, too slow, or redirected too often.
        """
        limits = self._settings.limits
        deadline = self._clock() + limits.fetch_seconds
        target = target_of(url)
        for _ in range(limits.redirects + 1):
            answer = self._allowed(target, deadline)
            if answer.status not in _MOVED or answer.location is None:
                return _page(answer, target)
            target = target_of(urljoin(target.url, answer.location))
        raise LimitError(f"cannot read {url}: more than {limits.redirects} redirects (the limit 'redirects')")

    def _allowed(self, target: Target, deadline: float) -> _Answer:
        rules = self._rules_of(target, deadline)
        if rules is None:
            raise DocumentError(f"cannot read {target.url}: {target.host} does not say what robots may read")
        if not rules.can_fetch(target.url, _NAME):
            raise DocumentError(f"cannot read {target.url}: its robots.txt asks robots not to")
        delay = max(self._settings.delay, min(float(rules.crawl_delay(_NAME) or 0), _LONGEST_DELAY_S))
        self._wait(target, delay)
        return self._get(target, deadline, self._settings.limits.document_bytes)

    def _wait(self, target: Target, delay: float) -> None:
        now = self._clock()
        pause = self._next.get(target.host, now) - now
        if pause > 0:
            self._sleep(pause)
        self._next[target.host] = max(now, now + pause) + delay

    def _rules_of(self, target: Target, deadline: float) -> Any:
        """Return the rules of a host; None where it fails to give them, by which RFC 9309 forbids all."""
        if target.origin not in self._rules:
            self._rules[target.origin] = self._ask_rules(target, deadline)
        return self._rules[target.origin]

    def _ask_rules(self, target: Target, deadline: float) -> Any:
        from protego import Protego

        asked = target._replace(path="/robots.txt")
        for _ in range(self._settings.limits.redirects + 1):
            answer = self._get(asked, deadline, _ROBOTS_BYTES, cut=True)
            if answer.status in _MOVED and answer.location is not None:
                asked = target_of(urljoin(asked.url, answer.location))
                continue
            if answer.status == _OK:
                return Protego.parse(answer.data.decode("utf-8", "replace"))
            return Protego.parse("") if 400 <= answer.status < 500 else None
        return Protego.parse("")

    def _get(self, target: Target, deadline: float, limit: int, *, cut: bool = False) -> _Answer:
        """Ask once. The whole answer is read by ``deadline``, and is no larger than ``limit``, or else cut there."""
        import urllib3

        address = permitted(target, self._settings.allowed_hosts, self._resolve)
        left = deadline - self._clock()
        if left <= 0:
            raise self._too_slow(target)
        timeout = urllib3.Timeout(connect=min(left, _SOCKET_S), read=min(left, _SOCKET_S))
        try:
            with (
                _pool(target, address) as pool,
                pool.request(
                    "GET",
                    target.path,
                    headers={"Host": target.origin.partition("://")[2], "User-Agent": _agent(), "Accept": _ACCEPT},
                    redirect=False,
                    retries=False,
                    timeout=timeout,
                    preload_content=False,
                ) as response,
            ):
                data = b"" if response.status in _MOVED else self._body(response, target, deadline, limit, cut=cut)
                kind = MediaType.parse(response.headers.get("Content-Type"))
                return _Answer(response.status, response.headers.get("Location"), kind, data)
        except urllib3.exceptions.TimeoutError as error:
            raise self._too_slow(target) from error
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            reason = " ".join(str(error).split())[:200] or type(error).__name__
            raise DocumentError(f"cannot read {target.url}: {reason}") from error

    def _body(self, response: Any, target: Target, deadline: float, limit: int, *, cut: bool) -> bytes:
        body = io.BytesIO()
        while part := response.read1(_CHUNK):
            body.write(part)
            if body.tell() > limit:
                if cut:
                    break
                raise LimitError(f"cannot read {target.url}: larger than {limit:,} bytes (the limit 'document_bytes')")
            if self._clock() > deadline:
                raise self._too_slow(target)
        return body.getvalue()

    def _too_slow(self, target: Target) -> LimitError:
        seconds = self._settings.limits.fetch_seconds
        return LimitError(f"cannot read {target.url}: not there within {seconds:g} seconds (the limit 'fetch_seconds')")


def _pool(target: Target, address: str) -> Any:
    """Return a connection to an address at which a host was found, which must prove to be that host."""
    import urllib3

    if target.scheme == "http":
        return urllib3.HTTPConnectionPool(address, target.port)
    return urllib3.HTTPSConnectionPool(
        address, target.port, server_hostname=target.host, assert_hostname=target.host, cert_reqs="CERT_REQUIRED"
    )


def _page(answer: _Answer, target: Target) -> Page:
    if answer.status != _OK:
        raise DocumentError(f"cannot read {target.url}: the server answers with status {answer.status}")
    return Page(answer.data, target.url, answer.media_type)


def _agent() -> str:
    try:
        return f"{_NAME}/{version(_NAME)}"
    except PackageNotFoundError:
        return _NAME
