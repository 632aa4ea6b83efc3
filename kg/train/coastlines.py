"""Makes ``kg/data/map/outlines.npz`` from the countries of Natural Earth, as the npm package world-atlas has them.

    python -m kg.train.coastlines countries-50m.json kg/data/map/outlines.npz

The input is TopoJSON: lines that are shared are there once, so that coasts and borders can be told apart.
"""

from __future__ import annotations

import io
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    Line = NDArray[np.int16]

# Hundredths of a degree, about a kilometre, are finer than the source is drawn.
_UNITS: Final = 100
_ANTARCTIC: Final = -60 * _UNITS


def outlines(topology: Mapping[str, Any]) -> dict[str, NDArray[Any]]:
    """Return ``land`` and ``border`` as points (n, 2), longitude and latitude in hundredths of a degree.

    ``land_ends`` and ``border_ends`` say before which point each ring of land and each line of border ends. What lies
    wholly in the Antarctic is left out.
    """
    arcs = [_points(arc, topology["transform"]) for arc in topology["arcs"]]
    objects = topology["objects"]
    rings = [_joined(ring, arcs) for ring in _rings(objects["land"])]
    owners: defaultdict[int, set[int]] = defaultdict(set)
    for number, country in enumerate(objects["countries"]["geometries"]):
        for ring in _rings(country):
            for arc in ring:
                owners[arc if arc >= 0 else ~arc].add(number)
    borders = [arcs[arc] for arc in sorted(owners) if len(owners[arc]) > 1]
    return {**_packed("land", rings, least=4), **_packed("border", borders, least=2)}


def _points(arc: Sequence[Sequence[int]], transform: Mapping[str, Sequence[float]]) -> Line:
    degrees = np.cumsum(np.array(arc), axis=0) * transform["scale"] + transform["translate"]
    return np.rint(degrees * _UNITS).astype(np.int16)


def _rings(geometry: Mapping[str, Any]) -> Iterator[Sequence[int]]:
    """Give each ring of a geometry as the numbers of its arcs; ``~n`` is arc n backwards."""
    kind = geometry["type"]
    if kind == "GeometryCollection":
        for part in geometry["geometries"]:
            yield from _rings(part)
    elif kind == "MultiPolygon":
        for polygon in geometry["arcs"]:
            yield from polygon
    elif kind == "Polygon":
        yield from geometry["arcs"]


def _joined(ring: Sequence[int], arcs: Sequence[Line]) -> Line:
    return np.concatenate([arcs[arc] if arc >= 0 else arcs[~arc][::-1] for arc in ring])


def _packed(name: str, lines: Iterable[Line], least: int) -> dict[str, NDArray[Any]]:
    kept = []
    for line in lines:
        moved = np.concatenate([[True], (np.diff(line, axis=0) != 0).any(axis=1)])
        if moved.sum() >= least and line[:, 1].max() > _ANTARCTIC:
            kept.append(line[moved])
    ends = np.cumsum([len(line) for line in kept]).astype(np.int32)
    return {name: np.concatenate(kept), f"{name}_ends": ends}


def write(source: Path, output: Path) -> None:
    """Write the outlines of the TopoJSON file ``source`` to ``output``."""
    packed = io.BytesIO()
    np.savez_compressed(packed, **outlines(json.loads(source.read_text(encoding="utf-8"))))  # type: ignore[arg-type]
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_bytes(packed.getvalue())


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]))
