"""Queries that Oxigraph may be given in a user's own words, since nothing in them can be what is refused.

Reading a query by rdflib takes longer than Oxigraph takes to answer a short one. What reaches beyond the graph has a
keyword, and SPARQL has but one way to write a keyword otherwise: an escape, with a backslash. So a text that holds
neither the letters nor a backslash anywhere, be it in a name or a string, cannot ask for it, however it is read. Any
other text, a deeply nested one, and one that Oxigraph does not understand, is read and written anew
(:mod:`kg.query.sparql`).
"""

from __future__ import annotations

import re
from typing import Final

# Beyond what is refused: what rdflib answers, what SPARQL 1.1 has not, and SELECT *, whose columns need the whole text.
_UNFIT: Final = re.compile(r"\\|<<|\*|service|from|load|describe|lateral|adjust|base", re.IGNORECASE)
_ALL_ROWS: Final = re.compile(r"\(\s*\*\s*\)")
_ORDER: Final = re.compile(r"\border\s+by\b", re.IGNORECASE)
_NESTING: Final = re.compile(r"[({\[!+^-]")
_MOST_NESTED: Final = 60  # what nests any number deep would end the process within Oxigraph, rather than be an error
_IN_DOUBT: Final = re.compile("[#\"'<]")


def is_plain(sparql: str) -> bool:
    """Say whether a text may be given to Oxigraph as it is.

    >>> is_plain("SELECT ?a { ?a kg:meets ?b }"), is_plain("SELECT ?a { SERVICE ?b { ?a kg:meets ?b } }")
    (True, False)
    """
    if len(_NESTING.findall(sparql)) > _MOST_NESTED:
        return False
    return _UNFIT.search(_ALL_ROWS.sub("()", sparql)) is None and is_ordered(sparql) is not None


def is_ordered(sparql: str) -> bool | None:
    """Say whether the rows of a query have an order of their own; None where that takes reading it.

    >>> is_ordered("SELECT ?a { ?a kg:meets ?b }"), is_ordered("SELECT ?a { ?a kg:meets ?b } ORDER BY ?a")
    (False, True)
    """
    if _ORDER.search(sparql) is None:
        return None if "order" in sparql.lower() else False
    pattern, _, rest = sparql.rpartition("}")
    if "order" in pattern.lower() or _IN_DOUBT.search(rest):
        return None
    return True
