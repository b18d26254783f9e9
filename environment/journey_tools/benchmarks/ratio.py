"""How two series of timings compare."""

from __future__ import annotations

import statistics
from dataclasses import dataclass


@dataclass(frozen=True)
class Ratio:
    """Of two medians, with the smallest and the largest ratio within a pair of timings."""

    value: float
    low: float
    high: float

    @staticmethod
    def of(ours: list[float], theirs: list[float]) -> Ratio:
        """Below 1 where ours is faster. The timings at one position were taken one after the other.

        Raises ValueError if there are none or they do not come in pairs.
        """
        pairs = [mine / other for mine, other in zip(ours, theirs, strict=True)]
        value = statistics.median(ours) / statistics.median(theirs)
        return Ratio(value, min(pairs), max(pairs))

    def __str__(self) -> str:
        return f"{self.value:.2f} ({self.low:.2f}–{self.high:.2f})"
