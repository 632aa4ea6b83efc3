"""Stories: news texts written for training, with their annotation in the text.

A file holds stories, one after the other. A story begins with a line ``== name``; then come its sentences, one a line,
an empty line where a new paragraph begins; then a line ``--`` and the annotation, one item a line::

    == summit-01
    [A1 [A2 Ruritanian] President Rudolf Elphberg] {E1 met} [A3 opposition leaders] in Strelsau on Monday.
    --
    A1 | PERSON | | GOV | Rudolf Elphberg
    A2 | STATE | | GOV | Ruritania
    A3 | CIVILIANS | | OPP | Ruritanian opposition leaders
    E1 | CONSULT:visit | A1 > A3 | happened | at Strelsau | on Monday | by A3 | denied A1 | same E2
    R1 | leads | A1 > A2 | happened | s 1

``[A1 words]`` is a mention of actor A1, ``{E1 words}`` the trigger of event E1; both nest. An actor has type, country,
sector and name. An event has type and mode, sources and targets, factuality, and where the text says so places, time,
claimant, those who dispute it and the first report of the same happening. A relation has type, source and target (a
place in quotation marks after ``controls``), factuality, and the number of its sentence in the story.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, cast

from kg import ontology
from kg.errors import RecordError
from kg.records import (
    ACTOR_TYPES,
    EVENT_TYPES,
    FACTUALITIES,
    RELATION_FACTUALITIES,
    RELATION_TYPES,
    SECTORS,
    Actor,
    Document,
    DocumentRecord,
    Event,
    Relation,
    Span,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from kg.records import ActorType, EventType, Factuality, RelationFactuality, RelationType

_MARK = re.compile(r"[\[{]([AE]\d+) |[\]}]")
_BRACKET = re.compile(r"[\[\]{}|]")
_COUNTRY = re.compile(r"[A-Z]{3}")
_EVENT_DETAILS = ("at", "on", "by", "denied", "same")
_RELATION_DETAILS = ("by",)


def read_stories(path: Path) -> Iterator[DocumentRecord]:
    """Yield the stories of a file, named after the file and the story.

    Raises:
        RecordError: a story is not written as this module says, or speaks of what it does not hold.
    """
    name, lines = "", list[str]()
    for line in [*path.read_text(encoding="utf-8").splitlines(), "== "]:
        if not line.startswith("== "):
            lines.append(line.strip())
            continue
        if name:
            try:
                yield _Story(f"{path.stem}/{name}", lines).record()
            except (ValueError, IndexError, KeyError) as error:
                raise RecordError(f"{path}: story {name}: {error}") from error
        name, lines = line.removeprefix("== ").strip(), []


def _one_of(value: str, known: Collection[str], what: str) -> str:
    if value not in known:
        raise ValueError(f"{value!r} is no {what}")
    return value


def _details(fields: Iterable[str], known: Collection[str], of: str) -> dict[str, str]:
    """Return the details at the end of an item, by the word that each begins with."""
    return {_one_of(word, known, f"detail of {of}"): value for word, _, value in (f.partition(" ") for f in fields)}


class _Story:
    """Takes one story apart."""

    def __init__(self, name: str, lines: Sequence[str]) -> None:
        if "--" not in lines:
            raise ValueError("no line '--' between text and annotation")
        cut = lines.index("--")
        self.name, self.text = name, ""
        self.sentences: list[Span] = []
        self.mentions: dict[str, list[Span]] = defaultdict(list)
        self.triggers: dict[str, Span] = {}
        gap = ""
        for line in lines[:cut]:
            if line:
                self._sentence(line, gap if self.text else "")
            gap = " " if line else "\n\n"
        self.items = [[field.strip() for field in line.split("|")] for line in lines[cut + 1 :] if line]
        self.actors = {key: fields for key, *fields in self.items if key[0] == "A"}

    def _sentence(self, line: str, gap: str) -> None:
        begin = len(self.text) + len(gap)
        plain, open_marks, at = "", list[tuple[str, int]](), 0
        for mark in _MARK.finditer(line):
            plain += line[at : mark.start()]
            at = mark.end()
            if mark[1]:
                open_marks.append((mark[1], begin + len(plain)))
                continue
            if not open_marks:
                raise ValueError(f"a bracket closes nothing: {line}")
            key, start = open_marks.pop()
            if (key[0] == "A") != (mark[0] == "]"):
                raise ValueError(f"{key} is closed by the wrong bracket: {line}")
            self._mark(key, Span(start, begin + len(plain)))
        plain += line[at:]
        if open_marks or _BRACKET.search(plain):
            raise ValueError(f"a bracket is not closed, or names nothing: {line}")
        self.text += gap + plain
        self.sentences.append(Span(begin, len(self.text)))

    def _mark(self, key: str, span: Span) -> None:
        if key[0] == "A":
            self.mentions[key].append(span)
        elif key in self.triggers:
            raise ValueError(f"{key} has two triggers")
        else:
            self.triggers[key] = span

    def record(self) -> DocumentRecord:
        """Return the story as a document record."""
        events = [self._event(key, fields) for key, *fields in self.items if key[0] == "E"]
        relations = [self._relation(key, fields) for key, *fields in self.items if key[0] == "R"]
        known = {*self.actors, *(event.id for event in events)}
        for key in (*self.mentions, *self.triggers):
            _one_of(key, known, "annotated item")
        if len({item[0] for item in self.items}) < len(self.items):
            raise ValueError("an item is annotated twice")
        return DocumentRecord(
            Document(self.name, self.text, source=self.name),
            tuple(self.sentences),
            tuple(self._actor(key, fields) for key, fields in self.actors.items()),
            tuple(sorted(events, key=lambda event: event.trigger)),
            tuple(relations),
        )

    def _actor(self, key: str, fields: Sequence[str]) -> Actor:
        kind, country, sector, name = fields
        if key not in self.mentions:
            raise ValueError(f"{key} is not mentioned")
        if country and not _COUNTRY.fullmatch(country):
            raise ValueError(f"{country!r} is no country code of three letters")
        _one_of(kind, ACTOR_TYPES, "type of actor")
        _one_of(sector, ("", *SECTORS), "sector")
        return Actor(key, name, cast("ActorType", kind), tuple(sorted(self.mentions[key])), country, sector)

    def _known(self, keys: str) -> tuple[str, ...]:
        return tuple(_one_of(key.strip(), self.actors, "actor") for key in keys.split(",") if key.strip())

    def _claimant(self, told: Mapping[str, str]) -> str | None:
        return next(iter(self._known(told.get("by", ""))), None)

    def _within(self, sentence: Span, words: str) -> Span:
        begin = self.text.find(words, *sentence)
        if begin < 0 or not words:
            raise ValueError(f"{words!r} is not in the sentence {sentence.of(self.text)!r}")
        return Span(begin, begin + len(words))

    def _event(self, key: str, fields: Sequence[str]) -> Event:
        (kind, _, mode), ends, factuality = fields[0].partition(":"), fields[1], fields[2]
        event_type = cast("EventType", _one_of(kind, EVENT_TYPES, "type of event"))
        trigger = self.triggers[key]
        sentence = next(s for s in self.sentences if s.begin <= trigger.begin < s.end)
        told = _details(fields[3:], _EVENT_DETAILS, "an event")
        sources, _, targets = ends.partition(">")
        if (same := told.get("same")) is not None:
            _one_of(same, self.triggers, "event")
        return Event(
            key,
            event_type,
            trigger,
            self._known(sources),
            self._known(targets),
            cast("Factuality", _one_of(factuality, FACTUALITIES, "factuality")),
            mode=mode and _one_of(mode, ontology.modes(event_type), f"mode of {event_type}"),
            places=tuple(self._within(sentence, place.strip()) for place in told.get("at", "").split(";") if place),
            time=self._within(sentence, told["on"]) if "on" in told else None,
            claimant=self._claimant(told),
            disputed_by=self._known(told.get("denied", "")),
            same_as=same,
        )

    def _relation(self, key: str, fields: Sequence[str]) -> Relation:
        kind, ends, factuality, number = fields[:4]
        source, _, target = (end.strip() for end in ends.partition(">"))
        if not number.startswith("s "):
            raise ValueError(f"{key}: the number of its sentence is missing: 's 1'")
        sentence = self.sentences[int(number.removeprefix("s ")) - 1]
        place = target.strip('"') if kind == "controls" else None
        if place is not None:
            self._within(sentence, place)
        return Relation(
            key,
            cast("RelationType", _one_of(kind, RELATION_TYPES, "type of relation")),
            _one_of(source, self.actors, "actor"),
            None if place is not None else _one_of(target, self.actors, "actor"),
            sentence,
            cast("RelationFactuality", _one_of(factuality, RELATION_FACTUALITIES, "factuality of a relation")),
            target_place=place,
            claimant=self._claimant(_details(fields[4:], _RELATION_DETAILS, "a relation")),
        )
