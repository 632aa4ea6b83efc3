"""Whether a file holds only datatypes that Oxigraph keeps: never a yes that is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.rdf.datatypes import KEPT_BY_STORES, surely_kept

if TYPE_CHECKING:
    from pathlib import Path

XSD = "http://www.w3.org/2001/XMLSchema#"
HEAD = f"@prefix xsd: <{XSD}> . @prefix : <https://example.org/> .\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        HEAD + ':a :p 1, 2.5, 3e4, true, "x", "y"@en, "z"@en-GB .',
        HEAD + ':a :p "2021-03-04"^^xsd:date .',
        HEAD + ':a :p "2021-03-04"^^xsd:date, "1"^^xsd:integer;:q "1.5"^^xsd:decimal.\n:b :p "1"^^xsd:integer.',
        HEAD + f':a :p "1"^^<{XSD}integer> .',
        f'PREFIX xsd:<{XSD}>\n<urn:a> <urn:p> [ <urn:q> "P1D"^^xsd:duration] .',
    ],
)
def test_what_oxigraph_keeps_is_seen(tmp_path: Path, text: str) -> None:
    assert is_sure(tmp_path, text)


@pytest.mark.parametrize(
    "text",
    [
        HEAD + ':a :p "1"^^xsd:int .',
        HEAD + ':a :p "1" ^^ xsd:int .',
        HEAD + ':a :p "2021-03-04T00:00:00Z"^^xsd:dateTimeStamp .',
        HEAD + ':a :p "1"^^xsd:integer.x .',
        HEAD + f':a :p "1"^^<{XSD}int> .',
        HEAD + rf':a :p "1"^^<{XSD}\u0069nt> .',
        HEAD + ':a :p "1"^^ # why\n xsd:int .',
        HEAD + ':a :p "1"^^:mine .',
        '@prefix xsd: <https://example.org/> . xsd:a xsd:p "1"^^xsd:integer .',
        f'@prefix xsd: # {XSD}\n <https://example.org/> . xsd:a xsd:p "1"^^xsd:integer .',
        f'@prefix xsd: <{XSD}> . @prefix xsd: <https://example.org/> . xsd:a xsd:p "1"^^xsd:integer .',
        f'@prefix xs: <{XSD}> . <urn:a> <urn:p> "1"^^xs:int .',
    ],
)
def test_what_may_be_another_is_in_doubt(tmp_path: Path, text: str) -> None:
    assert not is_sure(tmp_path, text)


@given(
    st.lists(st.sampled_from([*sorted(KEPT_BY_STORES), f"{XSD}int", f"{XSD}dateTimeStamp", "urn:mine"]), max_size=4),
    st.text(st.characters(codec="utf-8"), max_size=8),
)
def test_a_yes_is_never_wrong(tmp_path_factory: pytest.TempPathFactory, datatypes: list[str], value: str) -> None:
    quads = [
        pyoxigraph.Quad(
            pyoxigraph.NamedNode("urn:a"),
            pyoxigraph.NamedNode("urn:p"),
            pyoxigraph.Literal(value, datatype=pyoxigraph.NamedNode(datatype)),
        )
        for datatype in datatypes
    ]
    written = pyoxigraph.serialize(quads, format=pyoxigraph.RdfFormat.TURTLE, prefixes={"xsd": XSD})
    assert written is not None
    sure = is_sure(tmp_path_factory.mktemp("graph"), written.decode())
    assert not sure or {str(datatype) for datatype in datatypes} <= {str(kept) for kept in KEPT_BY_STORES}


def is_sure(folder: Path, text: str) -> bool:
    path = folder / "news.ttl"
    path.write_text(text, encoding="utf-8", newline="")
    return surely_kept(path)
