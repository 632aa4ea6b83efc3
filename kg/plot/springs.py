"""Where the actors of a large network stand: a spring layout whose cost grows with actors and ties, not with pairs.

A start from distances to a few pivots (Brandes & Pich 2007) is improved by springs and repulsion (Fruchterman &
Reingold 1991). Repulsion is summed on a grid, as a convolution of where all actors are with the force of one, which the
fast Fourier transform does for all at once. Everything is deterministic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Pairs = NDArray[np.intp]

_SEED: Final = 20151126
_PIVOTS: Final = 24
_ROUNDS: Final = 220
_GRID: Final = 128
_HEAT: Final = 0.12


def settled(count: int, pairs: Pairs) -> Array:
    """Return positions (n, 2) of ``count`` nodes that ``pairs`` (m, 2) join to one component.

    Joined nodes lie about 1 apart or nearer.
    """
    if count < 3:
        return np.stack([np.arange(count, dtype=np.float64), np.zeros(count)], axis=1)
    positions = _scaled(_start(count, pairs))
    mass = np.sqrt(1.0 + np.bincount(pairs.ravel(), minlength=count))
    kernels = _kernels()
    side = np.sqrt(count)
    for step in range(_ROUNDS):
        heat = _HEAT * side * (1 - step / _ROUNDS) ** 1.5
        force = _repulsion(positions, mass, kernels) * mass[:, None]
        along = positions[pairs[:, 0]] - positions[pairs[:, 1]]
        pull = along * np.linalg.norm(along, axis=1, keepdims=True)
        for axis in (0, 1):
            force[:, axis] -= np.bincount(pairs[:, 0], pull[:, axis], count)
            force[:, axis] += np.bincount(pairs[:, 1], pull[:, axis], count)
        strength = np.linalg.norm(force, axis=1, keepdims=True)
        positions = positions + force * np.minimum(1.0, heat / np.maximum(strength, 1e-9))
    centred: Array = positions - positions.mean(axis=0)
    return centred


def turned(points: Array) -> Array:
    """Return points (n, 2) along the two axes in which ``points`` (n, d), about the origin, extend the most."""
    _, vectors = np.linalg.eigh(points.T @ points)
    axes = vectors[:, [-1, -2]]
    # Of an axis only the line is given; its largest part says which way it points.
    axes = axes * np.sign(axes[np.abs(axes).argmax(axis=0), [0, 1]])
    return np.asarray(points @ axes)


def _start(count: int, pairs: Pairs) -> Array:
    """Return positions after the distances to pivots that lie far from each other, nodes that are alike set apart."""
    near: list[list[int]] = [[] for _ in range(count)]
    for one, other in pairs.tolist():
        near[one].append(other)
        near[other].append(one)
    pivot = int(np.argmax([len(others) for others in near]))
    nearest = np.full(count, np.inf)
    columns = []
    for _ in range(min(_PIVOTS, count)):
        steps = _steps(pivot, near)
        columns.append(steps)
        nearest = np.minimum(nearest, steps)
        pivot = int(nearest.argmax())
    squares = np.stack(columns, axis=1) ** 2
    centred = squares - squares.mean(axis=0) - squares.mean(axis=1, keepdims=True) + squares.mean()
    found = turned(centred)
    spread = found.std(axis=0).max() or 1.0
    jitter: Array = np.random.default_rng(_SEED).normal(size=found.shape)
    return np.asarray(found / spread + jitter * 0.15)


def _steps(start: int, near: Sequence[Sequence[int]]) -> Array:
    found = np.full(len(near), float(len(near)))
    found[start] = 0.0
    edge, step = [start], 0.0
    while edge:
        step += 1.0
        further = []
        for node in edge:
            for other in near[node]:
                if found[other] > step:
                    found[other] = step
                    further.append(other)
        edge = further
    return found


def _scaled(positions: Array) -> Array:
    """Return the positions spread so that there is one node on each unit of area."""
    extent = max(float(np.ptp(positions, axis=0).max()), 1e-9)
    return np.asarray((positions - positions.mean(axis=0)) / extent * np.sqrt(len(positions)))


def _kernels() -> tuple[NDArray[np.complex128], NDArray[np.complex128]]:
    """Return the transforms of the force that a node in one cell has on all others, along x and y.

    The force falls with the distance; so it is that between cells, divided by the size of a cell.
    """
    offset = np.fft.fftfreq(2 * _GRID, 1 / (2 * _GRID))
    x, y = np.meshgrid(offset, offset, indexing="ij")
    square = np.maximum(x * x + y * y, 0.5)
    return np.fft.rfft2(x / square), np.fft.rfft2(y / square)


def _repulsion(positions: Array, mass: Array, kernels: tuple[NDArray[np.complex128], NDArray[np.complex128]]) -> Array:
    low = positions.min(axis=0)
    cell = max(float(np.ptp(positions, axis=0).max()) / (_GRID - 2), 1e-9)
    at = (positions - low) / cell + 0.5
    floor = np.minimum(at.astype(np.intp), _GRID - 2)
    part = at - floor
    corners = [
        (floor + np.array(corner), np.abs(1 - np.array(corner) - part).prod(axis=1))
        for corner in ((0, 0), (0, 1), (1, 0), (1, 1))
    ]
    laid = np.zeros(4 * _GRID * _GRID)
    for cells, share in corners:
        laid += np.bincount(cells[:, 0] * 2 * _GRID + cells[:, 1], share * mass, len(laid))
    spectrum = np.fft.rfft2(laid.reshape(2 * _GRID, 2 * _GRID))
    found = np.zeros_like(positions)
    for axis, kernel in enumerate(kernels):
        field = np.fft.irfft2(spectrum * kernel, s=(2 * _GRID, 2 * _GRID))
        for cells, share in corners:
            found[:, axis] += field[cells[:, 0], cells[:, 1]] * share
    return found / cell
