"""Inputs of all kinds from the command line: what is left aside is told and no failure, what fails is one."""

from __future__ import annotations

import gzip
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Kg

GERMAN = (
    "Der Außenminister traf am Montag in Genf mit seinem Amtskollegen zusammen, um über die Lage an der Grenze und die "
    "Versorgung der Menschen in den umkämpften Gebieten zu sprechen."
)


def test_an_archive_of_records_and_a_text_in_another_language(kg: Kg, folder: Path) -> None:
    with zipfile.ZipFile(folder / "news.zip", "w") as archive:
        archive.writestr("a/records.jsonl.gz", gzip.compress((folder / "records.jsonl").read_bytes()))
        archive.writestr("b.txt", GERMAN)
    result = kg("build", "news.zip", "-o", "out.ttl")
    assert result.returncode == 0
    aside, summary, *_ = result.stderr.splitlines()
    assert aside == "kg: left aside news.zip/b.txt (news/b): it is not in English, but in 'de'"
    assert "1 document" in summary
    plain = kg("build", "records.jsonl", "-o", "plain.ttl")
    assert plain.returncode == 0
    assert (folder / "out.ttl").read_bytes() == (folder / "plain.ttl").read_bytes()


def test_a_limit_fails_the_document_alone(kg: Kg, folder: Path) -> None:
    (folder / "long.txt").write_text("word " * 4000, encoding="utf-8")
    size = (folder / "records.jsonl").stat().st_size
    result = kg("build", "long.txt", "records.jsonl", "--input-limit", f"document_bytes={size}", "-o", "out.ttl")
    assert result.returncode == 1
    complaint, *_ = result.stderr.splitlines()
    reason = f"it is larger than {size:,} bytes (the limit 'document_bytes')"
    assert complaint == f"kg: error: cannot read long.txt: {reason}"
