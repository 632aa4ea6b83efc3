"""A graph's figures in one screen: what was read, who deals with whom and how, and what stands out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.analyse.actors import actors
from kg.analyse.balance import triads
from kg.analyse.brokers import brokers
from kg.analyse.changes import changes
from kg.analyse.communities import communities
from kg.analyse.dyads import dyads
from kg.analyse.figures import Figures
from kg.analyse.scope import Scope, select
from kg.analyse.tally import rounded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.analyse.dyads import Dyad
    from kg.graph.model import ActorNode, KnowledgeGraph

_TOP: Final = 5
_NAMED: Final = 6


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a summary: under which heading it stands, of what or whom it speaks, and what it says in words.

    ``events`` and ``documents`` are those it rests on. The figures of ``value`` stand by themselves as well, None where
    a line has none of the kind: ``share`` (0 to 1) of all events; ``done``, ``received``, ``net`` and ``partners`` of
    an actor; ``net`` and ``mean`` of a dyad; ``size`` of a community; ``parts`` into which the network falls without a
    broker; ``expected`` events before a sudden change.
    """

    section: str
    what: str
    value: str
    events: int
    documents: int
    share: float | None = None
    done: int | None = None
    received: int | None = None
    net: float | None = None
    mean: float | None = None
    partners: int | None = None
    size: int | None = None
    parts: int | None = None
    expected: float | None = None


def summary(
    graph: KnowledgeGraph, by: str = "month", scope: Scope | None = None, actor: ActorNode | None = None
) -> Figures[Fact]:
    """Return the figures people ask for first; of one actor, if given.

    Args:
        graph: Whose events are counted.
        by: The period in which sudden changes are looked for.
        scope: Which events count; by default all that happened and nobody disputes.
        actor: Only what concerns this actor.

    Raises:
        ConfigError: There is no such period, or the scope is none.
    """
    scope = scope or Scope()
    rows = (
        *_events(graph, scope, actor),
        *_actors(graph, scope, actor),
        *_dyads(graph, scope, actor),
        *_groups(graph, scope, actor),
        *_misfits(graph, scope, actor, by),
    )
    return Figures(Fact, rows, select(graph, scope, *([actor.iri] if actor else [])).basis())


def _events(graph: KnowledgeGraph, scope: Scope, actor: ActorNode | None) -> Iterator[Fact]:
    selection = select(graph, scope, *([actor.iri] if actor else []))
    by_type: dict[str, list[frozenset[str]]] = {}
    for counted in selection.events:
        by_type.setdefault(counted.event.type, []).append(counted.documents)
    common = Counter({kind: len(documents) for kind, documents in by_type.items()})
    for kind, count in sorted(common.items(), key=lambda item: (-item[1], item[0]))[:_TOP]:
        share = count / len(selection.events)
        documents = len(frozenset().union(*by_type[kind]))
        yield Fact("commonest events", kind, f"{share:.0%} of all events", count, documents, share=rounded(share))


def _actors(graph: KnowledgeGraph, scope: Scope, actor: ActorNode | None) -> Iterator[Fact]:
    for row in actors(graph, scope, actor).rows[:_TOP]:
        value = f"{row.done} done, {row.received} received, net {row.net:+g}, {row.partners} partner"
        value += "" if row.partners == 1 else "s"
        yield Fact(
            "most active actors",
            row.actor,
            value,
            row.events,
            row.documents,
            done=row.done,
            received=row.received,
            net=row.net,
            partners=row.partners,
        )


def _dyads(graph: KnowledgeGraph, scope: Scope, actor: ActorNode | None) -> Iterator[Fact]:
    rows = dyads(graph, scope, actor).rows
    best = sorted((row for row in rows if row.net > 0), key=lambda row: (-row.net, row.one, row.other, row.one_iri))
    worst = sorted((row for row in rows if row.net < 0), key=lambda row: (row.net, row.one, row.other, row.one_iri))
    for section, chosen in (("friendliest dyads", best), ("most hostile dyads", worst)):
        yield from (_dyad(section, row) for row in chosen[:_TOP])


def _dyad(section: str, row: Dyad) -> Fact:
    value = f"net {row.net:+g}, mean {row.mean:+.1f}"
    return Fact(section, f"{row.one} - {row.other}", value, row.events, row.documents, net=row.net, mean=row.mean)


def _groups(graph: KnowledgeGraph, scope: Scope, actor: ActorNode | None) -> Iterator[Fact]:
    for group in communities(graph, scope, actor).rows[:_TOP]:
        names = ", ".join(group.actors[:_NAMED])
        more = f" and {group.size - _NAMED} more" if group.size > _NAMED else ""
        value = f"{group.size} actors"
        yield Fact("communities", f"{names}{more}", value, group.events, group.documents, size=group.size)
    for broker in brokers(graph, scope, actor).rows[:_TOP]:
        value = f"without it, its part of the network falls into {broker.parts}"
        yield Fact("brokers", broker.actor, value, broker.events, broker.documents, parts=broker.parts)


def _misfits(graph: KnowledgeGraph, scope: Scope, actor: ActorNode | None, by: str) -> Iterator[Fact]:
    for triad in triads(graph, scope, actor).rows[:_TOP]:
        names = f"{triad.one}, {triad.two}, {triad.three}"
        yield Fact("triads out of balance", names, triad.kind, triad.events, triad.documents)
    for change in sorted(changes(graph, by, scope, actor).rows, key=lambda row: (row.q, row.begin))[:_TOP]:
        value = f"{change.direction} of {change.subject} in {change.period}: {change.expected:g} expected"
        pair = f"{change.one} - {change.other}"
        yield Fact("sudden changes", pair, value, change.events, change.documents, expected=change.expected)
