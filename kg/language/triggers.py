"""Triggers of events, and what the words around each say: type, mode, factuality, roles, places and time.

The shared encoder proposes words; the role encoder reads each proposal's surroundings with the trigger marked, and has
a second say on whether it is one.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from kg.language import bio
from kg.language.heads import gelu, sigmoid, softmax, sum_by
from kg.language.roles import context_of, role_vectors

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from kg.language.encoder import Encoder
    from kg.language.heads import Floats, Heads
    from kg.language.mentions import Mention
    from kg.language.paths import Paths
    from kg.language.thresholds import Thresholds

_BATCH: Final = 64
_LONGEST: Final = 6
_SHARED: Final = 2  # of the roles the first ones, source and target


class Candidate(NamedTuple):
    """Words ``begin`` to ``last`` that may be a trigger; ``types`` are probabilities (1 + types), none first."""

    begin: int
    last: int
    types: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Trigger:
    """A trigger with what was read around it.

    ``roles`` are probabilities (actors, roles) of the document's actors; ``places`` and ``time`` are word spans.
    """

    begin: int
    last: int
    type: int
    probability: float
    mode: Floats
    factuality: Floats
    roles: Floats
    places: tuple[tuple[int, int], ...]
    time: tuple[int, int] | None


@dataclass(frozen=True, slots=True, eq=False)
class MentionTable:
    """The mentions of a document in text order, one row each: what can play a role.

    ``begin``, ``last`` and ``root`` are words, ``joined`` the root of what ``root`` is joined to by ``and``, or itself,
    ``actor`` the number of the actor, all int64 (N,); ``vectors`` (N, F) are the features of
    :func:`kg.language.pairs.mention_vectors`.
    """

    begin: NDArray[np.int64]
    last: NDArray[np.int64]
    root: NDArray[np.int64]
    joined: NDArray[np.int64]
    actor: NDArray[np.int64]
    vectors: Floats

    @classmethod
    def of(cls, mentions: Sequence[Mention], actors: Sequence[int], vectors: Floats, paths: Paths) -> MentionTable:
        """Make the table of ``mentions``."""
        roots = [paths.root(m.begin, m.last) for m in mentions]
        return cls(
            np.array([m.begin for m in mentions], np.int64),
            np.array([m.last for m in mentions], np.int64),
            np.array(roots, np.int64),
            np.array([paths.first_joined(root) for root in roots], np.int64),
            np.array(actors, np.int64),
            vectors,
        )


def propose(
    heads: Heads, states: Floats, sentences: NDArray[np.int64], readable: NDArray[np.bool_], threshold: float
) -> list[Candidate]:
    """Return the words of ``states`` (W, H) at which a trigger may begin, with how far it reaches."""
    hidden = heads.hidden("events.trigger_hidden", states)
    types = softmax(heads.linear("events.trigger", hidden))
    inside = heads.linear("events.trigger_inside", hidden)[:, 0] > 0
    begins = np.flatnonzero((1 - types[:, 0] > threshold) & readable)
    found = []
    for begin in begins.tolist():
        last = begin
        while (
            last + 1 < len(states)
            and last - begin < _LONGEST - 1
            and inside[last + 1]
            and sentences[last + 1] == sentences[begin]
        ):
            last += 1
        found.append(Candidate(begin, last, types[begin]))
    return found


def read_triggers(
    model: Encoder,
    states: Floats,
    candidates: Sequence[Candidate],
    mentions: MentionTable,
    paths: Paths,
    sentences: NDArray[np.int64],
    thresholds: Thresholds,
) -> list[Trigger]:
    """Return the candidates that hold on second look, in text order; ``states`` (W, H) are the role encoder's input."""
    found: list[Trigger] = []
    for start in range(0, len(candidates), _BATCH):
        stretches = list(_stretches(model, states, candidates[start : start + _BATCH], mentions, sentences))
        found.extend(_read(model, stretches, mentions, paths, sentences, thresholds))
    return _without_overlap(found)


@dataclass(frozen=True, slots=True, eq=False)
class _Stretch:
    """Words, and what the role encoder reads there for each of the candidates within them, numbered from ``first``.

    ``read`` (N, R, H) has a row for each of the words that are read out, ``row`` (W,) tells which; ``own`` is the row
    of the first word of the triggers' sentence, after which all are read out. ``mentions`` are those within, by number.
    """

    first: int
    candidates: Sequence[Candidate]
    begin: int
    own: int
    row: NDArray[np.int64]
    read: Floats
    mentions: NDArray[np.int64]

    def at(self, words: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the rows of ``words``, numbers in the document."""
        rows: NDArray[np.int64] = self.row[words - self.begin]
        return rows

    def held(self, holds: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return the places, among its own candidates, of those that hold."""
        return np.flatnonzero(holds[self.first : self.first + len(self.candidates)])


def _stretches(
    model: Encoder,
    states: Floats,
    candidates: Sequence[Candidate],
    mentions: MentionTable,
    sentences: NDArray[np.int64],
) -> Iterator[_Stretch]:
    """Read the candidates, those with the same words around them together."""
    first = 0
    for context, group in groupby(candidates, key=lambda candidate: context_of(candidate.begin, sentences)):
        triggers, (begin, end) = list(group), context
        marked = np.zeros((len(triggers), end - begin), np.float32)
        for mark, candidate in zip(marked, triggers, strict=True):
            mark[candidate.begin - begin : candidate.last + 1 - begin] = 1
        within = np.flatnonzero((mentions.begin >= begin) & (mentions.last < end))
        own = max(0, int(np.searchsorted(sentences, sentences[triggers[0].begin])) - begin)
        wanted = np.zeros(end - begin, np.bool_)
        wanted[own:] = wanted[mentions.begin[within] - begin] = wanted[mentions.last[within] - begin] = True
        row = wanted.cumsum() - 1
        read = model.read_roles(states[begin:end], marked, np.flatnonzero(wanted))
        yield _Stretch(first, triggers, begin, int(row[own]), row, read, within)
        first += len(triggers)


def _read(
    model: Encoder,
    stretches: Sequence[_Stretch],
    mentions: MentionTable,
    paths: Paths,
    sentences: NDArray[np.int64],
    thresholds: Thresholds,
) -> Iterator[Trigger]:
    heads = model.heads
    candidates = [candidate for stretch in stretches for candidate in stretch.candidates]
    at = np.concatenate(
        [s.read[np.arange(len(s.candidates)), s.at(np.array([c.begin for c in s.candidates]))] for s in stretches]
    )
    first, second = np.stack([c.types for c in candidates]), softmax(heads.linear("roles.kind", at))
    types = (1 - thresholds.second_look) * first + thresholds.second_look * second
    probable = 1 - types[:, 0]
    holds = probable > thresholds.trigger
    if not holds.any():
        return
    roles = _roles(model, at, stretches, holds, mentions, paths, sentences)
    circumstances = _circumstances(heads, stretches, holds, model.circumstances)
    modes, factualities = softmax(heads.linear("roles.mode", at)), softmax(heads.linear("roles.factuality", at))
    for n in np.flatnonzero(holds).tolist():
        places, times = circumstances[n]
        begin = candidates[n].begin
        yield Trigger(
            begin=begin,
            last=candidates[n].last,
            type=int(types[n, 1:].argmax()),
            probability=float(probable[n]),
            mode=modes[n],
            factuality=factualities[n],
            roles=roles[n],
            places=places,
            time=min(times, key=lambda span: abs(span[0] - begin), default=None),
        )


def _roles(
    model: Encoder,
    at: Floats,
    stretches: Sequence[_Stretch],
    holds: NDArray[np.bool_],
    mentions: MentionTable,
    paths: Paths,
    sentences: NDArray[np.int64],
) -> Floats:
    """Return probabilities (candidates, actors, roles), zero of candidates that do not hold."""
    actors = int(mentions.actor.max(initial=-1)) + 1
    roles = np.zeros((len(holds), actors, 4), np.float32)
    parts = [(s, held) for s in stretches if len(s.mentions) and len(held := s.held(holds))]
    if not parts:
        return roles
    begins, lasts, features, which, ways = [], [], [], [], []
    for stretch, held in parts:
        inside = stretch.mentions
        begin, last = mentions.begin[inside], mentions.last[inside]
        triggers = [stretch.candidates[n] for n in held.tolist()]
        begins.append(stretch.read[held[:, None], stretch.at(begin)].reshape(-1, at.shape[1]))
        lasts.append(stretch.read[held[:, None], stretch.at(last)].reshape(-1, at.shape[1]))
        features.append(role_vectors(np.array([t.begin for t in triggers]), begin, last, sentences))
        which.append(np.repeat(held + stretch.first, len(inside)))
        roots = mentions.root[inside].tolist()
        ways += [(paths.root(t.begin, t.last), root) for t in triggers for root in roots]
    trigger = np.concatenate(which)
    mention = np.concatenate([np.tile(stretch.mentions, len(held)) for stretch, held in parts])
    told = np.concatenate([np.concatenate(features), mentions.vectors[mention]], 1)
    numbers = model.path_index.between(paths, ways)
    cases = model.path_index.cases(paths, mentions.root.tolist())[mention]
    logits = _role_logits(model.heads, at, trigger, np.concatenate(begins), np.concatenate(lasts), told, numbers, cases)
    _share(logits, trigger, mentions.root[mention], mentions.joined[mention])
    present, group = np.unique(trigger * actors + mentions.actor[mention], return_inverse=True)
    roles.reshape(-1, 4)[present] = sigmoid(sum_by(logits, group.reshape(-1), len(present)))
    return roles


def _share(logits: Floats, trigger: NDArray[np.int64], root: NDArray[np.int64], joined: NDArray[np.int64]) -> None:
    """Bring the roles of what is joined by ``and`` halfway up to those of the one among them that has most of each.

    The rows of ``logits`` (N, roles) are of mentions headed by ``root`` in coordinations headed by ``joined``.
    """
    _, group = np.unique(np.stack([trigger, joined]), axis=1, return_inverse=True)
    group = group.reshape(-1)
    rows = np.flatnonzero(np.isin(group, group[root != joined]))
    shared = logits[rows, :_SHARED]
    most = np.full((len(group), _SHARED), -np.inf, np.float32)
    np.maximum.at(most, group[rows], shared)
    logits[rows, :_SHARED] = (shared + most[group[rows]]) / 2


def _role_logits(
    heads: Heads,
    at: Floats,
    trigger: NDArray[np.int64],
    begin: Floats,
    last: Floats,
    features: Floats,
    paths: NDArray[np.int64],
    cases: NDArray[np.int64],
) -> Floats:
    hidden = heads.linear("roles.begin", begin)
    hidden += heads.linear("roles.trigger", at)[trigger]
    hidden += heads.linear("roles.last", last)
    hidden += heads.linear("roles.features", features)
    hidden += heads["roles.path.weight"][paths]
    hidden += heads["roles.case.weight"][cases]
    return heads.linear("roles.out", gelu(hidden))


Words = tuple[int, int]


def _circumstances(
    heads: Heads, stretches: Sequence[_Stretch], holds: NDArray[np.bool_], scheme: bio.Scheme
) -> dict[int, tuple[tuple[Words, ...], tuple[Words, ...]]]:
    """Return, by the number of each candidate that holds, the places and the times in its sentence."""
    states: list[Floats] = []
    words, first, owner = list[int](), list[bool](), list[int]()
    for stretch in stretches:
        own = stretch.read[stretch.held(holds), stretch.own :]
        states.append(own.reshape(-1, own.shape[-1]))
        end = stretch.begin + len(stretch.row)
        for n in stretch.held(holds).tolist():
            words += range(end - own.shape[1], end)
            first += [True] + [False] * (own.shape[1] - 1)
            owner += [stretch.first + n] * own.shape[1]
    tags = bio.decode(heads.linear("roles.circumstances", np.concatenate(states)), scheme, starts=np.array(first))
    places: dict[int, list[Words]] = {n: [] for n in owner}
    times: dict[int, list[Words]] = {n: [] for n in owner}
    for begin, end, label in bio.spans(tags, scheme):
        found = places if label == "place" else times
        found[owner[begin]].append((words[begin], words[end - 1]))
    return {n: (tuple(places[n]), tuple(times[n])) for n in places}


def _without_overlap(triggers: list[Trigger]) -> list[Trigger]:
    """Keep the likelier of two triggers of one type whose words overlap."""
    kept: list[Trigger] = []
    for trigger in sorted(triggers, key=lambda t: (t.begin, t.last)):
        rival = kept[-1] if kept else None
        if rival is None or rival.type != trigger.type or rival.last < trigger.begin:
            kept.append(trigger)
        elif trigger.probability > rival.probability:
            kept[-1] = trigger
    return kept
