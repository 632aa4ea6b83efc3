"""Swapped names and masked pieces of training documents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from kg.language.pieces import PieceEncoder
from kg.resources import path as resource_path

if TYPE_CHECKING:
    from kg.train.event_data import EventWindow

pytest.importorskip("torch", reason="training needs the extra 'train'")

STORY = """== visit
[A1 [A2 Norwegian] Premier Anne Foss] {E1 thanked} [A3 Estonia]. [A2 Oslo] and [A1 Foss] said no more.
--
A1 | PERSON | NOR | GOV | Anne Foss
A2 | STATE | NOR | GOV | Norway
A3 | STATE | EST | GOV | Estonia
E1 | SUPPORT | A1 > A3 | happened
"""


@pytest.fixture(scope="module")
def pieces() -> PieceEncoder:
    return PieceEncoder.load(Path(str(resource_path("model"))) / "tokenizer.json")


@pytest.fixture
def window(tmp_path: Path, pieces: PieceEncoder) -> EventWindow:
    from kg.train.event_data import event_labels, event_windows
    from kg.train.parses import PathInventory
    from kg.train.stories import read_stories

    (tmp_path / "own.txt").write_text(STORY)
    records = tuple(read_stories(tmp_path / "own.txt"))
    (found,) = event_windows(records, event_labels(records, PathInventory((), ())), pieces)
    return found


def test_states_are_swapped_alike_throughout(window: EventWindow, pieces: PieceEncoder) -> None:
    from kg.train.augment import Augmentation, AugmentConfig
    from kg.train.state_words import state_words

    of = {form: state for state in state_words() for form in state.forms()}
    changed = Augmentation(AugmentConfig(1.0, 0.0, 0.0), [window], pieces)(window, np.random.default_rng(1))
    norwegian, oslo, estonia = (of[changed.words[window.words.index(w)]] for w in ("Norwegian", "Oslo", "Estonia"))
    assert norwegian == oslo != estonia
    assert {norwegian.name, estonia.name}.isdisjoint({"Norway", "Estonia"})
    assert changed.pieces.ids.tolist() == pieces.encode(changed.words).ids.tolist()
    assert (changed.mentions, changed.triggers) == (window.mentions, window.triggers)


def test_surnames_are_swapped_alike_throughout(window: EventWindow, pieces: PieceEncoder) -> None:
    from dataclasses import replace

    from kg.train.augment import Augmentation, AugmentConfig

    other = replace(window, words=tuple("Kallas" if w == "Foss" else w for w in window.words))
    augmentation = Augmentation(AugmentConfig(0.0, 1.0, 0.0), [window, other], pieces)
    found = {augmentation(window, np.random.default_rng(seed)).words for seed in range(20)}
    assert found == {window.words, other.words}


def test_some_pieces_are_masked_but_none_of_the_ends(window: EventWindow, pieces: PieceEncoder) -> None:
    from kg.train.augment import Augmentation, AugmentConfig

    augmentation = Augmentation(AugmentConfig(0.0, 0.0, 0.3), [window], pieces)
    ids = np.stack([augmentation(window, np.random.default_rng(seed)).pieces.ids for seed in range(50)])
    masked = (ids == pieces.mask).mean(axis=0)
    assert masked[0] == masked[-1] == 0
    assert 0.2 < masked[1:-1].mean() < 0.4
    assert (window.pieces.ids != pieces.mask).all()


def test_every_state_has_words_of_its_own() -> None:
    from kg.train.state_words import state_words

    words = [word for state in state_words() for word in set(state)]
    assert len(words) == len(set(words)) > 200
