"""Queries answered by a process of their own: right, in time, within their memory, side by side."""

from __future__ import annotations

import asyncio
import json
import os
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kg.errors import QueryError
from kg.explore.questioner import answerer
from kg.explore.questions import Answer, Limits, QueryLimitError, QueryTimeoutError, Question, Questions
from kg.rdf.encode import encode
from kg.rdf.serialize import write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.graph.model import KnowledgeGraph

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot copy processes")

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def path(graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("questions") / "graph.ttl"
    write(encode(graph), found)
    return found


@pytest.fixture(scope="module")
def questions(path: Path) -> Iterator[Questions]:
    """Questions that may take long, so that a busy machine answers them too."""
    with Questions(path, Limits(seconds=120.0, megabytes=64, at_once=8, answer_megabytes=1)) as found:
        yield until_ready(found)


@pytest.fixture(scope="module")
def hasty(path: Path) -> Iterator[Questions]:
    """Questions that may take a second."""
    with Questions(path, Limits(seconds=1.0)) as found:
        yield until_ready(found)


def until_ready(questions: Questions) -> Questions:
    for _ in range(6000):
        if questions.ready:
            break
        time.sleep(0.1)
    return questions


def ask(questions: Questions, query: str, **formats: str) -> Answer:
    return asyncio.run(questions.ask(replace(Question(query), **formats)))  # type: ignore[arg-type]


def test_a_query_is_answered(questions: Questions) -> None:
    found = ask(questions, "SELECT ?name { ?a a kg:Actor ; rdfs:label ?name } ORDER BY ?name LIMIT 1")
    assert found.kind == "select"
    assert json.loads(found.text)["results"]["bindings"][0]["name"]["value"] == "Denmark"


@pytest.mark.parametrize(
    ("query", "formats", "kind", "text"),
    [
        ("ASK { ?s a kg:Actor }", {"format": "csv"}, "ask", "true\n"),
        ("SELECT (1 AS ?n) {}", {"format": "csv"}, "select", "n\r\n1\r\n"),
        ("SELECT (1 AS ?n) {}", {"format": "tsv"}, "select", "?n\n1\n"),
        ("CONSTRUCT { <x:a> <x:b> 1 } {}", {"graph_format": "ntriples"}, "graph", "<x:a> <x:b> "),
        ("CONSTRUCT { <x:a> <x:b> 1 } {}", {"graph_format": "turtle"}, "graph", "<x:a> <x:b> 1 ."),
        ("CONSTRUCT { <x:a> <x:b> 1 } {}", {"format": "csv"}, "graph", "x:a,x:b,1"),
    ],
)
def test_answers_come_in_formats(
    questions: Questions, query: str, formats: dict[str, str], kind: str, text: str
) -> None:
    found = ask(questions, query, **formats)
    assert found.kind == kind
    assert text in found.text


def test_named_queries_take_arguments(questions: Questions) -> None:
    question = Question(name="who-met-whom", arguments=(("actor", "Solberg"),), format="csv")
    assert "Katla" in asyncio.run(questions.ask(question)).text


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT ?a {", "line 1, column"),
        ("SELECT *\n{ ?a ?b }", "line 2, column"),
        ("INSERT DATA { <x:a> <x:b> <x:c> }", "update"),
        ("SELECT * { SERVICE <http://example.org/> { ?a ?b ?c } }", "SERVICE is refused"),
        ("SELECT * FROM <file:///etc/passwd> { ?a ?b ?c }", "FROM is refused"),
        ("LOAD <http://example.org/>", "update"),
        ("", "no query"),
        ("(" * 5000, "query"),
    ],
)
def test_what_is_no_query_is_told(questions: Questions, query: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        ask(questions, query)


def test_a_query_that_takes_too_long_is_stopped(hasty: Questions) -> None:
    began = time.monotonic()
    with pytest.raises(QueryTimeoutError, match="stopped after 1 s"):
        ask(hasty, ENDLESS)
    assert time.monotonic() - began < 30


def test_a_query_gets_no_more_memory_than_it_may(questions: Questions) -> None:
    with pytest.raises(QueryLimitError, match="memory"):
        ask(questions, f'SELECT (STRLEN(REPLACE("{"x" * 60_000}", "x", "{"y" * 4_000}")) AS ?n) {{}}')


def test_an_answer_is_not_larger_than_it_may_be(questions: Questions) -> None:
    with pytest.raises(QueryLimitError, match="larger than 1 MB"):
        ask(questions, f'SELECT ("{"x" * 5_000}" AS ?n) ?a {{ ?a ?b ?c }}')


def test_good_queries_do_not_wait_for_bad_ones(questions: Questions) -> None:
    async def together() -> list[Answer]:
        bad = [asyncio.create_task(questions.ask(Question(ENDLESS))) for _ in range(4)]
        good = await asyncio.gather(*(questions.ask(Question("ASK { ?s a kg:Actor }")) for _ in range(12)))
        assert not any(task.done() for task in bad)
        for task in bad:
            task.cancel()
        return good

    assert {one.kind for one in asyncio.run(together())} == {"ask"}


def test_who_asks_what_must_be_stopped_leaves_room_for_others(path: Path) -> None:
    with Questions(path, Limits(seconds=1.0, at_once=2)) as questions:
        until_ready(questions)

        async def together() -> float:
            with pytest.raises(QueryTimeoutError):
                await questions.ask(Question(ENDLESS), "127.0.0.2")
            questions.limits = replace(questions.limits, seconds=30.0)
            bad = [asyncio.create_task(questions.ask(Question(ENDLESS), "127.0.0.2")) for _ in range(6)]
            await asyncio.sleep(0.05)
            began = time.monotonic()
            await questions.ask(Question("ASK { ?s a kg:Actor }"), "127.0.0.3")
            took = time.monotonic() - began
            assert not any(task.done() for task in bad)
            for task in bad:
                task.cancel()
            return took

        assert asyncio.run(together()) < 30


def test_a_good_question_is_taken_as_one_again(questions: Questions) -> None:
    questions._stopped["127.0.0.4"] = None
    asyncio.run(questions.ask(Question("ASK { ?s a kg:Actor }"), "127.0.0.4"))
    assert "127.0.0.4" not in questions._stopped


def test_the_process_ends_with_its_owner(graph: KnowledgeGraph, tmp_path: Path) -> None:
    write(encode(graph), tmp_path / "graph.ttl")
    with Questions(tmp_path / "graph.ttl") as questions:
        process = questions._process
        assert process is not None
    assert process.poll() is not None
    with pytest.raises(QueryError, match="has ended"):
        asyncio.run(questions.ask(Question("ASK {}")))


def test_a_question_that_nobody_has_room_for_is_told(tmp_path: Path) -> None:
    questions = Questions(tmp_path / "graph.ttl")
    questions._folder = str(tmp_path)

    async def turned_away() -> None:
        server = await asyncio.start_unix_server(lambda _, writer: writer.close(), questions._socket)
        async with server:
            await questions.ask(Question("x" * 100_000))

    with pytest.raises(QueryLimitError, match="memory"):
        asyncio.run(turned_away())


def test_a_question_is_answered_in_place_too(graph: KnowledgeGraph, tmp_path: Path) -> None:
    write(encode(graph), tmp_path / "graph.ttl")
    answer = answerer(tmp_path / "graph.ttl")
    assert answer({"query": "ASK { ?s a kg:Actor }", "format": "csv"}) == {"kind": "ask", "text": "true\n"}
    assert "no query is named" in answer({"name": "nonsense", "format": "csv"})["error"]
    found = answer({"query": "CONSTRUCT { ?s a ?k } { ?s a ?k }", "format": "csv", "graph_format": "turtle"})
    assert found["kind"] == "graph"
    assert "kg:Actor" in found["text"]
    assert answer({"query": " ", "format": "csv"}) == {"error": "there is no query"}
