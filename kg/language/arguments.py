"""What the parse says of who does it and to whom: the syntactic side of the roles, joined with the learned one.

Subjects and agents of a verbal trigger are its sources, objects and passive subjects its targets; of a noun, whoever
possesses or modifies it is its source. Later parts of a coordination stand as its first part does, and a verb without
a subject of its own shares that of the verb it depends on. Labels are those of Universal Dependencies and of spaCy's
English pipelines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.language.constituents import Constituents
    from kg.language.heads import Floats

_SUBJECT: Final = frozenset({"nsubj"})
_OBJECT: Final = frozenset({"obj", "iobj", "dobj", "dative", "nsubj:pass", "nsubjpass"})
_OBLIQUE: Final = frozenset({"obl", "obl:agent", "nmod", "agent", "pobj"})
_MODIFIER: Final = frozenset({"nmod:poss", "poss", "amod", "compound"})
_SHARING: Final = frozenset({"conj", "xcomp"})
_BY: Final = frozenset({"by", "between"})
_TOWARDS: Final = frozenset({"against", "on", "with", "to", "at", "for"})
_STEPS: Final = 6


def syntactic_roles(parse: Constituents, trigger: tuple[int, int], mentions: Sequence[tuple[int, int]]) -> Floats:
    """Return float32 (mentions, 2): 1 where the parse makes a mention source, or target, of the trigger, else 0.

    Spans are first and last word, inclusive.
    """
    out = np.zeros((len(mentions), 2), np.float32)
    head = parse.root(*trigger)
    for row, mention in zip(out, mentions, strict=True):
        role = _role(parse, head, _first_part(parse, parse.root(*mention)))
        if role is not None:
            row[role] = 1
    return out


def _first_part(parse: Constituents, word: int) -> int:
    for _ in range(_STEPS):
        if parse.relations[word] != "conj":
            break
        word = int(parse.heads[word])
    return word


def _role(parse: Constituents, trigger: int, word: int) -> int | None:
    relation, head = parse.relations[word], int(parse.heads[word])
    if relation in _SUBJECT:
        return 0 if head == _subject_holder(parse, trigger) else None
    if head != trigger:
        return None
    if relation in _OBJECT:
        return 1
    if relation in _MODIFIER:
        return 0 if not parse.verbal[trigger] else None
    if relation in _OBLIQUE:
        marker = parse.markers.get(word, "")
        if marker in _BY or relation in {"obl:agent", "agent"}:
            return 0
        return 1 if marker in _TOWARDS else None
    return None


def _subject_holder(parse: Constituents, trigger: int) -> int:
    """Return the word whose subject is the trigger's: itself, or the verb that it depends on and shares it with."""
    for _ in range(_STEPS):
        if trigger in parse.with_subject or parse.relations[trigger] not in _SHARING:
            break
        trigger = int(parse.heads[trigger])
    return trigger
