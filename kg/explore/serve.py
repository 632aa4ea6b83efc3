"""Serving the explorer of a graph until somebody ends it."""

from __future__ import annotations

import gc
import os
import secrets
import socket
from contextlib import ExitStack, suppress
from threading import Thread
from typing import TYPE_CHECKING, Final

from kg.errors import ConfigError, MissingExtraError
from kg.explore import console
from kg.explore.index import Index
from kg.explore.kept import opened
from kg.explore.questions import Limits, Questions
from kg.explore.reading import read_texts
from kg.explore.site import Site

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

_TOKEN_BYTES: Final = 24
_CONNECTIONS: Final = 200
_HEADERS: Final = 65_536


def serve(
    graph: Path,
    *,
    texts: Sequence[Path] = (),
    host: str = "127.0.0.1",
    port: int = 8765,
    seconds: float = 10.0,
    cache: Path | None = None,
    tell: Callable[[str], None] = print,
) -> None:
    """Serve the explorer of the graph in a file until it is interrupted.

    Args:
        graph: The file.
        texts: Files and folders with the documents that the graph was read from, whose texts are then shown whole.
        host: The address to listen on. Any but that of this machine alone asks every visitor for a new token.
        port: The port; 0 for any that is free.
        seconds: The longest that a query may run.
        cache: The folder in which a copy of a large graph is kept for the next opening; None to keep none.
        tell: Told where the explorer is, and its token.

    Raises:
        GraphError: The file cannot be read or holds no graph.
        InputError: A text cannot be read.
        ConfigError: The address or port cannot be listened on.
        MissingExtraError: Starlette or uvicorn is not installed.
    """
    try:
        import uvicorn

        from kg.explore.guard import is_loopback
        from kg.explore.server import application
    except ImportError as error:
        raise MissingExtraError(f"kg explore needs {error.name}: pip install 'kg[explore]'") from error
    queries = hasattr(os, "fork")
    site = Site(Index(opened(graph, cache), read_texts(texts) if texts else None), graph.name, queries=queries)
    gc.freeze()  # nothing of it will ever be garbage, and to look through it takes as long as several clicks
    local = is_loopback(host)
    token = "" if local else secrets.token_urlsafe(_TOKEN_BYTES)
    with _listening(host, port) as listener, ExitStack() as running:
        limits = Limits(seconds=seconds)
        questions = running.enter_context(Questions(graph, limits)) if queries else None
        app = application(site, questions, token=token, local=local)
        shown = f"[{host}]" if ":" in host else host
        tell(f"{graph.name} is at http://{shown}:{listener.getsockname()[1]}/ (Ctrl-C ends it)")
        if token:
            tell(f"the token is {token}; others on the network can read what passes, unless it goes through TLS")
        config = uvicorn.Config(
            app,
            http="h11",  # whose headers alone have a bound
            access_log=False,
            log_level="warning",
            server_header=False,
            date_header=False,
            lifespan="off",
            ws="none",
            proxy_headers=False,
            limit_concurrency=_CONNECTIONS,
            h11_max_incomplete_event_size=_HEADERS,
            timeout_graceful_shutdown=1,
        )
        for prepare in (site.prepare, console.prepare):
            Thread(target=prepare, daemon=True).start()
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listener])


def _listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens on the address.

    Raises:
        ConfigError: It cannot.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
    except UnicodeError as error:
        raise ConfigError(f"cannot listen on {host}: it is no address") from error
    except OSError as error:
        raise ConfigError(f"cannot listen on {host}: {error.strerror or error}") from error
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise ConfigError(f"cannot listen on {host}, port {port}: {error.strerror or error}") from error
    return listener
