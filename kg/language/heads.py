"""The heads' weights, and the few operations that they need, in numpy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kg.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

# Abramowitz & Stegun (1964), Handbook of Mathematical Functions, 7.1.26: error below 1.5e-7.
_ERF: Final = (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592)
_ERF_SCALE: Final = 0.3275911
_AT_ONCE: Final = 1 << 14


class Heads:
    """Named weight matrices of one model; names are those of the network that was trained."""

    def __init__(self, weights: Mapping[str, Floats]) -> None:
        self._weights = weights

    @classmethod
    def load(cls, path: Path) -> Heads:
        """Read a file of float16 arrays.

        Raises:
            ModelError: the file is missing or broken.
        """
        try:
            with np.load(path, allow_pickle=False) as arrays:
                return cls({name: arrays[name].astype(np.float32) for name in arrays.files})
        except (OSError, ValueError) as error:
            raise ModelError(f"{path}: cannot read the model's weights: {error}; install the model again") from error

    def __getitem__(self, name: str) -> Floats:
        try:
            return self._weights[name]
        except KeyError:
            raise ModelError(f"the model has no weights {name!r}: it does not fit this version of kg") from None

    def linear(self, name: str, x: Floats) -> Floats:
        """Apply the linear layer ``name`` to the last axis of ``x``; a layer without a bias has none."""
        out: Floats = x @ self[f"{name}.weight"].T
        if (bias := self._weights.get(f"{name}.bias")) is not None:
            out += bias
        return out

    def hidden(self, name: str, x: Floats) -> Floats:
        """Apply the linear layer ``name`` and GELU."""
        return gelu(self.linear(f"{name}.0", x))


def gelu(x: Floats) -> Floats:
    """Return the Gaussian error linear unit (Hendrycks & Gimpel 2016, arXiv:1606.08415) of ``x``."""
    flat = np.ascontiguousarray(x, np.float32).reshape(-1)
    out = np.empty_like(flat)
    for start in range(0, len(flat), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        _gelu(flat[part], out[part])
    return out.reshape(x.shape)


def _gelu(x: Floats, out: Floats) -> None:
    """Write the unit of ``x``, few enough that what lies between stays in the processor's cache, to ``out``."""
    scaled = np.abs(x)
    scaled *= np.float32(2**-0.5)
    t = scaled * np.float32(_ERF_SCALE)
    t += 1
    np.divide(1, t, out=t)
    polynomial = t * np.float32(_ERF[0])
    for coefficient in _ERF[1:]:
        polynomial += np.float32(coefficient)
        polynomial *= t
    scaled *= scaled
    np.negative(scaled, out=scaled)
    polynomial *= np.exp(scaled, out=scaled)
    np.subtract(1, polynomial, out=polynomial)
    polynomial *= np.sign(x)
    polynomial += 1
    np.multiply(x, np.float32(0.5), out=out)
    out *= polynomial


def sigmoid(x: Floats) -> Floats:
    """Return the logistic function of ``x``."""
    out: Floats = (1 / (1 + np.exp(-np.clip(x, -60, 60)))).astype(np.float32)
    return out


def softmax(x: Floats) -> Floats:
    """Return the softmax over the last axis."""
    shifted = np.exp(x - x.max(-1, keepdims=True))
    out: Floats = shifted / shifted.sum(-1, keepdims=True)
    return out


def sum_by(logits: Floats, group: NDArray[np.int64], groups: int) -> Floats:
    """Return the log-sum-exp of ``logits`` (N, ...) within each group, as the network was trained to pool."""
    total = np.zeros((groups, *logits.shape[1:]), np.float32)
    np.add.at(total, group, np.exp(np.clip(logits, -25, 25)))
    out: Floats = np.log(total + np.float32(1e-12))
    return out


def with_one(x: Floats) -> Floats:
    """Append a constant 1 to the last axis."""
    return np.concatenate([x, np.ones((*x.shape[:-1], 1), np.float32)], -1)
