"""Actors of many documents as nodes: which are one, and what the node is called."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
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
    from collections.abc import Collection, Iterator, Sequence

    from kg.identifiers import Identifiers
    from kg.records import Actor, ActorType, DocumentRecord

_PRONOUNS: Final = "lexicons/pronouns.tsv"
_COUNTRY: Final = re.compile("[A-Z]{3}")
_BY_IRI: Final = attrgetter("iri")
_KNOWN: Final = 1 << 14
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
        text = legible(record.document.text)
        for actor in record.actors:
            _check(actor, record)
            if actor.id in found:
                raise RecordError(f"document {record.document.id!r}: two actors have the id {actor.id!r}")
            iri = found[actor.id] = intern(identity(self.identifiers, actor, document))
            self.appearances.setdefault(iri, []).append(self._appearance(actor, iri, text, document))
        return found

    def nodes(self) -> Iterator[ActorNode]:
        """Give a node for each actor, sorted by IRI."""
        return (actor_of(iri, self.appearances[iri]) for iri in sorted(self.appearances))

    def _appearance(self, actor: Actor, node: str, text: str, document: str) -> AppearanceNode:
        iri = self.identifiers.appearance(document, node, actor.id)
        naming = self.identifiers.naming
        namings = [
            NamingNode(naming(iri, span), *span, intern(text[span[0] : span[1]])) for span in set(actor.mentions)
        ]
        return AppearanceNode(
            iri,
            document,
            _name(actor.name),
            _rule(actor),
            actor.link.confidence if actor.link else 1.0,
            actor.type,
            actor.country,
            actor.sector,
            tuple(sorted(set(actor.same_as))) if actor.same_as else (),
            tuple(sorted(namings, key=_BY_IRI)),
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
    names = [one.name for one in appearances]
    forms = {_form(naming.anchor) for one in appearances for naming in one.namings} - {""}
    name = _commonest(names) or ""
    forms.update(names)
    forms.discard(name)
    return ActorNode(
        iri,
        name,
        _commonest([one.type for one in appearances if one.type]) or "OTHER",
        _commonest([one.country for one in appearances if one.country]) or "",
        _commonest([one.sector for one in appearances if one.sector]) or "",
        tuple(sorted(forms)),
        tuple(sorted({iri for one in appearances for iri in one.same_as})),
        tuple(sorted(appearances, key=_BY_IRI)),
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
    for begin, end in actor.mentions:
        if not 0 <= begin < end <= length:
            raise RecordError(f"{where}: no span {begin} to {end} in a text of {length} characters")


@lru_cache(_KNOWN)
def _name(text: str) -> str:
    return intern(" ".join(legible(text).split()))


@lru_cache(_KNOWN)
def _form(words: str) -> str:
    """Return the name that words are, empty for a pronoun."""
    name = _name(words)
    return "" if name.casefold() in _pronouns() else name


@lru_cache(_KNOWN)
def _is_description(name: str) -> bool:
    """Say whether a name is a mere description: in a script with case, its last word has no capital."""
    words = name.split()
    return bool(words) and words[-1].islower()


@cache
def _pronouns() -> frozenset[str]:
    return frozenset(row["form"].casefold() for row in resources.read_tsv(_PRONOUNS))


def _commonest(values: Sequence[T]) -> T | None:
    """Return the commonest value; of equals, a mixed-case spelling before one in capitals. None where there is none."""
    if not values or values.count(values[0]) == len(values):
        return values[0] if values else None
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value.swapcase()))
