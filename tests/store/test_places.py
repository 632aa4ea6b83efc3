"""One interface: whatever the place, what was written is what is read."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rdflib import Graph
from rdflib.compare import to_isomorphic

from kg.errors import ConfigError, GraphError, InputError
from kg.identifiers import Identifiers
from kg.query import run
from kg.rdf.decode import decode
from kg.rdf.formats import FORMATS
from kg.rdf.layout import prefixes_of
from kg.rdf.oxigraph import store_of
from kg.rdf.parse import parse_bytes
from kg.store import Database, Endpoint, File, Memory, StandardInput, graph_of, read, store_at, write, write_knowledge
from kg.store.file import LARGE_FILE
from kg.store.memory import LARGE_KNOWLEDGE

if TYPE_CHECKING:
    from kg.graph.model import KnowledgeGraph
    from kg.rdf.formats import Format

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
SUFFIXES = (".ttl", ".trig", ".nt", ".nq")
WRITE_LARGE = f"""
import sys
from pathlib import Path
from kg.rdf.decode import decode
from kg.store import Database, File, graph_of

golden, folder = map(Path, sys.argv[1:])
knowledge, database = decode(File(golden).read()), Database(folder.parent / f"{{folder.name}}.oxigraph")
database.write(graph_of(knowledge))
graphs = {{"made": graph_of(knowledge, large=0), "read": File(golden).read(large=0), "kept": database.read()}}
for name, graph in graphs.items():
    for suffix in {SUFFIXES!r}:
        File(folder / f"{{name}}{{suffix}}").write(graph, large=0)
"""
PLACES = [
    ("news.ttl", File),
    ("news.NQ", File),
    ("news.oxigraph", Database),
    ("news.oxigraph/", Database),
    (Path("http:/localhost:7878/query"), Endpoint),
    ("HTTP://localhost:7878/query/", Endpoint),
    (Path("HTTPS:/example.org/sparql"), Endpoint),
    ("https://example.org/sparql", Endpoint),
    ("-", StandardInput),
]


@pytest.mark.parametrize(("location", "kind"), PLACES)
def test_a_location_says_what_it_is(location: str | Path, kind: type) -> None:
    store = store_at(location)
    assert isinstance(store, kind)
    if isinstance(store, Endpoint):
        assert "://" in store.url


def test_memory_holds_what_it_was_given(graph: Graph) -> None:
    store = Memory(Graph())
    store.write(graph)
    assert store.read() is graph


@pytest.mark.parametrize("name", ["news.ttl", "news.trig", "news.nq", "news.nt", "news.jsonld", "news.oxigraph"])
def test_what_was_written_is_read(tmp_path: Path, graph: Graph, name: str) -> None:
    write(graph, tmp_path / name)
    assert set(read(tmp_path / name)) == set(graph)
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.name)
def test_a_large_file_is_read_and_written_by_oxigraph(
    tmp_path: Path, knowledge: KnowledgeGraph, graph: Graph, known: Format
) -> None:
    path = tmp_path / f"news{known.suffixes[0]}"
    File(path).write(graph_of(knowledge, large=0), large=0)
    again = File(path).read(large=0)
    assert store_of(again) is not None
    assert set(again) == set(graph)
    assert decode(again) == knowledge
    assert set(File(path).read()) == set(graph)
    before = path.read_bytes()
    File(path).write(graph_of(knowledge, large=0), large=0)
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["news.ttl", "news.trig"])
def test_a_large_file_has_the_prefixes_of_a_small_one(tmp_path: Path, knowledge: KnowledgeGraph, name: str) -> None:
    File(tmp_path / name).write(graph_of(knowledge, large=0), large=0)
    text = (tmp_path / name).read_text(encoding="utf-8")
    assert "a kg:Event" in text
    used = re.findall(r"^@prefix (\w+): <([^>]+)> \.$", text, re.MULTILINE)
    assert sorted(used) == sorted(prefixes_of(knowledge.base).items())


def test_the_same_input_gives_a_large_file_of_the_same_bytes_in_every_process(tmp_path: Path, repository: Path) -> None:
    """Also where Python hashes texts in another order, and where the graph came to lie in Oxigraph in another way."""
    golden = repository / "tests" / "golden" / "north-sea.ttl"
    for seed in "12":
        folder = tmp_path / seed
        folder.mkdir()
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", WRITE_LARGE, golden, folder], env=environment, check=True)
    one, other = ({path.name: path.read_bytes() for path in (tmp_path / seed).iterdir()} for seed in "12")
    assert len(one) == len(SUFFIXES) * 3
    assert one == other


@pytest.mark.parametrize("large", [0, LARGE_KNOWLEDGE])
@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.name)
def test_knowledge_is_written_as_its_rdf_is(
    tmp_path: Path, knowledge: KnowledgeGraph, known: Format, large: int
) -> None:
    one, other = (tmp_path / f"{name}{known.suffixes[0]}" for name in ("one", "other"))
    File(one).write(graph_of(knowledge, large))
    File(other).write_knowledge(knowledge, large)
    assert one.read_bytes() == other.read_bytes()


def test_knowledge_is_written_to_a_database(tmp_path: Path, knowledge: KnowledgeGraph, graph: Graph) -> None:
    write_knowledge(knowledge, tmp_path / "news.oxigraph")
    assert set(read(tmp_path / "news.oxigraph")) == set(graph)


@pytest.mark.parametrize("name", ["news.ttl", "news.trig", "news.nq", "news.nt", "news.jsonld", "news.oxigraph"])
def test_the_prefixes_of_a_graph_are_known(tmp_path: Path, knowledge: KnowledgeGraph, graph: Graph, name: str) -> None:
    write(graph, tmp_path / name)
    small = read(tmp_path / name)
    store = store_at(tmp_path / name)
    namespaces = Identifiers(knowledge.base).namespaces()
    actor = knowledge.actors[0].iri.removeprefix(namespaces["actor"])
    for found in (small, store.read(large=0) if isinstance(store, File) else small):
        assert run(found, f"ASK {{ actor:{actor} a kg:Actor }}").boolean
        assert {prefix: str(iri) for prefix, iri in found.namespaces()}.items() >= {
            (kind, namespaces[kind]) for kind in ("actor", "event", "mention")
        }


def test_a_file_has_prefixes_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text("@prefix mine: <https://example.org/> .\n@prefix kg: <urn:not-ours:> .\nmine:a a kg:b .", "utf-8")
    for large in (0, LARGE_FILE):
        found = File(path).read(large)
        assert run(found, "ASK { mine:a ?p ?o }").boolean
        assert not run(found, "ASK { ?s a kg:b }").boolean  # ours win


PIPED = [
    ("turtle", "@prefix a: <urn:a:> . a:b a:c [ a:d '{' ] ."),
    ("ntriples", '<urn:a> <urn:b> "c\\" <urn:x> ."@en .\n<urn:a> <urn:b> <urn:c> .'),
    ("trig", "@prefix a: <urn:a:> . a:g { a:b a:c 1 }"),
    ("nquads", '# four\n<urn:a> <urn:b> "c" .\n_:a <urn:b> "c"^^<urn:d> <urn:g> .'),
    ("jsonld", '\ufeff{ "@id": "urn:a", "urn:b": "c" }'),
    ("jsonld", '[ {"@id": "urn:a", "urn:b": "c" } ]'),
]


@pytest.mark.parametrize(("name", "text"), PIPED)
@pytest.mark.parametrize("large", [0, LARGE_FILE])
def test_a_graph_is_read_from_a_pipe(monkeypatch: pytest.MonkeyPatch, name: str, text: str, large: int) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    found = StandardInput().read(large)
    assert (store_of(found) is not None) == (large == 0)
    assert to_isomorphic(found) == to_isomorphic(parse_bytes(text.encode(), name))


def test_a_pipe_is_refused_like_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    for text, message in [
        ("", "cannot read graph stdin: it is empty"),
        ("<urn:a> <urn:b> 1 .\nno graph", "stdin, line 2: no turtle graph"),
        ('{"@id": ', "stdin, line 1: no jsonld graph"),
    ]:
        for large in (0, LARGE_FILE):
            monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
            with pytest.raises(GraphError, match=message):
                StandardInput().read(large)
    with pytest.raises(InputError, match="it is there to be read"):
        write(Graph(), "-")


def test_a_large_broken_file_says_where(tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text("<http://a.example/a> <http://a.example/b> 1 .\nno graph", encoding="utf-8")
    with pytest.raises(GraphError, match="line 2: no turtle graph"):
        File(path).read(large=0)
    path.rename(tmp_path / "broken.txt")
    with pytest.raises(GraphError, match="no graph format for the suffix"):
        File(tmp_path / "broken.txt").read(large=0)


def test_nothing_is_lost_between_a_graph_and_oxigraph(knowledge: KnowledgeGraph, graph: Graph) -> None:
    """What kg writes is in the one form that stores keep: no datatype and no spelling comes back as another."""
    large = graph_of(knowledge, large=0)
    assert {triple[2].n3() for triple in large} == {triple[2].n3() for triple in graph}
    assert run(large, COUNT) == run(graph, COUNT)
    assert set(graph_of(knowledge)) == set(graph)


def test_an_unknown_format_is_an_error(tmp_path: Path, graph: Graph) -> None:
    with pytest.raises(ConfigError, match="no graph format"):
        write(graph, tmp_path / "news.xml")
    with pytest.raises(InputError, match="cannot write"):
        write(graph, tmp_path / "none" / "news.ttl")


def test_what_only_writes_goes_without_sparql() -> None:
    code = "import sys, kg.store, kg.rdf.serialize; print({'oxrdflib', 'rdflib.plugins.sparql'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert run.stdout == "set()\n"
