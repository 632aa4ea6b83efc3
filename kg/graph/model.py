"""The knowledge graph as plain records: what NetworkX and RDF are both made from, and read back into.

Everything is identified by IRI (a string). Collections are sorted by IRI, so equal graphs are equal objects.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.records import ActorType, EventType, Factuality, RelationFactuality  # noqa: TC001 (the types of fields)

Polarity = Literal["affirms", "denies"]


@dataclass(frozen=True, slots=True, order=True)
class DocumentNode:
    """A document that facts rest on.

    ``sha256`` is that of its text in UTF-8; ``published`` is an ISO 8601 day or moment. ``copy_of`` is the IRI of the
    document that it reprints, wholly or for the greater part, ``run`` that of the run in which it was read.
    """

    iri: str
    id: str
    sha256: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    source: str | None = None
    url: str | None = None
    language: str | None = None
    copy_of: str | None = None
    run: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class NamingNode:
    """A stretch of a document that names an actor."""

    iri: str
    begin: int
    end: int
    anchor: str


@dataclass(frozen=True, slots=True, order=True)
class AppearanceNode:
    """An actor or place as one document has it: what it is called there, and why it is taken for this one.

    ``rule`` is what decided that it is this node, and ``confidence`` how sure that is, 0 to 1. Of an actor: the rule of
    its :class:`kg.records.Link` to the lexicons; ``given`` by an IRI in the record; ``named`` by its name, type and
    country; or ``described`` only, so that it is this node in this document alone. Of a place it is what decided for
    the entry, or ``named`` where it has none. What follows are the actor's values in this document, and the stretches
    that name it.
    """

    iri: str
    document: str
    name: str
    rule: str = "named"
    confidence: float = 1.0
    type: ActorType | Literal[""] = ""
    country: str = ""
    sector: str = ""
    same_as: tuple[str, ...] = ()
    namings: tuple[NamingNode, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class ActorNode:
    """An actor: canonical name, every other surface form, kind, country and PLOVER sector.

    Where they are known, ``appearances`` are the documents that name it, from whose values its own are made.
    """

    iri: str
    name: str
    type: ActorType
    country: str = ""
    sector: str = ""
    alt_names: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    appearances: tuple[AppearanceNode, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class PlaceNode:
    """A place where events happen or that an actor controls: its commonest name in the texts, and the others.

    Where it is known, ``entry`` is the place of the gazetteers that it is or lies in, ``country`` that one's ISO 3166-1
    alpha-3 code, and ``latitude`` and ``longitude`` (degrees, WGS 84) its point, as exact as ``precision`` says:
    ``city``, ``region`` or ``country``. ``basis`` is what decided for the entry (see :class:`kg.resolve.places.Place`).
    ``geonames`` and ``population`` are the entry's, where the place is the entry itself. ``appearances`` are the
    documents that name it.
    """

    iri: str
    name: str
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    alt_names: tuple[str, ...] = ()
    precision: str = ""
    entry: str = ""
    basis: str = ""
    geonames: str = ""
    population: int | None = None
    appearances: tuple[AppearanceNode, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class CustomTypeNode:
    """An event type of the user's own: its name, what it is called, and the PLOVER type that it lies under."""

    iri: str
    name: str
    label: str
    broader: EventType
    description: str = ""


@dataclass(frozen=True, slots=True, order=True)
class QuoteNode:
    """A stretch of a document given as somebody's words; ``verbatim`` where it stands in quotation marks."""

    iri: str
    begin: int
    end: int
    text: str
    verbatim: bool = False


@dataclass(frozen=True, slots=True, order=True)
class ClaimNode:
    """Who ``affirms`` or ``denies`` what a mention reports.

    ``claimant`` is the IRI of an actor, or of the publisher of the mention's document; ``cue`` are the words that
    give the claim to the claimant and ``speaker`` those that name the claimant with them, where known;
    ``contradicts`` are the IRIs of claims that cannot stand beside it. ``quotes`` are what the mention's document
    gives as the claimant's words, several stretches where the cue stands between them.
    """

    iri: str
    claimant: str
    polarity: Polarity
    cue: str = ""
    contradicts: tuple[str, ...] = ()
    speaker: str = ""
    quotes: tuple[QuoteNode, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class MentionNode:
    """One report in a text: the words (``anchor``), where they stand, and their sentence.

    ``custom_types`` are the IRIs of the types of the user's own that it is of beside the type of its event;
    ``patterns`` the names of the user's patterns that it was read by. ``confidence`` is how sure the reader is of a
    report that states a relation; an event's account has that of its reports.
    """

    iri: str
    document: str
    begin: int
    end: int
    anchor: str
    sentence: str
    claims: tuple[ClaimNode, ...] = ()
    custom_types: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True, order=True)
class AccountNode:
    """What one document says of a happening that others report too; the fields are those of :class:`EventNode`.

    Its reports are the mentions of the event that stand in ``document``. ``joined_to`` is the account that it was
    joined to, None for the one that the others lead to; ``rule`` says why (see :class:`kg.graph.agreement.Grounds`),
    ``agrees_on`` in what respects the two agree, and ``score`` counts the points for that.
    """

    iri: str
    document: str
    label: str
    factuality: Factuality
    mode: str = ""
    sources: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    date: str | None = None
    earliest: str | None = None
    latest: str | None = None
    contested: bool = False
    confidence: float = 1.0
    joined_to: str | None = None
    rule: str = ""
    agrees_on: tuple[str, ...] = ()
    score: int | None = None


@dataclass(frozen=True, slots=True, order=True)
class EventNode:
    """One happening, with its reports. A symmetric event has participants and neither sources nor targets.

    ``date`` is its day, where that is known; else ``earliest`` and ``latest`` are the days that bound it (ISO 8601).
    It is ``contested`` where somebody denies it, or reports differ on whether it happened or who did it.
    ``accounts`` is what each document says, where several report it.
    """

    iri: str
    type: EventType
    label: str
    factuality: Factuality
    mode: str = ""
    sources: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    date: str | None = None
    earliest: str | None = None
    latest: str | None = None
    contested: bool = False
    confidence: float = 1.0
    mentions: tuple[MentionNode, ...] = ()
    accounts: tuple[AccountNode, ...] = ()

    @property
    def custom_types(self) -> tuple[str, ...]:
        """The IRIs of the types of the user's own that its reports are of, sorted."""
        return tuple(sorted({iri for mention in self.mentions for iri in mention.custom_types}))


@dataclass(frozen=True, slots=True, order=True)
class RelationEdge:
    """A relation between two actors, and what it rests on; ``property`` is the local name of a ``kg:`` property.

    ``target`` is an actor, or for ``controls`` an actor or a place; a symmetric relation runs from the lesser IRI
    to the greater. It rests on ``events`` it follows from and on ``mentions``, reports that state it, ``count`` of
    both together. ``first`` and ``last`` are days. It is ``contested`` where nothing undisputed is left to rest on.
    """

    iri: str
    source: str
    property: str
    target: str
    events: tuple[str, ...] = ()
    mentions: tuple[MentionNode, ...] = ()
    first: str | None = None
    last: str | None = None
    count: int = 1
    confidence: float = 1.0
    contested: bool = False
    factuality: Factuality | RelationFactuality = "happened"


@dataclass(frozen=True, slots=True, order=True)
class RunNode:
    """What made a graph: versions of the program, the language model (with its name) and the ontology."""

    iri: str
    program: str = ""
    model: str = ""
    ontology: str = ""


@dataclass(frozen=True, slots=True)
class KnowledgeGraph:
    """Documents, actors, places, events, types of the user's own, and relations between actors, each sorted by IRI."""

    base: str
    documents: tuple[DocumentNode, ...] = ()
    actors: tuple[ActorNode, ...] = ()
    places: tuple[PlaceNode, ...] = ()
    events: tuple[EventNode, ...] = ()
    relations: tuple[RelationEdge, ...] = ()
    runs: tuple[RunNode, ...] = ()
    custom_types: tuple[CustomTypeNode, ...] = ()

    @property
    def named(self) -> tuple[ActorNode | PlaceNode, ...]:
        """What texts name: the places and the actors."""
        return (*self.places, *self.actors)


def holds(relation: RelationEdge) -> bool:
    """Say whether a relation is a direct edge: one that is past, negated or only possible is not."""
    return relation.factuality in ("happened", "planned")
