"""The trained network as the graphs that ship compute it: without padding, and no state that nobody reads.

A window stands alone, so nothing is masked. Of the encoder's last layer only the words' first pieces are computed. The
role encoder reads one stretch of words for all the triggers in it: their marks are all that sets its inputs apart, so
queries, keys and values of its first layer are those of the unmarked words, computed once, with those of the mark added
where it stands; its second layer computes only the words that are read out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 (torch's own convention)

from kg.train.event_network import ROLE_INPUT
from kg.train.network import ATTENTION_HEADS, HIDDEN, Mix

if TYPE_CHECKING:
    from kg.train.event_network import ReaderNetwork, RoleEncoder
    from kg.train.network import Layer

DOMAIN = "com.microsoft"


class Attention(torch.autograd.Function):
    """Attention of several heads, one operator in ONNX Runtime, which PyTorch's exporter would take apart."""

    @staticmethod
    def forward(ctx: Any, queries: Tensor, keys: Tensor, values: Tensor) -> Tensor:
        """Map (B, Q, H), (B, P, H), (B, P, H) to (B, Q, H)."""
        q, k, v = (x.view(*x.shape[:2], ATTENTION_HEADS, -1).transpose(1, 2) for x in (queries, keys, values))
        return F.scaled_dot_product_attention(q, k, v).transpose(1, 2).flatten(-2)

    @staticmethod
    def symbolic(graph: Any, queries: Any, keys: Any, values: Any) -> Any:
        """Write the operator."""
        operator = f"{DOMAIN}::MultiHeadAttention"
        return graph.op(operator, queries, keys, values, num_heads_i=ATTENTION_HEADS).setType(queries.type())


def attention(queries: Tensor, keys: Tensor, values: Tensor) -> Tensor:
    """Map (B, Q, H), (B, P, H), (B, P, H) to (B, Q, H)."""
    out: Tensor = Attention.apply(queries, keys, values)  # type: ignore[no-untyped-call]
    return out


class FullLayer(nn.Module):
    """A transformer layer over all its input."""

    def __init__(self, layer: Layer) -> None:
        super().__init__()
        self.layer = layer

    def forward(self, x: Tensor) -> Tensor:
        """Map (B, P, H) to (B, P, H)."""
        return self.attended(x, self.layer.qkv(x))

    def attended(self, x: Tensor, qkv: Tensor) -> Tensor:
        """Return the layer's output (B, P, H) from its input and the queries, keys and values (B, P, 3 H) of that."""
        return after_attention(self.layer, x, attention(*qkv.chunk(3, -1)))


class ReadLayer(nn.Module):
    """A transformer layer of which only some words are read out."""

    def __init__(self, layer: Layer) -> None:
        super().__init__()
        self.layer = layer
        self.queries, self.keys_values = nn.Linear(HIDDEN, HIDDEN), nn.Linear(HIDDEN, 2 * HIDDEN)
        for part, rows in ((self.queries, slice(HIDDEN)), (self.keys_values, slice(HIDDEN, None))):
            part.load_state_dict({"weight": layer.qkv.weight[rows], "bias": layer.qkv.bias[rows]})

    def forward(self, x: Tensor, rows: Tensor) -> Tensor:
        """Map (B, P, H) to (B, R, H), the words ``rows`` (R,)."""
        read = x.index_select(1, rows)
        return after_attention(self.layer, read, attention(self.queries(read), *self.keys_values(x).chunk(2, -1)))


def after_attention(layer: Layer, x: Tensor, attended: Tensor) -> Tensor:
    """Return what a layer makes of its input and of what that attends to, each (B, P, H)."""
    x = layer.norm1(x + layer.out(attended))
    out: Tensor = layer.norm2(x + layer.down(F.gelu(layer.up(x))))
    return out


class EncoderGraph(nn.Module):
    """The encoder with its mixes, words gathered: what the first graph computes."""

    def __init__(self, network: ReaderNetwork) -> None:
        super().__init__()
        self.encoder = network.encoder
        self.mixes = nn.ModuleList((network.syntax.mix, network.names.mix, network.events.mix))
        *layers, last = cast("list[Layer]", list(network.encoder.layers))
        self.layers = nn.ModuleList(FullLayer(layer) for layer in layers)
        self.last = ReadLayer(last)

    def forward(self, ids: Tensor, shapes: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        """Return the states (1, W, H) for syntax, names, events, and of the layer that the role encoder reads.

        ``ids`` and ``shapes`` are (1, P), ``first`` (W,).
        """
        x = self.encoder.embed(ids, shapes)
        words = [x.index_select(1, first)]
        for layer in self.layers:
            x = layer(x)
            words.append(x.index_select(1, first))
        states = torch.stack([*words, self.last(x, first)])
        weights = torch.stack([mix.weights.softmax(0) for mix in self.mixes if isinstance(mix, Mix)])
        mixed = (weights @ states.flatten(1)).view(len(self.mixes), *states.shape[1:])
        return (*mixed.unbind(), words[ROLE_INPUT])


class RoleGraph(nn.Module):
    """The role encoder: what the second graph computes."""

    def __init__(self, roles: RoleEncoder) -> None:
        super().__init__()
        first, second = cast("list[Layer]", list(roles.layers))
        self.first, self.second = FullLayer(first), ReadLayer(second)
        self.marker = nn.Parameter(roles.marker.detach())
        self.mark = nn.Parameter(F.linear(roles.marker, first.qkv.weight).detach())

    def forward(self, states: Tensor, trigger: Tensor, rows: Tensor) -> Tensor:
        """Read the words ``rows`` (R,) of a stretch once for each of N triggers: (N, R, H).

        ``states`` (1, W, H) are those of the stretch; ``trigger`` (N, W) is 1 on each trigger's words.
        """
        marked = trigger[..., None]
        qkv = self.first.layer.qkv(states) + marked * self.mark
        return self.second(self.first.attended(states + marked * self.marker, qkv), rows)
