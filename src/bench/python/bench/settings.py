"""How much is measured."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """Sizes and repetitions.

    `jmh` are options of JMH's command line, beyond what the benchmarks say of themselves. `widths`
    are those of the CNN, which also `deeplearning4j` itself runs if that is asked for; a CNN is
    timed for about `seconds` in each round, a whole number of steps, and trained for its accuracy,
    at `fast_width` for `fast_epochs` with so many `seeds`. Java is at its speed after some thousand
    steps, hence `warm_up_epochs`. On a busy machine it takes `steps_to_notice` until ours has found
    the number of threads that suits. A search is made from so many seeds, from 0 on.
    """

    examples: int
    predictions: int
    repetitions: int
    warm_up: int
    warm_up_epochs: int
    jmh: tuple[str, ...]
    widths: tuple[int, ...]
    deeplearning4j: bool
    seconds: float
    fast_epochs: float
    fast_width: int
    seeds: int
    steps_to_notice: int
    search_seeds: int

    @staticmethod
    def full(
        repetitions: int, fast_width: int = 64, seeds: int = 3, deeplearning4j: bool = True
    ) -> Settings:
        """CIFAR-10 without the validation part, and as many predictions as it has test images."""
        return Settings(
            45_000,
            10_000,
            repetitions,
            warm_up=2,
            warm_up_epochs=10,
            jmh=(),
            widths=(64, 32),
            deeplearning4j=deeplearning4j,
            seconds=1.0,
            fast_epochs=8,
            fast_width=fast_width,
            seeds=seeds,
            steps_to_notice=60,
            search_seeds=20,
        )

    @staticmethod
    def quick() -> Settings:
        """Enough to see that everything runs; the timings mean nothing."""
        jmh = ["-wi", "1", "-w", "100ms", "-i", "1", "-r", "100ms"]
        jmh += ["-p", "size=3072x64", "-p", "neurons=64"]
        return Settings(
            2_056,
            1_000,
            2,
            warm_up=1,
            warm_up_epochs=1,
            jmh=tuple(jmh),
            widths=(8,),
            deeplearning4j=True,
            seconds=0.2,
            fast_epochs=1.5,
            fast_width=8,
            seeds=2,
            steps_to_notice=2,
            search_seeds=2,
        )
