"""What day or days a time expression of the news means: ``Thursday``, ``three weeks ago``, ``late October 2015``.

A compact grammar over the words of ``kg/data/lexicons/time.tsv``. What it does not know, or could mean too much,
stays unknown. Without a day of publication only expressions that name their year are known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from dateutil.relativedelta import relativedelta, weekdays

from kg.calendar import days
from kg.calendar.days import Days
from kg.resources import read_tsv

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kg.calendar.days import Part

    _Read = Callable[["_Reader", re.Match[str]], Days | None]

# Longer texts are no time expressions, and would take long to be found none.
_LONGEST: Final = 80
_DASHES: Final = re.compile(r"\s*[‐-―]\s*")
_MARKS: Final = re.compile(r"[,.()]|(?<=\d)(?:st|nd|rd|th)\b|(?<=\bmid)-")
_STRETCH: Final = re.compile(r"\bthe last (?=(?:week|month|year|decade)$)")
_LAST_YEAR: Final = re.compile(r" \d{4}$")
_STEPS: Final = {"last": -1, "past": -1, "this past": -1, "this": 0, "next": 1, "coming": 1, "this coming": 1}


class _Rule(NamedTuple):
    pattern: re.Pattern[str]
    read: _Read


def resolve(expression: str, published: date | None, *, ahead: bool = False) -> Days | None:
    """Return the days that ``expression`` means in a text published on ``published``, or None where unknown.

    A bare weekday is the last one up to the day of publication; a bare month the last one up to the month of it; a day
    of a month without year the nearest one, rather past than to come. Weeks begin on Monday.

    Args:
        expression: The words, with or without the preposition before them.
        published: The day of publication, None where it is not known.
        ahead: Look ahead where the words do not say which way, as they do not for what is planned.

    >>> resolve("late Tuesday", date(2015, 11, 26)).iso
    '2015-11-24'
    >>> resolve("on Tuesday", date(2015, 11, 26), ahead=True).iso
    '2015-12-01'
    >>> resolve("November 2015", None).iso
    '2015-11-01/2015-11-30'
    """
    if len(expression) > _LONGEST:
        return None
    try:
        return _Reader(published, ahead).read(expression)
    except (ValueError, OverflowError):
        return None


def whole_date(text: str, begin: int, end: int) -> tuple[int, int]:
    """Return where the date begins and ends that holds ``text[begin:end]``, itself where it is no part of a longer one.

    >>> whole_date("on 24 September 2015, he", 6, 15)
    (3, 20)
    """
    around = max(0, begin - _LONGEST)
    for found in _date().finditer(text, around, end + _LONGEST):
        if found.start() <= begin and end <= found.end():
            return found.span()
    return begin, end


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads expressions of a text; ``day`` is that of its publication."""

    day: date | None
    ahead: bool

    @property
    def published(self) -> date:
        if self.day is None:
            raise ValueError("the day of publication is unknown")
        return self.day

    def read(self, expression: str) -> Days | None:
        return _read(self, _normal(expression))

    def iso(self, found: re.Match[str]) -> Days:
        year, month, day = int(found["year"]), int(found["month"]), found["day"]
        return days.one(date(year, month, int(day))) if day else days.containing("month", date(year, month, 1))

    def year(self, found: re.Match[str]) -> Days:
        return days.containing("year", date(int(found["year"]), 1, 1))

    def decade(self, found: re.Match[str]) -> Days:
        """Read ``1990s``, and ``90s``, which is of the twentieth century: younger ones are not called so."""
        year = int(found["decade"])
        return days.containing("decade", date(year if year > 99 else 1900 + year, 1, 1))

    def century(self, found: re.Match[str]) -> Days:
        last = 100 * _ordinal(found["number"])
        return Days(date(last - 99, 1, 1), date(last, 12, 31))

    def month(self, found: re.Match[str]) -> Days:
        return days.containing("month", date(int(found["year"]), _month(found), 1))

    def month_of_year(self, found: re.Match[str]) -> Days:
        return days.containing("month", date(self.published.year + _STEPS[found["which"]], _month(found), 1))

    def relative_month(self, found: re.Match[str]) -> Days:
        month, which, now = _month(found), found.groupdict().get("which"), self.published
        step = _STEPS[which] if which else 1 if self.ahead else -1
        this_year = step == 0 or (month - now.month) * step > 0 or (not which and month == now.month)
        return days.containing("month", date(now.year + (0 if this_year else step), month, 1))

    def day_of_month(self, found: re.Match[str]) -> Days:
        month, day = _month(found), _ordinal(found["day"])
        return days.one(date(int(found["year"]), month, day) if found["year"] else self._nearest(month, day))

    def days_of_month(self, found: re.Match[str]) -> Days:
        month, first, last = _month(found), int(found["one"]), int(found["other"])
        begin = date(int(found["year"]), month, first) if found["year"] else self._nearest(month, first)
        return Days(begin, begin.replace(day=last))

    def weekday(self, found: re.Match[str]) -> Days:
        wanted, which, now = int(_table("weekday")[found["weekday"]]), found["which"], self.published
        if which == "this" or found.group().endswith(" week"):
            monday = days.containing("week", now, _STEPS[which]).first
            return days.one(days.moved(monday, wanted, "day"))
        step = _STEPS[which] if which else 1 if self.ahead else -1
        begin = days.moved(now, step, "day") if which else now
        return days.one(begin + relativedelta(weekday=weekdays[wanted](step)))

    def near_day(self, found: re.Match[str]) -> Days:
        return days.containing("day", self.published, int(_table("day")[found["day"]]))

    def overnight(self, _: re.Match[str]) -> Days:
        return Days(days.moved(self.published, -1, "day"), self.published)

    def unit(self, found: re.Match[str]) -> Days:
        """Read ``last week``, the one before this; ``the past week`` are the seven days up to the publication."""
        unit, which = found["unit"], found["which"]
        if which in ("past", "coming") and unit != "weekend":
            return self._stretch(_STEPS[which], unit)
        if which == "this past":
            return self.weekend(found)
        return days.containing(unit, self.published, _STEPS[which])

    def this_unit(self, found: re.Match[str]) -> Days:
        return self._edge(days.containing(found["unit"], self.published), found["edge"])

    def weekend(self, _: re.Match[str]) -> Days:
        """Read ``the weekend``: the last one that had begun; ahead, that of this week."""
        weekend = days.containing("weekend", self.published)
        begun = self.ahead or weekend.first <= self.published
        return weekend if begun else days.containing("weekend", self.published, -1)

    def stretch(self, found: re.Match[str]) -> Days:
        return self._stretch(_STEPS[found["which"]] * _count(found), _unit(found))

    def ago(self, found: re.Match[str]) -> Days | None:
        count, unit = _count(found), _unit(found)
        if unit == "hour":
            return self._stretch(-count, unit)
        if unit == "week":
            day = days.moved(self.published, -count, unit)
            return Days(days.moved(day, -3, "day"), days.moved(day, 3, "day"))
        return None if unit == "weekend" else days.containing(unit, self.published, -count)

    def rest(self, found: re.Match[str]) -> Days | None:
        return self.read(found["rest"])

    def nth(self, found: re.Match[str]) -> Days | None:
        whole = self._whole(found["rest"])
        number = -1 if found["number"] in ("last", "final") else _ordinal(found["number"])
        return days.nth(found["unit"], number, whole) if whole else None

    def edge(self, found: re.Match[str]) -> Days | None:
        whole = self.read(found["rest"])
        return self._edge(whole, found["edge"]) if whole else None

    def end(self, found: re.Match[str]) -> Days | None:
        whole = self.read(found["rest"])
        return days.part(whole, "late") if whole else None

    def since(self, found: re.Match[str]) -> Days | None:
        begin = self.read(found["rest"])
        return Days(begin.first, self.published) if begin else None

    def years(self, found: re.Match[str]) -> Days:
        first, last = found["one"], found["other"]
        return Days(date(int(first), 1, 1), date(int(first[: -len(last)] + last), 12, 31))

    def between(self, found: re.Match[str]) -> Days | None:
        year = _LAST_YEAR.search(found["other"])
        lacking = year.group() if year and not _LAST_YEAR.search(" " + found["one"]) else ""
        one, other = self.read(found["one"] + lacking), self.read(found["other"])
        return Days(one.first, other.last) if one and other else None

    def _whole(self, text: str) -> Days | None:
        return days.containing(text, self.published) if text in ("week", "month", "year", "decade") else self.read(text)

    def _edge(self, whole: Days, word: str) -> Days:
        """Return the part of a stretch, or what of it was or is to come on the day of publication."""
        edge = _table("edge")[word]
        if edge in ("early", "mid", "late"):
            return days.part(whole, cast("Part", edge))
        if self.day is None or not whole.first <= self.day <= whole.last:
            return whole
        return Days(whole.first, self.day) if edge == "earlier" else Days(self.day, whole.last)

    def _stretch(self, count: int, unit: str) -> Days:
        if unit == "hour":
            unit, count = "day", count // 24 if count < 0 else -(-count // 24)
        moved = days.moved(self.published, count, unit)
        return Days(min(moved, self.published), max(moved, self.published))

    def _nearest(self, month: int, day: int) -> date:
        """Return the nearest such day; the way not looked counts twice: the news tells mostly of what has been."""
        now = self.published
        years: list[date] = [date(now.year + step, 1, 1) + relativedelta(month=month, day=day) for step in (-1, 0, 1)]
        known = [found for found in years if found.day == day]
        if not known:
            raise ValueError(f"no day {day} in month {month} near {now}")
        past, future = (2, 1) if self.ahead else (1, 2)
        return min(known, key=lambda found: max(past * (now - found), future * (found - now)))


@lru_cache(maxsize=4096)
def _read(reader: _Reader, text: str) -> Days | None:
    """Return what the first rule that fits makes of a text. Kept, since one text may be reached in many ways.

    Raises:
        ValueError, OverflowError: If it needs the day of publication and there is none, or means no day at all.
    """
    for rule in _rules():
        found = rule.pattern.fullmatch(text)
        if found and (days_read := rule.read(reader, found)):
            return days_read if days_read.first <= days_read.last else None
    return None


def _normal(expression: str) -> str:
    text = _DASHES.sub("-", expression.casefold().replace("~", " ").replace("’", "'"))
    text = _MARKS.sub(" ", _clock().sub(" ", text))
    words = _STRETCH.sub("past ", " ".join(text.split())).split()
    while len(words) > 1 and words[0] in _table("lead"):
        del words[0]
    return " ".join(words)


@cache
def _table(kind: str) -> Mapping[str, str]:
    return {row["form"]: row["value"] for row in read_tsv("lexicons/time.tsv") if row["kind"] == kind}


def _any_of(kind: str) -> str:
    return "(?:" + "|".join(sorted(map(re.escape, _table(kind)), key=len, reverse=True)) + ")"


@cache
def _clock() -> re.Pattern[str]:
    """Return the pattern of a time of day: ``at 8:30 a.m.``, ``at 0900 GMT``."""
    zone = rf"{_any_of('zone')}\b"
    return re.compile(rf"\b(?:(?:at|around|about) )?\d\d?(?:[:.]?\d\d)? ?(?:[ap]\.? ?m\b\.?(?: {zone})?|{zone})")


@cache
def _date() -> re.Pattern[str]:
    """Return the pattern of a day of a month, with its weekday and year where told, or of a month and year.

    A number after a month is the day only where no noun may follow: not in ``In May 10 people died``.
    """
    month, day = rf"{_any_of('month')}\b\.?", r"\d{1,2}(?:st|nd|rd|th)?\b(?![:.]\d)"
    year = r",?\s+(?:19|20)\d\d\b"
    written = (
        rf"{day}(?:\s+of)?[\s-]+{month}(?:{year})?",
        rf"{month}\s+{day}(?:{year}|(?=\s*(?:[,.;:)]|$)))",
        rf"{month}{year}",
    )
    return re.compile(rf"(?<![\w:.])(?:{_any_of('weekday')}\b,?\s+)?(?:{'|'.join(written)})", re.IGNORECASE)


@cache
def _rules() -> tuple[_Rule, ...]:
    month, weekday, number = (_any_of(kind) for kind in ("month", "weekday", "number"))
    dayparts, edge, day, ordinal = (_any_of(kind) for kind in ("daypart", "edge", "day", "ordinal"))
    unit = "(?P<unit>" + "|".join(sorted(set(_table("unit").values()) - {"hour"})) + ")"
    units = rf"(?P<unit>{_any_of('unit')})"
    which = "(?P<which>" + "|".join(_STEPS) + ")"
    of_year, or_year = r"(?: of)? (?P<year>\d{4})", r"(?: (?P<year>\d{4}))?"
    in_month, in_row = rf"(?P<day>\d{{1,2}}|{ordinal})", rf"(?P<number>\d{{1,2}}|{ordinal}|last|final)"
    to, span = r"(?: (?:and|or|to|through|until|till) | ?- ?)", "(?:between |from )?"
    count = rf"(?P<count>\d{{1,3}}|{number})"
    table: tuple[tuple[str, _Read], ...] = (
        (r"(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>\d\d)(?:[t ].*)?)?", _Reader.iso),
        (r"(?:year )?(?P<year>1\d{3}|20\d\d)", _Reader.year),
        (r"'?(?P<decade>1\d\d0|20\d0|[3-9]0)'?s", _Reader.decade),
        (rf"{in_row} century", _Reader.century),
        (rf"(?P<month>{month}){of_year}", _Reader.month),
        (rf"(?P<month>{month})(?: of)? {which} year", _Reader.month_of_year),
        (rf"(?:{which} )?(?P<month>{month})", _Reader.relative_month),
        (rf"(?P<month>{month}) {in_month}{or_year}", _Reader.day_of_month),
        (rf"{in_month}[ -](?:of )?(?P<month>{month})(?:[ -](?P<year>\d{{4}}))?", _Reader.day_of_month),
        (rf"{span}(?P<month>{month}) (?P<one>\d\d?){to}(?P<other>\d\d?){or_year}", _Reader.days_of_month),
        (rf"{span}(?P<one>\d\d?){to}(?P<other>\d\d?) (?:of )?(?P<month>{month}){or_year}", _Reader.days_of_month),
        (rf"(?:{weekday}|(?:last|this|next) (?:week|month|year)) (?:on )?(?P<rest>(?:{month}|\d).+)", _Reader.rest),
        (rf"(?P<weekday>{weekday})(?: (?:of )?(?P<which>last|this|next) week)?", _Reader.weekday),
        (rf"(?:{which} )(?P<weekday>{weekday})", _Reader.weekday),
        (rf"(?P<day>{day})", _Reader.near_day),
        (r"overnight", _Reader.overnight),
        (r"weekend", _Reader.weekend),
        (rf"{which} (?!day){unit}", _Reader.unit),
        (rf"(?P<which>last|past|next|coming) {count} {units}", _Reader.stretch),
        (rf"(?:nearly |almost |some |exactly )?{count} {units} ago", _Reader.ago),
        (rf"{in_row} {unit} of (?:the )?(?P<rest>.+)", _Reader.nth),
        (r"(?P<rest>.+)'s end", _Reader.end),
        (r"(?P<rest>[^']+)'s(?: .+)?", _Reader.rest),
        (rf"(?P<rest>.+?)(?: at| before| after| in the)? {dayparts}", _Reader.rest),
        (rf"(?:before |after )?(?:{dayparts}|hours?) (?:on )?(?P<rest>.+)", _Reader.rest),
        (rf"(?P<edge>{edge}) (?:in |of )?(?:the )?(?!day){unit}", _Reader.this_unit),
        (rf"(?P<edge>{edge}) (?:in |on |of )?(?:the )?(?P<rest>.+)", _Reader.edge),
        (r"since (?:the )?(?P<rest>.+)", _Reader.since),
        (rf"{span}(?P<one>\d{{4}})(?: \d{{4}})*{to}(?P<other>\d{{4}}|\d\d?)", _Reader.years),
        (rf"{span}(?P<one>.+?){to}(?P<other>.+)", _Reader.between),
    )
    return tuple(_Rule(re.compile(pattern), read) for pattern, read in table)


def _month(found: re.Match[str]) -> int:
    return int(_table("month")[found["month"]])


def _ordinal(word: str) -> int:
    return int(_table("ordinal").get(word, word))


def _count(found: re.Match[str]) -> int:
    return int(_table("number").get(found["count"], found["count"]))


def _unit(found: re.Match[str]) -> str:
    return _table("unit")[found["unit"]]
