"""No two documents share an id."""

from __future__ import annotations

import pytest

from kg.errors import DocumentError
from kg.ingest.ids import Ids


def test_takes_the_first_free_id() -> None:
    ids = Ids()
    assert ids.claim(["a", "a.txt"], "a.txt") == "a"
    assert ids.claim(["a", "a.md"], "a.md") == "a.md"


def test_names_who_has_the_id() -> None:
    ids = Ids()
    ids.claim(["a"], "one.jsonl:1")
    with pytest.raises(DocumentError, match=r"two.jsonl:7: the id 'a' is taken by one.jsonl:1"):
        ids.claim(["a"], "two.jsonl:7")
