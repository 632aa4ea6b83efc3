"""Questions to a graph: SPARQL, named queries with parameters, and their answers as tables."""

from kg.query.actors import actors_named
from kg.query.asked import Asked
from kg.query.engine import run
from kg.query.explain import explain
from kg.query.format import FORMATS, render
from kg.query.named import NamedQuery, load, named, names
from kg.query.table import Table
from kg.query.terms import undefined

__all__ = [
    "FORMATS",
    "Asked",
    "NamedQuery",
    "Table",
    "actors_named",
    "explain",
    "load",
    "named",
    "names",
    "render",
    "run",
    "undefined",
]
