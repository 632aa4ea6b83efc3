"""A graph behind a SPARQL 1.1 endpoint: asked by the SPARQL Protocol, written by the Graph Store Protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph
from rdflib import BNode, Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from kg.errors import EndpointError
from kg.ontology import PROV
from kg.rdf import syntax
from kg.rdf.layout import prefixes_of
from kg.rdf.oxigraph import from_oxigraph
from kg.rdf.statements import base_among
from kg.store.http import one_line, send
from kg.store.push import push

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

    Results = pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | list[pyoxigraph.Quad]

_TIMEOUT_S: Final = 300.0
_SOON_S: Final = 5.0
_JSON: Final = "application/sparql-results+json"
_TRIPLES: Final = "application/n-triples"


class Endpoint:
    """A service under a URL. Many have one URL for queries and another, of the Graph Store Protocol, for writing."""

    def __init__(self, url: str, timeout_s: float = _TIMEOUT_S) -> None:
        self.url = url
        self.timeout_s = timeout_s

    def read(self) -> Graph:
        """Return the graph, which stays where it is: each question goes to the service."""
        return Graph(EndpointStore(self), bind_namespaces="none")

    def write(self, graph: Graph) -> None:
        """Put a graph in place of the service's default graph, by the Graph Store Protocol, in pieces.

        Raises:
            EndpointError: If the service refuses it, or cannot be reached after several tries.
            GraphError: If the graph holds blank nodes or terms that cannot be written.

        """
        push(graph, self.url)

    def ask(self, sparql: str, timeout_s: float | None = None) -> Results:
        """Return what the service answers to a query.

        Raises:
            EndpointError: If it refuses the query, cannot be reached, or answers with something else.

        """
        headers = {"Content-Type": "application/sparql-query; charset=utf-8", "Accept": f"{_JSON}, {_TRIPLES}"}
        answer = send(self.url, "POST", headers, sparql.encode(), timeout_s or self.timeout_s)
        try:
            if answer.media_type in (_JSON, "application/json"):
                return pyoxigraph.parse_query_results(answer.body, format=pyoxigraph.QueryResultsFormat.JSON)
            if answer.media_type in (_TRIPLES, "text/plain"):
                return list(pyoxigraph.parse(answer.body, format=pyoxigraph.RdfFormat.N_TRIPLES))
        except (SyntaxError, ValueError) as error:
            raise EndpointError(f"{self.url} sent no valid answer: {one_line(error)}") from error
        raise EndpointError(f"{self.url} answered with {answer.media_type}: it is no SPARQL endpoint for queries")


class EndpointStore(SPARQLStore):  # type: ignore[misc, unused-ignore]
    """An endpoint behind rdflib's interface; triples are read from its graphs of any name together."""

    def __init__(self, endpoint: Endpoint) -> None:
        super().__init__(endpoint.url)
        self.endpoint = endpoint
        self._base: str | None = None
        self._knows_base = False

    def namespaces(self) -> Iterator[tuple[str, URIRef]]:
        """Give the prefixes that follow from the base of the graph, which the service is asked for once."""
        if not self._knows_base:
            self._knows_base = True
            self._base = _base_at(self.endpoint)
        return ((prefix, URIRef(namespace)) for prefix, namespace in prefixes_of(self._base).items())

    def triples(  # type: ignore[override]
        self, triple: tuple[Node | None, Node | None, Node | None], context: Graph | None = None
    ) -> Iterator[tuple[tuple[Node, Node, Node], None]]:
        """Give the triples that fit a pattern.

        Raises:
            EndpointError: As :meth:`Endpoint.ask`, or if the answer is no graph.

        """
        if any(isinstance(term, BNode) for term in triple):
            return  # what a service calls a blank node means nothing to it later
        terms = [
            f"?{name}" if term is None else syntax.term(term, {}) for name, term in zip("spo", triple, strict=True)
        ]
        pattern = " ".join(terms)
        query = f"CONSTRUCT {{ {pattern} }} WHERE {{ {{ {pattern} }} UNION {{ GRAPH ?g {{ {pattern} }} }} }}"
        found = self.endpoint.ask(query)
        if not isinstance(found, list):
            raise EndpointError(f"{self.endpoint.url} sent no triples where some were asked for")
        for statement in found:
            subject, predicate, value = map(from_oxigraph, (statement.subject, statement.predicate, statement.object))
            yield (subject, predicate, value), None

    def __len__(self, context: Graph | None = None) -> int:
        return sum(1 for _ in self.triples((None, None, None)))


def _base_at(endpoint: Endpoint) -> str | None:
    """Return the base of the graph behind an endpoint; None where it has none, or the service does not say so soon."""
    pattern = f"?graph a <{PROV.Entity}>"
    query = f"SELECT DISTINCT ?graph {{ {{ {pattern} }} UNION {{ GRAPH ?g {{ {pattern} }} }} }} LIMIT 2"
    try:
        found = endpoint.ask(query, min(endpoint.timeout_s, _SOON_S))
    except EndpointError:  # whatever is wrong, the question itself will tell
        return None
    solutions = found if isinstance(found, pyoxigraph.QuerySolutions) else ()
    return base_among(str(from_oxigraph(solution[0])) for solution in solutions)
