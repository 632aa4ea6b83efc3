"""The heads that read actors, events and relations, and the second encoder that reads roles.

Mentions are scored as spans (Yu, Bohnet & Poesio 2020, arXiv:2005.07150), coreference ranks antecedents (Lee et al.
2017,
arXiv:1707.07045). Each trigger candidate gets a pass of its own through two transformer layers with the trigger marked,
over the cached states of a middle layer; what it finds there decides type, mode, factuality, time, places, and
who plays which role.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from kg.language.pairs import MENTION_WIDTH, PAIR_WIDTH
from kg.train.network import HIDDEN, Layer, Mix, SyntaxNetwork, mlp, with_one

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.language.paths import PathIndex
    from kg.train.network import SyntaxSizes

MAX_SPAN = 12
ROLE_LAYERS = (4, 5)
ROLE_INPUT = 4
ROLE_WIDTH = 192
REPRESENTATION = 256
ROLE_FEATURES = 16
ROLES = ("source", "target", "claimant", "disputed_by")
CIRCUMSTANCES = ("O", "B-place", "I-place", "B-time", "I-time")


@dataclass(frozen=True, slots=True)
class EventSizes:
    """Sizes of the label inventories."""

    actors: int
    sectors: int
    events: int
    modes: int
    relations: int
    paths: int
    cases: int
    factualities: int = 4
    relation_factualities: int = 4


def expect_none(layer: nn.Linear) -> None:
    """Start a classifier from the expectation that most words are of its first class, none."""
    nn.init.zeros_(layer.weight)
    with torch.no_grad():
        layer.bias.zero_()
        layer.bias[0] = 5.0


def unknowing(known: int, width: int) -> nn.Embedding:
    """Return embeddings of ``known`` things and of the unknown, number 0, which say nothing yet."""
    embedding = nn.Embedding(known + 1, width)
    nn.init.zeros_(embedding.weight)
    return embedding


class MentionHead(nn.Module):
    """Scores every span of up to :data:`MAX_SPAN` words for every actor type, by its ends and the mean of its words.

    No type scores 0.
    """

    def __init__(self, types: int, width: int = 128) -> None:
        super().__init__()
        self.begin, self.last = mlp(HIDDEN, width), mlp(HIDDEN, width)
        self.weight = nn.Parameter(torch.zeros(types, width + 1, width + 1))
        self.length = nn.Parameter(torch.zeros(MAX_SPAN, types))
        self.inner, self.mean = mlp(HIDDEN, 64), nn.Parameter(torch.zeros(64, types))
        nn.init.normal_(self.weight, std=0.02)
        with torch.no_grad():
            self.weight[:, -1, -1] = -4.0

    def forward(self, x: Tensor) -> Tensor:
        """Map (B, W, H) to logits (B, W, MAX_SPAN, types): the span of ``k + 1`` words that begins at a word."""
        begin, last = with_one(self.begin(x)), with_one(self.last(x))
        ends = nn.functional.pad(last, (0, 0, 0, MAX_SPAN - 1)).unfold(1, MAX_SPAN, 1)
        projected = torch.einsum("bwi,tij->bwtj", begin, self.weight)
        return torch.einsum("bwtj,bwjk->bwkt", projected, ends) + self.length + self._means(x) @ self.mean

    def _means(self, x: Tensor) -> Tensor:
        """Return the mean (B, W, MAX_SPAN, width) of the words of every span."""
        sums = nn.functional.pad(self.inner(x).cumsum(1), (0, 0, 1, MAX_SPAN - 1))
        spans = sums.unfold(1, MAX_SPAN + 1, 1)
        lengths = torch.arange(1, MAX_SPAN + 1, device=x.device)
        return ((spans[..., 1:] - spans[..., :1]) / lengths).transpose(2, 3)


class PairHead(nn.Module):
    """Scores ordered pairs of mentions from both representations, their product and their features.

    Where it has ``paths``, the number of dependency paths that are known, it sees the path between the two as well,
    and the words on it.
    """

    def __init__(self, outputs: int, features: int, width: int = 160, between: bool = False, paths: int = 0) -> None:
        super().__init__()
        self.left = nn.Linear(REPRESENTATION, width)
        self.right = nn.Linear(REPRESENTATION, width, bias=False)
        self.product = nn.Linear(REPRESENTATION, width, bias=False)
        self.features = nn.Linear(features, width, bias=False)
        self.between = nn.Linear(HIDDEN, width, bias=False) if between else None
        self.path = unknowing(paths, width) if paths else None
        self.way = nn.Linear(HIDDEN, width, bias=False) if paths else None
        if self.way is not None:
            nn.init.zeros_(self.way.weight)
        self.dropout = nn.Dropout(0.25)
        self.out = nn.Linear(width, outputs)

    def forward(
        self,
        left: Tensor,
        right: Tensor,
        features: Tensor,
        between: Tensor | None = None,
        paths: Tensor | None = None,
        way: Tensor | None = None,
    ) -> Tensor:
        """Map (N, R), (N, R), (N, F) and where wanted (N, H), path numbers (N,) and (N, H) to (N, outputs)."""
        hidden = self.left(left) + self.right(right) + self.product(left * right) + self.features(features)
        if self.between is not None and between is not None:
            hidden = hidden + self.between(between)
        if self.path is not None and paths is not None:
            hidden = hidden + self.path(paths)
        if self.way is not None and way is not None:
            hidden = hidden + self.way(way)
        scores: Tensor = self.out(self.dropout(nn.functional.gelu(hidden)))
        return scores


class RoleEncoder(nn.Module):
    """Two transformer layers over the words around one trigger, which is marked."""

    def __init__(self) -> None:
        super().__init__()
        self.marker = nn.Parameter(torch.zeros(HIDDEN))
        self.layers = nn.ModuleList(Layer() for _ in ROLE_LAYERS)
        nn.init.normal_(self.marker, std=0.2)

    def forward(self, states: Tensor, trigger: Tensor, mask: Tensor) -> Tensor:
        """Map (N, W, H) to (N, W, H); ``trigger`` and ``mask`` (N, W) are 1 on the trigger's and on existing words."""
        x = states + trigger[..., None] * self.marker
        additive = (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        for layer in self.layers:
            x = layer(x, additive)
        return x


class RoleHeads(nn.Module):
    """What the role encoder's states say of the trigger and of the mentions around it."""

    def __init__(self, sizes: EventSizes) -> None:
        super().__init__()
        self.dropout = nn.Dropout(0.2)
        self.kind = nn.Linear(HIDDEN, sizes.events + 1)
        self.factuality = nn.Linear(HIDDEN, sizes.factualities)
        self.mode = nn.Linear(HIDDEN, sizes.modes)
        self.circumstances = nn.Linear(HIDDEN, len(CIRCUMSTANCES))
        self.trigger = nn.Linear(HIDDEN, ROLE_WIDTH)
        self.begin = nn.Linear(HIDDEN, ROLE_WIDTH, bias=False)
        self.last = nn.Linear(HIDDEN, ROLE_WIDTH, bias=False)
        self.features = nn.Linear(ROLE_FEATURES + MENTION_WIDTH, ROLE_WIDTH, bias=False)
        self.path = unknowing(sizes.paths, ROLE_WIDTH)
        self.case = unknowing(sizes.cases, ROLE_WIDTH)
        self.out = nn.Linear(ROLE_WIDTH, len(ROLES))
        nn.init.constant_(self.out.bias, -2.0)
        expect_none(self.circumstances)

    def roles(
        self, trigger: Tensor, begin: Tensor, last: Tensor, features: Tensor, paths: Tensor, cases: Tensor
    ) -> Tensor:
        """Return role logits (N, roles) of trigger-mention pairs.

        The first three are states (N, H); ``paths`` and ``cases`` are the numbers (N,) of the dependency path between
        the two and of the mention's case marker.
        """
        hidden = self.trigger(trigger) + self.begin(begin) + self.last(last) + self.features(features)
        hidden = hidden + self.path(paths) + self.case(cases)
        scores: Tensor = self.out(self.dropout(nn.functional.gelu(hidden)))
        return scores


class EventHeads(nn.Module):
    """Heads on the shared encoder's states: mentions, triggers, coreference, relations, sectors, repeated reports."""

    def __init__(self, sizes: EventSizes) -> None:
        super().__init__()
        self.mix = Mix()
        self.dropout = nn.Dropout(0.2)
        self.mentions = MentionHead(sizes.actors)
        self.trigger_hidden = mlp(HIDDEN, 256)
        self.trigger = nn.Linear(256, sizes.events + 1)
        self.trigger_inside = nn.Linear(256, 1)
        self.representation = mlp(3 * HIDDEN + MENTION_WIDTH, REPRESENTATION)
        self.sector = nn.Linear(REPRESENTATION, sizes.sectors)
        self.coreference = PairHead(1, PAIR_WIDTH)
        self.relation = PairHead(sizes.relations, PAIR_WIDTH + 1, between=True, paths=sizes.paths)
        self.relation_factuality = nn.Linear(2 * REPRESENTATION, sizes.relation_factualities)
        self.control = PairHead(1, PAIR_WIDTH + 1, between=True, paths=sizes.paths)
        self.repeat_input = nn.Linear(HIDDEN, REPRESENTATION)
        self.repeat = PairHead(1, 8, width=64)
        nn.init.constant_(self.relation.out.bias, -4.0)
        nn.init.constant_(self.control.out.bias, -4.0)
        nn.init.constant_(self.trigger_inside.bias, -4.0)
        expect_none(self.trigger)

    def represent(self, x: Tensor, window: Tensor, begin: Tensor, last: Tensor, vectors: Tensor) -> Tensor:
        """Return representations (N, R) of the spans ``x[window, begin : last + 1]`` of states (B, W, H)."""
        inner = span_mean(x, window, begin, last + 1)
        spans = torch.cat([x[window, begin], x[window, last], inner, vectors], -1)
        out: Tensor = self.representation(spans)
        return out


def span_mean(x: Tensor, window: Tensor, begin: Tensor, end: Tensor) -> Tensor:
    """Return the mean state (N, H) of ``x[window, begin:end]``, zero where that is empty."""
    sums = nn.functional.pad(x.cumsum(1), (0, 0, 1, 0))
    return (sums[window, end.maximum(begin)] - sums[window, begin]) / (end - begin).clamp(min=1)[:, None]


def group_mean(x: Tensor, groups: Sequence[Sequence[int]]) -> Tensor:
    """Return the mean (N, H) of the rows of ``x`` (W, H) that each group names, zero where it names none."""
    rows = torch.tensor([n for n, group in enumerate(groups) for _ in group], dtype=torch.long)
    words = torch.tensor([word for group in groups for word in group], dtype=torch.long)
    sums = x.new_zeros(len(groups), x.shape[-1]).index_add(0, rows, x[words])
    return sums / torch.tensor([max(1, len(group)) for group in groups], dtype=x.dtype)[:, None]


class ReaderNetwork(SyntaxNetwork):
    """Everything: the shared encoder, syntax, names, and the reading heads."""

    def __init__(self, syntax: SyntaxSizes, events: EventSizes, path_index: PathIndex) -> None:
        super().__init__(syntax)
        self.path_index = path_index
        self.events = EventHeads(events)
        self.role_encoder = RoleEncoder()
        self.roles = RoleHeads(events)

    def start_role_encoder(self) -> None:
        """Start the role encoder's layers from copies of the shared encoder's last ones."""
        for own, index in zip(self.role_encoder.layers, ROLE_LAYERS, strict=True):
            own.load_state_dict(self.encoder.layers[index].state_dict())
