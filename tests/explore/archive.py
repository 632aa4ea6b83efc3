"""Articles of a made-up archive, as their annotation has them: stories told again of other states and persons.

Nothing is read by the language model, so that thousands are made in seconds.
"""

from __future__ import annotations

import random
import re
from bisect import bisect_left
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from kg.records import Document, Span
from kg.resources import read_tsv
from kg.train.state_words import state_words
from kg.train.stories import read_stories

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from kg.records import DocumentRecord
    from kg.train.state_words import StateWords

PAPERS: Final = ("Meridian News", "The Northern Courier", "Harbour Post", "Daily Ledger", "Evening Standard-Times")
FIRST_DAY: Final = date(2020, 1, 1)
ARTICLES_A_DAY: Final = 20
REPRINTS: Final = 0.1
REMEMBERED: Final = 100
WORD: Final = re.compile(r"[^\W\d_]+")


def archive(stories: Path, number: int, seed: int = 1) -> Iterator[DocumentRecord]:
    """Give so many articles, each one story; one in ten is the reprint of an earlier one in another paper."""
    chance = random.Random(seed)
    pool = [record for path in sorted(stories.glob("*.txt")) for record in read_stories(path)]
    surnames = sorted({name for record in pool for name in surnames_of(record)})
    told: list[DocumentRecord] = []
    for place in range(number):
        if told and chance.random() < REPRINTS:
            first = chance.choice(told)
            paper = chance.choice([paper for paper in PAPERS if paper != first.document.publisher])
        else:
            first, paper = retold(chance.choice(pool), chance, surnames), chance.choice(PAPERS)
            told = [*told[-REMEMBERED:], first]
        text = first.document.text
        document = Document(
            id=f"article-{place:06}",
            text=text,
            title=text.split("\n", 1)[0][:120],
            published=(FIRST_DAY + timedelta(days=place // ARTICLES_A_DAY)).isoformat(),
            publisher=paper,
        )
        yield replace(first, document=document)


def retold(record: DocumentRecord, chance: random.Random, surnames: Sequence[str]) -> DocumentRecord:
    """Return a story of other states and of persons with other surnames, all spans where they then are."""
    states = states_in(record)
    others = chance.sample(all_states(), len(states))
    swapped = {
        a: b for old, new in zip(states, others, strict=True) for a, b in zip(old.forms(), new.forms(), strict=True)
    }
    codes = {code_of()[old.name]: code_of()[new.name] for old, new in zip(states, others, strict=True)}
    own = sorted(surnames_of(record) - swapped.keys())
    swapped |= dict(zip(own, chance.sample(surnames, len(own)), strict=True))
    text, moved = swap(record.document.text, swapped)
    found: DocumentRecord = shifted(replace(record, document=Document("", "")), moved)
    actors = tuple(
        replace(actor, name=swap(actor.name, swapped)[0], country=codes.get(actor.country, actor.country))
        for actor in found.actors
    )
    return replace(found, document=Document("", text), actors=actors)


class Moved:
    """Where characters of a text are after words of it were replaced."""

    def __init__(self) -> None:
        self.ends: list[int] = []
        self.by: list[int] = [0]

    def __call__(self, offset: int) -> int:
        """Return the new place of the beginning or end of a stretch that cuts no replaced word."""
        return offset + self.by[bisect_left(self.ends, offset + 1)]


def swap(text: str, words: Mapping[str, str]) -> tuple[str, Moved]:
    """Return a text with other words, and where everything then is."""
    moved = Moved()

    def other(found: re.Match[str]) -> str:
        new = words.get(found[0], found[0])
        if len(new) != len(found[0]):
            moved.ends.append(found.end())
            moved.by.append(moved.by[-1] + len(new) - len(found[0]))
        return new

    return WORD.sub(other, text), moved


def shifted(value: Any, moved: Moved) -> Any:
    """Return a record with every span in it where it is after the replacement."""
    if isinstance(value, Span):
        return Span(moved(value.begin), moved(value.end))
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return tuple(shifted(one, moved) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: shifted(getattr(value, one.name), moved) for one in fields(value)})
    return value


@cache
def all_states() -> tuple[StateWords, ...]:
    """Return the states whose words can change places."""
    return state_words()


@cache
def code_of() -> dict[str, str]:
    """Return the ISO 3166-1 alpha-3 code of each state, by its name."""
    return {row["form"]: row["iso3"] for row in read_tsv("lexicons/countries.tsv") if row["kind"] == "name"}


def surnames_of(record: DocumentRecord) -> frozenset[str]:
    """Return the last words of the names of the persons in a story."""
    persons = (actor.name.split()[-1] for actor in record.actors if actor.type == "PERSON" and " " in actor.name)
    return frozenset(name for name in persons if name.isalpha() and name.istitle())


def states_in(record: DocumentRecord) -> list[StateWords]:
    """Return the states that a story names."""
    words = set(WORD.findall(record.document.text))
    return [state for state in all_states() if words.intersection(state.forms())]
