"""What the network's probabilities are worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.errors import ModelError
from kg.language.calibration import Calibration, Calibrations

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("calibration", "probability", "expected"),
    [
        (Calibration(), 0.3, 0.3),
        (Calibration(slope=0.5), 0.9, 0.75),
        (Calibration(shift=1.0), 0.5, 0.731),
        (Calibration(), 1.0, 1.0),
    ],
)
def test_moves_the_log_odds(calibration: Calibration, probability: float, expected: float) -> None:
    assert calibration(probability) == pytest.approx(expected, abs=1e-3)


def test_comes_back_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "calibration.json"
    assert Calibrations.load(path) == Calibrations()
    path.write_text(Calibrations(events=Calibration(0.4, -1.2)).to_json())
    assert Calibrations.load(path).events == Calibration(0.4, -1.2)


@pytest.mark.parametrize("text", ["[", "[]", '{"events": 3}', '{"events": {"slant": 1}}', '{"actors": {"slope": 1}}'])
def test_a_broken_file_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "calibration.json"
    path.write_text(text)
    with pytest.raises(ModelError, match=r"calibration\.json"):
        Calibrations.load(path)
