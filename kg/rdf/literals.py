"""Python values as literals of N-Triples, each in the one lexical form that every store keeps as it is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from rdflib.namespace import XSD

from kg.errors import GraphError
from kg.graph import dates
from kg.graph.legible import legible
from kg.rdf import syntax

if TYPE_CHECKING:
    from rdflib import URIRef

_CACHED: Final = 4096
TRUE: Final = f'"true"^^{syntax.iri(XSD.boolean)}'


def text(value: str) -> str:
    """Return a plain string, with U+FFFD for each character that RDF or XML cannot hold."""
    return syntax.quoted(value if value.isprintable() else legible(value))


@lru_cache(maxsize=_CACHED)
def integer(value: int) -> str:
    """Return an xsd:integer."""
    return _typed(str(int(value)), XSD.integer)


@lru_cache(maxsize=_CACHED)
def decimal(value: float | Decimal) -> str:
    """Return an xsd:decimal in canonical form: ``0.4``, not ``0.40``; ``1``, not ``1.0``.

    Raises:
        GraphError: If the value is not finite.
    """
    exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    if not exact.is_finite():
        raise GraphError(f"{value} is no decimal number")
    plain = f"{exact:f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return _typed("0" if plain in ("-0", "") else plain, XSD.decimal)


@lru_cache(maxsize=_CACHED)
def day(value: str) -> str:
    """Return an xsd:date.

    Raises:
        GraphError: If ``value`` is no day such as 2015-11-26.
    """
    try:
        valid = date.fromisoformat(value).isoformat() == value
    except ValueError:
        valid = False
    if not valid:
        raise GraphError(f"{value!r} is no day such as 2015-11-26")
    return _typed(value, XSD.date)


def moment(value: str) -> str:
    """Return an xsd:date or xsd:dateTime.

    Raises:
        GraphError: If ``value`` is no day or moment as XML Schema writes it.
    """
    try:
        written = dates.published(value)
    except ValueError as error:
        raise GraphError(str(error)) from error
    if written != value:
        raise GraphError(f"{value!r} is not written as {written!r}")
    return _typed(value, XSD.dateTime if "T" in value else XSD.date)


def _typed(lexical: str, datatype: URIRef) -> str:
    return f'"{lexical}"^^<{datatype}>'
