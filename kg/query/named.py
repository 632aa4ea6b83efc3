"""The queries that ship with kg, each a file ``kg/data/queries/NAME.rq`` whose comments say what it is for.

::

    # Who met whom
    #
    # Every two actors between whom a meeting, visit or call took place.
    #
    # parameter actor: actor? - one of the two
    # parameter limit: integer = 50 - at most so many rows
    # example: actor=Putin

The first line is the title; ``?`` marks an optional parameter, ``=`` a default. A parameter ``x`` stands in the query
as ``VALUES ?x { UNDEF }``, so every file is a query of its own that asks about everything. ``limit`` sets LIMIT.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from kg import ontology, resources
from kg.errors import QueryError
from kg.query.engine import in_its_own_words, run_ours
from kg.query.explain import explain
from kg.query.parameters import TYPES, Parameter, Terms

if TYPE_CHECKING:
    from collections.abc import Mapping

    import rdflib

    from kg.query.table import Table

FOLDER: Final = "queries"
_SUFFIX: Final = ".rq"
_LIMIT: Final = "limit"
_WINDOW: Final = ("since", "until")
_PARAMETER: Final = re.compile(
    r"parameter (?P<name>\w+): (?P<type>[\w-]+)(?P<optional>\?)?(?: = (?P<default>\S+))? - (?P<description>.+)"
)
_SUBJECTS: Final = ("event", "relation")
_VARIABLE: Final = re.compile(r"\?(\w+)")
_SELECT: Final = re.compile(r"SELECT (?:DISTINCT )?")
_EXAMPLE: Final = re.compile(r"example:(?P<arguments>.*)")


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query that ships with kg. ``example`` are arguments to try it with; ``text`` is SPARQL without prefixes."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    example: tuple[tuple[str, str], ...]
    text: str

    @property
    def actors(self) -> tuple[Parameter, ...]:
        """The parameters that stand for actors."""
        return tuple(each for each in self.parameters if each.type == "actor")

    @property
    def subjects(self) -> tuple[str, ...]:
        """The variables of what each row is about, an event or a relation, which the answer leaves out."""
        head, _, where = self.text.partition("WHERE")
        if "GROUP BY" in where:
            return ()
        told, bound = (set(_VARIABLE.findall(part)) for part in (head, where))
        return tuple(name for name in _SUBJECTS if name in bound - told)

    @property
    def sparql(self) -> str:
        """The query for any SPARQL engine: with the prefixes that it uses, asking about everything."""
        used = ((prefix, iri) for prefix, iri in ontology.prefixes().items() if re.search(rf"\b{prefix}:", self.text))
        return "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in used) + self.text

    @property
    def help(self) -> str:
        """What the query answers, its parameters with their types, and an example; ends with a newline."""
        lines = [f"{self.name}: {self.title}", "", self.description, ""]
        for each in self.parameters:
            needed = "must be given" if each.required else f"{each.default} by default" if each.default else "optional"
            lines.append(f"  {each.name} ({each.type.replace('-', ' ')}, {needed}): {each.description}")
        given = "".join(f" --param {shlex.quote(f'{name}={value}')}" for name, value in self.example)
        return "\n".join(
            [*lines, *([""] if self.parameters else []), f"  kg query GRAPH --name {self.name}{given}", ""]
        )

    def run(
        self,
        graph: rdflib.Graph,
        arguments: Mapping[str, object] | None = None,
        *,
        timeout: float | None = None,
        subjects: bool = False,
    ) -> Table:
        """Answer the query about ``graph``.

        Args:
            graph: what is asked.
            arguments: for parameters by name, the value as a user writes it; None leaves a parameter out.
            timeout: the most seconds to take.
            subjects: whether :attr:`subjects` come first in each row; what differs in nothing else is then told apart.

        Raises:
            QueryError: a parameter is missing, unknown or of another type, or there is no answer in time.

        """
        terms, limit = self._given(graph, arguments)
        text = self.text
        if subjects:
            shown = "".join(f"?{name} " for name in self.subjects)
            text = _SELECT.sub(lambda found: found[0] + shown, text, count=1)
        return run_ours(graph, text, terms, limit=limit, timeout=timeout)

    def explain(self, graph: rdflib.Graph, arguments: Mapping[str, object] | None = None) -> str:
        """Return in words how the query would be answered; arguments and errors as for :meth:`run`."""
        terms, limit = self._given(graph, arguments)
        text = in_its_own_words(graph, self.text, terms, limit)
        return explain(graph, self.text, terms, limit=limit) if text is None else explain(graph, text)

    def _given(
        self, graph: rdflib.Graph, arguments: Mapping[str, object] | None
    ) -> tuple[dict[str, Terms], int | None]:
        terms = self._read(graph, {name: value for name, value in (arguments or {}).items() if value is not None})
        limit = terms.pop(_LIMIT, None)
        return terms, None if limit is None else int(str(limit[0]))

    def _read(self, graph: rdflib.Graph, arguments: Mapping[str, object]) -> dict[str, Terms]:
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in arguments:
            if name not in known:
                raise QueryError(f"query {self.name} has no parameter {name!r}; it has {', '.join(known) or 'none'}")
        missing = [name for name, parameter in known.items() if parameter.required and name not in arguments]
        if missing:
            raise QueryError(f"query {self.name} needs a value for {', '.join(missing)}: {self._usage()}")
        values = {name: arguments.get(name, parameter.default) for name, parameter in known.items()}
        terms = {name: known[name].read(graph, value) for name, value in values.items() if value is not None}
        _check_window(terms)
        return terms

    def _usage(self) -> str:
        wanted = ", ".join(f"{each.name} ({each.description})" for each in self.parameters if each.required)
        return f"give {wanted}, for example {' '.join(f'{name}={shlex.quote(value)}' for name, value in self.example)}"


def named(graph: rdflib.Graph, name: str, /, **arguments: object) -> Table:
    """Answer the named query ``name`` about ``graph``; its parameters are keyword arguments.

    Raises:
        QueryError: there is no such query, or a parameter is missing, unknown or of another type.

    """
    return load(name).run(graph, arguments)


@cache
def names() -> tuple[str, ...]:
    """Return the names of the queries that ship with kg, sorted."""
    return tuple(name.removesuffix(_SUFFIX) for name in resources.names(FOLDER, _SUFFIX))


@cache
def load(name: str) -> NamedQuery:
    """Return the query of that name.

    Raises:
        QueryError: there is none; the message lists those there are.

    """
    if name not in names():
        near = get_close_matches(name, names(), n=3)
        hint = f"did you mean {' or '.join(near)}? " if near else ""
        raise QueryError(f"no query is named {name!r}; {hint}known: {', '.join(names())}")
    return parse_named(name, resources.read_text(f"{FOLDER}/{name}{_SUFFIX}"))


def parse_named(name: str, text: str) -> NamedQuery:
    """Return the named query that the file text ``text`` holds.

    Raises:
        QueryError: its comments are not as the module describes.

    """
    lines = text.splitlines()
    header = [line.removeprefix("#").strip() for line in takewhile(lambda line: line.startswith("#"), lines)]
    if not header or not header[0]:
        raise QueryError(f"query {name}: the first line is no comment with a title")
    examples = [match["arguments"] for match in map(_EXAMPLE.fullmatch, header) if match]
    if len(examples) != 1:
        raise QueryError(f"query {name}: {len(examples)} lines begin with 'example:', not one")
    prose = [line for line in header[1:] if not line.startswith(("parameter ", "example:"))]
    return NamedQuery(
        name=name,
        title=header[0],
        description=" ".join(" ".join(prose).split()),
        parameters=tuple(_parameter(name, line) for line in header if line.startswith("parameter ")),
        example=tuple(_argument(name, word) for word in shlex.split(examples[0])),
        text="\n".join(lines[len(header) :]).strip() + "\n",
    )


def _check_window(terms: Mapping[str, Terms]) -> None:
    (first,), (last,) = (terms.get(name) or (None,) for name in _WINDOW)
    if first is not None and last is not None and str(first) > str(last):
        raise QueryError(f"the window ends on {last}, before it begins on {first}")


def _parameter(query: str, line: str) -> Parameter:
    match = _PARAMETER.fullmatch(line)
    if match is None or match["type"] not in TYPES:
        raise QueryError(
            f"query {query}: {line!r} is not as 'parameter NAME: TYPE - DESCRIPTION'; types: {', '.join(TYPES)}"
        )
    return Parameter(match["name"], match["type"], match["description"], bool(match["optional"]), match["default"])


def _argument(query: str, word: str) -> tuple[str, str]:
    name, equals, value = word.partition("=")
    if not equals:
        raise QueryError(f"query {query}: {word!r} in the example is not as NAME=VALUE")
    return name, value
