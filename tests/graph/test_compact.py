"""A packed graph comes back as it was, whatever its texts hold; whatever else the file holds is refused."""

from __future__ import annotations

import gzip
import json
import pickle
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import GraphError
from kg.graph.assemble import assemble
from kg.graph.compact import pack, unpack
from kg.graph.model import ActorNode, AppearanceNode, DocumentNode, KnowledgeGraph, NamingNode

if TYPE_CHECKING:
    from pathlib import Path

    from kg.records import DocumentRecord

NAMING = NamingNode("n", 1, 2, "words")
SMALL = KnowledgeGraph("base", actors=(ActorNode("x", "name", "PERSON", alt_names=("other",)),))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "graph.gz"


def packed(graph: KnowledgeGraph, file: Path, source: str = "") -> Path:
    with file.open("wb") as opened:
        pack(graph, opened, source)
    return file


def lines(file: Path) -> list[Any]:
    return [json.loads(line) for line in gzip.decompress(file.read_bytes()).splitlines()]


def filled(file: Path, *content: object) -> Path:
    file.write_bytes(gzip.compress(b"".join(json.dumps(line).encode() + b"\n" for line in content)))
    return file


def test_a_graph_comes_back(record: DocumentRecord, file: Path) -> None:
    graph = assemble([record])
    assert unpack(packed(graph, file)) == graph
    written = file.read_bytes()
    assert packed(graph, file).read_bytes() == written


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=20), st.integers(-(10**18), 10**18), st.floats(0, 1))
def test_any_text_comes_back(file: Path, text: str, number: int, share: float) -> None:
    naming = NamingNode("n", number, number, text)
    appearance = AppearanceNode("a", "d", text, confidence=share, same_as=(text,), namings=(naming,) * 2)
    actor = ActorNode(text, text, "PERSON", alt_names=(text, ""), appearances=(appearance,))
    graph = KnowledgeGraph(text, actors=(actor,))
    assert unpack(packed(graph, file)) == graph


def test_many_nodes_take_several_lines(file: Path) -> None:
    graph = KnowledgeGraph("x", documents=tuple(DocumentNode(f"{place:05}", "id", "digest") for place in range(2_001)))
    assert unpack(packed(graph, file)) == graph
    assert [len(line) for line in lines(file)[1:]] == [1_000, 1_000, 1]


def test_a_lone_surrogate_is_not_written(file: Path) -> None:
    with pytest.raises(GraphError, match="lone surrogate"):
        packed(KnowledgeGraph("x", actors=(ActorNode("x", "\ud800", "PERSON"),)), file)


def test_a_copy_of_something_else_is_left_alone(file: Path) -> None:
    packed(SMALL, file, "yesterday")
    assert unpack(file, "yesterday") == SMALL
    for source in ("today", ""):
        with pytest.raises(GraphError, match="something else"):
            unpack(file, source)


def test_records_of_another_version_are_left_alone(file: Path) -> None:
    head, *rest = lines(packed(SMALL, file))
    head["fields"]["ActorNode"].append("shoe size")
    with pytest.raises(GraphError, match="another version"):
        unpack(filled(file, head, *rest))


def test_what_is_not_whole_is_refused(record: DocumentRecord, file: Path, tmp_path: Path) -> None:
    whole = packed(assemble([record]), file).read_bytes()
    for content in (b"", whole[:-1], whole[:-9], whole[: len(whole) // 2], whole[:20], b"no archive", whole[10:]):
        file.write_bytes(content)
        with pytest.raises(GraphError):
            unpack(file)
    with pytest.raises(GraphError):
        unpack(tmp_path / "none.gz")


ACTOR = {"iri": "x", "name": "name", "type": "PERSON", "country": "", "sector": "", "alt_names": [], "same_as": []}
LIES = [
    [ACTOR | {"appearances": [], "type": "DRAGON"}],
    [ACTOR | {"appearances": [], "name": 7}],
    [ACTOR | {"appearances": [], "name": None}],
    [ACTOR | {"appearances": {}}],
    [ACTOR | {"appearances": [["n", 1, 2, "words"]]}],
    [{"iri": "x"}],
    [["x", "name", "PERSON"]],
    [7],
    [],
    [ACTOR | {"appearances": []}] * 2,
    {"iri": "x"},
    None,
]


@pytest.mark.parametrize("nodes", LIES)
def test_a_copy_that_lies_is_refused(file: Path, nodes: object) -> None:
    head, _ = lines(packed(SMALL, file))
    with pytest.raises(GraphError):
        unpack(filled(file, head, nodes))


@pytest.mark.parametrize(
    "change",
    [
        {"nodes": {}},
        {"nodes": {"actors": "many"}},
        {"base": 7},
        {"fields": []},
        {"source": None},
    ],
)
def test_a_first_line_that_lies_is_refused(file: Path, change: dict[str, object]) -> None:
    head, *rest = lines(packed(SMALL, file))
    with pytest.raises(GraphError):
        unpack(filled(file, head | change, *rest))


@pytest.mark.parametrize("number", [0, 2, -1, 10**12])
def test_more_or_fewer_nodes_than_said_are_refused(file: Path, number: int) -> None:
    head, *rest = lines(packed(SMALL, file))
    with pytest.raises(GraphError):
        unpack(filled(file, head | {"nodes": head["nodes"] | {"actors": number}}, *rest))


@pytest.mark.parametrize("change", [{"mode": "dance"}, {"type": "DANCE"}, {"factuality": "maybe"}])
def test_terms_that_are_none_are_refused(record: DocumentRecord, file: Path, change: dict[str, str]) -> None:
    graph = assemble([record])
    events = (replace(graph.events[0], **change), *graph.events[1:])  # type: ignore[arg-type]
    with pytest.raises(GraphError):
        unpack(packed(replace(graph, events=events), file))
    relations = (replace(graph.relations[0], property="dances"), *graph.relations[1:])
    with pytest.raises(GraphError):
        unpack(packed(replace(graph, relations=relations), file))


def test_no_copy_fills_the_memory_or_runs(file: Path) -> None:
    for content in (b"[" * 100_000, b'{"a":' * 100_000, b" " * 10_000_000, b"\n" * 1_000_000, pickle.dumps(SMALL)):
        file.write_bytes(gzip.compress(content))
        with pytest.raises(GraphError):
            unpack(file)
