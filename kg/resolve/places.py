"""Where a place is: from its words and what is named around them to one entry of the gazetteers, or to none.

Read in this order. States, capitals and regions are those of :mod:`kg.lexicon`, everything else is a town of GeoNames
(:mod:`kg.resolve.toponyms`). Where several places bear a name, what the text names it with decides (``Tripoli,
Lebanon``), then the countries that the sentence and then the document name, and only then the number of people. A
name has one meaning in a document. No place is better than a wrong one: a small town is only taken for the one
meant where its country is at hand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from kg.lexicon import fold, gazetteer
from kg.resolve.names import kind_of, without_possessive
from kg.resolve.toponyms import key, toponyms
from kg.resources import read_tsv

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.lexicon import GazetteerEntry
    from kg.resolve.toponyms import Toponym

Precision = Literal["city", "region", "country"]
Basis = Literal["qualifier", "sentence", "document", "lexicon", "population"]

_STATE: Final = ("name", "alias", "abbreviation", "adjective")
_MARKS: Final = " \t\n.,;:\"“”'’()[]"
_INSIDE: Final = re.compile(r"(?:,|\s(?:of|in|near|outside|at))\s+(?=[^,]+$)")
_POSSESSOR: Final = re.compile(r"['’]s?\s+")
_BEHIND: Final = re.compile(r"(?:,\s+|\s+\(|,?\s+in\s+)(?:the\s+)?")
_LONGEST_QUALIFIER: Final = 3
_KNOWN_FORMS: Final = 1 << 13
_REACH: Final = 60
# Another name of a town counts as if it had fewer people, the less when it shortens the name: most of the rest are
# names in other languages.
_SHORT_NAME: Final = 2
_OTHER_NAME: Final = 10
# How many times smaller than the greatest of its name a place may be and still be meant; the lesser number is for
# names of a capital or region of the lexicon, and for states whose towns news style tells apart by their region.
_DWARFED: Final = 50
_RIVAL: Final = 10
# The fewest people of a place that is meant though its country is not at hand: where no other is, and where some are.
_KNOWN: Final = 15_000
_WELL_KNOWN: Final = 100_000
_CLEARLY: Final = 2
# The fewest people of a town that a seat of government can be, and not a house.
_SEAT: Final = 50_000


@dataclass(frozen=True, slots=True)
class Place:
    """The entry of a gazetteer that the words for a place lead to, and why that one.

    ``country`` is an ISO 3166-1 alpha-3 code. The point, in degrees (WGS 84), is no finer than ``precision``: that of
    a region or country is the centre of its population; it is None where only the country is known. ``whole`` says
    that the words name the entry itself, and not something in it as in ``northern Syria``. ``basis`` is what decided:
    words of the text that say what it lies in, a country that the sentence or document names, the lexicon, or the
    number of people. ``rivals`` are the others of the name, as ``Tripoli, LBN``.
    """

    name: str
    country: str
    precision: Precision
    basis: Basis
    whole: bool = True
    latitude: float | None = None
    longitude: float | None = None
    population: int | None = None
    geonames: str = ""
    rivals: tuple[str, ...] = ()


class Within(NamedTuple):
    """What a text says that a place lies in: a state, or first-order divisions of one by their GeoNames codes."""

    iso3: str
    admin1: frozenset[str] = frozenset()

    def holds(self, toponym: Toponym) -> bool:
        """Say whether an entry lies in it."""
        return self.iso3 == toponym.iso3 and (not self.admin1 or bool(self.admin1 & toponym.admin1))


@dataclass(frozen=True, slots=True)
class Context:
    """What a text says around a place.

    ``within`` is what it lies in by the words right after it, ``near`` the states named in its sentences or taking
    part in what happens there, ``mentions`` how often the document names each state in all. Codes are ISO 3166-1
    alpha-3. The place's own name counts in none of them.
    """

    within: tuple[Within, ...] = ()
    near: frozenset[str] = frozenset()
    mentions: tuple[tuple[str, int], ...] = ()

    @property
    def countries(self) -> frozenset[str]:
        """All states at hand."""
        return self.near | {iso3 for iso3, _ in self.mentions}

    def count(self, iso3: str) -> int:
        """Return how often the document names a state."""
        return dict(self.mentions).get(iso3, 0)


NOWHERE: Final = Context()


def resolve(text: str, context: Context = NOWHERE) -> Place | None:
    """Return the place that ``text`` names, or None where that is not known.

    >>> resolve("Tripoli").country, resolve("Tripoli", Context(near=frozenset({"LBN"}))).country
    ('LBY', 'LBN')
    """
    form = " ".join(text.split()).strip(_MARKS)
    for reading in _readings(form):
        where = replace(context, within=(*reading.within, *context.within)) if reading.within else context
        found = _resolve(reading.name, where)
        if found is not None:
            return _as_read(found, reading)
        if _spans_states(reading.name):
            return None
    return None


def qualifier(following: str) -> Within | None:
    """Return what a place lies in, by the text right behind its name: ``, Lebanon`` or `` in northern Syria``.

    Towns do not count, since they follow others in lists.
    """
    link = _BEHIND.match(following)
    return _held_by(following[link.end() : link.end() + _REACH]) if link else None


@lru_cache(_KNOWN_FORMS)
def _held_by(following: str) -> Within | None:
    """Return what a place lies in by the text behind the words that say that it does so."""
    words = following.split()
    while words and words[0].lower() in _words("direction"):
        del words[0]
    for count in range(min(_LONGEST_QUALIFIER, len(words)), 0, -1):
        name = without_possessive(" ".join(words[:count]).rstrip(_MARKS.replace(".", "")))
        if found := _area(name) or _area(name.rstrip(".")):
            return found
    return None


class _Reading(NamedTuple):
    """One way to read the words: the name in them, whether that is all they say, and what else they tell."""

    name: str
    whole: bool = True
    area: bool = False
    within: tuple[Within, ...] = ()


def _readings(form: str) -> Iterator[_Reading]:
    """Give the ways to read the words for a place, the most literal first."""
    if not any(char.isupper() for char in form):
        return
    yield _Reading(form)
    link = _INSIDE.search(form)
    if link:
        head, tail = form[: link.start()], form[link.end() :]
        if link.group().startswith(",") and (within := qualifier(form[link.start() :])):
            yield from (reading._replace(within=(within,)) for reading in _trimmed(head))
            yield from _trimmed(tail, whole=False)
            return
        of = link.group().strip() == "of" and head.split()[-1:] != []
        noun = head.split()[-1].lower() if of else ""
        yield from _trimmed(tail, whole=noun in _words("settlement"), area=noun in _words("area"))
        return
    owner = _POSSESSOR.split(form, maxsplit=1)
    if len(owner) > 1:
        yield from _trimmed(owner[0], whole=False)
        return
    yield from _trimmed(form)


def _trimmed(form: str, *, whole: bool = True, area: bool = False) -> Iterator[_Reading]:
    """Give a name as it stands, and then without the common words around it."""
    yield _Reading(form, whole, area)
    words = form.split()
    bare = words[1:] if words[0].lower() == "the" else words
    trimmed = list(bare)
    while len(trimmed) > 1 and trimmed[0].lower() in _words("direction"):
        del trimmed[0]
        whole = False
    while len(trimmed) > 1 and trimmed[-1].lower() in _words("area") | _words("site") | _words("settlement"):
        last = trimmed.pop().lower()
        area = area or last in _words("area")
        whole = whole and last in _words("settlement")
    if trimmed != words and trimmed != bare:
        yield _Reading(" ".join(trimmed), whole, area)


def _as_read(place: Place, reading: _Reading) -> Place:
    precision: Precision = "region" if reading.area and place.precision == "city" else place.precision
    return replace(place, whole=place.whole and reading.whole, precision=precision)


def _spans_states(form: str) -> bool:
    """Say whether the lexicon knows the form as what lies in no one state, as ``Kurdistan`` or ``the Black Sea``."""
    lead = gazetteer().place(form)
    return lead is not None and not lead.iso3


def _area(name: str) -> Within | None:
    """Return the state or region, but no town, that a name stands for."""
    entry = gazetteer().place(name)
    if entry is not None and entry.iso3 and entry.is_own_name:
        return Within(entry.iso3)
    regions = toponyms().regions.get(key(name), ()) if name[:1].isupper() else ()
    return Within(regions[0].iso3, regions[0].admin1) if len(regions) == 1 else None


def _is_name(form: str) -> bool:
    """Say whether a form can be the name of a town, and is no common noun with a capital, as ``Parliament``."""
    return kind_of(form) == "name" and fold(form) not in _common_words()


class _Candidate(NamedTuple):
    """An entry that the name may mean; ``weight`` is its number of people, or less by another name of it."""

    toponym: Toponym
    weight: float

    @property
    def iso3(self) -> str:
        return self.toponym.iso3


def _resolve(form: str, context: Context) -> Place | None:
    """Return the place that a bare name stands for."""
    lead = gazetteer().place(form)
    if lead is not None and (not lead.iso3 or lead.kind == "demonym"):
        return None
    bare = form[4:] if lead and form[:4].lower() == "the " and not _candidates(form) else form
    candidates = _candidates(bare)
    if lead is not None:
        return _led(bare, lead, candidates, context)
    if not candidates:
        return _only_country(form, context)
    chosen, basis = _choose(candidates, context)
    return _place(chosen.toponym, basis, candidates) if chosen else None


@lru_cache(_KNOWN_FORMS)
def _candidates(form: str) -> tuple[_Candidate, ...]:
    """Return the towns and regions that a form may name, the greatest first."""
    if not _is_name(form):
        return ()
    known, short = toponyms(), f"{key(form)} "
    found = [_Candidate(toponym, toponym.population) for toponym in known.named(form)]
    for toponym in known.also_named(form):
        share = _SHORT_NAME if key(toponym.name).startswith(short) else _OTHER_NAME
        found.append(_Candidate(toponym, toponym.population / share))
    return tuple(sorted(found, key=lambda one: (-one.weight, one.toponym.geonames)))


def _choose(candidates: Sequence[_Candidate], context: Context) -> tuple[_Candidate | None, Basis]:
    """Return which of several is meant, if any, and why."""
    inside = [one for one in candidates for within in context.within if within.holds(one.toponym)]
    if inside:
        return inside[0], "qualifier"
    town = max((one.weight for one in candidates if one.toponym.kind == "city"), default=0)
    for basis, countries in _circles(context):
        near = [one for one in candidates if one.iso3 in countries and not _is_dwarfed(one, town)]
        if near:
            return _most_mentioned(near, context), basis
    enough = _WELL_KNOWN if context.countries else _KNOWN
    return (candidates[0] if candidates[0].weight >= enough else None), "population"


def _is_dwarfed(one: _Candidate, greatest: float) -> bool:
    """Say whether a place is too small to be meant beside the greatest town of its name."""
    return one.weight * (_RIVAL if one.iso3 in toponyms().abbreviating else _DWARFED) < greatest


def _circles(context: Context) -> tuple[tuple[Basis, frozenset[str]], ...]:
    return ("sentence", context.near), ("document", context.countries)


def _most_mentioned(near: Sequence[_Candidate], context: Context) -> _Candidate:
    """Return the one whose state the document speaks of clearly more than of the others', or else the greatest."""
    by_mentions = sorted(near, key=lambda one: -context.count(one.iso3))
    first = by_mentions[0]
    others = [context.count(one.iso3) for one in near if one.iso3 != first.iso3]
    clear = all(context.count(first.iso3) >= _CLEARLY * count for count in others) and context.count(first.iso3) > 0
    return first if clear else near[0]


def _led(form: str, lead: GazetteerEntry, candidates: Sequence[_Candidate], context: Context) -> Place:
    """Return the place of a form that the lexicon knows, unless the text speaks of another of the name."""
    found = _namesake_of_state(lead, candidates, context) if lead.kind in _STATE else None
    if found is None and lead.kind not in _STATE:
        found = _elsewhere(form, lead, candidates, context)
    if found is not None:
        toponym, basis = found
        place = _place(toponym, basis, candidates)
        state = [f"{lead.name}, {lead.iso3}"] if lead.kind in _STATE else []
        return replace(place, rivals=tuple(sorted({*place.rivals, *state})))
    if lead.kind in _STATE:
        return _state(lead, candidates)
    entry = _entry(form, lead, candidates)
    if entry is None:
        return _surroundings(lead, candidates)
    is_said = any(within.iso3 == lead.iso3 for within in context.within)
    return _place(entry.toponym, "qualifier" if is_said else "lexicon", candidates)


def _namesake_of_state(
    lead: GazetteerEntry, candidates: Sequence[_Candidate], context: Context
) -> tuple[Toponym, Basis] | None:
    """Return the region that has the name of a state, where its own state is the only one at hand."""
    if lead.kind not in ("name", "alias"):
        return None
    regions = (one.toponym for one in candidates if one.toponym.kind == "region")
    return next(((region, "document") for region in regions if context.countries == {region.iso3}), None)


def _elsewhere(
    form: str, lead: GazetteerEntry, candidates: Sequence[_Candidate], context: Context
) -> tuple[Toponym, Basis] | None:
    """Return what the text means by the name of a capital or region of the lexicon, if not that."""
    inside = [one for one in candidates for within in context.within if within.holds(one.toponym)]
    exact = any(within.admin1 for within in context.within)
    if inside and (exact or all(within.iso3 != lead.iso3 for within in context.within)):
        return inside[0].toponym, "qualifier"
    if lead.iso3 in context.countries:
        return None
    entry = _entry(form, lead, candidates)
    least = max(entry.weight / _RIVAL if entry else 0, 1)
    rivals = [one for one in candidates if one.weight >= least and one.iso3 not in toponyms().abbreviating]
    for basis, countries in _circles(context):
        near = [one for one in rivals if one.iso3 in countries]
        if near:
            return _most_mentioned(near, context).toponym, basis
    return None


def _entry(form: str, lead: GazetteerEntry, candidates: Sequence[_Candidate]) -> _Candidate | None:
    """Return the entry of a form that the lexicon has as a capital or region, or of the region that it is named for."""
    least = _SEAT if lead.kind == "seat" else 0
    own = [one for one in candidates if one.iso3 == lead.iso3 and one.weight >= least]
    region = next((one for one in own if one.toponym.kind == "region"), None)
    if region and key(lead.name) == key(form) and lead.kind == "region":
        return region
    town = next((one for one in own if one.toponym.kind == "city"), None)
    return town or region


def _surroundings(lead: GazetteerEntry, candidates: Sequence[_Candidate]) -> Place:
    """Return what holds a place that is no entry itself: its region, for a seat of government the capital."""
    holders = [one for one in _candidates(lead.name) if one.iso3 == lead.iso3] if lead.kind == "region" else []
    if lead.kind == "seat":
        holders = [one for form in _capitals().get(lead.iso3, ()) for one in _candidates(form)]
        holders = [one for one in holders if one.iso3 == lead.iso3 and one.toponym.kind == "city"]
    if holders:
        return replace(_place(holders[0].toponym, "lexicon", candidates), whole=False)
    return Place(lead.name, lead.iso3, "country", "lexicon", whole=False)


def _state(lead: GazetteerEntry, candidates: Sequence[_Candidate]) -> Place:
    toponym = toponyms().countries.get(lead.iso3)
    if toponym is None:
        return Place(lead.name, lead.iso3, "country", "lexicon")
    whole = lead.kind != "adjective"
    return replace(_place(toponym, "lexicon", candidates), name=lead.name, whole=whole)


def _only_country(form: str, context: Context) -> Place | None:
    """Return a place of which the text itself says what it lies in, though no gazetteer has it."""
    if not context.within or not _is_name(form):
        return None
    return Place(form, context.within[0].iso3, "country", "qualifier", whole=False)


def _place(toponym: Toponym, basis: Basis, candidates: Iterable[_Candidate]) -> Place:
    others = {f"{one.toponym.name}, {one.iso3}" for one in candidates if one.toponym != toponym}
    return Place(
        name=toponym.name,
        country=toponym.iso3,
        precision=toponym.kind,
        basis=basis,
        latitude=toponym.latitude,
        longitude=toponym.longitude,
        population=toponym.population,
        geonames=toponym.geonames,
        rivals=tuple(sorted(others)),
    )


@cache
def _capitals() -> Mapping[str, tuple[str, ...]]:
    """Return the names of each state's capital."""
    found: dict[str, tuple[str, ...]] = {}
    for form, entry in gazetteer().forms.items():
        if entry.kind == "capital":
            found[entry.iso3] = (*found.get(entry.iso3, ()), form.title())
    return found


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(row["word"] for row in read_tsv("lexicons/place_words.tsv") if row["kind"] == kind)


@cache
def _common_words() -> frozenset[str]:
    return frozenset(row["word"] for row in read_tsv("lexicons/place_words.tsv"))
