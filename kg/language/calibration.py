"""From the network's probabilities to confidence: how often what is read with it is right.

The network is surer than it should be. A logistic function of the log odds, fitted on development documents, brings its
probabilities to what was found there (Platt 1999, "Probabilistic outputs for support vector machines"; Guo et al. 2017,
arXiv:1706.04599).
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from kg.errors import ModelError

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Self

_LEAST: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Calibration:
    """A probability ``p`` counts as ``sigmoid(slope * logit(p) + shift)``."""

    slope: float = 1.0
    shift: float = 0.0

    def __call__(self, probability: float) -> float:
        """Return the confidence, between 0 and 1, that ``probability`` stands for."""
        return 1 / (1 + math.exp(-(self.slope * log_odds(probability) + self.shift)))


@dataclass(frozen=True, slots=True)
class Calibrations:
    """One for each kind of fact; what has none is left as it is."""

    events: Calibration = Calibration()
    relations: Calibration = Calibration()

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read ``calibration.json``; without the file nothing is changed.

        Raises:
            ModelError: the file is no JSON object of ``events`` and ``relations``, each with ``slope`` and ``shift``.
        """
        if not path.is_file():
            return cls()
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
            kinds = {k: Calibration(**{name: float(x) for name, x in values.items()}) for k, values in found.items()}
            return cls(**kinds)
        except (ValueError, TypeError, AttributeError) as error:
            raise ModelError(f"{path}: expected a slope and a shift for events and relations: {error}") from error

    def to_json(self) -> str:
        """Return the file's content."""
        return json.dumps(asdict(self), indent=1) + "\n"


def log_odds(probability: float) -> float:
    """Return the logit of a probability, which is kept from 0 and 1 by a millionth."""
    p = min(max(probability, _LEAST), 1 - _LEAST)
    return math.log(p / (1 - p))
