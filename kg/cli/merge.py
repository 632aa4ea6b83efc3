"""``kg merge``: graphs into one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli import options

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    epilog=options.examples(
        "kg merge monday.ttl tuesday.ttl -o week.ttl",
        "kg merge archive/*.nq -o archive.nq",
    )
)
@click.argument("graphs", metavar="GRAPH...", nargs=-1, required=True, type=click.Path(allow_dash=True))
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    callback=options.graph_path,
    help="Graph to write: a file, or a .oxigraph database; standard output by default.",
)
@click.option("--format", "rdf_format", type=options.RDF_FORMAT, help="By default after the suffix of -o, or turtle.")
def merge(graphs: tuple[str, ...], output: Path | None, rdf_format: str | None) -> int:
    """Merge graphs, as if all their documents had been read together.

    GRAPH is a file that 'kg build' wrote, or - for standard input. Reports of one happening in documents of different
    graphs become one event that keeps them all. A document that several graphs hold counts once.
    """
    from kg.cli.graphs import check_format, deliver, read_graph
    from kg.cli.summary import of_graph
    from kg.cli.terminal import summarize
    from kg.graph.merge import merge as merge_graphs

    check_format(output, rdf_format)
    merged = merge_graphs(map(read_graph, graphs))
    deliver(merged, output, rdf_format)
    summarize(of_graph(merged, [output] if output else []), output)
    return 0
