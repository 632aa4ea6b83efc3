"""The graph as people use it from Python: built, read, asked, drawn and written."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kg.errors import ConfigError, InputError

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator

    import networkx
    import rdflib
    from spacy.language import Language

    from kg.analyse.scope import Scope
    from kg.explore.notebook import Inline
    from kg.graph.explanation import Explanation
    from kg.graph.model import ActorNode, DocumentNode, EventNode, KnowledgeGraph, PlaceNode, RelationEdge
    from kg.ingest import InputSettings
    from kg.ingest.items import OnSkip
    from kg.query.table import Table
    from kg.rdf.validate import Finding
    from kg.records import DocumentRecord
    from kg.resolve.dictionaries import Lexicon, LexiconSource
    from kg.run.engine import EngineName
    from kg.run.extract import Input, OnFailure
    from kg.run.progress import OnProgress
    from kg.store.push import Pushed

PlotKind = Literal["network", "timeline", "ego", "heatmap", "series", "map"]


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
        """Read a graph that kg wrote.

        Args:
            path: A file of Turtle, TriG, N-Quads, N-Triples or JSON-LD by its suffix, the folder of a database
                (``.oxigraph``), or the URL of a SPARQL endpoint.

        Raises:
            EndpointError: If the endpoint cannot be reached.
            GraphError: If the graph cannot be read, or is none of kg's.

        """
        from kg.store import knowledge_of, read

        rdf = read(path)
        return cls(knowledge_of(rdf), rdf)

    def merge(self, *others: Graph) -> Graph:
        """Return one graph of this and others, as if all their documents had been read together.

        Reports of one happening in documents of different graphs become one event.

        Raises:
            GraphError: If the names in the graphs begin with different bases.

        """
        from kg.graph.merge import merge

        return Graph(merge([self._knowledge, *(other._knowledge for other in others)]))

    def remove(self, *documents: str) -> Graph:
        """Return the graph without documents, given by id or IRI: that of the others by themselves.

        Raises:
            ConfigError: If the graph has no such document.
            GraphError: If the graph is of an earlier version, and does not tell which documents name whom.

        """
        from kg.graph.remove import documents_named, remove

        return Graph(remove(self._knowledge, documents_named(self._knowledge, documents)))

    def why(self, wanted: str) -> tuple[Explanation, ...]:
        """Return what was merged into each actor, place or event that ``wanted`` names, and by which rule and score.

        Args:
            wanted: A name of the actor or place, the label of the event, or an IRI.

        Raises:
            ConfigError: If the graph has no such node.

        """
        from kg.graph.explanation import explain

        return explain(self._knowledge, wanted)

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
        """The graph for RDFLib, a large one on Oxigraph's store; of a graph that was read, all that the file holds."""
        from kg.store import graph_of

        return graph_of(self._knowledge) if self._rdf is None else self._rdf

    def query(
        self,
        sparql: str | None = None,
        /,
        *,
        name: str | None = None,
        timeout: float | None = None,
        **params: object,
    ) -> Table:
        """Ask the graph, in SPARQL or by a named query.

        Args:
            sparql: A SPARQL query; the usual prefixes are known.
            name: The name of a query that ships with kg, as ``who-met-whom``.
            timeout: The most seconds to take; the query is then stopped.
            params: The named query's parameters, as ``actor="Turkey"``.

        Raises:
            QueryError: If the query does not parse, is refused, lacks a parameter, or takes too long.
            ConfigError: If both or neither of query and name are given.

        """
        from kg.query import load as load_query
        from kg.query import run

        if sparql is not None and name is None and not params:
            return run(self.rdf, sparql, timeout=timeout)
        if name is not None and sparql is None:
            return load_query(name).run(self.rdf, params, timeout=timeout)
        raise ConfigError("give either a SPARQL query, or the name of one with its parameters")

    def plot(
        self,
        path: str | os.PathLike[str],
        *,
        actor: str | None = None,
        kind: PlotKind = "network",
        partner: str | None = None,
        hops: int | None = None,
        by: str | None = None,
        scope: Scope | None = None,
        most: int | None = None,
    ) -> None:
        """Draw the graph to a ``.png``, ``.svg`` or ``.pdf`` file.

        Args:
            path: The file to write.
            actor: Draw only this actor and its neighbours.
            kind: ``network`` (who does what to whom), ``timeline`` (what happened when), ``ego`` (what surrounds an
                actor), ``heatmap`` (how every two actors get on), ``series`` (conflict and cooperation over time) or
                ``map`` (where it happened).
            partner: Of a series: only what passes between ``actor`` and this one.
            hops: Of an ego network: how many ties away from the actor it reaches; 1 by default.
            by: Of a series: ``day``, ``week``, ``month`` or ``year``.
            scope: Of a series, heat map or map: which events count, as a :class:`kg.analyse.Scope`.
            most: How many actors, of a timeline events, of a map spots are drawn at most.

        Raises:
            ConfigError: If the suffix, kind or an option is not known, or there is no such actor.
            InputError: If the file cannot be written.

        """
        from kg.plot import draw

        draw(self._knowledge, Path(path), kind, actor=actor, partner=partner, hops=hops, by=by, scope=scope, most=most)

    def explore(self, actor: str | None = None, *, height: int = 700) -> Inline:
        """Return the report on the graph, which a notebook shows within its page.

        Args:
            actor: Only what concerns this actor.
            height: How high it is shown, in pixels.

        Raises:
            ConfigError: If there is no such actor.

        """
        from kg.explore.notebook import inline

        return inline(self._knowledge, actor=actor, height=height)

    def report(
        self, path: str | os.PathLike[str], *, actor: str | None = None, title: str = "", most: int = 300
    ) -> None:
        """Write the graph as one page of HTML that holds no scripts and loads nothing.

        Args:
            path: The file to write.
            actor: Only what concerns this actor.
            title: What stands above it.
            most: The most events, and the most stated relations, told; those with the most reports first.

        Raises:
            ConfigError: If there is no such actor.
            InputError: If the file cannot be written.

        """
        from kg.explore.report import write_report

        write_report(self._knowledge, path, actor=actor, title=title, most=most)

    def slice(
        self,
        *,
        actor: str | Iterable[str] = (),
        since: str | None = None,
        until: str | None = None,
        published: bool = False,
        type: str | Iterable[str] = (),  # noqa: A002
        min_confidence: float = 0.0,
        asserted_by: str | Iterable[str] = (),
        exclude_contested: bool = False,
        factuality: str | Iterable[str] = (),
    ) -> Graph:
        """Return the part of the graph that meets all that is asked for, and what it rests on.

        Of several values for one criterion, one is enough.

        Args:
            actor: Names of actors or places that the fact involves, in any of their forms.
            since: The first day, month or year.
            until: The last day, month or year. What has no day is left out.
            published: Whether an event that no text dates takes the day on which its first document appeared.
            type: Types of events (``CONSULT``) and of stated relations (``member_of``).
            min_confidence: The least confidence, 0 to 1.
            asserted_by: Names of actors or publishers who say so.
            exclude_contested: Whether what somebody disputes is left out.
            factuality: ``happened``, ``planned``, ``possible``, ``negated`` or ``past``.

        Raises:
            ConfigError: If nobody bears a name, or a date, type, factuality or confidence is none.

        """
        from kg.graph.slice import criteria, sliced

        wanted = criteria(
            self._knowledge,
            actors=_several(actor),
            since=since,
            until=until,
            published=published,
            types=_several(type),
            min_confidence=min_confidence,
            asserted_by=_several(asserted_by),
            exclude_contested=exclude_contested,
            factualities=_several(factuality),
        )
        return Graph(sliced(self._knowledge, wanted))

    def export(self, path: str | os.PathLike[str], format: str | None = None) -> None:  # noqa: A002
        """Write the graph for other programs, whole or not at all.

        Args:
            path: The file, or for ``csv``, ``parquet`` and ``neo4j`` the folder.
            format: ``graphml``, ``gexf``, ``cytoscape``, ``csv``, ``parquet``, ``polecat``, ``neo4j`` or ``rdf12``; by
                default after the suffix: ``.graphml``, ``.gexf`` or ``.cyjs``.

        Raises:
            ConfigError: If the format is not known.
            InputError: If the file or folder cannot be written.
            MissingExtraError: If Parquet is asked for without the extra ``parquet``.

        """
        from kg.export import export

        export(self._knowledge, path, format)

    def to_turtle(self, path: str | os.PathLike[str] | None = None) -> str:
        """Return the graph as Turtle, and write it to ``path`` if given. Equal graphs give equal bytes."""
        if path is not None:
            self.write(path, "turtle")
        from kg.rdf.encode import statements
        from kg.rdf.serialize import serialize, text_of

        return text_of(statements(self._knowledge)) if self._rdf is None else serialize(self._rdf)

    def write(self, path: str | os.PathLike[str], format: str | None = None) -> None:  # noqa: A002
        """Write the graph as RDF, whole or not at all.

        Args:
            path: The file to write, or the folder of a database (``news.oxigraph``).
            format: ``turtle``, ``trig``, ``nquads``, ``ntriples`` or ``jsonld``; by default after the suffix.

        Raises:
            ConfigError: If the format is not known.
            InputError: If the file cannot be written.

        """
        from kg.store import write, write_knowledge

        if self._rdf is None:
            write_knowledge(self._knowledge, path, format)
        else:
            write(self._rdf, path, format, self._knowledge)

    def push(
        self,
        endpoint: str,
        *,
        name: str | None = None,
        add: bool = False,
        journal: str | os.PathLike[str] | None = None,
    ) -> Pushed:
        """Send the graph to a server, by the SPARQL 1.1 Graph Store HTTP Protocol.

        Args:
            endpoint: The address of the server's Graph Store Protocol.
            name: The IRI of the graph there; by default its default graph.
            add: Whether the triples are added to what is there, in place of replacing it.
            journal: A file that keeps track, so that a push that failed goes on where it stopped.

        Raises:
            ConfigError: If ``name`` is no IRI, or the journal is that of another push.
            EndpointError: If the server refuses the graph, or cannot be reached after several tries.

        """
        from kg.store.push import push

        return push(self.rdf, endpoint, name=name, add=add, journal=None if journal is None else Path(journal))

    def validate(self) -> list[Finding]:
        """Check the graph against the shapes that every graph of kg fits, and return what does not."""
        from kg.rdf.validate import validate

        return validate(self.rdf)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Graph) and self._knowledge == other._knowledge

    def __hash__(self) -> int:
        return hash(self._knowledge)

    def _repr_html_(self) -> str:
        """Return the graph at first sight, as notebooks show it."""
        from kg.explore.notebook import summary

        return summary(self._knowledge)

    def __repr__(self) -> str:
        parts = ("documents", "actors", "places", "events", "relations")
        return f"Graph({', '.join(f'{part}={len(getattr(self, part))}' for part in parts)})"


def _several(value: str | Iterable[str]) -> Iterable[str]:
    return (value,) if isinstance(value, str) else value


def build(
    inputs: Input | Iterable[Input],
    *,
    base: str | None = None,
    nlp: Language | None = None,
    spacy_model: str | None = None,
    patterns: str | os.PathLike[str] | None = None,
    lexicon: LexiconSource | None = None,
    published: str | None = None,
    workers: int | None = None,
    engine: EngineName = "local",
    ray_address: str | None = None,
    limit: int | None = None,
    run: str | os.PathLike[str] | None = None,
    on_failure: OnFailure | None = None,
    on_progress: OnProgress | None = None,
    settings: InputSettings | None = None,
    on_skip: OnSkip | None = None,
) -> Graph:
    """Read documents into a graph: the main job of kg.

    Args:
        inputs: A path, a :class:`~kg.records.Document`, or several: files in any format that there is a reader for,
            folders of such, addresses of the web, and records extracted before.
        base: What the IRIs of actors, events and documents begin with.
        nlp: A pipeline loaded before, as by ``kg.load()``.
        spacy_model: A spaCy pipeline that gives syntax and names instead of kg's own.
        patterns: A TOML file of event types and patterns of the user's own, by which documents are read as well.
        lexicon: The user's own lexicon, as :func:`read_lexicon` returns, or its file or files; it goes before kg's.
        published: The date, in ISO 8601, of documents that state none.
        workers: How many processes read, each with the model; the graph is the same. One by default; with Ray, as
            many as the cluster has cores for. A script that asks for more than one on this machine must do so under
            ``if __name__ == "__main__":``.
        engine: ``local`` for this machine, or ``ray`` for a Ray cluster.
        ray_address: The Ray cluster, as ``host:6379`` or ``auto``; by default that of ``RAY_ADDRESS``, the one that
            this process is connected to, or else one on this machine for this call alone.
        limit: How many documents to read at most.
        run: A folder that keeps what was read, so that the same call goes on where one before it was cut off.
        on_failure: Called with each document that cannot be read, before going on; without it the first raises.
        on_progress: Called after each document, with how far the reading has come.
        settings: How inputs are read: limits, names of fields, and what else is chosen.
        on_skip: Called with each document that is left aside, because it is not in English or there already;
            without it they are logged.

    Raises:
        InputError: If no document could be read, one could not and there is no ``on_failure``, or the run's folder
            cannot be written.
        ConfigError: If settings do not go together, the run was begun with others, or the cluster cannot be reached.
        MissingExtraError: If Ray is asked for without the extra ``ray``.
        ModelError: If there is no usable language model.

    """
    from kg.run.engine import Engine
    from kg.run.extract import extract as extract_records

    records = extract_records(
        inputs,
        nlp=nlp,
        spacy_model=spacy_model,
        patterns=patterns,
        lexicon=lexicon,
        published=published,
        engine=Engine(engine, workers, ray_address),
        limit=limit,
        run=run,
        on_failure=on_failure,
        on_progress=on_progress,
        settings=settings,
        on_skip=on_skip,
    )
    graph = Graph.of(records, base)
    if not graph.documents:
        raise InputError("no document could be read")
    return graph


def extract(
    inputs: Input | Iterable[Input],
    *,
    nlp: Language | None = None,
    spacy_model: str | None = None,
    patterns: str | os.PathLike[str] | None = None,
    lexicon: LexiconSource | None = None,
    published: str | None = None,
    workers: int | None = None,
    engine: EngineName = "local",
    ray_address: str | None = None,
    limit: int | None = None,
    on_failure: OnFailure | None = None,
    on_progress: OnProgress | None = None,
    settings: InputSettings | None = None,
    on_skip: OnSkip | None = None,
) -> Iterator[DocumentRecord]:
    """Read documents into records, one by one: what :func:`build` joins into a graph. Arguments as there."""
    from kg.run.engine import Engine
    from kg.run.extract import extract as extract_records

    return extract_records(
        inputs,
        nlp=nlp,
        spacy_model=spacy_model,
        patterns=patterns,
        lexicon=lexicon,
        published=published,
        engine=Engine(engine, workers, ray_address),
        limit=limit,
        on_failure=on_failure,
        on_progress=on_progress,
        settings=settings,
        on_skip=on_skip,
    )


def load(
    model: str | os.PathLike[str] | None = None,
    *,
    spacy_model: str | None = None,
    patterns: str | os.PathLike[str] | None = None,
    lexicon: LexiconSource | None = None,
) -> Language:
    """Load kg's language model as a spaCy pipeline.

    Args:
        model: The folder of a trained model; by default the one that ships with kg.
        spacy_model: A spaCy pipeline that gives syntax and names instead of kg's own.
        patterns: A TOML file of event types and patterns of the user's own, by which documents are read as well.
        lexicon: The user's own lexicon, as :func:`read_lexicon` returns, or its file or files; it goes before kg's.

    Raises:
        ConfigError: If the patterns cannot be read or used.
        LexiconError: If the lexicon cannot be read.
        ModelError: If there is no usable model.

    """
    from kg.language import load as load_language

    folder, file = (None if path is None else Path(path) for path in (model, patterns))
    return load_language(folder, spacy_model, file, lexicon)


def read_lexicon(*paths: str | os.PathLike[str]) -> Lexicon:
    """Read a lexicon of one's own: ``.tsv`` tables, and the actor and agent dictionaries of PETRARCH.

    Where two files know one name, the later decides. Lines of a dictionary that cannot be used are in ``skipped``.

    Raises:
        LexiconError: If a file cannot be read, or a line of a table cannot be used.

    """
    from kg.resolve.dictionaries import Lexicon

    return Lexicon.read(paths)


def read_graph(path: str | os.PathLike[str]) -> Graph:
    """Read a graph that kg wrote; the same as :meth:`Graph.read`."""
    return Graph.read(path)
