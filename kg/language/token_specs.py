"""What a pattern says of one token, in the form of spaCy's ``Matcher``: checked, and kept within bounds.

Patterns may come from strangers. So that none can hold up the reading, a regular expression is refused where it could
try more than a few thousand ways to match a word, and ``*`` and ``+`` reach over a few words only.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from kg.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TokenSpec: TypeAlias = "Mapping[str, Any]"

LONGEST_WORD: Final = 64
"""Characters of the longest word that a regular expression is tried on."""

_LONGEST_STRING: Final = 200
_MOST_WORDS: Final = 1000
_MOST_TRIED: Final = 100
_MOST_WAYS: Final = 10_000
_REACH: Final = 8
_TEXTS: Final = frozenset(
    [
        "TEXT",
        "ORTH",
        "LOWER",
        "NORM",
        "LEMMA",
        "POS",
        "TAG",
        "MORPH",
        "DEP",
        "SHAPE",
        "ENT_TYPE",
        "ENT_IOB",
        "ENT_ID",
        "ENT_KB_ID",
    ]
)
_FLAGS: Final = frozenset(
    [
        "IS_ALPHA",
        "IS_ASCII",
        "IS_DIGIT",
        "IS_LOWER",
        "IS_UPPER",
        "IS_TITLE",
        "IS_PUNCT",
        "IS_SPACE",
        "IS_BRACKET",
        "IS_QUOTE",
        "IS_LEFT_PUNCT",
        "IS_RIGHT_PUNCT",
        "IS_CURRENCY",
        "IS_STOP",
        "IS_SENT_START",
        "SPACY",
        "LIKE_NUM",
        "LIKE_URL",
        "LIKE_EMAIL",
    ]
)
_ATTRIBUTES: Final = sorted({*_TEXTS, *_FLAGS, "LENGTH"})
_SETS: Final = ("IN", "NOT_IN", "IS_SUBSET", "IS_SUPERSET", "INTERSECTS")
_FUZZY: Final = ("FUZZY", *(f"FUZZY{edits}" for edits in range(1, 10)))
_COMPARISONS: Final = ("==", "!=", ">=", "<=", ">", "<")
_REPEATED: Final = re.compile(r"\{(\d{0,3})(,?)(\d{0,3})\}")
_SIGNS: Final = {"1": (1, 1), "!": (0, 0), "?": (0, 1), "*": (0, _REACH), "+": (1, _REACH)}
_PIECE: Final = re.compile(
    r"(?P<class>\[\^?\]?(?:\\.|[^\]\\])*\])|(?P<open>\((?:\?:)?(?!\?))|(?P<close>\))|(?P<bar>\|)"
    r"|(?P<times>[*+?]|\{\d+(?:,\d*)?\})|(?P<one>\\[^\dx\W]|\\\W|[^\\\[\](){}*+?|])",
    re.DOTALL,
)


class Occurrence(NamedTuple):
    """How often a token of a pattern may stand, at least and at most."""

    least: int
    most: int


def token_spec(value: object, where: str) -> tuple[TokenSpec, Occurrence]:
    """Return what a pattern says of a token, its attributes in capitals and without ``OP``, and how often it may stand.

    Args:
        value: A table as spaCy's ``Matcher`` takes it, ``{"LEMMA": {"IN": ["arm", "weapon"]}, "OP": "+"}``.
        where: File, pattern and key, for messages.

    Raises:
        ConfigError: If it is no such table, or beyond the limits.

    >>> token_spec({"LOWER": "arms", "OP": "?"}, "here")
    ({'LOWER': 'arms'}, Occurrence(least=0, most=1))
    """
    if not isinstance(value, Mapping):
        raise ConfigError(f"{where}: expected a table such as {{ LEMMA = 'arm' }}, found {value!r:.60}")
    spec: dict[str, Any] = {}
    occurrence = Occurrence(1, 1)
    for key, wanted in value.items():
        name = str(key).upper()
        if name == "OP":
            occurrence = _occurrence(wanted, where)
        elif name in _ATTRIBUTES:
            _check_value(name, wanted, f"{where}, {name}")
            spec[name] = _in_capitals(wanted)
        else:
            raise ConfigError(f"{where}: no token attribute {key!r}; {near(name, _ATTRIBUTES)}")
    return spec, occurrence


def uses_regex(spec: TokenSpec) -> bool:
    """Say whether a regular expression stands in what a pattern says of a token."""
    return any(isinstance(value, Mapping) and "REGEX" in value for value in spec.values())


def near(name: str, known: Iterable[str]) -> str:
    """Return what to say after an unknown name: those that come near, or all that are known.

    >>> near("LEMA", ["DEP", "LEMMA"])
    "did you mean 'LEMMA'?"
    >>> near("x", ["DEP", "LEMMA"])
    'known: DEP, LEMMA'
    """
    names = list(known)
    found = get_close_matches(name, names, n=2)
    return f"did you mean {' or '.join(map(repr, found))}?" if found else f"known: {', '.join(names) or 'none'}"


def _in_capitals(value: Any) -> Any:
    """Return a value with the operators in it in capitals."""
    return {str(key).upper(): _in_capitals(v) for key, v in value.items()} if isinstance(value, Mapping) else value


def _occurrence(value: object, where: str) -> Occurrence:
    if isinstance(value, str) and value in _SIGNS:
        return Occurrence(*_SIGNS[value])
    found = _REPEATED.fullmatch(value) if isinstance(value, str) else None
    if found is None or not (found[1] or found[3]):
        raise ConfigError(f"{where}, OP: expected !, ?, *, +, {{n}}, {{n,m}}, {{n,}} or {{,m}}, found {value!r:.60}")
    least = int(found[1] or 0)
    most = int(found[3]) if found[3] else least if not found[2] else max(_REACH, least)
    if not least <= most <= _REACH:
        raise ConfigError(f"{where}, OP: {value} repeats a token {most} times; {_REACH} is the most")
    return Occurrence(least, most)


def _check_value(name: str, value: object, where: str) -> None:
    if name in _FLAGS:
        if not isinstance(value, bool):
            raise ConfigError(f"{where}: expected true or false, found {value!r:.60}")
    elif name == "LENGTH":
        _check_number(value, where)
    else:
        _check_text(value, where)


def _check_number(value: object, where: str) -> None:
    for operator, number in value.items() if isinstance(value, Mapping) else [("==", value)]:
        if operator not in _COMPARISONS:
            raise ConfigError(f"{where}: no comparison {operator!r}; {near(str(operator), _COMPARISONS)}")
        if type(number) is not int:
            raise ConfigError(f"{where}: expected a whole number, found {number!r:.60}")


def _check_text(value: object, where: str) -> None:
    if not isinstance(value, Mapping):
        _check_string(value, where)
        return
    if not value:
        raise ConfigError(f"{where}: expected a string or an operator such as {{ IN = ['a', 'b'] }}, found nothing")
    for key, wanted in value.items():
        operator = str(key).upper()
        if operator in _SETS:
            _check_strings(wanted, f"{where}, {operator}")
        elif operator == "REGEX" or operator in _FUZZY:
            for text in _operands(wanted, f"{where}, {operator}"):
                _check_string(text, f"{where}, {operator}")
                if operator == "REGEX":
                    check_regex(text, f"{where}, {operator}")
        else:
            raise ConfigError(f"{where}: no operator {key!r}; {near(operator, [*_SETS, 'REGEX', *_FUZZY])}")


def _operands(value: object, where: str) -> Iterator[str]:
    """Give the strings that REGEX or FUZZY is to try: one, or those of a list under IN or NOT_IN."""
    if isinstance(value, Mapping):
        for key, wanted in value.items():
            if str(key).upper() not in ("IN", "NOT_IN"):
                raise ConfigError(f"{where}: no operator {key!r} here; known: IN, NOT_IN")
            _check_strings(wanted, where, _MOST_TRIED)
            yield from wanted
    else:
        _check_string(value, where)
        yield str(value)


def _check_strings(value: object, where: str, most: int = _MOST_WORDS) -> None:
    if not isinstance(value, list) or len(value) > most:
        raise ConfigError(f"{where}: expected a list of at most {most} strings, found {value!r:.60}")
    for item in value:
        _check_string(item, where)


def _check_string(value: object, where: str) -> None:
    if not isinstance(value, str) or len(value) > _LONGEST_STRING:
        raise ConfigError(f"{where}: expected a string of at most {_LONGEST_STRING} characters, found {value!r:.60}")


def check_regex(pattern: str, where: str) -> None:
    r"""Refuse a regular expression that is none, or may try too many ways to match a word.

    The ways are bounded from its form: alternatives add up, what follows one another multiplies, and an open
    repetition counts as many ways as a word has characters. Groups cannot be repeated.

    Raises:
        ConfigError: If it cannot be used.

    >>> check_regex(r"^(re|dis)?arms?$", "here")
    >>> check_regex(r"(a+)+$", "here")
    Traceback (most recent call last):
        ...
    kg.errors.ConfigError: here: '(a+)+$' repeats a group, which may take forever; name the words in IN
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            re.compile(pattern)
    except (re.error, RecursionError, OverflowError, Warning) as error:
        raise ConfigError(f"{where}: {pattern!r} is no regular expression: {error}") from error
    if _ways(pattern, where) > _MOST_WAYS:
        raise ConfigError(f"{where}: {pattern!r} can match in too many ways; use fewer of *, +, ? and |")


def _ways(pattern: str, where: str) -> int:
    """Return a bound on the ways in which a regular expression can match at one place of a word."""
    open_groups: list[list[int]] = [[1]]
    last, end = "", 0
    for piece in _PIECE.finditer(pattern):
        if piece.start() != end:
            break
        kind, end = str(piece.lastgroup), piece.end()
        if kind == "open":
            open_groups.append([1])
        elif kind == "close":
            ways = sum(open_groups.pop())
            open_groups[-1][-1] *= ways
        elif kind == "bar":
            open_groups[-1].append(1)
        elif kind == "times":
            if last == "close" and piece[0] != "?":
                raise ConfigError(f"{where}: {pattern!r} repeats a group, which may take forever; name the words in IN")
            open_groups[-1][-1] *= _times(piece[0])
        last = kind
    if end != len(pattern):
        raise ConfigError(
            f"{where}: {pattern!r} uses more than letters, classes, groups and repetitions at character {end + 1}"
        )
    return sum(open_groups[0])


def _times(sign: str) -> int:
    """Return in how many ways a repetition can match."""
    if sign == "?":
        return 2
    numbers = sign.strip("{}").split(",")
    if sign in "*+" or numbers[-1] == "":
        return LONGEST_WORD + 1
    return min(int(numbers[-1]) - int(numbers[0]), LONGEST_WORD) + 1
