"""Searches for the highest points of test functions with Optuna, on request.

Understands the requests that journey.bench.SearchServer does; the functions are those of
journey.search.TestFunction.
"""

from __future__ import annotations

import math
import random
import time
from dataclasses import dataclass

import optuna
from json_lines import serve


@dataclass(frozen=True)
class TestFunction:
    """A function to be made as high as possible, on a box, measured with noise."""

    highest: float
    noise: float
    box: tuple[tuple[float, float], ...]

    def value(self, x: list[float]) -> float:
        raise NotImplementedError


class Branin(TestFunction):
    def value(self, x: list[float]) -> float:
        parabola = x[1] - 5.1 / (4 * math.pi**2) * x[0] ** 2 + 5 / math.pi * x[0] - 6
        return -(parabola**2 + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x[0]) + 10)


class Hartmann6(TestFunction):
    HEIGHTS = (1, 1.2, 3, 3.2)
    STEEPNESS = (
        (10, 3, 17, 3.5, 1.7, 8),
        (0.05, 10, 17, 0.1, 8, 14),
        (3, 3.5, 1.7, 10, 17, 8),
        (17, 8, 0.05, 10, 0.1, 14),
    )
    PEAKS = (
        (0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886),
        (0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991),
        (0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650),
        (0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381),
    )

    def value(self, x: list[float]) -> float:
        total = 0.0
        for height, steepness, peak in zip(self.HEIGHTS, self.STEEPNESS, self.PEAKS, strict=True):
            parts = zip(steepness, x, peak, strict=True)
            total += height * math.exp(-sum(a * (b - p) ** 2 for a, b, p in parts))
        return total


class NoisyBowl(TestFunction):
    CENTRE = (0.3, -0.4, 0.1, 0.6)

    def value(self, x: list[float]) -> float:
        return -sum(
            2**i * (b - c) ** 2 for i, (b, c) in enumerate(zip(x, self.CENTRE, strict=True))
        )


FUNCTIONS = {
    "BRANIN": Branin(-10 / (8 * math.pi), 0, ((-5, 10), (0, 15))),
    "HARTMANN6": Hartmann6(3.32236801141551, 0, ((0, 1),) * 6),
    "NOISY_BOWL": NoisyBowl(0, 0.5, ((-1, 1),) * 4),
}


def answer(request: dict) -> dict:
    """What the request asks for."""
    function = FUNCTIONS[request["function"]]
    if request["task"] == "value":
        pairs = zip(function.box, request["places"], strict=True)
        return {"value": function.value([low + at * (high - low) for (low, high), at in pairs])}
    return search(function, request["seed"], request["trials"])


def search(function: TestFunction, seed: int, trials: int) -> dict:
    """By Optuna's default, the tree-structured Parzen estimator, as it comes."""
    noise = random.Random(seed)

    def objective(trial: optuna.Trial) -> float:
        x = [trial.suggest_float(f"x{i}", *ends) for i, ends in enumerate(function.box, 1)]
        return function.value(x) + noise.gauss(0, function.noise)

    study = optuna.create_study(direction="maximize", sampler=optuna.samplers.TPESampler(seed=seed))
    started = time.perf_counter()
    study.optimize(objective, n_trials=trials)
    seconds = time.perf_counter() - started
    recommended = function.value(list(study.best_params.values()))
    return {"regret": function.highest - recommended, "seconds": seconds}


if __name__ == "__main__":
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    serve(f"Optuna {optuna.__version__}", answer)
