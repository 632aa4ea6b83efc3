"""Actors of many documents as nodes: which are one, and what the node is called."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final, TypeVar

from kg import resources
from kg.errors import RecordError
from kg.graph.legible import legible
from kg.graph.model import ActorNode
from kg.identifiers import is_iri
from kg.records import SECTORS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.identifiers import Identifiers
    from kg.records import Actor, ActorType, DocumentRecord

_PRONOUNS: Final = "lexicons/pronouns.tsv"
_COUNTRY: Final = re.compile("[A-Z]{3}")
T = TypeVar("T", bound=str)


@dataclass(slots=True)
class Actors:
    """The actors met so far, by IRI."""

    identifiers: Identifiers
    tallies: dict[str, Tally] = field(default_factory=dict)

    def add(self, record: DocumentRecord, document: str) -> dict[str, str]:
        """Take in the actors of a record whose document has the IRI ``document``; return their IRIs by id.

        Raises:
            RecordError: If an id stands for two actors, or one has no name, or a country, sector or IRI that is none.
        """
        found: dict[str, str] = {}
        for actor in record.actors:
            _check(actor, record)
            if actor.id in found:
                raise RecordError(f"document {record.document.id!r}: two actors have the id {actor.id!r}")
            iri = found[actor.id] = identity(self.identifiers, actor, document)
            self.tallies.setdefault(iri, Tally()).add(actor, record.document.text)
        return found

    def nodes(self) -> Iterator[ActorNode]:
        """Give a node for each actor, sorted by IRI."""
        return (self.tallies[iri].node(iri) for iri in sorted(self.tallies))


def identity(identifiers: Identifiers, actor: Actor, document: str) -> str:
    """Return the IRI of an actor: the one place that decides which actors of different documents are one.

    An IRI that the record gives is kept. Otherwise actors with the same canonical name, type and country are one,
    except those that are only described: "gunmen", or a "Turkish official". These are one within their document.
    """
    if actor.iri:
        return actor.iri
    scope = document if is_described(actor.name, actor.type, actor.country) else ""
    return identifiers.actor(actor.name, actor.type, actor.country, scope)


def is_described(name: str, type: ActorType, country: str) -> bool:  # noqa: A002 (the field's own name)
    """Say whether an actor is only described, so that the same words in another document may be another's."""
    return _is_description(name) and (type == "PERSON" or not country)


@dataclass(slots=True)
class Tally:
    """What documents call one actor, each value with the number of documents that give it."""

    names: Counter[str] = field(default_factory=Counter)
    types: Counter[ActorType] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)
    sectors: Counter[str] = field(default_factory=Counter)
    forms: set[str] = field(default_factory=set)
    same_as: set[str] = field(default_factory=set)

    def add(self, actor: Actor, text: str) -> None:
        """Take in the actor of one document with this text."""
        self.names[_name(actor.name)] += 1
        self.types[actor.type] += 1
        self.countries.update([actor.country] if actor.country else [])
        self.sectors.update([actor.sector] if actor.sector else [])
        self.forms.update(filter(_is_name, (_name(mention.of(text)) for mention in actor.mentions)))
        self.same_as.update(actor.same_as)

    def node(self, iri: str) -> ActorNode:
        """Return the node: the commonest of each value, and all other forms of the name."""
        name = _commonest(self.names)
        return ActorNode(
            iri=iri,
            name=name,
            type=_commonest(self.types),
            country=_commonest(self.countries) if self.countries else "",
            sector=_commonest(self.sectors) if self.sectors else "",
            alt_names=tuple(sorted(self.forms.union(self.names) - {name})),
            same_as=tuple(sorted(self.same_as)),
        )


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
