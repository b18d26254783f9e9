"""How two series of timings, or of speeds, compare."""

from __future__ import annotations

import statistics
from dataclasses import dataclass


@dataclass(frozen=True)
class Ratio:
    """Of two medians, with the smallest and the largest ratio within a pair."""

    value: float
    low: float
    high: float

    @staticmethod
    def of(ours: list[float], theirs: list[float]) -> Ratio:
        """Ours to theirs. The values at one position were measured one after the other.

        Raises ValueError if there are none or they do not come in pairs.
        """
        pairs = [mine / other for mine, other in zip(ours, theirs, strict=True)]
        value = statistics.median(ours) / statistics.median(theirs)
        return Ratio(value, min(pairs), max(pairs))

    def __str__(self) -> str:
        return f"{self.value:.2f} ({self.low:.2f}–{self.high:.2f})"
