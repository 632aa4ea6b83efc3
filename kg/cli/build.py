"""``kg build``: documents to the graph, the main job."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options

if TYPE_CHECKING:
    from kg.cli.failures import Failures
    from kg.graph.model import KnowledgeGraph
    from kg.ingest import InputSettings
    from kg.resolve.dictionaries import Lexicon


@click.command(
    epilog=options.examples(
        "kg build article.txt",
        "kg build news/ -o news.ttl --plot news.svg",
        "kg build news.jsonl -o news.nq --base https://example.org/id/",
        "kg build crawl.warc.gz news.zip -o news.nq",
        "kg build news.csv --field text=body --field published=date -o news.ttl",
        "kg build today/ --into news.ttl",
        "kg build archive/ -o archive.oxigraph      a database, for large graphs",
        "kg build news/ -o news.ttl --lexicon actors.tsv",
        "curl -s https://example.org/story.html | kg build - --published 2015-11-26 -o story.ttl",
    )
)
@options.inputs
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    callback=options.graph_path,
    help="Graph to write: a file, or a .oxigraph database; standard output by default.",
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
@click.option(
    "--into",
    "into_path",
    metavar="GRAPH",
    type=click.Path(path_type=Path),
    help="Add to this graph, and write it anew unless -o says where else.",
)
@click.option("--base", metavar="IRI", help="What the IRIs of actors, events and documents begin with.")
@options.published
@options.spacy_model
@options.patterns
@options.lexicon
@options.reading
@options.min_confidence
def build(
    inputs: tuple[str, ...],
    output: Path | None,
    rdf_format: str | None,
    plot_path: Path | None,
    records_path: Path | None,
    into_path: Path | None,
    base: str | None,
    published: str | None,
    spacy_model: str | None,
    patterns: Path | None,
    lexicon: tuple[Path, ...],
    min_confidence: float | None,
    settings: InputSettings,
) -> int:
    """Build the graph of what documents report.

    INPUT is a file, a folder, an http(s) address, or - for standard input: text, Markdown, HTML, JSON, JSONL, CSV, TSV,
    Parquet, PDF, EPUB, DOCX, feeds and web archives, compressed and in archives, too. JSON and tables hold documents
    ("text", and "id", "title", "published", "url" where known); JSONL also the records of 'kg extract'.
    """
    from kg.cli.failures import Failures
    from kg.cli.graphs import check_format, deliver, read_graph
    from kg.cli.lexicons import read_lexicon
    from kg.cli.summary import of_graph
    from kg.cli.terminal import summarize

    output = output or into_path
    check_format(output, rdf_format)
    known = read_graph(into_path) if into_path is not None else None
    failures = Failures()
    base = base or (known.base if known else None)
    own = read_lexicon(lexicon, output)
    new = _read(inputs, base, published, spacy_model, patterns, own, records_path, failures, settings)
    if new is None:
        return failures.exit_code(read=0)
    graph = _joined(known, _sure(new, min_confidence))
    deliver(graph, output, rdf_format)
    if plot_path is not None:
        from kg.plot.network import network

        network(graph, plot_path)
    written = [path for path in (output, plot_path, records_path) if path is not None]
    summarize(of_graph(graph, written), output)
    return failures.exit_code(len(new.documents))


def _sure(graph: KnowledgeGraph, min_confidence: float | None) -> KnowledgeGraph:
    """Return the part of a graph that is as sure as asked for."""
    from kg.graph.slice import Criteria, sliced

    return sliced(graph, Criteria(min_confidence=min_confidence or 0.0))


def _joined(known: KnowledgeGraph | None, new: KnowledgeGraph) -> KnowledgeGraph:
    from kg.graph.merge import merge

    return new if known is None else merge([known, new])


def _read(
    inputs: tuple[str, ...],
    base: str | None,
    published: str | None,
    spacy_model: str | None,
    patterns: Path | None,
    lexicon: Lexicon | None,
    records_path: Path | None,
    failures: Failures,
    settings: InputSettings,
) -> KnowledgeGraph | None:
    """Read the inputs into a graph, and their records into a file if asked; None where nothing could be read."""
    from kg.cli.terminal import progress
    from kg.graph.assemble import assemble
    from kg.jsonl import write_records
    from kg.run.extract import extract

    with progress("reading") as advance:
        found = extract(
            inputs,
            published=published,
            spacy_model=spacy_model,
            patterns=patterns,
            lexicon=lexicon,
            on_failure=failures.add,
            settings=settings,
            on_skip=failures.skip,
        )
        records = [advance(record, record.document.id) for record in found]
    if not records:
        return None
    graph = assemble(records, base)
    if records_path is not None:
        write_records(records, records_path)
    return graph
