"""Optimisation: parameter groups, warm-up and decay of the rate, running averages of the weights, checkpoints."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from torch import Tensor, nn


@dataclass(frozen=True, slots=True)
class Schedule:
    """Peak rates of encoder and heads; warm-up as a share of all steps; then half a cosine down to ``floor``."""

    encoder_rate: float
    head_rate: float
    steps: int
    warmup: float = 0.06
    floor: float = 0.02

    def factor(self, step: int) -> float:
        """Return the factor on the peak rates at ``step``."""
        warm = max(1, int(self.steps * self.warmup))
        if step < warm:
            return (step + 1) / warm
        done = min(1.0, (step - warm) / max(1, self.steps - warm))
        return self.floor + (1 - self.floor) * 0.5 * (1 + math.cos(math.pi * done))


class Optimiser:
    """AdamW (Loshchilov & Hutter 2019) on two groups of parameters, clipped, with averaged weights."""

    def __init__(self, network: nn.Module, schedule: Schedule, average: float = 0.998) -> None:
        groups: dict[tuple[bool, bool], list[nn.Parameter]] = {}
        for name, parameter in network.named_parameters():
            if parameter.requires_grad:
                groups.setdefault((name.startswith("encoder."), parameter.ndim > 1), []).append(parameter)
        self._rates = [schedule.encoder_rate if encoder else schedule.head_rate for encoder, _ in groups]
        self._adam = torch.optim.AdamW(
            [{"params": p, "weight_decay": 0.01 if matrix else 0.0} for (_, matrix), p in groups.items()],
            betas=(0.9, 0.98),
            foreach=True,
        )
        self._network, self._schedule, self._decay = network, schedule, average
        self.step_number = 0
        self._mean = {k: v.detach().clone() for k, v in network.named_parameters() if v.requires_grad}

    def step(self, loss: Tensor) -> float:
        """Go one step down ``loss``; return its value."""
        factor = self._schedule.factor(self.step_number)
        for group, rate in zip(self._adam.param_groups, self._rates, strict=True):
            group["lr"] = rate * factor
        self._adam.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_([p for p in self._network.parameters() if p.grad is not None], 1.0)
        self._adam.step()
        self.step_number += 1
        decay = min(self._decay, self.step_number / (self.step_number + 10))
        named = dict(self._network.named_parameters())
        torch._foreach_lerp_(list(self._mean.values()), [named[k].detach() for k in self._mean], 1.0 - decay)
        return float(loss.detach())

    def averaged(self) -> Mapping[str, Tensor]:
        """Return the running average of the trained weights."""
        return self._mean


def save_checkpoint(path: Path, network: nn.Module, averaged: Mapping[str, Tensor]) -> None:
    """Write the network's state, averaged where it was trained, whole or not at all."""
    partial = path.with_suffix(".partial")
    torch.save(dict(network.state_dict()) | dict(averaged), partial)
    partial.replace(path)
