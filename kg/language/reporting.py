"""Words that give what is said to a speaker: reporting verbs, nouns and phrases, with the speaker's stance.

Data: ``kg/data/lexicons/reporting.tsv``. Words are found by form, since a lexicon knows all forms of its few words,
and a tagger mistakes some lemmas.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, Literal, cast

from kg.resources import read_tsv

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Stance = Literal["neutral", "assertive", "denying", "doubting"]
Kind = Literal["verb", "noun", "before", "after", "support", "origin", "relay", "addressee"]

_TABLE: Final = "lexicons/reporting.tsv"


@dataclass(frozen=True, slots=True)
class ReportingWord:
    """A word or phrase that gives words to a speaker; ``frames`` are the constructions that hold these words.

    A frame is ``clause``, ``object``, ``infinitive``, or a preposition or conjunction (``of``, ``as``).
    """

    lemma: str
    frames: frozenset[str]
    stance: Stance


@dataclass(frozen=True, slots=True)
class ReportingWords:
    """The words by kind and lower-case form, and the phrases of several words that stand before a speaker.

    ``longest`` is the number of words of the longest phrase that begins with a word.
    """

    words: Mapping[tuple[Kind, str], ReportingWord]
    phrases: Mapping[tuple[str, ...], ReportingWord]
    longest: Mapping[str, int]

    def find(self, kind: Kind, form: str) -> ReportingWord | None:
        """Return the word of this kind that ``form``, in lower case, is a form of."""
        return self.words.get((kind, form))

    def phrase_at(self, forms: Sequence[str], position: int) -> tuple[int, ReportingWord] | None:
        """Return the end and the entry of the longest phrase that begins at ``position``, None where none does."""
        longest = self.longest.get(forms[position], 0) if position < len(forms) else 0
        for end in range(min(position + longest, len(forms)), position, -1):
            found = self.phrases.get(tuple(forms[position:end]))
            if found is not None:
                return end, found
        return None


@cache
def reporting_words() -> ReportingWords:
    """Return the reporting words that ship with kg."""
    words: dict[tuple[Kind, str], ReportingWord] = {}
    phrases: dict[tuple[str, ...], ReportingWord] = {}
    for row in read_tsv(_TABLE):
        frames = frozenset(filter(None, row["frames"].split("|")))
        word = ReportingWord(row["lemma"], frames, cast("Stance", row["stance"]))
        for form in row["forms"].split("|"):
            if row["kind"] == "before":
                phrases[tuple(form.split())] = word
            else:
                words[cast("Kind", row["kind"]), form] = word
    longest: dict[str, int] = {}
    for phrase in phrases:
        longest[phrase[0]] = max(len(phrase), longest.get(phrase[0], 0))
    return ReportingWords(words, phrases, longest)
