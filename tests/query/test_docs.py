"""docs/queries.md says what the code does."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

import pytest

from kg.query import FORMATS, NamedQuery, load, names, render, run
from kg.query.parameters import TYPES, Parameter

if TYPE_CHECKING:
    from pathlib import Path

    import rdflib

    from kg.records import DocumentRecord


@pytest.fixture(scope="module")
def page(repository: Path) -> str:
    return (repository / "docs" / "queries.md").read_text(encoding="utf-8")


def section(query: NamedQuery, graph: rdflib.Graph) -> str:
    """Return what the page says of a named query: what it answers, its parameters, its example and the answer."""
    given = "".join(f" --param {shlex.quote(f'{name}={value}')}" for name, value in query.example)
    answer = render(query.run(graph, dict(query.example)))
    parameters = "".join(f"- `{each.name}` ({_kind(each)}): {each.description}\n" for each in query.parameters)
    return (
        f"### {query.name}\n\n**{query.title}.** {query.description}\n\n{parameters}{'' if not parameters else chr(10)}"
        f"```console\n$ kg query graph.ttl --name {query.name}{given}\n{answer}```\n"
    )


def _kind(parameter: Parameter) -> str:
    kind = parameter.type.replace("-", " ")
    if parameter.default is not None:
        return f"{kind}, {parameter.default} by default"
    return kind if parameter.required else f"{kind}, optional"


@pytest.mark.parametrize("name", names())
def test_every_query_is_documented_with_its_answer(page: str, graph: rdflib.Graph, name: str) -> None:
    assert section(load(name), graph) in page


def test_nothing_else_is(page: str) -> None:
    assert re.findall("^### (.+)$", page, re.MULTILINE) == list(names())


def test_the_page_quotes_the_article(page: str, record: DocumentRecord) -> None:
    assert " ".join(record.document.text.split()) in " ".join(page.replace("\n> ", " ").replace("\n>", " ").split())


def test_its_sparql_gives_the_answer_below_it(page: str, graph: rdflib.Graph) -> None:
    blocks = re.findall(r"```sparql\n(.*?)```\n\n```text\n(.*?)```", page, re.DOTALL)
    assert len(blocks) == 4
    for query, answer in blocks:
        assert render(run(graph, query)) == answer


def test_its_python_runs(page: str, graph: rdflib.Graph) -> None:
    (block,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    exec(compile(block, "docs/queries.md", "exec"), {"graph": graph})


def test_it_names_all_formats_and_types(page: str) -> None:
    assert all(f"`{name}`" in page for name in FORMATS)
    assert all(f"| {name.replace('-', ' ')} |" in page for name in TYPES)
