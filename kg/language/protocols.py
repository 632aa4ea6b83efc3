"""What the components ask of the neural encoder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from spacy.tokens import Doc

    from kg.language.scores import Labels, SyntaxScores


class Encoding(Protocol):
    """What an encoder says of one document."""

    @property
    def syntax(self) -> SyntaxScores:
        """The scores of syntax and names, one row for each word."""
        ...

    @property
    def labels(self) -> Labels:
        """The labels that the columns of ``syntax`` stand for."""
        ...

    def is_word(self, text: str) -> bool:
        """Say whether the encoder's vocabulary holds ``text``, in lower case, as a whole word."""
        ...


class Encoder(Protocol):
    """Scores the words of documents."""

    @property
    def path(self) -> Path:
        """The folder that holds the model's files, and nothing else."""
        ...

    def encode(self, docs: Sequence[Doc]) -> Sequence[Encoding]:
        """Return one encoding for each of ``docs``, in order."""
        ...
