"""Graphs sent to servers: to Oxigraph's own, and to one that fails on purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rdflib import BNode, Graph, Literal, URIRef

from kg.errors import ConfigError, EndpointError, GraphError
from kg.query import actors_named, named, run
from kg.rdf.decode import decode
from kg.store import Endpoint
from kg.store.push import push

if TYPE_CHECKING:
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


def test_a_service_that_cannot_answer_is_one_line(server: str, unreliable: Unreliable) -> None:
    for url, message in [
        (f"{server}/nowhere", "answered 404"),
        ("http://127.0.0.1:1/query", "cannot be reached"),
        ("http://a b/", "is no address"),
        ("file:///etc/hostname", "is no address"),
        (unreliable([(200, {"Content-Type": "text/html"})])[0], "it is no SPARQL endpoint"),
        (unreliable([(200, {"Content-Type": "application/sparql-results+json"})])[0], "no valid answer"),
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
    assert len(got) == done.pieces + 3
    assert [command for command, *_ in got[:5]] == ["PUT", "PUT", "PUT", "POST", "POST"]
    assert got[0][1] == "/store?default"
    assert got[0][3] == got[1][3] == got[2][3]
    assert len({body for *_, body in got}) == done.pieces


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
    assert [command for command, *_ in got[before:]] == ["POST"] * (done.pieces - 2)
    assert b"".join(sorted({body for *_, body in got})).count(b"\n") == len(graph)
    assert not journal.exists()


def test_a_journal_of_another_push_is_refused(unreliable: Unreliable, graph: Graph, tmp_path: Path) -> None:
    journal = tmp_path / "news.push"
    url, got = unreliable([(204, {}), (400, {})])
    with pytest.raises(EndpointError):
        push(graph, url, piece=100, journal=journal)
    other = Graph() + graph
    other.add((A, B, Literal("new")))
    with pytest.raises(ConfigError, match="keeps track of another push"):
        push(other, url, piece=100, journal=journal)
    assert len(got) == 2


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
