"""The neural encoder at run time: documents in, states and scores of their words out, on ONNX Runtime and numpy.

A document is read in windows that overlap; each word takes its states from the window in which it stands farthest
from an edge. Windows are run one by one: activations are quantised by the range that they have, so a document's
scores would otherwise depend on what it was batched with.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import onnxruntime

from kg.errors import ModelError
from kg.language.bio import Scheme
from kg.language.calibration import Calibrations
from kg.language.heads import Heads
from kg.language.inventory import EventInventory
from kg.language.paths import PathIndex
from kg.language.pieces import PieceEncoder
from kg.language.scores import Labels, SyntaxScores
from kg.language.thresholds import Thresholds
from kg.language.words import words
from kg.resources import path as resource_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from spacy.tokens import Doc

    Floats = NDArray[np.float32]

MAX_PIECES: Final = 400
OVERLAP_WORDS: Final = 96
WIDTH: Final = 384
_STATES: Final = ("syntax", "names", "events", "roles")


class Window(NamedTuple):
    """Words ``begin`` to ``end`` are read together; the states of ``keep_from`` to ``keep_to`` are kept."""

    begin: int
    end: int
    keep_from: int
    keep_to: int


def windows(lengths: Sequence[int], limit: int = MAX_PIECES, overlap: int = OVERLAP_WORDS) -> Iterator[Window]:
    """Cover words of ``lengths`` pieces by windows of at most ``limit`` pieces that share ``overlap`` words.

    The kept stretches follow on each other without gap or overlap.
    """
    count, begin, kept = len(lengths), 0, 0
    total = np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])
    while begin < count:
        end = max(begin + 1, int(np.searchsorted(total, total[begin] + limit, side="right")) - 1)
        if end >= count:
            yield Window(begin, count, kept, count)
            return
        shared = min(overlap, (end - begin) // 2)
        keep_to = end - shared // 2
        yield Window(begin, end, kept, keep_to)
        begin, kept = end - shared, keep_to


@dataclass(frozen=True, slots=True, eq=False)
class States:
    """The encoder's states of one document, each float32 (words, :data:`WIDTH`)."""

    syntax: Floats
    names: Floats
    events: Floats
    roles: Floats


class WordEncoding:
    """What the encoder says of one document: its states, and on demand the scores that the heads make of them."""

    def __init__(self, model: Encoder, states: States) -> None:
        self.model = model
        self.states = states
        self.labels = model.labels

    def is_word(self, text: str) -> bool:
        """Say whether the encoder's vocabulary holds ``text``, in lower case, as a whole word."""
        return self.model.pieces.is_word(text)

    @cached_property
    def syntax(self) -> SyntaxScores:
        """The scores of syntax and names."""
        h, x = self.model.heads, self.states.syntax
        return SyntaxScores(
            tags=h.linear("syntax.tags", x),
            morphs=h.linear("syntax.morphs", x),
            lemmas=h.linear("syntax.lemmas", x),
            sent_start=h.linear("syntax.sent_start", x),
            names=h.linear("names.names", self.states.names),
            arc_dep=h.hidden("syntax.arc_dep", x),
            arc_head=h.hidden("syntax.arc_head", x),
            arc_weight=h["syntax.arc_weight"],
            label_dep=h.hidden("syntax.label_dep", x),
            label_head=h.hidden("syntax.label_head", x),
            label_weight=h["syntax.label_weight"],
        )


class Encoder:
    """A trained model, opened: two ONNX graphs, the heads' weights, labels and word pieces."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.pieces = PieceEncoder.load(_existing(path / "tokenizer.json"))
        self.heads = Heads.load(_existing(path / "heads.npz"))
        self.inventory: dict[str, Any] = _read_json(path / "labels.json")
        self.labels = Labels.from_json(json.dumps(self.inventory.get("syntax")))
        self.events = EventInventory.from_json(self.inventory.get("events"))
        self.thresholds = Thresholds.load(path / "thresholds.json")
        self.calibrations = Calibrations.load(path / "calibration.json")
        self.circumstances = Scheme(self.events.circumstances)
        self.path_index = PathIndex(self.events.paths, self.events.cases)
        self.name = _name(_read_json(path / "meta.json"))
        self._graph = _session(_existing(path / "encoder.onnx"))
        self._roles = _session(_existing(path / "roles.onnx"))

    @classmethod
    def load(cls, path: Path | None = None) -> Encoder:
        """Open the model in the folder ``path``, by default the one that comes with the package.

        Raises:
            ModelError: a file is missing, broken, or does not fit this version.
        """
        return cls(Path(str(resource_path("model"))) if path is None else path)

    def encode(self, docs: Sequence[Doc]) -> list[WordEncoding]:
        """Return one encoding for each document."""
        return [WordEncoding(self, self.states([doc[int(i)].text for i in words(doc)])) for doc in docs]

    def states(self, texts: Sequence[str]) -> States:
        """Return the states of a document's words."""
        out = {name: np.zeros((len(texts), WIDTH), np.float32) for name in _STATES}
        for window in windows([self.pieces.count(t) for t in texts]):
            pieces = self.pieces.encode(texts[window.begin : window.end])
            feed = {"ids": pieces.ids[None], "shapes": pieces.shapes[None], "first": pieces.first}
            kept = slice(window.keep_from - window.begin, window.keep_to - window.begin)
            for name, array in zip(_STATES, self._graph.run(list(_STATES), feed), strict=True):
                out[name][window.keep_from : window.keep_to] = array[0, kept]
        return States(**out)

    def read_roles(self, states: Floats, trigger: Floats, rows: NDArray[np.int64]) -> Floats:
        """Run the role encoder once for each of N triggers and return what it says of words ``rows``, (N, R, H).

        ``states`` (W, H) are those of a stretch of words, ``trigger`` (N, W) is 1 on the words of each trigger.
        """
        out: Floats = self._roles.run(["read"], {"states": states[None], "trigger": trigger, "rows": rows})[0]
        return out


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise ModelError(f"{path}: the model lacks this file; install kg again, or train a model with `kg train`")
    return path


def _read_json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(_existing(path).read_text(encoding="utf-8"))
    except ValueError as error:
        raise ModelError(f"{path}: no JSON: {error}; install the model again") from error
    if not isinstance(found, dict):
        raise ModelError(f"{path}: expected an object; the model does not fit this version of kg")
    return found


def _name(meta: dict[str, Any]) -> str:
    """Return the model's name and version."""
    return f"{meta.get('name', 'unnamed model')} {meta.get('version', '')}".strip()


def _session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = int(os.environ.get("KG_THREADS", "1"))
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime raises classes of its own without a common base
        raise ModelError(f"{path}: cannot open the model: {error}; install it again") from error
