from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from kg.errors import ModelError
from kg.language.heads import Heads, gelu, sigmoid, softmax, sum_by

if TYPE_CHECKING:
    from pathlib import Path


def test_gelu_is_that_of_the_error_function() -> None:
    x = np.linspace(-6, 6, 241, dtype=np.float32)
    expected = [0.5 * v * (1 + math.erf(v / math.sqrt(2))) for v in x.tolist()]
    np.testing.assert_allclose(gelu(x), expected, atol=2e-6)


def test_softmax_and_sigmoid_stay_finite() -> None:
    x = np.array([[1000.0, -1000.0], [0.0, 0.0]], np.float32)
    np.testing.assert_allclose(softmax(x), [[1.0, 0.0], [0.5, 0.5]])
    np.testing.assert_allclose(sigmoid(x), [[1.0, 0.0], [0.5, 0.5]], atol=1e-6)


def test_sum_by_pools_each_group() -> None:
    logits = np.array([[0.0], [1.0], [2.0]], np.float32)
    pooled = sum_by(logits, np.array([0, 1, 0]), 2)
    np.testing.assert_allclose(pooled[:, 0], [math.log(1 + math.e**2), 1.0], rtol=1e-5)


def test_linear_with_and_without_bias() -> None:
    heads = Heads({"a.weight": np.eye(2, dtype=np.float32), "a.bias": np.ones(2, np.float32)})
    np.testing.assert_array_equal(heads.linear("a", np.zeros((1, 2), np.float32)), [[1, 1]])
    with pytest.raises(ModelError, match=r"b\.weight"):
        heads.linear("b", np.zeros((1, 2), np.float32))


def test_broken_file(tmp_path: Path) -> None:
    broken = tmp_path / "heads.npz"
    broken.write_bytes(b"no archive")
    with pytest.raises(ModelError, match=r"heads\.npz"):
        Heads.load(broken)
