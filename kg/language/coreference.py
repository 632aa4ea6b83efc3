"""Coreference: which mentions speak of one actor.

Every mention is linked to its best antecedent or to none (Lee et al. 2017, arXiv:1707.07045), unless what is known of
the words forbids it: two different states or regions, two persons without a name in common, a mention within another.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

import numpy as np

from kg.language.pairs import pair_vectors
from kg.resolve.names import is_of_office, without_quantity, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from kg.language.pair_scores import PairScorer
    from kg.language.pairs import MentionWords

NEAR: Final = 40
RECALLED: Final = 3
_REMEMBERED: Final = 20


def clusters(
    scorer: PairScorer,
    mentions: Sequence[MentionWords],
    persons: Sequence[bool],
    states: Sequence[bool],
    threshold: float,
) -> list[int]:
    """Return the number of each mention's cluster; clusters are numbered by their first mention.

    ``persons`` and ``states`` tell which mentions are taken for persons and for states. Names that cannot but be one
    go together unasked: those of a state that the gazetteer knows (its capital, its adjective), those of an
    organisation that the lexicon knows, a surname with and without what stands before it, names equal word for word,
    a person's name with the description right before it, and a name with its abbreviation in brackets. Any other link
    needs a score above ``threshold``, a logit.
    """
    left, right = _antecedents(mentions)
    scores = scorer.score(left, right, pair_vectors(mentions, left, right))[:, 0] if len(left) else np.empty(0)
    ranked: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for row in np.flatnonzero(scores.astype(np.float64) > threshold).tolist():
        ranked[int(right[row])].append((-float(scores[row]), -int(left[row])))
    is_named = [_is_named(mention) for mention in mentions]
    cluster: list[int] = []
    members: list[list[int]] = []
    named: dict[tuple[str, str], list[int]] = defaultdict(list)
    for j in range(len(mentions)):
        key = _name_key(mentions[j], persons[j], states[j])
        certain = [cluster[i] for i in reversed(named[key]) if _same_name(mentions[i], mentions[j])] if key else []
        certain += [cluster[i] for i in range(max(0, j - 2), j) if _describes(mentions, persons, i, j)]
        certain += [cluster[i] for i in range(max(0, j - 2), j) if _is_short_for(mentions[j], mentions[i])]
        for chosen in [*certain, *(cluster[-minus] for _, minus in sorted(ranked[j]))]:
            if not any(_forbidden(mentions, persons, states, is_named, k, j) for k in members[chosen]):
                break
        else:
            chosen = len(members)
            members.append([])
        cluster.append(chosen)
        members[chosen].append(j)
        if key:
            named[key] = [*named[key][-_REMEMBERED:], j]
    return cluster


def _name_key(mention: MentionWords, person: bool, state: bool) -> tuple[str, str] | None:
    """Return what two names must share to be certainly one, None for what is no name."""
    if mention.kind != "name":
        return None
    if mention.known:
        return "known", mention.known
    if state and mention.country:
        return "state", mention.region or mention.country
    return ("person", mention.head) if person else ("name", mention.text)


def _describes(mentions: Sequence[MentionWords], persons: Sequence[bool], i: int, j: int) -> bool:
    """Say whether mention ``i`` describes the person that ``j``, right after it, names: ``Trade Commissioner`` so."""
    a, b = mentions[i], mentions[j]
    joined = persons[i] and persons[j] and a.last + 1 == b.begin and a.sentence == b.sentence
    return joined and a.kind != "pronoun" and b.kind == "name"


def _is_short_for(short: MentionWords, name: MentionWords) -> bool:
    """Say whether a mention is the abbreviation in brackets right after a name: ``Islamic Salvation Front (FIS)``.

    It may be that of the name in another language; one letter of it begins a word of the name all the same.
    """
    bracketed = short.capitals and short.before == "(" and name.last + 2 == short.begin and not short.country
    return bracketed and name.kind == "name" and short.text[0] in name.initials


def _same_name(a: MentionWords, b: MentionWords) -> bool:
    if (a.known and a.known == b.known) or (a.country and a.country == b.country and a.region == b.region):
        return True
    return a.lowered <= b.lowered or b.lowered <= a.lowered


def _antecedents(mentions: Sequence[MentionWords]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the pairs, by number, of mentions and those before them that they may go back to, the near ones first."""
    number = np.arange(len(mentions))
    near = np.minimum(number, NEAR)
    right = np.repeat(number, near)
    left = np.arange(len(right)) - np.repeat(near.cumsum() - number, near)
    recalled = np.array(list(_recalled(mentions)), np.int64).reshape(-1, 2)
    return np.concatenate([left, recalled[:, 0]]), np.concatenate([right, recalled[:, 1]])


def _recalled(mentions: Sequence[MentionWords]) -> Iterator[tuple[int, int]]:
    """Yield, for each mention, the last few before its near antecedents that share a name or a state with it."""
    seen: dict[str, list[int]] = defaultdict(list)
    for j, mention in enumerate(mentions):
        keys = sorted({*mention.capitalised, mention.country} - {""})
        far = {i for key in keys for i in seen[key] if i < j - NEAR}
        yield from ((i, j) for i in sorted(far))
        for key in keys:
            seen[key] = [*seen[key][-RECALLED + 1 :], j]


def _forbidden(
    mentions: Sequence[MentionWords],
    persons: Sequence[bool],
    states: Sequence[bool],
    is_named: Sequence[bool],
    i: int,
    j: int,
) -> bool:
    a, b = mentions[i], mentions[j]
    if a.begin <= b.last and b.begin <= a.last:
        return True
    if a.pronoun in (0, 1) and b.pronoun in (0, 1) and a.pronoun != b.pronoun:
        return True
    if a.country and b.country:
        return a.country != b.country or a.region != b.region
    if states[i] and states[j] and a.countries and b.countries:
        return a.countries.isdisjoint(b.countries) or a.region != b.region
    if (a.known or b.known) and a.known != b.known and is_named[i] and is_named[j] and not _may_be_one(a, b):
        return True
    return (persons[i] or persons[j]) and is_named[i] and is_named[j] and not _share(a, b)


def _is_named(mention: MentionWords) -> bool:
    """Say whether a mention has capitals, and they are more than those of an office, as of the ``Prime Minister``.

    A pronoun has but the capital of the sentence that it begins.
    """
    return (
        mention.kind == "name"
        and not is_of_office(mention.head)
        and without_quantity(mention.text) not in words("office")
    )


def _may_be_one(a: MentionWords, b: MentionWords) -> bool:
    """Say whether two names share a word with a capital, or one abbreviates the other."""
    if a.known and b.known:
        return False
    abbreviated = len(a.initials) > 1 and a.initials == b.text.replace(".", "")
    abbreviated |= len(b.initials) > 1 and b.initials == a.text.replace(".", "")
    return abbreviated or not a.capitalised.isdisjoint(b.capitalised)


def _share(a: MentionWords, b: MentionWords) -> bool:
    """Say whether two names have a word in common that is the last of either, as a surname is."""
    return a.head in b.lowered or b.head in a.lowered
