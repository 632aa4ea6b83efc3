"""The table of events, and the same as files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kg.errors import ConfigError
from kg.explore import page
from kg.explore.parameters import ROWS, first_row, hidden
from kg.explore.selection import Selection
from kg.export.delimited import delimited
from kg.plot.spoken import count

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.explore.frame import Frame
    from kg.explore.parameters import Parameters
    from kg.explore.ragged import Numbers
    from kg.export.table import Table


def events(site: Frame, given: Parameters) -> str:
    """Return the table of events, from row ``from`` on, sorted by ``sort``, backwards if ``down`` is ``yes``.

    Raises:
        GraphError: There is nobody of the key ``id`` or ``with``.
        ConfigError: A parameter is none.
    """
    selection = Selection.read(given)
    whose, by, down = asked(site, given), given.get("sort", "") or "date", given.get("down", "") == "yes"
    found = _ordered(site, given, whose, selection)
    start = first_row(given, len(found))
    shown = found[start : start + ROWS]
    own = {**whose.parameters, "sort": by if by != "date" else "", "down": "yes" if down else ""}

    def sort(name: str) -> str:
        turned = "yes" if name == by and not down else ""
        return "/events" + page.query(selection.parameters(), **whose.parameters, sort=name, down=turned)

    def at(first: int) -> str:
        return "/events" + page.query(selection.parameters(), **own, **{"from": first or None})

    first, last = (start + 1, start + len(shown)) if len(shown) else (0, 0)
    return site.render(
        "events",
        "Events",
        here="/events",
        selection=selection,
        whose=whose.named(site),
        hidden=hidden(**own),
        rows=site.rows(shown),
        caption=f"{count(len(found), 'event')}" + (f", {first:,} to {last:,} shown" if len(found) > ROWS else ""),
        sort=sort,
        sorted_by=by,
        descending=down,
        before=at(max(start - ROWS, 0)) if start else "",
        after=at(start + ROWS) if start + ROWS < len(found) else "",
        total=f"{len(found):,}",
        csv="/events.csv" + page.query(selection.parameters(), **own),
        json="/events.json" + page.query(selection.parameters(), **own),
    )


def events_csv(site: Frame, given: Parameters) -> str:
    """Return the events as CSV, with the columns of ``kg export --format csv``, in the order asked for.

    Raises:
        GraphError: There is nobody of the key ``id`` or ``with``.
        ConfigError: A parameter is none.
    """
    return delimited(_exported(site, given))


def events_json(site: Frame, given: Parameters) -> str:
    """Return the events as JSON, a list of objects with the columns of the CSV as keys, in the order asked for.

    Raises:
        GraphError: There is nobody of the key ``id`` or ``with``.
        ConfigError: A parameter is none.
    """
    table = _exported(site, given)
    names = [column.name for column in table.columns]
    return json.dumps([dict(zip(names, row, strict=True)) for row in table.rows], indent=2) + "\n"


class Asked(NamedTuple):
    """Whose events are asked for: the parameters that say so, and the places of the events in the columns."""

    parameters: Mapping[str, str]
    positions: Numbers

    def named(self, site: Frame) -> list[tuple[str, str]]:
        """Return the key and name of each of those whose events they are."""
        return [(key, site.index.name(site.index.iri(key))) for key in self.parameters.values()]


def asked(site: Frame, given: Parameters) -> Asked:
    """Return the events of ``id``, or those that it and ``with`` take part in; without either, all.

    Raises:
        GraphError: There is nobody of a key.
        ConfigError: ``with`` comes without ``id``.
    """
    columns, key = site.index.columns, site.index.key
    if not given.get("id"):
        if given.get("with"):
            raise ConfigError("with is the other of two: give the one as id")
        return Asked({}, columns.all)
    one = site.party(given, "id")
    if not given.get("with"):
        return Asked({"id": key(one)}, columns.involving(one))
    other = site.party(given, "with")
    shared = np.intersect1d(columns.involving(one), columns.involving(other), assume_unique=True)
    return Asked({"id": key(one), "with": key(other)}, shared)


def _ordered(site: Frame, given: Parameters, whose: Asked, selection: Selection) -> Numbers:
    by, down = given.get("sort", "") or "date", given.get("down", "") == "yes"
    return site.index.ranks.ordered(selection.meets(site.index, whose.positions), by, descending=down)


def _exported(site: Frame, given: Parameters) -> Table:
    found = _ordered(site, given, asked(site, given), Selection.read(given))
    return site.index.table(site.index.columns.at(found))
