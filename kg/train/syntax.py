"""First stage: the encoder learns syntax and names from treebanks and entity corpora."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch.nn import functional as F  # noqa: N812

from kg.language.lemmas import make_script
from kg.language.scores import Labels
from kg.train.corpora import NAME_SCHEMES, NAME_TYPES, read_conllu, read_names
from kg.train.network import SyntaxNetwork, SyntaxSizes, at_words
from kg.train.windows import SyntaxTargets, Window, encoder_batch, pad, runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.random import Generator
    from torch import Tensor

    from kg.language.pieces import PieceEncoder
    from kg.train.corpora import NamedSentence, SyntaxSentence

IGNORE = -100


def syntax_sizes(labels: Labels) -> SyntaxSizes:
    """Return the sizes that the network needs."""
    return SyntaxSizes(
        len(labels.tags), len(labels.morphs), len(labels.lemmas), len(labels.relations), len(labels.names)
    )


def collect_labels(sentences: Iterable[SyntaxSentence], lemma_cutoff: int = 3) -> Labels:
    """Collect the inventories; lemma scripts seen less than ``lemma_cutoff`` times are left out."""
    tags, morphs, scripts, relations = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for s in sentences:
        tags.update(s.tags)
        morphs.update(s.morphs)
        relations.update(s.relations)
        scripts.update(map(make_script, s.words, s.lemmas))
    return Labels(
        tags=tuple(sorted(tags)),
        morphs=tuple(sorted(m for m, n in morphs.items() if n > 1)),
        lemmas=tuple(sorted(s for s, n in scripts.items() if n >= lemma_cutoff)),
        relations=tuple(sorted(relations)),
        names=("O", *(f"{p}-{t}" for t in NAME_TYPES for p in "BI")),
    )


@dataclass(frozen=True, slots=True)
class SyntaxCorpora:
    """What the first stage is trained on."""

    sentences: tuple[SyntaxSentence, ...]
    named: tuple[tuple[NamedSentence, ...], ...]


def load_corpora(folder: Path, treebanks: Sequence[str], names: Sequence[tuple[str, str]]) -> SyntaxCorpora:
    """Read treebank files and (scheme, file) entity corpora below ``folder``."""
    sentences = [s for t in treebanks for s in read_conllu(folder / t)]
    named = tuple(tuple(read_names(folder / path, NAME_SCHEMES[scheme])) for scheme, path in names)
    return SyntaxCorpora(tuple(sentences), named)


def syntax_windows(
    corpora: SyntaxCorpora, labels: Labels, pieces: PieceEncoder, limit: int, rng: Generator
) -> Iterator[Window]:
    """Cut the treebanks anew into windows of consecutive sentences, up to ``limit`` words each."""
    index = {
        "tags": {x: i for i, x in enumerate(labels.tags)},
        "morphs": {x: i for i, x in enumerate(labels.morphs)},
        "lemmas": {x: i for i, x in enumerate(labels.lemmas)},
        "relations": {x: i for i, x in enumerate(labels.relations)},
    }
    sentences = corpora.sentences
    for run in runs([len(s.words) for s in sentences], [s.document for s in sentences], limit, rng):
        chosen = [sentences[i] for i in run]
        encoded = pieces.encode([w for s in chosen for w in s.words])
        if len(encoded.ids) <= 512:
            yield Window(encoded, _sentence_numbers(chosen), _syntax_targets(chosen, index))


def _sentence_numbers(sentences: Sequence[SyntaxSentence] | Sequence[NamedSentence]) -> np.ndarray:
    return np.repeat(np.arange(len(sentences)), [len(s.words) for s in sentences])


def _syntax_targets(sentences: Sequence[SyntaxSentence], index: Mapping[str, Mapping[str, int]]) -> SyntaxTargets:
    def ids(kind: str, values: Iterable[str]) -> np.ndarray:
        return np.array([index[kind].get(v, IGNORE) for v in values], np.int64)

    offsets = np.cumsum([0, *(len(s.words) for s in sentences)])
    return SyntaxTargets(
        tags=ids("tags", (t for s in sentences for t in s.tags)),
        morphs=ids("morphs", (m for s in sentences for m in s.morphs)),
        lemmas=ids("lemmas", (make_script(w, x) for s in sentences for w, x in zip(s.words, s.lemmas, strict=True))),
        heads=np.concatenate([np.array(s.heads, np.int64) + o for s, o in zip(sentences, offsets, strict=False)]),
        relations=ids("relations", (r for s in sentences for r in s.relations)),
    )


def name_windows(
    corpora: SyntaxCorpora, labels: Labels, pieces: PieceEncoder, limit: int, rng: Generator
) -> Iterator[Window]:
    """Cut the entity corpora anew into windows of consecutive sentences."""
    column = {tag: i for i, tag in enumerate(labels.names)}
    for sentences in corpora.named:
        for run in runs([len(s.words) for s in sentences], [s.document for s in sentences], limit, rng):
            chosen = [sentences[i] for i in run]
            encoded = pieces.encode([w for s in chosen for w in s.words])
            if len(encoded.ids) > 512:
                continue
            allowed = np.zeros((len(encoded.first), len(labels.names)), np.bool_)
            for i, tags in enumerate(a for s in chosen for a in s.allowed):
                allowed[i, [column[t] for t in tags]] = True
            yield Window(encoded, _sentence_numbers(chosen), names=allowed)


def sentence_start_loss(logits: Tensor, windows: Sequence[Window]) -> Tensor:
    """Return the loss of telling the first words of sentences."""
    starts = pad([np.diff(w.sentences, prepend=-1).clip(0, 1) for w in windows], IGNORE)
    return F.cross_entropy(logits.flatten(0, 1), starts.flatten(), ignore_index=IGNORE)


def syntax_loss(network: SyntaxNetwork, windows: Sequence[Window]) -> Tensor:
    """Return the summed loss of tags, features, lemmas, sentence starts, arcs and labels of treebank windows."""
    batch = encoder_batch([w.pieces for w in windows])
    layers = at_words(network.encoder(batch.ids, batch.shapes, batch.mask), batch.first)
    out = network.syntax(layers)
    gold = [w.syntax for w in windows if w.syntax is not None]

    def entropy(logits: Tensor, targets: Tensor) -> Tensor:
        return F.cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=IGNORE)

    sentences = pad([w.sentences for w in windows], -1)
    same = (sentences[:, :, None] == sentences[:, None, :]) & batch.words[:, None, :]
    heads = pad([g.heads for g in gold], 0)
    arcs = network.syntax.arcs(out).masked_fill(~same, -1e4)
    arc_targets = heads.masked_fill(~batch.words, IGNORE)
    return (
        entropy(out.tags, pad([g.tags for g in gold], IGNORE))
        + entropy(out.morphs, pad([g.morphs for g in gold], IGNORE))
        + entropy(out.lemmas, pad([g.lemmas for g in gold], IGNORE))
        + sentence_start_loss(out.sent_start, windows)
        + entropy(arcs, arc_targets)
        + entropy(network.syntax.labels(out, heads), pad([g.relations for g in gold], IGNORE))
    )


def name_loss(network: SyntaxNetwork, windows: Sequence[Window]) -> Tensor:
    """Return the loss of entity windows; where annotation leaves several tags open, their summed probability counts."""
    batch = encoder_batch([w.pieces for w in windows])
    layers = at_words(network.encoder(batch.ids, batch.shapes, batch.mask), batch.first)
    scores = network.names(layers).log_softmax(-1)
    allowed = torch.zeros_like(scores, dtype=torch.bool)
    for i, window in enumerate(windows):
        assert window.names is not None
        allowed[i, : len(window.names)] = torch.from_numpy(window.names)
    likelihood = scores.masked_fill(~allowed, -1e4).logsumexp(-1)
    starts = sentence_start_loss(network.syntax.sent_start(network.syntax.mix(layers)), windows)
    return -likelihood[batch.words].mean() + starts
