from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

from kg.language.encoder import Encoder
from kg.language.thresholds import Thresholds
from kg.train.tune import tune

if TYPE_CHECKING:
    from pathlib import Path

    from kg.records import DocumentRecord


def test_tuning_never_makes_it_worse(tmp_path: Path, record: DocumentRecord) -> None:
    model = tmp_path / "model"
    shutil.copytree(Encoder.load().path, model)
    (model / "thresholds.json").unlink(missing_ok=True)
    said: list[str] = []
    found = tune(model, [record], rounds=1, progress=said.append)
    assert Thresholds.load(model / "thresholds.json") == found
    values = [float(number) for line in said for number in re.findall(r": (0\.\d{4})", line)]
    assert values == sorted(values)
