"""``kg push``: a graph to a SPARQL server."""

from __future__ import annotations

import os
from pathlib import Path

import click

from kg.cli import options


@click.command(
    epilog=options.examples(
        "kg push news.ttl --endpoint http://localhost:7878/store                  Oxigraph",
        "kg push news.ttl --endpoint http://localhost:3030/news/data              Fuseki",
        "kg push news.oxigraph --endpoint https://example.org/rdf-graphs/service --graph https://example.org/news",
    )
)
@options.graph
@click.option(
    "--endpoint", metavar="URL", required=True, help="Where the server speaks the SPARQL 1.1 Graph Store HTTP Protocol."
)
@click.option("--graph", "name", metavar="IRI", help="Name of the graph there; its default graph if not given.")
@click.option("--add", is_flag=True, help="Add to the graph there, in place of replacing it.")
@click.option(
    "--journal",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Keep track in this file, and go on from where it says; by default GRAPH.push. Removed at the end.",
)
@click.option(
    "--piece", metavar="N", type=click.IntRange(1), default=20_000, show_default=True, help="Triples in one request."
)
@click.option(
    "--tries", metavar="N", type=click.IntRange(1), default=5, show_default=True, help="How often a request is tried."
)
def push(graph: str, endpoint: str, name: str | None, add: bool, journal: Path | None, piece: int, tries: int) -> None:
    """Send a graph to a SPARQL server.

    It goes in pieces. One that fails is tried again; if the server stays away, the same command later goes on where
    this one stopped, or begins anew where the server no longer holds what it was sent. Servers that ask who you are
    find KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD, or KG_ENDPOINT_TOKEN, from the environment.
    """
    from kg.cli.terminal import note, one_line, progress
    from kg.store import Endpoint, StandardInput, store_at
    from kg.store.push import push as send

    store = store_at(graph)
    if journal is None and not isinstance(store, Endpoint | StandardInput):
        journal = Path(f"{os.path.normpath(graph)}.push")
    with progress("sending") as advance:
        done = send(
            store.read(),
            endpoint,
            name=name,
            add=add,
            piece=piece,
            tries=tries,
            journal=journal,
            sent=lambda triples: advance(None, f"{triples} triples"),
            anew=lambda reason: note(f"{one_line(reason)}; everything is sent again"),
        )
    again = f", {done.known} of them sent before" if done.known else ""
    requests = f"{done.pieces} request{'' if done.pieces == 1 else 's'}"
    note(f"{done.triples} triples in {requests}{again} to {endpoint}")
