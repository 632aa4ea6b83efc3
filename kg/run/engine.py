"""Who reads: this process, others beside it, or those of a Ray cluster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from kg.errors import ConfigError

EngineName: TypeAlias = Literal["local", "ray"]


@dataclass(frozen=True, slots=True)
class Engine:
    """Where documents are read, and by how many. What comes of it is the same.

    Attributes:
        name: ``local`` for this machine, ``ray`` for a Ray cluster.
        workers: How many processes read, each with the model. None is one, and with Ray as many as the cluster has
            cores for.
        ray_address: The cluster, as ``host:6379``, or ``auto`` for the one that runs on this machine. None is that of
            the environment variable ``RAY_ADDRESS``, or else one of this run's own.

    Raises:
        ConfigError: If the engine is not known, or its settings do not go together.

    >>> Engine(workers=0)
    Traceback (most recent call last):
        ...
    kg.errors.ConfigError: workers must be 1 or more, not 0
    """

    name: EngineName = "local"
    workers: int | None = None
    ray_address: str | None = None

    def __post_init__(self) -> None:
        if self.name not in get_args(EngineName):
            raise ConfigError(f"engine must be {' or '.join(get_args(EngineName))}, not {self.name!r}")
        if self.workers is not None and self.workers < 1:
            raise ConfigError(f"workers must be 1 or more, not {self.workers}")
        if self.ray_address is not None and self.name != "ray":
            raise ConfigError("the address of a Ray cluster goes with the engine 'ray'")

    @property
    def is_this_process(self) -> bool:
        """Say whether this process itself reads."""
        return self.name == "local" and (self.workers or 1) == 1
