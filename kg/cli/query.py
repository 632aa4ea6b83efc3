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
        "kg query news.ttl 'SELECT ?what { ?e kg:source ?who ; rdfs:label ?what }' --actor who=Turkey",
        "kg query news.oxigraph --file question.rq --format json --timeout 30",
        "kg slice news.ttl --actor Turkey | kg query - --name leaders",
        "kg query http://localhost:7878/query 'SELECT ?a ?b { ?a kg:meets ?b }'",
        "kg query --help-on timeline",
    )
)
@click.argument("graph", metavar="GRAPH", required=False, type=click.Path(allow_dash=True))
@click.argument("sparql", metavar="[SPARQL]", required=False)
@click.option("--file", "query_file", type=click.Path(path_type=Path), help="Read the SPARQL from a file.")
@click.option("--name", metavar="NAME", help="Ask a query that ships with kg; 'kg info' lists them.")
@click.option("--param", "params", metavar="KEY=VALUE", multiple=True, help="A parameter of the named query.")
@click.option(
    "--actor",
    "actors",
    metavar="VARIABLE=NAME",
    multiple=True,
    help="Let a variable of the SPARQL stand for the actors of this name alone, in any of its forms.",
)
@click.option("--timeout", metavar="SECONDS", type=click.FloatRange(0, min_open=True), help="Stop after so long.")
@click.option(
    "--explain", "explained", is_flag=True, help="Show how the question would be answered, and do not ask it."
)
@click.option("--help-on", metavar="NAME", help="Say what a named query answers and which parameters it takes.")
@click.option("--format", "table_format", type=options.TABLE_FORMAT, default="table", show_default=True)
def query(
    graph: str | None,
    sparql: str | None,
    query_file: Path | None,
    name: str | None,
    params: tuple[str, ...],
    actors: tuple[str, ...],
    timeout: float | None,
    explained: bool,
    help_on: str | None,
    table_format: str,
) -> None:
    """Ask a graph a question.

    GRAPH is a file, a database (.oxigraph), the URL of a SPARQL endpoint, or - for standard input. The question is
    SPARQL, a file of it, or one of the queries that ship with kg. The usual prefixes (kg:, plover:, sem:, rdfs: ...)
    and those of the graph (actor:, event: ...) are known.
    """
    from kg.cli.terminal import emit, note, one_line, stdout_width, tell_taken
    from kg.query import Asked, load, render, undefined

    context = click.get_current_context()
    if help_on is not None:
        emit(load(help_on).help)
        return
    if graph is None:
        raise click.UsageError("Missing argument 'GRAPH'.", context)
    if sum(given is not None for given in (sparql, query_file, name)) != 1:
        raise click.UsageError("give one of SPARQL, --file and --name", context)
    if params and name is None:
        raise click.UsageError("--param goes with --name", context)
    if actors and name is not None:
        raise click.UsageError("--actor goes with SPARQL; a named query has --param", context)
    if query_file is not None:
        sparql = _read(query_file)
    asked = Asked(graph, sparql or "", name, _pairs("--param", params), _pairs("--actor", actors))
    if explained:
        answer = asked.explained(timeout)
    else:
        table, taken = asked.answer(timeout)
        answer = render(table, table_format, width=stdout_width())
        tell_taken(taken)
    for wrong in undefined(asked.sparql) if asked.sparql else ():
        note(f"kg: {one_line(wrong)}")
    emit(answer)


def _pairs(option: str, given: tuple[str, ...]) -> dict[str, str]:
    return dict(_pair(option, each) for each in given)


def _pair(option: str, given: str) -> tuple[str, str]:
    key, equals, value = given.partition("=")
    if not (key and equals):
        wanted = "KEY=VALUE" if option == "--param" else "VARIABLE=NAME"
        raise click.UsageError(f"{option} takes {wanted}, not {given!r}", click.get_current_context())
    return key, value


def _read(path: Path) -> str:
    from kg.errors import QueryError
    from kg.ingest.decode import decode

    try:
        return decode(path.read_bytes(), str(path))
    except OSError as error:
        raise QueryError(f"cannot read {path}: {error.strerror or error}") from error
