"""``kg query``: questions to a graph, in SPARQL or by name."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options


@click.command(
    epilog=options.examples(
        "kg query news.ttl --name who-met-whom",
        "kg query news.ttl --name timeline --param actor=Turkey --format csv",
        "kg query news.ttl 'SELECT ?a ?b { ?a kg:meets ?b }'",
        "kg query news.ttl --file question.rq --format json",
    )
)
@options.graph
@click.argument("sparql", metavar="[SPARQL]", required=False)
@click.option("--file", "query_file", type=click.Path(path_type=Path), help="Read the SPARQL from a file.")
@click.option("--name", metavar="NAME", help="Ask a query that ships with kg; 'kg info' lists them.")
@click.option("--param", "params", metavar="KEY=VALUE", multiple=True, help="A parameter of the named query.")
@click.option("--format", "table_format", type=options.TABLE_FORMAT, default="table", show_default=True)
def query(
    graph: Path,
    sparql: str | None,
    query_file: Path | None,
    name: str | None,
    params: tuple[str, ...],
    table_format: str,
) -> None:
    """Ask a graph a question.

    The question is SPARQL, a file of it, or one of the queries that ship with kg.

    The usual prefixes (kg:, plover:, sem:, rdfs: ...) are known.
    """
    from kg.cli.terminal import emit, stdout_width
    from kg.query import named, render, run
    from kg.rdf.parse import parse

    if sum(given is not None for given in (sparql, query_file, name)) != 1:
        raise click.UsageError("give one of SPARQL, --file and --name", click.get_current_context())
    if params and name is None:
        raise click.UsageError("--param goes with --name", click.get_current_context())
    if query_file is not None:
        sparql = _read(query_file)
    arguments = dict(_pair(param) for param in params)
    rdf = parse(graph)
    answer = named(rdf, name, **arguments) if name is not None else run(rdf, sparql or "")
    emit(render(answer, table_format, width=stdout_width()))


def _pair(param: str) -> tuple[str, str]:
    key, equals, value = param.partition("=")
    if not (key and equals):
        raise click.UsageError(f"--param takes KEY=VALUE, not {param!r}", click.get_current_context())
    return key, value


def _read(path: Path) -> str:
    from kg.errors import QueryError
    from kg.ingest.decode import decode

    try:
        return decode(path.read_bytes(), str(path))
    except OSError as error:
        raise QueryError(f"cannot read {path}: {error.strerror or error}") from error
