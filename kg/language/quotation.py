"""A quotation: words that a text gives to a speaker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from kg.language.reporting import Stance
    from kg.records import Span

QuotationKind = Literal["direct", "indirect", "according"]


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that a text gives to a speaker. Spans count code points of the text.

    ``direct`` words stand in quotation marks, ``indirect`` ones hang on a verb or noun, and on a phrase such as
    "according to" those of kind ``according``. ``content`` are the words, in several stretches where the cue stands
    between them; ``cue`` the words that give them to the speaker, with their ``lemma`` in the lexicon (empty for a
    colon); ``speaker`` the phrase that names who speaks, and ``head`` its head word, both None where nobody is named.
    """

    kind: QuotationKind
    content: tuple[Span, ...]
    cue: Span
    lemma: str
    stance: Stance
    speaker: Span | None
    head: Span | None

    @property
    def length(self) -> int:
        """How many characters the words have."""
        return sum(part.end - part.begin for part in self.content)
