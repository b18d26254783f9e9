"""Who is timed when, and for how many steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

FEWEST_STEPS = 2

# In how many rounds those take part that are so slow that all would wait for them.
SLOW_ROUNDS = 3


@dataclass(frozen=True)
class Share:
    """How many steps a contestant makes in a round, and in how many rounds, from the first on."""

    steps: int
    rounds: int

    @staticmethod
    def of(step: float, seconds: float, rounds: int) -> Share:
        """For one whose step takes so long, where a round should take it about so many seconds."""
        slow = step > seconds
        steps = FEWEST_STEPS if slow else max(FEWEST_STEPS, round(seconds / step))
        return Share(steps, min(rounds, SLOW_ROUNDS) if slow else rounds)


def turns(shares: dict[str, Share], rounds: int) -> Iterator[tuple[int, str]]:
    """Round and name, in the order of their turns: each round begins with another contestant."""
    for i in range(rounds):
        for name in rotated(list(shares), i):
            if i < shares[name].rounds:
                yield i, name


def rotated(names: Sequence[str], by: int) -> list[str]:
    """The same names in the same circle, begun so many later."""
    first = by % len(names)
    return [*names[first:], *names[:first]]
