"""Does a graph keep its promises? The shapes of ``shapes.ttl``, put to it as queries in Oxigraph."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph
from rdflib import BNode, Graph, URIRef
from rdflib.namespace import XSD

from kg import resources
from kg.ontology import prefixes
from kg.rdf.datatypes import KEPT_BY_STORES, surely_kept
from kg.rdf.formats import format_named, format_to_read
from kg.rdf.oxigraph import has_mark, read_into, reading, store_of, to_oxigraph
from kg.rdf.reified import spelled_out
from kg.rdf.screens import Screens
from kg.rdf.shacl import Rule, rules
from kg.rdf.shown import shortened, shown

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

_KEPT: Final = frozenset(map(pyoxigraph.NamedNode, KEPT_BY_STORES))
_THREADS: Final = 4


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One broken promise.

    Attributes:
        node: The node at fault: its IRI, or ``_:id`` for a blank node.
        path: The property at fault (``kg:source``), "" where the node as a whole is.
        rule: The shape that says so, and for SHACL's own constraints the kind (``Event/MinCount``).
        value: The value at fault, "" where one is missing.
        message: What is promised.
        about: What the node is, as people know it (:func:`kg.rdf.shown.shown`), "" where nothing tells.

    """

    node: str
    path: str
    rule: str
    value: str
    message: str
    about: str = ""

    def __str__(self) -> str:
        """Return the finding as one line."""
        about = f" ({self.about})" if self.about else ""
        place = f"{self.node}{about} {self.path}".rstrip()
        found = f", found {shortened(self.value)}" if self.value else ""
        return f"{place}: {self.message}{found} [{self.rule}]"


def validate(graph: Graph) -> list[Finding]:
    """Return what in ``graph`` breaks the promises of ``shapes.ttl``, sorted; an empty list where nothing does.

    Terms that are not valid RDF (an IRI with a space in it) are found too. The graph is left as it is, its
    ``owl:imports`` are not followed, and no network is used.
    """
    store, faults = store_of(graph), list[Finding]()
    if store is None:
        store = pyoxigraph.Store()
        store.bulk_extend(_quads(graph, faults))
    return _found(store, faults)


def validate_file(path: str | os.PathLike[str]) -> list[Finding]:
    """Return what in the graph of a file breaks the promises, as :func:`validate`; a large one in seconds.

    Raises:
        GraphError: If the file is missing or no graph; the message gives the line.

    """
    form, store = format_to_read(path), pyoxigraph.Store()
    with reading(str(path), form):
        _load(store, Path(path), form)
    return _found(store, [])


def _load(store: pyoxigraph.Store, path: Path, form: str) -> None:
    """Load a file with its datatypes as given: at once where the store keeps them all, else one by one."""
    if form in ("turtle", "ntriples") and not has_mark(path) and surely_kept(path):
        read_into(store, path, form)
    else:
        store.bulk_extend(map(_as_given, spelled_out(_parsed(path, form))))


def _parsed(path: Path, form: str) -> Iterator[pyoxigraph.Quad]:
    with path.open("rb") as file:
        file.seek(len(BOM_UTF8) if has_mark(path) else 0)
        yield from pyoxigraph.parse(file, format=format_named(form).oxigraph, rename_blank_nodes=True)


def _is_kept(value: object) -> bool:
    return not isinstance(value, pyoxigraph.Literal) or value.language is not None or value.datatype in _KEPT


def _as_given(quad: pyoxigraph.Quad) -> pyoxigraph.Quad:
    """Return a statement of the one graph that is checked, its value with a datatype that the store keeps."""
    value = quad.object
    if isinstance(value, pyoxigraph.Literal) and not _is_kept(value):
        value = pyoxigraph.Literal(value.value, datatype=_datatype(URIRef(value.datatype.value)))
    return pyoxigraph.Quad(quad.subject, quad.predicate, value)


def _found(store: pyoxigraph.Store, faults: list[Finding]) -> list[Finding]:
    screens = Screens(store, _rules())
    with ThreadPoolExecutor(_THREADS) as threads:  # Oxigraph answers outside of Python's lock
        found = threads.map(lambda rule: _findings(store, rule, screens), _rules())
        findings = {*faults, *(finding for findings in found for finding in findings)}
    about = {node: shown(store, node) for node in {finding.node for finding in findings}}
    return sorted(replace(finding, about=about[finding.node]) for finding in findings)


@cache
def _rules() -> tuple[Rule, ...]:
    return rules(Graph().parse(data=resources.ontology_text("shapes"), format="turtle"))


def _findings(store: pyoxigraph.Store, rule: Rule, screens: Screens) -> list[Finding]:
    if screens.passes(rule):
        return []
    solutions = store.query(rule.query)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    selected = {variable.value for variable in solutions.variables}
    return [
        Finding(
            node=_text(solution[rule.node]),
            path=_prefixed(str(solution["path"]) if "path" in selected else rule.path),
            rule=rule.name,
            value=_text(solution[rule.value]) if rule.value in selected else "",
            message=rule.message,
        )
        for solution in solutions
    ]


def _quads(graph: Graph, faults: list[Finding]) -> Iterator[pyoxigraph.Quad]:
    """Give the triples for Oxigraph; add to ``faults`` those that it cannot hold, since RDF does not allow them."""
    for triple in graph:
        try:
            subject, predicate, value = map(to_oxigraph, triple)
            quad = pyoxigraph.Quad(subject, predicate, value)  # type: ignore[arg-type]
        except (TypeError, ValueError) as error:
            node, path, shown = (f"_:{term}" if isinstance(term, BNode) else str(term) for term in triple)
            faults.append(Finding(node, _prefixed(f"<{path}>"), "Term", shown, f"a term is valid RDF ({error})"))
        else:
            yield _as_given(quad)


def _datatype(datatype: URIRef) -> pyoxigraph.NamedNode:
    """Return the datatype, renamed where Oxigraph would store its values as another (xsd:int as xsd:integer)."""
    renamed = datatype in XSD and datatype not in KEPT_BY_STORES
    return pyoxigraph.NamedNode(f"{datatype}-as-given" if renamed else datatype)


def _text(term: object) -> str:
    if isinstance(term, pyoxigraph.BlankNode):
        return str(term)
    return term.value if isinstance(term, pyoxigraph.NamedNode | pyoxigraph.Literal) else ""


def _prefixed(path: str) -> str:
    """Write the IRIs in a property path with their prefixes."""
    return re.sub(r"<([^>]*)>", lambda found: _shortened(found[1]), path).strip("()")


def _shortened(iri: str) -> str:
    fitting = [(namespace, prefix) for prefix, namespace in prefixes().items() if iri.startswith(namespace)]
    namespace, prefix = max(fitting, default=("", ""))
    return f"{prefix}:{iri.removeprefix(namespace)}" if fitting else f"<{iri}>"
