"""Page furniture in plain text: menu lines, sharing links, advertising labels, picture credits.

What phrases are furniture is data (``lexicons/furniture.tsv``); where they count as such is said here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from kg import resources
from kg.records import Span

if TYPE_CHECKING:
    from collections.abc import Callable

_LEXICON: Final = "lexicons/furniture.tsv"
_ORNAMENT: Final = " \t\r\n\f\v\u00a0\u200b\ufeff•·|›»‹«>*#_-–—:.…!×+▼▲→←"
# Longer lines are sentences, whatever they begin with.
_LINE_WORDS: Final = 25
_CREDIT_WORDS: Final = 10
_NAME_WORDS: Final = 4

_BRACKET_AT_END: Final = re.compile(r"[(\[]([^()\[\]]{1,100})[)\]]$")
_DATELINE: Final = re.compile(r"\s*(?:[^\W\d_][^()\[\]]{0,60})?([(\[]([^()\[\]]{2,40})[)\]]\s*[-–—])")
_CREDIT_SEPARATOR: Final = re.compile(r"\s*(?:[/,|;:•©]|\bvia\b|\bfor\b|\bby\b)\s*", re.IGNORECASE)
# A credit without brackets stands alone, or after the end of the caption's sentence.
_AFTER_CAPTION: Final = r"(?:^\s*|(?<=[.!?)\]”\"’'|–—-])\s+|\s{2,})"
_SIGNATURE: Final = re.compile(_AFTER_CAPTION + r"(©[^.]{1,80}|[^\s/.][^/.]{0,60}(?:/[^/.]{1,60})+)$")
_BYLINE: Final = re.compile(r"\s*by\s+(\S.*?)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Phrases:
    lines: frozenset[str]
    starts: tuple[str, ...]
    agencies: frozenset[str]
    credit: re.Pattern[str]


def find_furniture(text: str) -> tuple[Span, ...]:
    r"""Return the stretches of ``text`` that are page furniture, in order and without overlap.

    >>> text = "Skip to main content\nThe ministers in Geneva on Monday (AFP)\nThe talks go on."
    >>> [span.of(text) for span in find_furniture(text)]
    ['Skip to main content', '(AFP)']
    """
    phrases = _phrases()
    spans: list[Span] = []
    begin = 0
    for line in text.splitlines(keepends=True):
        found = _in_line(line, phrases)
        spans.extend(Span(begin + span.begin, begin + span.end) for span in found)
        begin += len(line)
    return tuple(spans)


def _in_line(line: str, phrases: _Phrases) -> tuple[Span, ...]:
    body = Span(len(line) - len(line.lstrip()), len(line.rstrip()))
    if body.begin >= body.end:
        return ()
    if any(is_furniture(line, phrases) for is_furniture in _WHOLE_LINE):
        return (body,)
    dateline = _dateline(line, phrases)
    credit = _credit(line[: body.end], phrases)
    return tuple(span for span in (dateline, credit) if span is not None)


def _is_phrase(line: str, phrases: _Phrases) -> bool:
    return _plain(line) in phrases.lines


def _begins_with_phrase(line: str, phrases: _Phrases) -> bool:
    if len(line.split()) > _LINE_WORDS:
        return False
    plain = " ".join(line.casefold().split()).lstrip(_ORNAMENT)
    return any(_follows(plain, start) for start in phrases.starts)


def _follows(line: str, start: str) -> bool:
    """Say whether ``line`` begins with ``start`` and not with a longer word."""
    rest = line.removeprefix(start)
    return len(rest) < len(line) and not (start[-1].isalpha() and rest[:1].isalnum())


def _is_agency(line: str, phrases: _Phrases) -> bool:
    return _names_agency(line.strip(_ORNAMENT), phrases)


def _is_byline(line: str, phrases: _Phrases) -> bool:
    """Say whether the line is "By" and one or two people's names."""
    found = _BYLINE.match(line)
    if found is None or found[1][-1] in ".!?,;:":
        return False
    people = re.split(r"\s+and\s+|\s*[,|/&]\s*", found[1])
    return all(_is_name(person) or _names_agency(person, phrases) for person in people)


def _is_name(words: str) -> bool:
    parts = words.split()
    return 2 <= len(parts) <= _NAME_WORDS and all(part[0].isupper() for part in parts)


_WHOLE_LINE: Final[tuple[Callable[[str, _Phrases], bool], ...]] = (
    _is_phrase,
    _begins_with_phrase,
    _is_agency,
    _is_byline,
)


def _dateline(line: str, phrases: _Phrases) -> Span | None:
    """Return the agency of a dateline: ``(Reuters) -`` in "GENEVA (Reuters) - The talks"."""
    found = _DATELINE.match(line)
    return Span(*found.span(1)) if found and _names_agency(found[2], phrases) else None


def _credit(line: str, phrases: _Phrases) -> Span | None:
    """Return the picture credit that ends a line, as ``(AFP)``, ``Photo: Jane Doe`` or ``Jane Doe/Reuters``."""
    bracket = _BRACKET_AT_END.search(line)
    if bracket and _is_credit(bracket[1], phrases) and not _is_abbreviation(line[: bracket.start()], bracket[1]):
        return Span(*bracket.span())
    labelled = phrases.credit.search(line)
    if labelled and len(labelled[1].split()) <= _CREDIT_WORDS:
        return Span(*labelled.span(1))
    signature = _SIGNATURE.search(line)
    if signature and _is_signature(signature[1], phrases):
        return Span(*signature.span(1))
    return None


def _is_credit(words: str, phrases: _Phrases) -> bool:
    if phrases.credit.match(words.strip()):
        return True
    return any(_names_agency(part, phrases) for part in _CREDIT_SEPARATOR.split(words))


def _is_signature(words: str, phrases: _Phrases) -> bool:
    parts = [part for part in _CREDIT_SEPARATOR.split(words) if part]
    agencies = [part for part in parts if _names_agency(part, phrases)]
    return bool(agencies) and all(part in agencies or _is_name(part) for part in parts)


def _is_abbreviation(before: str, words: str) -> bool:
    """Say whether a bracket explains the name before it, as in "the Associated Press (AP)"."""
    initials = [part[0].casefold() for part in re.findall(r"\w+", before)]
    short = words.strip().casefold()
    return short.isalnum() and "".join(initials).endswith(short)


def _names_agency(words: str, phrases: _Phrases) -> bool:
    return words.strip() in phrases.agencies


def _plain(line: str) -> str:
    return " ".join(line.strip(_ORNAMENT).casefold().split())


@cache
def _phrases() -> _Phrases:
    by_kind: dict[str, list[str]] = {"line": [], "start": [], "agency": [], "credit": []}
    for row in resources.read_tsv(_LEXICON):
        by_kind[row["kind"]].append(row["phrase"])
    labels = "|".join(re.escape(phrase) for phrase in sorted(by_kind["credit"], key=len, reverse=True))
    return _Phrases(
        lines=frozenset(_plain(phrase) for phrase in by_kind["line"]),
        starts=tuple(phrase.casefold() for phrase in by_kind["start"]),
        agencies=frozenset(form for phrase in by_kind["agency"] for form in (phrase, phrase.upper())),
        credit=re.compile(
            _AFTER_CAPTION + rf"((?i:{labels})\s*(?:[:/©]|(?i:by|of)\b)\s*[^\W\d_a-z].{{0,80}})$",
        ),
    )
