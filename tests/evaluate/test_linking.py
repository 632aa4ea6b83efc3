from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from kg.errors import DocumentError
from kg.evaluate import linking
from kg.records import ACTOR_TYPES
from kg.resources import read_tsv

TABLE = Path(__file__).parent.parent / "resolve" / "linking.tsv"
HEADER = "type\tpublished\tname\ttext\n"


@pytest.fixture(scope="module")
def cases() -> tuple[linking.LinkingCase, ...]:
    return linking.read(TABLE)


def test_mentions_are_linked_to_whom_they_mean(cases: tuple[linking.LinkingCase, ...]) -> None:
    scores = linking.score(cases)
    assert scores.accuracy >= 0.93, scores.wrong
    assert scores.false_links <= 0.03, scores.wrong


def test_the_table_covers_the_world(cases: tuple[linking.LinkingCase, ...]) -> None:
    assert len(cases) >= 400
    assert sum(not case.name for case in cases) >= 100
    decades = Counter(case.published.year // 10 for case in cases)
    assert all(decades[decade] >= 10 for decade in (199, 200, 201, 202))
    regions = Counter(line.split("\t")[0] for line in TABLE.read_text(encoding="utf-8").split("\n")[2:] if line)
    assert set(regions) == {"na", "la", "eu", "me", "af", "as", "oc", "in"}
    assert len({(case.mention, case.left, case.right, case.published) for case in cases}) == len(cases)
    assert {case.type for case in cases} <= set(ACTOR_TYPES)


def test_names_of_the_table_are_those_of_the_lexicons(cases: tuple[linking.LinkingCase, ...]) -> None:
    known = {row["name"] for table in ("organisations", "leaders", "office_holders", "countries", "readings")
             for row in read_tsv(f"lexicons/{table}.tsv")}  # fmt: skip
    named = {case.name for case in cases if case.type in ("PERSON", "STATE", "IGO", "ARMED_GROUP", "PARTY", "MEDIA")}
    assert named - {""} <= known


def test_reading_and_judging(tmp_path: Path) -> None:
    table = tmp_path / "cases.tsv"
    table.write_text(f"# mine\n{HEADER}IGO\t2001-02-03\tNATO\tThe [[NATO]] met.\n\nIGO\t2001-02-03\t\t[[NATO]]\n")
    first, second = linking.read(table)
    assert first == ("IGO", date(2001, 2, 3), "NATO", "The ", "NATO", " met.")
    scores = linking.score([first, second])
    assert (scores.accuracy, scores.false_links) == (0.5, 0.5)
    assert [one.linked for one in scores.wrong] == ["NATO"]


@pytest.mark.parametrize(
    "line",
    ["IGO\t2001\tNATO\t[[NATO]]", "IGO\t2001-02-03\tNATO\tNATO", "GULL\t2001-02-03\tNATO\t[[NATO]]", "IGO", ""],
)
def test_lines_that_are_no_cases(tmp_path: Path, line: str) -> None:
    table = tmp_path / "cases.tsv"
    table.write_text(HEADER + line + "\n")
    with pytest.raises(DocumentError, match="cases"):
        linking.read(table)


def test_a_table_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="cannot read"):
        linking.read(tmp_path / "none.tsv")
