"""Graphs sent to servers: to Oxigraph's own, and to one that fails on purpose."""

from __future__ import annotations

import socket
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from rdflib import BNode, Graph, Literal, URIRef

from kg.cli.push import push as command
from kg.cli.validate import validate
from kg.errors import ConfigError, EndpointError, GraphError
from kg.query import actors_named, named, run
from kg.rdf.decode import decode
from kg.rdf.layout import prefixes_of
from kg.store import Endpoint, write
from kg.store.push import push

from .conftest import free_port, serving

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kg.graph.model import KnowledgeGraph

    from .conftest import Unreliable

A, B = URIRef("https://example.org/a"), URIRef("https://example.org/b")
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def count(server: str) -> int:
    return int(str(run(Endpoint(f"{server}/query").read(), COUNT).rows[0][0]))


def test_a_graph_comes_whole(server: str, graph: Graph, knowledge: KnowledgeGraph) -> None:
    done = push(graph, f"{server}/store", piece=100)
    assert (done.triples, done.known) == (len(graph), 0)
    assert done.pieces == -(-len(graph) // 100)
    there = Endpoint(f"{server}/query").read()
    assert set(there) == set(graph)
    assert len(there) == len(graph)
    assert decode(there) == knowledge
    assert {prefix for prefix, _ in there.namespaces()} == set(prefixes_of(knowledge.base))
    assert run(there, "SELECT ?a { ?a kg:meets ?b }").prefixes == run(graph, "SELECT ?a { ?a kg:meets ?b }").prefixes


def test_a_push_replaces_what_is_there_unless_it_is_to_add(server: str, graph: Graph) -> None:
    Endpoint(f"{server}/store").write(graph)
    small = Graph()
    small.add((A, B, Literal("more")))
    push(small, f"{server}/store", add=True)
    assert count(server) == len(graph) + 1
    push(small, f"{server}/store")
    assert count(server) == 1
    push(Graph(), f"{server}/store")
    assert count(server) == 0


def test_a_graph_may_have_a_name_there(server: str, graph: Graph) -> None:
    push(Graph(), f"{server}/store")
    push(graph, f"{server}/store", name="https://example.org/news?a=b&c")
    there = Endpoint(f"{server}/query").read()
    assert count(server) == 0
    assert run(there, "ASK { GRAPH <https://example.org/news?a=b&c> { ?s kg:meets ?o } }")
    assert set(there) == set(graph)
    push(Graph(), f"{server}/store", name="https://example.org/news?a=b&c")


def test_an_endpoint_answers_like_the_graph_itself(server: str, graph: Graph) -> None:
    push(graph, f"{server}/store")
    there = Endpoint(f"{server}/query").read()
    assert actors_named(there, "solberg") == actors_named(graph, "solberg")
    assert actors_named(there, f"<{actors_named(graph, 'solberg')[0]}>") == actors_named(graph, "solberg")
    for name, params in (("timeline", {"actor": "Iceland"}), ("actors", {}), ("dyads", {"limit": 3})):
        assert named(there, name, **params) == named(graph, name, **params)
    for sparql in ("ASK { ?a kg:meets ?b }", "CONSTRUCT WHERE { ?a kg:meets ?b }", "SELECT * { ?a kg:leads ?b }"):
        assert run(there, sparql) == run(graph, sparql)


def test_a_graph_is_called_as_it_was_given(server: str, graph: Graph) -> None:
    push(graph, f"{server}/store")
    told = CliRunner().invoke(validate, [f"{server}/query"])
    assert (told.stdout, told.stderr) == ("", f"{server}/query is valid\n")


def test_a_service_that_cannot_answer_is_one_line(server: str, unreliable: Unreliable) -> None:
    for url, message in [
        (f"{server}/nowhere", "answered 404"),
        ("http://127.0.0.1:1/query", "cannot be reached"),
        ("http://a b/", "is no address"),
        ("file:///etc/hostname", "is no address"),
        (unreliable([(200, {"Content-Type": "text/html"})] * 2)[0], "it is no SPARQL endpoint"),
        (unreliable([(200, {"Content-Type": "application/sparql-results+json"})] * 2)[0], "no valid answer"),
    ]:
        with pytest.raises(EndpointError, match=message) as caught:
            run(Endpoint(url).read(), COUNT)
        assert "\n" not in str(caught.value)
    with pytest.raises(ConfigError, match="must be more than 0"):
        run(Endpoint(f"{server}/query").read(), COUNT, timeout=-1)


def test_a_piece_that_fails_is_sent_again(unreliable: Unreliable, graph: Graph) -> None:
    url, got = unreliable([(503, {}), (500, {}), (204, {}), (429, {})])
    pauses: list[float] = []
    done = push(graph, url, piece=200, sleep=pauses.append)
    assert pauses == [0.5, 1.0, 0.5]
    assert len(got) == done.pieces + 4
    assert [command for command, *_ in got[:5]] == ["PUT", "PUT", "PUT", "POST", "POST"]
    assert got[0][1] == "/store?default"
    assert got[0][3] == got[1][3] == got[2][3]
    assert got[-1][0] == "GET"  # whether the pieces before the one that failed are still there
    assert len({body for command, *_, body in got if command != "GET"}) == done.pieces


def test_what_is_refused_is_not_sent_again(unreliable: Unreliable, graph: Graph) -> None:
    for answer, message in [
        ((400, {}), "answered 400"),
        ((401, {}), "answered 401"),
        ((307, {"Location": "http://elsewhere.example/"}), "has moved to http://elsewhere.example/; give that"),
    ]:
        url, got = unreliable([answer])
        with pytest.raises(EndpointError, match=message):
            push(graph, url)
        assert len(got) == 1


def test_a_push_goes_on_where_it_stopped(unreliable: Unreliable, graph: Graph, tmp_path: Path) -> None:
    journal = tmp_path / "news.push"
    url, got = unreliable([(204, {}), (204, {}), *[(503, {})] * 5])
    with pytest.raises(EndpointError, match="answered 503 Service Unavailable, 5 times"):
        push(graph, url, piece=100, journal=journal, sleep=lambda _: None)
    assert journal.exists()
    before = len(got)
    done = push(graph, url, piece=100, journal=journal)
    assert done.known == 2
    assert [command for command, *_ in got[before:]] == ["GET"] + ["POST"] * (done.pieces - 2)
    assert b"".join(sorted({body for *_, body in got})).count(b"\n") == len(graph)
    assert not journal.exists()


def test_a_push_begins_anew_where_the_server_lost_its_graph(graph: Graph, tmp_path: Path) -> None:
    journal, port = tmp_path / "news.push", free_port()
    with serving(port), pytest.raises(StoppedError):
        push(graph, f"http://127.0.0.1:{port}/store", piece=100, journal=journal, sent=_stopping_after(3))
    reasons: list[str] = []
    with serving(port):
        done = push(graph, f"http://127.0.0.1:{port}/store", piece=100, journal=journal, anew=reasons.append)
        assert set(Endpoint(f"http://127.0.0.1:{port}/query").read()) == set(graph)
    assert (done.triples, done.known) == (len(graph), 0)
    assert [reason.partition(" ")[2] for reason in reasons] == ["no longer holds what was sent before, or not alone"]
    assert not journal.exists()


def test_a_push_begins_anew_where_another_has_written(server: str, graph: Graph, tmp_path: Path) -> None:
    journal, place = tmp_path / "news.push", f"{server}/store"
    more = Graph()
    more.add((A, B, Literal("more")))
    for add, known, left in ((False, 0, len(graph)), (True, 3, len(graph) + 1)):
        push(Graph(), place)
        with pytest.raises(StoppedError):
            push(graph, place, add=add, piece=100, journal=journal, sent=_stopping_after(3))
        push(more, place, add=True)
        assert push(graph, place, add=add, piece=100, journal=journal).known == known
        assert count(server) == left


def test_a_push_goes_on_after_a_piece_whose_arrival_was_not_heard_of(server: str, graph: Graph, tmp_path: Path) -> None:
    journal, place = tmp_path / "news.push", f"{server}/store"
    with pytest.raises(StoppedError):
        push(graph, place, piece=100, journal=journal, sent=_stopping_after(3))
    lines = journal.read_text(encoding="utf-8").splitlines(keepends=True)
    journal.write_text("".join(lines[:-1]), encoding="utf-8")
    assert push(graph, place, piece=100, journal=journal).known == 2
    assert count(server) == len(graph)


def test_a_server_that_does_not_show_its_graph_is_sent_all_of_it(
    unreliable: Unreliable, graph: Graph, tmp_path: Path
) -> None:
    journal = tmp_path / "news.push"
    for answer, message in [
        ((403, {}), "answered 403"),
        ((404, {}), "answered 404"),
        ((200, {"Content-Type": "text/turtle"}), "as text/turtle"),
    ]:
        url, got = unreliable([(204, {}), (400, {}), answer])
        with pytest.raises(EndpointError):
            push(graph, url, piece=100, journal=journal)
        reasons: list[str] = []
        done = push(graph, url, piece=100, journal=journal, anew=reasons.append)
        assert [command for command, *_ in got[2:]] == ["GET", "PUT"] + ["POST"] * (done.pieces - 1)
        assert message in " ".join(reasons)


def test_a_server_that_loses_its_graph_under_way_is_told(graph: Graph, tmp_path: Path) -> None:
    journal, port = tmp_path / "news.push", free_port()
    with ExitStack() as second:
        first = ExitStack()
        first.enter_context(serving(port))
        with pytest.raises(EndpointError, match=r"no longer holds .* send the graph again"):
            push(
                graph,
                f"http://127.0.0.1:{port}/store",
                piece=200,
                journal=journal,
                sent=lambda _: first.close(),
                sleep=lambda _: None if _listens(port) else second.enter_context(serving(port)),
            )
    assert not journal.exists()


class StoppedError(Exception):
    """A push that was stopped."""


def _stopping_after(pieces: int) -> Callable[[int], None]:
    left = iter(range(pieces - 1))

    def stop(_: int) -> None:
        if next(left, None) is None:
            raise StoppedError

    return stop


def _listens(port: int) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_a_journal_of_another_push_is_refused(unreliable: Unreliable, graph: Graph, tmp_path: Path) -> None:
    journal = tmp_path / "news.push"
    url, got = unreliable([(204, {}), (400, {})])
    with pytest.raises(EndpointError):
        push(graph, url, piece=100, journal=journal)
    other = Graph() + graph
    other.add((A, B, Literal("new")))
    with pytest.raises(ConfigError, match=r"keeps track of another push .* of a graph with other triples; remove it"):
        push(other, url, piece=100, journal=journal)
    with pytest.raises(ConfigError, match=f"keeps track of another push that was not finished, to {url}; remove it"):
        push(graph, "http://127.0.0.1:1/store", piece=100, journal=journal)
    with pytest.raises(ConfigError, match="another push that was not finished, to the default graph there"):
        push(graph, url, name="https://example.org/news", piece=100, journal=journal)
    with pytest.raises(ConfigError, match="another push that was not finished, which replaces the graph there"):
        push(graph, url, add=True, piece=100, journal=journal)
    assert len(got) == 2
    journal.write_text("my notes\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="keeps track of something else than a push"):
        push(graph, url, piece=100, journal=journal)


def test_a_push_that_never_began_stands_in_no_others_way(unreliable: Unreliable, graph: Graph, tmp_path: Path) -> None:
    journal = tmp_path / "news.push"
    wrong, _ = unreliable([(404, {})])
    with pytest.raises(EndpointError, match="answered 404"):
        push(graph, wrong, journal=journal)
    assert not journal.exists()
    right, got = unreliable([])
    push(graph, right, journal=journal)
    assert [command for command, *_ in got] == ["PUT"]


def test_what_cannot_be_sent_in_pieces_is_refused(unreliable: Unreliable) -> None:
    url, got = unreliable([])
    for triple, message in [
        ((BNode(), B, Literal(1)), "blank nodes"),
        ((URIRef("https://example.org/a> <b"), B, Literal(1)), "is no absolute IRI"),
        ((A, B, Literal("\ud800")), "lone surrogate"),
    ]:
        graph = Graph()
        graph.add(triple)
        with pytest.raises(GraphError, match=message):
            push(graph, url)
    with pytest.raises(ConfigError, match="to call the graph by"):
        push(Graph(), url, name="not an iri")
    assert got == []


def test_the_command_tells_what_it_did(unreliable: Unreliable, graph: Graph, tmp_path: Path) -> None:
    write(graph, tmp_path / "news.ttl")
    url, _ = unreliable([])
    told = CliRunner().invoke(command, [str(tmp_path / "news.ttl"), "--endpoint", url])
    assert (told.exit_code, told.stderr) == (0, f"{len(graph)} triples in 1 request to {url}\n")
    url, _ = unreliable([(204, {}), (400, {}), (404, {})])
    arguments = [str(tmp_path / "news.ttl"), "--endpoint", url, "--piece", "100"]
    assert CliRunner().invoke(command, arguments).exit_code != 0
    told = CliRunner().invoke(command, arguments)
    assert told.exit_code == 0
    first, last = told.stderr.splitlines()
    assert first.endswith("answered 404 Not Found; everything is sent again")
    assert last == f"{len(graph)} triples in {-(-len(graph) // 100)} requests to {url}"


def test_who_we_are_is_told_where_it_is_asked(
    unreliable: Unreliable, graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, got = unreliable([])
    monkeypatch.setenv("KG_ENDPOINT_USER", "ann")
    monkeypatch.setenv("KG_ENDPOINT_PASSWORD", "secret")
    push(graph, url)
    monkeypatch.setenv("KG_ENDPOINT_TOKEN", "token")
    push(graph, url)
    assert [headers["Authorization"] for _, _, headers, _ in got] == ["Basic YW5uOnNlY3JldA==", "Bearer token"]
