"""The order in which a graph's subjects, given as N-Triples writes them, tell their story.

The graph itself and documents come first, then actors with their direct edges and places, each followed by how
documents name it, events in the order of the text, each followed by the accounts and reports it rests on and the claims
on these with their quotes, and last the relations with theirs.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from kg.rdf import names
from kg.rdf.names import GAF, KG, NIF, PROV

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Properties: TypeAlias = "Mapping[str, Sequence[str]]"
Key: TypeAlias = "tuple[int | str, ...]"


class Section(NamedTuple):
    """Subjects of one kind, in their order."""

    title: str
    subjects: tuple[str, ...]


def sections(subjects: Mapping[str, Properties]) -> list[Section]:
    """Return the subjects, given with their properties, by kind; those of no kind of ours come last."""
    keys = {subject: _key(subject, subjects) for subject in subjects}
    for subject, owner in _evidence(subjects):
        keys[subject] = (*keys[owner], *_begin(subjects[subject]), _words(subject))
    grouped: defaultdict[int | str, list[str]] = defaultdict(list)
    for subject in sorted(subjects, key=keys.__getitem__):
        grouped[keys[subject][0]].append(subject)
    titles = dict(_kinds().values())
    return [Section(titles.get(int(number), "Other"), tuple(group)) for number, group in grouped.items()]


@cache
def _kinds() -> Mapping[str, tuple[int, str]]:
    """Return the number and title of the section that each class belongs to."""
    titles: dict[str, tuple[str, ...]] = {
        "The graph": (PROV.Entity, KG.Run),
        "Documents": (KG.Document, PROV.Organization),
        "Actors": (KG.Actor,),
        "Places": (KG.Place,),
        "Event types of the user's own": (KG.CustomEventType,),
        "Events, with the reports they rest on": (KG.Event,),
        "Relations": (KG.Relation,),
    }
    return {kind: (number, title) for number, (title, kinds) in enumerate(titles.items()) for kind in kinds}


def _key(subject: str, subjects: Mapping[str, Properties]) -> Key:
    """Return what a subject is sorted by: the number of its section, and what puts it in order there."""
    has = subjects[subject]
    kinds = has.get(names.TYPE, ())
    number, _ = min((_kinds()[kind] for kind in kinds if kind in _kinds()), default=(len(_kinds()), ""))
    own: tuple[str, ...] = ()
    if KG.Event in kinds:
        reports = [subjects[report] for report in has.get(GAF.denotedBy, ()) if report in subjects]
        own = min(((_first(report, NIF.referenceContext), *_begin(report)) for report in reports), default=("", ""))
    elif KG.Relation in kinds:
        own = (_first(has, names.SUBJECT), _first(has, names.PREDICATE), _first(has, names.OBJECT))
    return (number, *own, _words(subject))


def _evidence(subjects: Mapping[str, Properties]) -> Iterator[tuple[str, str]]:
    """Give what stands behind a node with what it is ordered after: appearances, accounts, reports and their parts."""
    of_class = _by_class(subjects)
    named = [*of_class[KG.Actor], *of_class[KG.Place]]
    appearances = _parts(subjects, named, KG.appearance, KG.Appearance)
    yield from appearances.items()
    yield from _parts(subjects, appearances, KG.naming, KG.Naming).items()
    facts = [*of_class[KG.Event], *of_class[KG.Relation]]
    accounts = _parts(subjects, facts, KG.account, KG.Account)
    reports = _parts(subjects, facts, GAF.denotedBy, KG.Mention)
    claims = _parts(subjects, reports, KG.claim, KG.Claim)
    yield from accounts.items()
    yield from reports.items()
    yield from claims.items()
    yield from _parts(subjects, claims, KG.quote, KG.Quote).items()


def _parts(subjects: Mapping[str, Properties], owners: Iterable[str], predicate: str, kind: str) -> dict[str, str]:
    """Return the nodes of a class that ``predicate`` leads to, with the least of the owners it leads from."""
    found: dict[str, str] = {}
    for owner in sorted(owners, key=_words, reverse=True):
        for part in subjects[owner].get(predicate, ()):
            if kind in subjects.get(part, {}).get(names.TYPE, ()):
                found[part] = owner
    return found


def _by_class(subjects: Mapping[str, Properties]) -> Mapping[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for subject, has in subjects.items():
        for kind in has.get(names.TYPE, ()):
            found[kind].append(subject)
    return found


def _begin(has: Properties) -> tuple[str]:
    """Return where a report begins in its text, so that it sorts as a number."""
    return (_first(has, NIF.beginIndex).zfill(12),)


def _first(has: Properties, predicate: str) -> str:
    return min(map(_words, has.get(predicate, ())), default="")


def _words(term: str) -> str:
    """Return what a term is compared by: it without what encloses it, and blank nodes as numbers."""
    if term[0] == "_":
        return f"{term[:3]}{term[3:].zfill(12)}"
    return term[1:-1] if term[0] == "<" else term[1 : term.rindex('"')]
