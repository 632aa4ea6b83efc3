"""The terms of the ontology as N-Triples writes them."""

from __future__ import annotations

from typing import Final

from rdflib.namespace import RDF as _RDF
from rdflib.namespace import RDFS as _RDFS

from kg import ontology
from kg.rdf import syntax


class Names:
    """The terms of a vocabulary, each made when it is first asked for.

    >>> Names(ontology.PROV).used
    '<http://www.w3.org/ns/prov#used>'
    """

    def __init__(self, vocabulary: ontology.Vocabulary) -> None:
        self.__vocabulary = vocabulary

    def __getattr__(self, term: str) -> str:
        if term.startswith("__"):
            raise AttributeError(term)
        return self[term]

    def __getitem__(self, term: str) -> str:
        known: dict[str, str] = self.__dict__
        if term not in known:
            known[term] = syntax.iri(self.__vocabulary[term])
        return known[term]


DCT: Final = Names(ontology.DCT)
GAF: Final = Names(ontology.GAF)
GEO: Final = Names(ontology.GEO)
KG: Final = Names(ontology.KG)
NIF: Final = Names(ontology.NIF)
PLOVER: Final = Names(ontology.PLOVER)
PROV: Final = Names(ontology.PROV)
SCHEMA: Final = Names(ontology.SCHEMA)
SEM: Final = Names(ontology.SEM)
SKOS: Final = Names(ontology.SKOS)
TYPE: Final = syntax.iri(_RDF.type)
LABEL: Final = syntax.iri(_RDFS.label)
SUBJECT: Final = syntax.iri(_RDF.subject)
PREDICATE: Final = syntax.iri(_RDF.predicate)
OBJECT: Final = syntax.iri(_RDF.object)
