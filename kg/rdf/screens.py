"""What can be said of a whole predicate at once, so that most rules need no query about every node.

A screen never decides that a rule is broken: it passes a rule where nothing can break it, and leaves the rest to the
rule's own query.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

import pyoxigraph
from rdflib.namespace import RDF

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.rdf.shacl import Rule, Screen

_TYPE: Final = pyoxigraph.NamedNode(RDF.type)
_DEFAULT: Final = pyoxigraph.DefaultGraph()


class Screens:
    """The screens of one store; what they see of it is kept."""

    def __init__(self, store: pyoxigraph.Store) -> None:
        self.store = store
        self.members = cache(self._members)
        self.subjects = cache(self._subjects)
        self.values = cache(self._values)
        self.is_met = cache(self._is_met)

    def passes(self, rule: Rule) -> bool:
        """Say whether nothing in the store can break a rule; False where that is not known."""
        screen = rule.screen
        if screen is None:
            return False
        return not self.members(screen.target) or self._is_kept(screen)

    def _is_kept(self, screen: Screen) -> bool:
        if screen.kind == "some":
            return self.members(screen.target) <= self.subjects(screen.predicate)[0]
        if screen.kind == "single":
            return self.subjects(screen.predicate)[1]
        if screen.kind == "class":
            return self.values(screen.predicate) <= self.members(screen.needed)
        return not self.is_met(screen.predicate, screen.violated)

    def _members(self, kind: str) -> frozenset[object]:
        found = self.store.quads_for_pattern(None, _TYPE, pyoxigraph.NamedNode(kind), _DEFAULT)
        return frozenset(quad.subject for quad in found)

    def _subjects(self, predicate: str) -> tuple[frozenset[object], bool]:
        """Return what has the property, and whether everything that has it has it once."""
        found = [quad.subject for quad in self._statements(predicate)]
        distinct = frozenset(found)
        return distinct, len(distinct) == len(found)

    def _values(self, predicate: str) -> frozenset[object]:
        return frozenset(quad.object for quad in self._statements(predicate))

    def _is_met(self, predicate: str, condition: str) -> bool:
        return bool(self.store.query(f"ASK {{ ?node <{predicate}> ?value FILTER ({condition}) }}"))

    def _statements(self, predicate: str) -> Iterator[pyoxigraph.Quad]:
        return self.store.quads_for_pattern(None, pyoxigraph.NamedNode(predicate), None, _DEFAULT)
