"""Triggers of events, and what the words around each say: type, mode, factuality, roles, places and time.

The shared encoder proposes words; the role encoder reads each proposal's surroundings with the trigger marked, and has
a second say on whether it is one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from kg.language import bio
from kg.language.heads import gelu, sigmoid, softmax, sum_by
from kg.language.roles import context_of, role_vectors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kg.language.encoder import Encoder
    from kg.language.heads import Floats, Heads
    from kg.language.mentions import Mention
    from kg.language.paths import Paths
    from kg.language.thresholds import Thresholds

_BATCH: Final = 16
_LONGEST: Final = 6


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

    ``begin``, ``last`` and ``root`` are words, ``actor`` the number of the actor, all int64 (N,); ``vectors`` (N, F)
    are the features of :func:`kg.language.pairs.mention_vectors`.
    """

    begin: NDArray[np.int64]
    last: NDArray[np.int64]
    root: NDArray[np.int64]
    actor: NDArray[np.int64]
    vectors: Floats

    @classmethod
    def of(cls, mentions: Sequence[Mention], actors: Sequence[int], vectors: Floats, paths: Paths) -> MentionTable:
        """Make the table of ``mentions``."""
        return cls(
            np.array([m.begin for m in mentions], np.int64),
            np.array([m.last for m in mentions], np.int64),
            np.array([paths.root(m.begin, m.last) for m in mentions], np.int64),
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
        batch = candidates[start : start + _BATCH]
        found.extend(_read_batch(model, states, batch, mentions, paths, sentences, thresholds))
    return _without_overlap(found)


def _read_batch(
    model: Encoder,
    states: Floats,
    batch: Sequence[Candidate],
    mentions: MentionTable,
    paths: Paths,
    sentences: NDArray[np.int64],
    thresholds: Thresholds,
) -> list[Trigger]:
    heads = model.heads
    contexts = [context_of(c.begin, sentences) for c in batch]
    width = max(c.end - c.begin for c in contexts)
    around = np.zeros((len(batch), width, states.shape[1]), np.float32)
    marked, mask = np.zeros((len(batch), width), np.float32), np.zeros((len(batch), width), np.float32)
    for row, (candidate, context) in enumerate(zip(batch, contexts, strict=True)):
        around[row, : context.end - context.begin] = states[context.begin : context.end]
        mask[row, : context.end - context.begin] = 1
        marked[row, candidate.begin - context.begin : candidate.last + 1 - context.begin] = 1
    read = model.read_roles(around, marked, mask)
    count = int(mentions.actor.max(initial=-1)) + 1
    found = []
    for row, (candidate, context) in enumerate(zip(batch, contexts, strict=True)):
        own = read[row]
        at = own[candidate.begin - context.begin]
        second = softmax(heads.linear("roles.kind", at))
        types = (1 - thresholds.second_look) * candidate.types + thresholds.second_look * second
        if 1 - types[0] <= thresholds.trigger:
            continue
        inside = np.flatnonzero((mentions.begin >= context.begin) & (mentions.last < context.end))
        roles = np.zeros((count, 4), np.float32)
        if len(inside):
            begin, last = mentions.begin[inside], mentions.last[inside]
            spans = list(zip(begin.tolist(), last.tolist(), strict=True))
            features = np.concatenate([role_vectors(candidate.begin, spans, sentences), mentions.vectors[inside]], 1)
            roots, center = mentions.root[inside].tolist(), paths.root(candidate.begin, candidate.last)
            ways = model.path_index.between(paths, ((center, root) for root in roots))
            cases = model.path_index.cases(paths, roots)
            states_of = own[begin - context.begin], own[last - context.begin]
            logits = _role_logits(heads, at, *states_of, features, ways, cases)
            present, group = np.unique(mentions.actor[inside], return_inverse=True)
            roles[present] = sigmoid(sum_by(logits, group.reshape(-1), len(present)))
        places, time = _circumstances(heads, own, candidate, context, sentences, model.circumstances)
        found.append(
            Trigger(
                begin=candidate.begin,
                last=candidate.last,
                type=int(types[1:].argmax()),
                probability=float(1 - types[0]),
                mode=softmax(heads.linear("roles.mode", at)),
                factuality=softmax(heads.linear("roles.factuality", at)),
                roles=roles,
                places=places,
                time=time,
            )
        )
    return found


def _role_logits(
    heads: Heads,
    trigger: Floats,
    begin: Floats,
    last: Floats,
    features: Floats,
    paths: NDArray[np.int64],
    cases: NDArray[np.int64],
) -> Floats:
    hidden = heads.linear("roles.trigger", trigger[None]) + heads.linear("roles.begin", begin)
    hidden = hidden + heads.linear("roles.last", last) + heads.linear("roles.features", features)
    hidden = hidden + heads["roles.path.weight"][paths] + heads["roles.case.weight"][cases]
    return heads.linear("roles.out", gelu(hidden))


def _circumstances(
    heads: Heads,
    read: Floats,
    candidate: Candidate,
    context: tuple[int, int],
    sentences: NDArray[np.int64],
    scheme: bio.Scheme,
) -> tuple[tuple[tuple[int, int], ...], tuple[int, int] | None]:
    begin, end = context
    own = np.flatnonzero(sentences[begin:end] == sentences[candidate.begin])
    tags = bio.decode(heads.linear("roles.circumstances", read[own]), scheme)
    offset = begin + int(own[0])
    spans = [(s.begin + offset, s.end - 1 + offset, s.label) for s in bio.spans(tags, scheme)]
    places = tuple((b, e) for b, e, label in spans if label == "place")
    times = [(b, e) for b, e, label in spans if label == "time"]
    nearest = min(times, key=lambda span: abs(span[0] - candidate.begin), default=None)
    return places, nearest


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
