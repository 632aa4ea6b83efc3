"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

PICTURES: Final = (".png", ".svg", ".pdf")


def examples(*commands: str) -> str:
    """Return the part of a command's help that shows how it is used."""
    return "\b\nExamples:\n" + "\n".join(f"  {command}" for command in commands)


def output_path(_context: click.Context, _parameter: click.Parameter, value: str | None) -> Path | None:
    """Return the file to write, None for standard output (``-``); refuse what cannot be written before any work."""
    if value is None or value == "-":
        return None
    path = Path(value)
    if path.is_dir():
        raise click.BadParameter(f"{path} is a folder")
    if not path.parent.is_dir():
        raise click.BadParameter(f"the folder {path.parent} does not exist")
    return path


def picture_path(context: click.Context, parameter: click.Parameter, value: str | None) -> Path | None:
    """Return the picture to write, refusing a suffix that no picture has."""
    path = output_path(context, parameter, value)
    if value is not None and (path is None or path.suffix.lower() not in PICTURES):
        raise click.BadParameter(f"a picture is a {', '.join(PICTURES[:-1])} or {PICTURES[-1]} file, not {value}")
    return path


RDF_FORMAT: Final = click.Choice(["turtle", "trig", "nquads", "ntriples", "jsonld"])
TABLE_FORMAT: Final = click.Choice(["table", "csv", "tsv", "json"])

inputs = click.argument("inputs", metavar="INPUT...", nargs=-1, required=True, type=click.Path(allow_dash=True))
graph = click.argument("graph", metavar="GRAPH", type=click.Path(path_type=Path))
published = click.option(
    "--published", metavar="DATE", help="Publication date of documents that state none, as 2015-11-26."
)
spacy_model = click.option(
    "--spacy-model", metavar="NAME", help="A spaCy pipeline to give syntax and names instead of kg's own."
)
patterns = click.option(
    "--patterns",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Read events by the event types and patterns in this TOML file as well.",
)
lexicon = click.option(
    "--lexicon",
    metavar="FILE",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Actors of your own: a .tsv table or PETRARCH dictionary; may be repeated, and later files go before.",
)
since = click.option("--since", metavar="DATE", help="Count only what lies on or after it: a day, month or year.")
until = click.option("--until", metavar="DATE", help="Count only what lies on or before it: a day, month or year.")
by = click.option("--by", type=click.Choice(["day", "week", "month", "year"]), help="Period to count by.")
include = click.option(
    "--include",
    type=click.Choice(["planned", "possible", "negated", "contested"]),
    multiple=True,
    help="Count these events too; may be repeated.",
)
dated_by_publication = click.option(
    "--published", is_flag=True, help="Give events without a date the day their first document appeared."
)
min_confidence = click.option(
    "--min-confidence",
    metavar="X",
    type=click.FloatRange(0, 1),
    help="Leave out what the reader is less sure of than this, 0 to 1.",
)
partner = click.option("--with", "partner", metavar="NAME", help="Only what passes between --actor and this one.")
