"""``kg stats``: figures of a graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from kg.cli import options

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from kg.analyse import Figures, Scope
    from kg.graph.model import ActorNode, KnowledgeGraph

MEASURES: Final = (
    "summary",
    "dyads",
    "series",
    "actors",
    "communities",
    "brokers",
    "bridges",
    "triads",
    "changes",
)
_BY_PERIOD: Final = ("summary", "dyads", "series", "changes")


@click.command(
    epilog=options.examples(
        "kg stats news.ttl",
        "kg stats news.ttl --measure dyads --by month --format csv -o dyads.csv",
        "kg stats news.ttl --measure series --actor Russia --with Turkey --since 2015-11",
        "kg stats news.ttl --measure triads --actor Turkey",
    )
)
@options.graph
@click.option("--measure", type=click.Choice(MEASURES), default="summary", show_default=True)
@options.by
@options.since
@options.until
@options.include
@options.dated_by_publication
@click.option("--actor", metavar="NAME", help="Only what concerns this actor.")
@options.partner
@click.option("--format", "table_format", type=options.TABLE_FORMAT, default="table", show_default=True)
@click.option("-o", "--output", metavar="FILE", callback=options.output_path, help="File to write.")
def stats(
    graph: str,
    measure: str,
    by: str | None,
    since: str | None,
    until: str | None,
    include: tuple[str, ...],
    published: bool,
    actor: str | None,
    partner: str | None,
    table_format: str,
    output: Path | None,
) -> None:
    """Reckon how actors get on, and who matters.

    A summary; dyads (how every two actors get on, with --by period by period); a series over time; actors and how
    central they are; communities; brokers and bridges; triads out of balance; sudden changes.

    Events that are planned, possible, negated or contested do not count unless --include says so.
    """
    from kg.analyse import Scope
    from kg.api import Graph
    from kg.cli.figures import basis, render
    from kg.cli.terminal import emit, note, stdout_width, summarize, tell_taken
    from kg.files import write_whole
    from kg.graph.names import find_actor, taken_for_one

    _check(measure, by, actor, partner)
    records = Graph.read(graph).records
    centre, other = (find_actor(records, name) if name is not None else None for name in (actor, partner))
    tell_taken(taken_for_one(records, name) for name in (actor, partner) if name is not None)
    scope = Scope(since=since, until=until, include=include, published=published)
    figures = _reckon(measure, records, by, scope, centre, other)
    text = render(figures, table_format, stdout_width() if output is None else None)
    if output is None:
        emit(text)
    else:
        with write_whole(output, "wb") as file:
            file.write(text.encode("utf-8", "backslashreplace"))
    if table_format in ("csv", "tsv"):
        note(basis(figures))
    if output is not None:
        summarize(f"written to {output}", output)
    if not figures.rows and not published and "undated" in dict(figures.basis.left_out):
        note("kg: with --published, events without a date count on the day that their first document appeared")


def _check(measure: str, by: str | None, actor: str | None, partner: str | None) -> None:
    context = click.get_current_context()
    if by is not None and measure not in _BY_PERIOD:
        raise click.UsageError(f"--by goes with {', '.join(_BY_PERIOD)}, not with {measure}", context)
    if partner is not None and (measure != "series" or actor is None):
        raise click.UsageError("--with goes with --measure series and --actor", context)


def _reckon(
    measure: str,
    graph: KnowledgeGraph,
    by: str | None,
    scope: Scope,
    actor: ActorNode | None,
    other: ActorNode | None,
) -> Figures[Any]:
    from kg import analyse

    if measure == "series":
        return analyse.series(graph, by, scope, actor, other)
    if measure == "dyads" and by is not None:
        return analyse.dyad_series(graph, by, scope, actor)
    if measure == "summary":
        return analyse.summary(graph, by or "month", scope, actor)
    if measure == "changes":
        return analyse.changes(graph, by or "month", scope, actor)
    plain: Mapping[str, Callable[..., Figures[Any]]] = {
        "dyads": analyse.dyads,
        "actors": analyse.actors,
        "communities": analyse.communities,
        "brokers": analyse.brokers,
        "bridges": analyse.bridges,
        "triads": analyse.triads,
    }
    return plain[measure](graph, scope, actor)
