"""Names of actors, publishers and places lead to them, in whatever form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.errors import ConfigError
from kg.graph.assemble import assemble
from kg.graph.model import ActorNode, KnowledgeGraph
from kg.graph.names import bearers

if TYPE_CHECKING:
    from kg.records import DocumentRecord


@pytest.fixture(scope="module")
def graph(record: DocumentRecord) -> KnowledgeGraph:
    return assemble([record])


CASES = [
    ("Henrik Solberg", "actor/henrik-solberg_person_nor"),
    ("SOLBERG", "actor/henrik-solberg_person_nor"),
    ("katla jonsdottir", "actor/katla-jonsdottir"),
    ("Norwegian", "actor/norway_state_nor"),
    ("sea-watchers", "actor/sea-watchers_ngo"),
    ("The Northern Courier", "publisher/the-northern-courier"),
    ("Jan Mayen", "place/jan-mayen"),
]


@pytest.mark.parametrize(("name", "iri"), CASES)
def test_any_form_will_do(graph: KnowledgeGraph, name: str, iri: str) -> None:
    (found,) = bearers(graph, name)
    assert found.startswith(f"{graph.base}{iri}")
    assert bearers(graph, found) == bearers(graph, f"<{found}>") == (found,)


def test_all_that_bear_a_name() -> None:
    graph = KnowledgeGraph(
        "https://example.org/",
        actors=(
            ActorNode("https://example.org/a", "Georgia", "STATE", alt_names=("Tbilisi",)),
            ActorNode("https://example.org/b", "Georgia", "GOVERNMENT_BODY"),
        ),
    )
    assert bearers(graph, "georgia") == ("https://example.org/a", "https://example.org/b")
    assert bearers(graph, "Tbilisi") == ("https://example.org/a",)


UNKNOWN = [
    ("Solbergs", "did you mean Henrik Solberg or Solberg?"),
    ("Norwegian Service", "Norwegian Police Service?"),
    ("Zanzibar", "the query 'actors' lists everybody"),
    ("", "lists everybody"),
    ("...", "lists everybody"),
    ("https://example.org/nobody", "no actor is named 'https://example.org/nobody'"),
]


@pytest.mark.parametrize(("name", "message"), UNKNOWN)
def test_nobody_of_that_name(graph: KnowledgeGraph, name: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message.replace("?", r"\?")):
        bearers(graph, name)
