"""What can be said of a whole predicate at once, so that most rules need no query about every node.

A screen never decides that a rule is broken: it passes a rule where nothing can break it, and leaves the rest to the
rule's own query. What screens ask is counted and compared within Oxigraph, never triple by triple in Python.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple, cast

import pyoxigraph
from rdflib.namespace import RDF

from kg.rdf.shacl import any_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.rdf.shacl import Rule, Screen

_TYPE: Final = pyoxigraph.NamedNode(str(RDF.type))
_COUNTS: Final = """
    SELECT ?class ?property (COUNT(*) AS ?statements) (COUNT(DISTINCT ?node) AS ?nodes)
    WHERE { ?node a ?class . ?node ?property ?value } GROUP BY ?class ?property
"""


class Count(NamedTuple):
    """How many statements the members of a class make with a property, and how many of the members make them."""

    statements: int
    nodes: int


class Screens:
    """The screens of some rules for one store; what they see of it is kept."""

    def __init__(self, store: pyoxigraph.Store, rules: Iterable[Rule]) -> None:
        self.store = store
        self.counts = _counts(store)
        self.outline = _outline(self.counts)
        self.conditions = _conditions(rules)
        self.fits = cache(self._fits)
        self.is_met = cache(self._is_met)
        self.is_any_met = cache(self._is_any_met)

    def passes(self, rule: Rule) -> bool:
        """Say whether nothing in the store can break a rule; False where that is not known."""
        screen = rule.screen
        if screen is None:
            return False
        if screen.kind == "outline":
            return next(iter(cast("pyoxigraph.QuerySolutions", self.outline.query(rule.query))), None) is None
        members = self._count(screen.target, str(RDF.type)).nodes
        return not members or self._is_kept(screen, members)

    def _is_kept(self, screen: Screen, members: int) -> bool:
        count = self._count(screen.target, screen.predicate)
        if screen.kind == "some":
            return count.nodes == members
        if screen.kind == "single":
            return count.nodes == count.statements
        if not count.nodes:
            return True
        if screen.kind == "class":
            return self.fits(screen.predicate, screen.needed)
        return not self.is_any_met(screen.predicate) or not self.is_met(screen.predicate, screen.violated)

    def _count(self, kind: str, predicate: str) -> Count:
        return self.counts.get((kind, predicate), Count(0, 0))

    def _fits(self, predicate: str, kind: str) -> bool:
        return not self.store.query(f"ASK {{ ?node <{predicate}> ?value FILTER NOT EXISTS {{ ?value a <{kind}> }} }}")

    def _is_any_met(self, predicate: str) -> bool:
        return self.is_met(predicate, any_of(self.conditions[predicate]))

    def _is_met(self, predicate: str, condition: str) -> bool:
        return bool(self.store.query(f"ASK {{ ?node <{predicate}> ?value FILTER ({condition}) }}"))


def _counts(store: pyoxigraph.Store) -> dict[tuple[str, str], Count]:
    solutions = store.query(_COUNTS)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    found = {}
    for kind, predicate, statements, nodes in solutions:
        assert isinstance(predicate, pyoxigraph.NamedNode)
        assert isinstance(statements, pyoxigraph.Literal)
        assert isinstance(nodes, pyoxigraph.Literal)
        if isinstance(kind, pyoxigraph.NamedNode):
            found[kind.value, predicate.value] = Count(int(statements.value), int(nodes.value))
    return found


def _outline(pairs: Iterable[tuple[str, str]]) -> pyoxigraph.Store:
    """Return a store with one node for each class and property of its members, whatever the value."""
    store = pyoxigraph.Store()
    for kind, predicate in pairs:
        node = pyoxigraph.BlankNode()
        store.add(pyoxigraph.Quad(node, _TYPE, pyoxigraph.NamedNode(kind)))
        store.add(pyoxigraph.Quad(node, pyoxigraph.NamedNode(predicate), node))
    return store


def _conditions(rules: Iterable[Rule]) -> dict[str, tuple[str, ...]]:
    """Return the conditions on the values of each predicate, which are put in one question first."""
    found = defaultdict[str, set[str]](set)
    for screen in (rule.screen for rule in rules):
        if screen is not None and screen.kind == "value":
            found[screen.predicate].add(screen.violated)
    return {predicate: tuple(sorted(violated)) for predicate, violated in found.items()}
