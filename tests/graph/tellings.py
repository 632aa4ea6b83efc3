"""The gold set of happenings told by several papers, as document records."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple, cast

from kg.lexicon import gazetteer
from kg.records import Actor, Document, DocumentRecord, Event, EventType, Factuality, Span

GOLD = Path(__file__).with_name("happenings.txt")
MARKED = re.compile(r"\[(?P<role>[stp]):(?P<words>[^]]+)\]|\*(?P<trigger>[^*]+)\*")


class Telling(NamedTuple):
    """A document that reports one event, and the number of the happening that it is of."""

    happening: int
    record: DocumentRecord


@cache
def tellings() -> tuple[Telling, ...]:
    """Return the gold set: happenings of several tellings, and look-alikes of one each."""
    known: dict[str, tuple[str, ...]] = {}
    found: list[Telling] = []
    kind, happening = "", -1
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        if line.startswith("@ "):
            words, _, actor = line[2:].partition(" = ")
            known[words] = tuple(part.strip() for part in actor.split("/"))
        elif line.startswith(("= ", "~ ")):
            kind, happening = line[2:], happening + 1
        elif line and not line.startswith("#"):
            found.append(Telling(happening, telling(line, kind, known, f"{happening:03}-{len(found):03}")))
    return tuple(found)


def telling(line: str, kind: str, known: dict[str, tuple[str, ...]], id: str) -> DocumentRecord:  # noqa: A002
    """Return the record of one line; ``known`` gives name, type, country and sector of actors."""
    published, date, marked = line.split(" ", 2)
    stated = re.match("(negated|planned|possible) ", marked)
    factuality = cast("Factuality", stated[1] if stated else "happened")
    text, spans = unmarked(marked[stated.end() if stated else 0 :])
    type_, _, mode = kind.partition(" ")
    actors: dict[str, Actor] = {}
    roles: dict[str, list[str]] = {"s": [], "t": []}
    for role, span in spans:
        if role in roles:
            actor = actor_of(span, text, known, f"A{len(actors) + 1}")
            roles[role].append(actors.setdefault(actor.name, actor).id)
    (trigger,) = (span for role, span in spans if role == "*")
    event = Event(
        *("E1", cast("EventType", type_), trigger, tuple(roles["s"]), tuple(roles["t"]), factuality),
        mode=mode,
        places=tuple(span for role, span in spans if role == "p"),
        date=None if date == "-" else date,
        confidence=0.9,
    )
    document = Document(id, text, published=published, publisher=f"Paper {id}")
    return DocumentRecord(document, (Span(0, len(text)),), tuple(actors.values()), (event,), ())


def unmarked(marked: str) -> tuple[str, list[tuple[str, Span]]]:
    """Return a text without marks, and what was marked: ``s``, ``t``, ``p`` or ``*`` for the trigger."""
    text, at, spans = "", 0, []
    for found in MARKED.finditer(marked):
        text += marked[at : found.start()]
        words = found["words"] or found["trigger"]
        spans.append((found["role"] or "*", Span(len(text), len(text) + len(words))))
        text, at = text + words, found.end()
    return text + marked[at:], spans


def actor_of(span: Span, text: str, known: dict[str, tuple[str, ...]], id: str) -> Actor:  # noqa: A002
    words = span.of(text)
    if words in known:
        name, type_, country, sector = known[words]
        return Actor(id, name, type_, (span,), country, sector)  # type: ignore[arg-type]
    state = gazetteer().place(words)
    assert state is not None, f"{words} is neither known nor a state"
    return Actor(id, gazetteer().country_name(state.iso3) or "", "STATE", (span,), state.iso3, "GOV")
