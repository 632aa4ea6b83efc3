"""The world of an actor: who it has to do with and how, opened step by step, with all that is not shown counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from heapq import nsmallest
from typing import TYPE_CHECKING, Final

from kg.explore.chosen import chosen
from kg.plot.ties import Tie, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.explore.index import Index
    from kg.explore.selection import Selection

MOST: Final = 24
MOST_EXPANDED: Final = 8
MOST_TIES: Final = 200


@dataclass(frozen=True, slots=True)
class Member:
    """An actor or place that is shown: how many ties from the centre, and through whom (IRI; None for the centre).

    ``ties`` is how many others it has to do with under the selection where it is open, else in the whole graph.
    """

    iri: str
    depth: int
    parent: str | None
    expanded: bool
    ties: int


@dataclass(frozen=True, slots=True)
class Omitted:
    """Neighbours of an open actor (IRI) that are not shown, and the reports between it and them."""

    iri: str
    actors: int
    reports: int


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Who is shown, the ties between them, and what is left out.

    ``known`` is how many ties there are, of which ``ties`` are the strongest; ``events`` and ``documents`` are how many
    of each they all rest on.
    """

    centre: str
    members: tuple[Member, ...]
    ties: tuple[Tie, ...]
    known: int
    omitted: tuple[Omitted, ...]
    events: int
    documents: int


def neighbourhood(
    index: Index,
    centre: str,
    selection: Selection,
    expanded: Sequence[str] = (),
    most: int = MOST,
    further: int = MOST_EXPANDED,
) -> Neighbourhood:
    """Return the neighbourhood of an actor or place.

    The strongest ties are shown: of the centre to ``most`` others, of each further open actor to ``further`` more; and
    of all ties between these at most 200, those of open actors first. What is merely planned comes last.

    Args:
        index: The graph.
        centre: Whose neighbourhood, by IRI.
        selection: Which facts count.
        expanded: Which of those shown are open too, by IRI. One that is not shown is left alone.
        most: The most neighbours of the centre.
        further: The most neighbours that each further open actor adds.

    Raises:
        ConfigError: The selection is none.
    """
    members = {centre: Member(centre, 0, None, expanded=True, ties=0)}
    omitted: list[Omitted] = []
    for iri in dict.fromkeys((centre, *expanded)):
        if iri in members:
            omitted += _open(index, iri, selection, members, most if iri == centre else further)
    bonds = index.bonds
    relations, ties = bonds.among(members), bonds.ties_among(members)
    if selection:
        part = chosen(index, relations, selection)
        relations, ties = part.relations, _known(index, fold(part))
    events, documents = bonds.resting(relations)
    drawn = ties if len(ties) <= MOST_TIES else _strongest(ties, members)
    return Neighbourhood(centre, tuple(members.values()), drawn, len(ties), tuple(omitted), events, documents)


def _open(index: Index, iri: str, selection: Selection, members: dict[str, Member], most: int) -> tuple[Omitted, ...]:
    """Add the strongest neighbours of a member to ``members``, and return what is left out."""
    if selection:
        ties = _known(index, fold(chosen(index, index.relations_of(iri), selection)))
    else:
        ties = index.bonds.ties_of(iri)
    reports: Counter[str] = Counter()
    firm: Counter[str] = Counter()
    for tie in ties:
        other = tie.target if tie.source == iri else tie.source
        reports[other] += tie.count
        firm[other] += 0 if tie.planned else tie.count
    order = sorted(reports, key=lambda other: (-firm[other], -reports[other], index.name(other), other))
    hidden = [other for other in order if other not in members]
    old = members[iri]
    members[iri] = Member(iri, old.depth, old.parent, expanded=True, ties=len(reports))
    for other in hidden[:most]:
        members[other] = Member(other, old.depth + 1, iri, expanded=False, ties=index.bonds.others(other))
    left = hidden[most:]
    return (Omitted(iri, len(left), sum(reports[other] for other in left)),) if left else ()


def _strongest(ties: Sequence[Tie], members: Mapping[str, Member]) -> tuple[Tie, ...]:
    """Return the ties to draw of too many, in their order."""

    def rank(place: int) -> tuple[bool, bool, int, int]:
        tie = ties[place]
        return (not any(members[iri].expanded for iri in tie.pair), tie.planned, -tie.count, place)

    return tuple(ties[place] for place in sorted(nsmallest(MOST_TIES, range(len(ties)), key=rank)))


def _known(index: Index, ties: Iterable[Tie]) -> tuple[Tie, ...]:
    known = index.actors.keys() | index.places.keys()
    return tuple(tie for tie in ties if tie.source in known and tie.target in known)
