"""What there is to choose from in a graph, for the form of a selection."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kg.records import EVENT_TYPES, RELATION_TYPES

if TYPE_CHECKING:
    from kg.explore.index import Index
    from kg.explore.selection import Selection

_MOST: Final = 300


@dataclass(frozen=True, slots=True)
class Choices:
    """The types, those of events alone, the sources, and the claimants (key, name)."""

    types: tuple[str, ...]
    types_of_events: tuple[str, ...]
    sources: tuple[str, ...]
    claimants: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, index: Index) -> Choices:
        """Return what there is to choose from; of many claimants, those who say the most."""
        used, claims = set(index.columns.types.tolist()), index.columns.claims
        most = sorted(claims, key=lambda iri: (-claims[iri], iri))[:_MOST]
        of_events = (
            *(name for name in EVENT_TYPES if name in used),
            *sorted(kind.name for kind in index.graph.custom_types),
        )
        return cls(
            types=(*of_events, *(RELATION_TYPES if index.graph.relations else ())),
            types_of_events=of_events,
            sources=tuple(index.publishers.values())[:_MOST],
            claimants=tuple(
                sorted(((index.key(iri), index.name(iri)) for iri in most), key=lambda pair: (pair[1], pair[0]))
            ),
        )

    def including(self, selection: Selection, claimant: str) -> Choices:
        """Return these with what is chosen now among them, whatever it is; ``claimant`` is what its own is called."""
        kind, source, key = selection.type, selection.source, selection.claimant
        return replace(
            self,
            types=_with(kind, self.types),
            types_of_events=_with(kind, self.types_of_events),
            sources=_with(source, self.sources),
            claimants=self.claimants if key in ("", *dict(self.claimants)) else ((key, claimant), *self.claimants),
        )


def _with(chosen: str, names: tuple[str, ...]) -> tuple[str, ...]:
    return names if chosen in ("", *names) else (chosen, *names)
