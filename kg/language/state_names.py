"""The state within a mention: ``Afghan`` in ``Afghan police``.

The word for a state at the start of a longer mention is a mention of that state where the state acts through the longer
one, its army or ministry, and is none where the word only tells where people are from. In the 952 annotated documents
of training, 95 % of the military, police and government mentions that begin with such a word hold a mention of the
state, and 2 % of those of states, civilians, armed groups, peoples and companies do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kg.language.mentions import Mention
from kg.lexicon import gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ARMS_OF_STATES: Final = frozenset({"MILITARY", "POLICE", "GOVERNMENT_BODY"})
NO_ARMS: Final = frozenset({"STATE", "CIVILIANS", "ARMED_GROUP", "ETHNIC_RELIGIOUS", "COMPANY"})
_WORDS: Final = frozenset({"adjective", "abbreviation", "name", "alias"})
_LONGEST: Final = 3
_CERTAIN: Final = 0.9


def settle_states(mentions: Sequence[Mention], words: Sequence[str], types: Sequence[str]) -> list[Mention]:
    """Return ``mentions``, of a document's ``words``, with the states at their starts added or left out.

    What was taken for a person and is a state by its whole name, as ``US``, is a state; what was taken for a state and
    is a person's last name in the document, as ``Putin`` in a headline, is a person.

    ``types`` are the actor types by column. The order is by first word, longer before shorter.
    """
    state = types.index("STATE")
    mentions = _retyped_by_name(mentions, words, types)
    settled = {(m.begin, m.last): m for m in mentions}
    for mention in mentions:
        kind = types[int(mention.types.argmax())]
        for last in _states_at(words, mention):
            inner = settled.get((mention.begin, last))
            if kind in ARMS_OF_STATES and inner is None:
                settled[mention.begin, last] = _certain(mention.begin, last, state, len(types))
            elif kind in NO_ARMS and inner is not None and int(inner.types.argmax()) == state:
                del settled[mention.begin, last]
    return [settled[span] for span in sorted(settled, key=lambda span: (span[0], -span[1]))]


def _retyped_by_name(mentions: Sequence[Mention], words: Sequence[str], types: Sequence[str]) -> list[Mention]:
    """Return ``mentions`` with what is a state by its name as a state, and persons' last names as persons."""
    state, person = types.index("STATE"), types.index("PERSON")
    kinds = [int(m.types.argmax()) for m in mentions]
    names = [tuple(words[m.begin : m.last + 1]) for m in mentions]
    people = {name for name, kind in zip(names, kinds, strict=True) if kind == person}
    endings = {name[cut:] for name in people for cut in range(1, len(name))}
    settled = []
    for mention, name, kind in zip(mentions, names, kinds, strict=True):
        if kind == person and name not in endings and _is_state(name):
            settled.append(_certain(mention.begin, mention.last, state, len(types)))
        elif kind == state and name in endings and gazetteer().place(" ".join(name)) is None:
            settled.append(_certain(mention.begin, mention.last, person, len(types)))
        else:
            settled.append(mention)
    return settled


def _is_state(words: Sequence[str]) -> bool:
    place = gazetteer().place(" ".join(words)) if words[-1][0].isalnum() else None
    return place is not None and bool(place.iso3) and place.is_own_name


def _states_at(words: Sequence[str], mention: Mention) -> Iterator[int]:
    """Yield the last word of the longest name or adjective of a state that opens a longer mention, if any."""
    for last in range(min(mention.begin + _LONGEST, mention.last) - 1, mention.begin - 1, -1):
        place = gazetteer().place(" ".join(words[mention.begin : last + 1])) if words[last][0].isalnum() else None
        if place is not None and place.iso3 and place.kind in _WORDS:
            yield last
            return


def _certain(begin: int, last: int, column: int, types: int) -> Mention:
    certain = np.full(types, (1 - _CERTAIN) / max(1, types - 1), np.float32)
    certain[column] = _CERTAIN
    return Mention(begin, last, certain, _CERTAIN)
