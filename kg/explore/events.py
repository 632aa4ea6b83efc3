"""Events as rows: what, when, how sure, by how many."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from kg import ontology
from kg.errors import ConfigError
from kg.explore.passages import fact_label
from kg.plot.families import Family, family_of_event
from kg.plot.spoken import date, interval

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.explore.index import Index
    from kg.graph.model import EventNode

_UNDATED: Final = "9999"


class EventRow(NamedTuple):
    """An event for a table. ``day`` is its first possible day (ISO 8601), "" where none is known.

    ``appeared`` is the day on which the first document that reports it appeared; ``when`` the date in words.
    """

    key: str
    label: str
    type: str
    family: Family
    intensity: float
    day: str
    appeared: str
    when: str
    factuality: str
    contested: bool
    confidence: float
    reports: int
    independent: int
    places: tuple[str, ...]


SORTS: Final = {
    "date": "date",
    "what": "label",
    "type": "type",
    "intensity": "intensity",
    "confidence": "confidence",
    "reports": "reports",
    "standing": "factuality",
}


def rows(index: Index, events: Iterable[EventNode]) -> tuple[EventRow, ...]:
    """Return the events as rows, in the order given."""
    return tuple(row(index, event) for event in events)


def row(index: Index, event: EventNode) -> EventRow:
    """Return an event as a row; each event of the graph is made one once."""
    known = index.event_rows.get(event.iri)
    if known is None:
        known = index.event_rows[event.iri] = _row(index, event)
    return known


def _row(index: Index, event: EventNode) -> EventRow:
    counted = index.counts.of_event(event)
    return EventRow(
        key=index.key(event.iri),
        label=fact_label(index, event),
        type=event.type,
        family=family_of_event(event.type),
        intensity=float(ontology.intensity(event.type, event.mode)),
        day=event.date or event.earliest or event.latest or "",
        appeared=index.columns.appeared[index.columns.position[event.iri]],
        when=date(event.date) if event.date else interval(event.earliest, event.latest),
        factuality=event.factuality,
        contested=event.contested,
        confidence=event.confidence,
        reports=counted.all,
        independent=counted.independent,
        places=tuple(index.name(iri) for iri in event.places),
    )


def ordered(found: Sequence[EventRow], by: str = "date", *, descending: bool = False) -> tuple[EventRow, ...]:
    """Return rows in order of ``by``, one of :data:`SORTS`; equals by date and label.

    An undated event stands at the day on which its first document appeared, and without one at the end.

    Raises:
        ConfigError: There is no such order.
    """
    check_sort(by)
    plain = sorted(found, key=lambda one: (_time(one), one.label, one.key))
    if by == "date":
        dated = [one for one in plain if _time(one) != _UNDATED]
        undated = [one for one in plain if _time(one) == _UNDATED]
        return (*(reversed(dated) if descending else dated), *undated)
    return tuple(sorted(plain, key=attrgetter(SORTS[by]), reverse=descending))


def check_sort(by: str) -> None:
    """Check that events can be sorted so.

    Raises:
        ConfigError: There is no such order.
    """
    if by not in SORTS:
        raise ConfigError(f"events cannot be sorted by {by[:40]!r}; by {', '.join(SORTS)}")


def _time(one: EventRow) -> str:
    return one.day or one.appeared or _UNDATED
