"""Quotations of a parsed document: who is given which words, by which verb or phrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.language.direct_speech import direct_quotations, transcribed
from kg.language.indirect_speech import indirect_quotations

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kg.language.quotation import Quotation


def quotations(doc: Doc) -> tuple[Quotation, ...]:
    """Return the quotations of a document in the order of the text, an outer one before those within it.

    Direct speech is found by its marks and the reporting words next to it, indirect speech by the parse; there are
    none without a parse. Labels are those of Universal Dependencies, or spaCy's own for English.
    """
    if not doc.has_annotation("DEP"):
        return ()
    direct, linked = direct_quotations(doc)
    found = {*direct, *indirect_quotations(doc, linked), *transcribed(doc)}
    return tuple(sorted(found, key=lambda q: (q.content[0].begin, -q.content[-1].end, q.cue, q.content)))
