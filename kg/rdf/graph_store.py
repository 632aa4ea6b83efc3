"""Oxigraph as a store of rdflib."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph
from oxrdflib import OxigraphStore

from kg.rdf.oxigraph import InOxigraph, from_oxigraph, to_oxigraph

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from rdflib import Graph
    from rdflib.term import Node

_DEFAULT: Final = pyoxigraph.DefaultGraph()


class OxigraphGraphStore(InOxigraph, OxigraphStore):
    """Oxigraph behind rdflib's interface; ``location`` is the folder of a database on disk, None in memory."""

    def __init__(self, store: pyoxigraph.Store, location: Path | None = None) -> None:
        super().__init__(store=store)
        self.inner = store
        self.location = location

    def triples(
        self, triple_pattern: Sequence[Node | None], context: Graph | None = None
    ) -> Iterator[tuple[tuple[Node, Node, Node], Iterator[None]]]:
        """Give the triples that fit a pattern, terms as :mod:`kg.rdf.parse` reads them; nothing fits a bad term."""
        try:
            subject, predicate, value = (None if term is None else to_oxigraph(term) for term in triple_pattern)
            found = self.inner.quads_for_pattern(subject, predicate, value, _DEFAULT)  # type: ignore[arg-type]
        except (TypeError, ValueError):
            return
        for quad in found:
            yield (from_oxigraph(quad.subject), from_oxigraph(quad.predicate), from_oxigraph(quad.object)), iter(())

    def __len__(self, context: Graph | None = None) -> int:
        return len(self.inner)
