"""What an analyst does, in a real browser: find, open, choose, read the sentence, compare, ask, share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

pytest.importorskip("playwright", reason="needs playwright to drive a browser")

from playwright.sync_api import expect

from kg.explore.notebook import inline

from .visit import focused

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from kg.graph.model import KnowledgeGraph

    from .conftest import Open
    from .visit import Visit

NORWAY = "/actor?id=actor%2Fnorway_state_nor"
COUNT = "SELECT ?type (COUNT(*) AS ?n) { ?e a kg:Event ; sem:eventType ?type } GROUP BY ?type ORDER BY DESC(?n) ?type"


def heading(page: Page) -> str:
    return page.locator("h1").inner_text()


def test_names_come_as_they_are_typed(visit: Open, explorer: str) -> None:
    page = visit(explorer).go("/")
    field = page.get_by_role("combobox")
    field.press_sequentially("solb")
    option = page.get_by_role("option", name="Henrik Solberg")
    expect(option).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("Escape")
    expect(option).to_have_count(0)
    field.press_sequentially("e")
    option.click()
    expect(page.locator("h1")).to_have_text("Henrik Solberg")
    page.get_by_role("combobox").fill("jonsdottir")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("main").get_by_role("link")).to_have_text(["Katla Jónsdóttir"])


def test_a_choice_goes_along_through_the_search(visit: Open, explorer: str) -> None:
    page = visit(explorer).go("/events?type=AID")
    page.locator("#q").press_sequentially("solberg")
    page.locator("#hits").get_by_role("option", name="Henrik Solberg").click()
    page.wait_for_url("**type=AID**")
    expect(page.locator("h1")).to_have_text("Henrik Solberg")
    expect(page.get_by_text("Chosen: aid")).to_be_visible()


def test_neighbours_open_and_close_in_place(visit: Open, explorer: str) -> None:
    page = visit(explorer).go(NORWAY)
    world = page.get_by_role("group", name="The neighbourhood of Norway")
    before = world.locator(".node").count()
    world.get_by_role("link", name="Expand Iceland").click()
    page.wait_for_url("**expand=**")
    assert world.locator(".node").count() > before
    expect(world.get_by_role("link", name="NATO", exact=True)).to_be_visible()
    expect(world.get_by_role("link", name="Collapse Iceland")).to_be_focused()
    world.get_by_role("link", name="Collapse Iceland").click()
    page.wait_for_url(lambda url: "expand" not in url)
    assert world.locator(".node").count() == before


def test_a_choice_narrows_what_is_shown_and_is_in_the_address(visit: Open, explorer: str) -> None:
    page = visit(explorer).go("/events")
    rows = page.locator("tbody tr")
    assert rows.count() == 8
    page.get_by_text("Choose", exact=True).click()
    page.get_by_label("Least confidence").fill("0.8")
    page.get_by_label("what happened only").check()
    page.get_by_label("undisputed only").check()
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**sure=0.8**")
    assert rows.count() == 4
    page.get_by_role("link", name="Confidence").click()
    page.wait_for_url("**sort=confidence**")
    assert "sure=0.8" in page.url
    shares = [int(text.rstrip("%")) for text in page.locator("tbody tr td:nth-child(6)").all_inner_texts()]
    assert shares == sorted(shares)
    with page.expect_download() as kept:
        page.get_by_role("link", name="CSV").click()
    assert len(kept.value.path().read_text(encoding="utf-8").splitlines()) == 5


def test_from_an_actor_to_the_sentence_in_two_clicks(visit: Open, explorer: str) -> None:
    page = visit(explorer).go(NORWAY)
    page.get_by_role("row", name=re.compile("agree")).get_by_role("link").first.click()
    sentence = page.locator("blockquote").first
    expect(sentence.locator("mark.trigger")).to_have_text("agreed")
    sentence.locator("footer").get_by_role("link").first.click()
    expect(page.locator("h1")).to_have_text("Iceland and Norway agree to share patrol data")
    trigger = page.locator("article mark.trigger", has_text="agreed")
    expect(trigger).to_be_in_viewport()
    link = trigger.get_by_role("link")
    expect(link).to_have_accessible_description(re.compile("agree", re.IGNORECASE))
    page.keyboard.press("Tab")  # so that the keyboard counts as used
    link.focus()
    shown = link.evaluate("one => getComputedStyle(one, '::after').content")
    assert "agree" in shown.lower(), "the note of what has the focus"
    page.get_by_text("What was read from each highlight").click()
    expect(page.locator(".notes li").first).to_be_visible()


def test_every_claim_of_every_view_is_two_clicks_from_its_words(visit: Open, explorer: str) -> None:
    seen = visit(explorer)
    claims: dict[str, None] = {}
    for path in (NORWAY, "/", "/timeline", "/events", "/documents", "/actor?id=actor%2Ficeland_state_isl"):
        seen.go(path)
        claims |= dict.fromkeys(seen.links("main a"))
    checked = [link for link in claims if link.startswith(("/event?", "/relation?", "/pair?", "/document?"))]
    assert len(checked) > 20
    for link in checked:
        assert_words_are_near(seen, link)


def assert_words_are_near(seen: Visit, link: str) -> None:
    """Hold the page of a claim to show the words it rests on, or to lead to a page that does."""
    page = seen.go(link)
    if page.locator("blockquote mark, article mark").count():
        return
    further = seen.links("main a[href^='/event?'], main a[href^='/relation?']")
    assert further, f"{link} leads to no words"
    for one in further[:3]:
        assert seen.go(one).locator("blockquote mark").count(), f"{link} leads to {one}, which shows no words"


def test_two_actors_side_by_side(visit: Open, explorer: str) -> None:
    page = visit(explorer).go(NORWAY)
    line = page.get_by_role("group", name="The neighbourhood of Norway").get_by_role("link", name=re.compile("agree"))
    line.locator(".grip").click()
    expect(page.locator("h1")).to_have_text(re.compile("Iceland and Norway|Norway and Iceland"))
    assert page.locator("blockquote").count() >= 2
    page.get_by_role("link", name="month", exact=True).click()
    page.wait_for_url("**by=month**")
    expect(page.locator("a[aria-current=true]")).to_have_text("month")
    expect(page.locator("svg.bars text").last).to_contain_text("2024")


def test_questions_are_answered_as_table_chart_and_graph(visit: Open, explorer: str) -> None:
    page = visit(explorer).go("/console")
    page.get_by_label("SPARQL: SELECT").fill(COUNT)
    page.get_by_role("region", name="Your own").get_by_role("button", name="Ask").click()
    expect(page.get_by_role("region", name="Answer", exact=True).first.get_by_role("row")).to_have_count(8)
    expect(page.get_by_role("heading", name="Answer")).to_be_in_viewport()
    page.get_by_role("link", name="chart", exact=True).click()
    expect(page.get_by_role("group", name="The answer as bars").locator("rect")).to_have_count(7)
    page.get_by_text("Who met whom", exact=False).first.click()
    page.locator("details[open]").get_by_role("button", name="Ask").click()
    expect(page.get_by_role("cell", name="Katla Jónsdóttir")).to_be_visible()
    page.get_by_role("link", name="graph", exact=True).click()
    drawn = page.get_by_role("group", name="The answer as a graph")
    expect(drawn.locator(".tie")).to_have_count(1)
    expect(drawn.get_by_role("link", name="Katla Jónsdóttir", exact=True)).to_be_in_viewport()
    with page.expect_download() as kept:
        page.get_by_role("link", name="CSV").click()
    assert "Katla" in kept.value.path().read_text(encoding="utf-8")


def test_errors_are_told_where_they_are(visit: Open, explorer: str) -> None:
    seen = visit(explorer)
    seen.expected = ("400 (Bad Request)",)
    page = seen.go("/console")
    page.get_by_label("SPARQL: SELECT").fill("SELECT ?a\n{ ?a")
    page.get_by_role("region", name="Your own").get_by_role("button", name="Ask").click()
    expect(page.get_by_role("alert")).to_contain_text("line 2, column")
    expect(page.get_by_role("alert")).to_be_in_viewport()
    expect(page.get_by_label("SPARQL: SELECT")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("SPARQL: SELECT")).to_have_value("SELECT ?a\n{ ?a")


def test_a_link_opens_the_same_and_back_goes_back(visit: Open, explorer: str) -> None:
    seen = visit(explorer, permissions=["clipboard-read", "clipboard-write"])
    page = seen.go("/")
    page.get_by_role("main").get_by_role("link", name="Norway", exact=True).click()
    page.get_by_text("Choose", exact=True).click()
    page.get_by_label("Said by").select_option("Henrik Solberg")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**claimant=**")
    page.get_by_role("link", name="Expand Iceland").click()
    page.wait_for_url("**expand=**")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    other = visit(explorer)
    assert other.go(copied.removeprefix(explorer)).get_by_role("main").inner_text() == (
        page.get_by_role("main").inner_text()
    )
    page.go_back()
    assert "expand" not in page.url
    assert "claimant" in page.url
    page.go_back()
    assert "claimant" not in page.url
    page.go_back()
    assert seen.path() == "/"


def test_everything_goes_with_the_keyboard(visit: Open, explorer: str) -> None:
    page = visit(explorer).go("/")
    page.keyboard.press("Tab")
    expect(focused(page)).to_have_text("Skip to the content")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    page.get_by_role("combobox").focus()
    page.keyboard.type("norway")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_have_text(re.compile("^Norway"))
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Norway")
    reached = [tab(page) for _ in range(60)]
    assert {"Choose", "Expand Iceland", "Norwegian Police Service"} <= {name.strip() for name, _ in reached}
    assert all(outlined for _, outlined in reached)


def tab(page: Page) -> tuple[str, bool]:
    """Go to the next thing that takes the focus; return what it is called and whether it shows that it has it."""
    page.keyboard.press("Tab")
    found: tuple[str, bool] = tuple(
        page.evaluate(
            "(() => { const one = document.activeElement, style = getComputedStyle(one);"
            "return [one.getAttribute('aria-label') || one.textContent,"
            "one === document.body || style.outlineStyle !== 'none']; })()"
        )
    )
    return found


def test_pages_work_without_scripts(visit: Open, explorer: str) -> None:
    page = visit(explorer, java_script_enabled=False).go("/")
    expect(page.get_by_role("button", name="Copy link")).to_have_count(0)
    page.get_by_role("searchbox").or_(page.get_by_role("combobox")).fill("solberg")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("main").get_by_role("link", name="Henrik Solberg").click()
    expect(page.locator("h1")).to_have_text("Henrik Solberg")


def test_on_the_showcase_too(visit: Open, seed: str) -> None:
    seen = visit(seed)
    page = seen.go("/")
    page.get_by_role("combobox").press_sequentially("erdog")
    page.get_by_role("option", name="Recep Tayyip Erdoğan").click()
    expect(page.locator("h1")).to_have_text("Recep Tayyip Erdoğan")
    turkey, russia = (key_of(page, name) for name in ("Turkey", "Russia"))
    seen.go(f"/actor?id={quote(turkey)}")
    page.get_by_role("group", name="The neighbourhood of").get_by_role(
        "link", name=re.compile("^Expand ")
    ).first.click()
    page.wait_for_url("**expand=**")
    page = seen.go(f"/pair?one={quote(turkey)}&other={quote(russia)}")
    assert page.locator("blockquote").count()
    for link in seen.links("main a[href^='/event?']")[:5]:
        assert_words_are_near(seen, link)
    seen.page.get_by_role("link", name="Map").click()
    assert page.locator("svg.map circle").count()


def key_of(page: Page, name: str) -> str:
    """Return the key of an actor, as the list of names gives it."""
    hits = page.request.get("/names", params={"q": name}).json()
    return str(re.sub(r".*id=", "", hits[0]["address"])).replace("%2F", "/")


def test_a_report_is_read_without_a_server(visit: Open, graph_report: Path) -> None:
    seen = visit(graph_report.parent.as_uri())
    page = seen.go(graph_report.as_uri())
    page.get_by_role("link", name="Events", exact=True).click()
    page.locator("#events tbody a").first.click()
    expect(page.locator("article:target blockquote").first).to_be_in_viewport()


def test_links_of_a_report_in_a_notebook_stay_within_it(visit: Open, graph: KnowledgeGraph, tmp_path: Path) -> None:
    notebook = tmp_path / "notebook.html"
    shown = inline(graph)._repr_html_()
    notebook.write_text(f'<!doctype html><meta charset="utf-8"><title>Notebook</title>{shown}', encoding="utf-8")
    seen = visit(tmp_path.as_uri())
    page = seen.go(notebook.as_uri())
    within = page.frame_locator("iframe")
    for name in ("Evidence", "Events"):
        within.get_by_role("navigation").get_by_role("link", name=name, exact=True).click()
        expect(within.locator(f"section#{name.lower()}:target > h2")).to_be_in_viewport()
    within.locator("#events tbody a").first.click()
    expect(within.locator("article:target blockquote").first).to_be_in_viewport()
    within.locator("article:target").get_by_role("link", name="Back to the events").click()
    expect(within.locator("#events:target > h2")).to_be_in_viewport()
    assert page.url == notebook.as_uri()
    assert not any(frame.url.startswith("file:") for frame in page.frames[1:])
