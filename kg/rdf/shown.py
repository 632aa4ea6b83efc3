"""What a node is in the words of its graph, for those who read what is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph
from rdflib.namespace import RDF, RDFS

from kg.ontology import DCT, GAF, KG, NIF, PROV

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Node = pyoxigraph.NamedNode | pyoxigraph.BlankNode

_LENGTH: Final = 80
_STEPS: Final = 2  # from a relation to its event, and on to a mention of it


def shown(store: pyoxigraph.Store, node: str) -> str:
    """Return what tells a node, given as its IRI or ``_:id``, from others; "" where nothing does.

    It is the label of the node, or its words and their offsets, and the document that it stands in, by id and title.
    A claim is told by the words of its mention, a relation by those whom it joins.
    """
    known = _node(node)
    if known is None:
        return ""
    words = _own_words(store, known) or _words_of_mention(store, known) or _joined(store, known)
    document = _document(store, known)
    return " in ".join(filter(None, (words, document and _named(store, document))))


def shortened(text: str) -> str:
    """Return the beginning of a text, as one line."""
    line = " ".join(text.split())
    return line if len(line) <= _LENGTH else f"{line[: _LENGTH - 1]}…"


def _node(text: str) -> Node | None:
    try:
        return pyoxigraph.BlankNode(text.removeprefix("_:")) if text.startswith("_:") else pyoxigraph.NamedNode(text)
    except ValueError:
        return None


def _own_words(store: pyoxigraph.Store, node: Node) -> str:
    anchor = _text(store, node, NIF.anchorOf)
    if anchor:
        begin, end = (_text(store, node, index) or "?" for index in (NIF.beginIndex, NIF.endIndex))
        return f'"{shortened(anchor)}", {begin} to {end}'
    if id_ := _text(store, node, KG.documentId):
        return _with_title(store, node, id_)
    name = _text(store, node, RDFS.label) or _text(store, node, KG.statedName)
    return f'"{shortened(name)}"' if name else ""


def _words_of_mention(store: pyoxigraph.Store, claim: Node) -> str:
    mentions = _nodes(quad.subject for quad in store.quads_for_pattern(None, _predicate(KG.claim), claim))
    return _own_words(store, mentions[0]) if mentions else ""


def _joined(store: pyoxigraph.Store, relation: Node) -> str:
    """Return a relation as whom it joins and how: ``"France" supports "Turkey"``."""
    ends = [_own_words(store, end) for part in (RDF.subject, RDF.object) for end in _linked(store, relation, part)]
    how = _text(store, relation, RDF.predicate).rpartition("#")[2]
    return f" {how} ".join(ends) if len(ends) == 2 and how else ""


def _document(store: pyoxigraph.Store, node: Node, steps: int = _STEPS) -> Node | None:
    """Return the document that a node stands in: where it says so itself, or else its mention or event does."""
    for place in (NIF.referenceContext, PROV.hadPrimarySource):
        for document in _linked(store, node, place):
            return document
    above = [*_linked(store, node, GAF.denotedBy), *_linked(store, node, KG.fromEvent)]
    above += _nodes(quad.subject for quad in store.quads_for_pattern(None, _predicate(KG.claim), node))
    return _document(store, above[0], steps - 1) if above and steps else None


def _named(store: pyoxigraph.Store, document: Node) -> str:
    id_ = _text(store, document, KG.documentId)
    return _with_title(store, document, id_) if id_ else document.value


def _with_title(store: pyoxigraph.Store, document: Node, id_: str) -> str:
    title = _text(store, document, DCT.title)
    return f'{shortened(id_)} "{shortened(title)}"' if title else shortened(id_)


def _text(store: pyoxigraph.Store, node: Node, predicate: str) -> str:
    """Return the value of a property, the first of several."""
    return min(map(_value, _objects(store, node, predicate)), default="")


def _linked(store: pyoxigraph.Store, node: Node, predicate: str) -> list[Node]:
    return _nodes(_objects(store, node, predicate))


def _objects(store: pyoxigraph.Store, node: Node, predicate: str) -> Iterator[object]:
    return (quad.object for quad in store.quads_for_pattern(node, _predicate(predicate), None))


def _nodes(terms: Iterable[object]) -> list[Node]:
    found = [term for term in terms if isinstance(term, pyoxigraph.NamedNode | pyoxigraph.BlankNode)]
    return sorted(found, key=_value)


def _value(term: object) -> str:
    return term.value if isinstance(term, pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal) else ""


def _predicate(iri: str) -> pyoxigraph.NamedNode:
    return pyoxigraph.NamedNode(iri)
