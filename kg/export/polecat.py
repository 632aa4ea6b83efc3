"""Events as a table with the columns of POLECAT, the event data set of PLOVER, for tools that read that.

The columns stand in the order of POLECAT's files, those that a graph has no answer to (Correlates of War numbers,
titles, districts) empty; what POLECAT does not say follows. Several values in a cell are joined by ``; ``.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from kg.export.table import Column, table
from kg.export.tables import cameo, contexts, documents_of, intensity, quad_class
from kg.graph.model import ActorNode, PlaceNode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.export.table import Table
    from kg.graph.model import DocumentNode, EventNode, KnowledgeGraph

_BETWEEN: Final = "; "
_MISSING: Final = "None"


def polecat(graph: KnowledgeGraph) -> Table:
    """Return the table: a row an event, sorted by IRI."""
    lookup = _Lookup(graph)
    return table(
        "polecat", "an event", (*_what(), *_who(lookup), *_where(lookup), *_source(lookup), *_ours()), graph.events
    )


class _Lookup:
    """The nodes that an event speaks of."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self._actors = {actor.iri: actor for actor in graph.actors}
        self._places = {place.iri: place for place in graph.places}
        self._documents = {document.iri: document for document in graph.documents}
        self._called: dict[tuple[str, str], str] = {}
        self._named: defaultdict[str, list[ActorNode | PlaceNode]] = defaultdict(list)
        for node in graph.named:
            for appearance in node.appearances:
                self._called[node.iri, appearance.document] = appearance.name
                self._named[appearance.document].append(node)
        self.version = _listed(sorted({run.program for run in graph.runs} | {run.model for run in graph.runs}))

    def actors(self, event: EventNode) -> list[ActorNode]:
        """Return who does it; all who take part in a symmetric event, as PLOVER has it."""
        return [self._actors[iri] for iri in (*event.sources, *event.participants) if iri in self._actors]

    def recipients(self, event: EventNode) -> list[ActorNode]:
        return [self._actors[iri] for iri in event.targets if iri in self._actors]

    def places(self, event: EventNode) -> list[PlaceNode]:
        return [self._places[iri] for iri in event.places if iri in self._places]

    def called(self, node: ActorNode | PlaceNode, event: EventNode) -> str:
        """Return what the first of an event's documents that says so calls a node."""
        found = (self._called.get((node.iri, document)) for document in documents_of(event))
        return next(filter(None, found), "")

    def persons(self, event: EventNode) -> set[str]:
        """Return the names of the persons that an event's documents name."""
        return {node.name for node in self._story(event) if isinstance(node, ActorNode) and node.type == "PERSON"}

    def bodies(self, event: EventNode) -> set[str]:
        return {node.name for node in self._story(event) if isinstance(node, ActorNode) and node.type != "PERSON"}

    def settings(self, event: EventNode) -> set[str]:
        return {node.name for node in self._story(event) if isinstance(node, PlaceNode)}

    def _story(self, event: EventNode) -> Iterator[ActorNode | PlaceNode]:
        return (node for document in documents_of(event) for node in self._named[document])

    def documents(self, event: EventNode) -> list[DocumentNode]:
        return [self._documents[iri] for iri in documents_of(event) if iri in self._documents]


def _what() -> tuple[Column, ...]:
    return (
        Column("Event ID", "text", "the event's IRI", lambda event: event.iri),
        Column("Event Date", "day", "the day, or the first of the period", lambda event: event.date or event.earliest),
        Column("Event Type", "text", "one of PLOVER's sixteen types", lambda event: event.type),
        Column("Event Mode", "text", "how, where the text says", lambda event: event.mode),
        Column("Intensity", "number", "PLOVER's scale, -10 (conflict) to 10 (cooperation)", intensity),
        Column(
            "Quad Code",
            "text",
            "VERBAL or MATERIAL, COOPERATION or CONFLICT",
            lambda event: quad_class(event).replace("_", " ").upper(),
        ),
        Column("Contexts", "text", "the subject matter, where settled", lambda event: _listed(contexts(event))),
    )


def _who(lookup: _Lookup) -> tuple[Column, ...]:
    return (
        *_party(lookup, "Actor", "who does it", lookup.actors),
        *_party(lookup, "Recipient", "to whom", lookup.recipients),
    )


def _party(lookup: _Lookup, role: str, about: str, of: Callable[[EventNode], list[ActorNode]]) -> tuple[Column, ...]:
    def each(attribute: str) -> Callable[[EventNode], str]:
        return lambda event: _aligned(getattr(actor, attribute) for actor in of(event))

    return (
        Column(f"{role} Name", "text", f"{about}: canonical names", each("name")),
        Column(f"{role} Country", "text", f"{about}: ISO 3166-1 alpha-3, in the order of the names", each("country")),
        _empty(f"{role} COW"),
        Column(
            f"Primary {role} Sector",
            "text",
            f"{about}: the first one's sector",
            lambda event: next((actor.sector for actor in of(event)), ""),
        ),
        Column(f"{role} Sectors", "text", f"{about}: sectors, in the order of the names", each("sector")),
        _empty(f"{role} Title"),
        Column(
            f"{role} Name Raw",
            "text",
            f"{about}: as the first document that names it does, in the order of the names",
            lambda event: _aligned(lookup.called(actor, event) for actor in of(event)),
        ),
        Column(
            f"Wikipedia {role} ID",
            "text",
            f"{about}: the same in other knowledge bases, where known",
            lambda event: _listed(iri for actor in of(event) for iri in actor.same_as),
        ),
    )


def _where(lookup: _Lookup) -> tuple[Column, ...]:
    def first(attribute: str) -> Callable[[EventNode], float | None]:
        return lambda event: next(
            (getattr(place, attribute) for place in lookup.places(event) if place.latitude is not None), None
        )

    def names(event: EventNode) -> str:
        return _listed(place.name for place in lookup.places(event))

    return (
        Column("Placename", "text", "where", names),
        *map(_empty, ("City", "District", "Province")),
        Column(
            "Country",
            "text",
            "the places' countries, ISO 3166-1 alpha-3",
            lambda event: _aligned(place.country for place in lookup.places(event)),
        ),
        Column("Latitude", "number", "degrees, of the first place whose position is known", first("latitude")),
        Column("Longitude", "number", "degrees, of the same place", first("longitude")),
        Column(
            "GeoNames ID",
            "text",
            "the places' numbers in GeoNames, where known",
            lambda event: _listed(place.geonames for place in lookup.places(event)),
        ),
        Column(
            "Raw Placename",
            "text",
            "the places as the first document that names them does",
            lambda event: _listed(lookup.called(place, event) or place.name for place in lookup.places(event)),
        ),
        _empty("Feature Type"),
    )


def _source(lookup: _Lookup) -> tuple[Column, ...]:
    def each(attribute: str) -> Callable[[EventNode], str]:
        return lambda event: _listed(
            sorted({getattr(document, attribute) or "" for document in lookup.documents(event)})
        )

    def story(names: Callable[[EventNode], set[str]]) -> Callable[[EventNode], str]:
        return lambda event: _listed(sorted(names(event)))

    def published(event: EventNode) -> str | None:
        return min(
            (document.published[:10] for document in lookup.documents(event) if document.published), default=None
        )

    return (
        Column("Source", "text", "the publishers of the documents", each("publisher")),
        Column("Publication Date", "day", "the day on which the first document appeared", published),
        Column("Story People", "text", "the persons that the documents name", story(lookup.persons)),
        Column("Story Organizations", "text", "all other actors that they name", story(lookup.bodies)),
        Column("Story Locations", "text", "the places that they name", story(lookup.settings)),
        Column("Language", "text", "the documents' languages", each("language")),
        Column("Version", "text", "the program and model that read them", lambda _: lookup.version),
        Column("Document IDs", "text", "the ids of the documents", each("id")),
    )


def _ours() -> tuple[Column, ...]:
    return (
        Column("Last Date", "day", "the last day, where only a period is known", lambda event: event.latest),
        Column("Event Label", "text", "one readable line", lambda event: event.label),
        Column("Factuality", "text", "happened, planned, possible or negated", lambda event: event.factuality),
        Column("Contested", "flag", "whether somebody denies it, or reports differ", lambda event: event.contested),
        Column("Confidence", "number", "how sure the reader is, 0 to 1", lambda event: event.confidence),
        Column("CAMEO", "text", "the CAMEO code, where one says the same", cameo),
        Column("Reports", "integer", "how many documents report it", lambda event: len(documents_of(event))),
    )


def _empty(name: str) -> Column:
    return Column(name, "text", "always empty: a graph does not say", lambda _: "")


def _listed(values: Iterable[str]) -> str:
    """Return values as one cell; a semicolon within one gives way to a comma."""
    return _BETWEEN.join(value.replace(";", ",") for value in values if value)


def _aligned(values: Iterable[str]) -> str:
    """Return values as one cell in which each keeps its place: those missing among others read ``None``."""
    given = list(values)
    return _listed(value or _MISSING for value in given) if any(given) else ""
