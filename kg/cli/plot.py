"""``kg plot``: a graph as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from kg.cli import options

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    epilog=options.examples(
        "kg plot news.ttl -o news.svg",
        "kg plot news.ttl -o turkey.png --actor Turkey",
        "kg plot news.ttl -o turkey.pdf --actor Turkey --kind timeline",
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
@click.option("--actor", metavar="NAME", help="Draw only this actor and those it has to do with.")
@click.option("--kind", type=click.Choice(["network", "timeline"]), default="network", show_default=True)
def plot(graph: Path, output: Path, actor: str | None, kind: Literal["network", "timeline"]) -> None:
    """Draw a graph as a network or a timeline.

    A network shows who does what to whom, a timeline what happened when.
    """
    from kg.api import Graph
    from kg.cli.terminal import summarize

    Graph.read(graph).plot(output, actor=actor, kind=kind)
    summarize(f"written to {output}", output)
