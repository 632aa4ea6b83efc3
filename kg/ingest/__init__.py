"""From files, folders and standard input to documents: one reader a format, offsets kept."""

from kg.ingest.furniture import find_furniture
from kg.ingest.reader import read, read_annotated, with_date, with_furniture
from kg.ingest.source import DocumentFailure

__all__ = ["DocumentFailure", "find_furniture", "read", "read_annotated", "with_date", "with_furniture"]
