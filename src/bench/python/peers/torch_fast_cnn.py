"""The fast CNN of notebook 05 in PyTorch float32, with its recipe: the peer of journey.cnn.FastCnn.

Both follow the recipe known as airbench94_muon by Keller Jordan. Trains when asked, and tells after
each epoch how long it has trained and how good it is. The arguments are the network's width, on how
many pictures to train, how many to validate with, for how many epochs, the files with the pictures
to train on and, last, the file with those to test with.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path

import json_lines
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
from training_steps import TrainingSteps

WHITENED_SIDE = 2
WHITENED_PICTURES = 5_000
WHITENED_PATCH_STEP = 7
WHITENING_EPSILON = 5e-4
BIAS_EPOCHS = 3

BATCH, SHORT_BATCH = 1000, 500
SHORT_EPOCHS = 6
LABEL_SMOOTHING = 0.2
MOMENTUM = 0.85
# Rates are for losses that are summed over a batch; the decay is what a step takes per picture.
BIAS_RATE, HEAD_RATE = 0.053, 0.67
WEIGHT_DECAY = 2e-6
# For a batch of so many. Smaller ones make more steps, so their steps are shorter.
MUON_BATCH = 2000
MUON_RATE, MUON_MOMENTUM = 0.24, 0.6
NEWTON_SCHULZ = (3.4445, -4.7750, 2.0315)
NEWTON_SCHULZ_ITERATIONS = 3

SHIFT = 2
MEAN = (0.4914, 0.4822, 0.4465)
DEVIATION = (0.2470, 0.2435, 0.2616)
ASKED_AT_ONCE = 500

LAYOUT = torch.channels_last


class Norm(nn.BatchNorm2d):
    """Without a scale to learn."""

    def __init__(self, channels: int):
        super().__init__(channels, eps=1e-12, momentum=0.4)
        self.weight.requires_grad = False


class Group(nn.Module):
    """Convolution, pooling, norm, GELU; convolution, norm, GELU.

    The exact GELU, x·Φ(x), is the fastest here, forward and backward: its approximation by tanh
    takes more than twice as long, and x·σ(1.702·x), which ours computes, one and a half times even
    with a gradient written by hand.
    """

    def __init__(self, inputs: int, outputs: int):
        super().__init__()
        self.first = nn.Conv2d(inputs, outputs, 3, padding=1, bias=False)
        self.first_norm = Norm(outputs)
        self.second = nn.Conv2d(outputs, outputs, 3, padding=1, bias=False)
        self.second_norm = Norm(outputs)
        for convolution in (self.first, self.second):
            # As many outputs as there are inputs begin as copies of them.
            nn.init.dirac_(convolution.weight.data[: convolution.in_channels])

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = F.gelu(self.first_norm(F.max_pool2d(self.first(x), 2)))
        return F.gelu(self.second_norm(self.second(x)))


class FastCnn(nn.Module):
    """A whitening convolution, three groups, pooling, a dense layer."""

    def __init__(self, width: int, pictures: torch.Tensor):
        super().__init__()
        whitening = whitening_weights(pictures)
        channels = len(whitening)
        self.whitening = nn.Conv2d(3, channels, WHITENED_SIDE)
        self.whitening.weight.data = whitening
        self.whitening.weight.requires_grad = False
        widths = (width, 4 * width, 4 * width)
        sizes = zip((channels, *widths), widths, strict=False)
        self.groups = nn.Sequential(*(Group(*size) for size in sizes))
        self.dense = nn.Linear(widths[-1], 10, bias=False)
        self.dense.weight.data /= self.dense.weight.data.std()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.groups(F.gelu(self.whitening(x)))
        return self.dense(F.max_pool2d(x, 3).flatten(1)) / self.dense.in_features

    def biases(self) -> list[nn.Parameter]:
        norms = [norm.bias for norm in self.modules() if isinstance(norm, Norm)]
        return [self.whitening.bias, *norms]

    def filters(self) -> list[nn.Parameter]:
        return [each.weight for g in self.groups for each in (g.first, g.second)]


def whitening_weights(pictures: torch.Tensor) -> torch.Tensor:
    """Filters, and their negatives, whose answers to small patches are uncorrelated."""
    side = WHITENED_SIDE
    patches = pictures[:WHITENED_PICTURES].unfold(2, side, 1).unfold(3, side, 1)
    patches = patches.permute(0, 2, 3, 1, 4, 5).reshape(-1, 3 * side * side)[::WHITENED_PATCH_STEP]
    values, vectors = torch.linalg.eigh(patches.T @ patches / len(patches))
    filters = (vectors.T / (values + WHITENING_EPSILON).sqrt()[:, None]).flip(0)
    filters = filters.reshape(-1, 3, side, side)
    return torch.cat([filters, -filters])


@dataclass(frozen=True)
class Pictures:
    """Standardised pictures [count, 3, 32, 32] and their labels."""

    x: torch.Tensor
    y: torch.Tensor

    @staticmethod
    def read(files: list[Path]) -> Pictures:
        read = [np.fromfile(file, dtype=np.uint8) for file in files]
        records = np.concatenate(read).reshape(-1, 1 + 3 * 32 * 32)
        x = torch.from_numpy(records[:, 1:].reshape(-1, 3, 32, 32).astype(np.float32) / 255)
        mean, deviation = (torch.tensor(each)[:, None, None] for each in (MEAN, DEVIATION))
        return Pictures((x - mean) / deviation, torch.from_numpy(records[:, 0].astype(np.int64)))

    def part(self, which: slice) -> Pictures:
        return Pictures(self.x[which], self.y[which])

    def __len__(self) -> int:
        return len(self.y)


class Augmentation:
    """Shifts at random; flips a random half, then in each epoch those not flipped before."""

    def __init__(self, count: int):
        self.flipped_first = torch.rand(count) < 0.5

    def apply(self, x: torch.Tensor, rows: torch.Tensor, epoch: int) -> torch.Tensor:
        """The pictures in these rows, changed."""
        padded = F.pad(x[rows], (SHIFT,) * 4, mode="reflect")
        result = torch.empty(len(rows), 3, 32, 32)
        down, right = torch.randint(0, 2 * SHIFT + 1, (2, len(rows)))
        for i in range(2 * SHIFT + 1):
            for j in range(2 * SHIFT + 1):
                chosen = (down == i) & (right == j)
                result[chosen] = padded[chosen, :, i : i + 32, j : j + 32]
        flipped = self.flipped_first[rows] ^ (epoch % 2 == 1)
        result[flipped] = result[flipped].flip(3)
        return result.contiguous(memory_format=LAYOUT)


def orthogonal(x: torch.Tensor) -> torch.Tensor:
    """A matrix with the same directions, all about equally long, by Newton-Schulz iterations."""
    a, b, c = NEWTON_SCHULZ
    x = x / (x.norm() + 1e-7)
    tall = len(x) > x.shape[1]
    x = x.T if tall else x
    for _ in range(NEWTON_SCHULZ_ITERATIONS):
        products = x @ x.T
        x = torch.addmm(x, torch.addmm(products, products, products, beta=b, alpha=c), x, beta=a)
    return x.T if tall else x


class Muon(torch.optim.Optimizer):
    """Nesterov's momentum, made orthogonal, on filters that are first scaled."""

    def __init__(self, filters: list[nn.Parameter], lr: float, momentum: float):
        super().__init__(filters, {"lr": lr})
        self.momentum = momentum

    @torch.no_grad()
    def step(self) -> None:
        for group in self.param_groups:
            for filters in group["params"]:
                self._step(filters, group["lr"])

    def _step(self, filters: torch.Tensor, rate: float) -> None:
        gradient = filters.grad
        state = self.state[filters]
        if not state:
            state["momentum"] = torch.zeros_like(gradient)
        momentum = state["momentum"].mul_(self.momentum).add_(gradient)
        direction = gradient.add_(momentum, alpha=self.momentum)
        filters.mul_(len(filters) ** 0.5 / filters.norm())
        update = orthogonal(direction.reshape(len(direction), -1)).view(direction.shape)
        filters.sub_(update, alpha=rate)


class Training:
    """A network, its pictures, and how it learns."""

    def __init__(self, width: int, train: Pictures, epochs: float):
        self.pictures = train
        self.network = FastCnn(width, train.x).to(memory_format=LAYOUT)
        # A training of a few epochs needs more steps.
        self.batch = SHORT_BATCH if epochs < SHORT_EPOCHS else BATCH
        self.steps = TrainingSteps(len(train), self.batch, epochs)
        self.augmentation = Augmentation(len(train))
        self.optimizers = [self._sgd(), self._muon()]
        self.groups = [group for each in self.optimizers for group in each.param_groups]
        self.peaks = [group["lr"] for group in self.groups]
        self.step = 0

    def _sgd(self) -> torch.optim.SGD:
        decay = WEIGHT_DECAY * self.batch
        whitening, *norms = self.network.biases()
        rates = [([whitening], BIAS_RATE), (norms, BIAS_RATE)]
        rates.append(([self.network.dense.weight], HEAD_RATE))
        groups = [{"params": p, "lr": rate, "weight_decay": decay / rate} for p, rate in rates]
        return torch.optim.SGD(groups, momentum=MOMENTUM, nesterov=True)

    def _muon(self) -> Muon:
        share = self.batch / MUON_BATCH
        return Muon(self.network.filters(), MUON_RATE * share**0.5, MUON_MOMENTUM**share)

    def epoch(self, epoch: int, steps: int) -> float:
        """So many steps on pictures in a new order; the mean loss."""
        self.network.train()
        self.network.whitening.bias.requires_grad = epoch < BIAS_EPOCHS
        order = torch.randperm(len(self.pictures))
        batches = order.split(self.batch)[:steps]
        losses = [self._step(rows, epoch) for rows in batches]
        return sum(losses) / len(losses)

    def _step(self, rows: torch.Tensor, epoch: int) -> float:
        x = self.augmentation.apply(self.pictures.x, rows, epoch)
        left = 1 - self.step / self.steps.total
        for group, peak in zip(self.groups, self.peaks, strict=True):
            group["lr"] = peak * left
        # The first group is the whitening's bias.
        bias_left = 1 - self.step / (BIAS_EPOCHS * (len(self.pictures) // self.batch))
        self.groups[0]["lr"] = self.peaks[0] * min(left, max(0.0, bias_left))
        loss = F.cross_entropy(
            self.network(x), self.pictures.y[rows], label_smoothing=LABEL_SMOOTHING, reduction="sum"
        )
        for optimizer in self.optimizers:
            optimizer.zero_grad()
        loss.backward()
        for optimizer in self.optimizers:
            optimizer.step()
        self.step += 1
        return loss.item() / len(rows)

    @torch.inference_mode()
    def accuracy(self, pictures: Pictures) -> float:
        """With the answers for shifted and mirrored copies averaged."""
        self.network.eval()
        parts = zip(pictures.x.split(ASKED_AT_ONCE), pictures.y.split(ASKED_AT_ONCE), strict=True)
        right = sum(int((self._scores(x).argmax(1) == y).sum()) for x, y in parts)
        return right / len(pictures)

    def _scores(self, x: torch.Tensor) -> torch.Tensor:
        padded = F.pad(x, (1,) * 4, mode="reflect")
        shifted = [padded[:, :, 0:32, 0:32], padded[:, :, 2:34, 2:34]]
        return 0.5 * self._mirrored(x) + 0.25 * sum(self._mirrored(each) for each in shifted)

    def _mirrored(self, x: torch.Tensor) -> torch.Tensor:
        x = x.contiguous(memory_format=LAYOUT)
        return 0.5 * self.network(x) + 0.5 * self.network(x.flip(3))


class Program:
    """Trains when asked."""

    def __init__(self, arguments: list[str]):
        width, count, held_out, epochs, *files = arguments
        self.width = int(width)
        self.epochs = float(epochs)
        *training, test = map(Path, files)
        pictures = Pictures.read(training)
        self.train = pictures.part(slice(int(count)))
        self.validation = pictures.part(slice(-int(held_out), None))
        self.test = Pictures.read([test])

    def answer(self, request: dict) -> dict:
        """Tells each epoch as it ends, and answers with how the training has ended."""
        torch.manual_seed(request["seed"])
        started = time.perf_counter()
        training = Training(self.width, self.train, self.epochs)
        seconds = time.perf_counter() - started
        for epoch, steps in enumerate(training.steps.of_epochs()):
            started = time.perf_counter()
            loss = training.epoch(epoch, steps)
            seconds += time.perf_counter() - started
            told = {"seconds": seconds, "loss": loss}
            told["validation"] = validation = training.accuracy(self.validation)
            json_lines.tell({"epoch": epoch + 1, **told})
        return {
            "seconds": seconds,
            "validation": validation,
            "test": training.accuracy(self.test),
            "test_pictures": len(self.test),
        }


if __name__ == "__main__":
    program = Program(sys.argv[1:])
    json_lines.serve(f"PyTorch {torch.__version__}", program.answer)
