"""A report shows nothing that does not lead, within two clicks, to the words that it rests on."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kg.explore.report import report

from .html import Page

if TYPE_CHECKING:
    from kg.graph.model import KnowledgeGraph

DRAWN = ("network", "time", "pairs", "map", "events", "relations")


def section(html: str, name: str) -> str:
    return re.split(r"</section>", html.split(f'<section id="{name}">')[1])[0]


def pieces(html: str) -> dict[str, str]:
    """Return what stands at each place that has a name: articles and rows of tables."""
    found = re.findall(r'<(article|tr) [^>]*?id="([^"]+)">(.*?)</\1>', html, re.DOTALL)
    found += re.findall(r'<(tr) class="[^"]*" id="([^"]+)">(.*?)</\1>', html, re.DOTALL)
    return {name: content for _, name, content in found}


def targets(html: str) -> list[str]:
    """Return where links within the report lead."""
    return [link.removeprefix("#") for link in Page(html).links() if link.startswith("#")]


def clicks(known: dict[str, str], name: str) -> int:
    """Return how many clicks, the first included, it takes from a link to words of a text; 9 where there are none."""
    if "<blockquote>" in known.get(name, ""):
        return 1
    onward = [one for one in targets(known.get(name, "")) if one in known]
    return 2 if any("<blockquote>" in known[one] for one in onward) else 9


@pytest.mark.parametrize("actor", [None, "Norway", "Iceland"])
def test_all_that_is_drawn_leads_to_words_within_two_clicks(graph: KnowledgeGraph, actor: str | None) -> None:
    html = report(graph, actor=actor)
    known = pieces(html)
    for name in DRAWN:
        found = targets(section(html, name))
        assert found or (name == "map" and "<circle" not in section(html, name)), name
        assert {one: clicks(known, one) for one in found if clicks(known, one) > 2} == {}, name


@pytest.mark.parametrize("actor", [None, "Norway"])
def test_lines_points_bars_and_names_are_links(graph: KnowledgeGraph, actor: str | None) -> None:
    html = report(graph, actor=actor)
    network = section(html, "network")
    # Each line, each name but the centre's, and each tie of the list.
    assert len(targets(network)) == 2 * network.count('class="grip"') + network.count('class="node"')
    circles = section(html, "map").count("<circle")
    assert circles or actor
    assert section(html, "map").count("<article") == circles
    time = section(html, "time")
    full = [one for one in re.findall("<title>(.*?)</title>", time) if "0 of cooperation, 0 of conflict" not in one]
    assert len(targets(time)) == len(full) > 0


def test_places_within_a_report_have_one_name_each(graph: KnowledgeGraph) -> None:
    html = report(graph)
    names = Counter(attributes["id"] for _, attributes in Page(html).elements if "id" in attributes)
    # Arrow heads are the same in every drawing, and a report has one drawing of a network.
    assert {name for name, number in names.items() if number > 1} == set()
    assert set(targets(html)) <= names.keys()


def test_relations_that_texts_state_have_their_sentences(graph: KnowledgeGraph) -> None:
    html = report(graph)
    (target,) = {one for one in targets(section(html, "relations")) if "controls" in pieces(html)[one]}
    assert "Norway controls Jan Mayen" in Page(pieces(html)[target]).text
    assert "Who denies it" in pieces(html)[target]
    stated = [one for one in graph.relations if one.mentions]
    assert len(targets(section(html, "relations"))) == len(stated)
    rest = len(graph.relations) - len(stated)
    assert f"{len(stated)} relations, stated by texts. {rest} more follow" in section(html, "relations")


def test_a_report_leads_out_to_the_originals_alone(graph: KnowledgeGraph) -> None:
    (document,) = graph.documents
    page = Page(report(graph))
    outward = [one for one in page.of("a") if not one["href"].startswith("#")]
    assert {one["href"] for one in outward} == {document.url}
    assert len(outward) == len(page.of("blockquote"))
    assert all("noopener" in one["rel"] and "noreferrer" in one["rel"] for one in outward)
    framed = Page(report(graph, address="about:srcdoc"))
    assert all(link.startswith("about:srcdoc#") for link in framed.links())
    assert framed.text.count(f", {document.url}, characters") == len(outward)


def test_a_pair_has_its_events_relations_and_series(graph: KnowledgeGraph) -> None:
    html = report(graph)
    pair = next(
        content
        for name, content in pieces(html).items()
        if name.startswith("p") and "Iceland" in content.split("</h3>")[0] and "Norway" in content.split("</h3>")[0]
    )
    page = Page(pair)
    assert "Norway aids Iceland; 1 report, planned" in page.text
    assert len([one for one in page.links() if one.startswith("#e")]) > 1
    assert 'class="bars"' in pair


@pytest.mark.parametrize("most", [1, 2])
def test_what_is_left_out_is_counted(graph: KnowledgeGraph, most: int) -> None:
    html = report(graph, most=most)
    evidence = section(html, "evidence")
    assert evidence.count("<article") == 2 * most
    assert "not told here" in section(html, "pairs")
    stated = sum(1 for one in graph.relations if one.mentions)
    assert f"{most} relation{'s' * (most > 1)} of {stated}, those with the most reports" in html
    assert len(html) < len(report(graph))


def test_a_report_on_nothing(graph: KnowledgeGraph) -> None:
    html = report(replace(graph, documents=(), actors=(), places=(), events=(), relations=()))
    assert "No two." in section(html, "pairs")
    assert "Nobody." in section(html, "network")


def test_the_same_graph_gives_the_same_bytes(graph: KnowledgeGraph) -> None:
    assert report(graph) == report(graph)
