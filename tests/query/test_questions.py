"""Competency questions: docs/questions.md asks 25, and the graph of a small archive answers each as written there."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from kg.graph.assemble import assemble
from kg.query import render, run
from kg.rdf.encode import encode
from kg.rdf.validate import validate

from .newsroom import STORIES, records

if TYPE_CHECKING:
    import rdflib

PAGE = Path(__file__).parents[2].joinpath("docs", "questions.md").read_text(encoding="utf-8")
SECTION = re.compile(
    r"^### \d+\. (?P<title>[^\n]+)\n\n```sparql\n(?P<query>.*?)```\n\n(?P<answer>(?:\|[^\n]*\n)+)",
    re.MULTILINE | re.DOTALL,
)


class Question(NamedTuple):
    """A question of the page: its title, its SPARQL and the answer, column names first."""

    title: str
    query: str
    answer: list[list[str]]


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def questions() -> list[Question]:
    found = []
    for section in SECTION.finditer(PAGE):
        header, _, *rows = map(cells, section["answer"].splitlines())
        found.append(Question(section["title"], section["query"], [header, *rows]))
    return found


QUESTIONS = questions()


@pytest.fixture(scope="module")
def archive() -> rdflib.Graph:
    return encode(assemble(records()))


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.title)
def test_a_question_is_answered(question: Question, archive: rdflib.Graph) -> None:
    answer = render(run(archive, question.query), "csv")
    assert list(csv.reader(io.StringIO(answer))) == question.answer


def test_there_are_twenty_five() -> None:
    assert len(QUESTIONS) == len(re.findall("^### ", PAGE, re.MULTILINE)) == 25


def test_the_page_lists_them_all() -> None:
    listed = re.findall(r"^\| (\d+) \| (.+?) \|", PAGE, re.MULTILINE)
    assert listed == [(str(number), question.title) for number, question in enumerate(QUESTIONS, 1)]


def test_the_page_tells_the_stories() -> None:
    told = " ".join(PAGE.replace("\n> ", " ").replace("\n>", " ").split())
    assert all(story.text in told for story in STORIES)


def test_the_archive_is_valid(archive: rdflib.Graph) -> None:
    assert validate(archive) == []
