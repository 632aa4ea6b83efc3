"""Names of actors, publishers and places lead to them, in whatever form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.errors import ConfigError
from kg.graph.assemble import assemble
from kg.graph.model import ActorNode, KnowledgeGraph
from kg.graph.names import bearers, taken_for, taken_for_one

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


TAKEN = [
    ("henrik solberg", ""),
    ("Solberg", "'Solberg' is taken for Henrik Solberg"),
    ("Jan Mayen", "'Jan Mayen' is taken for the place Jan Mayen, as no actor has the name"),
    ("the northern courier", "'the northern courier' is taken for the publisher the northern courier, as no actor has"),
    ("Nobody", ""),
]


@pytest.mark.parametrize(("name", "words"), TAKEN)
def test_whom_a_name_is_taken_for(graph: KnowledgeGraph, name: str, words: str) -> None:
    said = taken_for(graph, name)
    assert said.startswith(words)
    assert bool(said) == bool(words)


def test_names_that_say_whom_they_mean_need_no_word() -> None:
    actors = (ActorNode("i:a", "Ada", "PERSON"), ActorNode("i:b", "Bo", "PERSON", alt_names=("Ada", "B.")))
    graph = KnowledgeGraph("i:", actors=actors)
    assert (taken_for(graph, "i:b"), taken_for(graph, "<i:b>"), taken_for(graph, "Bo")) == ("", "", "")
    assert taken_for(graph, "Ada") == "'Ada' is taken for Ada and Bo"
    assert (taken_for_one(graph, "Ada"), taken_for_one(graph, "B.")) == ("", "'B.' is taken for Bo")


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
