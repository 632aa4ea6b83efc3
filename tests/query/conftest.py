"""The graph that queries are asked about: that of the shared article about Iceland and Norway."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.graph.assemble import assemble
from kg.rdf.encode import encode

if TYPE_CHECKING:
    import rdflib

    from kg.records import DocumentRecord


@pytest.fixture(scope="session")
def graph(record: DocumentRecord) -> rdflib.Graph:
    """The article's graph as RDF."""
    return encode(assemble([record]))
