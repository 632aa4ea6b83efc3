"""The order in which a graph's subjects tell their story.

The graph itself and documents come first, then actors with their direct edges and places, each followed by how
documents name it, events in the order of the text, each followed by the accounts and reports it rests on and the claims
on these with their quotes, and last the relations with theirs.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from rdflib import BNode
from rdflib.namespace import RDF

from kg.ontology import GAF, KG, NIF, PROV

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rdflib.term import Node

Properties: TypeAlias = "Mapping[Node, Sequence[Node]]"
Key: TypeAlias = "tuple[int | str, ...]"


class Section(NamedTuple):
    """Subjects of one kind, in their order."""

    title: str
    subjects: tuple[Node, ...]


def sections(subjects: Mapping[Node, Properties]) -> list[Section]:
    """Return the subjects, given with their properties, by kind; those of no kind of ours come last."""
    keys = {subject: _key(subject, subjects) for subject in subjects}
    for subject, owner in _evidence(subjects):
        keys[subject] = (*keys[owner], *_begin(subjects[subject]), str(subject))
    grouped: defaultdict[int | str, list[Node]] = defaultdict(list)
    for subject in sorted(subjects, key=lambda subject: (keys[subject], isinstance(subject, BNode))):
        grouped[keys[subject][0]].append(subject)
    titles = dict(_kinds().values())
    return [Section(titles.get(int(number), "Other"), tuple(group)) for number, group in grouped.items()]


@cache
def _kinds() -> Mapping[Node, tuple[int, str]]:
    """Return the number and title of the section that each class belongs to."""
    titles: dict[str, tuple[Node, ...]] = {
        "The graph": (PROV.Entity, KG.Run),
        "Documents": (KG.Document, PROV.Organization),
        "Actors": (KG.Actor,),
        "Places": (KG.Place,),
        "Event types of the user's own": (KG.CustomEventType,),
        "Events, with the reports they rest on": (KG.Event,),
        "Relations": (KG.Relation,),
    }
    return {kind: (number, title) for number, (title, kinds) in enumerate(titles.items()) for kind in kinds}


def _key(subject: Node, subjects: Mapping[Node, Properties]) -> Key:
    """Return what a subject is sorted by: the number of its section, and what puts it in order there."""
    has = subjects[subject]
    kinds = has.get(RDF.type, ())
    number, _ = min((_kinds()[kind] for kind in kinds if kind in _kinds()), default=(len(_kinds()), ""))
    own: tuple[str, ...] = ()
    if KG.Event in kinds:
        reports = [subjects[report] for report in has.get(GAF.denotedBy, ()) if report in subjects]
        own = min(((_first(report, NIF.referenceContext), *_begin(report)) for report in reports), default=("", ""))
    elif KG.Relation in kinds:
        own = (_first(has, RDF.subject), _first(has, RDF.predicate), _first(has, RDF.object))
    return (number, *own, str(subject))


def _evidence(subjects: Mapping[Node, Properties]) -> Iterator[tuple[Node, Node]]:
    """Give what stands behind a node with what it is ordered after: appearances, accounts, reports and their parts."""
    named = [subject for kind in (KG.Actor, KG.Place) for subject in _of_class(subjects, kind)]
    appearances = _parts(subjects, named, KG.appearance, KG.Appearance)
    yield from appearances.items()
    yield from _parts(subjects, appearances, KG.naming, KG.Naming).items()
    facts = [subject for kind in (KG.Event, KG.Relation) for subject in _of_class(subjects, kind)]
    accounts = _parts(subjects, facts, KG.account, KG.Account)
    reports = _parts(subjects, facts, GAF.denotedBy, KG.Mention)
    claims = _parts(subjects, reports, KG.claim, KG.Claim)
    yield from accounts.items()
    yield from reports.items()
    yield from claims.items()
    yield from _parts(subjects, claims, KG.quote, KG.Quote).items()


def _parts(
    subjects: Mapping[Node, Properties], owners: Iterable[Node], predicate: Node, kind: Node
) -> dict[Node, Node]:
    """Return the nodes of a class that ``predicate`` leads to, with the least of the owners it leads from."""
    found: dict[Node, Node] = {}
    for owner in sorted(owners, key=str, reverse=True):
        for part in subjects[owner].get(predicate, ()):
            if kind in subjects.get(part, {}).get(RDF.type, ()):
                found[part] = owner
    return found


def _of_class(subjects: Mapping[Node, Properties], kind: Node) -> Iterator[Node]:
    return (subject for subject, has in subjects.items() if kind in has.get(RDF.type, ()))


def _begin(has: Properties) -> tuple[str]:
    """Return where a report begins in its text, so that it sorts as a number."""
    return (_first(has, NIF.beginIndex).zfill(12),)


def _first(has: Properties, predicate: Node) -> str:
    return min(map(str, has.get(predicate, ())), default="")
