#!/usr/bin/env python3
"""Make any number of news articles out of the stories under ``stories/``, for measuring speed.

    python benchmarks/articles.py 1000 -o articles.jsonl
    python benchmarks/articles.py 1000 -o records.jsonl --records

An article is several stories, one after the other, with a dateline, a title and a paper, up to the length asked for.
Within it, states change places with others (name, adjective, demonym and capital together) and persons get other
surnames, so that no two articles are alike; one in ten is the reprint of an earlier one in another paper. The same
number and seed give the same articles. Being made of what the model was trained on, they tell nothing of quality.

With ``--records`` it is the records of these articles, after the annotation of the stories: what a reader without
fault would find, to make large graphs of without the hours that reading takes.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.calendar import resolve
from kg.jsonl import dumps
from kg.records import Actor, Document, DocumentRecord, Event, Relation, Span
from kg.resources import read_tsv
from kg.train.state_words import StateWords, state_words
from kg.train.stories import read_stories

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

STORIES: Final = Path(__file__).resolve().parent.parent / "stories"
PAPERS: Final = ("Meridian News", "The Northern Courier", "Harbour Post", "Daily Ledger", "Evening Standard-Times")
FIRST_DAY: Final = date(2020, 1, 1)
ARTICLES_A_DAY: Final = 200
REPRINTS: Final = 0.1
REMEMBERED: Final = 100
WORD: Final = re.compile(r"[^\W\d_]+")
GAP: Final = "\n\n"


class Template(NamedTuple):
    """A story as it was annotated, and the surnames and the states in it."""

    record: DocumentRecord
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

    def document(self) -> Document:
        """Return the article as it is read from such a line."""
        return Document(self.id, self.text, self.id, self.title, self.published, self.publisher)


class Making(NamedTuple):
    """What an article is made of: the stories, the words that stand for others in it, and what goes before it."""

    stories: tuple[Template, ...]
    swapped: Mapping[str, str]
    dateline: str

    def text(self) -> str:
        """Return the text of the article."""
        told = GAP.join(story.record.document.text for story in self.stories)
        return self.dateline + self.put(told)

    def put(self, words: str) -> str:
        """Return words with others for those that are swapped."""
        return WORD.sub(lambda word: self.swapped.get(word[0], word[0]), words)


def main() -> None:
    """Write articles to a file."""
    parser = argparse.ArgumentParser(description="Make news articles out of stories.")
    parser.add_argument("count", type=int, help="how many articles")
    parser.add_argument("-o", "--output", type=Path, required=True, help="the JSONL file to write")
    parser.add_argument("--words", type=int, default=400, help="how many words an article has at least (400)")
    parser.add_argument("--seed", type=int, default=1, help="another seed makes other articles (1)")
    parser.add_argument("--records", action="store_true", help="write their records, after the annotation of stories")
    options = parser.parse_args()
    with options.output.open("w", encoding="utf-8") as file:
        if options.records:
            file.writelines(f"{dumps(record)}\n" for record in records(options.count, options.seed, options.words))
        else:
            file.writelines(article.line() for article in articles(options.count, options.words, options.seed))


def articles(count: int, words: int, seed: int) -> Iterator[Article]:
    """Give so many articles of at least so many words."""
    return (article for article, _ in made(count, words, seed))


def records(number: int, seed: int, words: int = 400) -> Iterator[DocumentRecord]:
    """Give the records of so many articles, as :func:`articles` makes them: what the annotation of stories says."""
    codes = {row["form"]: row["iso3"] for row in read_tsv("lexicons/countries.tsv") if row["kind"] == "name"}
    return (_record(article, making, codes) for article, making in made(number, words, seed))


def made(count: int, words: int, seed: int) -> Iterator[tuple[Article, Making]]:
    """Give so many articles of at least so many words, each with what it is made of."""
    chance = random.Random(seed)  # noqa: S311 (no secret)
    states = state_words()
    pool = templates(states)
    surnames = sorted({name for template in pool for name in template.surnames})
    remembered: list[tuple[Article, Making]] = []
    for number in range(count):
        day = FIRST_DAY + timedelta(days=number // ARTICLES_A_DAY)
        if remembered and chance.random() < REPRINTS:
            first, making = chance.choice(remembered)
            paper = chance.choice([paper for paper in PAPERS if paper != first.publisher])
            article = Article(f"article-{number:07}", first.title, day.isoformat(), paper, first.text)
        else:
            article, making = new(number, day, words, chance, pool, states, surnames)
            remembered = [*remembered[-REMEMBERED:], (article, making)]
        yield article, making


def templates(states: Sequence[StateWords]) -> list[Template]:
    """Return the stories as templates, in the order of their names."""
    found = [record for path in sorted(STORIES.glob("*.txt")) for record in read_stories(path)]
    by_word = {word: state for state in states for word in state.forms()}
    return [Template(record, surnames_of(record), states_in(record, by_word)) for record in found]


def surnames_of(record: DocumentRecord) -> frozenset[str]:
    """Return the last words of the names of the persons in a story."""
    persons = (actor.name.split()[-1] for actor in record.actors if actor.type == "PERSON" and " " in actor.name)
    return frozenset(name for name in persons if name.isalpha() and name.istitle())


def states_in(record: DocumentRecord, by_word: Mapping[str, StateWords]) -> tuple[StateWords, ...]:
    """Return the states that a story names, in the order of their words."""
    words = by_word.keys() & WORD.findall(record.document.text)
    return tuple(sorted({by_word[word] for word in words}))


def new(
    number: int,
    day: date,
    words: int,
    chance: random.Random,
    pool: Sequence[Template],
    states: Sequence[StateWords],
    surnames: Sequence[str],
) -> tuple[Article, Making]:
    """Return an article of stories that nobody has read in this form."""
    chosen: list[Template] = []
    while sum(len(template.record.document.text.split()) for template in chosen) < words:
        chosen.append(chance.choice(pool))
    swapped: dict[str, str] = {}
    old_states = sorted({state for template in chosen for state in template.states})
    for old, other in zip(old_states, chance.sample(states, len(old_states)), strict=True):
        swapped |= dict(zip(old.forms(), other.forms(), strict=True))
    old_names = sorted({name for template in chosen for name in template.surnames} - swapped.keys())
    swapped |= dict(zip(old_names, chance.sample(surnames, len(old_names)), strict=True))
    paper, capital = chance.choice(PAPERS), chance.choice(states).capital
    making = Making(tuple(chosen), swapped, f"{capital.upper()}, {day:%B} {day.day} ({paper}) - ")
    text = making.text()
    title = text.removeprefix(making.dateline).split("\n", 1)[0].split(". ", 1)[0]
    return Article(f"article-{number:07}", title[:120], day.isoformat(), paper, text), making


def _record(article: Article, making: Making, codes: Mapping[str, str]) -> DocumentRecord:
    """Return what the annotation of its stories says of an article."""
    countries = {codes[old]: codes[other] for old, other in making.swapped.items() if old in codes and other in codes}
    parts = list(_parts(article, making, countries))
    sentences = [sentence for part in parts for sentence in part.sentences]
    return DocumentRecord(
        article.document(),
        (Span(0, sentences[0].end), *sentences[1:]),
        tuple(actor for part in parts for actor in part.actors),
        tuple(event for part in parts for event in part.events),
        tuple(relation for part in parts for relation in part.relations),
    )


def _parts(article: Article, making: Making, countries: Mapping[str, str]) -> Iterator[DocumentRecord]:
    """Give the record of each story of an article, as it stands there."""
    published = date.fromisoformat(article.published)
    begin = len(making.dateline)
    for number, story in enumerate(making.stories, 1):
        yield _Part(article.text, published, making, countries, number, begin, story.record).moved()
        begin += len(making.put(story.record.document.text)) + len(GAP)


class _Part:
    """Moves the annotation of a story to where it stands in an article, with the words that were swapped there."""

    def __init__(
        self,
        text: str,
        published: date,
        making: Making,
        countries: Mapping[str, str],
        number: int,
        begin: int,
        record: DocumentRecord,
    ) -> None:
        self.text, self.published, self.making, self.countries = text, published, making, countries
        self.number, self.begin, self.record = number, begin, record
        self.ends, self.shifts = [0], [0]
        for word in WORD.finditer(record.document.text):
            if word[0] in making.swapped:
                self.ends.append(word.end())
                self.shifts.append(self.shifts[-1] + len(making.swapped[word[0]]) - len(word[0]))

    def moved(self) -> DocumentRecord:
        """Return the record of the story with the ids and offsets that it has in the article."""
        return replace(
            self.record,
            sentences=tuple(map(self.span, self.record.sentences)),
            actors=tuple(map(self.actor, self.record.actors)),
            events=tuple(map(self.event, self.record.events)),
            relations=tuple(map(self.relation, self.record.relations)),
        )

    def span(self, span: Span) -> Span:
        """Return where a stretch of the story stands in the article."""
        begin, end = (self.begin + at + self.shifts[bisect_right(self.ends, at) - 1] for at in span)
        return Span(begin, end)

    def ids(self, *ids: str) -> tuple[str, ...]:
        """Return what ids of the story are in the article, where other stories have the same."""
        return tuple(f"{one}.{self.number}" for one in ids)

    def one(self, id: str | None) -> str | None:  # noqa: A002
        """Return what an id of the story, where there is one, is in the article."""
        return None if id is None else f"{id}.{self.number}"

    def actor(self, actor: Actor) -> Actor:
        return replace(
            actor,
            id=f"{actor.id}.{self.number}",
            name=self.making.put(actor.name),
            mentions=tuple(map(self.span, actor.mentions)),
            country=self.countries.get(actor.country, actor.country),
        )

    def event(self, event: Event) -> Event:
        time = None if event.time is None else self.span(event.time)
        days = None
        if time is not None:
            days = resolve(time.of(self.text), self.published, ahead=event.factuality == "planned")
        return replace(
            event,
            id=f"{event.id}.{self.number}",
            trigger=self.span(event.trigger),
            sources=self.ids(*event.sources),
            targets=self.ids(*event.targets),
            places=tuple(map(self.span, event.places)),
            time=time,
            date=days.iso if days else None,
            claimant=self.one(event.claimant),
            disputed_by=self.ids(*event.disputed_by),
            same_as=self.one(event.same_as),
        )

    def relation(self, relation: Relation) -> Relation:
        place = relation.target_place
        return replace(
            relation,
            id=f"{relation.id}.{self.number}",
            source=f"{relation.source}.{self.number}",
            target=self.one(relation.target),
            sentence=self.span(relation.sentence),
            target_place=None if place is None else self.making.put(place),
            claimant=self.one(relation.claimant),
        )


if __name__ == "__main__":
    main()
