"""What language a text is in, told by its words where they leave no doubt, or else by py3langid from its letters.

Data: ``kg/data/lexicons/function_words.tsv``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kg.resources import read_tsv

if TYPE_CHECKING:
    from kg.records import Document

ENGLISH: Final = "en"
# Of 1,500 stretches of English news of so many letters none is taken for another language.
_LETTERS: Final = 100
_LOOKED_AT: Final = 3000
_UNLIKELY: Final = 0.05
# A list of names looks a little like many languages, and much like none.
_LIKELY: Final = 0.4
# Most English news has as many words of grammar as this, in all and in every stretch of it.
_STRETCH: Final = 50
_OF_GRAMMAR: Final = 0.15
_IN_STRETCH: Final = 4
_WORD: Final = re.compile(r"[^\W\d_]+")


class Guess(NamedTuple):
    """The likeliest language as an ISO 639-1 code, how likely it is, and how likely English is, from 0 to 1."""

    language: str
    confidence: float
    english: float


def other_language(document: Document) -> str | None:
    """Return the language of a document that is not in English: the one that it states, or that its text shows.

    None where the text is in English, or too short or mixed to tell.
    """
    stated = (document.language or ENGLISH).lower().replace("_", "-").split("-")[0]
    if stated not in {ENGLISH, "eng", "und", ""}:
        return document.language
    if is_plainly_english(document.text):
        return None
    guess = guess_language(document.text)
    if guess is None or guess.english > _UNLIKELY or guess.confidence < _LIKELY:
        return None
    return guess.language


def is_plainly_english(text: str) -> bool:
    """Say whether a text has so many words of English grammar, all along its beginning, that it is in English.

    The model that tells languages takes longer to load than a text to be read, and is not needed then. A text that is
    short, or in another language for a stretch, or mere names and figures, is not plainly English.
    """
    of_grammar = [word in _grammar() for word in _WORD.findall(text[:_LOOKED_AT].casefold())]
    if len(of_grammar) < _STRETCH or sum(of_grammar) < _OF_GRAMMAR * len(of_grammar):
        return False
    begins = [*range(0, len(of_grammar) - _STRETCH, _STRETCH), len(of_grammar) - _STRETCH]
    return all(sum(of_grammar[begin : begin + _STRETCH]) >= _IN_STRETCH for begin in begins)


def guess_language(text: str) -> Guess | None:
    """Return the language of a text; None where it has too few letters to tell.

    >>> guess_language("Der Außenminister traf am Montag in Genf mit seinem Amtskollegen zusammen, um über "
    ...                "die Lage an der Grenze und die Versorgung der Menschen zu sprechen.").language
    'de'
    """
    head = text[:_LOOKED_AT]
    if sum(map(str.isalpha, head)) < _LETTERS:
        return None
    likelihoods = _identifier().rank(head)
    language, confidence = likelihoods[0]
    return Guess(language, confidence, dict(likelihoods)[ENGLISH])


@cache
def _grammar() -> frozenset[str]:
    return frozenset(row["form"] for row in read_tsv("lexicons/function_words.tsv"))


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
