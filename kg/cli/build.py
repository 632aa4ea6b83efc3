"""``kg build``: documents to the graph, the main job."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli import options

if TYPE_CHECKING:
    from pathlib import Path

    from kg.cli.failures import Failures
    from kg.graph.model import KnowledgeGraph


@click.command(
    epilog=options.examples(
        "kg build article.txt",
        "kg build news/ -o news.ttl --plot news.svg",
        "kg build news.jsonl -o news.nq --base https://example.org/id/",
        "curl -s https://example.org/story.html | kg build - --published 2015-11-26 -o story.ttl",
    )
)
@options.inputs
@click.option(
    "-o", "--output", metavar="FILE", callback=options.output_path, help="Graph to write; standard output by default."
)
@click.option("--format", "rdf_format", type=options.RDF_FORMAT, help="By default after the suffix of -o, or turtle.")
@click.option(
    "--plot",
    "plot_path",
    metavar="FILE",
    callback=options.picture_path,
    help="Draw the graph as well: a .png, .svg or .pdf file.",
)
@click.option(
    "--records",
    "records_path",
    metavar="FILE",
    callback=options.output_path,
    help="Write the document records too, as JSONL.",
)
@click.option("--base", metavar="IRI", help="What the IRIs of actors, events and documents begin with.")
@options.published
@options.spacy_model
def build(
    inputs: tuple[str, ...],
    output: Path | None,
    rdf_format: str | None,
    plot_path: Path | None,
    records_path: Path | None,
    base: str | None,
    published: str | None,
    spacy_model: str | None,
) -> int:
    """Build the graph of what documents report.

    INPUT is a .txt, .md, .html or .jsonl file, a folder of such, or - for standard input. The .jsonl may hold
    documents ("id" and "text", and "title", "published", "url" where known) or the records of 'kg extract'.
    """
    from kg.cli.failures import Failures
    from kg.cli.summary import of_graph
    from kg.cli.terminal import emit, summarize
    from kg.rdf.encode import encode
    from kg.rdf.formats import format_of
    from kg.rdf.serialize import serialize, write

    rdf_format = rdf_format or ("turtle" if output is None else format_of(output))
    failures = Failures()
    graph = _read(inputs, base, published, spacy_model, records_path, failures)
    if graph is None:
        return failures.exit_code(read=0)
    rdf = encode(graph)
    if output is None:
        emit(serialize(rdf, rdf_format))
    else:
        write(rdf, output, rdf_format)
    if plot_path is not None:
        from kg.plot import network

        network(graph, plot_path)
    written = [path for path in (output, plot_path, records_path) if path is not None]
    summarize(of_graph(graph, written), output)
    return failures.exit_code(len(graph.documents))


def _read(
    inputs: tuple[str, ...],
    base: str | None,
    published: str | None,
    spacy_model: str | None,
    records_path: Path | None,
    failures: Failures,
) -> KnowledgeGraph | None:
    """Read the inputs into a graph, and their records into a file if asked; None where nothing could be read."""
    from kg.cli.terminal import progress
    from kg.graph.assemble import assemble
    from kg.jsonl import write_records
    from kg.run.extract import extract

    with progress("reading") as advance:
        found = extract(inputs, published=published, spacy_model=spacy_model, on_failure=failures.add)
        records = [advance(record, record.document.id) for record in found]
    if not records:
        return None
    graph = assemble(records, base)
    if records_path is not None:
        write_records(records, records_path)
    return graph
