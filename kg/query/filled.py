"""Queries of ours with their parameters filled in as text, for an engine that reads SPARQL itself.

To read a query by RDFLib and to write it anew takes longer than Oxigraph takes to answer most; the queries that ship
with kg ask for nothing that is refused, and mark the places of their parameters.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import rdflib

from kg.errors import GraphError
from kg.rdf import syntax

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.query.table import Term

_LIMIT: Final = re.compile(r"\bLIMIT \d+\s*\Z")
_PARTS: Final = re.compile(r"(.*?\bWHERE\b)(.*\})(.*)", re.DOTALL)


def filled(sparql: str, terms: Mapping[str, Sequence[Term]], limit: int | None = None) -> str | None:
    r"""Return a query with terms in place of ``VALUES ?name { UNDEF }``, and at most ``limit`` rows.

    One term alone takes the place of its variable, where that is not asked for: engines start from a constant, and
    come to the values of a variable when they may have walked through half of the graph. Terms are written by the
    grammar of SPARQL, so that none can be more than a term. None is returned where a parameter has no such place, or a
    term that no text can hold, such as a blank node.

    >>> filled("SELECT ?a WHERE { VALUES ?n { UNDEF } ?a skos:prefLabel ?n }", {"n": [rdflib.Literal('"Kg"')]}, 3)
    'SELECT ?a WHERE {  ?a skos:prefLabel "\\"Kg\\"" }\nLIMIT 3\n'
    """
    for name, several in terms.items():
        place = f"VALUES ?{name} {{ UNDEF }}"
        if place not in sparql or any(isinstance(term, rdflib.BNode) for term in several):
            return None
        try:
            written = [_written(term) for term in several]
        except GraphError:
            return None
        constant = _with_constant(sparql.replace(place, ""), name, written[0]) if len(written) == 1 else None
        sparql = constant or sparql.replace(place, f"VALUES ?{name} {{ {' '.join(written)} }}")
    return sparql if limit is None else f"{_LIMIT.sub('', sparql).rstrip()}\nLIMIT {limit}\n"


def _with_constant(sparql: str, name: str, term: str) -> str | None:
    """Return a query with a term for a variable, None where the variable stands where no term can."""
    parts = _PARTS.fullmatch(sparql)
    if parts is None:
        return None
    head, pattern, tail = parts.groups()
    variable = rf"\?{name}\b"
    if re.search(variable, head + tail) or re.search(rf"(?:BOUND\s*\(\s*|\bAS\s+|SELECT[^{{]*){variable}", pattern):
        return None
    return head + re.sub(variable, lambda _: term, pattern) + tail


def _written(term: Term) -> str:
    return syntax.literal(term) if isinstance(term, rdflib.Literal) else syntax.iri(term)
