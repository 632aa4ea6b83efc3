"""``kg report``: a graph as one HTML file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli import options

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    epilog=options.examples(
        "kg report news.ttl -o report.html",
        "kg report news.ttl -o turkey.html --actor Turkey",
    )
)
@options.graph
@click.option("-o", "--output", metavar="FILE", callback=options.output_path, help="File to write; HTML.")
@click.option("--actor", metavar="NAME", help="Only what concerns this actor.")
@click.option("--title", metavar="TEXT", default="", help="What stands above it.")
@click.option(
    "--most",
    type=click.IntRange(1),
    metavar="N",
    default=300,
    show_default=True,
    help="The most events, and the most stated relations, told; those with the most reports go first.",
)
def report(graph: str, output: Path | None, actor: str | None, title: str, most: int) -> None:
    """Write a graph as one page of HTML to send to a colleague.

    It shows the network, timeline, pairs, map, events and relations, and for each event and relation who says so, who
    denies it and the sentences; all that is drawn leads there. It holds no scripts and loads nothing.
    """
    from kg.cli.graphs import read_graph
    from kg.cli.terminal import emit, summarize
    from kg.explore.report import report as make
    from kg.explore.report import write_report

    records = read_graph(graph)
    if output is None:
        emit(make(records, actor=actor, title=title, most=most))
    else:
        write_report(records, output, actor=actor, title=title, most=most)
        summarize(f"written to {output}", output)
