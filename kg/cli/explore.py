"""``kg explore``: a graph to look at, in a browser."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options


@click.command(
    epilog=options.examples(
        "kg explore news.ttl",
        "kg explore news.ttl --texts news/             with the whole texts beside the graph",
        "kg explore news.ttl --port 8080 --timeout 30",
    )
)
@options.graph
@click.option(
    "--texts",
    metavar="INPUT",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Where the documents are: files or folders, as kg build reads them; may be repeated.",
)
@click.option("--host", metavar="ADDRESS", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="0 for any that is free.")
@click.option(
    "--timeout",
    "--time-out",
    "seconds",
    metavar="SECONDS",
    type=click.FloatRange(0.1, 3600),
    default=10.0,
    show_default=True,
    help="The longest that a query may run.",
)
@click.option(
    "--cache",
    metavar="FOLDER",
    type=click.Path(path_type=Path, file_okay=False),
    help="Keep a copy of a large graph in this folder, to open it faster next time.",
)
def explore(graph: str, texts: tuple[Path, ...], host: str, port: int, seconds: float, cache: Path | None) -> None:
    """Look at a graph in a browser, and ask it in SPARQL.

    The page is served from this machine to this machine, and loads nothing from elsewhere. Listening on another address
    than that of this machine alone asks every visitor for the token that is printed. /sparql is an endpoint
    after the SPARQL 1.1 Protocol. Ctrl-C ends it. Needs the extra 'explore'.
    """
    from kg.cli.terminal import note
    from kg.explore.serve import serve

    if graph == "-":
        raise click.UsageError("a graph that is explored is read more than once; give a file, not standard input")
    serve(Path(graph), texts=texts, host=host, port=port, seconds=seconds, cache=cache, tell=note)
