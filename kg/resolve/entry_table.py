"""The project's own format of a user's lexicon: a table of actors, its columns separated by tabs.

The first line that is neither empty nor a comment (``#``) names the columns, in any order:

    name      what the actor is called in the graph; a name of the actor too
    type      one of the actor types, as ``PERSON`` or ``ARMED_GROUP``
    aliases   other names, between ``|``; none that may mean somebody else
    country   ISO 3166-1 alpha-3 code
    sector    one of PLOVER's sectors
    from, until   the days, both inclusive, that country and sector hold: ``2009``, ``2009-01`` or ``2009-01-20``
    same_as   IRIs of the actor elsewhere, between ``|``
    source, note  for the reader

Only ``name`` and ``type`` must be there. Rows of one name and type are one actor at different times.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, cast

from kg.calendar.days import written
from kg.errors import LexiconError
from kg.identifiers import is_iri
from kg.lexicon import gazetteer
from kg.records import ACTOR_TYPES, SECTORS
from kg.resolve.entries import Entry, Term
from kg.resolve.names import key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.calendar.days import Days
    from kg.records import ActorType

LONGEST_LINE: Final = 65_536
"""Bytes of a line."""

_REQUIRED: Final = ("name", "type")
_COLUMNS: Final = (*_REQUIRED, "aliases", "country", "sector", "from", "until", "same_as", "source", "note")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


def read(data: bytes, path: str) -> tuple[Entry, ...]:
    """Read a table; ``path`` is what it is called.

    Raises:
        LexiconError: a line cannot be used: the message names it.
    """
    lines = list(_lines(data, path))
    if not lines:
        raise LexiconError(f"{path}: empty; the first line names the columns: {', '.join(_COLUMNS)}")
    (number, header), *rows = lines
    _check_header(header, f"{path}:{number}")
    actors: dict[tuple[str, str], list[Entry]] = {}
    for number, cells in rows:
        entry = _entry(header, cells, f"{path}:{number}")
        actors.setdefault((entry.name, cast("str", entry.type)), []).append(entry)
    return tuple(_joined(entries) for entries in actors.values())


def _lines(data: bytes, path: str) -> Iterator[tuple[int, list[str]]]:
    for number, raw in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        where = f"{path}:{number}"
        if len(raw) > LONGEST_LINE:
            raise LexiconError(f"{where}: longer than {LONGEST_LINE} bytes; a line holds one actor")
        try:
            line = raw.decode("utf-8").removesuffix("\r")
        except UnicodeDecodeError as error:
            raise LexiconError(f"{where}: not UTF-8 at byte {error.start + 1}; save the table as UTF-8") from None
        if control := _CONTROL.search(line):
            raise LexiconError(f"{where}: control character U+{ord(control[0]):04X}; remove it")
        if line.strip() and not line.startswith("#"):
            yield number, [" ".join(cell.split()) for cell in line.split("\t")]


def _check_header(header: Sequence[str], where: str) -> None:
    for name in _REQUIRED:
        if name not in header:
            raise LexiconError(f"{where}: no column {name!r}; the first line names the columns, separated by tabs")
    for name in header:
        if name not in _COLUMNS:
            raise LexiconError(f"{where}: no such column: {name!r}; there are {', '.join(_COLUMNS)}")
    if len(set(header)) < len(header):
        raise LexiconError(f"{where}: a column is named twice")


def _entry(header: Sequence[str], cells: Sequence[str], where: str) -> Entry:
    if len(cells) > len(header):
        raise LexiconError(f"{where}: {len(cells)} cells for {len(header)} columns")
    row = dict(zip(header, [*cells, *[""] * (len(header) - len(cells))], strict=True))
    forms = dict.fromkeys([row["name"], *_several(row, "aliases")])
    for form in forms:
        if not key(form):
            raise LexiconError(f"{where}: {form!r} is no name; give one with letters")
    since, until = _days(row, "from", where), _days(row, "until", where)
    term = Term(
        _one_of(gazetteer().names, row, "country", where, "an ISO 3166-1 alpha-3 code, as FRA"),
        _one_of(SECTORS, row, "sector", where, f"one of {', '.join(SECTORS)}"),
        since.first if since else None,
        until.last if until else None,
    )
    if term.since and term.until and term.until < term.since:
        raise LexiconError(f"{where}: ends in {row['until']}, before it begins in {row['from']}")
    kind = _one_of(ACTOR_TYPES, row, "type", where, f"one of {', '.join(ACTOR_TYPES)}")
    if not kind:
        raise LexiconError(f"{where}: no type; give one of {', '.join(ACTOR_TYPES)}")
    return Entry(row["name"], tuple(forms), (term,), cast("ActorType", kind), None, _iris(row, where))


def _joined(entries: Sequence[Entry]) -> Entry:
    """Return the one actor that several rows speak of."""
    if len(entries) == 1:
        return entries[0]
    return Entry(
        name=entries[0].name,
        forms=_all(entry.forms for entry in entries),
        terms=tuple(term for entry in entries for term in entry.terms),
        type=entries[0].type,
        same_as=_all(entry.same_as for entry in entries),
    )


def _all(values: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for each in values for value in each))


def _several(row: Mapping[str, str], column: str) -> list[str]:
    return [part for cell in row.get(column, "").split("|") if (part := cell.strip())]


def _one_of(known: Iterable[str], row: Mapping[str, str], column: str, where: str, wanted: str) -> str:
    value = row.get(column, "")
    if value and value not in known:
        raise LexiconError(f"{where}: {column} {value!r}: give {wanted}")
    return value


def _iris(row: Mapping[str, str], where: str) -> tuple[str, ...]:
    found = _several(row, "same_as")
    for iri in found:
        if not is_iri(iri):
            raise LexiconError(f"{where}: same_as {iri!r} is no absolute http, https or urn IRI")
    return tuple(found)


def _days(row: Mapping[str, str], column: str, where: str) -> Days | None:
    """Return the days of the day, month or year in a cell, None of an empty one."""
    value = row.get(column, "")
    try:
        return written(value) if value else None
    except ValueError:
        raise LexiconError(f"{where}: {column} {value!r}: give a date as 2009, 2009-01 or 2009-01-20") from None
