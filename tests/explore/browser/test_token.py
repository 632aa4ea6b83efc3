"""An explorer that the network can reach, in a real browser: it asks for a token, takes it, and goes on."""

from __future__ import annotations

import re
import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, NamedTuple

import pytest

pytest.importorskip("playwright", reason="needs playwright to drive a browser")

from playwright.sync_api import expect

from .conftest import started

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .conftest import Open
    from .visit import Visit

REFUSED = "401 (Unauthorized)"
EVENTS = "/events?type=AID&sort=confidence"


class Shared(NamedTuple):
    """An explorer that the network can reach: its port, and the token that it asks for."""

    port: int
    token: str


@pytest.fixture(scope="module")
def shared(repository: Path) -> Iterator[Shared]:
    """``kg explore --host 0.0.0.0`` on the showcase."""
    with started(repository, repository / "outputs" / "seed.ttl", "--host", "0.0.0.0") as (address, said):
        found = re.search(r"the token is ([\w-]+);", said.readline())
        assert found is not None
        yield Shared(int(address.rpartition(":")[2]), found[1])


@pytest.fixture
def own_address() -> str:
    """The address of this machine on its network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(("10.255.255.255", 1))  # which sends nothing
        except OSError:
            pytest.skip(reason="needs a network")
        return str(asking.getsockname()[0])


def enter(seen: Visit, token: str) -> None:
    seen.page.get_by_label("Token").fill(token)
    seen.page.get_by_role("button", name="Enter").click()


def log_in(seen: Visit, token: str) -> None:
    """Go where a link leads, by way of the token, and on from there."""
    seen.expected = (REFUSED,)
    page = seen.go(EVENTS)
    expect(page.locator("h1")).to_have_text("This page asks for a token")
    enter(seen, "wrong")
    expect(page.get_by_role("alert")).to_have_text("That is not the token.")
    enter(seen, token)
    expect(page.locator("h1")).to_have_text("Events")
    assert seen.path() == EVENTS
    page.get_by_role("link", name="Timeline").click()
    expect(page.locator("h1")).to_have_text("Timeline")


def test_the_token_opens_the_explorer_here(visit: Open, shared: Shared) -> None:
    log_in(visit(f"http://127.0.0.1:{shared.port}"), shared.token)


def test_the_token_opens_the_explorer_on_the_network(visit: Open, shared: Shared, own_address: str) -> None:
    log_in(visit(f"http://{own_address}:{shared.port}"), shared.token)


@contextmanager
def another_site(page: str) -> Iterator[str]:
    """Serve one page from an address that is another site for browsers, and give the address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_another_site_may_link_and_not_post(visit: Open, shared: Shared, own_address: str) -> None:
    here = f"http://{own_address}:{shared.port}"
    seen = visit(here)
    seen.expected = ("403 (Forbidden)", "404 (Not Found)", REFUSED)  # what is plain text has no icon
    seen.go("/")
    enter(seen, shared.token)
    expect(seen.page.get_by_role("link", name="Timeline")).to_be_visible()
    form = f'<form method="post" action="{here}/token"><input name="token" value="{shared.token}"><button>Post</button>'
    with another_site(
        f'<meta name="referrer" content="unsafe-url">{form}</form><a href="{here}{EVENTS}">Link</a>'
    ) as address:
        seen.page.goto(address)
        seen.page.get_by_role("link", name="Link").click()
        expect(seen.page.locator("h1")).to_have_text("Events")
        seen.page.goto(address)
        seen.page.get_by_role("button", name="Post").click()
        expect(seen.page.locator("body")).to_have_text("requests from pages of other sites are refused")
    seen.requests = [url for url in seen.requests if not url.startswith(address)]
