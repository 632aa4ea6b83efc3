"""Who may ask, how much, and what browsers may do with the answer."""

from __future__ import annotations

import hmac
import ipaddress
import re
import time
from collections import OrderedDict
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, PlainTextResponse

from kg.explore import page

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE: Final = "kg_token"
LARGEST: Final = 262_144
_DIGITS: Final = 20
_LONGEST_ADDRESS: Final = 32_768
_RATE: Final = 50.0
_BURST: Final = 4.0
_CLIENTS: Final = 4_096
_OPEN: Final = ("/token", "/static/explore.css")
# A path and what it asks for. Two slashes would begin the name of another site, and browsers take \ for one of them.
_LOCAL: Final = re.compile(r"/(?!/)[!-\[\]-~]*")

HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # with less, browsers do not tell us that a form is our own
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
# Browsers complain of these where anybody on the way could have written them.
_BELIEVED: Final = {"Cross-Origin-Opener-Policy": "same-origin"}


def is_loopback(host: str) -> bool:
    """Say whether an address to listen on is reached from this machine alone.

    >>> is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, True, False)
    """
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Guard:
    """An ASGI application around another that lets in whom it may.

    Args:
        app: The other application.
        token: What a caller must show, as ``Authorization: Bearer``, or as the cookie that ``/token`` sets; of letters,
            digits, ``-`` and ``_``, or "" for nothing.
        local: Whether the address is that of this machine alone. Then a request must name it so, which a page of
            another site that had its name lead here cannot do.
        rate: How many requests a second an address may make on the average; four times as many at once.
        clock: Gives the time in seconds.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        token: str = "",
        local: bool = True,
        rate: float = _RATE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.app = app
        self.token = token
        self.local = local
        self.rate = rate
        self.clock = clock
        self._spent: OrderedDict[str, tuple[float, float]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a request, or pass it on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        app = refusal if refusal is not None else self.app
        told = HEADERS | _BELIEVED if _is_believed(scope) else HEADERS
        await app(scope, _bounded(receive), _adorned(send, told))

    def _refusal(self, scope: Scope) -> ASGIApp | None:
        headers = Headers(scope=scope)
        if self.local and not is_loopback(_host(headers.get("host", ""))):
            return PlainTextResponse("this server answers to localhost alone\n", 421)
        if not self._afford((scope.get("client") or ("", 0))[0]):
            return PlainTextResponse("too many requests; wait a moment\n", 429, {"Retry-After": "1"})
        length = headers.get("content-length", "0")
        if not (length.isdecimal() and len(length) <= _DIGITS and int(length) <= LARGEST):
            return PlainTextResponse(f"a request holds at most {LARGEST:,} bytes\n", 413)
        if len(scope.get("query_string", b"")) > _LONGEST_ADDRESS:
            return PlainTextResponse("the address is too long\n", 414)
        if not _own(scope["method"], headers):
            return PlainTextResponse("requests from pages of other sites are refused\n", 403)
        if self.token and scope["path"] not in _OPEN and not self._shown(headers):
            return _ask_for_token(scope, headers)
        return None

    def _shown(self, headers: Headers) -> bool:
        """Say whether the request shows the token."""
        scheme, _, given = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and equal(given.strip(), self.token):
            return True
        # Not http.cookies: it takes time in the square of what it unquotes, and stops at what others have set oddly.
        cookies = (one.strip().partition("=") for one in headers.get("cookie", "").split(";"))
        return any(name == COOKIE and equal(value, self.token) for name, _, value in cookies)

    def _afford(self, client: str) -> bool:
        """Say whether a client may make one more request now: a bucket of tokens that fills steadily."""
        now = self.clock()
        most = self.rate * _BURST
        left, then = self._spent.pop(client, (most, now))
        left = min(most, left + (now - then) * self.rate)
        fine = left >= 1
        self._spent[client] = (left - fine, now)
        if len(self._spent) > _CLIENTS:
            self._spent.popitem(last=False)
        return fine


def equal(given: str, wanted: str) -> bool:
    """Say whether two tokens are equal, in a time that does not tell how much of them is."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())


class TooLargeError(Exception):
    """A request turned out to be larger than it may be."""


def _bounded(receive: Receive) -> Receive:
    """Return ``receive`` with an end to how much it takes, whatever the request says of its length."""
    taken = 0

    async def bounded() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > LARGEST:
            raise TooLargeError
        return message

    return bounded


def onward_of(address: str) -> str:
    """Return an address to go on to, "/" for any that is not a path here.

    >>> onward_of("/actor?id=actor%2Fa"), onward_of("//evil.example"), onward_of("https://evil.example")
    ('/actor?id=actor%2Fa', '/', '/')
    """
    return address if len(address) <= _LONGEST_ADDRESS and _LOCAL.fullmatch(address) else "/"


def _adorned(send: Send, told: Mapping[str, str]) -> Send:
    """Return ``send`` with what browsers are told about every answer."""

    async def adorned(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in told.items():
                headers.setdefault(name, value)
        await send(message)

    return adorned


def _is_believed(scope: Scope) -> bool:
    """Say whether a browser believes that it is we who answer: by TLS, be it of a server in front of us, or locally."""
    headers = Headers(scope=scope)
    # Browsers send Sec-Fetch-Site only where they trust the way.
    return scope["scheme"] == "https" or "sec-fetch-site" in headers or is_loopback(_host(headers.get("host", "")))


def _ask_for_token(scope: Scope, headers: Headers) -> ASGIApp:
    challenge = {"WWW-Authenticate": "Bearer"}
    if "text/html" in headers.get("accept", ""):
        asked = quote(scope["path"])
        if scope.get("query_string"):
            asked = f"{asked}?{scope['query_string'].decode('latin-1')}"
        onward = onward_of(asked) if scope["method"] == "GET" else "/"
        return HTMLResponse(page.render("token", wrong=False, onward=onward), 401, challenge)
    return PlainTextResponse("show the token that kg explore printed, as Authorization: Bearer TOKEN\n", 401, challenge)


def _own(method: str, headers: Headers) -> bool:
    """Say whether a request does not come from a page of another site, save that such a page may link here."""
    if headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        return method == "GET" and headers.get("sec-fetch-mode") == "navigate"
    origin = headers.get("origin") if method == "POST" else None
    if origin is None:
        return True
    _, told, site = origin.partition("://")
    return bool(told) and site == headers.get("host", "")


def _host(header: str) -> str:
    """Return the host of a Host header without its port."""
    if header.startswith("["):
        return header[1:].partition("]")[0]
    return header.partition(":")[0]
