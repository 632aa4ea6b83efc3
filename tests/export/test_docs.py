"""docs/export.md says what every column holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from kg.export import FORMATS
from kg.export.polecat import polecat
from kg.export.tables import tables
from kg.graph.model import KnowledgeGraph

if TYPE_CHECKING:
    from pathlib import Path

    from kg.export.formats import Format
    from kg.export.table import Table

EMPTY = KnowledgeGraph("https://example.org/")
ALL = (*tables(EMPTY), polecat(EMPTY))


@pytest.fixture(scope="module")
def page(repository: Path) -> str:
    return (repository / "docs" / "export.md").read_text(encoding="utf-8")


def section(table: Table) -> str:
    """Return what the page says of a table."""
    rows = "".join(f"| `{column.name}` | {column.kind} | {column.about} |\n" for column in table.columns)
    return f"### {table.name}\n\nA row: {table.about}.\n\n| column | kind | what it says |\n| --- | --- | --- |\n{rows}"


@pytest.mark.parametrize("table", ALL, ids=lambda table: table.name)
def test_every_column_is_documented(page: str, table: Table) -> None:
    assert section(table) in page


def test_nothing_else_is(page: str) -> None:
    assert re.findall("^### (.+)$", page, re.MULTILINE) == [table.name for table in ALL]


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.name)
def test_every_format_is_documented(page: str, known: Format) -> None:
    assert f"| `{known.name}` | {known.about} |" in page
