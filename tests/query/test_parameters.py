"""Parameters of named queries: text to terms."""

from __future__ import annotations

import datetime

import pytest
import rdflib
from rdflib.namespace import XSD

from kg.errors import QueryError
from kg.ontology import KG, PLOVER
from kg.query.parameters import TYPES, Parameter

READ = [
    ("date", "2015-11-24", (rdflib.Literal("2015-11-24", datatype=XSD.date),)),
    ("date", datetime.date(2015, 11, 24), (rdflib.Literal("2015-11-24", datatype=XSD.date),)),
    ("date", "2015", (rdflib.Literal("2015-01-01", datatype=XSD.date),)),
    ("date", "2015-02", (rdflib.Literal("2015-02-01", datatype=XSD.date),)),
    ("end-date", "2015-11-24", (rdflib.Literal("2015-11-24", datatype=XSD.date),)),
    ("end-date", "2016-02", (rdflib.Literal("2016-02-29", datatype=XSD.date),)),
    ("end-date", "2015", (rdflib.Literal("2015-12-31", datatype=XSD.date),)),
    ("integer", "12", (rdflib.Literal(12),)),
    ("integer", 0, (rdflib.Literal(0),)),
    ("event-type", "consult", (PLOVER.CONSULT,)),
    ("event-type", "plover:CONSULT", (PLOVER.CONSULT,)),
    ("event-type", PLOVER.CONSULT, (PLOVER.CONSULT,)),
    ("property", "meets", (KG.meets,)),
    ("property", "kg:meets", (KG.meets,)),
    ("property", KG.meets, (KG.meets,)),
    ("property", f"<{KG.meets}>", (KG.meets,)),
    ("property", "disputes", (KG.disputes, KG.accuses, KG.demandsOf, KG.rejects, KG.threatens)),
]

WRONG = [
    ("date", "24.11.2015", "parameter x: '24.11.2015' is no date such as 2015-11-26, 2015-11 or 2015"),
    ("end-date", "2015/2016", "parameter x: '2015/2016' is an interval; give a day, month or year"),
    ("date", "2015-02-30", "is no date"),
    ("date", "20151124", "is no date"),
    ("integer", "-1", "parameter x: '-1' is no whole number from 0 on"),
    ("integer", "1.5", "is no whole number"),
    ("event-type", "CONSULTT", "parameter x: 'CONSULTT' is no event type; did you mean CONSULT?"),
    ("event-type", "zzz", "known: AGREE, CONSULT"),
    ("property", "suports", "parameter x: 'suports' is no relation; did you mean supports?"),
    ("property", "zzz", "known: accuses, agreesWith"),
    ("property", "kg:source", "'kg:source' is no relation"),
    ("actor", "Zzz", "parameter x: no actor is named 'Zzz' in the graph"),
]


@pytest.mark.parametrize(("type_", "value", "terms"), READ)
def test_values_become_terms(type_: str, value: object, terms: tuple[rdflib.term.Identifier, ...]) -> None:
    assert Parameter("x", type_, "").read(rdflib.Graph(), value) == terms


@pytest.mark.parametrize(("type_", "value", "message"), WRONG)
def test_wrong_values_say_what_is_wanted(type_: str, value: str, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        Parameter("x", type_, "").read(rdflib.Graph(), value)
    assert message in str(caught.value)


def test_every_type_is_tried_here() -> None:
    assert {case[0] for case in WRONG} == set(TYPES)
