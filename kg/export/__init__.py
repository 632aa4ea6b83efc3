"""Graphs for other programs: network files, tables, and bulk import into a graph database."""

from kg.export.formats import FORMATS, export, format_of, text

__all__ = ["FORMATS", "export", "format_of", "text"]
