"""``kg validate``: a graph against its shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli import options

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    epilog=options.examples(
        "kg validate news.ttl",
    )
)
@options.graph
def validate(graph: Path) -> int:
    """Check that a graph is well formed.

    Every graph that kg writes fits the shapes in its ontologies.

    What does not fit is listed on standard output, one finding a line, and the exit code is 1.
    """
    from kg.cli.terminal import emit, note, one_line
    from kg.rdf.validate import validate, validate_file
    from kg.store import File, store_at

    store = store_at(graph)
    findings = validate_file(graph) if isinstance(store, File) else validate(store.read())
    emit("".join(f"{one_line(str(finding))}\n" for finding in findings))
    found = f"{len(findings)} finding{'' if len(findings) == 1 else 's'}"
    note(f"{graph}: {found}" if findings else f"{graph} is valid")
    return 1 if findings else 0
