"""A small archive about invented countries, read by hand: what the competency questions are asked about."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kg.records import Actor, Document, DocumentRecord, Event, Relation, Span

if TYPE_CHECKING:
    from kg.records import ActorType, EventType, Factuality, RelationFactuality, RelationType

KNOWN: dict[str, tuple[ActorType, str]] = {
    "Aid Without Borders": ("NGO", "NGO"),
    "Anna Berg": ("PERSON", "GOV"),
    "Free Karsund Front": ("ARMED_GROUP", "REB"),
    "Ivo Tamm": ("PERSON", "GOV"),
    "Norland": ("STATE", "GOV"),
    "Northern League": ("IGO", "IGO"),
    "Ostmark": ("STATE", "GOV"),
    "Suvania": ("STATE", "GOV"),
    "Suvanian Army": ("MILITARY", "MIL"),
    "Villagers of Karsund": ("CIVILIANS", "CVL"),
}
SENTENCE = re.compile(r"[^.]+\.")


class Did(NamedTuple):
    """An event of a story: what, in which word, by whom, to whom; and what else the story says of it."""

    type: EventType
    trigger: str
    sources: str
    targets: str
    factuality: Factuality = "happened"
    mode: str = ""
    date: str | None = None
    place: str = ""
    claimant: str = ""
    disputed_by: str = ""
    confidence: float = 0.9


class Is(NamedTuple):
    """A relation that a story states, and the words that its sentence begins with."""

    type: RelationType
    source: str
    target: str
    sentence: str
    factuality: RelationFactuality = "happened"
    place: str = ""


class Story(NamedTuple):
    """A story, what happens in it, and what holds."""

    published: str
    publisher: str
    text: str
    events: tuple[Did, ...]
    relations: tuple[Is, ...] = ()


STORIES = (
    Story(
        "2021-03-02",
        "Courier",
        "Anna Berg met Ivo Tamm in Oslo on Monday. Anna Berg is the president of Norland. "
        "Ivo Tamm is the foreign minister of Suvania. Norland is a member of the Northern League.",
        (Did("CONSULT", "met", "Anna Berg", "Ivo Tamm", mode="visit", date="2021-03-01", place="Oslo"),),
        (
            Is("leads", "Anna Berg", "Norland", "Anna Berg is"),
            Is("represents", "Ivo Tamm", "Suvania", "Ivo Tamm is"),
            Is("member_of", "Norland", "Northern League", "Norland is"),
        ),
    ),
    Story(
        "2021-03-05",
        "Courier",
        "Suvania rejected the demand of Norland on Thursday. Norland threatened Suvania with sanctions. "
        "Aid Without Borders said it will send tents to the Villagers of Karsund next week.",
        (
            Did("REJECT", "rejected", "Suvania", "Norland", mode="yield", date="2021-03-04", confidence=0.8),
            Did("THREATEN", "threatened", "Norland", "Suvania", mode="restrict", confidence=0.7),
            Did(
                *("AID", "send", "Aid Without Borders", "Villagers of Karsund", "planned"),
                date="2021-03-08/2021-03-14",
                claimant="Aid Without Borders",
                confidence=0.75,
            ),
        ),
    ),
    Story(
        "2021-04-11",
        "Herald",
        "The Suvanian Army shelled the Villagers of Karsund on Saturday, Norland said. Suvania denied it. "
        "The Suvanian Army is a part of the forces of Suvania.",
        (
            Did(
                *("ASSAULT", "shelled", "Suvanian Army", "Villagers of Karsund", "happened", "heavy-weapons"),
                date="2021-04-10",
                claimant="Norland",
                disputed_by="Suvania",
                confidence=0.85,
            ),
        ),
        (Is("part_of", "Suvanian Army", "Suvania", "The Suvanian Army is"),),
    ),
    Story(
        "2021-04-12",
        "Wire",
        "Shells that the Suvanian Army fired hit the Villagers of Karsund on Saturday.",
        (
            Did(
                *("ASSAULT", "hit", "Suvanian Army", "Villagers of Karsund", "happened", "heavy-weapons"),
                date="2021-04-10",
            ),
        ),
    ),
    Story(
        "2021-04-20",
        "Courier",
        "Ostmark imposed sanctions on Suvania on Monday. The Free Karsund Front attacked the Suvanian Army on Sunday. "
        "Suvania did not expel the envoy of Ostmark. Ostmark is an ally of Norland.",
        (
            Did("SANCTION", "imposed", "Ostmark", "Suvania", mode="discontinue", date="2021-04-19"),
            Did(
                *("ASSAULT", "attacked", "Free Karsund Front", "Suvanian Army", "happened", "firearms"),
                date="2021-04-18",
                confidence=0.75,
            ),
            Did("SANCTION", "expel", "Suvania", "Ostmark", "negated", "expel", confidence=0.6),
        ),
        (Is("allied_with", "Ostmark", "Norland", "Ostmark is"),),
    ),
    Story(
        "2021-05-03",
        "Wire",
        "Ivo Tamm praised Anna Berg on Sunday. Norland may send troops against Suvania, Ivo Tamm said. "
        "The Free Karsund Front controls Karsund. Suvania is at war with the Free Karsund Front.",
        (
            Did("SUPPORT", "praised", "Ivo Tamm", "Anna Berg", date="2021-05-02", confidence=0.8),
            Did(
                *("MOBILIZE", "send", "Norland", "Suvania", "possible", "troops"),
                claimant="Ivo Tamm",
                confidence=0.5,
            ),
        ),
        (
            Is("controls", "Free Karsund Front", "", "The Free Karsund Front controls", place="Karsund"),
            Is("at_war_with", "Suvania", "Free Karsund Front", "Suvania is"),
        ),
    ),
    Story(
        "2021-05-10",
        "Herald",
        "Suvania ceased fire against the Free Karsund Front on Saturday. "
        "Norland accused Suvania of new attacks on Sunday. Suvania was once a member of the Northern League.",
        (
            Did(
                *("RETREAT", "ceased", "Suvania", "Free Karsund Front", "happened", "ceasefire"),
                date="2021-05-08",
                confidence=0.8,
            ),
            Did("ACCUSE", "accused", "Norland", "Suvania", mode="allege", date="2021-05-09"),
        ),
        (Is("member_of", "Suvania", "Northern League", "Suvania was", "past"),),
    ),
)


@cache
def records() -> tuple[DocumentRecord, ...]:
    """Return what each story says, as a document record."""
    return tuple(_record(f"story-{number}", story) for number, story in enumerate(STORIES, 1))


def _record(id: str, story: Story) -> DocumentRecord:  # noqa: A002
    text = story.text
    sentences = tuple(_trimmed(found, text) for found in SENTENCE.finditer(text))
    spans = {
        name: tuple(Span(found.start(), found.end()) for found in re.finditer(rf"\b{name}\b", text)) for name in KNOWN
    }
    actors = tuple(
        Actor(_id(name), name, kind, spans[name], "", sector) for name, (kind, sector) in KNOWN.items() if spans[name]
    )
    return DocumentRecord(
        Document(id, text, published=story.published, publisher=story.publisher),
        sentences,
        actors,
        tuple(_event(f"E{number}", did, text) for number, did in enumerate(story.events, 1)),
        tuple(_relation(f"R{number}", tie, text, sentences) for number, tie in enumerate(story.relations, 1)),
    )


def _event(id: str, did: Did, text: str) -> Event:  # noqa: A002
    return Event(
        *(id, did.type, _span(did.trigger, text), (_id(did.sources),), (_id(did.targets),), did.factuality),
        mode=did.mode,
        places=(_span(did.place, text),) if did.place else (),
        date=did.date,
        claimant=_id(did.claimant) if did.claimant else None,
        disputed_by=(_id(did.disputed_by),) if did.disputed_by else (),
        confidence=did.confidence,
    )


def _relation(id: str, tie: Is, text: str, sentences: tuple[Span, ...]) -> Relation:  # noqa: A002
    (sentence,) = (span for span in sentences if span.of(text).startswith(tie.sentence))
    target = _id(tie.target) if tie.target else None
    return Relation(id, tie.type, _id(tie.source), target, sentence, tie.factuality, tie.place or None)


def _trimmed(found: re.Match[str], text: str) -> Span:
    words = found[0]
    return Span(found.end() - len(words.lstrip()), found.end())


def _span(words: str, text: str) -> Span:
    found = re.search(rf"\b{words}\b", text)
    assert found is not None, f"{words} is not in: {text}"
    return Span(found.start(), found.end())


def _id(name: str) -> str:
    assert name in KNOWN, name
    return name.replace(" ", "-")
