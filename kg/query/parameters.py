"""The typed parameters of named queries: text from a user to the RDF terms it stands for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final, TypeAlias

import rdflib
from rdflib.namespace import XSD

from kg import ontology
from kg.errors import QueryError
from kg.graph import dates
from kg.ontology import PLOVER
from kg.query.actors import actors_named
from kg.query.table import Term
from kg.records import EVENT_TYPES

Terms: TypeAlias = tuple[Term, ...]
Reader: TypeAlias = Callable[[rdflib.Graph, str], Terms]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a named query. Without a default and not optional, it must be given.

    ``type`` is one of those in :data:`TYPES`.
    """

    name: str
    type: str
    description: str
    optional: bool = False
    default: str | None = None

    @property
    def required(self) -> bool:
        """Whether the query cannot run without it."""
        return not self.optional and self.default is None

    def read(self, graph: rdflib.Graph, value: object) -> Terms:
        """Return the terms that ``value`` stands for in ``graph``; a tuple of terms stands for itself.

        Raises:
            QueryError: it is no value of the parameter's type; the message says what is.

        """
        if isinstance(value, tuple):
            return value
        try:
            return TYPES[self.type](graph, str(value).strip())
        except QueryError as error:
            raise QueryError(f"parameter {self.name}: {error}") from error


def _actor(graph: rdflib.Graph, value: str) -> Terms:
    return actors_named(graph, value)


def _property(_graph: rdflib.Graph, value: str) -> Terms:
    """Return the property and those under it, so that asking for a family asks for all of it."""
    known = {ontology.local_name(term): term for term in ontology.relation_properties()}
    name = _local(value, "kg")
    if name not in known:
        raise QueryError(f"{value!r} is no relation; {_near(name, known)}")
    below = (term for term in known.values() if known[name] in ontology.super_properties(term))
    return (known[name], *sorted(below))


def _event_type(_graph: rdflib.Graph, value: str) -> Terms:
    known: dict[str, rdflib.URIRef] = {name: PLOVER[name] for name in EVENT_TYPES}
    name = _local(value, "plover").upper()
    if name not in known:
        raise QueryError(f"{value!r} is no event type; {_near(name, known)}")
    return (known[name],)


def _date(_graph: rdflib.Graph, value: str) -> Terms:
    return _day(_bound(value).earliest)


def _end_date(_graph: rdflib.Graph, value: str) -> Terms:
    return _day(_bound(value).latest)


def _bound(value: str) -> dates.Period:
    try:
        return dates.bound(value)
    except ValueError as error:
        raise QueryError(str(error)) from error


def _day(day: str | None) -> Terms:
    return (rdflib.Literal(day, datatype=XSD.date),)


def _integer(_graph: rdflib.Graph, value: str) -> Terms:
    if not re.fullmatch("[0-9]{1,9}", value):
        raise QueryError(f"{value!r} is no whole number from 0 on")
    return (rdflib.Literal(int(value)),)


TYPES: Final[Mapping[str, Reader]] = {
    "actor": _actor,
    "property": _property,
    "event-type": _event_type,
    "date": _date,
    "end-date": _end_date,
    "integer": _integer,
}


def _local(value: str, prefix: str) -> str:
    """Return the name in ``meets``, ``kg:meets`` or the full IRI, with or without angle brackets."""
    return value.strip("<>").removeprefix(ontology.prefixes()[prefix]).removeprefix(f"{prefix}:")


def _near(name: str, known: Mapping[str, object]) -> str:
    near = get_close_matches(name, known, n=3)
    return f"did you mean {' or '.join(near)}?" if near else f"known: {', '.join(known)}"
