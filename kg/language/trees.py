"""Dependency trees: the best heads under arc scores, with exactly one root.

The one root is chosen whose gain over its best head is greatest, and for every other word its best head; that mostly is
a tree, and then none is better. Where it is none, the maximum spanning tree is found (Chu & Liu 1965, Edmonds 1967).
A word that heads itself is the root.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Heads = NDArray[np.int64]

_LIMIT: Final = 1e6
"""Scores beyond this, infinite ones too, are cut to it, so that sums of them stay exact enough to compare."""

_TRIED: Final = 4
"""Roots that are tried one by one."""


def heads(scores: NDArray[np.float32]) -> Heads:
    """Return the head of each word, (n,), under ``scores`` (n, n): row dependent, column head, diagonal root.

    The heads form a tree whose one root heads itself, whatever the scores; it is the one of greatest total score.
    Memory is three times that of ``scores`` in ``float64``.
    """
    if not len(scores):
        return np.empty(0, np.int64)
    bounded = np.nan_to_num(scores, nan=-_LIMIT, posinf=_LIMIT, neginf=-_LIMIT).clip(-_LIMIT, _LIMIT)
    best = _with_one_root(bounded)
    return best if is_tree(best) else _spanning_tree(bounded.astype(np.float64))


def _with_one_root(scores: NDArray[np.float32]) -> Heads:
    """Return the best heads under which one word, and one only, heads itself; they may hold cycles."""
    others = scores.copy()
    np.fill_diagonal(others, -np.inf)
    best: Heads = others.argmax(axis=1).astype(np.int64)
    gain = scores.diagonal() - others[np.arange(len(scores)), best]
    root = int(gain.argmax())
    best[root] = root
    return best


def is_tree(heads: Heads) -> bool:
    """Say whether ``heads`` (n,), each within range, form one tree with one root that heads itself."""
    own = np.arange(len(heads))
    roots = np.flatnonzero(heads == own)
    return len(roots) == 1 and bool((_ancestors(heads) == roots[0]).all())


def _ancestors(heads: Heads) -> Heads:
    """Follow ``heads`` from every word for at least n steps, by doubling."""
    for _ in range(len(heads).bit_length()):
        heads = heads[heads]
    return heads


class _Contraction(NamedTuple):
    """A cycle that was made one node: its nodes, the words each stood for, and the arc that each had chosen."""

    nodes: list[int]
    words: list[set[int]]
    arcs: list[tuple[int, int]]


def _spanning_tree(scores: NDArray[np.float64]) -> Heads:
    """Return the heads of the best tree with one root; ``scores`` as in :func:`heads`, finite.

    No tree with a certain root scores more than the best heads with that root do. Roots are tried in the order of these
    bounds, until none that is left can be better; where many would have to be tried, all are at once.
    """
    own = np.arange(len(scores))
    others = scores.copy()
    np.fill_diagonal(others, -np.inf)
    best = others.max(axis=1)
    bounds = best.sum() - best + scores.diagonal()
    found, total = own, -np.inf
    for tried, root in enumerate(np.argsort(-bounds, kind="stable").tolist()):
        if bounds[root] <= total:
            return found
        if tried == _TRIED:
            break
        heads = _rooted(others, root)
        if (sum_ := scores[own, heads].sum()) > total:
            found, total = heads, sum_
    return _with_any_root(scores)


def _rooted(scores: NDArray[np.float64], root: int) -> Heads:
    """Return the heads of the best tree with a certain root; the diagonal of ``scores`` is -inf."""
    order = np.roll(np.arange(len(scores)), -root)
    heads = np.empty(len(scores), np.int64)
    heads[order] = order[_arborescence(scores[np.ix_(order, order)])]
    return heads


def _with_any_root(scores: NDArray[np.float64]) -> Heads:
    """Return the same as :func:`_spanning_tree`.

    Node 0 stands above the root. Every arc to it costs more than all other arcs could make up for, so only one is used.
    """
    n = len(scores)
    table = np.full((n + 1, n + 1), -np.inf)
    table[1:, 1:] = scores
    np.fill_diagonal(table, -np.inf)
    table[1:, 0] = scores.diagonal() - (np.ptp(scores) + 1) * (n + 1)
    chosen = _arborescence(table)[1:] - 1
    return np.where(chosen < 0, np.arange(n), chosen)


def _arborescence(scores: NDArray[np.float64]) -> Heads:
    """Return the heads of the best tree below node 0. ``scores`` is used up."""
    size = len(scores)
    dependents = np.repeat(np.arange(size)[:, None], size, axis=1)
    sources = dependents.T.copy()
    alive, gone = np.arange(1, size), np.zeros(size, np.bool_)
    members = [{i} for i in range(size)]
    history: list[_Contraction] = []
    while True:
        best = np.zeros(size, np.int64)
        best[alive] = scores[alive].argmax(axis=1)
        cycles = _cycles(best)
        if not cycles:
            break
        for cycle in cycles:
            arcs = [(int(sources[c, best[c]]), int(dependents[c, best[c]])) for c in cycle]
            history.append(_Contraction(cycle, [members[c] for c in cycle], arcs))
            _contract(cycle, best, scores, sources, dependents)
            members[cycle[0]] = set().union(*(members[c] for c in cycle))
            gone[cycle[1:]] = True
        alive = alive[~gone[alive]]
    return _expand({int(d): (int(sources[d, best[d]]), int(dependents[d, best[d]])) for d in alive}, history, size)


def _cycles(best: Heads) -> list[list[int]]:
    """Return the cycles of ``best``, where node 0 ends every path that is in none."""
    on_cycle = np.unique(_ancestors(best))
    cycles: list[list[int]] = []
    seen = {0}
    for start in on_cycle.tolist():
        cycle: list[int] = []
        while start not in seen:
            seen.add(start)
            cycle.append(start)
            start = int(best[start])
        if cycle:
            cycles.append(cycle)
    return cycles


def _contract(cycle: list[int], best: Heads, scores: NDArray[np.float64], sources: Heads, dependents: Heads) -> None:
    """Make ``cycle`` one node, its first: keep the best arc out of it to each node, and the best into it from each."""
    nodes, top = np.array(cycle), cycle[0]
    every = np.arange(len(scores))
    out = nodes[scores[:, nodes].argmax(axis=1)]
    gains = scores[nodes] - scores[nodes, best[nodes]][:, None]
    into = nodes[gains.argmax(axis=0)]
    columns = scores[every, out], sources[every, out], dependents[every, out]
    rows = gains.max(axis=0), sources[into, every], dependents[into, every]
    for table, column, row in zip((scores, sources, dependents), columns, rows, strict=True):
        table[:, top], table[top] = column, row
    scores[top, nodes] = -np.inf
    scores[:, nodes[1:]] = scores[nodes[1:]] = -np.inf


def _expand(arcs: dict[int, tuple[int, int]], history: list[_Contraction], size: int) -> Heads:
    """Open the contracted cycles again, last first, each at the word by which it is entered."""
    for cycle, words, within in reversed(history):
        entry = arcs[cycle[0]]
        for node, held, arc in zip(cycle, words, within, strict=True):
            arcs[node] = entry if entry[1] in held else arc
    heads = np.zeros(size, np.int64)
    for source, dependent in arcs.values():
        heads[dependent] = source
    return heads
