"""Actor and agent dictionaries of the PETRARCH event coders, such as Phoenix's, read as they are.

The format, after the PETRARCH2 manual ("PETRARCH Dictionary Formats") and what the coders accept::

    AFGHANISTAN_ [AFG]                an actor with its code
    +AFGHAN_                          another name of it
    +KABUL_ +HERAT_                   two more
    HAMID_KARZAI_                     an actor whose codes follow,
        [AFGGOV 20011222-140929]      each with the days that it holds, both inclusive,
        [AFGELI <011222]              or up to a day, or from a day (>) on,
        [AFGELI]                      or else
    !PERSON! = MAN, WOMAN             what ``!PERSON!`` stands for in the lines after this one
    CONGRESS!PERSON! [~LEG]           agents: congressman, congresswoman (no plurals are made of them)
    SOLDIER [~MIL]                    soldier, soldiers
    ATTORNEY_GENERAL {ATTORNEYS_GENERAL} [~JUD]
    POLICE {} [~COP]                  no plural

``_``, ``=`` and blanks join words, capitals do not matter. ``#`` and ``;`` begin comments, and so does a ``<`` that
begins a line; ``<!--`` begins one that ends with ``-->``. Years of two digits up to 30 are of this century. A blank,
which lets the coders pass over other words, joins as strictly as ``_`` here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.errors import LexiconError
from kg.lexicon import gazetteer
from kg.resolve.cameo import NULL, decode
from kg.resolve.entries import Agent, Dictionary, Entry, SkippedLine, Term
from kg.resolve.names import key, words
from kg.resolve.organisations import abbreviation, organisations
from kg.resolve.people import people

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.resolve.cameo import CodedActor

LONGEST_LINE: Final = 4096
"""Characters of a line; what is longer is no entry."""

_MOST_FORMS: Final = 256
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_XML_COMMENT: Final = re.compile(r"<!--.*?-->")
_COMMENT: Final = re.compile(r"[#;].*")
_CODE: Final = re.compile(r"\[([^\]\[}]*)[\]}]")
_MARKER: Final = re.compile(r"!(\w+)!")
_DEFINITION: Final = re.compile(r"!(\w+)!\s*=(.*)")
_PLURAL: Final = re.compile(r"\{([^}]*)\}")
_JOINS: Final = re.compile(r"[_=\s]+")
_SYNONYMS: Final = re.compile(r"\s\+")
_ASIDE: Final = re.compile(r"\s*\([^)]*\)?")
_DATE: Final = re.compile(r"([0-9]{4}|[0-9]{2})([0-9]{2})([0-9]{2})")
_LAST_YEAR_OF_THIS_CENTURY: Final = 30
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NUMERALS: Final = frozenset({"I", "II", "III", "IV", "VI", "VII", "VIII", "IX", "XI", "XII", "XIV", "XVI"})
_VOWEL: Final = re.compile("[AEIOUYÀ-Ý]")
_SMALL: Final = frozenset({"of", "the", "and", "for", "in", "on", "to", "by", "at", "with", "or", "against"})


def read(data: bytes, path: str) -> Dictionary:
    """Read a dictionary; ``path`` is what its lines are called by. Lines that cannot be used are listed and skipped."""
    reader = _Reader(path)
    for number, line in _lines(data, reader):
        try:
            reader.read(number, line)
        except LexiconError as error:
            reader.skip(number, str(error))
    reader.close()
    reader.skipped.sort(key=lambda skipped: skipped.line)
    return Dictionary(tuple(reader.entries), tuple(reader.agents), tuple(reader.skipped), reader.silent)


class _Coded(NamedTuple):
    actor: CodedActor
    since: date | None
    until: date | None


@dataclass(slots=True)
class _Actor:
    """The actor being read."""

    line: int
    forms: list[str]
    codes: list[_Coded] = field(default_factory=list)
    coded: bool = False


@dataclass(slots=True)
class _Reader:
    path: str
    entries: list[Entry] = field(default_factory=list)
    agents: list[Agent] = field(default_factory=list)
    skipped: list[SkippedLine] = field(default_factory=list)
    silent: int = 0
    markers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    actor: _Actor | None = None

    def skip(self, number: int, reason: str) -> None:
        self.skipped.append(SkippedLine(self.path, number, reason))

    def read(self, number: int, line: str) -> None:
        bare = line.strip()
        if definition := _DEFINITION.fullmatch(bare):
            self._define(definition[1], definition[2])
        elif bare.startswith("["):
            self._codes(number, bare)
        elif bare.startswith("+"):
            self._synonyms(number, bare)
        elif any("~" in code for code in _CODE.findall(bare)):
            self.close()
            self._agent(bare)
        else:
            self.close()
            name = _form(bare)
            self.actor = _Actor(number, [name])
            self._codes(number, bare)

    def close(self) -> None:
        """Make an entry of the actor that was being read."""
        actor, self.actor = self.actor, None
        if actor is None:
            return
        if not actor.coded:
            self.skip(actor.line, f"{actor.forms[0]!r} has no code")
        elif any(code.actor.country or code.actor.sector for code in actor.codes):
            self.entries.append(_entry(actor))
        else:
            self.silent += 1

    def _define(self, marker: str, values: str) -> None:
        found = tuple(value.strip() for value in values.split(",") if value.strip())
        if not found:
            raise LexiconError(f"!{marker}! stands for nothing")
        self.markers[marker.upper()] = found

    def _codes(self, number: int, line: str) -> None:
        found = _CODE.findall(line)
        if self.actor is None:
            raise LexiconError("a code without an actor before it")
        self.actor.coded = self.actor.coded or "[" in line
        if "[" in line and not found:
            raise LexiconError("a bracket without its end")
        for code in found:
            try:
                self.actor.codes += _coded(code)
            except LexiconError as error:
                self.skip(number, str(error))

    def _synonyms(self, number: int, line: str) -> None:
        if self.actor is None:
            raise LexiconError("a synonym without an actor before it")
        for part in _SYNONYMS.split(line[1:]):
            self.actor.forms.append(_form(part))
        if "[" in line:
            self._codes(number, line)

    def _agent(self, line: str) -> None:
        phrase, code = line.partition("[")[0], _CODE.findall(line)[0]
        plural = _PLURAL.search(phrase)
        phrase = _PLURAL.sub(" ", phrase)
        marked = _MARKER.search(phrase) is not None
        forms = [_spelt(form) for form in self._expanded(phrase)]
        if plural:
            forms += [_spelt(plural[1])] if plural[1].strip() else []
        elif not marked:
            forms.append(_plural(forms[0]))
        if not all(forms):
            raise LexiconError("a code without an agent before it")
        if sector := decode(code.strip().replace("~", "")).sector:
            self.agents.append(Agent(tuple(dict.fromkeys(form.lower() for form in forms)), sector))
        else:
            self.silent += 1

    def _expanded(self, phrase: str) -> list[str]:
        """Return a phrase with each of its markers replaced by each of what they stand for."""
        found = _MARKER.search(phrase)
        if found is None:
            return [phrase]
        values = self.markers.get(found[1].upper())
        if values is None:
            known = ", ".join(f"!{marker}!" for marker in sorted(self.markers)) or "none"
            raise LexiconError(f"!{found[1]}! stands for nothing; defined before this line: {known}")
        rest = self._expanded(phrase[found.end() :])
        forms = [phrase[: found.start()] + value + tail for value in values for tail in rest]
        if len(forms) > _MOST_FORMS:
            raise LexiconError(f"the markers stand for more than {_MOST_FORMS} phrases")
        return forms


def _lines(data: bytes, reader: _Reader) -> Iterator[tuple[int, str]]:
    """Yield the lines that say something, with their numbers, without comments."""
    in_comment = False
    for number, raw in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if len(raw) > LONGEST_LINE:
            reader.skip(number, f"longer than {LONGEST_LINE} bytes")
            continue
        try:
            line = raw.decode("utf-8").removesuffix("\r")
        except UnicodeDecodeError as error:
            reader.skip(number, f"not UTF-8 at byte {error.start + 1}")
            continue
        if in_comment:
            in_comment = "-->" not in line
            line = line.partition("-->")[2]
        if "<!--" in line:
            line, opened, _ = _XML_COMMENT.sub(" ", line).partition("<!--")
            in_comment = bool(opened)
        if "#" in line or ";" in line:
            line = _COMMENT.sub("", line)
        if control := _CONTROL.search(line):
            reader.skip(number, f"control character U+{ord(control[0]):04X}")
        elif line.strip() and not line.startswith("<"):
            yield number, line


def _form(line: str) -> str:
    """Return the name that a line begins with, words joined by blanks."""
    name = _spelt(line.partition("[")[0].strip().partition("\t")[0])
    if not any(map(str.isalnum, name)):
        raise LexiconError("no name")
    return name


def _spelt(phrase: str) -> str:
    return _JOINS.sub(" ", phrase).strip()


def _plural(phrase: str) -> str:
    if phrase[-1:].upper() == "Y":
        return f"{phrase[:-1]}IES"
    return f"{phrase}ES" if phrase[-2:].upper() == "SS" else f"{phrase}S"


def _coded(text: str) -> list[_Coded]:
    """Return the code of ``text``, ``CODE`` or ``CODE dates``, and its days; nothing for the null code."""
    code, _, days = text.strip().partition(" ")
    since, until = _days(days.replace(" ", ""))
    return [] if code == NULL else [_Coded(decode(code), since, until)]


def _days(text: str) -> tuple[date | None, date | None]:
    if not text:
        return None, None
    if text[0] in "<>":
        day = _day(text[1:])
        return (None, day) if text[0] == "<" else (day, None)
    begin, dash, end = text.partition("-")
    if not dash:
        raise LexiconError(f"dates {text!r} are none of <date, >date and date-date")
    since, until = _day(begin), _day(end)
    if until < since:
        raise LexiconError(f"dates {text!r} end before they begin")
    return since, until


def _day(text: str) -> date:
    found = _DATE.fullmatch(text)
    try:
        if found is None:
            raise ValueError(text)
        year, month, day = map(int, found.groups())
        if len(found[1]) == 2:
            year += 2000 if year <= _LAST_YEAR_OF_THIS_CENTURY else 1900
        return date(year, month, day)
    except ValueError:
        raise LexiconError(f"date {text!r} is no YYMMDD or YYYYMMDD") from None


def _entry(actor: _Actor) -> Entry:
    types = {code.actor.type for code in actor.codes}
    dated = any(code.since or code.until for code in actor.codes)
    # Dates are those of somebody's offices: who has several is no organisation.
    likely = types.pop() if len(types) == 1 and not (dated and "STATE" not in types) else None
    forms = dict.fromkeys(form for each in actor.forms for form in (each, *_without_aside(each)))
    return Entry(
        name=_name(actor),
        forms=tuple(forms),
        terms=tuple(Term(code.actor.country, code.actor.sector, code.since, code.until) for code in actor.codes),
        likely=likely,
        cased=False,
    )


def _without_aside(form: str) -> tuple[str, ...]:
    """Return a name without what it has in parentheses, as ``ANIMAL LIBERATION FRONT (ALF)``."""
    bare = _ASIDE.sub("", form).strip() if "(" in form else ""
    return (bare,) if any(map(str.isalnum, bare)) else ()


def _name(actor: _Actor) -> str:
    """Return the actor's name as kg's own lexicons write it, where they know it; else in capitals and small letters."""
    countries = {code.actor.country for code in actor.codes}
    found: set[str] = set()
    for form in actor.forms:
        found.update(_known(form, countries))
        if len(found) == 1 and form == actor.forms[0]:
            break
    if len(found) == 1:
        return found.pop()
    first = actor.forms[0]
    return capitalised(next(iter(_without_aside(first)), first))


def _known(form: str, countries: set[str]) -> Iterator[str]:
    """Yield the names of those of ours who are called so, and are of these states where both have one."""
    at, ours = key(form), organisations()
    named = ours.anywhere.get(at) or (() if " " in form else ours.abbreviations.get(abbreviation(form.upper()), ()))
    for organisation in named:
        if not organisation.iso3 or organisation.iso3 in countries or countries == {""}:
            yield organisation.name
    for person in people().full.get(at, ()):
        if not person.states or person.states & countries or countries == {""}:
            yield person.name


def capitalised(form: str) -> str:
    """Return a name that is all in capitals as running text may write it; words without a vowel stay as they are.

    >>> capitalised("LIBERATION TIGERS OF TAMIL EELAM"), capitalised("PKK LEADER"), capitalised("JOHN F. O'NEILL")
    ('Liberation Tigers of Tamil Eelam', 'PKK Leader', "John F. O'Neill")
    """
    if form.upper() != form:
        return form
    first, *others = form.split()
    return " ".join([_capitalised(first), *map(_inner, others)])


def _inner(word: str) -> str:
    lower = word.lower()
    return lower if lower in _SMALL or lower in words("particle") else _capitalised(word)


def _capitalised(word: str) -> str:
    bare = word.strip(",.'")
    if "." in bare or bare in _NUMERALS or bare in gazetteer().abbreviations or not _VOWEL.search(bare):
        return word
    return word.capitalize() if word.isalpha() else _WORD.sub(lambda found: _with_capital(found[0]), word)


def _with_capital(word: str) -> str:
    lower = word.lower()
    if lower[:2] in ("o'", "d'") and len(lower) > 3:
        return lower[:2].capitalize() + lower[2:].capitalize()
    return lower.capitalize()
