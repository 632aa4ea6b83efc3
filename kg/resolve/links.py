"""Why an actor was taken for one of the lexicons."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, get_args

LinkRule = Literal[
    "lexicon", "name", "abbreviation", "local name", "surname", "office", "spelling", "state", "metonym", "body"
]
LINK_RULES: Final[tuple[LinkRule, ...]] = get_args(LinkRule)

SURE: Final = 0.98
LIKELY: Final = 0.9
FAIR: Final = 0.8
DOUBTFUL: Final = 0.7


class Link(NamedTuple):
    """The rule by which the words ``mention`` of a text were taken for an actor of the lexicons, and how sure that is.

    Rules: ``lexicon`` the user's own; ``name`` a whole name that is nobody else's, or nobody else's there and then;
    ``abbreviation`` one in capitals; ``local name`` one that needs its state beside it; ``surname`` a short form with
    office, state and date; ``office`` an office alone, by state and date; ``spelling`` a name that differs by a few
    letters; ``state`` words for a state; ``metonym`` a capital or seat that stands for it; ``body`` a generic noun.

    ``confidence`` lies between 0 and 1; it orders the rules and is no measured frequency.
    """

    rule: LinkRule
    mention: str
    confidence: float
