"""``kg info``: what this installation is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from kg.cli import options

if TYPE_CHECKING:
    from kg.query import NamedQuery

_MODEL: Final = "model"
_CARD: Final = "model/meta.json"
_LIBRARIES: Final = ("spacy", "onnxruntime", "rdflib", "pyoxigraph", "networkx", "matplotlib", "trafilatura")


@click.command(epilog=options.examples("kg info"))
def info() -> None:
    """Show what this installation holds.

    Versions, the language model, the event types and the named queries.
    """
    from kg.cli.terminal import emit

    sections = {
        "versions": _versions(),
        "language model": _model(),
        "event types": _event_types(),
        "named queries": _queries(),
    }
    emit("\n".join(f"{title}\n{_table(rows)}" for title, rows in sections.items()))


def _versions() -> list[tuple[str, str]]:
    import platform
    from importlib.metadata import version

    from kg import __version__, ontology

    libraries = [(library, version(library)) for library in _LIBRARIES]
    return [("kg", __version__), ("ontology", ontology.version()), ("python", platform.python_version()), *libraries]


def _model() -> list[tuple[str, str]]:
    """Return the facts of the model card, and the size of the model's files."""
    import json

    from kg import resources

    files = resources.names(_MODEL) if resources.exists(_MODEL) else ()
    if not files:
        return [("none", "this installation has no trained model")]
    card = json.loads(resources.read_text(_CARD)) if resources.exists(_CARD) else {}
    size = sum(len(resources.path(f"{_MODEL}/{name}").read_bytes()) for name in files)
    return [*((key, _words(value)) for key, value in card.items()), ("size", f"{size / 1e6:.1f} MB")]


def _words(value: object) -> str:
    """Say a value of the model card in one line."""
    if isinstance(value, dict):
        return ", ".join(f"{key} {_words(item)}" for key, item in value.items())
    return ", ".join(map(_words, value)) if isinstance(value, list) else str(value)


def _event_types() -> list[tuple[str, str]]:
    from kg import ontology
    from kg.records import EVENT_TYPES

    return [(name, f"kg:{ontology.local_name(ontology.property_of_event(name))}") for name in EVENT_TYPES]


def _queries() -> list[tuple[str, str]]:
    from kg.query import load, names

    return [(name, _usage(load(name))) for name in names()]


def _usage(query: NamedQuery) -> str:
    parameters = [each.name if each.required else f"[{each.name}]" for each in query.parameters]
    return f"{query.title} ({', '.join(parameters)})" if parameters else query.title


def _table(rows: list[tuple[str, str]]) -> str:
    width = max(len(name) for name, _ in rows)
    return "".join(f"  {name:{width}}  {value}\n" for name, value in rows)
