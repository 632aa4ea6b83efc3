"""The explorer's pages: from the parameters of an address to HTML, with no server in sight."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final

from kg.errors import ConfigError, GraphError
from kg.explore import page
from kg.explore.atlas import chart_map
from kg.explore.chart import bars
from kg.explore.chosen import chosen
from kg.explore.drawing import about_network, draw, note
from kg.explore.events import EventRow, rows
from kg.explore.evidence import evidence, title_of
from kg.explore.history import history
from kg.explore.neighbourhood import MOST, neighbourhood
from kg.explore.overview import overview
from kg.explore.pair import pair
from kg.explore.passages import fact_label
from kg.explore.places import about_map, spots
from kg.explore.reading import reading
from kg.explore.search import Names
from kg.explore.selection import Selection
from kg.explore.stated import stated
from kg.export.delimited import delimited
from kg.export.tables import tables
from kg.plot.spoken import count, date, interval, rests_on
from kg.records import EVENT_TYPES, RELATION_TYPES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kg.explore.evidence import Report
    from kg.explore.index import Index
    from kg.explore.passages import Segment
    from kg.explore.ragged import Numbers
    from kg.explore.stated import Stated
    from kg.graph.model import EventNode, RelationEdge
    from kg.plot.ties import Tie

    Parameters = Mapping[str, str]

_SHOWN: Final = 50
_PAGE: Final = 100
_SENTENCES: Final = 40
_MOST_NEIGHBOURS: Final = 96
_MOST_EXPANDED: Final = 12
_MOST_HITS: Final = 50
_MOST_CHOICES: Final = 300


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose from, for the form of a selection."""

    types: tuple[str, ...]
    sources: tuple[str, ...]
    claimants: tuple[tuple[str, str], ...]


class Site:
    """The pages about one graph. Every method takes the parameters of an address.

    Args:
        index: The graph.
        title: What it is called, as the name of its file.
    """

    def __init__(self, index: Index, title: str) -> None:
        self.index = index
        self.title = title
        self.names = Names(index)

    @cached_property
    def choices(self) -> Choices:
        """What there is to choose from; of many claimants, those who say the most."""
        index = self.index
        used, claims = set(index.columns.types.tolist()), index.columns.claims
        most = sorted(claims, key=lambda iri: (-claims[iri], iri))[:_MOST_CHOICES]
        return Choices(
            types=(
                *(name for name in EVENT_TYPES if name in used),
                *sorted(kind.name for kind in index.graph.custom_types),
                *(RELATION_TYPES if index.graph.relations else ()),
            ),
            sources=tuple(index.publishers.values())[:_MOST_CHOICES],
            claimants=tuple(
                sorted(((index.key(iri), index.name(iri)) for iri in most), key=lambda pair: (pair[1], pair[0]))
            ),
        )

    @cached_property
    def front(self) -> str:
        """The first page, which is the same for everybody."""
        return self._page("overview", self.title, found=overview(self.index))

    def prepare(self) -> None:
        """Make what pages look up, which the first to ask for it would wait for."""
        columns, ranks = self.index.columns, self.index.ranks
        ranks.ordered(columns.all)
        _ = (self.front, self.index.bonds, columns.spans, columns.friendly, columns.places)

    def overview(self, _given: Parameters) -> str:
        """Return the first page."""
        return self.front

    def hits(self, given: Parameters) -> list[dict[str, str]]:
        """Return who bears the name ``q``: for each an address, and words to show."""
        url = self._url(Selection())
        return [
            {"address": url("actor", id=hit.key), "words": page.harmless(page.short(_words(hit.name, hit.matched), 90))}
            for hit in self.names.search(given.get("q", ""))
        ]

    def search(self, given: Parameters) -> str:
        """Return the page of those who bear the name ``q``."""
        asked = given.get("q", "")
        return self._page("search", "Search", q=asked, hits=self.names.search(asked, _MOST_HITS), most=_MOST_HITS)

    def actor(self, given: Parameters) -> str:
        """Return the page of the actor or place ``id``, with the neighbours ``expand`` open too.

        Raises:
            GraphError: There is nobody of that key.
            ConfigError: A parameter is none.
        """
        index, iri = self.index, self._iri(given, "id")
        selection = Selection.read(given)
        expanded = [key for key in given.get("expand", "").split("|") if key][:_MOST_EXPANDED]
        most = _number(given, "most", MOST, 1, _MOST_NEIGHBOURS)
        shown = neighbourhood(index, iri, selection, [index.iri(key) for key in expanded], most)
        events = selection.meets(index, index.columns.involving(iri))
        actor, place = index.actors.get(iri), index.places.get(iri)
        node = actor or place
        assert node is not None
        found = index.ranks.ordered(events, descending=True)
        points = history(index.columns, events)
        stated = [relation for relation in index.relations_of(iri) if relation.mentions]
        key = index.key(iri)
        own = {"id": key, "most": most if most != MOST else None}

        def expand(other: str) -> str:
            kept = [one for one in expanded if one != other] if other in expanded else [*expanded, other]
            return "/actor" + page.query(selection.parameters(), **own, expand="|".join(kept))

        more = "/actor" + page.query(
            selection.parameters(), id=key, expand="|".join(expanded), most=min(2 * most, _MOST_NEIGHBOURS)
        )
        return self._page(
            "actor",
            node.name,
            selection=selection,
            name=node.name,
            kind=actor.type if actor else "PLACE",
            country=node.country,
            sector=actor.sector if actor else "",
            names=[name for name in node.alt_names if name != node.name],
            same_as=actor.same_as if actor else (),
            hidden=_hidden(id=key, expand=given.get("expand", ""), most=given.get("most", "")),
            drawing=draw(index, shown),
            about=about_network(shown),
            expand=expand,
            omitted=[
                {
                    "name": index.name(one.iri),
                    "actors": one.actors,
                    "reports": one.reports,
                    "more": more if one.iri == iri and most < _MOST_NEIGHBOURS else "",
                }
                for one in shown.omitted
            ],
            ties=[self._tie(tie) for tie in shown.ties],
            relations=self._stated(chosen(index, stated, selection).relations if selection else stated),
            bars=bars(points.rows),
            basis=rests_on(points.basis),
            window=lambda begin, end: "/events" + page.query(selection.parameters(), id=key, since=begin, until=end),
            rows=self._shown(found[:_SHOWN]),
            caption=_caption(len(found), _SHOWN),
            more="/events" + page.query(selection.parameters(), id=key) if len(found) > _SHOWN else "",
        )

    def pair(self, given: Parameters) -> str:
        """Return the page of two actors, ``one`` and ``other``.

        Raises:
            GraphError: There is nobody of a key.
            ConfigError: A parameter is none.
        """
        index, selection, by = self.index, Selection.read(given), given.get("by", "")
        one, other = self._iri(given, "one"), self._iri(given, "other")
        found = pair(index, one, other, selection, by)
        shown = index.ranks.ordered(index.columns.positions(found.events), descending=True)
        keys = {"one": index.key(one), "other": index.key(other)}
        return self._page(
            "pair",
            f"{index.name(one)} and {index.name(other)}",
            selection=selection,
            **keys,
            one_name=index.name(one),
            other_name=index.name(other),
            hidden=_hidden(**keys, by=by),
            ties=[self._tie(tie) for tie in found.ties],
            by=by,
            by_link=lambda name: "/pair" + page.query(selection.parameters(), **keys, by=name),
            bars=bars(found.points.rows),
            basis=rests_on(found.points.basis),
            relations=self._stated(found.relations),
            rows=self._shown(shown[:_PAGE]),
            caption=_caption(len(shown), _PAGE),
            sentences=self._sentences(found.events, found.relations),
        )

    def timeline(self, given: Parameters) -> str:
        """Return the page of what happened when; of the actor or place ``id`` alone, where one is given.

        Raises:
            GraphError: There is nobody of that key.
            ConfigError: A parameter is none.
        """
        index, selection, by = self.index, Selection.read(given), given.get("by", "")
        who, events = self._events(given)
        events = selection.meets(index, events)
        points = history(index.columns, events, by)
        found = index.ranks.ordered(events)
        return self._page(
            "timeline",
            "Timeline",
            here="/timeline",
            selection=selection,
            hidden=_hidden(id=who, by=by),
            by=by,
            by_link=lambda name: "/timeline" + page.query(selection.parameters(), id=who, by=name),
            bars=bars(points.rows),
            basis=rests_on(points.basis),
            window=lambda begin, end: "/timeline" + page.query(selection.parameters(), id=who, since=begin, until=end),
            rows=self._shown(found[:_PAGE]),
            caption=_caption(len(found), _PAGE),
            more="/events" + page.query(selection.parameters(), id=who) if len(found) > _PAGE else "",
        )

    def map(self, given: Parameters) -> str:
        """Return the page of where it happened.

        Raises:
            ConfigError: A parameter is none.
        """
        selection = Selection.read(given)
        found = spots(self.index, selection.meets(self.index, self.index.columns.all))
        return self._page(
            "map",
            "Map",
            here="/map",
            selection=selection,
            drawn=chart_map(found.spots),
            about=f"{about_map(found)} A larger circle is more events; red is where most are of conflict.",
            spots=found.spots,
        )

    def events(self, given: Parameters) -> str:
        """Return the table of events, from row ``from`` on, sorted by ``sort``, backwards if ``down`` is ``yes``.

        Raises:
            GraphError: There is nobody of the key ``id``.
            ConfigError: A parameter is none.
        """
        selection = Selection.read(given)
        who, found = self._ordered(given, selection)
        by, down = given.get("sort", "") or "date", given.get("down", "") == "yes"
        start = _number(given, "from", 0, 0, max(len(found) - 1, 0))
        shown = found[start : start + _PAGE]
        own: dict[str, object] = {"id": who, "sort": by if by != "date" else "", "down": "yes" if down else ""}

        def sort(name: str) -> str:
            turned = "yes" if name == by and not down else ""
            return "/events" + page.query(selection.parameters(), id=who, sort=name, down=turned)

        def at(first: int) -> str:
            return "/events" + page.query(selection.parameters(), **own, **{"from": first or None})

        first, last = (start + 1, start + len(shown)) if len(shown) else (0, 0)
        return self._page(
            "events",
            "Events",
            here="/events",
            selection=selection,
            who=who,
            who_name=self.index.name(self.index.iri(who)) if who else "",
            hidden=_hidden(id=who, sort=own["sort"], down=own["down"]),
            rows=self._shown(shown),
            caption=f"{count(len(found), 'event')}" + (f", {first:,} to {last:,} shown" if len(found) > _PAGE else ""),
            sort=sort,
            sorted_by=by,
            descending=down,
            before=at(max(start - _PAGE, 0)) if start else "",
            after=at(start + _PAGE) if start + _PAGE < len(found) else "",
            total=f"{len(found):,}",
            csv="/events.csv" + page.query(selection.parameters(), **own),
            json="/events.json" + page.query(selection.parameters(), **own),
        )

    def events_csv(self, given: Parameters) -> str:
        """Return the events as CSV, with the columns of ``kg export --format csv``.

        Raises:
            GraphError: There is nobody of the key ``id``.
            ConfigError: A parameter is none.
        """
        selection = Selection.read(given)
        _, events = self._events(given)
        part = selection.apply(self.index, self.index.columns.at(selection.meets(self.index, events)))
        return delimited(next(table for table in tables(part) if table.name == "events"))

    def events_json(self, given: Parameters) -> str:
        """Return the events as JSON, a list of objects, in the order asked for.

        Raises:
            GraphError: There is nobody of the key ``id``.
            ConfigError: A parameter is none.
        """
        _, found = self._ordered(given, Selection.read(given))
        content = [{"iri": self.index.iri(row.key), **row._asdict()} for row in self._shown(found)]
        return json.dumps(content, indent=2) + "\n"

    def event(self, given: Parameters) -> str:
        """Return the page of what the event ``id`` rests on.

        Raises:
            GraphError: There is no such event.
        """
        event = self.index.events.get(self.index.iri(given.get("id", "")))
        if event is None:
            raise GraphError("there is no such event in the graph")
        when = date(event.date) if event.date else interval(event.earliest, event.latest)
        mode = f" ({event.mode})" if event.mode else ""
        own = "".join(f", {self.index.name(iri)}" for iri in event.custom_types)
        what = f"{event.type.capitalize()}{mode}{own}"
        return self._page("event", event.label, found=evidence(self.index, event), what=what, when=when)

    def relation(self, given: Parameters) -> str:
        """Return the page of what the relation ``id`` rests on.

        Raises:
            GraphError: There is no such relation.
        """
        relation = self.index.relations.get(self.index.iri(given.get("id", "")))
        if relation is None:
            raise GraphError("there is no such relation in the graph")
        label = fact_label(self.index, relation)
        found = evidence(self.index, relation)
        when = interval(relation.first, relation.last)
        return self._page("event", label, found=found, what="Relation", when=when)

    def documents(self, given: Parameters) -> str:
        """Return the list of documents, from ``from`` on.

        Raises:
            ConfigError: A parameter is none.
        """
        index = self.index
        order = sorted(index.graph.documents, key=lambda one: (one.published or "9999", one.title or one.id, one.iri))
        start = _number(given, "from", 0, 0, max(len(order) - 1, 0))
        shown = order[start : start + _PAGE]
        return self._page(
            "documents",
            "Documents",
            here="/documents",
            caption=_caption(len(order), _PAGE, "document"),
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
            before="/documents" + page.query((), **{"from": max(start - _PAGE, 0) or None}) if start else "",
            after="/documents" + page.query((), **{"from": start + _PAGE}) if start + _PAGE < len(order) else "",
        )

    def document(self, given: Parameters) -> str:
        """Return the page of the document ``id``, which opens where character ``at`` is.

        Raises:
            GraphError: There is no such document.
            ConfigError: A parameter is none.
        """
        index = self.index
        document = index.documents.get(index.iri(given.get("id", "")))
        if document is None:
            raise GraphError("there is no such document in the graph")
        found = reading(index, document)
        at = _number(given, "at", -1, 0, 10**9) if given.get("at") else -1
        before = [place for place, passage in enumerate(found.passages) if passage.begin <= at]
        return self._page(
            "document",
            title_of(index, document.iri),
            document=document,
            name=title_of(index, document.iri),
            found=found,
            copy_of=title_of(index, document.copy_of) if document.copy_of else "",
            copy_key=index.key(document.copy_of or ""),
            at_passage=before[-1] if before else -1,
            at_segment=_segment_at(found.passages[0].segments, at) if found.whole and at >= 0 else -1,
        )

    def error(self, title: str, message: str) -> str:
        """Return the page that says what went wrong."""
        return self._page("error", title, message=message)

    def console(self, **values: Any) -> str:
        """Return the console, filled in by :mod:`kg.explore.console`."""
        return self._page("console", "Queries", here="/console", **values)

    def _page(self, template: str, title: str, /, *, selection: Selection | None = None, **values: Any) -> str:
        chosen = selection or Selection()
        shared = {
            "title": title,
            "title_of_graph": self.title,
            "here": values.pop("here", ""),
            "selection": chosen,
            "choices": self.choices,
            "url": self._url(chosen),
            "url_of": self.address,
        }
        return page.render(template, **shared, **values)

    def _url(self, selection: Selection) -> Callable[..., str]:
        """Return what gives the address of a view; what is chosen goes along where it matters."""
        chosen = selection.parameters()

        def url(view: str, **parameters: object) -> str:
            carried = chosen if view in ("actor", "pair") else ()
            anchor = "#at" if "at" in parameters else ""
            return f"/{view}{page.query(carried, **parameters)}{anchor}"

        return url

    def address(self, key: str) -> str:
        """Return the address of the page of whatever a key or IRI stands for, "" where it has none."""
        iri = self.index.iri(key)
        index = self.index
        views: tuple[tuple[str, Mapping[str, object]], ...] = (
            *(("event", index.events), ("relation", index.relations)),
            *(("actor", index.actors), ("actor", index.places), ("document", index.documents)),
        )
        return next((f"/{view}{page.query((), id=index.key(iri))}" for view, kind in views if iri in kind), "")

    def _iri(self, given: Parameters, name: str) -> str:
        iri = self.index.iri(given.get(name, ""))
        if iri not in self.index.actors and iri not in self.index.places:
            raise GraphError("there is no such actor or place in the graph")
        return iri

    def _events(self, given: Parameters) -> tuple[str, Numbers]:
        """Return the key of who is asked about, "" for all, and the places of the events in question."""
        if not given.get("id"):
            return "", self.index.columns.all
        iri = self._iri(given, "id")
        return self.index.key(iri), self.index.columns.involving(iri)

    def _ordered(self, given: Parameters, selection: Selection) -> tuple[str, Numbers]:
        who, events = self._events(given)
        by, down = given.get("sort", "") or "date", given.get("down", "") == "yes"
        return who, self.index.ranks.ordered(selection.meets(self.index, events), by, descending=down)

    def _shown(self, positions: Numbers) -> tuple[EventRow, ...]:
        return rows(self.index, self.index.columns.at(positions))

    def _tie(self, tie: Tie) -> dict[str, object]:
        index = self.index
        return {
            "one": index.key(tie.source),
            "one_name": index.name(tie.source),
            "other": index.key(tie.target),
            "other_name": index.name(tie.target),
            "family": tie.family,
            "how": note(index, tie),
            "count": tie.count,
        }

    def _stated(self, relations: Iterable[RelationEdge]) -> tuple[Stated, ...]:
        """Return the first of the relations that texts state."""
        return stated(self.index, relations)[:_PAGE]

    def _sentences(self, events: Iterable[EventNode], relations: Iterable[RelationEdge]) -> list[Report]:
        """Return the reports of facts side by side, a sentence of a document once."""
        found: dict[tuple[str, int], Report] = {}
        facts: tuple[EventNode | RelationEdge, ...] = (*events, *relations)
        for fact in facts:
            for report in evidence(self.index, fact).reports:
                found.setdefault((report.document, report.begin), report)
            if len(found) >= _SENTENCES:
                break
        return sorted(found.values(), key=lambda one: (one.published or "9999", one.document, one.begin))[:_SENTENCES]


def _segment_at(segments: Sequence[Segment], at: int) -> int:
    """Return which segment of a text a character is in; the last where the text ends before it."""
    ends = accumulate(len(one.text) for one in segments)
    return next((place for place, end in enumerate(ends) if at < end), len(segments) - 1)


def _words(name: str, matched: str) -> str:
    return name if matched == name else f"{name} ({matched})"


def _hidden(**values: object) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(value)) for name, value in values.items() if value not in ("", None))


def _caption(found: int, shown: int, noun: str = "event") -> str:
    return f"{count(found, noun)}" + (f", {shown} of them shown" if found > shown else "")


def _number(given: Parameters, name: str, default: int, least: int, most: int) -> int:
    text = given.get(name, "")
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 12):
        raise ConfigError(f"{name} is a whole number, not {text[:40]!r}")
    return min(max(int(text), least), most)
