"""Arguments and options that several commands share."""

from __future__ import annotations

import os
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.run.engine import EngineName


Command = TypeVar("Command", bound="Callable[..., Any]")

DATABASE: Final = ".oxigraph"
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
    check_folder(path)
    return path


def check_folder(path: Path) -> None:
    """Refuse a place to write to whose folder is missing, or takes no new files."""
    if not path.absolute().parent.is_dir():
        raise click.BadParameter(f"the folder {path.parent} does not exist")
    target = Path(os.path.realpath(path))
    in_place = target.exists() and not target.is_file() and not target.is_dir()  # pipes and devices
    if not in_place and not os.access(target.parent, os.W_OK | os.X_OK):
        raise click.BadParameter(f"nothing can be written in the folder {path.parent}")


def graph_path(context: click.Context, parameter: click.Parameter, value: str | None) -> Path | None:
    """Return the graph to write: a file, or the folder of a database, which may be there."""
    path = None if value is None or value == "-" else Path(value)
    if path is None or path.suffix.lower() != DATABASE:
        return output_path(context, parameter, value)
    check_folder(path)
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
graph = click.argument("graph", metavar="GRAPH", type=click.Path(allow_dash=True))
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
limit = click.option("--limit", metavar="N", type=click.IntRange(min=1), help="Read the first N documents only.")
strict = click.option("--strict", is_flag=True, help="Stop at the first document that cannot be read.")
quiet = click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
log_json = click.option("--log-json", is_flag=True, help="Report progress, failures and results as JSON, one a line.")
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

_READING: Final = (
    click.option(
        "--field",
        "fields",
        metavar="NAME=COLUMN",
        multiple=True,
        help="Where a table or JSON holds the text, id, title, published, publisher, url, language or authors of a "
        "document, as text=body; may be repeated.",
    ),
    click.option(
        "--input-limit",
        "limits",
        metavar="NAME=VALUE",
        multiple=True,
        help="Change a bound on what one document may cost, as document_bytes=200MB; may be repeated.",
    ),
    click.option("--any-language", is_flag=True, help="Read documents that are not in English, too."),
    click.option("--keep-duplicates", is_flag=True, help="Read documents that are there already word for word, too."),
    click.option("--follow", is_flag=True, help="Fetch the pages that the entries of a fetched feed link to."),
    click.option(
        "--allow-host",
        "hosts",
        metavar="HOST",
        multiple=True,
        help="Fetch from this host although its address is private; may be repeated.",
    ),
)


def reading(command: Command) -> Command:
    """Add the options on how inputs are read; the command is given them as one ``settings``."""

    @wraps(command)
    def run(
        *arguments: Any,
        fields: tuple[str, ...],
        limits: tuple[str, ...],
        any_language: bool,
        keep_duplicates: bool,
        follow: bool,
        hosts: tuple[str, ...],
        **others: Any,
    ) -> Any:
        from kg.ingest import InputSettings, Limits
        from kg.ingest.settings import parse_fields

        settings = InputSettings(
            limits=Limits.parse(limits),
            fields=parse_fields(fields),
            any_language=any_language,
            keep_duplicates=keep_duplicates,
            allowed_hosts=frozenset(host.lower() for host in hosts),
            follow=follow,
        )
        return command(*arguments, settings=settings, **others)

    decorated: Any = run
    for option in reversed(_READING):
        decorated = option(decorated)
    return decorated  # type: ignore[no-any-return]


_ENGINE: Final = (
    click.option(
        "--workers",
        metavar="N",
        type=click.IntRange(min=1),
        help="Read in so many processes, each with the model; the result is the same. 1 by default; with Ray, as many "
        "as the cluster has cores for.",
    ),
    click.option(
        "--engine",
        "engine_name",
        type=click.Choice(["local", "ray"]),
        default="local",
        help="Read on this machine, or on a Ray cluster (extra 'ray').",
    ),
    click.option(
        "--ray-address",
        metavar="ADDRESS",
        help="The Ray cluster, as host:6379 or auto; by default $RAY_ADDRESS, or one here for this run alone.",
    ),
)


def engine(command: Command) -> Command:
    """Add the options on who reads; the command is given them as one ``engine``."""

    @wraps(command)
    def run(
        *arguments: Any, workers: int | None, engine_name: EngineName, ray_address: str | None, **others: Any
    ) -> Any:
        from kg.run.engine import Engine

        return command(*arguments, engine=Engine(engine_name, workers, ray_address), **others)

    decorated: Any = run
    for option in reversed(_ENGINE):
        decorated = option(decorated)
    return decorated  # type: ignore[no-any-return]
