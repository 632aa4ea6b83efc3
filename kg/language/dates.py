"""What day or days a time expression of the news means: ``Thursday``, ``three weeks ago``, ``late October 2015``.

A compact grammar over the words of ``kg/data/lexicons/time.tsv``. What it does not know, or could mean too much,
stays unknown. Without a day of publication only expressions that name their year are known.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.resources import read_tsv

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_DAY: Final = timedelta(days=1)
_WEEK: Final = 7
_SATURDAY: Final = 5
_MARKS: Final = re.compile(r"[,.]|(?<=\d)(?:st|nd|rd|th)\b|['’]s\b")
_DASHES: Final = re.compile(r"\s*[‐-―]\s*")
_LAST_YEAR: Final = re.compile(r"(?:^| )\d{4}$")
_ISO: Final = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")


class DateRange(NamedTuple):
    """The first and last day that an expression may mean, as ``YYYY-MM-DD``; equal when the day is known."""

    earliest: str
    latest: str


class _Span(NamedTuple):
    first: date
    last: date


class _Rule(NamedTuple):
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], date | None], _Span | None]


def resolve(expression: str, published: date | None) -> DateRange | None:
    """Return the days that ``expression`` means in a text published on ``published``, or None where unknown.

    A bare weekday is the last one up to the day of publication; a bare month the last one up to the month of it; a day
    of a month without year the nearest one, rather past than to come. Weeks begin on Monday.

    >>> resolve("late Tuesday", date(2015, 11, 26))
    DateRange(earliest='2015-11-24', latest='2015-11-24')
    >>> resolve("November 2015", None)
    DateRange(earliest='2015-11-01', latest='2015-11-30')
    """
    try:
        span = _read(_normal(expression), published)
    except (ValueError, OverflowError):
        return None
    if span is None or span.first > span.last:
        return None
    return DateRange(span.first.isoformat(), span.last.isoformat())


def _normal(expression: str) -> str:
    text = _DASHES.sub("-", expression.casefold().replace("~", " "))
    if not _ISO.fullmatch(text.strip()):
        text = _MARKS.sub(" ", text).replace("mid-", "mid ")
    words = text.split()
    while len(words) > 1 and words[0] in _table("lead"):
        del words[0]
    return " ".join(words)


def _read(text: str, published: date | None) -> _Span | None:
    for rule in _rules():
        found = rule.pattern.fullmatch(text)
        if found and (span := rule.read(found, published)):
            return span
    return None


@cache
def _table(kind: str) -> Mapping[str, str]:
    return {row["form"]: row["value"] for row in read_tsv("lexicons/time.tsv") if row["kind"] == kind}


def _any_of(kind: str) -> str:
    return "(?:" + "|".join(sorted(map(re.escape, _table(kind)), key=len, reverse=True)) + ")"


@cache
def _rules() -> tuple[_Rule, ...]:
    month, weekday, unit, number = (_any_of(kind) for kind in ("month", "weekday", "unit", "number"))
    dayparts, edge, day = _any_of("daypart"), _any_of("edge"), _any_of("day")
    of_month = rf"(?P<day>\d{{1,2}}|{_any_of('ordinal')})"
    count = rf"(?P<count>\d{{1,3}}|{number})"
    table: tuple[tuple[str, Callable[[re.Match[str], date | None], _Span | None]], ...] = (
        (_ISO.pattern, _iso),
        (r"(?P<year>1[0-9]{3}|20[0-9]{2})", _year),
        (r"(?P<decade>1[0-9]{2}0|20[0-9]0)s", _decade),
        (rf"(?P<month>{month})(?: of)? (?P<year>\d{{4}})", _month),
        (rf"(?P<month>{month})(?: of)? (?P<which>last|this|next) year", _month_of_year),
        (rf"(?P<month>{month}) {of_month}(?: (?P<year>\d{{4}}))?", _day_of_month),
        (rf"{of_month} (?:of )?(?P<month>{month})(?: (?P<year>\d{{4}}))?", _day_of_month),
        (rf"(?P<which>last|past|next|this|this past|this coming|coming) (?P<month>{month})", _relative_month),
        (rf"(?P<month>{month})", _relative_month),
        (rf"{weekday} (?P<rest>(?:{month}|\d).+)", _rest),
        (rf"(?P<which>last|past|next|this|this past|this coming|coming) (?P<weekday>{weekday})", _weekday),
        (rf"(?P<weekday>{weekday})(?: (?P<which>last|next) week)?", _weekday),
        (rf"(?P<day>{day})", _near_day),
        (r"overnight", _overnight),
        (rf"(?P<which>last|past|this|next|coming) (?P<unit>{unit})", _unit),
        (rf"(?P<unit>{_any_of('unit')})", _weekend),
        (rf"(?P<which>last|past|next|coming) {count} (?P<unit>{unit})", _stretch),
        (rf"(?:nearly |almost |about |some |exactly )?{count} (?P<unit>{unit}) ago", _ago),
        (rf"(?P<rest>.+) (?:{dayparts})", _rest),
        (rf"(?:before |after |since )?(?:{dayparts}|hours?) (?:on )?(?P<rest>.+)", _rest),
        (rf"(?P<edge>{edge}) (?:in |on |of )?(?:the )?(?P<rest>.+)", _edge),
        (r"since (?:the )?(?P<rest>.+)", _since),
        (r"(?:between|from) (?P<one>.+) (?:and|to) (?P<other>.+)", _between),
        (r"(?P<one>.+) (?:and|or|to) (?P<other>.+)", _between),
        (rf"(?P<month>{month}) (?P<one>\d{{1,2}})\s?-\s?(?P<other>\d{{1,2}})(?: (?P<year>\d{{4}}))?", _days_of_month),
        (r"(?P<one>\d{4}) ?- ?(?P<other>\d{4})", _between),
    )
    return tuple(_Rule(re.compile(pattern), read) for pattern, read in table)


def _iso(found: re.Match[str], _: date | None) -> _Span | None:
    year, month, day = found.groups()
    if day:
        return _one_day(date(int(year), int(month), int(day)))
    return _whole_month(int(year), int(month))


def _year(found: re.Match[str], _: date | None) -> _Span:
    return _whole_years(int(found["year"]), 1)


def _decade(found: re.Match[str], _: date | None) -> _Span:
    return _whole_years(int(found["decade"]), 10)


def _month(found: re.Match[str], _: date | None) -> _Span:
    return _whole_month(int(found["year"]), int(_table("month")[found["month"]]))


def _month_of_year(found: re.Match[str], published: date | None) -> _Span | None:
    if published is None:
        return None
    return _whole_month(published.year + _step(found["which"]), int(_table("month")[found["month"]]))


def _day_of_month(found: re.Match[str], published: date | None) -> _Span | None:
    month = int(_table("month")[found["month"]])
    day = int(_table("ordinal").get(found["day"], found["day"]))
    if found["year"]:
        return _one_day(date(int(found["year"]), month, day))
    return _one_day(_nearest(month, day, published)) if published else None


def _days_of_month(found: re.Match[str], published: date | None) -> _Span | None:
    month = int(_table("month")[found["month"]])
    first, last = int(found["one"]), int(found["other"])
    if found["year"]:
        return _Span(date(int(found["year"]), month, first), date(int(found["year"]), month, last))
    if published is None:
        return None
    start = _nearest(month, first, published)
    return _Span(start, start.replace(day=last))


def _relative_month(found: re.Match[str], published: date | None) -> _Span | None:
    if published is None:
        return None
    month = int(_table("month")[found["month"]])
    which = found.groupdict().get("which")
    if which == "this":
        return _whole_month(published.year, month)
    if which in ("next", "coming", "this coming"):
        return _whole_month(published.year + (month <= published.month), month)
    before = month > published.month or (which is not None and month == published.month)
    return _whole_month(published.year - before, month)


def _weekday(found: re.Match[str], published: date | None) -> _Span | None:
    if published is None:
        return None
    wanted = int(_table("weekday")[found["weekday"]])
    monday = _monday(published)
    which = found["which"]
    if found.group().endswith(" week"):
        return _one_day(monday + _DAY * (wanted + _WEEK * _step(which)))
    if which == "this":
        return _one_day(monday + _DAY * wanted)
    if which in ("next", "coming", "this coming"):
        return _one_day(published + _DAY * ((wanted - published.weekday() - 1) % _WEEK + 1))
    back = (published.weekday() - wanted) % _WEEK
    return _one_day(published - _DAY * (_WEEK if which and not back else back))


def _near_day(found: re.Match[str], published: date | None) -> _Span | None:
    return _one_day(published + _DAY * int(_table("day")[found["day"]])) if published else None


def _overnight(_: re.Match[str], published: date | None) -> _Span | None:
    return _Span(published - _DAY, published) if published else None


def _unit(found: re.Match[str], published: date | None) -> _Span | None:
    if published is None:
        return None
    unit = _table("unit")[found["unit"]]
    if found["which"] in ("past", "coming") and unit not in ("day", "weekend"):
        return _since_ago(1, unit, published) if found["which"] == "past" else _until(1, unit, published)
    return _containing(unit, published, _step(found["which"]))


def _weekend(found: re.Match[str], published: date | None) -> _Span | None:
    """Read ``the weekend``: the last one that had begun; other units without a word before them mean nothing."""
    if published is None or found["unit"] != "weekend":
        return None
    saturday = published - _DAY * ((published.weekday() - _SATURDAY) % _WEEK)
    return _Span(saturday, saturday + _DAY)


def _stretch(found: re.Match[str], published: date | None) -> _Span | None:
    if published is None:
        return None
    count, unit = _count(found["count"]), _table("unit")[found["unit"]]
    ahead = found["which"] in ("next", "coming")
    return _until(count, unit, published) if ahead else _since_ago(count, unit, published)


def _ago(found: re.Match[str], published: date | None) -> _Span | None:
    if published is None:
        return None
    count, unit = _count(found["count"]), _table("unit")[found["unit"]]
    if unit == "week":
        day = published - _DAY * _WEEK * count
        return _Span(day - _DAY * 3, day + _DAY * 3)
    return None if unit == "weekend" else _containing(unit, published, -count)


def _rest(found: re.Match[str], published: date | None) -> _Span | None:
    return _read(_normal(found["rest"]), published)


def _edge(found: re.Match[str], published: date | None) -> _Span | None:
    span = _read(_normal(found["rest"]), published)
    if span is None:
        return None
    edge = _table("edge")[found["edge"]]
    if edge in ("earlier", "later"):
        return _cut(span, edge, published)
    return _part(span, edge)


def _since(found: re.Match[str], published: date | None) -> _Span | None:
    span = _read(_normal(found["rest"]), published)
    return _Span(span.first, published) if span and published else None


def _between(found: re.Match[str], published: date | None) -> _Span | None:
    year = _LAST_YEAR.search(found["other"])
    lacks_year = year and not _LAST_YEAR.search(found["one"])
    one = _read(_normal(found["one"] + (year.group() if year and lacks_year else "")), published)
    other = _read(_normal(found["other"]), published)
    if one is None or other is None:
        return None
    return _Span(min(one.first, other.first), max(one.last, other.last))


def _cut(span: _Span, edge: str, published: date | None) -> _Span:
    """Return the part of a span before or after the day of publication, where that lies within it."""
    if published is None or not span.first <= published <= span.last:
        return span
    return _Span(span.first, published) if edge == "earlier" else _Span(published, span.last)


def _part(span: _Span, edge: str) -> _Span:
    """Return the first, middle or last third of a month or longer; a shorter span stays whole."""
    days = (span.last - span.first).days + 1
    if days <= _WEEK:
        return span
    if days <= 31:
        thirds = {"early": (0, 9), "mid": (10, 19), "late": (20, days - 1)}
        begin, end = thirds[edge]
        return _Span(span.first + _DAY * begin, span.first + _DAY * end)
    third = round(days / 3)
    bounds = {"early": (0, third), "mid": (third, days - third), "late": (days - third, days)}
    begin, end = bounds[edge]
    return _Span(span.first + _DAY * begin, span.first + _DAY * (end - 1))


def _containing(unit: str, day: date, step: int) -> _Span:
    """Return the day, week, weekend, month, year or decade of ``day``, moved by ``step`` of them."""
    if unit == "day":
        return _one_day(day + _DAY * step)
    if unit in ("week", "weekend"):
        monday = _monday(day) + _DAY * _WEEK * step
        return _Span(monday + _DAY * (_SATURDAY if unit == "weekend" else 0), monday + _DAY * (_WEEK - 1))
    if unit == "month":
        years, month = divmod(day.year * 12 + day.month - 1 + step, 12)
        return _whole_month(years, month + 1)
    if unit == "year":
        return _whole_years(day.year + step, 1)
    return _whole_years((day.year // 10 + step) * 10, 10)


def _since_ago(count: int, unit: str, published: date) -> _Span:
    return _Span(_moved(published, -count, unit), published)


def _until(count: int, unit: str, published: date) -> _Span:
    return _Span(published, _moved(published, count, unit))


def _moved(day: date, count: int, unit: str) -> date:
    if unit in ("day", "week", "weekend"):
        return day + _DAY * count * (1 if unit == "day" else _WEEK)
    months = count * {"month": 1, "year": 12, "decade": 120}[unit]
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _nearest(month: int, day: int, published: date) -> date:
    """Return the nearest such day; one to come counts as twice as far, as the news tells mostly of what has been."""
    candidates = [_valid(published.year + step, month, day) for step in (-1, 0, 1)]
    known = [candidate for candidate in candidates if candidate is not None]
    if not known:
        raise ValueError(f"no day {day} in month {month} near {published}")
    return min(known, key=lambda day: max(published - day, 2 * (day - published)))


def _valid(year: int, month: int, day: int) -> date | None:
    fits = 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
    return date(year, month, day) if fits else None


def _count(word: str) -> int:
    return int(_table("number").get(word, word))


def _step(which: str) -> int:
    return {"last": -1, "past": -1, "this": 0, "next": 1, "coming": 1}[which]


def _monday(day: date) -> date:
    return day - _DAY * day.weekday()


def _one_day(day: date) -> _Span:
    return _Span(day, day)


def _whole_month(year: int, month: int) -> _Span:
    return _Span(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def _whole_years(year: int, count: int) -> _Span:
    return _Span(date(year, 1, 1), date(year + count - 1, 12, 31))
