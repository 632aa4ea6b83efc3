"""What a reader chose, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.explore.page import kind, short
from kg.plot.spoken import date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.explore.selection import Selection

_NAME: Final = 60


def in_words(selection: Selection, claimant: str = "") -> str:
    """Return what a selection chooses, "" for nothing; ``claimant`` is what its own is called.

    >>> from kg.explore.selection import Selection
    >>> in_words(Selection(type="CONSULT", sure=0.5, since="2015-11", claimant="actor/ada"), "Ada Rider")
    'consult; confidence at least 50%; from November 2015; said by Ada Rider'
    """
    return "; ".join(_parts(selection, claimant))


def _parts(selection: Selection, claimant: str) -> Iterator[str]:
    if selection.type:
        yield kind(short(selection.type, _NAME))
    if selection.sure:
        yield f"confidence at least {100 * selection.sure:g}%"
    if selection.since:
        yield f"from {date(selection.since)}"
    if selection.until:
        yield f"until {date(selection.until)}"
    if selection.source:
        yield f"published by {short(selection.source, _NAME)}"
    if selection.claimant:
        yield f"said by {short(claimant or selection.claimant, _NAME)}"
    if selection.undisputed:
        yield "undisputed only"
    if selection.happened:
        yield "what happened only"
