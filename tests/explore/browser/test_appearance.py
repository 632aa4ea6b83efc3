"""How pages look and to whom: in both schemes, on every width, on paper, to those who cannot see, to the hostile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright", reason="needs playwright to drive a browser")

from playwright.sync_api import expect

from kg.explore.report import write_report

from .visit import hindrances

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.explore.site import Site
    from kg.graph.model import KnowledgeGraph

    from .conftest import Open
    from .visit import Visit

SCHEMES = ("light", "dark")
NARROW = (320, 640)
NORWAY = "/actor?id=actor%2Fnorway_state_nor"
ICELAND = "/actor?id=actor%2Ficeland_state_isl"
# A page of every kind, of the article: each as it is at its fullest.
PAGES = {
    "start": "/",
    "search": "/search?q=nor",
    "actor": f"{NORWAY}&expand=actor%2Ficeland_state_isl&sure=0.1",
    "two actors": "/pair?one=actor%2Fnorway_state_nor&other=actor%2Ficeland_state_isl",
    "timeline": "/timeline?by=month",
    "map": "/map",
    "events": "/events?sort=confidence&down=yes",
    "documents": "/documents",
    "queries": "/console?name=actors",
    "chart": "/console?as=chart&query=SELECT%20%3Fa%20(1%20AS%20%3Fn)%20%7B%20%3Fa%20a%20kg%3AState%20%7D",
    "graph": "/console?as=graph&query=SELECT%20%3Fa%20%3Fb%20%7B%20%3Fa%20kg%3Ameets%20%3Fb%20%7D",
    "missing": "/nowhere",
    "refused": "/console?query=SELECT",
}
REFUSED = ("404 (Not Found)", "400 (Bad Request)")


def every_page(seen: Visit) -> dict[str, str]:
    """Return an address of every kind of page, those that only the graph knows too."""
    seen.go("/events")
    found = {"event": seen.links("main a[href^='/event?']")[0]}
    seen.go(ICELAND)
    found["relation"] = seen.links("main a[href^='/relation?']")[0]
    seen.go(found["event"])
    found["document"] = seen.links("blockquote a[href^='/document?']")[0]
    return PAGES | found


@pytest.mark.parametrize("scheme", SCHEMES)
def test_everybody_can_use_every_page(visit: Open, explorer: str, graph_report: Path, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-playwright-python").Axe()
    seen = visit(explorer, color_scheme=scheme, bypass_csp=True)  # axe writes styles of its own
    seen.expected = REFUSED
    found = {name: hindrances(axe, seen, path) for name, path in every_page(seen).items()}
    report = visit(graph_report.parent.as_uri(), color_scheme=scheme, bypass_csp=True)
    found["report"] = hindrances(axe, report, graph_report.as_uri())
    assert not {name: wrong for name, wrong in found.items() if wrong}


def test_light_and_dark_follow_the_system_and_the_button(visit: Open, explorer: str) -> None:
    seen = visit(explorer, color_scheme="dark")
    page = seen.go("/")
    assert brightness(seen) < 60
    page.get_by_role("button", name="Light or dark").click()
    assert brightness(seen) > 240
    seen.go("/events")
    assert brightness(seen) > 240
    page.get_by_role("button", name="Light or dark").click()
    page.reload()
    assert brightness(seen) < 60


def brightness(seen: Visit) -> int:
    """Return the red of the background, 0 to 255."""
    colour = seen.page.evaluate("getComputedStyle(document.body).backgroundColor")
    return int(colour.removeprefix("rgb(").split(",")[0])


@pytest.mark.parametrize("width", NARROW)
def test_pages_fit_narrow_screens(visit: Open, explorer: str, seed: str, width: int) -> None:
    seen = visit(explorer, viewport={"width": width, "height": 640}, has_touch=True)
    seen.expected = REFUSED
    wide = {name: over for name, path in every_page(seen).items() if (over := fit(seen, path))}
    other = visit(seed, viewport={"width": width, "height": 640})
    wide |= {f"seed {path}": over for path in ("/", "/map", "/timeline", "/events") if (over := fit(other, path))}
    assert not wide


# How many lines the words of the cells that never wrap take: one, or the column breaks them.
LINES = (
    "all => all.map(one => { const r = document.createRange(); r.selectNodeContents(one);"
    "return new Set([...r.getClientRects()].map(box => Math.round(box.bottom / 8))).size; })"
)


@pytest.mark.parametrize("width", [360, 1200])
def test_short_columns_break_no_words(visit: Open, seed: str, width: int) -> None:
    seen = visit(seed, viewport={"width": width, "height": 640})
    page = seen.go("/events")
    assert set(page.locator("td .badge:visible").evaluate_all(LINES)) == {1}
    columns = page.locator("tbody tr").first.locator("td.name, td.when")
    assert all(box >= 130 for box in columns.evaluate_all("all => all.map(one => one.offsetWidth)"))
    assert page.locator("td.type").evaluate_all(
        "all => all.every(one => getComputedStyle(one).whiteSpace === 'nowrap')"
    )
    assert seen.overhang() == 0


def test_how_an_event_stands_is_seen_on_a_phone(visit: Open, explorer: str) -> None:
    for width, seen in ((360, True), (1200, False)):
        page = visit(explorer, viewport={"width": width, "height": 640}).go("/events")
        disputed = page.locator("tr", has=page.locator("td:nth-child(4) .disputed"))
        expect(disputed.locator("td.name").get_by_text("disputed")).to_be_visible(visible=seen)
        plain = page.locator("tr", has=page.locator("td:nth-child(4) .happened:only-child"))
        expect(plain.locator("td.name .badge")).to_have_count(0)
        assert page.locator("td.name .badge").first.evaluate("one => !!one.closest('[aria-hidden=true]')")


def fit(seen: Visit, path: str) -> int:
    seen.go(path)
    return seen.overhang()


def test_pages_print_whole(visit: Open, explorer: str) -> None:
    seen = visit(explorer, viewport={"width": 720, "height": 1000})
    for path in (PAGES["actor"], PAGES["two actors"], PAGES["map"]):
        page = seen.go(path)
        page.emulate_media(media="print", color_scheme="dark")
        expect(page.locator("header")).to_be_hidden()
        expect(page.locator(".filters")).to_be_hidden()
        assert seen.overhang() == 0
        assert brightness(seen) == 255, "paper is white, whatever the screen"
        rights = "all => Math.max(...all.map(one => one.getBoundingClientRect().right))"
        assert page.locator("svg").evaluate_all(rights) <= 720
    page = seen.go(f"{PAGES['two actors']}&sure=0.5&by=month")
    page.emulate_media(media="print")
    expect(page.get_by_text("Chosen: confidence at least 50%")).to_be_visible()
    expect(page.get_by_text("sentences", exact=False).first).to_be_visible()
    expect(page.get_by_text("By day")).to_be_hidden()
    page = seen.go(PAGES["queries"])
    page.emulate_media(media="print")
    expect(page.locator("#answer ~ p")).to_contain_text(" rows")
    expect(page.locator("#answer ~ p")).to_be_visible()
    assert page.pdf().startswith(b"%PDF")


def hostile_pages(site: Site) -> Iterator[str]:
    graph, url = site.index.graph, site.address
    yield from ("/", "/search?q=script", "/timeline", "/map", "/events", "/documents", "/console")
    yield from (url(graph.actors[0].iri), url(graph.places[0].iri), f"{url(graph.documents[0].iri)}&at=0")
    yield from map(url, (graph.events[4].iri, graph.relations[0].iri))
    relation = graph.relations[0]
    one, other = (site.index.key(iri) for iri in (relation.source, relation.target))
    yield f"/pair?one={one}&other={other}"
    yield f"{url(relation.source)}&expand={other}"


@pytest.mark.parametrize("width", [360, 1280])
def test_hostile_texts_do_nothing_and_break_nothing(
    visit: Open, hostile_explorer: str, hostile_site: Site, width: int
) -> None:
    seen = visit(hostile_explorer, viewport={"width": width, "height": 800})
    for path in hostile_pages(hostile_site):
        page = seen.go(path)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert seen.overhang() == 0, path
        assert page.locator("script").count() == 1, path
        assert page.locator("img, iframe, object, embed").count() == 0, path
    page = seen.go("/")
    page.get_by_role("combobox").press_sequentially("script")
    page.get_by_role("option").first.click()
    assert "/actor?id=" in page.url


def test_a_hostile_report_does_nothing(visit: Open, hostile: KnowledgeGraph, tmp_path: Path) -> None:
    write_report(hostile, tmp_path / "report.html", title="<script>alert(1)</script>")
    seen = visit(tmp_path.as_uri(), viewport={"width": 360, "height": 800})
    page = seen.go((tmp_path / "report.html").as_uri())
    assert page.locator("script, img, iframe").count() == 0
    assert seen.overhang() == 0
