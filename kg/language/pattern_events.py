"""What patterns read, joined to what the language model read.

Where the model read an event of the same PLOVER type at the same words, there is one event still: the model's, to which
the pattern adds the user's type, what it states in so many words, and what the model left open.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, cast

from kg.language.pattern_actors import MentionedActors
from kg.records import Event, Span
from kg.resources import read_tsv

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from spacy.tokens import Doc, Token

    from kg.language.pattern_file import Pattern, PatternFile
    from kg.language.pattern_matches import Match
    from kg.records import CustomType, DocumentRecord, Factuality

_NUMBERED: Final = re.compile("E([0-9]{1,9})")
_AUXILIARIES: Final = frozenset({"aux", "aux:pass", "auxpass"})


def join(record: DocumentRecord, doc: Doc, file: PatternFile, matches: Iterable[Match]) -> DocumentRecord:
    """Return the record with the events of ``matches`` in ``doc``, which it was read from.

    Events that the model read keep their ids; new ones follow, in the order of the matches. The record's ``model``
    tells the version of the patterns, whether they matched or not.
    """
    version = f"with patterns {file.version}"
    actors = MentionedActors(doc, record)
    events = list(record.events)
    number = max((int(found[1]) for event in events if (found := _NUMBERED.fullmatch(event.id))), default=0)
    for match in matches:
        trigger = _span(doc, match)
        if any(trigger.overlaps(ignored) for ignored in record.document.ignored):
            continue
        read = _event(doc, match, trigger, actors)
        same = [i for i, event in enumerate(events) if event.type == read.type and event.trigger.overlaps(trigger)]
        if same:
            events[same[0]] = _both(events[same[0]], read, match.pattern)
        else:
            number += 1
            events.append(replace(read, id=f"E{number}"))
    return replace(
        record,
        events=tuple(events),
        custom_types=_used(events, {custom.name: custom for custom in (*record.custom_types, *file.types)}),
        model=record.model if record.model.endswith(version) else f"{record.model} {version}".strip(),
    )


def _used(events: Iterable[Event], types: Mapping[str, CustomType]) -> tuple[CustomType, ...]:
    names = {name for event in events for name in event.custom_types}
    return tuple(types[name] for name in sorted(names & types.keys()))


def _event(doc: Doc, match: Match, trigger: Span, actors: MentionedActors) -> Event:
    pattern = match.pattern
    head = doc[match.begin : match.last + 1].root
    roles = []
    for role, named in ((pattern.source, match.sources), (pattern.target, match.targets)):
        if isinstance(role, int):
            roles.append(actors.all_at(doc[i] for i in named))
        else:
            roles.append(actors.nearest(role, head))
    sources, targets = roles
    return Event(
        id="",
        type=pattern.type,
        trigger=trigger,
        sources=sources,
        targets=tuple(actor for actor in targets if actor not in sources),
        factuality=pattern.factuality or _factuality(head),
        mode=pattern.mode,
        confidence=pattern.confidence,
        custom_types=(pattern.custom_type,) if pattern.custom_type else (),
        patterns=(pattern.name,),
    )


def _both(first: Event, second: Event, pattern: Pattern) -> Event:
    """Return one event for two reports of it at the same words, the second by ``pattern``.

    What the first says stands, unless the model says it and the pattern states otherwise in so many words.
    """
    by_model = not first.patterns
    names_targets = by_model and isinstance(pattern.target, int) and bool(second.targets)
    sources = _chosen(first.sources, second.sources, by_model and isinstance(pattern.source, int))
    targets = _chosen(first.targets, second.targets, names_targets)
    if names_targets:
        sources = tuple(actor for actor in sources if actor not in targets)
    return replace(
        first,
        sources=sources,
        targets=tuple(actor for actor in targets if actor not in sources),
        mode=second.mode if second.mode and (by_model or not first.mode) else first.mode,
        factuality=pattern.factuality if pattern.factuality and by_model else first.factuality,
        confidence=max(first.confidence, second.confidence),
        custom_types=tuple(sorted({*first.custom_types, *second.custom_types})),
        patterns=tuple(sorted({*first.patterns, *second.patterns})),
    )


def _chosen(first: tuple[str, ...], second: tuple[str, ...], second_goes_before: bool) -> tuple[str, ...]:
    """Return who plays a role by two reports: what the first says, unless it is silent or the second goes before it."""
    return second if second and (second_goes_before or not first) else first


def _span(doc: Doc, match: Match) -> Span:
    last = doc[match.last]
    return Span(doc[match.begin].idx, last.idx + len(last))


def _factuality(trigger: Token) -> Factuality:
    """Return what the syntax around a trigger says: it happened, unless a negation or a modal verb hangs on it."""
    modal: Factuality = "happened"
    for child in trigger.children:
        if child.dep_ == "neg" or {"Neg"}.intersection(child.morph.get("Polarity", []) + _determiner_types(child)):
            return "negated"
        if child.dep_ in _AUXILIARIES:
            modal = _modals().get(child.lower_, modal)
    return modal


def _determiner_types(token: Token) -> list[str]:
    """Return the kinds of a determiner, of which ``no`` is negative; other words with such a kind negate nothing."""
    return token.morph.get("PronType", []) if token.dep_ == "det" else []


@cache
def _modals() -> Mapping[str, Factuality]:
    rows = read_tsv("lexicons/modals.tsv")
    return MappingProxyType({row["form"]: cast("Factuality", row["factuality"]) for row in rows})
