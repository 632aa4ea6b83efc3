"""The ontology as a page of the guide, in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.describe.statements import statements
from kg.describe.terms import KINDS, Concept, Term, concepts, promises, terms

if TYPE_CHECKING:
    from collections.abc import Iterable

_HEAD: Final = """\
# The ontology

This page is made from the files under `ontologies/` by `python -m kg.describe docs`: change those, and make it anew.
The same in full, with every CAMEO code and a link for every term, is the [namespace page](namespace.html). How the
terms are used together is told in [the data model](data-model.md).

Version {version}, under <{namespace}>. What each term lies under or corresponds to
in other vocabularies is in [Alignment](#alignment).

{profile}

![The parts of a graph: classes, what each has, and which property leads to which other](diagrams/model.svg)
"""


def page() -> str:
    """Return the page, which ends with a newline.

    Raises:
        OntologyError: an ontology is missing from this installation.
    """
    said = statements("kg")
    (header,) = said.subjects("rdf:type", "owl:Ontology")
    head = _HEAD.format(
        version=said.one(header, "owl:versionInfo"),
        namespace=said.prefixes["kg"],
        profile=said.one(header, "rdfs:comment"),
    )
    parts = [head, _classes(), _properties(), _individuals(), _plover(), _cameo(), _alignment(), _prefixes()]
    return "\n".join(parts)


def table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a Markdown table that ends with a newline."""
    heads = tuple(columns)
    lines = [heads, tuple("---" for _ in heads), *map(tuple, rows)]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


def _classes() -> str:
    parts = ["## Classes\n\n![The tree of classes](diagrams/classes.svg)\n"]
    parts += [_class(term) for term in terms("owl:Class")]
    return "\n".join(parts)


def _class(term: Term) -> str:
    parts = [f"### {term.name}\n\n{term.definition}\n"]
    if above := [parent for parent in term.above if parent.startswith("kg:")]:
        parts.append(f"Lies under {_codes(above)}.\n")
    if promised := promises(term.name):
        parts.append("Every graph promises:\n\n" + "".join(f"- {sentence}\n" for sentence in promised))
    parts += [f"```turtle\n{example}\n```\n" for example in term.examples]
    return "\n".join(parts)


def _properties() -> str:
    kinds = (
        ("owl:ObjectProperty", "Properties that lead to nodes"),
        ("owl:DatatypeProperty", "Properties with values"),
    )
    parts = []
    for kind, title in kinds:
        rows = ((f"`{term.name}`", _codes(term.domain), _codes(term.range), _meaning(term)) for term in terms(kind))
        parts.append(f"## {title}\n\n{table(('property', 'of', 'to', 'meaning'), rows)}")
    parts.insert(1, "![The tree of relations between actors](diagrams/relations.svg)\n")
    annotations = ((f"`{term.name}`", term.definition) for term in terms("owl:AnnotationProperty"))
    parts.append(f"## Annotations in the ontology\n\n{table(('property', 'meaning'), annotations)}")
    return "\n".join(parts)


def _meaning(term: Term) -> str:
    traits = f" ({', '.join(term.traits)})" if term.traits else ""
    above = [parent for parent in term.above if parent.startswith("kg:")]
    given = f" From events of type `{term.event_type}`." if term.event_type else ""
    return f"{term.definition}{traits}{given}{f' Under {_codes(above)}.' if above else ''}"


def _individuals() -> str:
    rows = ((f"`{term.name}`", _codes(term.types), term.definition) for term in terms("owl:NamedIndividual"))
    return f"## Values\n\n{table(('value', 'of', 'meaning'), rows)}"


def _plover() -> str:
    given = {term.event_type: term.name for term in terms("owl:ObjectProperty") if term.event_type}
    types = concepts("plover", "kg:EventType")
    rows = (
        (f"`{one.name}`", f"`{given[one.name]}`", f"`{one.quad_class}`", one.number, one.definition) for one in types
    )
    columns = ("type", "gives", "quad class", "intensity", "meaning")
    parts = [f"## Event types\n\nThe sixteen types of PLOVER.\n\n{table(columns, rows)}", "## Modes\n"]
    modes = concepts("plover", "kg:Mode")
    for kind in types:
        if within := [mode for mode in modes if _under(mode, kind, modes)]:
            rows_of_kind = ((f"`{mode.name}`", mode.number, mode.definition) for mode in within)
            parts.append(f"### Modes of {kind.notation}\n\n{table(('mode', 'intensity', 'meaning'), rows_of_kind)}")
    for of, title in (("kg:QuadClass", "Quad classes"), ("kg:Context", "Contexts"), ("kg:Sector", "Sectors")):
        defined = ((f"`{one.name}`", one.definition) for one in concepts("plover", of))
        parts.append(f"## {title}\n\n{table(('concept', 'meaning'), defined)}")
    return "\n".join(parts)


def _under(mode: Concept, kind: Concept, modes: tuple[Concept, ...]) -> bool:
    """Say whether a mode lies under an event type, also by way of another mode."""
    by_name = {one.name: one for one in modes}
    broader = mode.broader
    while broader in by_name:
        broader = by_name[broader].broader
    return broader == kind.name


def _cameo() -> str:
    codes = concepts("cameo", "kg:CameoCode")
    roots = [code for code in codes if not code.broader]
    rows = (
        (f"`{root.name}`", root.label, str(sum(code.notation.startswith(root.notation) for code in codes)))
        for root in roots
    )
    told = (
        f"The {len(codes)} codes of CAMEO, with Goldstein values and what each corresponds to in PLOVER, are on the\n"
    )
    told += "[namespace page](namespace.html#all-cameo-codes).\n"
    return f"## CAMEO\n\n{told}\n{table(('root', 'meaning', 'codes'), rows)}"


def _alignment() -> str:
    rows = [row for kind in KINDS for term in terms(kind) if (row := _aligned(term))]
    columns = ("term", "lies under", "corresponds to")
    return (
        "## Alignment\n\nA term that lies under another's inherits what is said of that; one that corresponds is near "
        f"it in meaning, and nothing follows.\n\n{table(columns, rows)}"
    )


def _aligned(term: Term) -> tuple[str, str, str] | None:
    above = [name for name in term.above if not name.startswith("kg:")]
    if not above and not term.matches:
        return None
    matches = (f"{match.removeprefix('skos:').removesuffix('Match')}: `{name}`" for match, name in term.matches)
    return f"`{term.name}`", _codes(above), ", ".join(matches)


def _prefixes() -> str:
    rows = ((f"`{prefix}:`", f"<{iri}>") for prefix, iri in statements("kg").prefixes.items())
    return f"## Prefixes\n\n{table(('prefix', 'stands for'), rows)}"


def _codes(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
