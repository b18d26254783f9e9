"""Trains and predicts on request: what environment/bench compares the library with.

Takes a request per line on the standard input and gives an answer per line on the standard output,
both in JSON, as journey.bench.EpochServer does. The arguments are which network (tutorial or
float32), how many pictures to train on, how many to predict, and the files with the pictures.
"""

from __future__ import annotations

import ctypes
import importlib
import math
import sys
import time
from pathlib import Path

import json_lines
import numpy as np
from stopwatch import Stopwatch
from workload import Workload

BATCH = 64


class Peer:
    """A network, once one is asked for, and what it learns."""

    def __init__(self, variant: str, examples: int, predictions: int, files: list[Path]):
        self.module = importlib.import_module(variant)
        self.workload = Workload.read(files, examples, predictions, self.module.DTYPE)
        self.network = None

    def answer(self, request: dict) -> dict:
        return getattr(self, f"_{request['task']}")(request)

    def _draw(self, request: dict) -> dict:
        """Initial weights for a network of these sizes, in files that all can read."""
        random = np.random.default_rng(1)
        folder = Path(request["weights"])
        folder.mkdir(parents=True, exist_ok=True)
        sizes = request["sizes"]
        for i, shape in enumerate(zip(sizes[:-1], sizes[1:], strict=True)):
            weights = random.standard_normal(shape) * math.sqrt(2 / shape[0])
            np.save(folder / f"W{i}.npy", weights.astype(np.float32))
        return {}

    def _build(self, request: dict) -> dict:
        files = sorted(Path(request["weights"]).glob("W*.npy"))
        self.network = self.module.Network(
            self.workload,
            [np.load(file) for file in files],
            request["activation"],
            request["optimizer"],
            request["learningRate"],
            BATCH,
        )
        return {}

    def _epoch(self, request: dict) -> dict:
        started = time.perf_counter()
        self.network.epoch(self._order(request), Stopwatch.off())
        return {"seconds": time.perf_counter() - started}

    def _profile(self, request: dict) -> dict:
        clock = Stopwatch()
        self.network.epoch(self._order(request), clock)
        batches = math.ceil(len(self.workload.inputs) / BATCH)
        return {"microseconds": clock.microseconds_per(batches)}

    def _predict(self, request: dict) -> dict:
        started = time.perf_counter()
        self.network.predict()
        return {"seconds": time.perf_counter() - started}

    def _loss(self, request: dict) -> dict:
        """The mean loss of the held-out examples."""
        answers = self.network.predict().astype(np.float64)
        right = answers[self.workload.held_out_targets == 1]
        return {"loss": float(-np.log(right).mean())}

    def _order(self, request: dict) -> np.ndarray:
        """That of a file, if one is named: positions as int32, lowest byte first."""
        if request.get("order"):
            order = np.fromfile(request["order"], dtype="<i4").astype(np.intp)
            return order[: request.get("batches", len(order)) * BATCH]
        return np.random.default_rng(request["epoch"]).permutation(len(self.workload.inputs))


def main(arguments: list[str]) -> None:
    variant, examples, predictions, *files = arguments
    peer = Peer(variant, int(examples), int(predictions), [Path(file) for file in files])
    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    engine = f"NumPy {np.__version__}, {blas['name']} {blas['version']} {_kernel()}"
    json_lines.serve(engine.rstrip(), peer.answer)


def _kernel() -> str:
    """For which processor OpenBLAS multiplies, such as Haswell; empty where NumPy has another."""
    libraries = Path(np.__file__).parents[1].glob("numpy.libs/libscipy_openblas*")
    for library in map(ctypes.CDLL, map(str, libraries)):
        name = library.scipy_openblas_get_corename64_
        name.restype = ctypes.c_char_p
        return f"({name().decode()})"
    return ""


if __name__ == "__main__":
    main(sys.argv[1:])
