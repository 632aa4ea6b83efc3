"""``kg remove``: a graph without some of its documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli import options

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    epilog=options.examples(
        "kg remove news.ttl retracted-story -o corrected.ttl",
        "kg remove news.ttl 000.txt 017.txt -o news.ttl",
    )
)
@options.graph
@click.argument("documents", metavar="DOCUMENT...", nargs=-1, required=True)
@click.option(
    "-o", "--output", metavar="FILE", callback=options.output_path, help="Graph to write; standard output by default."
)
@click.option("--format", "rdf_format", type=options.RDF_FORMAT, help="By default after the suffix of -o, or turtle.")
def remove(graph: str, documents: tuple[str, ...], output: Path | None, rdf_format: str | None) -> None:
    """Take documents out of a graph.

    All that rests on them goes with them, and nothing else: what is left is the graph that the other documents give by
    themselves. DOCUMENT is the id of one, as the query 'documents' lists it, or its IRI.
    """
    from kg.cli.graphs import deliver, read_graph
    from kg.cli.summary import of_graph
    from kg.cli.terminal import summarize
    from kg.graph.remove import documents_named
    from kg.graph.remove import remove as remove_documents

    known = read_graph(graph)
    rest = remove_documents(known, documents_named(known, documents))
    deliver(rest, output, rdf_format)
    summarize(of_graph(rest, [output] if output else []), output)
