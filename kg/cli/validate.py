"""``kg validate``: a graph against its shapes."""

from __future__ import annotations

from math import inf

import click

from kg.cli import options


@click.command(
    epilog=options.examples(
        "kg validate news.ttl",
    )
)
@options.graph
def validate(graph: str) -> int:
    """Check that a graph is well formed.

    Every graph that kg writes fits the shapes in its ontologies.

    What does not fit is listed on standard output, one finding a line, and the exit code is 1.
    """
    from kg.cli.terminal import emit, note, one_line
    from kg.rdf.validate import validate, validate_file
    from kg.store import File, StandardInput, store_at

    store = store_at(graph)
    if isinstance(store, File):
        findings = validate_file(graph)
    else:  # a database gives values other datatypes, and so does a large graph that is piped unless it is told not to
        findings = validate(store.read(large=inf) if isinstance(store, StandardInput) else store.read())
    emit("".join(f"{one_line(str(finding))}\n" for finding in findings))
    found = f"{len(findings)} finding{'' if len(findings) == 1 else 's'}"
    name = "stdin" if graph == "-" else graph
    note(f"{name}: {found}" if findings else f"{name} is valid")
    return 1 if findings else 0
