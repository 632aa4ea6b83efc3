"""``kg build``: documents to the graph, the main job."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options

if TYPE_CHECKING:
    from kg.graph.model import KnowledgeGraph
    from kg.ingest import InputSettings
    from kg.run.engine import Engine


@click.command(
    epilog=options.examples(
        "kg build article.txt",
        "kg build news/ -o news.ttl --plot news.svg",
        "kg build news.jsonl -o news.nq --base https://example.org/id/",
        "kg build crawl.warc.gz news.zip -o news.nq",
        "kg build news.csv --field text=body --field published=date -o news.ttl",
        "kg build today/ --into news.ttl",
        "kg build archive/ -o archive.ttl --run archive.run --workers 2",
        "kg build archive/ -o archive.ttl --run archive.run --engine ray --ray-address 10.0.0.1:6379",
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
@options.engine
@click.option(
    "--run",
    "run_folder",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="Keep what was read in this folder: the same command goes on where it was cut off.",
)
@click.option("--retry-failed", is_flag=True, help="Of a run, try again what the model could not read before.")
@options.limit
@options.strict
@click.option("--dry-run", is_flag=True, help="Only say how much there is to read, and what cannot be read.")
@options.quiet
@options.log_json
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
    engine: Engine,
    run_folder: Path | None,
    retry_failed: bool,
    limit: int | None,
    strict: bool,
    dry_run: bool,
    quiet: bool,
    log_json: bool,
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
    from kg.cli.log import open_log
    from kg.cli.summary import counts_of, hint_on_dates, of_graph, undated
    from kg.graph.assemble import assemble
    from kg.run.extract import extract, items, kept
    from kg.run.reading import Reading
    from kg.run.survey import survey

    if retry_failed and run_folder is None:
        raise click.UsageError("--retry-failed goes with --run")
    if into_path == Path("-"):
        raise click.UsageError("--into takes a graph that can be written again, not standard input")
    output = output or into_path
    with open_log(quiet=quiet, as_json=log_json) as log:
        failures = Failures(log)
        on_failure = None if strict else failures.add
        own = read_lexicon(lexicon, output, log)
        if dry_run:
            documents = items(inputs, published, limit=limit, settings=settings, on_skip=failures.skip)
            found = survey(documents, Reading(spacy_model, patterns, own), run_folder, on_failure)
            log.survey(found)
            return failures.exit_code(found.documents)
        check_format(output, rdf_format)
        known = read_graph(into_path) if into_path is not None else None
        records = extract(
            inputs,
            published=published,
            spacy_model=spacy_model,
            patterns=patterns,
            lexicon=own,
            engine=engine,
            limit=limit,
            run=run_folder,
            retry_failed=retry_failed,
            on_failure=on_failure,
            on_progress=log.progress,
            settings=settings,
            on_skip=failures.skip,
        )
        if records_path is not None:
            records = kept(records, records_path)
        with log.reading():
            new = assemble(records, base or (known.base if known else None))
        if not new.documents:
            return failures.exit_code(read=0)
        graph = _joined(known, _sure(new, min_confidence))
        deliver(graph, output, rdf_format)
        if plot_path is not None:
            from kg.plot.network import network

            network(graph, plot_path)
        written = [path for path in (output, plot_path, records_path) if path is not None]
        without_date = undated(new)
        words = of_graph(graph, written, hint_on_dates(without_date))
        log.summary(words, output, {**counts_of(graph), "undated": without_date, **failures.counts()})
        return failures.exit_code(len(new.documents))


def _sure(graph: KnowledgeGraph, min_confidence: float | None) -> KnowledgeGraph:
    """Return the part of a graph that is as sure as asked for."""
    from kg.graph.slice import Criteria, sliced

    return sliced(graph, Criteria(min_confidence=min_confidence or 0.0))


def _joined(known: KnowledgeGraph | None, new: KnowledgeGraph) -> KnowledgeGraph:
    from kg.graph.merge import merge

    return new if known is None else merge([known, new])
