"""The page of two actors: their ties, what happened over time and one by one, the sentences side by side."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from kg.errors import ConfigError
from kg.explore import page
from kg.explore.chart import bars
from kg.explore.evidence import evidence
from kg.explore.pair import pair as pair_of
from kg.explore.parameters import MOST_STATED, ROWS, STATED, caption, hidden, number
from kg.explore.selection import Selection
from kg.plot.spoken import rests_on

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.explore.evidence import Report
    from kg.explore.frame import Frame
    from kg.explore.index import Index
    from kg.explore.parameters import Parameters
    from kg.graph.model import EventNode, RelationEdge

_SENTENCES: Final = 40
_MOST_SENTENCES: Final = 1_000


def pair(site: Frame, given: Parameters) -> str:
    """Return the page of two actors, ``one`` and ``other``.

    Raises:
        GraphError: There is nobody of a key.
        ConfigError: A parameter is none, or both are the same.
    """
    index, selection, by = site.index, Selection.read(given), given.get("by", "")
    one, other = site.party(given, "one"), site.party(given, "other")
    if one == other:
        raise ConfigError("a pair takes two actors or places: one and other are the same")
    found = pair_of(index, one, other, selection, by)
    shown = index.ranks.ordered(index.columns.positions(found.events), descending=True)
    listed = number(given, "stated", STATED, 1, MOST_STATED)
    quoted = number(given, "sentences", _SENTENCES, 1, _MOST_SENTENCES)
    events = index.columns.at(shown)
    stated = [relation for relation in found.relations if relation.mentions]
    facts: tuple[EventNode | RelationEdge, ...] = (*events, *stated)
    keys = {"one": index.key(one), "other": index.key(other)}
    own = {
        **keys,
        "by": by,
        "stated": listed if listed != STATED else None,
        "sentences": quoted if quoted != _SENTENCES else None,
    }

    def link(**others: object) -> str:
        return "/pair" + page.query(selection.parameters(), **{**own, **others})

    def table(**others: object) -> str:
        return "/events" + page.query(selection.parameters(), id=keys["one"], **{"with": keys["other"]}, **others)

    return site.render(
        "pair",
        f"{index.name(one)} and {index.name(other)}",
        selection=selection,
        **keys,
        one_name=index.name(one),
        other_name=index.name(other),
        hidden=hidden(**own),
        ties=[site.tie(tie) for tie in found.ties],
        by=by,
        by_link=lambda name: link(by=name),
        bars=bars(found.points.rows),
        basis=rests_on(found.points.basis),
        relations=site.stated(stated, listed),
        stated=len(stated),
        more_stated=link(stated=min(10 * listed, MOST_STATED)) + "#stated" if listed < MOST_STATED else "",
        rows=site.rows(shown[:ROWS]),
        caption=caption(len(shown), ROWS),
        window=lambda begin, end: table(since=begin, until=end, happened="yes"),
        table=table(),
        sentences=_sentences(index, facts, quoted),
        said=len({(mention.document, mention.begin) for fact in facts for mention in fact.mentions}),
        more_said=link(sentences=min(4 * quoted, _MOST_SENTENCES)) + "#said" if quoted < _MOST_SENTENCES else "",
    )


def _sentences(index: Index, facts: Iterable[EventNode | RelationEdge], most: int) -> list[Report]:
    """Return the reports of the first facts side by side, by date; each place of a document once."""
    found: dict[tuple[str, int], Report] = {}
    for fact in facts:
        for report in evidence(index, fact).reports:
            found.setdefault((report.document, report.begin), report)
        if len(found) >= most:
            break
    first = islice(found.values(), most)
    return sorted(first, key=lambda one: (one.published or "9999", one.document, one.begin))
