"""What language a text is in, told by py3langid from the letters at its beginning."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from kg.records import Document

ENGLISH: Final = "en"
# Of 1,500 stretches of English news of so many letters none is taken for another language.
_LETTERS: Final = 100
_LOOKED_AT: Final = 3000
_UNLIKELY: Final = 0.05
# A list of names looks a little like many languages, and much like none.
_LIKELY: Final = 0.4


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
    guess = guess_language(document.text)
    if guess is None or guess.english > _UNLIKELY or guess.confidence < _LIKELY:
        return None
    return guess.language


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
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
