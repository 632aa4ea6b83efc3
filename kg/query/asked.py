"""A question to the graph at a location: read, asked and answered as one piece of work, which a time-out can end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.query.actors import actors_named, taken_for
from kg.query.engine import run
from kg.query.explain import explain
from kg.query.named import load
from kg.query.timeout import within
from kg.store import read_to_ask

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    import rdflib

    from kg.query.parameters import Terms
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

    def answer(self, timeout: float | None = None) -> tuple[Table, tuple[str, ...]]:
        """Return the answer, and a sentence for each name that was taken for somebody not mainly called so.

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

    def _answer(self) -> tuple[Table, tuple[str, ...]]:
        rdf = read_to_ask(self.location)
        if self.name is None:
            names, bound = self._bare(), self._bound(rdf)
            table = run(rdf, self.sparql, bound)
        else:
            query = load(self.name)
            names = {each.name: self.params[each.name] for each in query.actors if each.name in self.params}
            bound = {each.name: each.read(rdf, names[each.name]) for each in query.actors if each.name in names}
            table = query.run(rdf, {**self.params, **bound})
        taken = (taken_for(rdf, name, bound[key]) for key, name in names.items())
        return table, tuple(words for words in taken if words)

    def _explained(self) -> str:
        rdf = read_to_ask(self.location)
        if self.name is not None:
            return load(self.name).explain(rdf, self.params)
        return explain(rdf, self.sparql, self._bound(rdf))

    def _bound(self, rdf: rdflib.Graph) -> dict[str, Terms]:
        return {variable: actors_named(rdf, name) for variable, name in self._bare().items()}

    def _bare(self) -> dict[str, str]:
        return {variable.lstrip("?$"): name for variable, name in self.actors.items()}
