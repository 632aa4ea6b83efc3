"""What is known of a document, under whatever names a table or JSON object has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from kg.errors import DocumentError, InputError, RecordError
from kg.ingest.dates import as_date, is_date
from kg.ingest.items import DocumentFailure
from kg.ingest.settings import FIELDS
from kg.jsonl import Fields
from kg.records import Document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.ingest.origin import Origin


def document_of(row: Mapping[str, Any], origin: Origin, number: int, where: str) -> Document | DocumentFailure:
    """Return the document that a row or object describes, with an id of its own, or why there is none.

    Args:
        row: Names and values. Names other than those of the settings are passed over.
        origin: The file that it stands in.
        number: Its line or row in the file, counted from 1: it names a document that has no id.
        where: The file and line, for messages.
    """
    try:
        fields = Fields(_renamed(row, origin), where)
        document = Document(
            id="",
            text=_text(fields, origin),
            source=fields.text("source", origin.name),
            title=fields.optional_text("title"),
            published=_published(fields),
            publisher=fields.optional_text("publisher"),
            url=fields.optional_text("url"),
            language=fields.optional_text("language") or "en",
            authors=_authors(fields),
        )
        return _claimed(document, fields, origin, number)
    except InputError as error:
        return DocumentFailure(where, error)


def no_text_column(names: Sequence[str], origin: Origin) -> DocumentError:
    """Return the error for a table in which no column holds the text."""
    column = origin.settings.fields.get("text", "text")
    shown = ", ".join(repr(name[:40]) for name in names[:20])
    return DocumentError(
        f"cannot read {origin.name}: it has no column {column!r} for the text; name one of {shown} "
        "with --field text=COLUMN"
    )


def check(document: Document, where: str) -> None:
    """Raise RecordError where a document has no text or one that is binary, or a date that is none."""
    if not document.text.strip():
        raise RecordError(f"{where}: text must not be empty")
    if "\0" in document.text:
        raise RecordError(f"{where}: text holds a NUL character: binary, not text")
    if document.published is not None and not is_date(document.published):
        raise RecordError(f"{where}: published must be a date such as 2015-11-26, found {document.published!r}")


def _claimed(document: Document, fields: Fields, origin: Origin, number: int) -> Document:
    where, own = fields.where, fields.optional_text("id")
    if own == "":
        raise RecordError(f"{where}: id must not be empty")
    check(document, where)
    ids = (own,) if own is not None else origin.part(number)
    return replace(document, id=origin.claimed.claim(ids, where))


def _renamed(row: Mapping[str, Any], origin: Origin) -> dict[str, Any]:
    """Return the row with our names for what is known."""
    named = origin.settings.fields
    found = ((name, _value(row, named.get(name, name))) for name in FIELDS)
    return {name: value for name, value in found if value is not None}


def _value(row: Mapping[str, Any], column: str) -> Any:
    """Return the value of a column; a dot leads into an object, where no column has it in its name."""
    if column in row:
        return row[column]
    outer, dot, rest = column.partition(".")
    inner = row.get(outer) if dot else None
    return _value(inner, rest) if isinstance(inner, Mapping) else None


def _text(fields: Fields, origin: Origin) -> str:
    column = origin.settings.fields.get("text")
    if column is not None and "text" not in fields.value:
        raise RecordError(f"{fields.where}: no field {column!r} to take the text from")
    return fields.text("text")


def _published(fields: Fields) -> str | None:
    value = fields.value.get("published")
    if value is None or value == "":
        return None
    if isinstance(value, date):
        return as_date(value)
    text = fields.text("published")
    found = as_date(text)
    if found is None:
        raise RecordError(f"{fields.where}: published must be a date such as 2015-11-26, found {text!r}")
    return found


def _authors(fields: Fields) -> tuple[str, ...]:
    value = fields.value.get("authors")
    if isinstance(value, str):
        return (value,) if value else ()
    return fields.texts("authors")
