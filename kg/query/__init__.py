"""Questions to a graph: SPARQL, named queries with parameters, and their answers as tables."""

from kg.query.engine import run
from kg.query.format import FORMATS, render
from kg.query.named import NamedQuery, load, named, names
from kg.query.table import Table

__all__ = ["FORMATS", "NamedQuery", "Table", "load", "named", "names", "render", "run"]
