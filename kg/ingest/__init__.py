"""From files, folders, addresses and standard input to documents: one reader a format, offsets kept."""

from kg.ingest.furniture import find_furniture
from kg.ingest.items import DocumentFailure, DocumentSkip
from kg.ingest.limits import Limits
from kg.ingest.reader import read, read_annotated, with_date, with_furniture
from kg.ingest.settings import InputSettings

__all__ = [
    "DocumentFailure",
    "DocumentSkip",
    "InputSettings",
    "Limits",
    "find_furniture",
    "read",
    "read_annotated",
    "with_date",
    "with_furniture",
]
