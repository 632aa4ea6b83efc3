"""The questions behind the pages, asked without a page: the article, read by hand, says what must come out."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, unquote, urlsplit

import pytest

from kg import resources
from kg.errors import ConfigError
from kg.explore import page
from kg.explore.atlas import chart_map
from kg.explore.chart import bars
from kg.explore.drawing import draw
from kg.explore.events import ordered, rows
from kg.explore.evidence import evidence
from kg.explore.history import history
from kg.explore.index import Index
from kg.explore.neighbourhood import neighbourhood
from kg.explore.overview import overview
from kg.explore.pair import pair
from kg.explore.passages import Mark, marks_of, notes, segments, sentence_offset
from kg.explore.places import spots
from kg.explore.reading import read_texts, reading
from kg.explore.search import Names
from kg.explore.selection import Selection
from kg.explore.site import Site
from kg.explore.wording import in_words
from kg.graph.legible import blank
from kg.graph.model import ClaimNode, QuoteNode
from kg.graph.names import find_actor
from kg.records import EVENT_TYPES, RELATION_TYPES

from .html import Page

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kg.graph.model import EventNode, KnowledgeGraph
    from kg.records import DocumentRecord


def iri(graph: KnowledgeGraph, name: str) -> str:
    return find_actor(graph, name).iri


def event(graph: KnowledgeGraph, kind: str) -> EventNode:
    return next(one for one in graph.events if one.type == kind)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Solberg", "Henrik Solberg"),
        ("henrik sol", "Henrik Solberg"),
        ("JONSDOTTIR", "Katla Jónsdóttir"),
        ("nato", "NATO"),
        ("reyk", "Reykjavik"),
        ("  oslo ", "Oslo"),
    ],
)
def test_search_finds_names_as_they_are_typed(index: Index, typed: str, first: str) -> None:
    assert Names(index).search(typed)[0].name == first


@pytest.mark.parametrize("typed", ["", "   ", "?!", "nobody of this name"])
def test_search_for_nobody_finds_nobody(index: Index, typed: str) -> None:
    assert Names(index).search(typed) == ()


def test_search_puts_whole_names_first(index: Index) -> None:
    found = Names(index).search("Norw")
    assert found[0].name == "Norway"
    assert {hit.name for hit in found} >= {"Norway", "Norwegian Police Service"}
    assert len(Names(index).search("n", 2)) == 2


def test_keys_stand_for_iris(index: Index) -> None:
    for one in (*index.actors, *index.events, *index.relations, *index.documents, *index.places, *index.publishers):
        assert index.iri(index.key(one)) == one
        assert index.iri(one) == one
    assert index.iri("unheard of") == "unheard of"


def test_a_neighbourhood_has_the_ties_of_its_centre(index: Index, graph: KnowledgeGraph) -> None:
    norway = iri(graph, "Norway")
    found = neighbourhood(index, norway, Selection())
    assert found.members[0].iri == norway
    assert {index.name(member.iri) for member in found.members} >= {"Iceland", "Henrik Solberg", "Jan Mayen"}
    assert found.omitted == ()
    assert all(member.parent == norway and member.depth == 1 for member in found.members[1:])
    planned = [tie for tie in found.ties if tie.planned]
    assert planned
    assert {"aids"} <= set(planned[0].verbs)
    assert (found.events, found.documents) == (2, 1)


def test_what_is_not_drawn_is_counted(index: Index, graph: KnowledgeGraph) -> None:
    norway = iri(graph, "Norway")
    whole = neighbourhood(index, norway, Selection())
    found = neighbourhood(index, norway, Selection(), most=1)
    assert len(found.members) == 2
    assert [one.actors for one in found.omitted] == [len(whole.members) - 2]
    assert found.omitted[0].reports >= found.omitted[0].actors


def test_members_open_step_by_step(index: Index, graph: KnowledgeGraph) -> None:
    norway, iceland = iri(graph, "Norway"), iri(graph, "Iceland")
    closed = neighbourhood(index, norway, Selection())
    opened = neighbourhood(index, norway, Selection(), [iceland, "unheard of"])
    further = {member.iri: member for member in opened.members}.keys() - {member.iri for member in closed.members}
    assert {index.name(one) for one in further} >= {"NATO", "Denmark"}
    assert {member.parent for member in opened.members if member.iri in further} == {iceland}
    assert {member.depth for member in opened.members if member.iri in further} == {2}


def test_no_two_members_stand_on_each_other(index: Index, graph: KnowledgeGraph) -> None:
    shown = neighbourhood(index, iri(graph, "Norway"), Selection(), [iri(graph, "Iceland")])
    drawing = draw(index, shown)
    spots = {(node.x, node.y) for node in drawing.nodes}
    assert len(spots) == len(shown.members)
    assert all(0 < x < drawing.width and 0 < y < drawing.height for x, y in spots)
    assert len(drawing.lines) == len(shown.ties)
    assert drawing == draw(index, shown)


def test_ties_are_told_in_words(index: Index, graph: KnowledgeGraph) -> None:
    shown = neighbourhood(index, iri(graph, "Norway"), Selection())
    notes = {line.note for line in draw(index, shown).lines}
    assert "Norway aids Iceland; 1 report, planned" in notes
    assert any(line.planned for line in draw(index, shown).lines)


@pytest.mark.parametrize(
    ("selection", "kinds"),
    [
        (Selection(type="PROTEST"), {"PROTEST"}),
        (Selection(sure=0.96), {"CONSULT"}),
        (Selection(until="2024-03-12", type="CONSULT"), {"CONSULT"}),
        (Selection(since="2025"), set()),
        (Selection(source="The Northern Courier", type="AID"), {"AID"}),
        (Selection(source="Another Paper"), set()),
    ],
)
def test_selections_choose_events(index: Index, graph: KnowledgeGraph, selection: Selection, kinds: set[str]) -> None:
    assert {one.type for one in selection.apply(index, graph.events).events} == kinds


def test_selections_by_how_events_stand(index: Index, graph: KnowledgeGraph) -> None:
    happened = Selection(happened=True, undisputed=True).apply(index, graph.events).events
    assert {(one.factuality, one.contested) for one in happened} == {("happened", False)}
    assert any(one.contested for one in graph.events)


def test_selections_by_who_says_so(index: Index, graph: KnowledgeGraph) -> None:
    solberg = index.key(iri(graph, "Henrik Solberg"))
    found = Selection(claimant=solberg).apply(index, graph.events).events
    assert [one.type for one in found] == ["AID"]


def test_undated_events_lie_where_they_were_reported(index: Index, graph: KnowledgeGraph) -> None:
    found = Selection(since="2024-03-13", until="2024-03-13").apply(index, graph.events).events
    assert found
    assert all(one.date is None for one in found)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"since": "2015", "until": "2016-02-03"},
        {"type": "AID", "sure": "0.5", "undisputed": "yes", "happened": "yes"},
        {"source": "A & B <i>", "claimant": "actor/x"},
    ],
)
def test_selections_are_what_addresses_say(given: Mapping[str, str]) -> None:
    assert dict(Selection.read(given).parameters()) == given
    assert bool(Selection.read(given)) == bool(given)


@pytest.mark.parametrize(
    "given", [{"sure": "2"}, {"sure": "x"}, {"sure": "nan"}, {"source": "x" * 500}, {"since": "1" * 500}]
)
def test_what_is_no_selection_is_refused(given: Mapping[str, str]) -> None:
    with pytest.raises(ConfigError):
        Selection.read(given)


@pytest.mark.parametrize(
    "selection", [Selection(since="soon"), Selection(since="2016", until="2015"), Selection(type="DANCE")]
)
def test_selections_that_mean_nothing_are_refused(index: Index, graph: KnowledgeGraph, selection: Selection) -> None:
    with pytest.raises(ConfigError):
        selection.apply(index, graph.events)


def test_a_pair_shows_what_passes_between_two(index: Index, graph: KnowledgeGraph) -> None:
    found = pair(index, iri(graph, "Iceland"), iri(graph, "Norway"), Selection())
    assert {one.type for one in found.events} == {"AGREE", "AID"}
    assert sum(point.events for point in found.points.rows) == 1
    assert {tie.planned for tie in found.ties} == {False, True}


def test_a_pair_leads_to_its_events_as_a_table(site: Site, index: Index, graph: KnowledgeGraph) -> None:
    one, other = iri(graph, "Norway"), iri(graph, "Iceland")
    shared = [e for e in graph.events if {one, other} <= {*e.sources, *e.targets, *e.participants, *e.places}]
    assert 0 < len(shared) < len(graph.events)
    html = site.pair({"one": index.key(one), "other": index.key(other), "happened": "yes"})
    links = [link for link in Page(html).links() if link.startswith("/events?") and "with=" in link]
    link = next(link for link in links if "since=" not in link)
    given = dict(parse_qsl(urlsplit(link).query))
    assert given["happened"] == "yes"
    assert {given["id"], given["with"]} == {index.key(one), index.key(other)}
    del given["happened"]
    told = json.loads(site.events_json(given))
    assert sorted(row["iri"] for row in told) == sorted(e.iri for e in shared)
    assert "Events of" in (table := site.events(given))
    assert all(index.name(who) in table for who in (one, other))
    assert json.loads(site.events_json(given | {"id": given["with"], "with": given["id"]})) == told
    with pytest.raises(ConfigError, match="the other of two"):
        site.events({"with": given["with"]})


def test_timeline_and_map_are_of_one_or_two_too(site: Site, index: Index, graph: KnowledgeGraph) -> None:
    one, other = index.key(iri(graph, "Norway")), index.key(iri(graph, "Iceland"))
    for html, heading in ((site.actor({"id": one}), "of Norway"), (site.pair({"one": one, "other": other}), "with")):
        links = [link for link in Page(html).links() if "id=" in link and link.startswith(("/timeline?", "/map?"))]
        assert len(links) == 2
        for link in links:
            shown = getattr(site, urlsplit(link).path[1:])(dict(parse_qsl(urlsplit(link).query)))
            assert heading in Page(shown).text
    whole, own = Page(site.map({})), Page(site.map({"id": index.key(iri(graph, "Sea Watchers"))}))
    assert 0 < len(own.of("circle")) < len(whole.of("circle"))
    spots_of_one = [link for link in own.links() if link.startswith("/events?") and "with=" in link]
    assert spots_of_one
    for link in spots_of_one:
        assert json.loads(site.events_json(dict(parse_qsl(urlsplit(link).query))))


def test_a_bar_leads_to_the_events_that_it_counts(site: Site, index: Index, graph: KnowledgeGraph) -> None:
    key = index.key(iri(graph, "Norwegian Police Service"))
    for html in (site.actor({"id": key}), site.timeline({"id": key}), site.timeline({"id": key, "by": "week"})):
        drawn = [(one["href"], one["aria-label"]) for one in Page(html).of("a") if "since=" in one.get("href", "")]
        assert drawn
        for link, note in drawn:
            told = json.loads(site.events_json(dict(parse_qsl(urlsplit(link).query))))
            assert len(told) == sum(map(int, re.findall(r"(\d+) of (?:cooperation|conflict)", note)))
    assert all("by=week" in link for link, _ in drawn)


def test_events_are_sorted_as_asked(index: Index, graph: KnowledgeGraph) -> None:
    found = rows(index, graph.events)
    for by, value in (
        ("confidence", "confidence"),
        ("reports", "reports"),
        ("what", "label"),
        ("intensity", "intensity"),
    ):
        values = [getattr(one, value) for one in ordered(found, by)]
        assert values == sorted(values)
        assert [getattr(one, value) for one in ordered(found, by, descending=True)] == sorted(values, reverse=True)
    assert ordered(found)[0].type == "CONSULT"
    assert ordered(found, descending=True)[0].type == "AID"
    with pytest.raises(ConfigError, match="cannot be sorted by 'beauty'; by date"):
        ordered(found, "beauty")


def test_evidence_says_who_affirms_and_who_denies(index: Index, graph: KnowledgeGraph) -> None:
    disputed = next(one for one in graph.events if one.contested)
    found = evidence(index, disputed)
    assert [voice.name for voice in found.affirming] == ["Sea Watchers"]
    assert [voice.name for voice in found.denying] == ["Norwegian Police Service"]
    assert (found.documents, found.independent) == (1, 1)
    (report,) = found.reports
    assert "".join(one.text for one in report.sentence).startswith("They said Norwegian police officers had beaten")
    assert {party.role for party in found.parties} == {"who does it", "to whom"}


def test_a_sentence_is_marked_where_it_says_what(index: Index, graph: KnowledgeGraph) -> None:
    (report,) = evidence(index, event(graph, "CONSULT")).reports
    marked = {one.text: one.kind for one in report.sentence if one.kind}
    assert marked["met"] == "trigger"
    assert marked["Reykjavik"] == "place"
    assert any("Katla Jónsdóttir" in text and kind == "actor" for text, kind in marked.items())


def test_relations_rest_on_sentences_or_events(index: Index, graph: KnowledgeGraph) -> None:
    for relation in graph.relations:
        found = evidence(index, relation)
        assert found.reports or found.events
        assert [party.role for party in found.parties] == ["from", "to"]


def test_copies_are_no_independent_reports(graph: KnowledgeGraph) -> None:
    first, meeting = graph.documents[0], event(graph, "CONSULT")
    copy = replace(first, iri=f"{first.iri}-copy", title="A reprint", copy_of=first.iri)
    again = replace(meeting.mentions[0], iri=f"{meeting.mentions[0].iri}-copy", document=copy.iri)
    both = replace(meeting, mentions=(*meeting.mentions, again))
    index = Index(replace(graph, documents=(first, copy), events=(both,)))
    found = evidence(index, both)
    assert (found.documents, found.independent) == (2, 1)
    assert [report.copy_of for report in found.reports] == ["", first.title]
    (voice,) = found.affirming
    assert [(one.title, one.copy_of) for one in voice.sayings] == [(first.title, ""), ("A reprint", first.title)]
    assert not voice.only_copied
    told = Page(Site(index, "copies").event({"id": index.key(both.iri)})).text
    assert "Who says so (1)" in told
    assert f"copy of {first.title}" in told.partition("Who denies it")[0]
    reprint = replace(both, mentions=(again,))
    alone = Site(Index(replace(graph, documents=(first, copy), events=(reprint,))), "copies")
    assert "Who says so (1, 1 in copies only)" in Page(alone.event({"id": index.key(both.iri)})).text


def with_claims(graph: KnowledgeGraph, event: EventNode, *claims: ClaimNode, times: int = 1) -> KnowledgeGraph:
    """Return the graph with these claims in place of an event's own, in so many reports of one document."""
    mention = event.mentions[0]
    mentions = tuple(
        replace(mention, iri=f"{mention.iri}-{at}", begin=mention.begin + at, claims=claims) for at in range(times)
    )
    changed = replace(event, mentions=mentions)
    return replace(graph, events=tuple(changed if one.iri == event.iri else one for one in graph.events))


def test_each_claimant_is_counted_once_whatever_it_repeats(graph: KnowledgeGraph) -> None:
    meeting = event(graph, "CONSULT")
    nato = ClaimNode("claim-1", iri(graph, "NATO"), "affirms", "said")
    again = replace(nato, iri="claim-2", cue="repeated")
    denial = replace(nato, iri="claim-3", polarity="denies", cue="denied")
    index = Index(with_claims(graph, meeting, nato, again, denial, times=2))
    found = evidence(index, index.events[meeting.iri])
    (affirming,), (denying,) = found.affirming, found.denying
    assert (affirming.name, denying.name) == ("NATO", "NATO")
    begin = meeting.mentions[0].begin
    assert [(one.cue, one.begin) for one in affirming.sayings] == [("repeated", begin), ("said", begin)]
    html = Site(index, "voices").event({"id": index.key(meeting.iri)})
    assert "Who says so (1)" in Page(html).text
    key = quote(index.key(graph.documents[0].iri), safe="")
    assert f"/document?id={key}&at={begin}#at" in Page(html.partition("The sentences")[0]).links()


def test_a_voice_without_words_of_its_own_says_so(graph: KnowledgeGraph) -> None:
    meeting = event(graph, "CONSULT")
    bare = ClaimNode("claim-1", iri(graph, "NATO"), "affirms")
    words = "no reporting words or quotation read, in Iceland and Norway agree"
    quoted = replace(bare, quotes=(QuoteNode("quote-1", 0, 4, "We met."),))
    for claim, told in ((bare, True), (replace(bare, cue="said"), False), (quoted, False)):
        site = Site(Index(with_claims(graph, meeting, claim)), "voices")
        assert (words in Page(site.event({"id": site.index.key(meeting.iri)})).text) is told


def test_who_contradicts_a_voice_is_named(site: Site, graph: KnowledgeGraph) -> None:
    disputed = next(one for one in graph.events if one.contested)
    told = Page(site.event({"id": site.index.key(disputed.iri)})).text
    affirming, _, denying = told.partition("Who denies it")
    assert "contradicted by Norwegian Police Service" in affirming
    assert "contradicted by Sea Watchers" in denying


def test_what_contradicts_a_voice_elsewhere_is_a_link_there(graph: KnowledgeGraph) -> None:
    meeting, disputed = event(graph, "CONSULT"), next(one for one in graph.events if one.contested)
    there = next(claim for mention in disputed.mentions for claim in mention.claims if claim.polarity == "affirms")
    claim = ClaimNode("claim-1", iri(graph, "NATO"), "affirms", "said", contradicts=(there.iri,))
    site = Site(Index(with_claims(graph, meeting, claim)), "voices")
    html = site.event({"id": site.index.key(meeting.iri)})
    key = quote(site.index.key(disputed.iri), safe="")
    assert {"class": "badge disputed", "href": f"/event?id={key}"} in Page(html).of("a")
    assert f"contradicted by Sea Watchers: {disputed.label}" in Page(html).text
    lost = Site(Index(with_claims(graph, meeting, replace(claim, contradicts=("unheard of",)))), "voices")
    assert re.search(
        r'<span class="badge disputed">contradicted</span>', lost.event({"id": site.index.key(meeting.iri)})
    )


def test_an_event_leads_to_the_original_article(site: Site, graph: KnowledgeGraph) -> None:
    given = {"id": site.index.key(event(graph, "CONSULT").iri)}
    assert graph.documents[0].url in Page(site.event(given)).links()
    for url in (None, "javascript:alert(1)", "articles/north-sea.txt"):
        documents = (replace(graph.documents[0], url=url),)
        assert "original" not in Site(Index(replace(graph, documents=documents)), "graph").event(given)


def test_a_document_shows_how_what_it_reports_stands(site: Site, graph: KnowledgeGraph) -> None:
    html = site.document({"id": site.index.key(graph.documents[0].iri)})
    lines = re.findall(r"<li>(.*?)</li>", html.partition('id="read"')[2], re.DOTALL)
    told = [" ".join(Page(one).text.split()) for one in lines]
    for one in graph.events:
        assert f"{one.label} {one.factuality}{' disputed' * one.contested}" in told
    assert "Norway controls Jan Mayen" in told


@pytest.mark.parametrize("with_text", [True, False])
def test_a_document_is_shown_with_all_that_was_read(index: Index, graph: KnowledgeGraph, *, with_text: bool) -> None:
    document = graph.documents[0]
    found = reading(index if with_text else Index(graph), document)
    text = "".join(one.text for passage in found.passages for one in passage.segments)
    assert found.whole is with_text
    if with_text:
        assert text == index.texts[document.sha256]
    kinds = {one.kind for passage in found.passages for one in passage.segments}
    assert kinds >= {"trigger", "actor", "stated"}
    triggers = {
        mark.begin + passage.begin: one.text
        for passage in found.passages
        for one in passage.segments
        for mark in one.marks
        if mark.kind in ("trigger", "stated")
    }
    mentions = {mention.begin: mention.anchor for event in graph.events for mention in event.mentions}
    mentions |= {mention.begin: mention.anchor for tie in graph.relations for mention in tie.mentions}
    if with_text:
        assert triggers.keys() == mentions.keys()
    assert len(found.facts) == len({one.key for one in found.facts})


def test_texts_are_known_by_their_digest(record: DocumentRecord, graph: KnowledgeGraph, tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_text(record.document.text, encoding="utf-8")
    assert graph.documents[0].sha256 in read_texts([path])


CUTS = [
    ([], [("abcdef", "")]),
    ([Mark(1, 3, "actor", "a")], [("a", ""), ("bc", "actor"), ("def", "")]),
    ([Mark(0, 4, "quote", "q"), Mark(2, 6, "trigger", "t")], [("ab", "quote"), ("cd", "trigger"), ("ef", "trigger")]),
    ([Mark(-3, 2, "cue", "c"), Mark(5, 99, "place", "p")], [("ab", "cue"), ("cde", ""), ("f", "place")]),
    ([Mark(3, 3, "cue", "nothing"), Mark(9, 12, "cue", "beyond")], [("abcdef", "")]),
]


@pytest.mark.parametrize(("marks", "wanted"), CUTS)
def test_texts_are_cut_where_marks_are(marks: list[Mark], wanted: list[tuple[str, str]]) -> None:
    assert [(one.text, one.kind) for one in segments("abcdef", marks)] == wanted


def test_a_name_within_a_longer_name_is_part_of_it() -> None:
    army, turkey = Mark(4, 16, "actor", "Turkish Army", "army"), Mark(4, 11, "actor", "Turkey", "turkey")
    said = Mark(4, 11, "cue", "it says so")
    found = segments("The Turkish army fired.", [turkey, army])
    assert [(one.text, one.key) for one in found] == [("The ", ""), ("Turkish army", "army"), (" fired.", "")]
    assert [one.text for one in segments("The Turkish army fired.", [army, said])][1:3] == ["Turkish", " army"]
    twice = segments("The Turkish army fired.", [army, replace(army, key="other", note="Army")])
    assert [one.note for one in twice if one.kind] == ["Army; Turkish Army"]
    across = segments("abcdef", [Mark(0, 3, "actor", "a"), Mark(2, 5, "place", "b")])
    assert [one.text for one in across] == ["ab", "c", "de", "f"]


def test_notes_tell_all_that_was_read_from_the_same_words_once() -> None:
    stated = Mark(0, 22, "stated", "Ankara controls Ankara")
    parts = segments("Ankara is in Ankara now", [stated, *(Mark(at, at + 6, "place", "Ankara") for at in (0, 13))])
    assert notes(parts) == (("Ankara is in Ankara no", "Ankara controls Ankara"), ("Ankara", "Ankara"))
    assert notes(segments("nothing", [])) == ()


def test_a_claim_says_of_what_it_is(index: Index, graph: KnowledgeGraph) -> None:
    fact, mention = next((one, mention) for one in graph.events for mention in one.mentions if mention.claims)
    claim = replace(mention.claims[0], cue=mention.anchor, speaker="", quotes=())
    marks = marks_of(index, fact, replace(mention, claims=(claim,)), mention.sentence, sentence_offset(mention))
    said = [mark.note for mark in marks if mark.kind == "cue"]
    assert said == [f"{index.name(claim.claimant)} {claim.polarity}: {fact.label}"]


@pytest.mark.parametrize("unseen", ["", "   ", "\u2800", "\u3164 \u2800", "\u00a0\u2003"])
def test_what_cannot_be_read_goes_by_its_key(graph: KnowledgeGraph, unseen: str) -> None:
    events = tuple(replace(one, label=unseen) for one in graph.events)
    actors = tuple(replace(one, name=unseen, alt_names=(unseen,)) for one in graph.actors)
    places = tuple(replace(one, name=unseen, alt_names=()) for one in graph.places)
    documents = tuple(replace(one, title=unseen, id=unseen) for one in graph.documents)
    site = Site(Index(replace(graph, events=events, actors=actors, places=places, documents=documents)), "graph")
    key = site.index.key
    pages = (
        site.overview({}),
        site.events({}),
        site.map({}),
        site.documents({}),
        *(site.event({"id": key(one.iri)}) for one in events),
        *(site.relation({"id": key(one.iri)}) for one in graph.relations),
        *(site.actor({"id": key(one.iri)}) for one in actors),
        *(site.actor({"id": key(one.iri)}) for one in places),
        site.document({"id": key(documents[0].iri)}),
    )
    for html in pages:
        words = re.findall(r"<(?:a|h1)\b[^>]*>(.*?)</(?:a|h1)>", html, re.DOTALL)
        assert words
        assert not [one for one in words if blank(re.sub(r"<[^>]*>", "", one))]
    assert rows(site.index, events[:1])[0].label == f"{events[0].type.lower()} {key(events[0].iri)}"


def test_intensities_bear_the_minus_sign(site: Site, index: Index) -> None:
    html = site.events({})
    cells = re.findall(r'<td class="number">([^<%]*)</td>', html)
    wanted = {one.intensity for one in rows(index, index.graph.events)}
    assert wanted & {value for value in wanted if value < 0}
    assert {page.signed(value) for value in wanted} <= set(cells)
    assert not [one for one in cells if one.startswith("-") or one == "+0"]


def test_nobody_is_sought_where_nothing_is_typed(site: Site) -> None:
    for typed in ("", "  "):
        html = site.search({"q": typed})
        assert "Type a name" in html
        assert "0 actors" not in html
    assert "0 actors and places for" in site.search({"q": "nobody of this name"})


def test_beyond_the_last_row_there_is_the_last_page(site: Site) -> None:
    assert site.events({"from": "50"}) == site.events({})
    assert site.events({"from": "2"}) != site.events({})
    assert site.documents({"from": "50"}) == site.documents({})
    assert site.events({"from": "7", "since": "2099"}) == site.events({"since": "2099"})


def test_a_pair_takes_two(site: Site, graph: KnowledgeGraph) -> None:
    norway = site.index.key(iri(graph, "Norway"))
    with pytest.raises(ConfigError, match="a pair takes two actors or places"):
        site.pair({"one": norway, "other": norway})


def test_markers_are_where_links_that_open_them_lead(site: Site, graph: KnowledgeGraph) -> None:
    shown = Page(site.actor({"id": site.index.key(iri(graph, "Norway"))}))
    markers = [one for one in shown.of("a") if one.get("id", "").startswith("node-")]
    assert markers
    assert all(unquote(urlsplit(one["href"]).fragment) == one["id"] for one in markers)
    assert len({one["id"] for one in markers}) == len(markers)


def test_places_lie_on_a_map(index: Index, graph: KnowledgeGraph) -> None:
    found = spots(index, index.columns.all)
    assert {spot.name for spot in found.spots} == {"Reykjavik", "Oslo"}
    assert found.placed + found.unplaced == len(graph.events)
    drawn = chart_map(found.spots)
    assert all(0 <= one.x <= drawn.width and 0 <= one.y <= drawn.height for one in drawn.spots)
    west, east = sorted(drawn.spots, key=lambda one: one.x)
    assert (west.spot.name, east.spot.name) == ("Reykjavik", "Oslo")
    assert chart_map(()).spots == ()


@pytest.mark.parametrize("point", [(94.0, 10.0), (float("nan"), 10.0), (60.0, float("inf")), (60.0, None)])
def test_points_beyond_the_earth_are_on_no_map(graph: KnowledgeGraph, point: tuple[float, float | None]) -> None:
    latitude, longitude = point
    places = tuple(replace(place, latitude=latitude, longitude=longitude) for place in graph.places)
    elsewhere = Index(replace(graph, places=places))
    found = spots(elsewhere, elsewhere.columns.all)
    assert (found.spots, found.placed, found.unplaced) == ((), 0, len(graph.events))


def test_bars_stand_on_a_line(index: Index, graph: KnowledgeGraph) -> None:
    points = history(index.columns, index.columns.all, "day").rows
    drawn = bars(points)
    assert len(drawn.bars) == len(points)
    assert all(bar.above[0] + bar.above[1] == pytest.approx(drawn.zero) for bar in drawn.bars)
    assert all(bar.below[0] == drawn.zero for bar in drawn.bars)
    assert bars(()).bars == ()


def test_a_day_that_is_none_counts_as_undated(graph: KnowledgeGraph) -> None:
    dated = next(place for place, event in enumerate(graph.events) if event.date and event.factuality == "happened")
    events = list(graph.events)
    events[dated] = replace(events[dated], date="soon")
    index = Index(replace(graph, events=tuple(events)))
    before, after = (history(one.columns, one.columns.all).basis for one in (Index(graph), index))
    assert (after.dated, dict(after.left_out).get("undated", 0)) == (
        before.dated - 1,
        dict(before.left_out).get("undated", 0) + 1,
    )
    Site(index, "graph").prepare()


def test_what_is_prepared_changes_no_page(graph: KnowledgeGraph) -> None:
    bare, ready = (Site(Index(graph), "graph") for _ in range(2))
    ready.prepare()
    given = {"id": ready.index.key(graph.actors[0].iri)}
    assert ready.overview({}) == bare.overview({})
    assert ready.actor(given) == bare.actor(given)


def test_an_overview_counts_everything(index: Index, graph: KnowledgeGraph) -> None:
    found = overview(index, 3)
    assert (found.documents, found.actors, found.events) == (1, len(graph.actors), len(graph.events))
    assert [len(part) for part in (found.busiest, found.pairs, found.latest)] == [3, 3, 3]
    assert found.disputed_count == 1
    assert found.busiest[0].events >= found.busiest[1].events


def test_a_form_shows_what_is_chosen_whatever_it_is(site: Site) -> None:
    present = Selection(type="DANCE", source="Another Paper", claimant="nobody")
    found = site.choices.including(present, "Nobody")
    assert (found.types[0], found.sources[0], found.claimants[0]) == ("DANCE", "Another Paper", ("nobody", "Nobody"))
    assert found.types[1:] == site.choices.types
    assert site.choices.including(Selection(type=site.choices.types[0]), "") == site.choices


@pytest.mark.parametrize("sure", ["7", "x"])
def test_what_is_no_selection_is_shown_again_without_what_is_wrong(sure: str) -> None:
    assert Selection.as_typed({"since": "soon", "sure": sure, "source": "x" * 500}) == Selection(since="soon")


def test_lists_say_how_much_they_leave_out(graph: KnowledgeGraph) -> None:
    stated = next(relation for relation in graph.relations if relation.mentions)
    many = tuple(replace(stated, iri=f"{stated.iri}-{number}") for number in range(25))
    mention = stated.mentions[0]
    said = replace(
        stated,
        mentions=tuple(replace(mention, iri=f"{mention.iri}-{at}", begin=mention.begin + at) for at in range(90)),
    )
    site = Site(Index(replace(graph, relations=(*graph.relations, *many, said))), "many")
    ends = {"one": site.index.key(stated.source), "other": site.index.key(stated.target)}
    for html in (site.actor({"id": ends["one"]}), site.pair(ends)):
        page = Page(html)
        assert re.search(r"\d+ relations, the 10 most reported shown", page.text)
        assert [link for link in page.links() if "stated=100" in link and link.endswith("#stated")]
    whole = Page(site.pair({**ends, "stated": "100", "sentences": "160"}))
    assert len([link for link in whole.links() if link.startswith("/relation?")]) > 25
    assert "shown" not in whole.text.partition("What the texts say")[2].partition("What is shown")[0]
    part = Page(site.pair(ends))
    assert re.search(r"\d+ sentences, 40 of them shown", part.text)
    assert len(part.of("blockquote")) == 40
    assert [link for link in part.links() if "sentences=160" in link]


def test_neighbours_of_open_actors_can_be_drawn_too(site: Site, graph: KnowledgeGraph) -> None:
    given = {"id": site.index.key(iri(graph, "Norway")), "expand": site.index.key(iri(graph, "Iceland"))}
    page = Page(site.actor({**given, "further": "1"}))
    assert "of Iceland" in page.text.partition("Not drawn")[2]
    more = next(link for link in page.links() if "further=2" in link)
    assert "expand=" in more


@pytest.mark.parametrize(
    ("selection", "words"),
    [
        (Selection(), ""),
        (Selection(sure=0.07, type="member_of"), "member of; confidence at least 7%"),
        (
            Selection(since="2024", until="2024-03-12", source="The Northern Courier", claimant="actor/ada"),
            "from 2024; until 12 March 2024; published by The Northern Courier; said by Ada Rider",
        ),
        (Selection(undisputed=True, happened=True), "undisputed only; what happened only"),
    ],
)
def test_a_choice_is_told_in_words(selection: Selection, words: str) -> None:
    assert in_words(selection, "Ada Rider") == words


def test_a_page_tells_what_is_chosen_beside_its_form(site: Site, graph: KnowledgeGraph) -> None:
    solberg, norway = (site.index.key(iri(graph, name)) for name in ("Henrik Solberg", "Norway"))
    given = {"claimant": solberg, "sure": "0.5"}
    for html in (site.events(given), site.timeline(given), site.map(given), site.actor({"id": norway, **given})):
        _form, _, after = html.partition("</details>")
        assert "Chosen: <bdi>confidence at least 50%; said by Henrik Solberg</bdi>" in after
    assert "Chosen" not in site.events({})


def test_counts_are_printed_and_what_leads_elsewhere_is_not(site: Site, graph: KnowledgeGraph) -> None:
    (printed,) = re.findall(r"@media print {([^}]*)display: none", resources.read_text("explore/explore.css"))
    unprinted = {name.strip(" .{") for name in printed.split(",")}
    ends = {name: site.index.key(iri(graph, who)) for name, who in (("one", "Norway"), ("other", "Iceland"))}
    for html in (site.pair(ends), site.actor({"id": ends["one"]})):
        for kinds in re.findall(r'<p class="([^"]*)">\d[\d,]* (?:sentence|relation)', html):
            assert unprinted.isdisjoint(kinds.split())
    assert {"by", "more", "pages"} <= unprinted
    assert re.search(r'<p class="by">By ', site.pair(ends))


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({}, 3),
        ({"source": "The Northern Courier"}, 1),
        ({"source": "Another Paper"}, 2),
        ({"source": "Nobody"}, 0),
        ({"since": "2024-03"}, 1),
        ({"until": "2023"}, 1),
        ({"until": "2023", "source": "The Northern Courier"}, 0),
        ({"type": "AID", "sure": "0.99"}, 3),
    ],
)
def test_documents_are_chosen_by_publisher_and_date(
    graph: KnowledgeGraph, given: Mapping[str, str], found: int
) -> None:
    first = graph.documents[0]
    older = replace(first, iri=f"{first.iri}-older", publisher="Another Paper", published="2023-12-31T10:00:00")
    undated = replace(older, iri=f"{first.iri}-undated", published=None)
    site = Site(Index(replace(graph, documents=(first, older, undated))), "three")
    shown = Page(site.documents(given))
    assert len([link for link in shown.links() if link.startswith("/document?")]) == found
    assert f"{found} document" in shown.text
    assert ("None." in shown.text) == (found == 0)


def test_documents_are_asked_for_what_they_have(site: Site) -> None:
    given = {"source": "The Northern Courier", "type": "AID", "happened": "yes"}
    shown = Page(site.documents(given))
    offered = [one["name"] for tag, one in shown.elements if tag in ("input", "select") and one.get("type") != "hidden"]
    assert offered == ["q", "since", "until", "source"]
    assert "Chosen: published by The Northern Courier" in shown.text
    assert "kept for the other pages: aid; what happened only" in shown.text
    with pytest.raises(ConfigError, match="before it begins"):
        site.documents({"since": "2016", "until": "2015"})


def test_what_a_choice_does_not_narrow_says_so(site: Site, index: Index, graph: KnowledgeGraph) -> None:
    pages = (
        (site.event, graph.events[0].iri),
        (site.relation, graph.relations[0].iri),
        (site.document, graph.documents[0].iri),
    )
    for make, one in pages:
        chosen = Page(make({"id": index.key(one), "type": "AID"})).text
        assert "This page is shown whole. Kept for the way back: aid" in chosen
        assert "shown whole" not in Page(make({"id": index.key(one)})).text


def test_a_search_keeps_what_is_chosen(site: Site) -> None:
    given = {"type": "AID", "source": "A & B"}
    for html in (site.events(given), site.search({"q": "nobody", **given})):
        (form,) = re.findall(r'<form class="find".*?</form>', html, re.DOTALL)
        fields = [one for one in Page(form).of("input") if one.get("type") == "hidden"]
        assert {one["name"]: one["value"] for one in fields} == given
    hits = [hit["address"] for hit in site.hits({"q": "solberg", **given})]
    found = Page(site.search({"q": "solberg", **given}))
    hits += [link for link in found.links() if link.startswith("/actor?")]
    assert len(hits) > 1
    assert all(given.items() <= dict(parse_qsl(urlsplit(link).query)).items() for link in hits)
    assert "Kept for the way on: aid; published by A & B" in found.text


def test_types_are_offered_where_there_are_facts_of_them(site: Site, graph: KnowledgeGraph) -> None:
    def offered(html: str) -> set[str]:
        return {one["value"] for one in Page(html).of("option")} & {*EVENT_TYPES, *RELATION_TYPES}

    norway, iceland = (site.index.key(iri(graph, name)) for name in ("Norway", "Iceland"))
    events = {one.type for one in graph.events}
    for html in (site.map({}), site.timeline({}), site.events({})):
        assert offered(html) == events
    for html in (site.actor({"id": norway}), site.pair({"one": norway, "other": iceland})):
        assert offered(html) == {*events, *RELATION_TYPES}
    assert offered(site.events({"type": "member_of"})) == {*events, "member_of"}


def test_numbers_of_the_start_page_lead_on(site: Site, index: Index) -> None:
    own = {"/events", "/documents"}
    queries = {"/console?name=actors", "/console?name=relations"}
    counted = re.findall(r'<p class="counts">.*?</p>', site.overview({}))[0]
    assert set(Page(counted).links()) == own | queries
    without = Site(index, "graph").overview({})
    assert set(Page(re.findall(r'<p class="counts">.*?</p>', without)[0]).links()) == own


def test_the_start_page_says_of_how_many_it_shows_the_first(graph: KnowledgeGraph) -> None:
    first = graph.events[0]
    many = tuple(replace(first, iri=f"{first.iri}-{number}", contested=True) for number in range(20))
    found = Page(Site(Index(replace(graph, events=(*graph.events, *many))), "many").overview({})).text
    total = len(graph.events) + 20
    assert f"The 12 latest, of {total} events" in found
    assert re.search(r"The 12 most reported, of 2\d disputed events", found)
    assert re.search(rf"The \d+ with the most events, of {len(graph.actors)} actors", found)
    few = Page(Site(Index(graph), "few").overview({})).text
    assert "The latest events" in few
    pairs = overview(Index(graph), 2)
    assert len(pairs.pairs) == 2
    assert pairs.pairs_count == len(overview(Index(graph), 1_000).pairs) > 2


def test_a_badge_beside_the_words_is_for_narrow_screens_alone(site: Site, graph: KnowledgeGraph) -> None:
    beside = Page(site.events({})).of("span")
    narrow = [one for one in beside if one.get("class") == "narrow"]
    assert len(narrow) == len([one for one in graph.events if one.factuality != "happened" or one.contested]) > 0
    assert all(one["aria-hidden"] == "true" for one in narrow)
