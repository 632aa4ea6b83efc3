"""XML that strangers wrote: no entities of its own, nothing loaded from elsewhere, no depth without end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.errors import DocumentError
from kg.ingest.legible import one_line

if TYPE_CHECKING:
    from lxml.etree import _Element

_ENTITY: Final = re.compile(rb"<!\s*ENTITY|<\0!\0E\0N\0T\0I\0T\0Y|\0<\0!\0E\0N\0T\0I\0T\0Y", re.IGNORECASE)


def refuse_entities(data: bytes, name: str) -> None:
    """Raise DocumentError where XML declares entities, by which a kilobyte can become a gigabyte."""
    if _ENTITY.search(data):
        raise DocumentError(f"cannot read {name}: it declares entities of its own, which kg does not expand")


def parse_xml(data: bytes, name: str) -> _Element:
    """Parse XML.

    Raises:
        DocumentError: If it is not well-formed, or declares entities.
    """
    from lxml import etree

    refuse_entities(data, name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DocumentError(f"cannot read {name}: broken XML ({' '.join(str(error).split())[:200]})") from error


def lines(root: _Element, name: str) -> tuple[str, ...]:
    """Return what stands in the elements of a local name, whatever their namespace: each that is not empty a line."""
    found = (one_line("".join(element.itertext())) for element in root.iter(f"{{*}}{name}"))
    return tuple(filter(None, found))


def first_line(root: _Element, name: str) -> str | None:
    """Return the first of the :func:`lines`."""
    return next(iter(lines(root, name)), None)
