"""The graphs that ship compute what the trained network does."""

from __future__ import annotations

import numpy as np
import pytest

from kg.language.paths import PathIndex

torch = pytest.importorskip("torch", reason="training needs the extra 'train'")

from kg.train.event_network import EventSizes, ReaderNetwork, RoleEncoder  # noqa: E402
from kg.train.graphs import EncoderGraph, RoleGraph  # noqa: E402
from kg.train.network import HIDDEN, SyntaxSizes, at_words  # noqa: E402


def test_the_encoder_without_padding() -> None:
    torch.manual_seed(1)
    sizes = EventSizes(actors=3, sectors=2, events=4, modes=2, relations=2, paths=0, cases=0)
    syntax = SyntaxSizes(tags=3, morphs=3, lemmas=3, relations=3, names=3)
    network = ReaderNetwork(syntax, sizes, PathIndex([], [])).eval()
    ids, first = torch.tensor([[101, 2000, 2001, 2002, 102]]), torch.tensor([1, 3])
    shapes = torch.ones_like(ids)
    with torch.no_grad():
        layers = at_words(network.encoder(ids, shapes, torch.ones_like(ids)), first[None])
        expected = [head.mix(layers) for head in (network.syntax, network.names, network.events)]
        for found, exact in zip(EncoderGraph(network)(ids, shapes, first), [*expected, layers[4]], strict=True):
            np.testing.assert_allclose(found, exact, atol=1e-4)


def test_triggers_of_one_stretch_are_read_together() -> None:
    torch.manual_seed(1)
    roles = RoleEncoder().eval()
    states, rows = torch.randn(1, 6, HIDDEN), torch.tensor([1, 3, 5])
    marked = torch.tensor([[0.0, 1, 1, 0, 0, 0], [0, 0, 0, 0, 0, 1], [0, 0, 0, 0, 0, 0]])
    with torch.no_grad():
        found = RoleGraph(roles)(states, marked, rows)
        exact = roles(states.expand(3, -1, -1), marked, torch.ones(3, 6))[:, rows]
    np.testing.assert_allclose(found, exact, atol=1e-4)
