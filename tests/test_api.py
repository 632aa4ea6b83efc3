"""The graph as people use it from Python."""

from __future__ import annotations

import doctest
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import kg
from kg import api
from kg.errors import ConfigError, DocumentError, GraphError, InputError, QueryError
from kg.jsonl import write_records
from kg.records import Document, DocumentRecord

if TYPE_CHECKING:
    from pathlib import Path

    from kg.run.extract import Input

PUBLIC = [
    "ConfigError",
    "Document",
    "DocumentError",
    "DocumentFailure",
    "DocumentRecord",
    "DocumentSkip",
    "EndpointError",
    "Graph",
    "GraphError",
    "InputError",
    "InputSettings",
    "KgError",
    "LexiconError",
    "LimitError",
    "Limits",
    "MissingExtraError",
    "ModelError",
    "OntologyError",
    "QueryError",
    "RecordError",
    "__version__",
    "build",
    "extract",
    "load",
    "read_graph",
    "read_lexicon",
]


@pytest.fixture(scope="module")
def graph(record: DocumentRecord) -> kg.Graph:
    """The graph of the article about Iceland and Norway."""
    return kg.Graph.of([record])


def test_the_public_names() -> None:
    assert sorted(kg.__all__) == PUBLIC
    for name in PUBLIC:
        assert getattr(kg, name) is not None
        assert name in dir(kg)
    with pytest.raises(AttributeError, match="module 'kg' has no attribute 'nothing'"):
        kg.nothing  # noqa: B018


def test_importing_kg_costs_next_to_nothing(repository: Path) -> None:
    code = "import sys, kg; print(*sys.modules)"
    loaded = subprocess.check_output([sys.executable, "-c", code], text=True, cwd=repository).split()
    assert not {"spacy", "rdflib", "networkx", "matplotlib", "numpy", "click", "kg.api"} & set(loaded)


def test_examples_in_the_documentation() -> None:
    result = doctest.testmod(api)
    assert result.attempted > 0
    assert result.failed == 0


def test_the_forms_of_a_graph(graph: kg.Graph) -> None:
    assert repr(graph).startswith("Graph(documents=1, actors=")
    assert {actor.name for actor in graph.actors} >= {"Katla Jónsdóttir", "Henrik Solberg", "Iceland", "Norway"}
    assert graph.networkx.number_of_nodes() >= len(graph.actors)
    assert len(graph.rdf) > 100
    assert graph.rdf is graph.rdf
    assert (len(graph.documents), len(graph.places)) == (1, len(graph.records.places))
    assert graph.events
    assert graph.relations
    assert graph.validate() == []


def test_equal_records_give_equal_graphs(graph: kg.Graph, record: DocumentRecord) -> None:
    again = kg.Graph.of([record])
    assert again == graph
    assert hash(again) == hash(graph)
    assert again != kg.Graph.of([record], base="https://data.example/")
    assert graph != "graph"


def test_queries(graph: kg.Graph) -> None:
    assert graph.query("ASK { ?a kg:meets ?b }")
    assert len(graph.query(name="who-met-whom", actor="Solberg")) == 1
    with pytest.raises(QueryError, match="no query is named 'who'"):
        graph.query(name="who")
    for arguments in ({}, {"sparql": "ASK {}"}):
        with pytest.raises(ConfigError, match="give either a SPARQL query"):
            graph.query(**arguments)  # type: ignore[arg-type]
    with pytest.raises(ConfigError, match="give either a SPARQL query"):
        graph.query("ASK {}", actor="Solberg")


@pytest.mark.parametrize("suffix", ["ttl", "trig", "nq", "nt", "jsonld"])
def test_what_is_written_is_read_again(graph: kg.Graph, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"graph.{suffix}"
    graph.write(path)
    again = kg.read_graph(path)
    assert again == graph
    assert again.query("ASK { ?a kg:meets ?b }")


def test_turtle(graph: kg.Graph, tmp_path: Path) -> None:
    text = graph.to_turtle(tmp_path / "graph.txt")
    assert (tmp_path / "graph.txt").read_text(encoding="utf-8") == text == graph.to_turtle()


def test_plots(graph: kg.Graph, tmp_path: Path) -> None:
    graph.plot(tmp_path / "network.svg", actor="Iceland")
    graph.plot(tmp_path / "timeline.svg", kind="timeline")
    assert {path.name for path in tmp_path.iterdir()} == {"network.svg", "timeline.svg"}
    with pytest.raises(ConfigError, match="no plot 'pie'"):
        graph.plot(tmp_path / "pie.svg", kind="pie")  # type: ignore[arg-type]


def test_reading_what_is_no_graph(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match=r"none\.ttl"):
        kg.Graph.read(tmp_path / "none.ttl")


def test_build_from_records_on_disk_and_in_memory(graph: kg.Graph, record: DocumentRecord, tmp_path: Path) -> None:
    write_records([record], tmp_path / "records.jsonl")
    assert kg.build(tmp_path / "records.jsonl") == kg.build(record) == kg.build([record]) == graph


def test_build_raises_at_the_first_failure_or_reports_it(record: DocumentRecord, tmp_path: Path) -> None:
    inputs: list[Input] = [tmp_path / "none.txt", record]
    with pytest.raises(DocumentError, match=r"none\.txt: no such file"):
        kg.build(inputs)
    failures: list[kg.DocumentFailure] = []
    assert len(kg.build(inputs, on_failure=failures.append).documents) == 1
    assert [failure.source for failure in failures] == [(tmp_path / "none.txt").as_posix()]
    with pytest.raises(InputError, match="no document could be read"):
        kg.build(tmp_path / "none.txt", on_failure=failures.append)


def test_extract_passes_records_on(record: DocumentRecord, tmp_path: Path) -> None:
    other = replace(record, document=replace(record.document, id="other"))
    write_records([record], tmp_path / "records.jsonl")
    assert list(kg.extract([other, tmp_path / "records.jsonl"])) == [other, record]


def test_a_text_that_cannot_be_written_is_refused() -> None:
    with pytest.raises(DocumentError, match="document 'a': half a surrogate pair at character 5"):
        list(kg.extract(Document("a", "half \ud800")))


def test_gold_can_be_built(shared: Path) -> None:
    graph = kg.build(shared / "evaluation" / "seed" / "gold.jsonl")
    assert graph.query("ASK { ?a rdfs:label 'Vladimir Putin' ; kg:meets ?b . ?b rdfs:label 'François Hollande' }")


def test_slices(graph: kg.Graph) -> None:
    part = graph.slice(actor="Solberg", type="CONSULT")
    assert [event.type for event in part.events] == ["CONSULT"]
    assert part.validate() == []
    assert graph.slice() == graph
    assert graph.slice(actor=["Solberg", "NATO"]).slice(type=["member_of"]) == graph.slice(
        actor=["Solberg", "NATO"], type=["member_of"]
    )
    with pytest.raises(ConfigError, match="no actor is named 'nobody'"):
        graph.slice(asserted_by="nobody")


def test_exports(graph: kg.Graph, tmp_path: Path) -> None:
    graph.export(tmp_path / "graph.graphml")
    graph.export(tmp_path / "tables", "csv")
    assert {path.name for path in tmp_path.iterdir()} == {"graph.graphml", "tables"}
