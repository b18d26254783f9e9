"""Trains and asks CNNs on request: what environment/bench compares the library's CNNs with.

Takes a request per line on the standard input and gives an answer per line on the standard output,
both in JSON, as journey.bench.CnnServer does. The argument is the size of a batch.
"""

from __future__ import annotations

import sys
import time
from itertools import islice
from pathlib import Path

import json_lines
import numpy as np
import torch
from torch import nn
from torch.profiler import ProfilerActivity, profile
from torch_cnn import CLASSES, improved_cnn, take_weights

LEARNING_RATE = 1e-3
# For the comparison of losses: a rule that passes the gradients on as they are.
SGD_LEARNING_RATE = 0.01

LAYOUTS = {"contiguous": torch.contiguous_format, "channels_last": torch.channels_last}

# How many operations a profile names.
PIECES = 12


class Contestant:
    """A network in one memory layout, with its batches in the same layout."""

    def __init__(self, width: int, layout: str, frozen: bool, weights: Path, data: Path):
        self.width, self.weights, self.frozen = width, weights, frozen
        self.format = LAYOUTS[layout]
        pictures = torch.from_numpy(np.load(data / "pictures.npy"))
        labels = torch.from_numpy(np.load(data / "labels.npy")).argmax(dim=2)
        self.batches = [
            (x.contiguous(memory_format=self.format), y)
            for x, y in zip(pictures, labels, strict=True)
        ]
        self.network = self._network()
        self.loss = nn.CrossEntropyLoss()
        self.optimizer = torch.optim.Adam(self.network.parameters(), LEARNING_RATE, fused=True)
        self.taken = 0

    def _network(self, **options: float) -> nn.Sequential:
        network = improved_cnn(self.width, **options)
        take_weights(network, self.weights)
        return network.to(memory_format=self.format)

    def losses(self, steps: int) -> list[float]:
        """Of the first steps without dropout, each before its update."""
        network = self._network(dropout=0.0)
        optimizer = torch.optim.SGD(network.parameters(), SGD_LEARNING_RATE)
        return [self._step(network, optimizer, *batch) for batch in islice(self.batches, steps)]

    def train(self, steps: int) -> None:
        self.network.train()
        for x, y in self._next(steps):
            self._step(self.network, self.optimizer, x, y)

    def _step(
        self, network: nn.Module, optimizer: torch.optim.Optimizer, x: torch.Tensor, y: torch.Tensor
    ) -> float:
        optimizer.zero_grad()
        loss = self.loss(network(x), y)
        loss.backward()
        optimizer.step()
        return loss.item()

    def asker(self) -> nn.Module:
        """The network for predictions; `frozen` folds the batch norms into the convolutions."""
        network = self.network.eval()
        if not self.frozen:
            return network
        x, _ = self.batches[0]
        with torch.inference_mode():
            frozen = torch.jit.optimize_for_inference(torch.jit.trace(network, x))
            # The first calls compile.
            for _ in range(3):
                frozen(x)
        return frozen

    def infer(self, network: nn.Module, steps: int) -> None:
        with torch.inference_mode():
            for x, _ in self._next(steps):
                network(x).softmax(dim=1)

    def profile(self, steps: int) -> dict[str, float]:
        """Milliseconds per step of the operations that take the most."""
        with profile(activities=[ProfilerActivity.CPU]) as measured:
            self.train(steps)
        pieces = {each.key: each.self_cpu_time_total for each in measured.key_averages()}
        ranked = sorted(pieces.items(), key=lambda piece: piece[1], reverse=True)
        shown = dict(ranked[:PIECES])
        shown["all others"] = sum(time for _, time in ranked[PIECES:])
        return {name: microseconds / 1e3 / steps for name, microseconds in shown.items()}

    def _next(self, steps: int) -> list[tuple[torch.Tensor, torch.Tensor]]:
        chosen = [self.batches[(self.taken + i) % len(self.batches)] for i in range(steps)]
        self.taken += steps
        return chosen


class Peer:
    """The networks that were asked for, by name."""

    def __init__(self, batch: int):
        self.batch = batch
        self.contestants: dict[str, Contestant] = {}
        self.askers: dict[str, nn.Module] = {}

    def answer(self, request: dict) -> dict:
        if "threads" in request:
            torch.set_num_threads(request["threads"])
        return getattr(self, f"_{request['task']}")(request)

    def _data(self, request: dict) -> dict:
        """Batches of random pictures with random labels, in files that all can read."""
        random = np.random.default_rng(1)
        folder = Path(request["data"])
        folder.mkdir(parents=True, exist_ok=True)
        count = request["batches"]
        pictures = random.standard_normal((count, self.batch, 3, 32, 32), dtype=np.float32)
        labels = np.eye(CLASSES, dtype=np.float32)[random.integers(0, CLASSES, (count, self.batch))]
        np.save(folder / "pictures.npy", pictures)
        np.save(folder / "labels.npy", labels)
        return {}

    def _build(self, request: dict) -> dict:
        torch.manual_seed(1)
        frozen = request["frozen"]
        self.contestants[request["name"]] = Contestant(
            request["width"],
            request["layout"],
            frozen,
            Path(request["weights"]),
            Path(request["data"]),
        )
        self.askers.pop(request["name"], None)
        return {"runs": f"PyTorch {torch.__version__}"}

    def _forget(self, request: dict) -> dict:
        self.contestants.clear()
        self.askers.clear()
        return {}

    def _losses(self, request: dict) -> dict:
        return {"losses": self._named(request).losses(request["steps"])}

    def _train(self, request: dict) -> dict:
        contestant = self._named(request)
        started = time.perf_counter()
        contestant.train(request["steps"])
        return {"seconds": time.perf_counter() - started}

    def _infer(self, request: dict) -> dict:
        contestant = self._named(request)
        if request["name"] not in self.askers:
            self.askers[request["name"]] = contestant.asker()
        network = self.askers[request["name"]]
        started = time.perf_counter()
        contestant.infer(network, request["steps"])
        return {"seconds": time.perf_counter() - started}

    def _profile(self, request: dict) -> dict:
        return {"milliseconds": self._named(request).profile(request["steps"])}

    def _named(self, request: dict) -> Contestant:
        return self.contestants[request["name"]]


if __name__ == "__main__":
    json_lines.serve(f"PyTorch {torch.__version__}", Peer(int(sys.argv[1])).answer)
