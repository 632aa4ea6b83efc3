"""``kg slice``: a part of a graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli import options

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    epilog=options.examples(
        "kg slice news.ttl --actor Turkey --actor Russia -o turkey-russia.ttl",
        "kg slice news.ttl --type CONSULT --type AGREE --since 2015-11 --until 2015-12 -o talks.ttl",
        "kg slice news.ttl --min-confidence 0.5 --exclude-contested --factuality happened -o sure.ttl",
        "kg slice news.ttl --asserted-by Turkey -o turkey-says.nq",
    )
)
@options.graph
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    callback=options.graph_path,
    help="Graph to write: a file, or a .oxigraph database; standard output by default.",
)
@click.option("--format", "rdf_format", type=options.RDF_FORMAT, help="By default after the suffix of -o, or turtle.")
@click.option("--actor", "actors", metavar="NAME", multiple=True, help="Involves this actor, or happens in this place.")
@click.option("--since", metavar="DATE", help="On or after this day, month or year.")
@click.option("--until", metavar="DATE", help="On or before this day, month or year.")
@options.dated_by_publication
@click.option(
    "--type",
    "types",
    metavar="TYPE",
    multiple=True,
    help="Is of this type: of events, as CONSULT, or of stated relations, as member_of.",
)
@options.min_confidence
@click.option("--asserted-by", metavar="NAME", multiple=True, help="This actor or publisher says so.")
@click.option("--exclude-contested", is_flag=True, help="Leave out what somebody disputes.")
@click.option(
    "--factuality",
    "factualities",
    type=click.Choice(["happened", "planned", "possible", "negated", "past"]),
    multiple=True,
    help="Is of this factuality.",
)
def slice(  # noqa: A001 (the command's own name)
    graph: str,
    output: Path | None,
    rdf_format: str | None,
    actors: tuple[str, ...],
    since: str | None,
    until: str | None,
    published: bool,
    types: tuple[str, ...],
    min_confidence: float | None,
    asserted_by: tuple[str, ...],
    exclude_contested: bool,
    factualities: tuple[str, ...],
) -> None:
    """Take the part of a graph that meets all that is asked for.

    Of an option given several times, one value is enough. What remains are events and stated relations with their
    reports, claims and documents, the edges that follow from them, and the actors and places that they need. An actor
    may be given by any of its names.
    """
    from kg.api import Graph
    from kg.cli.graphs import check_format, deliver
    from kg.cli.summary import of_graph
    from kg.cli.terminal import summarize, tell_taken
    from kg.graph.names import taken_for

    check_format(output, rdf_format)
    whole = Graph.read(graph)
    part = whole.slice(
        actor=actors,
        since=since,
        until=until,
        published=published,
        type=types,
        min_confidence=min_confidence or 0.0,
        asserted_by=asserted_by,
        exclude_contested=exclude_contested,
        factuality=factualities,
    )
    deliver(part.records, output, rdf_format)
    summarize(of_graph(part.records, [output] if output else []), output)
    tell_taken(taken_for(whole.records, name) for name in (*actors, *asserted_by))
