"""The list of documents, and the page of one with all that was read from it."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from kg.errors import GraphError
from kg.explore import page
from kg.explore.evidence import title_of
from kg.explore.parameters import ROWS, caption, first_row, number
from kg.explore.reading import reading
from kg.explore.selection import Selection
from kg.explore.wording import in_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.explore.frame import Frame
    from kg.explore.index import Index
    from kg.explore.parameters import Parameters
    from kg.explore.passages import Segment
    from kg.graph.model import DocumentNode


def documents(site: Frame, given: Parameters) -> str:
    """Return the list of documents that were chosen, from ``from`` on.

    Raises:
        ConfigError: A parameter is none.
    """
    index, selection = site.index, Selection.read(given)
    found = _chosen(index, selection.of_documents())
    order = sorted(found, key=lambda one: (one.published or "9999", one.title or one.id, one.iri))
    start = first_row(given, len(order))
    shown = order[start : start + ROWS]

    def at(first: int) -> str:
        return "/documents" + page.query(selection.parameters(), **{"from": first or None})

    return site.render(
        "documents",
        "Documents",
        here="/documents",
        selection=selection,
        choice=in_words(selection.of_documents()),
        beside=in_words(selection.of_facts(), index.name(index.iri(selection.claimant))),
        caption=caption(len(order), ROWS, "document"),
        documents=[
            {
                "key": index.key(one.iri),
                "title": title_of(index, one.iri),
                "publisher": one.publisher or "",
                "published": one.published or "",
                "copy_of": title_of(index, one.copy_of) if one.copy_of else "",
                "facts": len(index.reported_in(one.iri)),
            }
            for one in shown
        ],
        before=at(max(start - ROWS, 0)) if start else "",
        after=at(start + ROWS) if start + ROWS < len(order) else "",
    )


def document(site: Frame, given: Parameters) -> str:
    """Return the page of the document ``id``, which opens where character ``at`` is.

    Raises:
        GraphError: There is no such document.
        ConfigError: A parameter is none.
    """
    index = site.index
    document = index.documents.get(index.iri(given.get("id", "")))
    if document is None:
        raise GraphError("there is no such document in the graph")
    found = reading(index, document)
    at = number(given, "at", -1, 0, 10**9) if given.get("at") else -1
    before = [place for place, passage in enumerate(found.passages) if passage.begin <= at]
    return site.render(
        "document",
        title_of(index, document.iri),
        selection=Selection.read(given),
        document=document,
        name=title_of(index, document.iri),
        found=found,
        copy_of=title_of(index, document.copy_of) if document.copy_of else "",
        copy_key=index.key(document.copy_of or ""),
        at_passage=before[-1] if before else -1,
        at_segment=_segment_at(found.passages[0].segments, at) if found.whole and at >= 0 else -1,
    )


def _chosen(index: Index, asked: Selection) -> list[DocumentNode]:
    """Return the documents of a publisher that appeared in a window; one without a date appeared in none.

    Raises:
        ConfigError: A date is none, or the window ends before it begins.
    """
    window = asked.criteria(index)
    since, until = window.since or "", window.until or "9999"

    def within(day: str) -> bool:
        return bool(day) and since <= day <= until

    whenever = not (asked.since or asked.until)
    return [
        one
        for one in index.graph.documents
        if asked.source in ("", one.publisher) and (whenever or within((one.published or "")[:10]))
    ]


def _segment_at(segments: Sequence[Segment], at: int) -> int:
    """Return which segment of a text a character is in; the last where the text ends before it."""
    ends = accumulate(len(one.text) for one in segments)
    return next((place for place, end in enumerate(ends) if at < end), len(segments) - 1)
