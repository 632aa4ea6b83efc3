from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg import resources
from kg.errors import KgError, OntologyError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A table in a package folder of its own: write it, then read it as ``table.tsv``."""
    (tmp_path / "data").mkdir()
    monkeypatch.setattr(resources, "files", lambda _: tmp_path)
    return tmp_path / "data" / "table.tsv"


def test_table(table: Path) -> None:
    table.write_text("# note\n\nname\tcode\tsource\nPeru\tPER\tISO\n# off\nChad\t TCD \n", encoding="utf-8")
    assert resources.read_tsv("table.tsv") == [
        {"name": "Peru", "code": "PER", "source": "ISO"},
        {"name": "Chad", "code": "TCD", "source": ""},
    ]


@pytest.mark.parametrize("space", [" ", "\u2003", "\u00a0", "\x0b"])
@pytest.mark.parametrize("row", ["{}Chad\tTCD", "Chad{}\tTCD", "Chad\t{}TCD", "Chad\tTCD{}", "Chad\tTCD{}\nPeru\tPER"])
def test_cells_are_stripped(table: Path, row: str, space: str) -> None:
    table.write_bytes(f"name\tcode\n{row.format(space)}".encode())
    assert resources.read_tsv("table.tsv")[0] == {"name": "Chad", "code": "TCD"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no header line"),
        ("# only a note\n", "no header line"),
        ("name\tname\n", "named twice: name, name"),
        ("name\tcode\n\nPeru\tPER\tISO\n", "line 3: 3 cells for 2 columns"),
    ],
)
def test_broken_table(table: Path, text: str, message: str) -> None:
    table.write_text(text, encoding="utf-8")
    with pytest.raises(KgError, match=message):
        resources.read_tsv("table.tsv")


@pytest.mark.parametrize("name", ["", "..", "../errors.py", "lexicons/../../errors.py", "/etc/hosts"])
def test_names_stay_in_the_packaged_data(name: str) -> None:
    with pytest.raises(KgError, match="names no packaged data"):
        resources.path(name)


def test_missing_file() -> None:
    assert not resources.exists("lexicons/none.tsv")
    with pytest.raises(KgError, match=r"'lexicons/none\.tsv' is missing"):
        resources.read_text("lexicons/none.tsv")


def test_names_lists_files_in_order() -> None:
    found = resources.names("lexicons", ".tsv")
    assert "countries.tsv" in found
    assert list(found) == sorted(found)


@pytest.mark.parametrize("name", ["kg", "kg.ttl", "plover", "cameo", "shapes"])
def test_ontologies_are_found(name: str) -> None:
    assert "@prefix" in resources.ontology_text(name)


def test_unknown_ontology_lists_the_known_ones() -> None:
    with pytest.raises(OntologyError, match="no ontology 'plower'; those shipped with kg: cameo, kg, plover, shapes"):
        resources.ontology_text("plower")
