"""How sure the rules are by which actors are taken for those of the lexicons."""

from __future__ import annotations

from typing import Final

SURE: Final = 0.98
LIKELY: Final = 0.9
FAIR: Final = 0.8
DOUBTFUL: Final = 0.7
