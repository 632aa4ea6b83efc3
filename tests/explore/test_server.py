"""The explorer over HTTP: what an analyst does, and what nobody may do."""

from __future__ import annotations

import csv
import io
import json
import re
import time
from dataclasses import asdict
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlsplit

import pytest

pytest.importorskip("starlette", reason="needs the extra explore")
pytest.importorskip("httpx", reason="needs httpx to ask the server")

from starlette.testclient import TestClient

from kg.errors import QueryError
from kg.explore.console import asked
from kg.explore.guard import COOKIE, LARGEST, Guard, is_loopback
from kg.explore.page import query
from kg.explore.questioner import answerer
from kg.explore.questions import Answer, Question, Questions
from kg.explore.server import application
from kg.explore.sparql import LONGEST
from kg.query import load, names
from kg.store.file import File

from .html import Page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.explore.site import Site

TOKEN = "a-token-that-nobody-guesses"


class Answering(Questions):
    """Answers in this process, for tests of what lies between a request and a question."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.answer = answerer(path)

    async def ask(self, question: Question, client: str = "") -> Answer:
        found = self.answer({**asdict(question), "arguments": dict(question.arguments)})
        if "error" in found:
            raise QueryError(found["error"])
        return Answer(found["kind"], found["text"])


@pytest.fixture(scope="module")
def client(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    path = tmp_path_factory.mktemp("server") / "graph.ttl"
    path.write_text("<x:a> <x:b> 1 .", encoding="utf-8")
    with TestClient(application(site, Answering(path)), base_url="http://127.0.0.1:8765") as client:
        yield client


@pytest.fixture(scope="module")
def asking(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A visitor whose questions are about the graph that the pages show."""
    path = tmp_path_factory.mktemp("asking") / "graph.ttl"
    File(path).write_knowledge(site.index.graph)
    with TestClient(application(site, Answering(path)), base_url="http://127.0.0.1:8765") as client:
        yield client


def get(client: TestClient, address: str) -> Page:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return Page(answer.text)


def test_every_link_of_every_page_leads_to_a_page(client: TestClient) -> None:
    seen, waiting = set[str](), ["/"]
    while waiting:
        address = waiting.pop(0).partition("#")[0]
        if address in seen or not address.startswith("/"):
            continue
        seen.add(address)
        answer = client.get(address)
        assert answer.status_code == 200, f"{address}: {answer.text[:300]}"
        if answer.headers["content-type"].startswith("text/html") and not address.startswith("/events?"):
            links = (one.get("href", "") for one in Page(answer.text).of("a"))
            waiting += [link for link in links if "most=" not in link and "expand=" not in link]
        if len(seen) > 100:
            break
    assert {address.partition("?")[0] for address in seen} >= {"/", "/actor", "/pair", "/event", "/document", "/events"}


def test_a_bar_leads_to_the_events_that_it_counts(client: TestClient) -> None:
    page = get(client, "/actor?id=actor/norwegian-police-service_police_nor&type=ASSAULT")
    windows = [link for link in page.links() if link.startswith("/events?") and "since=" in link]
    assert windows
    assert all("type=ASSAULT" in link for link in windows)


def test_an_analyst_finds_the_sentence_in_two_clicks(client: TestClient) -> None:
    hits = client.get("/names?q=solb").json()
    assert hits[0]["words"].startswith("Henrik Solberg")
    page = get(client, hits[0]["address"])
    event = next(link for link in page.links() if link.startswith("/event?"))
    evidence = get(client, event)
    assert "Who says so" in evidence.text
    assert evidence.of("blockquote")
    document = get(client, next(link for link in evidence.links() if link.startswith("/document?")))
    assert {mark["class"] for mark in document.of("mark")} >= {"trigger", "actor", "place"}
    assert "Icelandic Prime Minister" in document.text


def test_a_sentence_opens_where_it_stands_in_the_whole_text(client: TestClient) -> None:
    evidence = get(
        client, next(link for link in get(client, "/events?type=AGREE").links() if link.startswith("/event?"))
    )
    address = next(link for link in evidence.links() if link.startswith("/document?") and link.endswith("#at"))
    page = get(client, address.removesuffix("#at"))
    assert [(tag, one["class"]) for tag, one in page.elements if one.get("id") == "at"] == [("mark", "trigger")]
    assert not re.search(r"<a [^>]*>\s*</a>", client.get(address).text), "a link that nobody can see"


def test_the_state_of_a_page_is_in_its_address(client: TestClient) -> None:
    page = get(client, "/events?sort=confidence&down=yes&since=2024&type=AID")
    assert "1 event" in page.text
    values = {one["name"]: one.get("value") for one in page.of("input") if "name" in one}
    assert (values["since"], values["sort"], values["down"]) == ("2024", "confidence", "yes")
    assert any("since=2024" in link and link.startswith("/events.csv") for link in page.links())


def test_pages_are_made_for_all_readers(client: TestClient) -> None:
    page = get(client, "/actor?id=actor/norway_state_nor")
    assert page.of("html")[0]["lang"] == "en"
    assert page.of("main")
    assert any(link["href"] == "#main" for link in page.of("a"))
    assert len(page.of("h1")) == 1
    labelled = {one["for"] for one in page.of("label") if "for" in one}
    assert "q" in labelled
    assert all("aria-label" in svg for svg in page.of("svg"))
    assert all("scope" in cell for cell in page.of("th"))
    assert page.of("caption")
    identifiers = [one["id"] for _, one in page.elements if "id" in one]
    assert len(identifiers) == len(set(identifiers))


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/nowhere", 404),
        ("/actor", 404),
        ("/actor?id=nobody", 404),
        ("/event?id=<script>", 404),
        ("/relation?id=x", 404),
        ("/document?id=x", 404),
        ("/pair?one=x&other=y", 404),
        ("/events?sort=beauty", 400),
        ("/events?since=soon", 400),
        ("/events?sure=7", 400),
        ("/events?from=-1", 400),
        ("/timeline?by=fortnight", 400),
        ("/map?type=DANCE", 400),
        ("/static/secret.py", 404),
        ("/static/..%2f..%2fmodel%2fLICENSE.md", 404),
        ("/answer.exe?query=ASK%20%7B%7D", 404),
    ],
)
def test_what_is_not_there_is_said_plainly(client: TestClient, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert "Traceback" not in answer.text
    assert "<script>alert" not in answer.text


def test_files_to_keep(client: TestClient) -> None:
    csv = client.get("/events.csv?type=AID")
    assert csv.headers["content-disposition"] == 'attachment; filename="events.csv"'
    assert len(csv.text.splitlines()) == 2
    assert [row["type"] for row in json.loads(client.get("/events.json?type=AID").text)] == ["AID"]


@pytest.mark.parametrize("wanted", ["sort=intensity", "sort=intensity&down=yes", "sort=what&sure=0.5", "down=yes"])
def test_both_files_hold_the_events_in_the_order_shown(client: TestClient, wanted: str) -> None:
    read = list(csv.DictReader(io.StringIO(client.get(f"/events.csv?{wanted}").text)))
    told = json.loads(client.get(f"/events.json?{wanted}").text)
    shown = [link for link in get(client, f"/events?{wanted}").links() if link.startswith("/event?")]
    assert [row["iri"] for row in read] == [row["iri"] for row in told]
    assert [parse_qs(urlsplit(link).query)["id"][0] for link in shown] == [row["iri"].split("/id/")[-1] for row in told]
    assert list(read[0]) == list(told[0])
    assert all(row["documents"] and isinstance(row["participant_names"], list) for row in told)


def test_what_is_chosen_goes_along_and_comes_back(client: TestClient) -> None:
    page = get(client, "/events?type=AID&happened=yes&until=2025")
    assert not [link for link in page.links() if link.startswith("/event?")]
    page = get(client, "/events?type=AID&until=2025")
    for kind in ("/event?", "/timeline?", "/map?", "/documents?"):
        page = get(client, next(link for link in page.links() if link.startswith(kind)))
    document = get(client, next(link for link in page.links() if link.startswith("/document?")))
    back = next(link for link in document.links() if link.startswith("/events?"))
    assert parse_qs(urlsplit(back).query) == {"type": ["AID"], "until": ["2025"]}
    assert "/console" in document.links()


def test_the_form_shows_what_is_chosen(client: TestClient) -> None:
    page = get(client, "/events?claimant=nobody&source=Another+Paper")
    assert {one["value"] for one in page.of("option") if "selected" in one} == {"nobody", "Another Paper"}


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/events?since=2015-13-45&type=AID&sort=intensity", {"since": "2015-13-45", "sort": "intensity"}),
        ("/timeline?since=soon&by=fortnight", {"since": "soon"}),
        ("/actor?id=actor/norway_state_nor&since=2016&until=2015", {"id": "actor/norway_state_nor", "until": "2015"}),
        ("/map?sure=7&until=2015", {"until": "2015", "sure": ""}),
        ("/documents?since=soon&until=2015&type=AID", {"since": "soon", "until": "2015", "type": "AID"}),
    ],
)
def test_a_mistyped_choice_is_put_right_where_it_was_made(
    client: TestClient, address: str, kept: dict[str, str]
) -> None:
    answer = client.get(address)
    page = Page(answer.text)
    assert answer.status_code == 400
    assert [one["role"] for one in page.of("p") if "role" in one] == ["alert"]
    assert address.partition("?")[0] in [form["action"] for form in page.of("form")]
    assert kept.items() <= {one["name"]: one.get("value", "") for one in page.of("input")}.items()
    assert "fortnight" not in [one.get("value") for one in page.of("input")]
    assert "/events" in page.links()


def test_empty_fields_of_a_form_leave_no_trace_in_the_address(client: TestClient) -> None:
    answer = client.get("/events?since=2015&until=&type=&sure=&source=A+%26+B&claimant=", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/events?since=2015&source=A+%26+B")
    assert client.get("/map?since=&until=", follow_redirects=False).headers["location"] == "/map"


def test_every_answer_tells_browsers_to_be_strict(client: TestClient) -> None:
    for address in ("/", "/nowhere", "/static/explore.js", "/names?q=a", "/sparql?query=ASK%20%7B%7D"):
        headers = client.get(address).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8765", "127.0.0.1.evil.example", "", "0.0.0.0"])
def test_names_that_lead_here_from_elsewhere_are_refused(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost", "localhost:8765", "127.0.0.1:1", "[::1]:8765"])
def test_our_own_names_are_not(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}],
)
def test_other_sites_cannot_post(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/sparql", data={"query": "ASK {}"}, headers=headers).status_code == 403
    if "origin" not in headers:
        assert client.get("/sparql?query=ASK%7B%7D", headers=headers).status_code == 403
        assert client.get("/", headers={**headers, "sec-fetch-mode": "navigate"}).status_code == 200


def test_requests_are_of_bounded_size(client: TestClient) -> None:
    assert client.post("/sparql", content=b"x" * (LARGEST + 1)).status_code == 413
    pieces = (b"x" * 65_536 for _ in range(8))
    kind = {"content-type": "application/sparql-query"}
    assert client.post("/sparql", content=pieces, headers=kind).status_code == 413
    assert client.get("/search?q=" + "x" * 40_000).status_code == 414
    for length in ("-1", "\u00b2", "9" * 5_000):
        assert client.get("/", headers=[(b"content-length", length.encode("latin-1"))]).status_code == 413


def test_requests_are_of_bounded_rate(site: Site) -> None:
    now = [0.0]
    guard = Guard(application(site), rate=1.0, clock=lambda: now[0])
    with TestClient(guard, base_url="http://localhost") as client:
        found = [client.get("/static/explore.css").status_code for _ in range(6)]
        assert found == [200] * 4 + [429] * 2
        now[0] += 1.5
        assert client.get("/static/explore.css").status_code == 200
        assert client.get("/static/explore.css").status_code == 429


def test_a_token_is_asked_for(site: Site) -> None:
    app = application(site, token=TOKEN, local=False)
    with TestClient(app, base_url="http://graph.example", follow_redirects=False) as client:
        for address in ("/", "/names?q=a", "/sparql?query=ASK%7B%7D", "/static/explore.js"):
            assert client.get(address).status_code == 401
        asked = client.get("/", headers={"accept": "text/html"})
        assert "asks for a token" in asked.text
        assert client.get("/", headers={"authorization": "Bearer wrong"}).status_code == 401
        assert client.get("/", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
        assert client.post("/token", data={"token": "wrong"}).status_code == 401
        shown = client.post("/token", data={"token": TOKEN})
        assert (shown.status_code, shown.headers["location"]) == (303, "/")
        cookie = shown.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        assert client.get("/", headers={"cookie": f"{COOKIE}={TOKEN}"}).status_code == 200
        assert client.get("/", headers={"cookie": f"{COOKIE}=x"}).status_code == 401
        beside_others = {"cookie": f'other={{"a": [1, 2]}}; {COOKIE}={TOKEN}'}
        assert client.get("/", headers=beside_others).status_code == 200


def test_the_form_for_the_token_is_ours_alone(site: Site) -> None:
    app = application(site, token=TOKEN, local=False)
    with TestClient(app, base_url="http://graph.example:8765", follow_redirects=False) as client:

        def shown(origin: str, **headers: str) -> int:
            return client.post("/token", data={"token": TOKEN}, headers={"origin": origin, **headers}).status_code

        assert shown("http://graph.example:8765") == 303
        for origin in ("null", "", "http://graph.example", "http://evil.example:8765", "graph.example:8765"):
            assert shown(origin) == 403
        assert shown("null", host="") == 403
        assert shown("http://graph.example:8765", **{"sec-fetch-site": "cross-site"}) == 403
        # What makes browsers tell us that a form is our own, and tells others nothing.
        assert client.get("/").headers["referrer-policy"] == "same-origin"


def test_a_link_leads_where_it_did_once_the_token_is_shown(site: Site) -> None:
    app = application(site, token=TOKEN, local=False)
    wanted = "/events?since=2024&type=AID&q=%C3%B3%22%3E%3Cb%3E"
    with TestClient(app, base_url="http://graph.example", follow_redirects=False) as client:
        asked = Page(client.get(wanted, headers={"accept": "text/html"}).text)
        (onward,) = (one["value"] for one in asked.of("input") if one["name"] == "next")
        assert onward == wanted
        again = Page(client.post("/token", data={"token": "wrong", "next": onward}).text)
        assert wanted in [one.get("value") for one in again.of("input")]
        shown = client.post("/token", data={"token": TOKEN, "next": onward})
        assert (shown.status_code, shown.headers["location"]) == (303, wanted)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "evil.example",
        " //evil.example",
        "/a\r\nSet-Cookie: a=b",
        "/\u202e",
        "/" + "a" * 40_000,
    ],
)
def test_the_token_leads_to_no_other_site(site: Site, address: str) -> None:
    app = application(site, token=TOKEN, local=False)
    with TestClient(app, base_url="http://graph.example", follow_redirects=False) as client:
        asked = client.get("http://graph.example//evil.example", headers={"accept": "text/html"})
        assert [one["value"] for one in Page(asked.text).of("input") if one["name"] == "next"] == ["/"]
        shown = client.post("/token", data={"token": TOKEN, "next": address})
        assert (shown.status_code, shown.headers["location"]) == (303, "/")


@pytest.mark.parametrize(
    ("address", "headers", "believed"),
    [
        ("http://192.168.0.7:8765", {}, False),
        ("http://graph.example", {}, False),
        ("http://127.0.0.1:8765", {}, True),
        ("http://[::1]:8765", {}, True),
        ("http://localhost", {}, True),
        ("https://graph.example", {}, True),
        ("http://graph.example", {"sec-fetch-site": "none"}, True),  # TLS ends before us
    ],
)
def test_browsers_are_told_what_they_believe(site: Site, address: str, headers: dict[str, str], believed: bool) -> None:
    with TestClient(application(site, token=TOKEN, local=False), base_url=address) as client:
        for path in ("/", "/static/explore.css"):
            assert ("cross-origin-opener-policy" in client.get(path, headers=headers).headers) == believed


def test_forms_for_the_token_are_bounded(site: Site) -> None:
    with TestClient(application(site, token=TOKEN, local=False), base_url="http://graph.example") as client:
        assert client.post("/token", content=b"&".join([b"token=x"] * 1_000)).status_code == 400
        assert client.post("/token", content=b"token=\xff").status_code == 400
        began = time.process_time()
        hostile = {"cookie": f'{COOKIE}="' + "\\\\" * 30_000 + '"'}
        assert client.get("/", headers=hostile).status_code == 401
        assert time.process_time() - began < 2


def test_loopback_is_known() -> None:
    assert not any(map(is_loopback, ("0.0.0.0", "::", "192.168.0.1", "example.org", "")))
    assert all(map(is_loopback, ("127.0.0.1", "127.9.9.9", "::1", "LOCALHOST")))


@pytest.mark.parametrize(
    ("query", "accept", "kind", "text"),
    [
        ("ASK { <x:a> ?p ?o }", "*/*", "application/sparql-results+json", '"boolean": true'),
        ("ASK {}", "application/sparql-results+xml", "application/sparql-results+xml", "<boolean>true</boolean>"),
        ("SELECT ?o { ?s ?p ?o }", "text/csv", "text/csv; charset=utf-8", "o\r\n1\r\n"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "text/turtle", "text/turtle; charset=utf-8", "<x:a> <x:b> 1 ."),
        ("DESCRIBE <x:a>", "application/n-triples", "application/n-triples", "<x:a> <x:b>"),
    ],
)
def test_the_endpoint_answers_in_what_is_asked_for(
    client: TestClient, query: str, accept: str, kind: str, text: str
) -> None:
    direct = {"content-type": "application/sparql-query", "accept": accept}
    for answer in (
        client.get(f"/sparql?query={quote(query)}", headers={"accept": accept}),
        client.post("/sparql", data={"query": query}, headers={"accept": accept}),
        client.post("/sparql", content=query.encode(), headers=direct),
    ):
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == kind
        assert text in answer.text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_the_endpoint_only_reads(client: TestClient, method: str) -> None:
    assert client.request(method, "/sparql").status_code == 405
    assert client.post("/sparql", data={"update": "DROP ALL"}).status_code == 403


def test_errors_of_queries_are_told_with_their_place(client: TestClient) -> None:
    answer = client.get("/sparql?query=" + quote("SELECT ?a\n{ ?a"))
    assert answer.status_code == 400
    assert "line 2, column" in answer.text
    assert client.get("/sparql?query=" + quote(r"SELECT * { \uD800:a ?b ?c }")).status_code == 400
    console = client.get("/console?query=" + quote("SELECT ?a\n{ ?a"))
    assert console.status_code == 400
    assert "line 2, column" in console.text


def test_the_console_shows_answers_as_table_chart_and_graph(client: TestClient) -> None:
    query = 'SELECT ?name ?to ?n { VALUES (?name ?to ?n) { ("<b>A</b>" "B" 3) ("C" "B" -1) } }'
    table = get(client, f"/console?query={quote(query)}")
    assert "<b>A</b>" in table.text
    assert not table.of("b")
    chart = get(client, f"/console?query={quote(query)}&as=chart")
    assert [one["class"] for one in chart.of("rect")] == ["up", "down"]
    graph = get(client, f"/console?query={quote(query)}&as=graph")
    assert len(graph.of("circle")) == 3
    assert "Yes" in get(client, f"/console?query={quote('ASK { ?s ?p ?o }')}").text
    assert "name,to,n" in client.get(f"/answer.csv?query={quote(query)}").text


def test_the_graph_of_an_answer_leads_on(client: TestClient, site: Site) -> None:
    actors = [actor.iri for actor in site.index.graph.actors[:2]]
    event = site.index.graph.events[0].iri
    pairs = f"(<{actors[0]}> <{actors[1]}>) (<{actors[0]}> <{event}>) (<{actors[1]}> <{actors[1]}>) ('x' <x:other>)"
    page = get(client, f"/console?as=graph&query={quote('SELECT * { VALUES (?a ?b) { ' + pairs + ' } }')}")
    links = page.links()
    keys = {"one": site.index.key(actors[0]), "other": site.index.key(actors[1])}
    assert [link for link in links if link.startswith("/pair?")] == ["/pair" + query((), **keys)]
    assert {site.address(iri) for iri in (*actors, event)} <= set(links)
    assert len(page.of("circle")) == 6
    names = " ".join(f"'{site.index.name(iri)}'" for iri in actors)
    values = f"SELECT * {{ VALUES (?a ?b ?c) {{ ({names} 'happened') }} }}"
    named = get(client, f"/console?as=graph&query={quote(values)}")
    assert "/pair" + query((), **keys) in named.links()
    for link in (site.address(actors[0]), "/pair" + query((), **keys)):
        get(client, link)


def _example(name: str) -> str:
    """Return the address of the answer to a named query's own example."""
    given = "".join(f"&p.{key}={quote(value)}" for key, value in load(name).example)
    return f"/console?name={name}{given}"


@pytest.mark.parametrize("name", names())
def test_every_row_of_a_named_query_leads_on(asking: TestClient, name: str) -> None:
    answered = asking.get(_example(name)).text
    table = answered[answered.index('id="answer"') : answered.index('id="named"')]
    rows = re.findall("<tr>(.*?)</tr>", table, re.DOTALL)[1:]
    assert rows
    for row in rows:
        links = [link for link in Page(row).links() if link.startswith("/")]
        assert links, row
    for link in Page(rows[0]).links():
        if link.startswith("/"):
            get(asking, link)
    assert load(name).subjects == () or "/event?" in table or "/relation?" in table


def test_words_of_an_answer_lead_to_their_place_in_the_text(asking: TestClient) -> None:
    answered = get(asking, _example("evidence"))
    assert any(link.startswith("/document?") and "&at=" in link and link.endswith("#at") for link in answered.links())


def test_bars_lead_on_and_what_is_not_drawn_is_told(asking: TestClient) -> None:
    chart = get(asking, "/console?name=event-types&as=chart")
    assert any(link.startswith("/events?type=") for link in chart.links())
    many = quote(
        "SELECT ?a ?b ?n { VALUES ?n { " + " ".join(map(str, range(50))) + " } BIND (STR(?n) AS ?a) "
        "BIND (CONCAT('b', ?a) AS ?b) }"
    )
    assert "The first 40 rows are drawn." in get(asking, f"/console?query={many}&as=chart").text
    assert "40 rows of them drawn." in get(asking, f"/console?query={many}&as=graph").text
    assert "drawn" not in get(asking, "/console?name=event-types&as=chart").text


def test_answers_and_errors_stand_above_the_named_queries(client: TestClient) -> None:
    for address in ("/console?query=ASK%7B%7D", "/console?query=ASK", "/console?name=actors", "/console?name=nonsense"):
        page = Page(client.get(address).text)
        order = [one["id"] for _, one in page.elements if one.get("id") in ("query", "answer", "named")]
        assert order == ["query", "answer", "named"]
        wrong = [one for one in page.of("textarea") if one.get("aria-invalid") == "true"]
        assert bool(wrong) == (address == "/console?query=ASK")
        assert all(one["aria-describedby"] == "answer" for one in wrong)
        assert {one["action"] for one in page.of("form")} == {"/search", "/console#answer"}


def test_an_answer_to_keep_holds_no_formulas(client: TestClient) -> None:
    asked = quote('SELECT ?a ?n { VALUES (?a ?n) { ("=1+1" -1) } }')
    assert client.get(f"/answer.csv?query={asked}").text == "a,n\r\n'=1+1,-1\r\n"
    exact = client.get(f"/sparql?query={asked}", headers={"accept": "text/csv"})
    assert exact.text == "a,n\r\n=1+1,-1\r\n"


def test_the_console_has_the_named_queries(client: TestClient) -> None:
    page = get(client, "/console")
    assert "Who met whom" in page.text
    answered = get(client, "/console?name=actors")
    assert answered.of("table")
    refused = client.get("/console?name=what-did-x-do-to-y")
    assert refused.status_code == 400
    assert "needs a value" in refused.text
    assert client.get("/console?name=nonsense").status_code == 400


def test_whoever_asks_for_heads_is_answered_as_for_the_rest(client: TestClient) -> None:
    assert client.head("/sparql?query=ASK%7B%7D").status_code == 200
    assert client.head("/sparql", follow_redirects=False).status_code == 303


def test_what_can_be_typed_fits_into_an_address(client: TestClient) -> None:
    (field,) = get(client, "/console").of("textarea")
    typed = "ASK { ?s ?p 'ä' }".ljust(int(field["maxlength"]), "\n")
    assert client.get("/console?query=" + quote(typed)).status_code == 200


def test_a_query_that_is_too_long_is_not_cut() -> None:
    assert asked({"query": "ASK {}".ljust(LONGEST)}) is not None
    with pytest.raises(QueryError, match="at most 100,000 characters, not 100,001"):
        asked({"query": "ASK {}".ljust(LONGEST + 1)})


def test_without_questions_the_console_says_so(site: Site) -> None:
    with TestClient(application(site), base_url="http://localhost") as client:
        assert client.get("/console").status_code == 200
        assert "cannot be answered here" in client.get("/console?query=ASK%7B%7D").text


def test_pages_come_fast(client: TestClient) -> None:
    client.get("/actor?id=actor/norway_state_nor")
    began = time.process_time()
    client.get("/actor?id=actor/norway_state_nor")
    assert time.process_time() - began < 0.3
