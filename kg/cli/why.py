"""``kg why``: what was merged into a node, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from kg.cli import options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.graph.explanation import Explanation, Part

_RULES: Final = {
    "alone": "rule: alone, no other document reports it",
    "described": "rule: described, so that it is this actor in this document alone",
    "first": "rule: first, the others were joined to it",
    "given": "rule: given, by an IRI in the record",
    "named": "rule: named, the same name, type and country",
}


@click.command(
    epilog=options.examples(
        'kg why news.ttl "Vladimir Putin"',
        'kg why news.ttl "Russia attacked Turkey"',
        "kg why news.ttl assault-7d793037a0760186 --format json",
    )
)
@options.graph
@click.argument("wanted", metavar="ACTOR|EVENT")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def why(graph: str, wanted: str, form: str) -> None:
    """Explain what was merged into an actor, place or event.

    ACTOR is any of its names, EVENT its label; either may be an IRI or, of an event, the last part of one. For each
    document it tells the words that name the actor or report the event, by which rule they were taken for this one,
    and with how many points or how surely.
    """
    import json
    from dataclasses import asdict

    from kg.cli.graphs import read_graph
    from kg.cli.terminal import emit
    from kg.graph.explanation import explain

    found = explain(read_graph(graph), wanted)
    if form == "json":
        emit(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2) + "\n")
    else:
        emit("\n".join(_text(one) for one in found))


def _text(found: Explanation) -> str:
    from kg.cli.terminal import one_line

    return "".join(f"{indent}{one_line(line)}\n" for indent, line in _lines(found))


def _lines(found: Explanation) -> Iterator[tuple[str, str]]:
    """Give the lines of an explanation, each with its indent."""
    yield "", f"{found.label} ({', '.join((found.kind, *found.also))})"
    yield "", f"<{found.iri}>"
    verb = "report" if found.kind == "event" else "name"
    yield "", f"{_count(found, verb)}{'; it is contested' if found.contested else ''}"
    for part in found.parts:
        yield "", ""
        yield "  ", ", ".join(filter(None, (part.document, part.publisher, part.published, _copied(part))))
        yield "    ", f"{part.says} ({', '.join((*part.details, f'confidence {part.confidence:g}'))})"
        yield "    ", _rule(part)
        for speaker in part.speakers:
            against = f", contradicted by {', '.join(speaker.contradicted_by)}" if speaker.contradicted_by else ""
            yield "    ", f"{speaker.name} {speaker.polarity} it{against}"
        for words in part.mentions:
            yield "      ", f"{words.begin}-{words.end} {words.words}{f': {words.sentence}' if words.sentence else ''}"


def _count(found: Explanation, verb: str) -> str:
    if found.documents == 1:
        return f"1 document {verb}s it"
    return f"{found.documents} documents {verb} it, {found.independent} of them independent"


def _copied(part: Part) -> str:
    return f"copy of {part.copy_of}" if part.copy_of else ""


def _rule(part: Part) -> str:
    """Say in words by which rule a part belongs to the node."""
    if part.joined_to:
        points = f"{part.score} points, {part.needed} are enough"
        return f"rule: {part.rule} with {part.joined_to} on {', '.join(part.agrees_on)} ({points})"
    return _RULES.get(part.rule, f"rule: {part.rule}")
