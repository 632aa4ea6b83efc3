"""The frame around every picture."""

from __future__ import annotations

import pytest

from kg.graph.model import DocumentNode, KnowledgeGraph
from kg.plot.page import credit


@pytest.mark.parametrize(
    ("publishers", "said"),
    [
        ([], ""),
        ([None], "Source: d0"),
        ([None, None], "Source: 2 documents"),
        (["The Herald"], "Source: The Herald (1 document)"),
        (["The Post", "The Herald", "The Post"], "Source: The Herald and The Post (3 documents)"),
        (["The Herald", None, None], "Source: The Herald (3 documents, 2 without a publisher)"),
    ],
)
def test_credit_names_publishers_and_says_of_how_many_documents_none_is_known(
    publishers: list[str | None], said: str
) -> None:
    documents = tuple(DocumentNode(f"d:{n}", f"d{n}", "0" * 64, publisher=name) for n, name in enumerate(publishers))
    assert credit(KnowledgeGraph("i:", documents=documents)) == said
