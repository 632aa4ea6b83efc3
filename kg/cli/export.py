"""``kg export``: a graph for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options
from kg.export import FORMATS

NAMES = [known.name for known in FORMATS]
FOLDERS = frozenset(known.name for known in FORMATS if known.files is not None)


def _place(_context: click.Context, _parameter: click.Parameter, value: str | None) -> Path | None:
    """Return the file or folder to write, None for standard output; refuse one in a folder that is missing."""
    if value is None or value == "-":
        return None
    path = Path(value)
    options.check_folder(path)
    return path


@click.command(
    epilog=options.examples(
        "kg export news.ttl -o news.graphml",
        "kg export news.ttl -o news.gexf",
        "kg export news.ttl -o tables/ --format csv",
        "kg export news.ttl -o events.txt --format polecat",
        "kg export news.ttl -o news-for-neo4j/ --format neo4j",
    )
)
@options.graph
@click.option(
    "-o",
    "--output",
    metavar="FILE|DIR",
    callback=_place,
    help="File to write, standard output by default; for csv, parquet and neo4j a folder.",
)
@click.option("--format", "name", type=click.Choice(NAMES), help="By default after the suffix of -o.")
def export(graph: str, output: Path | None, name: str | None) -> None:
    """Export a graph for other programs.

    graphml, gexf and cytoscape hold the network of actors for Gephi, Cytoscape, igraph and the like; csv and parquet
    all the graph as tables; polecat the events as one table; neo4j all the graph for the bulk import of Neo4j.
    """
    from kg.api import Graph
    from kg.cli.terminal import emit, summarize
    from kg.export import text

    if name is None and output is None:
        raise click.UsageError("say which --format to export", click.get_current_context())
    chosen = name or _format_of(output or Path())
    _check(chosen, output)
    read = Graph.read(graph)
    if output is None:
        emit(text(read.records, chosen))
        return
    read.export(output, chosen)
    summarize(f"written to {output}", output)


def _format_of(output: Path) -> str:
    """Return the format that the suffix of a file stands for.

    Raises:
        ConfigError: It stands for none; of one of RDF, the message says which command writes it.
    """
    from kg.errors import ConfigError
    from kg.export import format_of
    from kg.rdf.formats import FORMATS as RDF_FORMATS

    if any(output.suffix.lower() in known.suffixes for known in RDF_FORMATS):
        raise ConfigError(f"{output.name}: a graph is written as RDF by kg merge GRAPH -o {output.name}")
    return format_of(output)


def _check(chosen: str, output: Path | None) -> None:
    """Refuse, before any work, a file where a folder is needed, and a folder where a file is."""
    context = click.get_current_context()
    if chosen in FOLDERS and (output is None or output.is_file()):
        raise click.UsageError(f"--format {chosen} makes several files: give -o a folder", context)
    if chosen not in FOLDERS and output is not None and output.is_dir():
        raise click.UsageError(f"--format {chosen} makes one file, and {output} is a folder", context)
