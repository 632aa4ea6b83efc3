"""What an ambiguous word for a place means in one text: Georgia the state or the American one, Moscow before 1992.

Data: ``kg/data/lexicons/readings.tsv``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple, cast

from kg.calendar.days import lies_between
from kg.lexicon import GazetteerEntry, gazetteer
from kg.resources import read_tsv

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from kg.lexicon import Gazetteer, PlaceKind


class Reading(NamedTuple):
    """One thing that a form may mean, from a day, month or year to another where dated, and what speaks for it."""

    entry: GazetteerEntry
    since: str
    until: str
    cues: re.Pattern[str] | None

    def holds(self, day: date | None) -> bool:
        """Say whether ``day`` lies within it; without a day, whether it holds to this day."""
        return not self.until if day is None else lies_between(day, self.since, self.until)

    def spoken_for(self, text: str) -> int:
        """Return how many of its cues stand in ``text``, each counted once."""
        return len(set(self.cues.findall(text))) if self.cues else 0


def places_in(text: str, day: date | None, places: Gazetteer | None = None) -> Gazetteer:
    """Return the gazetteer (ours, or ``places``) as ``text``, which is of ``day``, means its words."""
    ours = gazetteer()
    places = places or ours
    chosen = tuple(
        (form, entry)
        for form in dict.fromkeys(_forms().findall(text))
        # What the user's own lexicon says of a form is not ours to change.
        if places is ours or places.place(form) == ours.place(form)
        if (entry := read(form, text, day)) != places.place(form)
    )
    if not chosen:
        return places
    return _extended(chosen) if places is ours else places.extended(chosen)


def read(form: str, text: str, day: date | None) -> GazetteerEntry:
    """Return what an ambiguous form means in a text.

    Raises:
        KeyError: the form is not ambiguous.
    """
    readings = _readings()[form]
    holding = [reading for reading in readings if reading.holds(day)] or readings
    counts = [reading.spoken_for(text) for reading in holding]
    best = max(counts)
    return holding[counts.index(best) if counts.count(best) == 1 else 0].entry


@lru_cache(maxsize=256)
def _extended(chosen: tuple[tuple[str, GazetteerEntry], ...]) -> Gazetteer:
    return gazetteer().extended(chosen)


@cache
def _readings() -> Mapping[str, Sequence[Reading]]:
    found: defaultdict[str, list[Reading]] = defaultdict(list)
    for row in read_tsv("lexicons/readings.tsv"):
        reading = Reading(
            GazetteerEntry(row["iso3"], row["name"], cast("PlaceKind", row["kind"])),
            row["from"],
            row["until"],
            _any_of(row["cues"].split("|")) if row["cues"] else None,
        )
        for form in row["form"].split("|"):
            found[form].append(reading)
    return found


@cache
def _forms() -> re.Pattern[str]:
    return _any_of(_readings())


def _any_of(words: Mapping[str, object] | Sequence[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
