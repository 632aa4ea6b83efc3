"""What the neural network says of each word, before anything is decided, and the labels its columns stand for."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.errors import ModelError

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Labels:
    """The closed label inventories of the syntax and name heads, each in the order of its head's columns.

    ``morphs`` are part of speech and features as one label, ``NOUN|Number=Sing``; ``lemmas`` are edit scripts
    (:mod:`kg.language.lemmas`); ``relations`` are Universal Dependencies labels; ``names`` are BIO tags.
    """

    tags: tuple[str, ...]
    morphs: tuple[str, ...]
    lemmas: tuple[str, ...]
    relations: tuple[str, ...]
    names: tuple[str, ...]

    def __post_init__(self) -> None:
        for field in fields(self):
            labels: tuple[str, ...] = getattr(self, field.name)
            if not labels:
                raise ModelError(f"labels.{field.name}: empty; every head of the model needs at least one label")
            if len(set(labels)) < len(labels):
                raise ModelError(f"labels.{field.name}: a label is listed twice; train the model again")

    def to_json(self) -> str:
        """Return the inventories as a JSON object of lists."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: str) -> Labels:
        """Read what :meth:`to_json` wrote; other keys are left alone.

        Raises ModelError where a list is missing, empty, or holds anything but strings.
        """
        try:
            found: Any = json.loads(text)
        except json.JSONDecodeError as error:
            raise ModelError(f"labels: line {error.lineno}: no JSON ({error.msg}); install the model again") from error
        return cls(**{field.name: _strings(found, field.name) for field in fields(cls)})


@dataclass(frozen=True, slots=True, eq=False)
class SyntaxScores:
    """The network's scores of one document; row ``i`` belongs to its ``i``-th word (:func:`kg.language.words.words`).

    Shapes, for T words: ``tags`` (T, tags), ``morphs`` (T, morphs), ``lemmas`` (T, scripts), ``sent_start`` (T, 2),
    no before yes, ``names`` (T, BIO tags), all logits. ``arc_dep`` and ``arc_head`` (T, d) and ``arc_weight``
    (d + 1, d) give the arc scores of a sentence, ``label_dep`` and ``label_head`` (T, k) and ``label_weight``
    (relations, k + 1, k + 1) the labels of its arcs. A word that heads itself is the root.
    """

    tags: NDArray[np.float32]
    morphs: NDArray[np.float32]
    lemmas: NDArray[np.float32]
    sent_start: NDArray[np.float32]
    names: NDArray[np.float32]
    arc_dep: NDArray[np.float32]
    arc_head: NDArray[np.float32]
    arc_weight: NDArray[np.float32]
    label_dep: NDArray[np.float32]
    label_head: NDArray[np.float32]
    label_weight: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.tags)

    def weighted_arcs(self) -> NDArray[np.float32]:
        """Return (T, d): row ``i`` times ``arc_head[j]`` scores word ``j`` as the head of word ``i``."""
        weighted: NDArray[np.float32] = self.arc_dep @ self.arc_weight[:-1] + self.arc_weight[-1]
        return weighted

    def relations(self, heads: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return label logits (T, relations) of the arcs from each word to ``heads`` (T,), rows of this record."""
        dependents, governors = _with_one(self.label_dep), _with_one(self.label_head[heads])
        scores = np.empty((len(self), len(self.label_weight)), np.float32)
        for column, weight in enumerate(self.label_weight):
            scores[:, column] = np.einsum("tk,tk->t", dependents @ weight, governors)
        return scores


def _strings(found: Any, name: str) -> tuple[str, ...]:
    labels = found.get(name) if isinstance(found, dict) else None
    if not isinstance(labels, list) or not all(isinstance(label, str) for label in labels):
        raise ModelError(f"labels.{name}: expected a list of strings; the model does not fit this version of kg")
    return tuple(labels)


def _with_one(x: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.concatenate([x, np.ones((len(x), 1), np.float32)], axis=1)
