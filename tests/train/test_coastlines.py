"""The outlines of the map are made from TopoJSON: coasts once, borders where two countries share a line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

from kg.train.coastlines import outlines, write

if TYPE_CHECKING:
    from pathlib import Path

# Two square countries side by side: the line between them, and the coast around each.
TOPOLOGY = {
    "type": "Topology",
    "transform": {"scale": [0.5, 0.5], "translate": [10.0, 20.0]},
    "arcs": [[[2, 0], [0, 2]], [[2, 2], [-2, 0], [0, -2], [2, 0]], [[2, 0], [2, 0], [0, 2], [-2, 0]]],
    "objects": {
        "land": {"type": "GeometryCollection", "geometries": [{"type": "MultiPolygon", "arcs": [[[1, 2]]]}]},
        "countries": {
            "type": "GeometryCollection",
            "geometries": [{"type": "Polygon", "arcs": [[0, 1]]}, {"type": "Polygon", "arcs": [[~0, 2]]}],
        },
    },
}


def test_coasts_and_borders_are_told_apart() -> None:
    found = outlines(TOPOLOGY)
    assert found["border"].tolist() == [[1100, 2000], [1100, 2100]]
    assert found["border_ends"].tolist() == [2]
    assert found["land"][0].tolist() == [1100, 2100]
    assert found["land_ends"].tolist() == [len(found["land"])]
    assert (found["land"].min(axis=0).tolist(), found["land"].max(axis=0).tolist()) == ([1000, 2000], [1200, 2100])


def test_equal_sources_give_equal_files(tmp_path: Path) -> None:
    source = tmp_path / "countries.json"
    source.write_text(json.dumps(TOPOLOGY), encoding="utf-8")
    for name in ("a.npz", "b.npz"):
        write(source, tmp_path / "map" / name)
    assert (tmp_path / "map" / "a.npz").read_bytes() == (tmp_path / "map" / "b.npz").read_bytes()
    with np.load(tmp_path / "map" / "a.npz") as data:
        assert sorted(data.files) == ["border", "border_ends", "land", "land_ends"]
