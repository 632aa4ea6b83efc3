"""Pages are fetched politely and within bounds, from a real server on this machine."""

from __future__ import annotations

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from kg.errors import DocumentError, LimitError
from kg.ingest import DocumentFailure, InputSettings, Limits, read
from kg.ingest.web import Fetcher
from kg.records import Document

from . import samples

if TYPE_CHECKING:
    from collections.abc import Iterator

HOST = "127.0.0.1"


class Site(BaseHTTPRequestHandler):
    """A newspaper's site."""

    robots = "User-agent: *\nDisallow: /private\nCrawl-delay: 2\n"
    robots_status = 200
    asked: list[tuple[str, str]]
    port: int

    def do_GET(self) -> None:
        self.asked.append((self.path, self.headers.get("User-Agent", "")))
        port = self.port
        moves = {
            "/moved": "/article",
            "/loop": "/loop",
            "/inside": f"http://localhost:{port}/article",
            "/metadata": "http://169.254.169.254/latest/meta-data/",
            "/file": "file:///etc/passwd",
            "/to-private": "/private",
        }
        if self.path == "/robots.txt":
            self._answer(self.robots_status, "text/plain", self.robots.encode())
        elif self.path in moves:
            self._answer(302, "text/plain", b"moved", moves[self.path])
        elif self.path == "/slow":
            self._drip()
        elif self.path in {"/feed", "/feed-of-feeds"}:
            link = "feed" if self.path == "/feed-of-feeds" else "article"
            feed = samples.RSS.replace(samples.URL, f"http://{HOST}:{port}/{link}")
            self._answer(200, "application/xml", feed.encode())
        elif self.path == "/latin":
            self._answer(200, "text/html; charset=iso-8859-1", samples.PAGE.replace("Rosa", "Zoë").encode("cp1252"))
        else:
            page = {"/article": samples.PAGE.encode(), "/big": b"x" * 300_000}.get(self.path)
            self._answer(200 if page else 404, "text/html", page or b"gone")

    def _answer(self, status: int, kind: str, data: bytes, location: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        if location:
            self.send_header("Location", location)
        self.end_headers()
        self.wfile.write(data)

    def _drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        for _ in range(100):
            try:
                self.wfile.write(b"x")
                self.wfile.flush()
            except OSError:
                return
            time.sleep(0.02)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def site() -> Iterator[tuple[str, type[Site]]]:
    """A running site: its address and class."""

    class OwnSite(Site):
        """A site that nobody else asks."""

    kind = OwnSite
    kind.asked = []
    with ThreadingHTTPServer((HOST, 0), kind) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        kind.port = server.server_port
        yield f"http://{HOST}:{server.server_port}", kind
        server.shutdown()
        thread.join()


class Clock:
    """A clock that goes only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def fetcher(clock: Clock | None = None, **settings: Any) -> Fetcher:
    clock = clock or Clock()
    return Fetcher(InputSettings(allowed_hosts=frozenset({HOST}), **settings), clock=clock, sleep=clock.sleep)


def test_a_page_with_its_type_and_final_address(site: tuple[str, type[Site]]) -> None:
    base, kind = site
    page = fetcher().fetch(f"{base}/moved")
    assert page == (samples.PAGE.encode(), f"{base}/article", ("text/html", ""))
    assert [path for path, _ in kind.asked] == ["/robots.txt", "/moved", "/article"]
    assert all(agent.startswith("kg/") for _, agent in kind.asked)


def test_hosts_are_given_time(site: tuple[str, type[Site]]) -> None:
    clock = Clock()
    asking = fetcher(clock)
    for _ in range(3):
        asking.fetch(f"{site[0]}/article")
    assert clock.slept == [2.0, 2.0]


REFUSED = [
    ("/private/a", "its robots.txt asks robots not to"),
    ("/to-private", "its robots.txt asks robots not to"),
    ("/none", "the server answers with status 404"),
    ("/inside", "localhost is at the private address"),
    ("/metadata", "169.254.169.254 is at the private address"),
    ("/file", "kg fetches http and https addresses only"),
]


@pytest.mark.parametrize(("path", "reason"), REFUSED)
def test_refused(site: tuple[str, type[Site]], path: str, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        fetcher().fetch(site[0] + path)


def test_this_machine_is_refused_unless_allowed(site: tuple[str, type[Site]]) -> None:
    with pytest.raises(DocumentError, match=r"127.0.0.1 is at the private address 127.0.0.1"):
        Fetcher(InputSettings()).fetch(f"{site[0]}/article")
    assert site[1].asked == []


def test_a_name_is_asked_at_the_address_that_was_checked(site: tuple[str, type[Site]]) -> None:
    """It is looked up once a request, and the connection goes there: a second answer gains nothing."""
    looked_up = []

    def resolver(host: str, _port: int) -> list[str]:
        looked_up.append(host)
        return [HOST]

    url = site[0].replace(HOST, "news.example") + "/article"
    settings = InputSettings(allowed_hosts=frozenset({"news.example"}), delay=0.001)
    assert Fetcher(settings, resolver=resolver).fetch(url).url == url
    assert looked_up == ["news.example"] * 2
    with pytest.raises(DocumentError, match=r"news.example is at the private address 127.0.0.1"):
        Fetcher(InputSettings(), resolver=resolver).fetch(url)


def test_limits(site: tuple[str, type[Site]]) -> None:
    base, _ = site
    with pytest.raises(LimitError, match="more than 5 redirects"):
        fetcher().fetch(f"{base}/loop")
    with pytest.raises(LimitError, match=r"larger than 200,000 bytes \(the limit 'document_bytes'\)"):
        fetcher(limits=Limits(document_bytes=200_000)).fetch(f"{base}/big")
    slow = InputSettings(allowed_hosts=frozenset({HOST}), limits=Limits(fetch_seconds=0.3))
    with pytest.raises(LimitError, match=r"not there within 0.3 seconds \(the limit 'fetch_seconds'\)"):
        Fetcher(slow).fetch(f"{base}/slow")


def test_rules_that_are_not_there(site: tuple[str, type[Site]]) -> None:
    base, kind = site
    kind.robots_status = 404
    assert fetcher().fetch(f"{base}/article").media_type.kind == "text/html"
    kind.robots_status = 500
    with pytest.raises(DocumentError, match="does not say what robots may read"):
        fetcher().fetch(f"{base}/article")


def settings(**others: Any) -> InputSettings:
    return InputSettings(allowed_hosts=frozenset({HOST}), delay=0.001, keep_duplicates=True, **others)


def test_addresses_are_inputs(site: tuple[str, type[Site]]) -> None:
    base, kind = site
    kind.robots = ""
    page, latin, failure = read([f"{base}/moved", f"{base}/latin", f"{base}/none"], settings=settings())
    assert isinstance(page, Document)
    assert (page.id, page.source, page.url) == (f"{base}/moved", f"{base}/article", samples.URL)
    assert samples.FIRST in page.text
    assert isinstance(latin, Document)
    assert latin.authors == ("Zoë Hentzau",)
    assert isinstance(failure, DocumentFailure)
    assert str(failure.error) == f"cannot read {base}/none: the server answers with status 404"


@pytest.mark.parametrize("follow", [False, True])
def test_a_feed_is_an_input(site: tuple[str, type[Site]], *, follow: bool) -> None:
    base, kind = site
    kind.robots = ""
    first, second = read([f"{base}/feed"], settings=settings(follow=follow))
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert first.id == f"{base}/article"
    assert samples.FIRST in first.text
    assert [path for path, _ in kind.asked] == ["/robots.txt", "/feed", *["/article"] * follow]
    assert second.text == "Weather stays fair in Strelsau"
    assert second.url is None


def test_only_entries_of_feeds_are_followed(site: tuple[str, type[Site]]) -> None:
    """A page, too, gives an address, and where that leads is up to the page."""
    base, kind = site
    kind.robots = ""
    (document,) = read([f"{base}/article"], settings=settings(follow=True))
    assert isinstance(document, Document)
    assert document.url == samples.URL
    assert [path for path, _ in kind.asked] == ["/robots.txt", "/article"]


def test_an_entry_that_links_to_many_documents(site: tuple[str, type[Site]]) -> None:
    base, kind = site
    kind.robots = ""
    entry, *others = read([f"{base}/feed-of-feeds"], settings=settings(follow=True))
    assert isinstance(entry, Document)
    assert entry.id == f"{base}/feed"
    (other, last) = others
    assert isinstance(other, Document)
    assert isinstance(last, Document)
    assert len({entry.id, other.id, last.id}) == 3


def test_a_file_address_is_refused() -> None:
    (failure,) = read(["file:///etc/passwd"])
    assert isinstance(failure, DocumentFailure)
    assert str(failure.error) == "cannot read file:///etc/passwd: kg fetches http and https addresses only"
