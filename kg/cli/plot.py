"""``kg plot``: a graph as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli import options

if TYPE_CHECKING:
    from pathlib import Path

    from kg.api import PlotKind


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
    cooperation over time, and a map where it happened. --since, --until, --include and --published go with heat maps,
    series and maps.
    """
    from kg.api import Graph
    from kg.cli.terminal import summarize

    chosen = {"--since": since, "--until": until, "--include": include, "--published": published}
    scoped = [name for name, value in chosen.items() if value]
    own = {"--with": (partner, "series"), "--by": (by, "series"), "--hops": (hops, "ego")}
    stray = [name for name, (value, of) in own.items() if value is not None and kind != of]
    stray += ["--most"] if most is not None and kind == "series" else []
    stray += scoped if kind not in ("heatmap", "series", "map") else []
    if stray:
        raise click.UsageError(f"{stray[0]} does not go with --kind {kind}", click.get_current_context())
    scope = None
    if scoped:
        from kg.analyse.scope import Scope

        scope = Scope(since=since, until=until, include=include, published=published)
    Graph.read(graph).plot(output, actor=actor, kind=kind, partner=partner, hops=hops, by=by, scope=scope, most=most)
    summarize(f"written to {output}", output)
