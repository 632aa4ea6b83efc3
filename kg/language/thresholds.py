"""The decisions that were tuned on the development set: how probable a thing must be to be reported."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING

from kg.errors import ModelError

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Probabilities from 0 to 1; ``coreference`` is a logit.

    ``second_look`` weighs the role encoder's opinion of a trigger against the shared encoder's; ``party`` bounds the
    summed probability of being source or target of a mutual act.
    """

    mention: float = 0.5
    trigger: float = 0.5
    candidate: float = 0.15
    second_look: float = 0.5
    source: float = 0.5
    target: float = 0.5
    party: float = 0.5
    claimant: float = 0.5
    disputed_by: float = 0.5
    relation: float = 0.5
    control: float = 0.5
    repeat: float = 0.5
    coreference: float = 0.0

    @classmethod
    def load(cls, path: Path) -> Thresholds:
        """Read ``thresholds.json``; what it leaves out keeps its default.

        Raises:
            ModelError: the file is no JSON object of known numbers.
        """
        if not path.is_file():
            return cls()
        try:
            return cls(**{k: float(v) for k, v in json.loads(path.read_text(encoding="utf-8")).items()})
        except (ValueError, TypeError, AttributeError) as error:
            known = ", ".join(f.name for f in fields(cls))
            raise ModelError(f"{path}: expected numbers named {known}: {error}") from error

    def to_json(self) -> str:
        """Return the file's content."""
        return json.dumps(asdict(self), indent=1) + "\n"
