"""``--lexicon``: lines of no use are told, tables of no use end everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .conftest import files

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Kg


def test_skipped_lines_are_told_and_counted(kg: Kg, folder: Path) -> None:
    (folder / "own.actors.txt").write_text("ANA_EXAMPLE [FRAGOV]\nSEA [AFR]\n" + "BEA\x1b[31m [FRA]\n" * 25)
    (folder / "own.tsv").write_text("name\ttype\nCai\tPERSON\n")
    result = kg("build", "records.jsonl", "-o", "out.ttl", "--lexicon", "own.actors.txt", "--lexicon", "own.tsv")
    lines = result.stderr.splitlines()
    assert result.returncode == 0
    assert lines[0] == "kg: own.actors.txt:3: control character U+001B; skipped"
    assert lines[20] == "kg: 5 more lines of the lexicon skipped"
    assert lines[21] == "lexicon: 2 actors, 0 common nouns, 1 without a state or sector left out"


def test_bad_lexicons_end_everything(kg: Kg, folder: Path) -> None:
    (folder / "own.tsv").write_text("name\ttype\nAna\tHUMAN\x1b[31m\n")
    before = files(folder)
    for command in ("build", "extract"):
        for name, message in (("own.tsv", "own.tsv:2: control character U+001B"), ("none.txt", "cannot read none.txt")):
            result = kg(command, "records.jsonl", "-o", "out.ttl", "--lexicon", name)
            assert (result.returncode, result.stdout) == (2, "")
            assert result.stderr.startswith(f"kg: error: {message}")
            assert result.stderr.count("\n") == 1
    assert files(folder) == before
