"""The records that pass between stages: a document, and what was read from it.

All are frozen. Offsets count Unicode code points of ``Document.text``; ``end`` is exclusive.
The JSON form (one object a line) is in :mod:`kg.jsonl`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, get_args

ActorType = Literal[
    "PERSON",
    "STATE",
    "GOVERNMENT_BODY",
    "IGO",
    "MILITARY",
    "POLICE",
    "ARMED_GROUP",
    "PARTY",
    "NGO",
    "COMPANY",
    "MEDIA",
    "CIVILIANS",
    "ETHNIC_RELIGIOUS",
    "OTHER",
]
EventType = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "COOPERATE",
    "AID",
    "CONCEDE",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
]
RelationType = Literal[
    "supports",
    "opposes",
    "allied_with",
    "at_war_with",
    "member_of",
    "leads",
    "represents",
    "part_of",
    "controls",
]
Factuality = Literal["happened", "negated", "planned", "possible"]
RelationFactuality = Literal["happened", "past", "negated", "possible"]

LinkRule = Literal[
    "lexicon", "name", "abbreviation", "local name", "surname", "office", "spelling", "state", "metonym", "body"
]

ACTOR_TYPES: Final[tuple[ActorType, ...]] = get_args(ActorType)
EVENT_TYPES: Final[tuple[EventType, ...]] = get_args(EventType)
RELATION_TYPES: Final[tuple[RelationType, ...]] = get_args(RelationType)
FACTUALITIES: Final[tuple[Factuality, ...]] = get_args(Factuality)
RELATION_FACTUALITIES: Final[tuple[RelationFactuality, ...]] = get_args(RelationFactuality)
LINK_RULES: Final[tuple[LinkRule, ...]] = get_args(LinkRule)
CUSTOM_NAME: Final = "[A-Za-z][A-Za-z0-9_-]{0,63}"
"""What the name of an event type of the user's own looks like, as a regular expression."""

SECTORS: Final[tuple[str, ...]] = (
    *("GOV", "MIL", "COP", "JUD", "LEG", "PTY", "OPP", "REB", "UAF", "SPY", "NGO", "IGO"),
    *("MED", "BUS", "CVL", "REL", "EDU", "LAB", "CRM", "REF"),
)


class Span(NamedTuple):
    """A stretch of text, in code points: ``text[begin:end]``."""

    begin: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters of ``text`` that the span covers."""
        return text[self.begin : self.end]

    def overlaps(self, other: Span) -> bool:
        """Say whether the two spans share a character."""
        return self.begin < other.end and other.begin < self.end


@dataclass(frozen=True, slots=True)
class Document:
    """One text to read, with what is known about it.

    ``ignored`` are stretches of page furniture (menus, photo credits), from which nothing is read.
    """

    id: str
    text: str
    source: str = ""
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = "en"
    ignored: tuple[Span, ...] = ()
    authors: tuple[str, ...] = ()


class Link(NamedTuple):
    """The rule by which the words ``mention`` of a text were taken for an actor of the lexicons, and how sure that is.

    Rules: ``lexicon`` the user's own; ``name`` a whole name that is nobody else's, or nobody else's there and then;
    ``abbreviation`` one in capitals; ``local name`` one that needs its state beside it; ``surname`` a short form with
    office, state and date; ``office`` an office alone, by state and date; ``spelling`` a name that differs by a few
    letters; ``state`` words for a state; ``metonym`` a capital or seat that stands for it; ``body`` a generic noun.

    ``confidence`` lies between 0 and 1; it orders the rules and is no measured frequency.
    """

    rule: LinkRule
    mention: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Actor:
    """One real-world actor in a document, with all its mentions.

    ``link`` says why it has the name of an actor that the lexicons know, None where they know none.
    """

    id: str
    name: str
    type: ActorType
    mentions: tuple[Span, ...]
    country: str = ""
    sector: str = ""
    iri: str | None = None
    same_as: tuple[str, ...] = ()
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class CustomType:
    """An event type of the user's own, narrower than the PLOVER type ``broader``.

    Its IRI is ``namespace`` and ``name``; without a namespace it lies under the base of the graph.
    """

    name: str
    label: str
    broader: EventType
    description: str = ""
    namespace: str = ""


@dataclass(frozen=True, slots=True)
class Attribution:
    """The words by which a text gives the report of an event to ``actor``, or says that the actor ``denies`` it.

    ``cue`` is the verb or phrase, ``speaker`` the phrase that names who speaks, ``quotes`` are the stretches of text
    given as theirs, one of which holds the trigger; ``verbatim`` says that these stand in quotation marks.
    """

    actor: str
    cue: Span
    speaker: Span
    quotes: tuple[Span, ...]
    verbatim: bool = False
    denies: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """One report of something that actors do, did, will do or may do.

    ``custom_types`` are the names of types of the user's own that it is of beside ``type``; ``patterns`` those of the
    user's patterns that it was read by. Both are sorted. ``attributions`` are the words that give it to its claimant
    and to those who dispute it, where the text has such words.
    """

    id: str
    type: EventType
    trigger: Span
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    factuality: Factuality
    mode: str = ""
    places: tuple[Span, ...] = ()
    time: Span | None = None
    date: str | None = None
    claimant: str | None = None
    disputed_by: tuple[str, ...] = ()
    same_as: str | None = None
    confidence: float = 1.0
    custom_types: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    attributions: tuple[Attribution, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """A standing tie between two actors, or (``controls``) an actor and a place, that the text states."""

    id: str
    type: RelationType
    source: str
    target: str | None
    sentence: Span
    factuality: RelationFactuality
    target_place: str | None = None
    claimant: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A document and everything that was read from it, by the language model ``model`` (name and version).

    ``custom_types`` are the types of the user's own that its events are of, sorted by name.
    """

    document: Document
    sentences: tuple[Span, ...]
    actors: tuple[Actor, ...]
    events: tuple[Event, ...]
    relations: tuple[Relation, ...]
    model: str = ""
    custom_types: tuple[CustomType, ...] = ()

    def sentence_at(self, offset: int) -> Span:
        """Return the sentence that holds ``offset``, or an empty span where none does."""
        for sentence in self.sentences:
            if sentence.begin <= offset < sentence.end:
                return sentence
        return Span(offset, offset)
