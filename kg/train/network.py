"""The neural network in torch: one BERT-shaped encoder and the heads that share it.

The encoder is initialised from MiniLM (Wang et al. 2020, arXiv:2002.10957; sentence-transformers weights, Apache-2.0);
its word embeddings stay frozen. Each head reads its own softmax mix of the encoder's layers (Peters et al. 2018,
arXiv:1802.05365) at the first piece of each word. Shapes: B windows, P pieces, W words, H = 384.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 (torch's own convention)

from kg.language.pieces import SHAPES

if TYPE_CHECKING:
    from collections.abc import Mapping

HIDDEN, LAYERS, ATTENTION_HEADS, FEED_FORWARD, POSITIONS, VOCABULARY = 384, 6, 12, 1536, 512, 30522


class Layer(nn.Module):
    """One post-norm transformer layer, as in BERT (Devlin et al. 2019, arXiv:1810.04805)."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, FEED_FORWARD)
        self.down = nn.Linear(FEED_FORWARD, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Map (B, P, H) to (B, P, H); ``mask`` is additive, (B, 1, 1, P)."""
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, ATTENTION_HEADS, -1).permute(2, 0, 3, 1, 4)
        attended = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm1(x + self.dropout(self.out(attended.transpose(1, 2).reshape(batch, length, HIDDEN))))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Word, position and word-shape embeddings, and six transformer layers."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, HIDDEN)
        self.positions = nn.Embedding(POSITIONS, HIDDEN)
        self.shapes = nn.Embedding(len(SHAPES), HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        nn.init.zeros_(self.shapes.weight)
        self.words.weight.requires_grad_(False)

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor) -> list[Tensor]:
        """Return the embedding layer's and every layer's output, each (B, P, H); ``mask`` is 0 on padding."""
        x = self.embed(ids, shapes)
        additive = (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        outputs = [x]
        for layer in self.layers:
            x = layer(x, additive)
            outputs.append(x)
        return outputs

    def embed(self, ids: Tensor, shapes: Tensor) -> Tensor:
        """Return the embedding layer's output (B, P, H)."""
        positions = torch.arange(ids.shape[1], device=ids.device)
        out: Tensor = self.dropout(self.norm(self.words(ids) + self.positions(positions) + self.shapes(shapes)))
        return out

    def freeze(self, layers: int) -> None:
        """Keep the embeddings and the lowest ``layers`` layers as they are, which spares their backward pass."""
        for part in (self.positions, self.shapes, self.norm, *self.layers[:layers]):
            part.requires_grad_(False)

    def load_bert(self, weights: Mapping[str, Tensor]) -> None:
        """Take over the weights of a BERT-shaped checkpoint; its segment embedding is folded into the positions."""
        state = {
            "words.weight": weights["embeddings.word_embeddings.weight"],
            "positions.weight": weights["embeddings.position_embeddings.weight"]
            + weights["embeddings.token_type_embeddings.weight"][0],
            "norm.weight": weights["embeddings.LayerNorm.weight"],
            "norm.bias": weights["embeddings.LayerNorm.bias"],
        }
        names = {
            "out": "attention.output.dense",
            "norm1": "attention.output.LayerNorm",
            "up": "intermediate.dense",
            "down": "output.dense",
            "norm2": "output.LayerNorm",
        }
        for i in range(LAYERS):
            theirs = f"encoder.layer.{i}."
            for kind in ("weight", "bias"):
                parts = [weights[f"{theirs}attention.self.{p}.{kind}"] for p in ("query", "key", "value")]
                state[f"layers.{i}.qkv.{kind}"] = torch.cat(parts)
                state |= {f"layers.{i}.{a}.{kind}": weights[f"{theirs}{b}.{kind}"] for a, b in names.items()}
        missing, unexpected = self.load_state_dict(state, strict=False)
        if missing != ["shapes.weight"] or unexpected:
            raise ValueError(f"checkpoint does not fit the encoder: missing {missing}, unexpected {unexpected}")


class Mix(nn.Module):
    """A softmax-weighted sum of the encoder's layers."""

    def __init__(self) -> None:
        super().__init__()
        self.weights = nn.Parameter(torch.zeros(LAYERS + 1))

    def forward(self, layers: Tensor) -> Tensor:
        """Map (L, B, W, H) to (B, W, H)."""
        return torch.einsum("l,lbwh->bwh", self.weights.softmax(0), layers)


def at_words(layers: list[Tensor], first: Tensor) -> Tensor:
    """Gather every layer at the words' first pieces: (L, B, W, H). ``first`` is (B, W)."""
    index = first[..., None].expand(-1, -1, layers[0].shape[-1])
    return torch.stack([layer.gather(1, index) for layer in layers])


def mlp(width_in: int, width_out: int, dropout: float = 0.2) -> nn.Sequential:
    """Return one linear layer with GELU and dropout."""
    return nn.Sequential(nn.Linear(width_in, width_out), nn.GELU(), nn.Dropout(dropout))


@dataclass(frozen=True, slots=True)
class SyntaxSizes:
    """Sizes of the label inventories, and widths of the parser's projections."""

    tags: int
    morphs: int
    lemmas: int
    relations: int
    names: int
    arc: int = 192
    label: int = 96


@dataclass(frozen=True, slots=True)
class SyntaxOutput:
    """Logits of the syntax heads, (B, W, classes); the projections of the biaffine parser, (B, W, width)."""

    tags: Tensor
    morphs: Tensor
    lemmas: Tensor
    sent_start: Tensor
    arc_dep: Tensor
    arc_head: Tensor
    label_dep: Tensor
    label_head: Tensor


def with_one(x: Tensor) -> Tensor:
    """Append a constant 1 to the last axis."""
    return torch.cat([x, x.new_ones(*x.shape[:-1], 1)], -1)


class SyntaxHeads(nn.Module):
    """Tags, features, lemma scripts, sentence starts; a biaffine parser (Dozat & Manning 2017, arXiv:1611.01734)."""

    def __init__(self, sizes: SyntaxSizes) -> None:
        super().__init__()
        self.mix = Mix()
        self.dropout = nn.Dropout(0.2)
        self.tags = nn.Linear(HIDDEN, sizes.tags)
        self.morphs = nn.Linear(HIDDEN, sizes.morphs)
        self.lemmas = nn.Linear(HIDDEN, sizes.lemmas)
        self.sent_start = nn.Linear(HIDDEN, 2)
        self.arc_dep, self.arc_head = mlp(HIDDEN, sizes.arc), mlp(HIDDEN, sizes.arc)
        self.label_dep, self.label_head = mlp(HIDDEN, sizes.label), mlp(HIDDEN, sizes.label)
        self.arc_weight = nn.Parameter(torch.zeros(sizes.arc + 1, sizes.arc))
        self.label_weight = nn.Parameter(torch.zeros(sizes.relations, sizes.label + 1, sizes.label + 1))
        nn.init.xavier_uniform_(self.arc_weight)
        nn.init.normal_(self.label_weight, std=0.02)

    def forward(self, layers: Tensor) -> SyntaxOutput:
        """Score the words of ``layers`` (L, B, W, H)."""
        x = self.dropout(self.mix(layers))
        return SyntaxOutput(
            self.tags(x),
            self.morphs(x),
            self.lemmas(x),
            self.sent_start(x),
            self.arc_dep(x),
            self.arc_head(x),
            self.label_dep(x),
            self.label_head(x),
        )

    def arcs(self, out: SyntaxOutput) -> Tensor:
        """Return arc scores (B, dependent, head); the diagonal scores the root."""
        return with_one(out.arc_dep) @ self.arc_weight @ out.arc_head.transpose(1, 2)

    def labels(self, out: SyntaxOutput, heads: Tensor) -> Tensor:
        """Return label logits (B, W, relations) for the arcs to ``heads`` (B, W)."""
        index = heads[..., None].expand(-1, -1, out.label_head.shape[-1])
        head = with_one(out.label_head.gather(1, index))
        dep = with_one(out.label_dep)
        return torch.einsum("bwi,rij,bwj->bwr", dep, self.label_weight, head)


class NameHead(nn.Module):
    """BIO tags of named entities."""

    def __init__(self, classes: int) -> None:
        super().__init__()
        self.mix = Mix()
        self.dropout = nn.Dropout(0.2)
        self.names = nn.Linear(HIDDEN, classes)

    def forward(self, layers: Tensor) -> Tensor:
        """Return logits (B, W, classes)."""
        out: Tensor = self.names(self.dropout(self.mix(layers)))
        return out


class SyntaxNetwork(nn.Module):
    """The encoder with the heads for syntax and names."""

    def __init__(self, sizes: SyntaxSizes) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.syntax = SyntaxHeads(sizes)
        self.names = NameHead(sizes.names)
