"""Texts come from strangers: wherever one is shown, nothing runs, nothing leads astray, nothing breaks."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, get_type_hints

import pytest

from kg.explore.index import Index
from kg.explore.notebook import inline, summary
from kg.explore.report import report
from kg.explore.site import Site
from kg.graph import model

from .html import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.graph.model import KnowledgeGraph

MISLEADING = re.compile("[\u202a-\u202e\u2066-\u2069\u200b\u2028\x00\x1b\ud800-\udfff\U000e0000-\U000e007f]")
TEXTS = (str, str | None, tuple[str, ...])
# IRIs, digests and names of the ontology, which are read as such or not at all.
IDENTIFIERS = {
    *("iri", "base", "document", "copy_of", "run", "entry", "sources", "targets", "participants", "places", "events"),
    *("target", "joined_to", "claimant", "contradicts", "custom_types", "sha256", "mode", "property"),
}
ALLOWED_LINK = re.compile(r"/(?!/)|#|about:srcdoc#|https?://|data:,$")


@pytest.fixture(scope="module")
def site(hostile: KnowledgeGraph) -> Site:
    text = hostile.events[0].mentions[0].sentence * 2
    return Site(Index(hostile, {hostile.documents[0].sha256: text}), hostile.actors[0].name)


def check(html: str, *, scripts: int = 1) -> None:
    """Hold a page to what every page must be."""
    assert not MISLEADING.search(html)
    html.encode("utf-8")
    page = Page(html)
    assert [one.get("src") for one in page.of("script")] == ["/static/explore.js"] * scripts
    assert not page.of("img")
    for tag, attributes in page.elements:
        strays = [name for name in attributes if name.startswith("on") or name == "style" or not name.isascii()]
        assert not strays, f"{tag} has {strays}"
    assert all(ALLOWED_LINK.match(link) for link in page.links())


def pages(site: Site) -> dict[str, str]:
    graph, key = site.index.graph, site.index.key
    one, other = (key(iri) for iri in (graph.relations[0].source, graph.relations[0].target))
    return {
        "overview": site.overview({}),
        "search": site.search({"q": "<script>alert(1)</script>"}),
        "found": site.search({"q": "script"}),
        "actor": site.actor({"id": one, "expand": other}),
        "place": site.actor({"id": key(graph.places[0].iri)}),
        "pair": site.pair({"one": one, "other": other}),
        "timeline": site.timeline({"source": '"><script>'}),
        "map": site.map({}),
        "events": site.events({"id": one}),
        "event": site.event({"id": key(graph.events[0].iri)}),
        "relation": site.relation({"id": key(graph.relations[0].iri)}),
        "documents": site.documents({}),
        "document": site.document({"id": key(graph.documents[0].iri), "at": "0"}),
        "error": site.error("<script>", graph.events[0].label),
    }


def test_every_text_of_the_model_is_hostile(hostile: KnowledgeGraph) -> None:
    assert sorted(promised() - set(hostile_fields(hostile))) == []


def promised() -> set[str]:
    """Return the fields of all nodes that can hold text."""
    nodes = [one for one in vars(model).values() if isinstance(one, type) and is_dataclass(one)]
    found = {
        f"{node.__name__}.{name}"
        for node in nodes
        for name, kind in get_type_hints(node).items()
        if kind in TEXTS and name not in IDENTIFIERS
    }
    return found - {"RelationEdge.source"}


def hostile_fields(node: object) -> Iterator[str]:
    """Give the fields of a node, and of those within it, that hold hostile text."""
    assert is_dataclass(node)
    for field in fields(node):
        value = getattr(node, field.name)
        for one in value if isinstance(value, tuple) else (value,):
            if is_dataclass(one):
                yield from hostile_fields(one)
            elif "alert(" in str(one):
                yield f"{type(node).__name__}.{field.name}"


def test_account_labels_and_types_of_ones_own_are_shown_harmless(site: Site) -> None:
    meeting = next(one for one in site.index.graph.events if one.type == "CONSULT")
    html = site.event({"id": site.index.key(meeting.iri)})
    check(html)
    assert "Here: account: </title>" in Page(html).text
    assert "Consult (visit), </title>" in Page(html).text


def test_nothing_runs_on_any_page(site: Site) -> None:
    for html in pages(site).values():
        check(html)
    assert "{{ 7 * 7 }}" in Page(pages(site)["overview"]).text


def test_every_event_and_relation_is_shown_harmless(site: Site) -> None:
    for event in site.index.graph.events:
        check(site.event({"id": site.index.key(event.iri)}))
    for relation in site.index.graph.relations:
        check(site.relation({"id": site.index.key(relation.iri)}))


def test_names_in_pictures_are_short(site: Site) -> None:
    html = site.actor({"id": site.index.key(site.index.graph.relations[0].source)})
    texts = re.findall(r"<text[^>]*>(.*?)</text>", html, re.DOTALL)
    assert texts
    assert all(len(text) < 300 for text in texts)
    assert len(html) < 500_000


def test_names_as_they_are_typed_are_harmless(site: Site) -> None:
    hits = site.hits({"q": "script"})
    assert hits
    assert all(hit["address"].startswith("/actor?id=") for hit in hits)
    assert not any(MISLEADING.search(hit["words"]) for hit in hits)


def test_exports_guard_against_formulas_and_hold_no_control_characters(site: Site) -> None:
    assert "\x00" not in site.events_csv({})
    assert MISLEADING.search(site.events_json({})) is None


def test_a_report_runs_nothing(hostile: KnowledgeGraph) -> None:
    html = report(hostile, title="<script>alert(1)</script>")
    check(html, scripts=0)
    assert all(link.startswith("#") for link in Page(html).links())


def test_a_notebook_runs_nothing(hostile: KnowledgeGraph) -> None:
    check(summary(hostile), scripts=0)
    shown = inline(hostile)._repr_html_()
    assert [one["sandbox"] for one in Page(shown).of("iframe")] == [""]
    assert len(Page(shown).elements) == 1
    within = Page(shown).of("iframe")[0]["srcdoc"]
    check(within, scripts=0)
    assert Page(within).links()
    assert all(link.startswith("about:srcdoc#") for link in Page(within).links())
