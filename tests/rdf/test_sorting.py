"""Lines come in order, each once, whether they fit into memory or go by way of the disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.rdf import sorting
from kg.rdf.sorting import in_order

if TYPE_CHECKING:
    from pathlib import Path

    from kg.rdf.statements import Statement

TERMS = st.sampled_from(["<a:b>", "<a:b/c>", "<a:b#c>", "_:b1", "_:b10", "<a:é>", "<a:\U00010000>", "<a:\uffee>"])
VALUES = TERMS | st.sampled_from(['"a"', '"a"@en', '"a b"', '"a\xa0"', '"1"^^<a:b>'])
STATEMENTS = st.lists(st.tuples(TERMS, TERMS, VALUES), max_size=12)


@pytest.mark.parametrize("end", [" .\n", " <a:b> .\n"])
@given(statements=STATEMENTS, at_once=st.integers(1, 12))
def test_it_is_what_sorting_whole_lines_gives(statements: list[Statement], at_once: int, end: str) -> None:
    assert list(in_order(statements, end, at_once=at_once)) == sorted({" ".join(one) + end for one in statements})


def test_so_many_that_not_all_files_can_be_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sorting, "_FILES", 3)
    statements = [(f"<a:{number * 7 % 50:02}>", "<a:b>", "<a:c>") for number in range(60)]
    lines = list(in_order(statements, " .\n", tmp_path, at_once=4))
    assert lines == [f"<a:{number:02}> <a:b> <a:c> .\n" for number in range(50)]
    assert list(tmp_path.iterdir()) == []
