"""Second stage: the loss of the reading heads on annotated documents.

Every actor-level decision is trained at the level of actors: the scores of an actor's mentions are pooled by log-sum-
exp,
so any mention may carry the evidence. Spans and words that the network itself takes for mentions or triggers join
the gold ones as negatives, so that what is read later from predictions is learned on predictions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch.nn import functional as F  # noqa: N812

from kg.language.pairs import mention_vectors, pair_vectors, place_pairs, relation_pairs
from kg.language.repeats import repeat_vector
from kg.language.roles import context_of, role_vectors
from kg.train.event_network import MAX_SPAN, ROLE_INPUT, ROLES, group_mean, span_mean
from kg.train.network import at_words
from kg.train.syntax import IGNORE
from kg.train.windows import encoder_batch, pad

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from torch import Tensor

    from kg.language.pairs import MentionWords
    from kg.train.event_data import EventWindow, GoldTrigger
    from kg.train.event_network import ReaderNetwork
    from kg.train.windows import EncoderBatch

FALSE_MENTION, FALSE_TRIGGER = 0.25, 0.15
FALSE_MENTIONS, FALSE_TRIGGERS = 8, 2


@dataclass(frozen=True, slots=True)
class Spans:
    """Gold and falsely predicted mentions of one window in text order. ``actor`` is -1 - n for the false ones."""

    begin: np.ndarray
    last: np.ndarray
    actor: np.ndarray
    type: np.ndarray
    sector: np.ndarray


def event_losses(network: ReaderNetwork, windows: Sequence[EventWindow]) -> Mapping[str, Tensor]:
    """Return the loss of every reading head on a batch of windows."""
    batch = encoder_batch([w.pieces for w in windows])
    layers = at_words(network.encoder(batch.ids, batch.shapes, batch.mask), batch.first)
    heads = network.events
    x = heads.dropout(heads.mix(layers))
    losses: dict[str, Tensor] = {"starts": _starts_loss(network, layers, windows)}
    losses["mentions"], mention_probability = _mention_loss(network, x, windows, batch)
    losses["triggers"], trigger_probability = _trigger_loss(network, x, windows)
    spans = [_with_false_spans(w, p) for w, p in zip(windows, mention_probability, strict=True)]
    losses |= _pair_losses(network, x, windows, spans)
    losses |= _role_losses(network, layers[ROLE_INPUT], windows, spans, trigger_probability)
    return losses


def _starts_loss(network: ReaderNetwork, layers: Tensor, windows: Sequence[EventWindow]) -> Tensor:
    logits = network.syntax.sent_start(network.syntax.mix(layers))
    starts = pad([np.diff(w.sentences, prepend=-1).clip(0, 1) for w in windows], IGNORE)
    return F.cross_entropy(logits.flatten(0, 1), starts.flatten(), ignore_index=IGNORE)


def _mention_loss(
    network: ReaderNetwork, x: Tensor, windows: Sequence[EventWindow], batch: EncoderBatch
) -> tuple[Tensor, np.ndarray]:
    logits = network.events.mentions(x)
    logits = torch.cat([logits.new_zeros(*logits.shape[:-1], 1), logits], -1)
    sentences = pad([w.sentences for w in windows], -1)
    ends = F.pad(sentences, (0, MAX_SPAN - 1), value=-2).unfold(1, MAX_SPAN, 1)
    valid = (ends == sentences[..., None]) & batch.words[..., None]
    targets = torch.zeros(logits.shape[:3], dtype=torch.long)
    for i, window in enumerate(windows):
        for m in window.mentions:
            targets[i, m.begin, m.last - m.begin] = m.type + 1
    loss = F.cross_entropy(logits[valid], targets[valid], reduction="sum") / max(1, int((targets > 0).sum()))
    probability = (1 - logits.detach().softmax(-1)[..., 0]) * valid * (targets == 0)
    return loss, probability.numpy()


def _trigger_loss(network: ReaderNetwork, x: Tensor, windows: Sequence[EventWindow]) -> tuple[Tensor, np.ndarray]:
    hidden = network.events.trigger_hidden(x)
    logits, inside = network.events.trigger(hidden), network.events.trigger_inside(hidden)[..., 0]
    targets = pad([np.zeros(len(w.words), np.int64) for w in windows], IGNORE)
    inside_targets = targets.clone()
    for i, window in enumerate(windows):
        for t in window.triggers:
            targets[i, t.begin] = t.type + 1
            inside_targets[i, t.begin + 1 : t.last + 1] = 1
    gold = max(1, int((targets > 0).sum()))
    words = targets != IGNORE
    loss = F.cross_entropy(logits[words], targets[words], reduction="sum") / gold
    within = F.binary_cross_entropy_with_logits(inside[words], inside_targets[words].float(), reduction="sum") / gold
    probability = (1 - logits.detach().softmax(-1)[..., 0]) * (targets == 0)
    return loss + 0.3 * within, probability.numpy()


def _with_false_spans(window: EventWindow, probability: np.ndarray) -> Spans:
    begins, lengths = np.nonzero(probability > FALSE_MENTION)
    likely = np.argsort(-probability[begins, lengths], kind="stable")[:FALSE_MENTIONS]
    rows = [(m.begin, m.last, m.actor, m.type, m.sector) for m in window.mentions]
    rows += [(int(begins[i]), int(begins[i] + lengths[i]), -1 - n, IGNORE, IGNORE) for n, i in enumerate(likely)]
    rows.sort(key=lambda r: (r[0], -r[1]))
    columns = np.array(rows, np.int64).reshape(-1, 5).T
    return Spans(*columns)


def _sum_by(values: Tensor, group: Tensor, groups: int) -> Tensor:
    """Return the log-sum-exp of ``values`` (N, ...) within each group."""
    total = values.new_zeros(groups, *values.shape[1:])
    return (total.index_add(0, group, values.clamp(-25, 25).exp()) + 1e-12).log()


def _pair_losses(
    network: ReaderNetwork, x: Tensor, windows: Sequence[EventWindow], spans: Sequence[Spans]
) -> dict[str, Tensor]:
    heads = network.events
    described = [
        [w.describe(int(b), int(e)) for b, e in zip(s.begin, s.last, strict=True)]
        for w, s in zip(windows, spans, strict=True)
    ]
    sizes = [len(s.begin) for s in spans]
    zero = x.sum() * 0
    if not sum(sizes):
        return {"coreference": zero, "relations": zero, "sectors": zero, "repeats": zero, "controls": zero}
    window = torch.from_numpy(np.repeat(np.arange(len(windows)), sizes))
    begin = torch.from_numpy(np.concatenate([s.begin for s in spans]))
    last = torch.from_numpy(np.concatenate([s.last for s in spans]))
    vectors = torch.from_numpy(np.concatenate([mention_vectors(d) for d in described]))
    represented = heads.represent(x, window, begin, last, vectors)
    sector = torch.from_numpy(np.concatenate([s.sector for s in spans]))
    losses = {"sectors": F.cross_entropy(heads.sector(represented), sector, ignore_index=IGNORE)}
    if not bool((sector != IGNORE).any()):
        losses["sectors"] = zero
    offsets = np.cumsum([0, *sizes])
    coreference, relations, controls = [], [], []
    for i, (w, s, d, offset) in enumerate(zip(windows, spans, described, offsets[:-1], strict=True)):
        if not len(d):
            continue
        own = represented[offset : offset + len(d)]
        right, left = np.tril_indices(len(d), -1)
        features = pair_vectors(d, left, right)
        coreference.append(_coreference_loss(network, own, s, left, right, features))
        relations.append(_relation_loss(network, x[i : i + 1], own, w, s, left, right, features))
        controls.append(_control_loss(network, x[i : i + 1], own, w, s, d))
    losses["coreference"] = torch.stack(coreference).sum() / sum(sizes)
    gold = max(1, sum(len(w.relations) for w in windows))
    losses["relations"] = torch.stack(relations).sum() / gold
    losses["controls"] = torch.stack(controls).sum() / max(1, sum(len(w.controls) for w in windows))
    losses["repeats"] = _repeat_loss(network, x, windows)
    return losses


def _coreference_loss(
    network: ReaderNetwork, own: Tensor, s: Spans, left: np.ndarray, right: np.ndarray, features: np.ndarray
) -> Tensor:
    """Return the negative log likelihood of each mention's gold antecedents, or of having none, summed."""
    count = len(s.begin)
    if not len(left):
        return own.sum() * 0
    i, j = torch.from_numpy(left), torch.from_numpy(right)
    scores = network.events.coreference(own[i], own[j], torch.from_numpy(features))[:, 0]
    same = torch.from_numpy(s.actor[left] == s.actor[right])
    none = torch.ones(count)
    none[j[same]] = 0
    total = _sum_by(torch.cat([scores, scores.new_zeros(count)]), torch.cat([j, torch.arange(count)]), count)
    gold = _sum_by(
        torch.cat([scores.masked_fill(~same, -25), torch.where(none > 0, 0.0, -25.0)]),
        torch.cat([j, torch.arange(count)]),
        count,
    )
    return (total - gold).sum()


def _relation_loss(
    network: ReaderNetwork,
    x: Tensor,
    own: Tensor,
    window: EventWindow,
    s: Spans,
    left: np.ndarray,
    right: np.ndarray,
    features: np.ndarray,
) -> Tensor:
    sentences = window.sentences[s.begin]
    rows, turned, source = relation_pairs(sentences, left, right)
    target = np.where(turned, left[rows], right[rows])
    keep = s.actor[source] != s.actor[target]
    rows, turned, source, target = rows[keep], turned[keep], source[keep], target[keep]
    if not len(rows):
        return own.sum() * 0
    a, b = left[rows], right[rows]
    between = span_mean(
        x, torch.zeros(len(rows), dtype=torch.long), torch.from_numpy(s.last[a] + 1), torch.from_numpy(s.begin[b])
    )
    table = np.concatenate([features[rows], turned[:, None].astype(np.float32)], 1)
    i, j = torch.from_numpy(source), torch.from_numpy(target)
    known = window.known_paths
    roots = [known.root(int(b), int(e)) for b, e in zip(s.begin, s.last, strict=True)]
    ends = [(roots[a], roots[b]) for a, b in zip(source, target, strict=True)]
    numbers = torch.from_numpy(network.path_index.between(known, ends))
    way = group_mean(x[0], [known.words(*pair) for pair in ends])
    logits = network.events.relation(own[i], own[j], torch.from_numpy(table), between, numbers, way)
    keys = np.stack([sentences[source], s.actor[source], s.actor[target]], 1)
    unique, group = np.unique(keys, axis=0, return_inverse=True)
    pooled = _sum_by(logits, torch.from_numpy(group.reshape(-1)), len(unique))
    targets, where = torch.zeros_like(pooled), {tuple(k): n for n, k in enumerate(unique.tolist())}
    factuality = []
    for r in window.relations:
        n = where.get((r.sentence, r.source, r.target))
        if n is not None:
            targets[n, r.type] = 1
            factuality.append((n, r.factuality))
    loss = F.binary_cross_entropy_with_logits(pooled, targets, reduction="sum")
    if factuality:
        first = {int(g): k for k, g in reversed(list(enumerate(group.reshape(-1))))}
        chosen = torch.tensor([first[n] for n, _ in factuality])
        states = torch.cat([own[i[chosen]], own[j[chosen]]], -1)
        gold = torch.tensor([f for _, f in factuality])
        loss = loss + 0.5 * F.cross_entropy(network.events.relation_factuality(states), gold, reduction="sum")
    return loss


def _control_loss(
    network: ReaderNetwork, x: Tensor, own: Tensor, window: EventWindow, s: Spans, described: Sequence[MentionWords]
) -> Tensor:
    """Return the loss of telling which actors control which places of one window, summed."""
    places = [window.describe(*span) for span in window.places]
    pairs = place_pairs(described, places)
    if not len(pairs.mention):
        return own.sum() * 0
    nowhere = torch.zeros(len(places), dtype=torch.long)
    begin, last = (torch.tensor(bounds) for bounds in zip(*window.places, strict=True))
    represented = network.events.represent(x, nowhere, begin, last, torch.from_numpy(mention_vectors(places)))
    known = window.known_paths
    ends = [
        (known.root(described[k].begin, described[k].last), known.root(*window.places[p]))
        for k, p in zip(*pairs[:2], strict=True)
    ]
    states = own[torch.from_numpy(pairs.mention)], represented[torch.from_numpy(pairs.place)]
    between = span_mean(
        x,
        torch.zeros(len(pairs.mention), dtype=torch.long),
        torch.from_numpy(pairs.begin),
        torch.from_numpy(pairs.end),
    )
    numbers = torch.from_numpy(network.path_index.between(known, ends))
    way = group_mean(x[0], [known.words(*pair) for pair in ends])
    logits = network.events.control(*states, torch.from_numpy(pairs.features), between, numbers, way)[:, 0]
    keys = np.stack([s.actor[pairs.mention], pairs.place], 1)
    unique, group = np.unique(keys, axis=0, return_inverse=True)
    group = group.reshape(-1)
    pooled = _sum_by(logits, torch.from_numpy(group), len(unique))
    gold = {(c.actor, c.place): c.factuality for c in window.controls}
    wanted = torch.tensor([float(tuple(key) in gold) for key in unique.tolist()])
    loss = F.binary_cross_entropy_with_logits(pooled, wanted, reduction="sum")
    first = {int(g): n for n, g in reversed(list(enumerate(group)))}
    stated = [(first[n], gold[tuple(key)]) for n, key in enumerate(unique.tolist()) if tuple(key) in gold]
    if stated:
        chosen = torch.tensor([n for n, _ in stated])
        both = torch.cat([states[0][chosen], states[1][chosen]], -1)
        factuality = network.events.relation_factuality(both)
        loss = loss + 0.5 * F.cross_entropy(factuality, torch.tensor([f for _, f in stated]), reduction="sum")
    return loss


def _repeat_loss(network: ReaderNetwork, x: Tensor, windows: Sequence[EventWindow]) -> Tensor:
    losses = []
    for i, window in enumerate(windows):
        pairs = [(a, b) for n, b in enumerate(window.triggers) for a in window.triggers[:n] if a.type == b.type]
        if not pairs:
            continue
        states = network.events.repeat_input(x[i])
        features = np.stack([repeat_vector_of(window, a, b) for a, b in pairs])
        scores = network.events.repeat(
            states[torch.tensor([a.begin for a, _ in pairs])],
            states[torch.tensor([b.begin for _, b in pairs])],
            torch.from_numpy(features),
        )[:, 0]
        gold = torch.tensor([float(a.chain == b.chain) for a, b in pairs])
        losses.append(F.binary_cross_entropy_with_logits(scores, gold, reduction="none"))
    return torch.cat(losses).mean() if losses else x.sum() * 0


def repeat_vector_of(window: EventWindow, a: GoldTrigger, b: GoldTrigger) -> np.ndarray:
    """Return the features of two triggers of a gold window."""
    return repeat_vector(
        window.words[a.begin].lower() == window.words[b.begin].lower(),
        int(window.sentences[b.begin] - window.sentences[a.begin]),
        {k for r, k in a.roles if r < 2},
        {k for r, k in b.roles if r < 2},
    )


def _role_losses(
    network: ReaderNetwork,
    states: Tensor,
    windows: Sequence[EventWindow],
    spans: Sequence[Spans],
    probability: np.ndarray,
) -> dict[str, Tensor]:
    candidates: list[tuple[int, int, int, GoldTrigger | None]] = []
    for i, window in enumerate(windows):
        candidates += [(i, t.begin, t.last, t) for t in window.triggers]
        false = np.flatnonzero(probability[i, : len(window.words)] > FALSE_TRIGGER)
        false = false[np.argsort(-probability[i, false], kind="stable")][:FALSE_TRIGGERS]
        candidates += [(i, int(w), int(w), None) for w in false]
    names = ("types", "factuality", "modes", "circumstances", "roles")
    if not candidates:
        return dict.fromkeys(names, states.sum() * 0)
    contexts = [context_of(begin, windows[i].sentences) for i, begin, _, _ in candidates]
    width = max(c.end - c.begin for c in contexts)
    count = len(candidates)
    index = torch.zeros(count, width, dtype=torch.long)
    mask, marked = torch.zeros(count, width), torch.zeros(count, width)
    circumstances = torch.full((count, width), IGNORE)
    for n, ((i, begin, last, gold), c) in enumerate(zip(candidates, contexts, strict=True)):
        length = c.end - c.begin
        index[n, :length] = torch.arange(c.begin, c.end)
        mask[n, :length] = 1
        marked[n, begin - c.begin : last + 1 - c.begin] = 1
        if gold is not None:
            own = windows[i].sentences[c.begin : c.end] == windows[i].sentences[begin]
            row = np.where(own, gold.circumstances[c.begin : c.end], IGNORE)
            circumstances[n, :length] = torch.from_numpy(row)
    window_index = torch.tensor([i for i, *_ in candidates])
    read = network.role_encoder(states[window_index[:, None], index], marked, mask)
    read = network.roles.dropout(read)
    at = torch.tensor([begin - c.begin for (_, begin, _, _), c in zip(candidates, contexts, strict=True)])
    trigger = read[torch.arange(count), at]
    gold_triggers = [g for *_, g in candidates]

    def target(values: list[int]) -> Tensor:
        return torch.tensor(values)

    types = target([g.type + 1 if g else 0 for g in gold_triggers])
    losses = {"types": F.cross_entropy(network.roles.kind(trigger), types)}
    known = target([n for n, g in enumerate(gold_triggers) if g])
    if not len(known):
        return losses | dict.fromkeys(names[1:], states.sum() * 0)
    real = [g for g in gold_triggers if g]
    losses["factuality"] = F.cross_entropy(
        network.roles.factuality(trigger[known]), target([g.factuality for g in real])
    )
    losses["modes"] = F.cross_entropy(network.roles.mode(trigger[known]), target([g.mode for g in real]))
    losses["circumstances"] = F.cross_entropy(
        network.roles.circumstances(read).flatten(0, 1), circumstances.flatten(), ignore_index=IGNORE, reduction="sum"
    ) / len(real)
    losses["roles"] = _argument_loss(network, read, trigger, windows, spans, candidates, contexts)
    return losses


def _argument_loss(
    network: ReaderNetwork,
    read: Tensor,
    trigger: Tensor,
    windows: Sequence[EventWindow],
    spans: Sequence[Spans],
    candidates: Sequence[tuple[int, int, int, GoldTrigger | None]],
    contexts: Sequence[tuple[int, int]],
) -> Tensor:
    rows, begins, lasts, groups, features = [], [], [], [], []
    paths, cases = [], []
    index = network.path_index
    targets: list[list[float]] = []
    for n, ((i, word, _, gold), (start, end)) in enumerate(zip(candidates, contexts, strict=True)):
        if gold is None:
            continue
        s = spans[i]
        inside = np.flatnonzero((s.begin >= start) & (s.last < end))
        if not len(inside):
            continue
        firsts, ends = s.begin[inside], s.last[inside]
        pairs = list(zip(firsts.tolist(), ends.tolist(), strict=True))
        known = windows[i].known_paths
        roots, center = [known.root(*p) for p in pairs], known.root(word, gold.last)
        paths.append(index.between(known, ((center, root) for root in roots)))
        cases.append(index.cases(known, roots))
        described = [windows[i].describe(*p) for p in pairs]
        around = role_vectors(np.array([word]), firsts, ends, windows[i].sentences)
        features.append(np.concatenate([around, mention_vectors(described)], 1))
        group_of: dict[int, int] = {}
        for k, (b, e) in zip(inside, pairs, strict=True):
            actor = int(s.actor[k])
            if actor not in group_of:
                group_of[actor] = len(targets)
                targets.append([float((role, actor) in gold.roles) for role in range(len(ROLES))])
            rows.append(n)
            begins.append(b - start)
            lasts.append(e - start)
            groups.append(group_of[actor])
    if not rows:
        return read.sum() * 0
    row, begin, last = torch.tensor(rows), torch.tensor(begins), torch.tensor(lasts)
    logits = network.roles.roles(
        trigger[row],
        read[row, begin],
        read[row, last],
        torch.from_numpy(np.concatenate(features)),
        torch.from_numpy(np.concatenate(paths)),
        torch.from_numpy(np.concatenate(cases)),
    )
    pooled = _sum_by(logits, torch.tensor(groups), len(targets))
    wanted = torch.tensor(targets)
    return F.binary_cross_entropy_with_logits(pooled, wanted, reduction="sum") / wanted.sum().clamp(min=1)
