#!/usr/bin/env python3
"""Make any number of news articles out of the stories under ``stories/``, for measuring speed.

    python benchmarks/articles.py 1000 -o articles.jsonl

An article is several stories, one after the other, with a dateline, a title and a paper, up to the length asked for.
Within it, states change places with others (name, adjective, demonym and capital together) and persons get other
surnames, so that no two articles are alike; one in ten is the reprint of an earlier one in another paper. The same
number and seed give the same articles. Being made of what the model was trained on, they tell nothing of quality.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.train.augment import StateWords, state_words
from kg.train.stories import read_stories

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.records import DocumentRecord

STORIES: Final = Path(__file__).resolve().parent.parent / "stories"
PAPERS: Final = ("Meridian News", "The Northern Courier", "Harbour Post", "Daily Ledger", "Evening Standard-Times")
FIRST_DAY: Final = date(2020, 1, 1)
ARTICLES_A_DAY: Final = 200
REPRINTS: Final = 0.1
REMEMBERED: Final = 100
WORD: Final = re.compile(r"[^\W\d_]+")


class Template(NamedTuple):
    """A story: its text, and the surnames and the states in it."""

    text: str
    surnames: frozenset[str]
    states: tuple[StateWords, ...]


@dataclass(frozen=True)
class Article:
    """One article, as a line of JSON."""

    id: str
    title: str
    published: str
    publisher: str
    text: str

    def line(self) -> str:
        """Return the article as a line of a JSONL file."""
        return json.dumps(vars(self), ensure_ascii=False) + "\n"


def main() -> None:
    """Write articles to a file."""
    parser = argparse.ArgumentParser(description="Make news articles out of stories.")
    parser.add_argument("count", type=int, help="how many articles")
    parser.add_argument("-o", "--output", type=Path, required=True, help="the JSONL file to write")
    parser.add_argument("--words", type=int, default=400, help="how many words an article has at least (400)")
    parser.add_argument("--seed", type=int, default=1, help="another seed makes other articles (1)")
    options = parser.parse_args()
    with options.output.open("w", encoding="utf-8") as file:
        for article in articles(options.count, options.words, options.seed):
            file.write(article.line())


def articles(count: int, words: int, seed: int) -> Iterator[Article]:
    """Give so many articles of at least so many words."""
    chance = random.Random(seed)  # noqa: S311 (no secret)
    states = state_words()
    pool = templates(states)
    surnames = sorted({name for template in pool for name in template.surnames})
    remembered: list[Article] = []
    for number in range(count):
        day = FIRST_DAY + timedelta(days=number // ARTICLES_A_DAY)
        if remembered and chance.random() < REPRINTS:
            first = chance.choice(remembered)
            paper = chance.choice([paper for paper in PAPERS if paper != first.publisher])
            article = Article(f"article-{number:07}", first.title, day.isoformat(), paper, first.text)
        else:
            article = new(number, day, words, chance, pool, states, surnames)
            remembered = [*remembered[-REMEMBERED:], article]
        yield article


def templates(states: Sequence[StateWords]) -> list[Template]:
    """Return the stories as templates, in the order of their names."""
    found = [record for path in sorted(STORIES.glob("*.txt")) for record in read_stories(path)]
    return [Template(record.document.text, surnames_of(record), states_in(record, states)) for record in found]


def surnames_of(record: DocumentRecord) -> frozenset[str]:
    """Return the last words of the names of the persons in a story."""
    persons = (actor.name.split()[-1] for actor in record.actors if actor.type == "PERSON" and " " in actor.name)
    return frozenset(name for name in persons if name.isalpha() and name.istitle())


def states_in(record: DocumentRecord, states: Sequence[StateWords]) -> tuple[StateWords, ...]:
    """Return the states that a story names."""
    words = set(WORD.findall(record.document.text))
    return tuple(state for state in states if words.intersection(state.forms()))


def new(
    number: int,
    day: date,
    words: int,
    chance: random.Random,
    pool: Sequence[Template],
    states: Sequence[StateWords],
    surnames: Sequence[str],
) -> Article:
    """Return an article of stories that nobody has read in this form."""
    chosen: list[Template] = []
    while sum(len(template.text.split()) for template in chosen) < words:
        chosen.append(chance.choice(pool))
    swapped: dict[str, str] = {}
    old_states = sorted({state for template in chosen for state in template.states})
    for old, other in zip(old_states, chance.sample(states, len(old_states)), strict=True):
        swapped |= dict(zip(old.forms(), other.forms(), strict=True))
    old_names = sorted({name for template in chosen for name in template.surnames} - swapped.keys())
    swapped |= dict(zip(old_names, chance.sample(surnames, len(old_names)), strict=True))
    told = "\n\n".join(template.text for template in chosen)
    text = WORD.sub(lambda word: swapped.get(word[0], word[0]), told)
    paper, capital = chance.choice(PAPERS), chance.choice(states).capital
    dateline = f"{capital.upper()}, {day:%B} {day.day} ({paper}) - "
    title = text.split("\n", 1)[0].split(". ", 1)[0]
    return Article(f"article-{number:07}", title[:120], day.isoformat(), paper, dateline + text)


if __name__ == "__main__":
    main()
