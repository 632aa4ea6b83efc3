"""``kg plot``: a graph as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from kg.cli import options

if TYPE_CHECKING:
    from pathlib import Path

    from kg.api import Graph, PlotKind


# Kinds that count events themselves; the others draw the part of the graph that lies in a window.
COUNTING: Final = ("heatmap", "series", "map")


@click.command(
    epilog=options.examples(
        "kg plot news.ttl -o news.svg",
        "kg plot news.ttl -o turkey.png --actor Turkey",
        "kg plot news.ttl -o turkey.pdf --actor Turkey --kind timeline",
        "kg plot news.ttl -o around.png --actor Turkey --kind ego --hops 2",
        "kg plot news.ttl -o all.pdf --most 5000",
        "kg plot news.ttl -o heat.png --kind heatmap --since 2015-11",
        "kg plot news.ttl -o map.pdf --kind map --actor Turkey",
        "kg plot news.ttl -o pair.svg --kind series --actor Russia --with Turkey --by week",
    )
)
@options.graph
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    callback=options.picture_path,
    required=True,
    help="Picture to write: .png, .svg or .pdf.",
)
@click.option(
    "--kind",
    type=click.Choice(["network", "timeline", "ego", "heatmap", "series", "map"]),
    default="network",
    show_default=True,
)
@click.option("--actor", metavar="NAME", help="Draw only this actor and those it has to do with.")
@options.partner
@click.option("--hops", type=click.IntRange(1), metavar="N", help="Ties that an ego network reaches; 1 by default.")
@click.option(
    "--most",
    type=click.IntRange(2),
    metavar="N",
    help="Draw at most so many actors; of a timeline so many events, of a map so many spots.",
)
@options.by
@options.since
@options.until
@options.include
@options.dated_by_publication
def plot(
    graph: str,
    output: Path,
    kind: PlotKind,
    actor: str | None,
    partner: str | None,
    hops: int | None,
    most: int | None,
    by: str | None,
    since: str | None,
    until: str | None,
    include: tuple[str, ...],
    published: bool,
) -> None:
    """Draw a graph.

    A network shows who does what to whom, a timeline what happened when, an ego network (--actor, --hops) what
    surrounds an actor, a heat map how every two actors get on, a series (--actor, --with, --by) conflict and
    cooperation over time, and a map where it happened. --include goes with heat maps, series and maps; of the others,
    --since and --until draw what 'kg slice' keeps.
    """
    from kg.api import Graph
    from kg.cli.terminal import summarize, tell_taken
    from kg.graph.names import taken_for_one

    _check(kind, partner, by, hops, most, include)
    window = since is not None or until is not None
    counts = kind in COUNTING
    if published and not window and not counts:
        raise click.UsageError("--published goes with --since or --until", click.get_current_context())
    whole = drawn = Graph.read(graph)
    named = actor
    scope = None
    if window and not counts:
        drawn, actor = _within(whole, since, until, published, actor)
    elif window or include or published:
        from kg.analyse.scope import Scope

        scope = Scope(since=since, until=until, include=include, published=published)
    drawn.plot(output, actor=actor, kind=kind, partner=partner, hops=hops, by=by, scope=scope, most=most)
    tell_taken(taken_for_one(whole.records, name) for name in (named, partner) if name is not None)
    summarize(f"written to {output}", output)


def _check(
    kind: PlotKind, partner: str | None, by: str | None, hops: int | None, most: int | None, include: tuple[str, ...]
) -> None:
    """Refuse options that a kind of picture does not take."""
    own = {"--with": (partner, "series"), "--by": (by, "series"), "--hops": (hops, "ego")}
    stray = [name for name, (value, of) in own.items() if value is not None and kind != of]
    stray += ["--most"] if most is not None and kind == "series" else []
    context = click.get_current_context()
    if stray:
        raise click.UsageError(f"{stray[0]} does not go with --kind {kind}", context)
    if include and kind not in COUNTING:
        raise click.UsageError(f"--include goes with --kind {', '.join(COUNTING)}; others draw it in any case", context)


def _within(
    graph: Graph, since: str | None, until: str | None, published: bool, actor: str | None
) -> tuple[Graph, str | None]:
    """Return the part of a graph that lies in a window, and the IRI of the actor.

    Raises:
        ConfigError: The graph has no such actor, nothing with it lies in the window, or a bound is no date.
    """
    from kg.cli.terminal import note
    from kg.errors import ConfigError
    from kg.graph.names import find_actor

    centre = find_actor(graph.records, actor) if actor is not None else None
    part = graph.slice(since=since, until=until, published=published)
    hint = "" if published else "with --published, events without a date count on the day their first document appeared"
    if centre is not None and centre.iri not in {node.iri for node in part.actors}:
        raise ConfigError(f"nothing with {centre.name} lies in the window" + (f"; {hint}" if hint else ""))
    if not part.events and hint:
        note(f"kg: {hint}")
    return part, centre.iri if centre else None
