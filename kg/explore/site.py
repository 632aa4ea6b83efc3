"""The explorer's pages: from the parameters of an address to HTML, with no server in sight."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from kg.analyse.periods import UNITS
from kg.errors import ConfigError, GraphError
from kg.explore import page
from kg.explore.atlas import chart_map
from kg.explore.chart import bars
from kg.explore.chosen import chosen
from kg.explore.drawing import about_network, draw, note
from kg.explore.events import SORTS, EventRow, rows
from kg.explore.evidence import evidence, title_of
from kg.explore.history import history
from kg.explore.neighbourhood import MOST, MOST_EXPANDED, neighbourhood
from kg.explore.overview import overview
from kg.explore.pair import pair
from kg.explore.passages import fact_label
from kg.explore.places import about_map, spots
from kg.explore.reading import reading
from kg.explore.search import Names
from kg.explore.selection import Selection
from kg.explore.stated import stated
from kg.export.delimited import delimited
from kg.graph.legible import blank
from kg.plot.spoken import count, date, interval, rests_on
from kg.records import EVENT_TYPES, RELATION_TYPES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kg.explore.evidence import Report
    from kg.explore.index import Index
    from kg.explore.passages import Segment
    from kg.explore.ragged import Numbers
    from kg.explore.stated import Stated
    from kg.export.table import Table
    from kg.graph.model import EventNode, RelationEdge
    from kg.plot.ties import Tie

    Parameters = Mapping[str, str]

_SHOWN: Final = 50
_PAGE: Final = 100
_SENTENCES: Final = 40
_MOST_SENTENCES: Final = 1_000
_STATED: Final = 10
_MOST_STATED: Final = 10_000
_MOST_NEIGHBOURS: Final = 96
_MOST_EXPANDED: Final = 12
_MOST_FURTHER: Final = 32
_MOST_HITS: Final = 50
_MOST_CHOICES: Final = 300
_FORMS: Final = ("actor", "pair", "timeline", "map", "events")
# Through what a choice goes along, so that it is still there when one comes back.
_CARRYING: Final = (*_FORMS, "event", "relation", "document", "documents")


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose from, for the form of a selection."""

    types: tuple[str, ...]
    sources: tuple[str, ...]
    claimants: tuple[tuple[str, str], ...]

    def including(self, selection: Selection, claimant: str) -> Choices:
        """Return these with what is chosen now among them, whatever it is; ``claimant`` is what its own is called."""
        kind, source, key = selection.type, selection.source, selection.claimant
        return replace(
            self,
            types=self.types if kind in ("", *self.types) else (kind, *self.types),
            sources=self.sources if source in ("", *self.sources) else (source, *self.sources),
            claimants=self.claimants if key in ("", *dict(self.claimants)) else ((key, claimant), *self.claimants),
        )


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
    def bearers(self) -> Mapping[str, str]:
        """The IRI of the one actor, or else the one place, that bears each name; named queries answer with names."""
        found: dict[str, str] = {}
        for nodes in (self.index.places, self.index.actors):
            times = Counter(node.name for node in nodes.values())
            found |= {node.name: iri if times[node.name] == 1 else "" for iri, node in nodes.items()}
        return found

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
        further = _number(given, "further", MOST_EXPANDED, 1, _MOST_FURTHER)
        listed = _number(given, "stated", _STATED, 1, _MOST_STATED)
        shown = neighbourhood(index, iri, selection, [index.iri(key) for key in expanded], most, further)
        events = selection.meets(index, index.columns.involving(iri))
        actor, place = index.actors.get(iri), index.places.get(iri)
        node = actor or place
        assert node is not None
        found = index.ranks.ordered(events, descending=True)
        points = history(index.columns, events)
        stated = [relation for relation in index.relations_of(iri) if relation.mentions]
        if selection:
            stated = [relation for relation in chosen(index, stated, selection).relations if relation.mentions]
        key = index.key(iri)
        own = {
            "id": key,
            "most": most if most != MOST else None,
            "further": further if further != MOST_EXPANDED else None,
            "stated": listed if listed != _STATED else None,
            "expand": "|".join(expanded),
        }

        def link(**others: object) -> str:
            return "/actor" + page.query(selection.parameters(), **{**own, **others})

        def expand(other: str) -> str:
            kept = [one for one in expanded if one != other] if other in expanded else [*expanded, other]
            opened = link(expand="|".join(kept))
            return f"{opened}#node-{quote(other)}"

        more_of_it = link(most=min(2 * most, _MOST_NEIGHBOURS)) if most < _MOST_NEIGHBOURS else ""
        more_of_others = link(further=min(2 * further, _MOST_FURTHER)) if further < _MOST_FURTHER else ""
        return self._page(
            "actor",
            index.name(iri),
            selection=selection,
            name=index.name(iri),
            kind=actor.type if actor else "PLACE",
            country=node.country,
            sector=actor.sector if actor else "",
            names=[name for name in node.alt_names if name != node.name and not blank(name)],
            same_as=actor.same_as if actor else (),
            hidden=_hidden(**own),
            drawing=draw(index, shown),
            about=about_network(shown),
            expand=expand,
            omitted=[
                {
                    "name": index.name(one.iri),
                    "actors": one.actors,
                    "reports": one.reports,
                    "more": more_of_it if one.iri == iri else more_of_others,
                }
                for one in shown.omitted
            ],
            ties=[self._tie(tie) for tie in shown.ties],
            relations=self._stated(stated, listed),
            stated=len(stated),
            more_stated=link(stated=min(10 * listed, _MOST_STATED)) + "#stated" if listed < _MOST_STATED else "",
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
            ConfigError: A parameter is none, or both are the same.
        """
        index, selection, by = self.index, Selection.read(given), given.get("by", "")
        one, other = self._iri(given, "one"), self._iri(given, "other")
        if one == other:
            raise ConfigError("a pair takes two actors or places: one and other are the same")
        found = pair(index, one, other, selection, by)
        shown = index.ranks.ordered(index.columns.positions(found.events), descending=True)
        listed = _number(given, "stated", _STATED, 1, _MOST_STATED)
        quoted = _number(given, "sentences", _SENTENCES, 1, _MOST_SENTENCES)
        events = index.columns.at(shown)
        stated = [relation for relation in found.relations if relation.mentions]
        facts: tuple[EventNode | RelationEdge, ...] = (*events, *stated)
        keys = {"one": index.key(one), "other": index.key(other)}
        own = {
            **keys,
            "by": by,
            "stated": listed if listed != _STATED else None,
            "sentences": quoted if quoted != _SENTENCES else None,
        }

        def link(**others: object) -> str:
            return "/pair" + page.query(selection.parameters(), **{**own, **others})

        return self._page(
            "pair",
            f"{index.name(one)} and {index.name(other)}",
            selection=selection,
            **keys,
            one_name=index.name(one),
            other_name=index.name(other),
            hidden=_hidden(**own),
            ties=[self._tie(tie) for tie in found.ties],
            by=by,
            by_link=lambda name: link(by=name),
            bars=bars(found.points.rows),
            basis=rests_on(found.points.basis),
            relations=self._stated(stated, listed),
            stated=len(stated),
            more_stated=link(stated=min(10 * listed, _MOST_STATED)) + "#stated" if listed < _MOST_STATED else "",
            rows=self._shown(shown[:_PAGE]),
            caption=_caption(len(shown), _PAGE),
            sentences=self._sentences(facts, quoted),
            said=len({(mention.document, mention.begin) for fact in facts for mention in fact.mentions}),
            more_said=link(sentences=min(4 * quoted, _MOST_SENTENCES)) + "#said" if quoted < _MOST_SENTENCES else "",
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
        start = _first(given, len(found))
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
        """Return the events as CSV, with the columns of ``kg export --format csv``, in the order asked for.

        Raises:
            GraphError: There is nobody of the key ``id``.
            ConfigError: A parameter is none.
        """
        return delimited(self._exported(given))

    def events_json(self, given: Parameters) -> str:
        """Return the events as JSON, a list of objects with the columns of the CSV as keys, in the order asked for.

        Raises:
            GraphError: There is nobody of the key ``id``.
            ConfigError: A parameter is none.
        """
        table = self._exported(given)
        names = [column.name for column in table.columns]
        return json.dumps([dict(zip(names, row, strict=True)) for row in table.rows], indent=2) + "\n"

    def event(self, given: Parameters) -> str:
        """Return the page of what the event ``id`` rests on.

        Raises:
            GraphError: There is no such event.
            ConfigError: A parameter is none.
        """
        event = self.index.events.get(self.index.iri(given.get("id", "")))
        if event is None:
            raise GraphError("there is no such event in the graph")
        when = date(event.date) if event.date else interval(event.earliest, event.latest)
        mode = f" ({event.mode})" if event.mode else ""
        own = "".join(f", {self.index.name(iri)}" for iri in event.custom_types)
        what = f"{event.type.capitalize()}{mode}{own}"
        label, found, selection = fact_label(self.index, event), evidence(self.index, event), Selection.read(given)
        return self._page("event", label, selection=selection, found=found, what=what, when=when)

    def relation(self, given: Parameters) -> str:
        """Return the page of what the relation ``id`` rests on.

        Raises:
            GraphError: There is no such relation.
            ConfigError: A parameter is none.
        """
        relation = self.index.relations.get(self.index.iri(given.get("id", "")))
        if relation is None:
            raise GraphError("there is no such relation in the graph")
        label = fact_label(self.index, relation)
        found = evidence(self.index, relation)
        when = interval(relation.first, relation.last)
        return self._page("event", label, selection=Selection.read(given), found=found, what="Relation", when=when)

    def documents(self, given: Parameters) -> str:
        """Return the list of documents, from ``from`` on.

        Raises:
            ConfigError: A parameter is none.
        """
        index, selection = self.index, Selection.read(given)
        order = sorted(index.graph.documents, key=lambda one: (one.published or "9999", one.title or one.id, one.iri))
        start = _first(given, len(order))
        shown = order[start : start + _PAGE]

        def at(first: int) -> str:
            return "/documents" + page.query(selection.parameters(), **{"from": first or None})

        return self._page(
            "documents",
            "Documents",
            here="/documents",
            selection=selection,
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
            before=at(max(start - _PAGE, 0)) if start else "",
            after=at(start + _PAGE) if start + _PAGE < len(order) else "",
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
            selection=Selection.read(given),
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
        return self._page("error", title, message=message, form="")

    def refused(self, path: str, given: Parameters, message: str) -> str:
        """Return the page that says what is wrong with a choice, with the form to put it right where there is one."""
        form = path if path.removeprefix("/") in _FORMS else ""
        kept = {name: given.get(name, "") for name in ("id", "one", "other", "expand", "down")}
        kept["sort"] = given.get("sort", "") if given.get("sort") in SORTS else ""
        kept["by"] = given.get("by", "") if given.get("by") in UNITS else ""
        typed = Selection.as_typed(given)
        title = "That cannot be shown"
        own = {"form": form, "hidden": _hidden(**kept), "url": self._url(Selection())}
        return self._page("error", title, selection=typed, message=message, **own)

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
            "choices": self.choices.including(chosen, self.index.name(self.index.iri(chosen.claimant))),
            "url": self._url(chosen),
            "url_of": lambda key: self.address(key, chosen),
        }
        return page.render(template, **{**shared, **values})

    def _url(self, selection: Selection) -> Callable[..., str]:
        """Return what gives the address of a view; what is chosen goes along where it matters."""
        chosen = selection.parameters()

        def url(view: str, **parameters: object) -> str:
            carried = chosen if view in _CARRYING else ()
            anchor = "#at" if "at" in parameters else ""
            return f"/{view}{page.query(carried, **parameters)}{anchor}"

        return url

    def address(self, key: str, selection: Selection | None = None) -> str:
        """Return the address of the page of whatever a key or IRI stands for, "" where it has none."""
        carried = selection.parameters() if selection else ()
        iri = self.index.iri(key)
        index = self.index
        views: tuple[tuple[str, Mapping[str, object]], ...] = (
            *(("event", index.events), ("relation", index.relations)),
            *(("actor", index.actors), ("actor", index.places), ("document", index.documents)),
        )
        return next((f"/{view}{page.query(carried, id=index.key(iri))}" for view, kind in views if iri in kind), "")

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

    def _exported(self, given: Parameters) -> Table:
        _, found = self._ordered(given, Selection.read(given))
        return self.index.table(self.index.columns.at(found))

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

    def _stated(self, relations: Iterable[RelationEdge], most: int) -> tuple[Stated, ...]:
        """Return the relations that most texts state."""
        order = sorted(relations, key=lambda one: (-len(one.mentions), one.iri))
        return stated(self.index, order[:most])

    def _sentences(self, facts: Iterable[EventNode | RelationEdge], most: int) -> list[Report]:
        """Return the reports of the first facts side by side, by date; each place of a document once."""
        found: dict[tuple[str, int], Report] = {}
        for fact in facts:
            for report in evidence(self.index, fact).reports:
                found.setdefault((report.document, report.begin), report)
            if len(found) >= most:
                break
        first = islice(found.values(), most)
        return sorted(first, key=lambda one: (one.published or "9999", one.document, one.begin))


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


def _first(given: Parameters, total: int) -> int:
    """Return which row a page begins with: that of ``from``, or where there are not so many, of the last page."""
    first = _number(given, "from", 0, 0, 10**9)
    return first if first < total else max(total - 1, 0) // _PAGE * _PAGE


def _number(given: Parameters, name: str, default: int, least: int, most: int) -> int:
    text = given.get(name, "")
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 12):
        raise ConfigError(f"{name} is a whole number, not {text[:40]!r}")
    return min(max(int(text), least), most)
