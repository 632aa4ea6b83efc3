"""The sole reader of the data that ships with kg: lexicons, queries, templates, the model and the ontologies.

Names are relative to ``kg/data`` with forward slashes: ``lexicons/countries.tsv``, ``queries/who_met_whom.rq``.
The ontologies live beside the package in a checkout and inside it in an installed wheel; both are found.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from kg.errors import KgError, OntologyError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_PACKAGE = "kg"


def path(name: str) -> Traversable:
    """Return the packaged file or folder ``name``, as ``lexicons/countries.tsv``.

    Raises:
        KgError: the installation holds no such file, or ``name`` leads out of the packaged data.
    """
    parts = _parts(name)
    found = files(_PACKAGE).joinpath("data", *parts)
    if not (found.is_file() or found.is_dir()):
        raise KgError(f"packaged data {name!r} is missing from this installation: reinstall kg")
    return found


def exists(name: str) -> bool:
    """Say whether the installation holds the packaged file or folder ``name``."""
    found = files(_PACKAGE).joinpath("data", *_parts(name))
    return found.is_file() or found.is_dir()


def names(folder: str, suffix: str = "") -> tuple[str, ...]:
    """Return the names of the files directly in ``folder`` that end with ``suffix``, sorted.

    Raises:
        KgError: the installation holds no such folder.
    """
    return tuple(sorted(entry.name for entry in path(folder).iterdir() if entry.name.endswith(suffix)))


def read_text(name: str) -> str:
    """Return the text of the packaged file ``name``, decoded as UTF-8.

    Raises:
        KgError: the installation holds no such file.
    """
    return path(name).read_text(encoding="utf-8")


def read_tsv(name: str) -> list[dict[str, str]]:
    """Return the rows of the packaged table ``name``, each a dict from column name to cell.

    Cells are separated by single tabs and stripped; empty lines and lines that begin with ``#`` are skipped.
    The first line left names the columns. A row may leave out trailing empty cells.

    Raises:
        KgError: no such file, no header, a column named twice, or a row with more cells than columns.
    """
    text = read_text(name)
    padded = _is_padded(text)
    lines = [
        (number, [cell.strip() for cell in line.split("\t")] if padded else line.split("\t"))
        for number, line in enumerate(text.split("\n"), start=1)
        if line and line[0] != "#" and not line.isspace()
    ]
    if not lines:
        raise KgError(f"packaged table {name}: no header line")
    (_, header), *rows = lines
    if len(set(header)) < len(header):
        raise KgError(f"packaged table {name}: a column is named twice: {', '.join(header)}")
    width, empty = len(header), [""] * len(header)
    for number, cells in rows:
        if len(cells) > width:
            raise KgError(f"packaged table {name}, line {number}: {len(cells)} cells for {width} columns")
    return [dict(zip(header, cells if len(cells) == width else cells + empty, strict=False)) for _, cells in rows]


def ontology_text(name: str) -> str:
    """Return the Turtle of the ontology ``name`` (``kg``, ``plover``, ``cameo``, ``shapes``; ``.ttl`` may be given).

    Raises:
        OntologyError: no ontology of that name ships with kg; the message lists those that do.
    """
    found = ontologies().get(name.removesuffix(".ttl"))
    if found is None:
        known = ", ".join(ontologies()) or "none: reinstall kg"
        raise OntologyError(f"no ontology {name!r}; those shipped with kg: {known}")
    return found.read_text(encoding="utf-8")


@cache
def ontologies() -> dict[str, Traversable]:
    """Return the shipped ontology files by name without suffix, sorted by name."""
    inside: Traversable = files(_PACKAGE).joinpath("ontologies")
    folder = inside if inside.is_dir() else Path(__file__).resolve().parent.parent / "ontologies"
    if not folder.is_dir():
        return {}
    found = sorted((entry.name, entry) for entry in folder.iterdir() if entry.name.endswith(".ttl"))
    return {name.removesuffix(".ttl"): entry for name, entry in found}


def _parts(name: str) -> tuple[str, ...]:
    parts = PurePosixPath(name).parts
    if not parts or ".." in parts or parts[0] == "/":
        raise KgError(f"{name!r} names no packaged data: give a path below kg/data, as lexicons/countries.tsv")
    return parts


def _is_padded(text: str) -> bool:
    """Say whether there may be white space, other than tabs between cells, at either end of a cell."""
    lines = f"\n{text}\n"
    spaces = [character for character in set(text) - {"\t", "\n"} if character.isspace()]
    return any(f"{edge}{space}" in lines or f"{space}{edge}" in lines for space in spaces for edge in "\t\n")
