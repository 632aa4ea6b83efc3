"""Document records into one graph: the same actors meet, reports of one happening become one event."""

from __future__ import annotations

from importlib import metadata
from operator import attrgetter
from typing import TYPE_CHECKING

from kg import ontology
from kg.graph.actors import Actors
from kg.graph.events import events
from kg.graph.model import KnowledgeGraph, RunNode
from kg.graph.relations import Relations
from kg.graph.source import document_node, source
from kg.identifiers import Identifiers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.graph.model import DocumentNode, EventNode, PlaceNode
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
    actors, relations = Actors(identifiers), Relations(identifiers)
    documents: dict[str, DocumentNode] = {}
    places: dict[str, PlaceNode] = {}
    happenings: list[EventNode] = []
    models: set[str] = set()
    for record in records:
        node = document_node(identifiers, record)
        if node.iri in documents:
            continue
        documents[node.iri] = node
        models.update(filter(None, (record.model,)))
        read = source(identifiers, record, node, actors.add(record, node.iri))
        for iri, place in read.places().items():
            places[iri] = min(place, places.get(iri, place))
        for event in events(read):
            happenings.append(event)
            relations.add_event(event)
        for relation in record.relations:
            relations.add_stated(read, relation)
    by_iri = attrgetter("iri")
    return KnowledgeGraph(
        base=identifiers.base,
        documents=tuple(documents[iri] for iri in sorted(documents)),
        actors=tuple(actors.nodes()),
        places=tuple(places[iri] for iri in sorted(places)),
        events=tuple(sorted(happenings, key=by_iri)),
        relations=tuple(sorted(relations.edges(), key=by_iri)),
        runs=(_run(identifiers, _kg() if program is None else program, ", ".join(sorted(models))),),
    )


def _run(identifiers: Identifiers, program: str, model: str) -> RunNode:
    version = ontology.version()
    return RunNode(identifiers.run(program, model, version), program, model, version)


def _kg() -> str:
    try:
        return f"kg {metadata.version('kg')}"
    except metadata.PackageNotFoundError:
        return "kg"
