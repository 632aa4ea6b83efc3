"""Changes to training documents, so that the reader learns the words around a name and not the name.

Within a document, and alike throughout, states change places with others (name, adjective, demonym and capital
together) and persons get other surnames (mention replacement: Dai & Adel 2020, arXiv:2010.11683). Only single words
are put for single words, so that annotation and parse stay as they are. Beside that, some word pieces are masked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from kg.records import ACTOR_TYPES
from kg.train.event_data import MAX_PIECES
from kg.train.state_words import state_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from numpy.random import Generator

    from kg.language.pieces import PieceEncoder
    from kg.train.event_data import EventWindow

_PERSON = ACTOR_TYPES.index("PERSON")


@dataclass(frozen=True, slots=True)
class AugmentConfig:
    """How often a document's states and surnames are swapped, and the share of word pieces that are masked."""

    states: float
    surnames: float
    masked: float


class Augmentation:
    """Makes other training windows out of given ones."""

    def __init__(self, config: AugmentConfig, windows: Iterable[EventWindow], pieces: PieceEncoder) -> None:
        """Take the surnames of ``windows`` to swap with."""
        self._config, self._pieces = config, pieces
        self._states = state_words()
        self._state_of = {form: state for state in self._states for form in state.forms()}
        self._surnames = tuple(sorted({name for window in windows for name in _surnames(window)}))

    def __call__(self, window: EventWindow, rng: Generator) -> EventWindow:
        """Return the window with other names, where the encoder can hold it, and some of its pieces masked."""
        words: dict[str, str] = {}
        if rng.random() < self._config.states:
            words |= self._other_states(window, rng)
        if rng.random() < self._config.surnames:
            words |= self._other_surnames(window, words, rng)
        changed = tuple(words.get(word, word) for word in window.words)
        encoded = self._pieces.encode(changed)
        if len(encoded.ids) > MAX_PIECES:
            changed, encoded = window.words, window.pieces
        masked = rng.random(len(encoded.ids)) < self._config.masked
        masked[[0, -1]] = False
        ids = np.where(masked, self._pieces.mask, encoded.ids)
        return replace(window, words=changed, pieces=encoded._replace(ids=ids))

    def _other_states(self, window: EventWindow, rng: Generator) -> Mapping[str, str]:
        present = list(dict.fromkeys(self._state_of[word] for word in window.words if word in self._state_of))
        absent = [state for state in self._states if state not in present]
        others = [absent[i] for i in rng.choice(len(absent), len(present), replace=False)]
        pairs = zip(present, others, strict=True)
        return {old: new for state, other in pairs for old, new in zip(state.forms(), other.forms(), strict=True)}

    def _other_surnames(self, window: EventWindow, taken: Collection[str], rng: Generator) -> Mapping[str, str]:
        present = [name for name in dict.fromkeys(_surnames(window)) if name not in taken]
        others = rng.choice(self._surnames, len(present), replace=False)
        return {old: str(new) for old, new in zip(present, others, strict=True) if new not in window.words}


def _surnames(window: EventWindow) -> Iterable[str]:
    """Yield the last words of the names of persons, where a name or title stands before them."""
    for mention in window.mentions:
        if mention.type == _PERSON and mention.last > mention.begin:
            before, word = window.words[mention.last - 1], window.words[mention.last]
            if before.istitle() and word.istitle() and word.isalpha():
                yield word
