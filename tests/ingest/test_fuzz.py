"""Whatever is done to a file of any format, it gives documents, failures or what is left aside, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.ingest import DocumentFailure, DocumentSkip, InputSettings, Limits, read
from kg.records import Document

from . import samples

if TYPE_CHECKING:
    from pathlib import Path

    from kg.ingest.items import AnyItem

LIMITS = Limits(document_bytes=1_000_000, seconds=5)
EDITS = st.lists(
    st.tuples(
        st.sampled_from(["set", "insert", "delete", "double", "cut"]),
        st.floats(0, 1),
        st.binary(min_size=1, max_size=8),
    ),
    max_size=4,
)


def edited(data: bytes, edits: list[tuple[str, float, bytes]]) -> bytes:
    """Return a file with changes, each at a place between its beginning (0) and end (1)."""
    for kind, where, new in edits:
        at = int(where * len(data))
        data = {
            "set": data[:at] + new + data[at + len(new) :],
            "insert": data[:at] + new + data[at:],
            "delete": data[:at] + data[at + len(new) :],
            "double": data[:at] + data[at : at + 64] * len(new) + data[at:],
            "cut": data[:at],
        }[kind]
    return data


@pytest.mark.parametrize("name", samples.FORMATS)
@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(edits=EDITS)
def test_any_file(tmp_path: Path, name: str, edits: list[tuple[str, float, bytes]]) -> None:
    path = tmp_path / name
    path.write_bytes(edited(samples.FORMATS[name](), edits))
    items: list[AnyItem] = []
    items.extend(read([path], settings=InputSettings(limits=LIMITS), on_skip=items.append))
    assert items
    for item in items:
        if isinstance(item, DocumentFailure):
            assert str(path) in str(item.error)
            assert "\n" not in str(item.error)
        elif isinstance(item, Document):
            assert item.text.strip()
            assert item.text.encode().decode() == item.text
            assert all(0 <= span.begin < span.end <= len(item.text) for span in item.ignored)
        else:
            assert isinstance(item, DocumentSkip)
