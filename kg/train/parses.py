"""Dependency paths for the reading heads: which ones are frequent in treebanks, and those of the event documents."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch

from kg.language import parse
from kg.language.paths import Paths
from kg.language.scores import SyntaxScores
from kg.train.network import at_words
from kg.train.windows import encoder_batch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.language.scores import Labels
    from kg.train.corpora import SyntaxSentence
    from kg.train.event_data import EventWindow
    from kg.train.network import SyntaxNetwork

_SOURCES, _TARGETS = frozenset({"VERB", "NOUN", "PROPN", "ADJ"}), frozenset({"NOUN", "PROPN", "PRON"})
_PATHS, _CASES, _SEEN = 400, 48, 20


class PathInventory(NamedTuple):
    """The paths and case markers that get an embedding, most frequent first."""

    paths: tuple[str, ...]
    cases: tuple[str, ...]


def collect_paths(sentences: Iterable[SyntaxSentence]) -> PathInventory:
    """Return the commonest paths from content words to nominals in treebank sentences, and their case markers."""
    paths, cases = Counter[str](), Counter[str]()
    for s in sentences:
        upos = [m.partition("|")[0] for m in s.morphs]
        found = Paths(np.array(s.heads, np.int64), s.relations, s.words)
        targets = [i for i, tag in enumerate(upos) if tag in _TARGETS]
        cases.update(case for i in targets if (case := found.case(i)))
        for i, tag in enumerate(upos):
            if tag in _SOURCES:
                paths.update(found.between(i, j) for j in targets)
    return PathInventory(_commonest(paths, _PATHS), _commonest(cases, _CASES))


def _commonest(counts: Counter[str], number: int) -> tuple[str, ...]:
    frequent = sorted((-n, x) for x, n in counts.items() if n >= _SEEN)
    return tuple(x for _, x in frequent[:number])


@torch.no_grad()
def with_paths(network: SyntaxNetwork, windows: Iterable[EventWindow], labels: Labels) -> Iterator[EventWindow]:
    """Parse the windows with ``network``, within their own sentences, and yield them with their paths."""
    training = network.training
    network.eval()
    for window in windows:
        heads, relations = _parsed(network, window, labels)
        yield replace(window, paths=Paths(heads, relations, window.words))
    network.train(training)


def _parsed(network: SyntaxNetwork, window: EventWindow, labels: Labels) -> tuple[np.ndarray, list[str]]:
    batch = encoder_batch([window.pieces])
    layers = at_words(network.encoder(batch.ids, batch.shapes, batch.mask), batch.first)
    out = network.syntax(layers)
    scores = SyntaxScores(
        tags=out.tags[0].numpy(),
        morphs=out.morphs[0].numpy(),
        lemmas=out.lemmas[0].numpy(),
        sent_start=out.sent_start[0].numpy(),
        names=network.names(layers)[0].numpy(),
        arc_dep=out.arc_dep[0].numpy(),
        arc_head=out.arc_head[0].numpy(),
        arc_weight=network.syntax.arc_weight.numpy(),
        label_dep=out.label_dep[0].numpy(),
        label_head=out.label_head[0].numpy(),
        label_weight=network.syntax.label_weight.numpy(),
    )
    starts = np.diff(window.sentences, prepend=-1) > 0
    heads = parse.heads(scores, starts)
    return heads, parse.relations(scores, heads, labels)
