"""SPARQL text to a parse tree, with the place of a syntax error.

rdflib's parser reports where the broken clause begins. The furthest token that failed says more, so on an error
the text is parsed once more by a copy of the grammar that keeps track of it.
"""

from __future__ import annotations

import copy
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pyparsing
from rdflib.plugins.sparql import parser

from kg.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHOWN = 24


def parse(text: str) -> pyparsing.ParseResults:
    """Return the parse tree of a SPARQL query: its prologue and its one query.

    Raises:
        QueryError: a syntax error, with its line and column, or an update.

    """
    try:
        return parser.parseQuery(text)
    except pyparsing.ParseException as error:
        if _is_update(text):
            raise QueryError("the query is an update: a graph can only be read, with SELECT, ASK ...") from error
        raise QueryError(_syntax_message(parser.expandUnicodeEscapes(text), error.loc)) from error
    except RecursionError as error:
        raise QueryError("the query is nested too deeply") from error
    except ValueError as error:
        raise QueryError(f"the query cannot be read: {error}") from error


def _is_update(text: str) -> bool:
    try:
        return bool(parser.parseUpdate(text).request)
    except (pyparsing.ParseException, RecursionError):
        return False


def _syntax_message(text: str, begin: int) -> str:
    at = max(begin, _furthest(text))
    rest = text[at:].split()
    found = f"unexpected {_shorten(rest[0])!r}" if rest else "the query ends too early"
    at = at if rest else len(text.rstrip())
    return f"syntax error in the query, {place(at, text)}: {found}"


def place(at: int, text: str) -> str:
    r"""Return in words where a character of a text is.

    >>> place(8, "SELECT *\n{ ?a ?b ?c }"), place(9, "SELECT *\n{ ?a ?b ?c }")
    ('line 1, column 9', 'line 2, column 1')
    """
    return f"line {pyparsing.lineno(at, text)}, column {pyparsing.col(at, text)}"


def _shorten(word: str) -> str:
    return word if len(word) <= _SHOWN else f"{word[:_SHOWN]}..."


def _furthest(text: str) -> int:
    """Return the offset of the last token at which any branch of the grammar still failed."""
    reached = [0]

    def note(_text: str, offset: int, _element: pyparsing.ParserElement, _error: Exception) -> None:
        reached[0] = max(reached[0], offset)

    grammar = copy.deepcopy(parser.Query)
    for element in _elements(grammar):
        if isinstance(element, pyparsing.Token):
            element.set_fail_action(note)
    with suppress(pyparsing.ParseException, RecursionError):
        grammar.parse_string(text, parse_all=True)
    return reached[0]


def _elements(grammar: pyparsing.ParserElement) -> Iterator[pyparsing.ParserElement]:
    seen: set[int] = set()
    waiting: list[Any] = [grammar]
    while waiting:
        element = waiting.pop()
        if id(element) not in seen:
            seen.add(id(element))
            waiting.extend(element.recurse())
            yield element
