"""How many steps a training has, and how many of them each epoch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class TrainingSteps:
    """Steps on full batches: pictures that an epoch leaves over wait for another one."""

    pictures: int
    batch: int
    epochs: float

    def __post_init__(self) -> None:
        if not (0 < self.batch <= self.pictures and self.total > 0):
            raise ValueError(f"{self} has no step")

    @property
    def total(self) -> int:
        """As many as see so many epochs' number of pictures, the left over ones included."""
        return int(self.epochs * self.pictures / self.batch)

    def of_epochs(self) -> Iterator[int]:
        """How many steps each epoch has; the last has what is left."""
        left = self.total
        while left > 0:
            taken = min(left, self.pictures // self.batch)
            yield taken
            left -= taken
