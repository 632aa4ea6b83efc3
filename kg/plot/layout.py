"""Where the actors of a network stand: deterministic, components packed, no two boxes overlapping.

Each connected component is laid out by stress majorization (Gansner et al. 2004) from a few seeded starts, the best
of which is improved node by node against crossings, lines through other nodes, and sharp angles. Boxes are then
pushed apart, and the components packed towards the proportions of the page.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from kg.plot.geometry import Box, Point

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_STARTS: Final = 8
_REFINED: Final = 2
_SEED: Final = 20151126
_SWEEPS: Final = 14
_DIRECTIONS: Final = 12
_REFINED_UP_TO: Final = 90
_COMPONENT_GAP: Final = 30.0
# Labels are wide and flat, so a length along x counts for less than one along y.
_STRETCH: Final = np.array([1.25, 0.8])


class Footprint(NamedTuple):
    """The room a node takes: the box of its marker and label, relative to the marker's centre."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class _Component:
    """Connected nodes, the index pairs (m, 2) that are joined by how many lines (m,), and the footprints (n, 2)."""

    nodes: tuple[str, ...]
    edges: NDArray[np.intp]
    lines: Array
    low: Array
    high: Array


def arrange(
    footprints: Mapping[str, Footprint],
    edges: Iterable[tuple[str, str]],
    *,
    length: float,
    aspect: float,
    gap: float,
) -> dict[str, Point]:
    """Return where each node's marker stands.

    Args:
        footprints: The room each node takes.
        edges: Pairs of nodes, in any direction, to be drawn near each other; a repeated pair gets more room.
        length: How far apart joined nodes should be.
        aspect: Width by height to aim for.
        gap: The least distance between two footprints.
    """
    pairs = Counter((min(pair), max(pair)) for pair in edges if pair[0] != pair[1])
    placed: list[tuple[_Component, Array]] = []
    for component in _components(footprints, pairs):
        positions = _place(component, length, aspect if len(component.nodes) > 2 else 1.0)
        placed.append((component, _pushed_apart(positions, component, gap)))
    offsets = _pack([_rectangles(component, positions) for component, positions in placed], aspect)
    return {
        node: Point(round(float(x + dx), 3), round(float(y + dy), 3))
        for (component, positions), (dx, dy) in zip(placed, offsets, strict=True)
        for node, (x, y) in zip(component.nodes, positions, strict=True)
    }


def _components(footprints: Mapping[str, Footprint], pairs: Mapping[tuple[str, str], int]) -> list[_Component]:
    """Return the connected components, largest first, from the pairs and how often each is joined."""
    found: list[_Component] = []
    for nodes in parts(footprints, pairs):
        index = {name: place for place, name in enumerate(nodes)}
        inside = sorted(pair for pair in pairs if pair[0] in index)
        rooms = np.array([footprints[name] for name in nodes], dtype=np.float64)
        joined = np.array([(index[one], index[other]) for one, other in inside], dtype=np.intp).reshape(-1, 2)
        lines = np.array([pairs[pair] for pair in inside], dtype=np.float64)
        found.append(_Component(nodes, joined, lines, rooms[:, :2], rooms[:, 2:]))
    return found


def parts(nodes: Iterable[str], pairs: Iterable[tuple[str, str]]) -> list[tuple[str, ...]]:
    """Return the nodes by the parts that ``pairs`` join them to, the largest part first, each sorted."""
    neighbours: dict[str, set[str]] = {node: set() for node in nodes}
    for one, other in pairs:
        neighbours[one].add(other)
        neighbours[other].add(one)
    found: list[tuple[str, ...]] = []
    seen: set[str] = set()
    for node in neighbours:
        if node not in seen:
            part = _reachable(node, neighbours)
            seen |= part
            found.append(tuple(sorted(part)))
    return sorted(found, key=lambda part: (-len(part), part))


def _reachable(start: str, neighbours: Mapping[str, set[str]]) -> set[str]:
    seen, waiting = {start}, [start]
    while waiting:
        for node in neighbours[waiting.pop()] - seen:
            seen.add(node)
            waiting.append(node)
    return seen


def _place(component: _Component, length: float, aspect: float) -> Array:
    """Return positions (n, 2) of one component."""
    count = len(component.nodes)
    if count == 1:
        return np.zeros((1, 2))
    if count == 2:
        half = length / 2 + float(np.abs(component.low[:, 0]).mean()) * 0.5
        return np.array([[-half, 0.0], [half, 0.0]])
    distances = _distances(component, length)
    weights = distances**-2
    np.fill_diagonal(weights, 0.0)
    generator = np.random.default_rng(_SEED)
    drafts: list[tuple[float, int, Array]] = []
    for place in range(_STARTS if count <= _REFINED_UP_TO else 1):
        start = generator.normal(size=(count, 2)) * length * math.sqrt(count)
        draft = _turned(_majorized(start, distances, weights, rounds=120), aspect)
        cost = _total_cost(draft, component, distances, weights, length) if count <= _REFINED_UP_TO else 0.0
        drafts.append((round(cost, 6), place, draft))
    if count > _REFINED_UP_TO:
        return drafts[0][2]
    refined = [
        _refined(draft, component, distances, weights, length)
        for _, _, draft in sorted(drafts, key=lambda draft: draft[:2])[:_REFINED]
    ]
    costs = [round(_total_cost(positions, component, distances, weights, length), 6) for positions in refined]
    return refined[costs.index(min(costs))]


def _distances(component: _Component, length: float) -> Array:
    """Return the wished distances (n, n): shortest paths over edges that are longer between busy nodes."""
    count = len(component.nodes)
    near: list[set[int]] = [set() for _ in range(count)]
    for one, other in component.edges.tolist():
        near[one].add(other)
        near[other].add(one)
    found = np.full((count, count), math.inf)
    np.fill_diagonal(found, 0.0)
    for (one, other), lines in zip(component.edges.tolist(), component.lines.tolist(), strict=True):
        apart = len(near[one] ^ near[other])
        found[one, other] = found[other, one] = length * (0.58 + 0.14 * math.sqrt(apart) + 0.16 * lines)
    for middle in range(count):
        found = np.minimum(found, found[:, middle : middle + 1] + found[middle : middle + 1, :])
    np.fill_diagonal(found, 1.0)
    return found


def _majorized(positions: Array, distances: Array, weights: Array, *, rounds: int) -> Array:
    """Return positions of less stress, by at most ``rounds`` of majorization."""
    laplacian = np.diag(weights.sum(axis=1)) - weights
    inverse = np.linalg.pinv(laplacian)
    for _ in range(rounds):
        apart = np.linalg.norm(positions[:, None] - positions[None], axis=2)
        np.fill_diagonal(apart, 1.0)
        pull = -weights * distances / np.maximum(apart, 1e-9)
        np.fill_diagonal(pull, 0.0)
        np.fill_diagonal(pull, -pull.sum(axis=1))
        moved = inverse @ (pull @ positions)
        change = float(np.abs(moved - positions).max())
        positions = moved
        if change < 0.05:
            break
    return positions


def _turned(positions: Array, aspect: float) -> Array:
    """Return the positions with their longest extent along the page's longer side, in a fixed handedness."""
    centred = positions - positions.mean(axis=0)
    _, vectors = np.linalg.eigh(centred.T @ centred)
    turned = centred @ (vectors[:, ::-1] if aspect >= 1 else vectors)
    signs = np.sign((turned**3).sum(axis=0))
    turned = turned * np.where(signs == 0, 1.0, signs)
    return np.asarray(turned * _STRETCH)


def _refined(positions: Array, component: _Component, distances: Array, weights: Array, length: float) -> Array:
    """Return positions improved by moving one node at a time to the best of the places around it."""
    positions = positions.copy()
    angles = 2 * math.pi * np.arange(_DIRECTIONS) / _DIRECTIONS
    circle = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    incident = _incident(component)
    for sweep in range(_SWEEPS):
        reach = length * (1.6 if sweep % 2 else 0.55) * (1 - 0.8 * sweep / _SWEEPS)
        moved = False
        for node in range(len(positions)):
            candidates = np.concatenate([positions[node : node + 1], positions[node] + circle * reach])
            costs = _costs(node, candidates, positions, component, incident[node], distances, weights, length)
            choice = int(np.argmin(np.round(costs, 9)))
            if choice:
                positions[node] = candidates[choice]
                moved = True
        if not moved and sweep > 3:
            break
    return positions


def _incident(component: _Component) -> list[NDArray[np.bool_]]:
    return [(component.edges == node).any(axis=1) for node in range(len(component.nodes))]


def _total_cost(positions: Array, component: _Component, distances: Array, weights: Array, length: float) -> float:
    incident = _incident(component)
    return sum(
        float(_costs(node, positions[[node]], positions, component, mine, distances, weights, length)[0])
        for node, mine in enumerate(incident)
    )


def _costs(
    node: int,
    candidates: Array,
    positions: Array,
    component: _Component,
    mine: NDArray[np.bool_],
    distances: Array,
    weights: Array,
    length: float,
) -> Array:
    """Return what it costs (c,) to have ``node`` at each of the ``candidates`` (c, 2), all others staying."""
    others = np.arange(len(positions)) != node
    apart = np.linalg.norm((candidates[:, None] - positions[None, others]) / _STRETCH, axis=2)
    stress = (weights[node, others] * (apart - distances[node, others]) ** 2).sum(axis=1) * 0.6
    margin = 7.0
    low, high = component.low - margin, component.high + margin
    boxes_low, boxes_high = positions[others] + low[others], positions[others] + high[others]
    shared = np.minimum(candidates[:, None] + high[node], boxes_high) - np.maximum(
        candidates[:, None] + low[node], boxes_low
    )
    crowded = (shared.min(axis=2) > 0).sum(axis=1) * 3.0
    neighbours = component.edges[mine]
    ends = positions[np.where(neighbours[:, 0] == node, neighbours[:, 1], neighbours[:, 0])]
    free = component.edges[~mine]
    lines = positions[free]
    crossings = _crossings(candidates, ends, lines).sum(axis=(1, 2)) * 0.9
    # Lines of this node through other nodes' boxes, and other lines through this node's box.
    through = _pierced(
        np.broadcast_to(candidates[:, None], (len(candidates), len(ends), 2)).reshape(-1, 2),
        np.broadcast_to(ends[None], (len(candidates), len(ends), 2)).reshape(-1, 2),
        boxes_low,
        boxes_high,
    ).reshape(len(candidates), len(ends), -1)
    own_ends = (ends[:, None] == positions[None, others]).all(axis=2)
    pierced = (through & ~own_ends[None]).sum(axis=(1, 2)) * 1.6
    under = (
        _pierced(
            lines[:, 0],
            lines[:, 1],
            candidates + low[node],
            candidates + high[node],
        ).sum(axis=0)
        * 1.6
    )
    return np.asarray(stress + crowded + crossings + pierced + under + _sharpness(candidates, ends))


def _crossings(candidates: Array, ends: Array, lines: Array) -> NDArray[np.bool_]:
    """Say (c, e, m) which lines from a candidate to an end cross which of the ``lines`` (m, 2, 2)."""
    start, stop = candidates[:, None, None], ends[None, :, None]
    first, last = lines[None, None, :, 0], lines[None, None, :, 1]
    touching = (stop == first).all(axis=3) | (stop == last).all(axis=3)
    crossed = (_side(start, stop, first) * _side(start, stop, last) < 0) & (
        _side(first, last, start) * _side(first, last, stop) < 0
    )
    return np.asarray(crossed & ~touching)


def _side(start: Array, stop: Array, point: Array) -> Array:
    along, off = stop - start, point - start
    return np.asarray(along[..., 0] * off[..., 1] - along[..., 1] * off[..., 0])


def _pierced(starts: Array, stops: Array, low: Array, high: Array) -> NDArray[np.bool_]:
    """Say (s, b) which segments pass through which boxes."""
    along = stops - starts
    along = np.where(np.abs(along) < 1e-9, 1e-9, along)[:, None]
    first = (low[None] - starts[:, None]) / along
    second = (high[None] - starts[:, None]) / along
    enters = np.minimum(first, second).max(axis=2)
    leaves = np.maximum(first, second).min(axis=2)
    return np.asarray((enters < leaves) & (enters < 1) & (leaves > 0))


def _sharpness(candidates: Array, ends: Array) -> Array:
    """Return a cost (c,) for angles below 30 degrees between a node's lines."""
    if len(ends) < 2:
        return np.zeros(len(candidates))
    along = ends[None] - candidates[:, None]
    angles = np.sort(np.arctan2(along[..., 1], along[..., 0]), axis=1)
    gaps = np.diff(np.concatenate([angles, angles[:, :1] + 2 * math.pi], axis=1), axis=1)
    return np.asarray((np.maximum(0.0, math.pi / 6 - gaps) * 1.2).sum(axis=1))


def _pushed_apart(positions: Array, component: _Component, gap: float) -> Array:
    """Return the positions with no two boxes closer than ``gap``."""
    positions = positions.copy()
    for step in range(4000):
        if not _push_once(positions, component, gap):
            break
        if step % 60 == 59:
            positions *= 1.04
    return positions


def _push_once(positions: Array, component: _Component, gap: float) -> bool:
    """Move every overlapping pair apart along the shorter way, and say whether there was one."""
    low, high = positions + component.low - gap / 2, positions + component.high + gap / 2
    shared = np.minimum(high[:, None], high[None]) - np.maximum(low[:, None], low[None])
    hits = np.argwhere(np.triu(shared.min(axis=2) > 1e-6, k=1))
    for one, other in hits.tolist():
        axis = int(shared[one, other].argmin())
        ahead = float((low + high)[one, axis] - (low + high)[other, axis])
        push = (shared[one, other, axis] / 2 + 0.05) * (1 if ahead >= 0 else -1)
        positions[one, axis] += push
        positions[other, axis] -= push
    return len(hits) > 0


def _rectangles(component: _Component, positions: Array) -> list[Box]:
    """Return the boxes a component covers: its nodes, and small ones along its edges."""
    boxes = [
        Box(float(low[0]), float(low[1]), float(high[0]), float(high[1]))
        for low, high in zip(positions + component.low, positions + component.high, strict=True)
    ]
    for one, other in component.edges.tolist():
        steps = max(2, int(np.linalg.norm(positions[one] - positions[other]) / 24))
        for step in range(steps + 1):
            x, y = positions[one] + (positions[other] - positions[one]) * step / steps
            boxes.append(Box.around(Point(float(x), float(y)), 30, 18))
    return boxes


def _pack(components: Sequence[Sequence[Box]], aspect: float) -> list[tuple[float, float]]:
    """Return how far each component (largest first) moves, so that none touches another and the page stays small."""
    offsets: list[tuple[float, float]] = []
    taken: list[Box] = []
    page: Box | None = None
    for boxes in components:
        extent = boxes[0]
        for box in boxes[1:]:
            extent = extent.joined(box)
        dx, dy = (0.0, 0.0) if page is None else _vacancy(extent, taken, page, aspect)
        offsets.append((dx, dy))
        taken.extend(box.moved(dx, dy) for box in boxes)
        moved = extent.moved(dx, dy)
        page = moved if page is None else page.joined(moved)
    return offsets


def _vacancy(extent: Box, taken: Sequence[Box], page: Box, aspect: float) -> tuple[float, float]:
    """Return the move that puts ``extent`` on free ground with the least growth of the page."""
    step = 22.0
    around = extent.padded(_COMPONENT_GAP)
    blocked = np.array(taken)
    columns = np.arange(page.left - extent.width - 2 * step, page.right + 2 * step, step)
    rows = np.arange(page.bottom - extent.height - 2 * step, page.top + 2 * step, step)
    best, least = (page.right - extent.left + _COMPONENT_GAP, 0.0), math.inf
    for y in rows:
        dy = float(y) - extent.bottom
        flat = blocked[(blocked[:, 1] < around.top + dy) & (blocked[:, 3] > around.bottom + dy)]
        for x in columns:
            dx = float(x) - extent.left
            if ((flat[:, 0] < around.right + dx) & (flat[:, 2] > around.left + dx)).any():
                continue
            grown = page.joined(extent.moved(dx, dy))
            centre = grown.centre.distance(extent.moved(dx, dy).centre)
            cost = max(grown.width / aspect, grown.height) * 10 + grown.width / aspect + grown.height + centre * 0.1
            if cost < least - 1e-6:
                best, least = (dx, dy), cost
    return best
