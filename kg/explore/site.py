"""The explorer's pages: from the parameters of an address to HTML, with no server in sight."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from kg.analyse.periods import UNITS
from kg.explore import page
from kg.explore.actor_page import actor
from kg.explore.document_page import document, documents
from kg.explore.events import SORTS
from kg.explore.events_page import events, events_csv, events_json
from kg.explore.fact_page import event, relation
from kg.explore.frame import FORMS, Frame
from kg.explore.map_page import map_of
from kg.explore.overview import overview
from kg.explore.pair_page import pair
from kg.explore.parameters import hidden
from kg.explore.search import Names
from kg.explore.selection import Selection
from kg.explore.timeline_page import timeline

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.explore.index import Index
    from kg.explore.parameters import Parameters

_MOST_HITS: Final = 50


class Site(Frame):
    """The pages about one graph. Every page is made from the parameters of an address.

    Args:
        index: The graph.
        title: What it is called, as the name of its file.
        queries: Whether the console answers queries.
    """

    def __init__(self, index: Index, title: str, *, queries: bool = False) -> None:
        super().__init__(index, title)
        self.queries = queries
        self.names = Names(index)

    actor, pair, event, relation = actor, pair, event, relation
    events, events_csv, events_json = events, events_csv, events_json
    timeline, map, documents, document = timeline, map_of, documents, document

    @cached_property
    def bearers(self) -> Mapping[str, str]:
        """The IRI of the one actor, or else place, or else document of that id, that bears each name.

        Named queries answer with names and ids.
        """
        found = {document.id: iri for iri, document in self.index.documents.items()}
        for nodes in (self.index.places, self.index.actors):
            times = Counter(node.name for node in nodes.values())
            found |= {node.name: iri if times[node.name] == 1 else "" for iri, node in nodes.items()}
        return found

    @cached_property
    def front(self) -> str:
        """The first page, which is the same for everybody."""
        return self.render("overview", self.title, found=overview(self.index), queries=self.queries)

    def prepare(self) -> None:
        """Make what pages look up, which the first to ask for it would wait for."""
        columns, ranks = self.index.columns, self.index.ranks
        ranks.ordered(columns.all)
        _ = (self.front, self.index.bonds, columns.spans, columns.friendly, columns.places)

    def overview(self, _given: Parameters) -> str:
        """Return the first page."""
        return self.front

    def hits(self, given: Parameters) -> list[dict[str, str]]:
        """Return who bears the name ``q``: for each an address, with what is chosen, and words to show.

        Raises:
            ConfigError: A parameter is none.
        """
        url = self.url(Selection.read(given))
        return [
            {"address": url("actor", id=hit.key), "words": page.harmless(page.short(_words(hit.name, hit.matched), 90))}
            for hit in self.names.search(given.get("q", ""))
        ]

    def search(self, given: Parameters) -> str:
        """Return the page of those who bear the name ``q``.

        Raises:
            ConfigError: A parameter is none.
        """
        asked, selection = given.get("q", ""), Selection.read(given)
        hits = self.names.search(asked, _MOST_HITS)
        return self.render("search", "Search", selection=selection, q=asked, hits=hits, most=_MOST_HITS)

    def error(self, title: str, message: str) -> str:
        """Return the page that says what went wrong."""
        return self.render("error", title, message=message, form="")

    def refused(self, path: str, given: Parameters, message: str) -> str:
        """Return the page that says what is wrong with a choice, with the form to put it right where there is one."""
        form = path if path.removeprefix("/") in FORMS else ""
        kept = {name: given.get(name, "") for name in ("id", "with", "one", "other", "expand", "down")}
        kept["sort"] = given.get("sort", "") if given.get("sort") in SORTS else ""
        kept["by"] = given.get("by", "") if given.get("by") in UNITS else ""
        typed = Selection.as_typed(given)
        title = "That cannot be shown"
        own = {"form": form, "hidden": hidden(**kept), "url": self.url(Selection()), "carried": (), "choice": ""}
        return self.render("error", title, selection=typed, message=message, **own)

    def console(self, **values: Any) -> str:
        """Return the console, filled in by :mod:`kg.explore.console`."""
        return self.render("console", "Queries", here="/console", **values)


def _words(name: str, matched: str) -> str:
    return name if matched == name else f"{name} ({matched})"
