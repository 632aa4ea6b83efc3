"""Records on disk, in files written whole, found by digest."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kg.errors import InputError, RecordError
from kg.jsonl import read_records
from kg.run.reading import digest_of
from kg.run.shards import Shards

if TYPE_CHECKING:
    from pathlib import Path

    from kg.records import DocumentRecord


def several(record: DocumentRecord, count: int) -> list[DocumentRecord]:
    return [replace(record, document=replace(record.document, id=f"d{number}")) for number in range(count)]


def add(shards: Shards, records: list[DocumentRecord]) -> list[int]:
    for record in records:
        shards.add(digest_of(record), record)
    return [shards.place(digest_of(record)) for record in records]


def test_records_come_back_in_any_order(tmp_path: Path, record: DocumentRecord) -> None:
    records = several(record, 7)
    shards = Shards(tmp_path, size=3)
    places = add(shards, records)
    shards.flush()
    assert [file.name for file in sorted(tmp_path.iterdir())] == ["000000.jsonl", "000001.jsonl", "000002.jsonl"]
    assert list(shards.read(places)) == records
    assert list(shards.read(reversed(places))) == records[::-1]

    again = Shards(tmp_path, size=3)
    assert len(again) == 7
    assert [again.place(digest_of(one)) for one in records] == places
    assert add(again, several(record, 8))[7] not in places
    again.flush()
    assert list(read_records(tmp_path / "000003.jsonl")) == several(record, 8)[7:]


def test_what_is_not_flushed_is_not_there(tmp_path: Path, record: DocumentRecord) -> None:
    add(Shards(tmp_path, size=3), several(record, 5))
    assert len(Shards(tmp_path)) == 3


def test_a_record_is_kept_once(tmp_path: Path, record: DocumentRecord) -> None:
    shards = Shards(tmp_path)
    add(shards, [record, record])
    shards.flush()
    assert len(list(read_records(tmp_path / "000000.jsonl"))) == 1


@pytest.mark.parametrize("damage", [b"", b"\0" * 40, b'{"digest": "zz"}\n', b'{"id": "a"}\n'])
def test_damage_is_noticed(tmp_path: Path, record: DocumentRecord, damage: bytes) -> None:
    shards = Shards(tmp_path)
    add(shards, [record])
    shards.flush()
    path = tmp_path / "000000.jsonl"
    path.write_bytes(damage or path.read_bytes()[:-9])
    with pytest.raises(RecordError, match=r"000000\.jsonl: damaged; delete the file"):
        Shards(tmp_path)


def test_a_shard_that_is_gone(tmp_path: Path, record: DocumentRecord) -> None:
    shards = Shards(tmp_path)
    places = add(shards, [record])
    with pytest.raises(InputError, match=r"cannot read .*000000\.jsonl: No such file"):
        list(shards.read(places))


def test_a_shard_that_cannot_be_written_is_tried_again(tmp_path: Path, record: DocumentRecord) -> None:
    folder = tmp_path / "records"
    folder.mkdir()
    shards = Shards(folder)
    places = add(shards, [record])
    folder.rmdir()
    with pytest.raises(InputError, match="cannot write"):
        shards.flush()
    folder.mkdir()
    shards.flush()
    assert list(shards.read(places)) == [record]
