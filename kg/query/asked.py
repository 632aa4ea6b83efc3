"""A question to the graph at a location: read, asked and answered as one piece of work, which a time-out can end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.query.actors import actors_named
from kg.query.engine import run
from kg.query.explain import explain
from kg.query.named import load
from kg.query.timeout import within
from kg.store import read_to_ask

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    import rdflib

    from kg.query.table import Table


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a user puts it.

    Attributes:
        location: A file, database or endpoint.
        sparql: The query, unless it is one that ships with kg.
        name: The name of one that does.
        params: The named query's parameters.
        actors: For variables of the SPARQL, the name of the actors that each stands for, in any of its forms.

    """

    location: str | os.PathLike[str]
    sparql: str = ""
    name: str | None = None
    params: Mapping[str, str] = field(default_factory=dict)
    actors: Mapping[str, str] = field(default_factory=dict)

    def answer(self, timeout: float | None = None) -> Table:
        """Return the answer.

        Args:
            timeout: The most seconds for reading the graph and answering.

        Raises:
            GraphError: The graph cannot be read.
            QueryError: The question cannot be answered, or not in time.

        """
        return within(timeout, self._answer)

    def explained(self, timeout: float | None = None) -> str:
        """Return in words how the question would be answered; arguments and errors as for :meth:`answer`."""
        return within(timeout, self._explained)

    def _answer(self) -> Table:
        rdf = read_to_ask(self.location)
        if self.name is not None:
            return load(self.name).run(rdf, self.params)
        return run(rdf, self.sparql, self._bound(rdf))

    def _explained(self) -> str:
        rdf = read_to_ask(self.location)
        if self.name is not None:
            return load(self.name).explain(rdf, self.params)
        return explain(rdf, self.sparql, self._bound(rdf))

    def _bound(self, rdf: rdflib.Graph) -> dict[str, tuple[rdflib.URIRef, ...]]:
        return {variable.lstrip("?$"): actors_named(rdf, name) for variable, name in self.actors.items()}
