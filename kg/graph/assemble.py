"""Document records into one graph: the same actors meet, reports of one happening become one event."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial
from importlib import metadata
from operator import attrgetter
from typing import TYPE_CHECKING

from kg import ontology
from kg.graph.actors import Actors
from kg.graph.copies import originals
from kg.graph.custom_types import CustomTypes, used
from kg.graph.events import events
from kg.graph.garbage import uncollected, without_rescans
from kg.graph.happenings import happenings
from kg.graph.model import KnowledgeGraph, RunNode
from kg.graph.places import Places
from kg.graph.relations import Relations
from kg.graph.source import document_node, source
from kg.identifiers import Identifiers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.graph.model import ActorNode, DocumentNode, EventNode, PlaceNode
    from kg.records import DocumentRecord


def assemble(
    records: Iterable[DocumentRecord], base: str | None = None, *, program: str | None = None
) -> KnowledgeGraph:
    """Return the graph of what the records report.

    Records are taken one by one, so that a stream of many needs no more memory than the graph; a document with the
    id and text of an earlier one is passed over.

    Args:
        records: What was read from each document.
        base: The IRI that names in the graph begin with; by default that of the ontology.
        program: Name and version of the program that read the documents, for the graph's provenance; by default
            those of kg.

    Raises:
        ConfigError: If the base is no absolute http, https or urn IRI.
        RecordError: If a record refers to what it lacks, or holds a date, country, sector, IRI or span that is none.
    """
    identifiers = Identifiers(base or ontology.default_base())
    actors, relations, custom_types = Actors(identifiers), Relations(identifiers), CustomTypes(identifiers)
    documents: dict[str, DocumentNode] = {}
    places = Places(identifiers)
    reported: list[EventNode] = []
    runs: dict[str, RunNode] = {}
    run_with = cache(partial(_run, identifiers, _kg() if program is None else program))
    for record in without_rescans(records):
        run = run_with(record.model)
        node = replace(document_node(identifiers, record), run=run.iri)
        if node.iri in documents:
            continue
        documents[node.iri], runs[run.iri] = node, run
        read = source(identifiers, record, node, actors.add(record, node.iri), custom_types.add(record))
        read = replace(read, places=places.add(read))
        reported.extend(events(read))
        for relation in record.relations:
            relations.add_stated(read, relation)
    with uncollected():
        nodes = (tuple(actors.nodes()), tuple(places.nodes()))
        graph = settled(identifiers, documents.values(), *nodes, reported, relations, runs.values())
    return replace(graph, custom_types=used(custom_types.by_iri, graph))


def settled(
    identifiers: Identifiers,
    documents: Iterable[DocumentNode],
    actors: Iterable[ActorNode],
    places: Iterable[PlaceNode],
    reported: Sequence[EventNode],
    relations: Relations,
    runs: Iterable[RunNode],
) -> KnowledgeGraph:
    """Return the graph of what single documents report: their events joined, copies known, and what follows.

    Args:
        identifiers: Names what is made.
        documents: All documents.
        actors: All actors.
        places: All places.
        reported: The events as each document reports them.
        relations: The relations that documents state; those that follow from events are added to it.
        runs: What made the graph.
    """
    by_iri = attrgetter("iri")
    stated = (mention for evidence in relations.evidence.values() for mention in evidence.mentions.values())
    mentions = [*stated, *(mention for event in reported for mention in event.mentions)]
    known = sorted(documents, key=by_iri)
    copies = originals(known, mentions)
    nodes = [_copied(node, copies.get(node.iri)) for node in known]
    actors, places = sorted(actors, key=by_iri), sorted(places, key=by_iri)
    joined = happenings(identifiers, reported, nodes, actors, places)
    for event in joined:
        relations.add_event(event)
    return KnowledgeGraph(
        base=identifiers.base,
        documents=tuple(nodes),
        actors=tuple(actors),
        places=tuple(places),
        events=tuple(joined),
        relations=tuple(sorted(relations.edges(), key=by_iri)),
        runs=tuple(sorted(runs, key=by_iri)),
    )


def _copied(node: DocumentNode, original: str | None) -> DocumentNode:
    return node if node.copy_of == original else replace(node, copy_of=original)


def _run(identifiers: Identifiers, program: str, model: str) -> RunNode:
    version = ontology.version()
    return RunNode(identifiers.run(program, model, version), program, model, version)


@cache
def _kg() -> str:
    try:
        return f"kg {metadata.version('kg')}"
    except metadata.PackageNotFoundError:
        return "kg"
