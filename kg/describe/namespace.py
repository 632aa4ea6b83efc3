"""The namespace page: one HTML file, complete in itself, in which every term of ours has its place.

The part of an IRI after ``#`` or the last ``/`` is the anchor of its term, so that a server may answer with this page
to whoever follows an IRI in a browser.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from kg.describe.diagrams import diagrams
from kg.describe.statements import statements
from kg.describe.terms import Concept, Term, concepts, promises, terms

if TYPE_CHECKING:
    from collections.abc import Iterable

_STYLE: Final = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "body{color:#1d2733;background:#fff}"
    "h2{border-bottom:1px solid #44607c;margin-top:3rem}h3{margin-bottom:.2rem}code,pre{background:#eef2f6}"
    "pre{padding:.6rem;overflow-x:auto}svg{max-width:100%;height:auto}dt{font-weight:600}dd{margin:0 0 .4rem 1.5rem}"
    "article:target{outline:2px solid #b4521c}@media (prefers-color-scheme:dark){body{color:#e4e9ee;background:#14191f}"
    "code,pre{background:#222b35}a{color:#8ec7ff}}"
)
_SCHEMES: Final = (
    ("plover", "kg:EventType", "Event types"),
    ("plover", "kg:Mode", "Modes"),
    ("plover", "kg:QuadClass", "Quad classes"),
    ("plover", "kg:Context", "Contexts"),
    ("plover", "kg:Sector", "Sectors"),
    ("cameo", "kg:CameoCode", "CAMEO codes"),
)
_KINDS: Final = {
    "owl:Class": "Classes",
    "owl:ObjectProperty": "Properties that lead to nodes",
    "owl:DatatypeProperty": "Properties with values",
    "owl:NamedIndividual": "Values",
    "owl:AnnotationProperty": "Annotations",
}


def page() -> str:
    """Return the page, which ends with a newline. It asks no other host for anything, and runs no script.

    Raises:
        OntologyError: an ontology is missing from this installation.
    """
    said = statements("kg")
    (header,) = said.subjects("rdf:type", "owl:Ontology")
    title = escape(said.one(header, "dct:title"))
    sections = [_section(title, map(_term, terms(kind))) for kind, title in _KINDS.items()]
    sections += [_section(title, map(_concept, concepts(scheme, kind))) for scheme, kind, title in _SCHEMES]
    titles = (*_KINDS.values(), *(title for _, _, title in _SCHEMES))
    contents = "".join(f'<li><a href="#{_slug(title)}">{escape(title)}</a></li>\n' for title in titles)
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
        f"<p>{escape(said.one(header, 'dct:description'))}</p>\n"
        f"<p>{escape(said.one(header, 'rdfs:comment'))}</p>\n"
        f"<p>Version {escape(said.one(header, 'owl:versionInfo'))}, "
        f"<code>{escape(said.prefixes['kg'])}</code></p>\n<nav><ul>\n{contents}</ul></nav>\n"
        f"{''.join(map(_figure, diagrams().values()))}{''.join(sections)}</body>\n</html>\n"
    )


def _slug(title: str) -> str:
    return f"all-{title.casefold().replace(' ', '-')}"


def _figure(svg: str) -> str:
    return f"<figure>\n{svg}</figure>\n"


def _section(title: str, parts: Iterable[str]) -> str:
    return f'<section>\n<h2 id="{_slug(title)}">{escape(title)}</h2>\n{"".join(parts)}</section>\n'


def _term(term: Term) -> str:
    facts = [
        ("is", _codes(term.types)),
        ("lies under", _codes(term.above)),
        ("of", _codes(term.domain)),
        ("to", _codes(term.range)),
        ("holds", escape(", ".join(term.traits))),
        ("from events of", _codes((term.event_type,) if term.event_type else ())),
        (
            "corresponds to",
            ", ".join(f"{escape(match.partition(':')[2])} {_code(name)}" for match, name in term.matches),
        ),
        ("every graph promises", _list(promises(term.name))),
    ]
    examples = "".join(f"<pre>{escape(example)}</pre>\n" for example in term.examples)
    return _article(term.local, term.name, term.label, term.definition, facts, examples)


def _concept(concept: Concept) -> str:
    facts = [
        ("notation", escape(concept.notation)),
        ("lies under", _codes((concept.broader,) if concept.broader else ())),
        ("quad class", _codes((concept.quad_class,) if concept.quad_class else ())),
        ("on the scale", escape(concept.number)),
        ("corresponds to", _codes(concept.matches)),
        ("note", _list(concept.notes)),
    ]
    return _article(concept.name.partition(":")[2], concept.name, concept.label, concept.definition, facts)


def _article(
    anchor: str, name: str, label: str, definition: str, facts: Iterable[tuple[str, str]], more: str = ""
) -> str:
    listed = "".join(f"<dt>{escape(what)}</dt><dd>{value}</dd>\n" for what, value in facts if value)
    told = f"<p>{escape(definition)}</p>\n" if definition else ""
    return (
        f'<article id="{escape(anchor)}">\n<h3><a href="#{escape(anchor)}">{escape(name)}</a></h3>\n'
        f"<p><em>{escape(label)}</em></p>\n{told}<dl>\n{listed}</dl>\n{more}</article>\n"
    )


def _list(sentences: Iterable[str]) -> str:
    items = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    return f"<ul>{items}</ul>" if items else ""


def _codes(names: Iterable[str]) -> str:
    return ", ".join(map(_code, names))


def _code(name: str) -> str:
    prefix, _, local = name.partition(":")
    shown = f"<code>{escape(name)}</code>"
    return f'<a href="#{escape(local)}">{shown}</a>' if prefix in ("kg", "plover", "cameo") else shown
