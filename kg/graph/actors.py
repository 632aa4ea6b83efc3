"""Actors of many documents as nodes: which are one, and what the node is called."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cache
from operator import attrgetter
from sys import intern
from typing import TYPE_CHECKING, Final, TypeVar

from kg import resources
from kg.errors import RecordError
from kg.graph.legible import legible
from kg.graph.model import ActorNode, AppearanceNode, NamingNode
from kg.identifiers import is_iri
from kg.records import SECTORS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from kg.identifiers import Identifiers
    from kg.records import Actor, ActorType, DocumentRecord

_PRONOUNS: Final = "lexicons/pronouns.tsv"
_COUNTRY: Final = re.compile("[A-Z]{3}")
T = TypeVar("T", bound=str)


@dataclass(slots=True)
class Actors:
    """The actors met so far: by IRI, the documents that name each."""

    identifiers: Identifiers
    appearances: dict[str, list[AppearanceNode]] = field(default_factory=dict)

    def add(self, record: DocumentRecord, document: str) -> dict[str, str]:
        """Take in the actors of a record whose document has the IRI ``document``; return their IRIs by id.

        Raises:
            RecordError: If an id stands for two actors, or one has no name, or a country, sector, IRI or span that is
                none.
        """
        found: dict[str, str] = {}
        for actor in record.actors:
            _check(actor, record)
            if actor.id in found:
                raise RecordError(f"document {record.document.id!r}: two actors have the id {actor.id!r}")
            iri = found[actor.id] = identity(self.identifiers, actor, document)
            self.appearances.setdefault(iri, []).append(self._appearance(actor, iri, record, document))
        return found

    def nodes(self) -> Iterator[ActorNode]:
        """Give a node for each actor, sorted by IRI."""
        return (actor_of(iri, self.appearances[iri]) for iri in sorted(self.appearances))

    def _appearance(self, actor: Actor, node: str, record: DocumentRecord, document: str) -> AppearanceNode:
        iri = self.identifiers.appearance(document, node, actor.id)
        text = record.document.text
        words = ((span, intern(legible(span.of(text)))) for span in sorted(set(actor.mentions)))
        return AppearanceNode(
            iri=iri,
            document=document,
            name=intern(_name(actor.name)),
            rule=_rule(actor),
            confidence=actor.link.confidence if actor.link else 1.0,
            type=actor.type,
            country=actor.country,
            sector=actor.sector,
            same_as=tuple(sorted(set(actor.same_as))),
            namings=tuple(
                sorted(
                    NamingNode(self.identifiers.naming(iri, span), *span, anchor) for span, anchor in words if anchor
                )
            ),
        )


def _rule(actor: Actor) -> str:
    """Return what decided who the actor is: the link to the lexicons that gave it its name, or else its identity."""
    if actor.link:
        return actor.link.rule
    return "given" if actor.iri else "described" if _is_described(actor) else "named"


def identity(identifiers: Identifiers, actor: Actor, document: str) -> str:
    """Return the IRI of an actor: the one place that decides which actors of different documents are one.

    An IRI that the record gives is kept. Otherwise actors with the same canonical name, type and country are one,
    except those that are only described: "gunmen", or a "Turkish official". These are one within their document.
    """
    if actor.iri:
        return actor.iri
    scope = document if _is_described(actor) else ""
    return identifiers.actor(actor.name, actor.type, actor.country, scope)


def is_described(name: str, type: ActorType, country: str) -> bool:  # noqa: A002 (the field's own name)
    """Say whether an actor is only described, so that the same words in another document may be another's."""
    return _is_description(name) and (type == "PERSON" or not country)


def actor_of(iri: str, appearances: Collection[AppearanceNode]) -> ActorNode:
    """Return the node of an actor that documents name: the commonest of each value, and all other names.

    Its name in a document is what the document calls it most fully; other names are those and the words that name it,
    pronouns apart.
    """
    names, types, countries, sectors = Counter[str](), Counter["ActorType"](), Counter[str](), Counter[str]()
    forms: set[str] = set()
    for one in appearances:
        names[one.name] += 1
        types.update([one.type] if one.type else [])
        countries.update([one.country] if one.country else [])
        sectors.update([one.sector] if one.sector else [])
        forms.update(filter(_is_name, (_name(naming.anchor) for naming in one.namings)))
    name = _commonest(names)
    return ActorNode(
        iri=iri,
        name=name,
        type=_commonest(types) if types else "OTHER",
        country=_commonest(countries) if countries else "",
        sector=_commonest(sectors) if sectors else "",
        alt_names=tuple(sorted(forms.union(names) - {name})),
        same_as=tuple(sorted({iri for one in appearances for iri in one.same_as})),
        appearances=tuple(sorted(appearances, key=attrgetter("iri"))),
    )


def one_actor(*nodes: ActorNode) -> ActorNode:
    """Return the node of an actor that several graphs hold, as if all who name it had been read together.

    Of nodes that do not tell which documents name them, the values that sort first are kept.
    """
    bare = [node for node in nodes if not node.appearances]
    names = {name for node in bare for name in (node.name, *node.alt_names)}
    same_as = {iri for node in bare for iri in node.same_as}
    appearances = {shown.iri: shown for node in reversed(nodes) for shown in node.appearances}
    if appearances:
        both = actor_of(nodes[0].iri, appearances.values())
    else:
        both = ActorNode(
            iri=bare[0].iri,
            name=min((node.name for node in bare), key=str.swapcase),
            type=min(node.type for node in bare),
            country=min((node.country for node in bare if node.country), default=""),
            sector=min((node.sector for node in bare if node.sector), default=""),
        )
    return replace(
        both,
        alt_names=tuple(sorted(names.union(both.alt_names) - {both.name})),
        same_as=tuple(sorted(same_as.union(both.same_as))),
    )


def _is_described(actor: Actor) -> bool:
    return is_described(actor.name, actor.type, actor.country)


def _check(actor: Actor, record: DocumentRecord) -> None:
    where = f"document {record.document.id!r}, actor {actor.id!r}"
    if not _name(actor.name):
        raise RecordError(f"{where}: no name")
    if actor.country and not _COUNTRY.fullmatch(actor.country):
        raise RecordError(f"{where}: {actor.country!r} is no ISO 3166-1 alpha-3 code such as FRA")
    if actor.sector and actor.sector not in SECTORS:
        raise RecordError(f"{where}: no sector {actor.sector!r}; known: {', '.join(SECTORS)}")
    for iri in (*filter(None, [actor.iri]), *actor.same_as):
        if not is_iri(iri):
            raise RecordError(f"{where}: {iri!r} is no absolute http, https or urn IRI")
    length = len(record.document.text)
    for span in actor.mentions:
        if not 0 <= span.begin < span.end <= length:
            raise RecordError(f"{where}: no span {span.begin} to {span.end} in a text of {length} characters")


def _name(text: str) -> str:
    return " ".join(legible(text).split())


def _is_name(form: str) -> bool:
    return bool(form) and form.casefold() not in _pronouns()


def _is_description(name: str) -> bool:
    """Say whether a name is a mere description: in a script with case, its last word has no capital."""
    word = name.split()[-1] if name.split() else ""
    return word.islower()


@cache
def _pronouns() -> frozenset[str]:
    return frozenset(row["form"].casefold() for row in resources.read_tsv(_PRONOUNS))


def _commonest(counts: Counter[T]) -> T:
    """Return what was counted most; of equals, a mixed-case spelling before one in capitals."""
    return min(counts, key=lambda value: (-counts[value], value.swapcase()))
