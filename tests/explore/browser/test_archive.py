"""What an analyst does in an archive of many articles: find, open, choose, read, compare, ask, share.

``KG_ARTICLES=20000 pytest tests/explore/browser/test_archive.py`` takes 20,000 articles in place of some hundreds. How
long each page took to load is printed with ``-s``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pytest

pytest.importorskip("playwright", reason="needs playwright to drive a browser")

from playwright.sync_api import expect

from .visit import hindrances

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Locator, Page, Request

    from .conftest import Open
    from .visit import Visit

QUERY = "SELECT ?type (COUNT(*) AS ?n) { ?e a kg:Event ; sem:eventType ?type } GROUP BY ?type ORDER BY DESC(?n) ?type"
# A page holds so many rows of a table, and a picture so many lines, however many there are.
MOST_ROWS = 100
MOST_LINES = 200


@pytest.fixture
def seen(visit: Open, large: str) -> Iterator[Visit]:
    """A visit that notes how long each page took to load."""
    one = visit(large, permissions=["clipboard-read", "clipboard-write"])
    took: list[tuple[str, float]] = []

    def note(request: Request) -> None:
        if request.is_navigation_request():
            took.append((request.url.removeprefix(large), request.timing["responseEnd"]))

    one.page.on("requestfinished", note)
    yield one
    for path, milliseconds in took:
        print(f"{milliseconds:8.0f} ms {path[:100]}")


def busiest(seen: Visit) -> Page:
    """Go to the page of the busiest actor."""
    page = seen.go("/")
    page.get_by_role("main").locator("a[href^='/actor?']").first.click()
    page.wait_for_url("**/actor?**")
    return page


def ties(page: Page) -> list[Locator]:
    """Return the ties that an actor's page draws, of acts and of lasting relations."""
    return page.get_by_role("group", name="The neighbourhood of").locator("a[href^='/pair?']").all()


def target(page: Page, link: Locator) -> str:
    return urljoin(page.url, link.get_attribute("href") or "")


def test_a_name_is_found_as_it_is_typed(seen: Visit) -> None:
    page = seen.go("/")
    name = page.get_by_role("main").locator("a[href^='/actor?']").first.inner_text()
    page.get_by_role("combobox").press_sequentially(name[:4].lower())
    page.get_by_role("option", name=re.compile(re.escape(name))).first.click()
    expect(page.locator("h1")).to_have_text(name)


def test_a_world_opens_and_narrows(seen: Visit) -> None:
    page = busiest(seen)
    world = page.get_by_role("group", name="The neighbourhood of")
    before = world.locator(".node").count()
    assert world.locator("path.tie").count() <= MOST_LINES
    world.get_by_role("link", name=re.compile("^Expand ")).first.click()
    page.wait_for_url("**expand=**")
    assert world.locator(".node").count() > before
    page.get_by_text("Choose", exact=True).click()
    page.get_by_label("what happened only").check()
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**happened=yes**")
    assert "expand=" in page.url
    standings = set(page.locator("table:has(caption) .badge:not(.disputed)").all_inner_texts())
    assert standings == {"happened"}


def test_a_tie_leads_to_two_actors_and_to_the_sentence(seen: Visit) -> None:
    page = busiest(seen)
    line = next(tie for tie in ties(page) if "/event?" in page.request.get(target(page, tie)).text())
    line.focus()  # others may cross it where a pointer would meet it
    page.keyboard.press("Enter")
    page.wait_for_url("**/pair?**")
    assert page.locator("blockquote mark").count()
    assert page.locator("tbody tr").count() <= 2 * MOST_ROWS
    page.locator("main a[href^='/event?']").first.click()
    page.wait_for_url("**/event?**")
    sentence = page.locator("blockquote").first
    expect(sentence.locator("mark").first).to_be_visible()
    sentence.get_by_role("link").last.click()
    page.wait_for_url("**/document?**")
    expect(page.locator("article mark").first).to_be_visible()


def test_all_events_are_paged_and_sorted(seen: Visit) -> None:
    page = seen.go("/events")
    rows = page.locator("tbody tr")
    assert rows.count() == MOST_ROWS
    first = rows.first.inner_text()
    page.get_by_role("link", name="After").click()
    page.wait_for_url("**from=100**")
    assert rows.count() == MOST_ROWS
    assert rows.first.inner_text() != first
    page.get_by_role("link", name="Intensity").click()
    page.wait_for_url("**sort=intensity**")
    values = [float(text.replace("−", "-")) for text in page.locator("tbody tr td:nth-child(5)").all_inner_texts()]
    assert values == sorted(values)


def test_a_query_is_answered(seen: Visit) -> None:
    page = seen.go("/console")
    page.get_by_label("SPARQL: SELECT").fill(QUERY)
    page.get_by_role("region", name="Your own").get_by_role("button", name="Ask").click()
    expect(page.get_by_role("region", name="Answer", exact=True).first.get_by_role("row").nth(8)).to_be_visible()


def test_a_copied_link_opens_the_same(seen: Visit, visit: Open, large: str) -> None:
    page = busiest(seen)
    page.get_by_role("link", name=re.compile("^Expand ")).first.click()
    page.wait_for_url("**expand=**")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    again = visit(large).go(copied.removeprefix(large))
    assert again.get_by_role("main").inner_text() == page.get_by_role("main").inner_text()


def test_everybody_can_use_the_largest_pages(visit: Open, large: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-playwright-python").Axe()
    seen = visit(large, bypass_csp=True)  # axe writes styles of its own
    actor = busiest(seen).url.removeprefix(large)
    (pair,) = seen.links("a[href^='/pair?']")[:1]
    paths = ("/", actor, pair, "/events", "/timeline", "/map", "/documents")
    wrong = {path: found for path in paths if (found := hindrances(axe, seen, path))}
    assert not wrong
