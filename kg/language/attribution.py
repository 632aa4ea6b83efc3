"""The words by which a text gives a report to its claimant, put beside the claim in the record."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kg.records import Attribution

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.language.quotation import Quotation
    from kg.language.reporting import Stance
    from kg.records import Actor, DocumentRecord, Event, Span

_AFFIRMING: Final[frozenset[Stance]] = frozenset({"neutral", "assertive", "doubting"})
_DISPUTING: Final[frozenset[Stance]] = frozenset({"denying", "doubting"})


def attributed(record: DocumentRecord, quotations: Iterable[Quotation]) -> DocumentRecord:
    """Return the record with the words that bear out who claims and who disputes its events.

    These are the innermost quotation that holds an event's trigger and whose speaker is named by a mention of the
    claimant, or of whoever disputes the event; a denial is no claim, and a plain statement disputes nothing. Who
    claims and disputes what stays as it was read.
    """
    parts = _Parts.of(quotations)
    actors = {actor.id: actor for actor in record.actors}
    return replace(record, events=tuple(_attributed(event, actors, parts) for event in record.events))


@dataclass(frozen=True, slots=True, eq=False)
class _Parts:
    """The stretches of quotations in the order of the text, and how long the longest is."""

    parts: list[tuple[Span, Quotation]]
    begins: list[int]
    longest: int

    @classmethod
    def of(cls, quotations: Iterable[Quotation]) -> _Parts:
        parts = [(part, quotation) for quotation in quotations for part in quotation.content]
        parts.sort(key=lambda pair: pair[0])
        longest = max((part.end - part.begin for part, _ in parts), default=0)
        return cls(parts, [part.begin for part, _ in parts], longest)

    def around(self, span: Span) -> list[Quotation]:
        """Return the quotations that hold ``span``, the shortest first."""
        first = bisect_left(self.begins, span.end - self.longest)
        near = self.parts[first : bisect_right(self.begins, span.begin)]
        return sorted((one for part, one in near if span.end <= part.end), key=lambda one: one.length)


def _attributed(event: Event, actors: dict[str, Actor], parts: _Parts) -> Event:
    if event.claimant is None and not event.disputed_by:
        return event
    around = parts.around(event.trigger)
    claimants = () if event.claimant is None else (event.claimant,)
    roles = [(key, False, _AFFIRMING) for key in claimants] + [(key, True, _DISPUTING) for key in event.disputed_by]
    attributions = (_attribution(actors[key], around, stances, denies=denies) for key, denies, stances in roles)
    return replace(event, attributions=tuple(one for one in attributions if one is not None))


def _attribution(
    actor: Actor, quotations: Iterable[Quotation], stances: frozenset[Stance], *, denies: bool
) -> Attribution | None:
    for quotation in quotations:
        speaker = quotation.speaker
        if speaker is None or quotation.stance not in stances:
            continue
        if any(mention.overlaps(speaker) for mention in actor.mentions):
            verbatim = quotation.kind == "direct"
            return Attribution(actor.id, quotation.cue, speaker, quotation.content, verbatim, denies)
    return None
