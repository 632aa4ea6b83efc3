"""Places of many documents as nodes: which entry of the gazetteers each is, and what the node is called."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from operator import attrgetter
from sys import intern
from typing import TYPE_CHECKING, Final

from kg.graph.model import AppearanceNode, PlaceNode
from kg.graph.source import place_name
from kg.resolve.places import resolve
from kg.resolve.setting import Setting

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from kg.graph.source import Source
    from kg.identifiers import Identifiers
    from kg.records import Event
    from kg.resolve.places import Place

# The grounds for taking an entry, the firmest first: a node of several documents keeps the firmest.
_FIRMEST: Final[tuple[str, ...]] = ("qualifier", "sentence", "lexicon", "document", "population")


@dataclass(slots=True)
class Places:
    """The places met so far: by IRI, the entry that each is or lies in, and the documents that name it."""

    identifiers: Identifiers
    entries: dict[str, Place | None] = field(default_factory=dict)
    appearances: dict[str, list[AppearanceNode]] = field(default_factory=dict)

    def add(self, source: Source) -> dict[str, str]:
        """Take in the places that events and relations of a document name; return their IRIs by name.

        Raises:
            RecordError: If the record refers to what it lacks.
        """
        found: dict[str, str] = {}
        setting = Setting(source.record.document.text, source.record.sentences)
        for name, countries in _named(source).items():
            place = resolve(name, setting.context(name, countries))
            iri = found[name] = intern(identity(self.identifiers, name, place))
            self.entries[iri] = place
            shown = self.identifiers.appearance(source.node.iri, iri, name)
            rule = place.basis if place else "named"
            self.appearances.setdefault(iri, []).append(AppearanceNode(shown, source.node.iri, name, rule))
        return found

    def nodes(self) -> Iterator[PlaceNode]:
        """Give a node for each place, sorted by IRI."""
        return (place_of(_bare(iri, self.entries[iri]), self.appearances[iri]) for iri in sorted(self.entries))


def identity(identifiers: Identifiers, name: str, place: Place | None) -> str:
    """Return the IRI of a place: the one place that decides which places of different documents are one.

    Names of one entry of the gazetteers are one place. A name in an entry, as ``northern Syria``, is one with the
    same name in the same entry; one that is not known, with the same name.
    """
    if place is None:
        return identifiers.place(name)
    return identifiers.place(place.name if place.whole else name, place.country, place.geonames)


def place_of(place: PlaceNode, appearances: Collection[AppearanceNode]) -> PlaceNode:
    """Return a place with the commonest of the names by which documents know it, all others, and the firmest ground."""
    names = Counter(one.name for one in appearances)
    name = min(names, key=lambda one: (-names[one], one.swapcase()))
    return replace(
        place,
        name=name,
        alt_names=tuple(sorted(names.keys() - {name})),
        basis=min((one.rule for one in appearances), key=lambda rule: (_rank(rule), rule)) if place.entry else "",
        appearances=tuple(sorted(appearances, key=attrgetter("iri"))),
    )


def one_place(*nodes: PlaceNode) -> PlaceNode:
    """Return the node of a place that several graphs hold, as if all the documents that name it had been read together.

    Of nodes that do not tell which documents name them, the name that sorts first is kept.
    """
    kept = min(nodes, key=lambda node: (not node.entry, _rank(node.basis), repr(node)))
    bare = [node for node in nodes if not node.appearances]
    names = {name for node in bare for name in (node.name, *node.alt_names)}
    appearances = {shown.iri: shown for node in reversed(nodes) for shown in node.appearances}
    name = min((node.name for node in bare), key=str.swapcase, default="")
    both = place_of(kept, appearances.values()) if appearances else replace(kept, name=name, alt_names=())
    return replace(both, alt_names=tuple(sorted(names.union(both.alt_names) - {both.name})))


def _bare(iri: str, place: Place | None) -> PlaceNode:
    """Return the node of a place with what its entry tells."""
    if place is None:
        return PlaceNode(iri, "")
    return PlaceNode(
        iri=iri,
        name="",
        country=place.country,
        latitude=place.latitude,
        longitude=place.longitude,
        precision=place.precision,
        entry=place.name,
        geonames=place.geonames if place.whole else "",
        population=place.population if place.whole else None,
    )


def _rank(basis: str) -> int:
    return _FIRMEST.index(basis) if basis in _FIRMEST else len(_FIRMEST)


def _named(source: Source) -> dict[str, set[str]]:
    """Return the names of places, with the states of those who take part in what happens there."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    countries = {actor.id: actor.country for actor in source.record.actors}
    for event in source.record.events:
        for span in event.places:
            if name := place_name(source.words(span, f"event {event.id!r}")):
                found[name].update(countries.get(key, "") for key in _parties(event))
    for relation in source.record.relations:
        if relation.target_place and (name := place_name(relation.target_place)):
            found[name].add(countries.get(relation.source, ""))
    return dict(found)


def _parties(event: Event) -> tuple[str, ...]:
    return (*event.sources, *event.targets)
