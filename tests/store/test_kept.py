"""The records in the folder of a database: there for whoever reads them, and never those of another state."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pyoxigraph
import pytest
from rdflib import Graph

import kg
from kg.errors import GraphError
from kg.rdf.decode import decode
from kg.rdf.encode import encode
from kg.store import Database, knowledge_of, read, read_knowledge
from kg.store.kept import NAME, keep, kept, state

from .conftest import names

if TYPE_CHECKING:
    from pathlib import Path

    from kg.graph.model import KnowledgeGraph

NEW = pyoxigraph.Quad(*(pyoxigraph.NamedNode(f"https://example.org/{name}") for name in "abc"))


@pytest.fixture
def folder(knowledge: KnowledgeGraph, tmp_path: Path) -> Path:
    Database(tmp_path / "news.oxigraph").write_knowledge(knowledge)
    return tmp_path / "news.oxigraph"


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """No RDF is read into records."""
    monkeypatch.setattr("kg.store.places.decode", lambda _: pytest.fail("the triples were read"))


@pytest.mark.usefixtures("unread")
def test_records_are_at_hand(folder: Path, knowledge: KnowledgeGraph) -> None:
    assert kept(folder) == knowledge
    assert read_knowledge(folder) == knowledge_of(read(folder)) == knowledge
    assert kg.read_graph(folder).records == knowledge


@pytest.mark.usefixtures("unread")
def test_they_go_along_with_the_folder(folder: Path, knowledge: KnowledgeGraph, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "copy.oxigraph", copy_function=shutil.copyfile)
    folder.rename(tmp_path / "moved")
    assert read_knowledge(tmp_path / "copy.oxigraph") == read_knowledge(tmp_path / "moved") == knowledge


def test_they_are_what_the_triples_say(folder: Path, knowledge: KnowledgeGraph) -> None:
    assert decode(Database(folder).read()) == kept(folder) == knowledge


def test_reading_writes_nothing(folder: Path) -> None:
    before = {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in folder.iterdir()}
    assert len(Database(folder).read()) > 0
    assert read_knowledge(folder).events
    assert {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in folder.iterdir()} == before


def test_a_graph_that_was_read_keeps_them(folder: Path, knowledge: KnowledgeGraph, tmp_path: Path) -> None:
    for name in ("graph.ttl", "other.oxigraph"):
        kg.read_graph(folder).write(tmp_path / name)
        kg.read_graph(tmp_path / name).write(tmp_path / "again.oxigraph")
        assert kept(tmp_path / "again.oxigraph") == knowledge


def test_a_graph_of_others_has_none(folder: Path, knowledge: KnowledgeGraph) -> None:
    Database(folder).write(encode(knowledge))
    assert NAME not in names(folder)
    assert read_knowledge(folder) == knowledge


def test_another_graph_in_its_place_brings_its_own(folder: Path, knowledge: KnowledgeGraph) -> None:
    fewer = replace(knowledge, events=(), relations=())
    Database(folder).write_knowledge(fewer)
    assert kept(folder) == fewer
    Database(folder).write_knowledge(knowledge)
    assert kept(folder) == knowledge


@pytest.mark.parametrize("flushed", [True, False])
def test_what_somebody_else_writes_makes_them_stale(folder: Path, knowledge: KnowledgeGraph, flushed: bool) -> None:
    store = pyoxigraph.Store(folder)
    mine = state(folder)
    store.add(NEW)
    if flushed:
        store.flush()
    assert state(folder) != mine
    assert kept(folder) is None
    del store
    assert NAME in names(folder), "Oxigraph leaves it alone"
    assert kept(folder) is None
    assert read_knowledge(folder) == knowledge
    assert len(Database(folder).read()) == len(encode(knowledge)) + 1


def test_an_event_that_somebody_else_takes_out_is_gone(folder: Path, knowledge: KnowledgeGraph) -> None:
    event = pyoxigraph.NamedNode(knowledge.events[0].iri)
    store = pyoxigraph.Store(folder)
    for quad in (*store.quads_for_pattern(event, None, None), *store.quads_for_pattern(None, None, event)):
        store.remove(quad)
    del store
    assert read_knowledge(folder).events == knowledge.events[1:]


def test_records_of_another_database_do_not_count(folder: Path, knowledge: KnowledgeGraph, tmp_path: Path) -> None:
    other = tmp_path / "other.oxigraph"
    Database(other).write_knowledge(replace(knowledge, events=()))
    shutil.copyfile(other / NAME, folder / NAME)
    assert read_knowledge(folder) == knowledge


@pytest.mark.parametrize("share", [0.0, 0.5, 0.99])
def test_half_written_records_do_not_count(folder: Path, knowledge: KnowledgeGraph, share: float) -> None:
    content = (folder / NAME).read_bytes()
    (folder / NAME).write_bytes(content[: int(share * len(content))])
    assert kept(folder) is None
    assert read_knowledge(folder) == knowledge


def test_what_lies_in_their_place_does_not_count(folder: Path, knowledge: KnowledgeGraph) -> None:
    (folder / NAME).unlink()
    assert read_knowledge(folder) == knowledge
    (folder / NAME).mkdir()
    assert read_knowledge(folder) == knowledge
    keep(knowledge, folder)
    assert kept(folder) is None
    assert not [name for name in names(folder) if name.endswith(".part")]


def test_what_cannot_be_kept_is_no_error(folder: Path, knowledge: KnowledgeGraph) -> None:
    actor = replace(knowledge.actors[0], name="\ud800")
    Database(folder).write_knowledge(replace(knowledge, actors=(actor, *knowledge.actors[1:])))
    assert NAME not in names(folder)
    assert read_knowledge(folder).actors[0].name == "\ufffd"


def test_no_records_without_a_database(tmp_path: Path) -> None:
    assert kept(tmp_path) is None
    with pytest.raises(GraphError, match="does not exist"):
        read_knowledge(tmp_path / "none.oxigraph")
    (tmp_path / "empty.oxigraph").mkdir()
    keep(decode(Graph()), tmp_path / "empty.oxigraph")
    with pytest.raises(GraphError, match="holds no database"):
        read_knowledge(tmp_path / "empty.oxigraph")
