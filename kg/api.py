"""The graph as people use it from Python: built, read, asked, drawn and written."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kg.errors import ConfigError

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator

    import networkx
    import rdflib
    from spacy.language import Language

    from kg.graph.model import ActorNode, DocumentNode, EventNode, KnowledgeGraph, PlaceNode, RelationEdge
    from kg.query.table import Table
    from kg.rdf.validate import Finding
    from kg.records import DocumentRecord
    from kg.run.extract import Input, OnFailure

PlotKind = Literal["network", "timeline"]


class Graph:
    """A knowledge graph of actors, what passes between them, and the words it rests on.

    It can be seen as frozen records (``documents``, ``actors``, ``places``, ``events``, ``relations``), as a
    NetworkX multigraph (``networkx``) and as RDF (``rdf``); each form is made when it is first asked for.
    Treat the forms as read-only: a change to one does not reach the others.

    >>> from kg.jsonl import loads
    >>> record = loads('''{"id": "a", "text": "France met Germany.", "sentences": [{"begin": 0, "end": 19}],
    ...   "actors": [{"id": "A1", "name": "France", "type": "STATE", "mentions": [{"begin": 0, "end": 6}]},
    ...              {"id": "A2", "name": "Germany", "type": "STATE", "mentions": [{"begin": 11, "end": 18}]}],
    ...   "events": [{"id": "E1", "type": "CONSULT", "trigger": {"begin": 7, "end": 10}, "factuality": "happened",
    ...               "sources": ["A1"], "targets": ["A2"]}], "relations": []}'''.replace(chr(10), " "))
    >>> graph = Graph.of([record])
    >>> graph
    Graph(documents=1, actors=2, places=0, events=1, relations=1)
    >>> [actor.name for actor in graph.actors]
    ['France', 'Germany']
    >>> graph.networkx.number_of_nodes()
    2
    """

    def __init__(self, knowledge: KnowledgeGraph, rdf: rdflib.Graph | None = None) -> None:
        self._knowledge = knowledge
        self._rdf = rdf

    @classmethod
    def of(cls, records: Iterable[DocumentRecord], base: str | None = None) -> Graph:
        """Join document records into a graph; ``base`` is what its IRIs begin with."""
        from kg.graph.assemble import assemble

        return cls(assemble(records, base))

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> Graph:
        """Read a graph that kg wrote: Turtle, TriG, N-Quads, N-Triples or JSON-LD by the file's suffix.

        Raises:
            GraphError: If the file cannot be read or holds no such graph.

        """
        from kg.rdf.decode import decode
        from kg.rdf.parse import parse

        rdf = parse(Path(path))
        return cls(decode(rdf), rdf)

    @property
    def records(self) -> KnowledgeGraph:
        """The whole graph as one frozen record."""
        return self._knowledge

    @property
    def documents(self) -> tuple[DocumentNode, ...]:
        """The documents that the graph rests on, sorted by IRI."""
        return self._knowledge.documents

    @property
    def actors(self) -> tuple[ActorNode, ...]:
        """The actors, sorted by IRI."""
        return self._knowledge.actors

    @property
    def places(self) -> tuple[PlaceNode, ...]:
        """The places where events happen, sorted by IRI."""
        return self._knowledge.places

    @property
    def events(self) -> tuple[EventNode, ...]:
        """The events with their reports, sorted by IRI."""
        return self._knowledge.events

    @property
    def relations(self) -> tuple[RelationEdge, ...]:
        """The direct edges between actors and what they rest on, sorted by IRI."""
        return self._knowledge.relations

    @cached_property
    def networkx(self) -> networkx.MultiDiGraph[str]:
        """The graph for NetworkX: actors are nodes, relations are edges with their evidence."""
        from kg.graph.networkx import to_networkx

        return to_networkx(self._knowledge)

    @cached_property
    def rdf(self) -> rdflib.Graph:
        """The graph for RDFLib; of a graph that was read, all that the file holds."""
        from kg.rdf.encode import encode

        return encode(self._knowledge) if self._rdf is None else self._rdf

    def query(self, sparql: str | None = None, /, *, name: str | None = None, **params: object) -> Table:
        """Ask the graph, in SPARQL or by a named query.

        Args:
            sparql: A SPARQL query; the usual prefixes are known.
            name: The name of a query that ships with kg, as ``who-met-whom``.
            params: The named query's parameters, as ``actor="Turkey"``.

        Raises:
            QueryError: If the query does not parse, is refused, or lacks a parameter.
            ConfigError: If both or neither of query and name are given.

        """
        from kg.query import named, run

        if sparql is not None and name is None and not params:
            return run(self.rdf, sparql)
        if name is not None and sparql is None:
            return named(self.rdf, name, **params)
        raise ConfigError("give either a SPARQL query, or the name of one with its parameters")

    def plot(self, path: str | os.PathLike[str], *, actor: str | None = None, kind: PlotKind = "network") -> None:
        """Draw the graph to a ``.png``, ``.svg`` or ``.pdf`` file.

        Args:
            path: The file to write.
            actor: Draw only this actor and its neighbours.
            kind: ``network`` (who does what to whom) or ``timeline`` (what happened when).

        Raises:
            ConfigError: If the suffix or kind is not known, or there is no such actor.
            InputError: If the file cannot be written.

        """
        from kg.plot import network, timeline

        if kind == "network":
            network(self._knowledge, Path(path), actor=actor)
        elif kind == "timeline":
            timeline(self._knowledge, Path(path), actor=actor)
        else:
            raise ConfigError(f"no plot {kind!r}; there are network and timeline")

    def to_turtle(self, path: str | os.PathLike[str] | None = None) -> str:
        """Return the graph as Turtle, and write it to ``path`` if given. Equal graphs give equal bytes."""
        if path is not None:
            self.write(path, "turtle")
        from kg.rdf.serialize import serialize

        return serialize(self.rdf, "turtle")

    def write(self, path: str | os.PathLike[str], format: str | None = None) -> None:  # noqa: A002
        """Write the graph as RDF, whole or not at all.

        Args:
            path: The file to write.
            format: ``turtle``, ``trig``, ``nquads``, ``ntriples`` or ``jsonld``; by default after the suffix.

        Raises:
            ConfigError: If the format is not known.
            InputError: If the file cannot be written.

        """
        from kg.rdf.serialize import write

        write(self.rdf, Path(path), format)

    def validate(self) -> list[Finding]:
        """Check the graph against the shapes that every graph of kg fits, and return what does not."""
        from kg.rdf.validate import validate

        return validate(self.rdf)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Graph) and self._knowledge == other._knowledge

    def __hash__(self) -> int:
        return hash(self._knowledge)

    def __repr__(self) -> str:
        parts = ("documents", "actors", "places", "events", "relations")
        return f"Graph({', '.join(f'{part}={len(getattr(self, part))}' for part in parts)})"


def build(
    inputs: Input | Iterable[Input],
    *,
    base: str | None = None,
    nlp: Language | None = None,
    spacy_model: str | None = None,
    published: str | None = None,
    on_failure: OnFailure | None = None,
) -> Graph:
    """Read documents into a graph: the main job of kg.

    Args:
        inputs: A path, a :class:`~kg.records.Document`, or several: files and folders of ``.txt``, ``.md``,
            ``.html`` and ``.jsonl``, and records extracted before.
        base: What the IRIs of actors, events and documents begin with.
        nlp: A pipeline loaded before, as by ``kg.load()``.
        spacy_model: A spaCy pipeline that gives syntax and names instead of kg's own.
        published: The date, in ISO 8601, of documents that state none.
        on_failure: Called with each document that cannot be read, before going on; without it the first raises.

    Raises:
        InputError: If no document could be read, or one could not and there is no ``on_failure``.
        ModelError: If there is no usable language model.

    """
    from kg.run.build import build as build_records

    return Graph(
        build_records(inputs, base=base, nlp=nlp, spacy_model=spacy_model, published=published, on_failure=on_failure)
    )


def extract(
    inputs: Input | Iterable[Input],
    *,
    nlp: Language | None = None,
    spacy_model: str | None = None,
    published: str | None = None,
    on_failure: OnFailure | None = None,
) -> Iterator[DocumentRecord]:
    """Read documents into records, one by one: what :func:`build` joins into a graph. Arguments as there."""
    from kg.run.extract import extract as extract_records

    return extract_records(inputs, nlp=nlp, spacy_model=spacy_model, published=published, on_failure=on_failure)


def load(model: str | os.PathLike[str] | None = None, *, spacy_model: str | None = None) -> Language:
    """Load kg's language model as a spaCy pipeline.

    Args:
        model: The folder of a trained model; by default the one that ships with kg.
        spacy_model: A spaCy pipeline that gives syntax and names instead of kg's own.

    Raises:
        ModelError: If there is no usable model.

    """
    from kg.language import load as load_language

    return load_language(None if model is None else Path(model), spacy_model)


def read_graph(path: str | os.PathLike[str]) -> Graph:
    """Read a graph that kg wrote; the same as :meth:`Graph.read`."""
    return Graph.read(path)
