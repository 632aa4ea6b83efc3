"""The formats that graphs are exported in, by name and by suffix."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from kg.errors import ConfigError
from kg.files import write_folder_whole, write_whole

if TYPE_CHECKING:
    import os
    from collections.abc import Callable
    from pathlib import Path

    from kg.graph.model import KnowledgeGraph


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, the suffixes that stand for it, and what writes it, as one text or as files in a folder."""

    name: str
    about: str
    suffixes: tuple[str, ...] = ()
    text: Callable[[KnowledgeGraph], str] | None = None
    files: Callable[[KnowledgeGraph, Path], None] | None = None


def export(graph: KnowledgeGraph, path: str | os.PathLike[str], format: str | None = None) -> None:  # noqa: A002
    """Write a graph for another program, whole or not at all; equal graphs give equal bytes.

    Args:
        graph: The graph.
        path: The file, or for ``csv``, ``parquet`` and ``neo4j`` the folder, which is made where there is none. A
            folder that an earlier export filled is replaced; one that holds anything else is left alone.
        format: The name of one of ``FORMATS``; by default after the file's suffix.

    Raises:
        ConfigError: If the format is not known, or the suffix stands for none.
        GraphError: If the graph holds a day that is none.
        InputError: If the file or folder cannot be written.
        MissingExtraError: If the packages of an extra are needed.
    """
    chosen = _named(format or format_of(path))
    if chosen.files is not None:
        with write_folder_whole(path) as folder:
            chosen.files(graph, folder)
        return
    content = text(graph, chosen.name)
    with write_whole(path, "wb") as file:
        file.write(content.encode("utf-8"))


def text(graph: KnowledgeGraph, format: str) -> str:  # noqa: A002
    """Return a graph in a format that is one text.

    Raises:
        ConfigError: If the format is not known, or makes several files.
    """
    chosen = _named(format)
    if chosen.text is None:
        raise ConfigError(f"the format {format} makes several files: give a folder to write them to")
    return chosen.text(graph)


def format_of(path: str | os.PathLike[str]) -> str:
    """Return the name of the format that a file's suffix stands for, whatever its case.

    Raises:
        ConfigError: If it stands for none.

    >>> format_of("news.graphml")
    'graphml'
    """
    suffix = PurePath(path).suffix.lower()
    for known in FORMATS:
        if suffix in known.suffixes:
            return known.name
    names = ", ".join(known.name for known in FORMATS)
    raise ConfigError(f"{PurePath(path).name}: say which format to export, one of {names}")


def _named(name: str) -> Format:
    for known in FORMATS:
        if known.name == name:
            return known
    raise ConfigError(f"no format {name!r} to export; known: {', '.join(known.name for known in FORMATS)}")


def _graphml(graph: KnowledgeGraph) -> str:
    from kg.export.graphml import graphml

    return graphml(graph)


def _gexf(graph: KnowledgeGraph) -> str:
    from kg.export.gexf import gexf

    return gexf(graph)


def _cytoscape(graph: KnowledgeGraph) -> str:
    from kg.export.cytoscape import cytoscape

    return cytoscape(graph)


def _polecat(graph: KnowledgeGraph) -> str:
    from kg.export.delimited import delimited
    from kg.export.polecat import polecat

    return delimited(polecat(graph), "\t")


def _rdf12(graph: KnowledgeGraph) -> str:
    from kg.rdf.encode import statements
    from kg.rdf.reified import reified

    return reified(statements(graph))


def _csv(graph: KnowledgeGraph, folder: Path) -> None:
    from kg.export.delimited import delimited
    from kg.export.tables import tables

    for table in tables(graph):
        _write(folder / f"{table.name}.csv", delimited(table))


def _parquet(graph: KnowledgeGraph, folder: Path) -> None:
    from kg.export.parquet import write_parquet
    from kg.export.tables import tables

    for table in tables(graph):
        write_parquet(table, folder / f"{table.name}.parquet")


def _neo4j(graph: KnowledgeGraph, folder: Path) -> None:
    from kg.export.neo4j import neo4j

    for sheet in neo4j(graph):
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows([sheet.heading, *sheet.lines])
        _write(folder / f"{sheet.name}.csv", out.getvalue())


def _write(path: Path, content: str) -> None:
    with write_whole(path, "wb") as file:
        file.write(content.encode("utf-8"))


FORMATS: Final = (
    Format("graphml", "the network, for Gephi, Cytoscape, yEd, igraph and NetworkX", (".graphml",), text=_graphml),
    Format("gexf", "the network, for Gephi", (".gexf",), text=_gexf),
    Format("cytoscape", "the network, for Cytoscape and Cytoscape.js", (".cyjs",), text=_cytoscape),
    Format("csv", "a folder of tables, for spreadsheets and R", files=_csv),
    Format("parquet", "a folder of tables, for pandas, Polars and DuckDB; needs the extra parquet", files=_parquet),
    Format("polecat", "the events in the columns of POLECAT, tab-separated", text=_polecat),
    Format("neo4j", "a folder of files for the bulk import of Neo4j", files=_neo4j),
    Format("rdf12", "all the graph as N-Triples of RDF 1.2, in which a relation speaks of a triple", text=_rdf12),
)
