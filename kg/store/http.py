"""Requests to SPARQL services over HTTP: no redirects are followed, and what goes wrong is told in one line."""

from __future__ import annotations

import base64
import os
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException, InvalidURL
from typing import TYPE_CHECKING, Final

from kg.errors import EndpointError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from http.client import HTTPResponse

# How a service that asks for it is told who we are: by its user and password, or by a token.
USER: Final = "KG_ENDPOINT_USER"
PASSWORD: Final = "KG_ENDPOINT_PASSWORD"  # noqa: S105 (the variable's name)
TOKEN: Final = "KG_ENDPOINT_TOKEN"  # noqa: S105
_SHOWN: Final = 200
_TRY_AGAIN: Final = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service answered: the media type and the bytes."""

    media_type: str
    body: bytes


class PassingError(EndpointError):
    """What may go well when it is tried again: the service could not be reached, or was too busy."""


def send(url: str, method: str, headers: Mapping[str, str], body: bytes | None, timeout_s: float) -> Answer:
    """Send one request.

    Raises:
        EndpointError: If the service refuses it; a :class:`PassingError` where trying again may help.

    """
    with _opened(url, method, headers, body, timeout_s) as response:
        return Answer(response.headers.get_content_type(), response.read())


@contextmanager
def fetched(url: str, headers: Mapping[str, str], timeout_s: float) -> Iterator[HTTPResponse]:
    """Give the answer to a GET as a file, to be read in a stream; errors as for :func:`send`."""
    with _opened(url, "GET", headers, None, timeout_s) as response:
        yield response


@contextmanager
def _opened(
    url: str, method: str, headers: Mapping[str, str], body: bytes | None, timeout_s: float
) -> Iterator[HTTPResponse]:
    if not url.lower().startswith(("http://", "https://")):
        raise EndpointError(f"{url} is no address of an endpoint: it begins with neither http:// nor https://")
    try:
        request = urllib.request.Request(url, data=body, headers=dict(headers), method=method)  # noqa: S310 (http alone)
        for name, value in _credentials().items():
            request.add_unredirected_header(name, value)
        with _OPENER.open(request, timeout=timeout_s) as response:
            yield response
    except urllib.error.HTTPError as error:
        raise _refusal(url, error) from error
    except (InvalidURL, ValueError) as error:
        raise EndpointError(f"{url} is no address of an endpoint: {one_line(error)}") from error
    except (urllib.error.URLError, HTTPException, OSError) as error:
        reason = getattr(error, "reason", None) or error
        if isinstance(reason, TimeoutError):
            raise PassingError(f"{url} did not answer within {timeout_s:g} s") from error
        raise PassingError(f"{url} cannot be reached: {one_line(reason)}") from error


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Redirects turn a POST into a GET, and would carry what we send to whoever they name."""

    def redirect_request(self, *_: object) -> None:
        return None


_OPENER: Final = urllib.request.build_opener(_NoRedirects())


def _refusal(url: str, error: urllib.error.HTTPError) -> EndpointError:
    with error:
        said = one_line(error.read(4 * _SHOWN).decode("utf-8", "replace"))[:_SHOWN]
    if error.headers.get("Location"):
        return EndpointError(f"{url} has moved to {one_line(error.headers['Location'])}; give that address")
    kind = PassingError if error.code in _TRY_AGAIN else EndpointError
    return kind(f"{url} answered {error.code} {error.reason}" + (f": {said}" if said else ""))


def _credentials() -> dict[str, str]:
    token, user = os.environ.get(TOKEN), os.environ.get(USER)
    if token:
        return {"Authorization": f"Bearer {token}"}
    if user:
        pair = f"{user}:{os.environ.get(PASSWORD, '')}".encode()
        return {"Authorization": f"Basic {base64.b64encode(pair).decode('ascii')}"}
    return {}


def one_line(what: object) -> str:
    """Return what is said in one line."""
    return " ".join(str(what).split())
