"""The fast CNN of notebook 05 in PyTorch float32, with its recipe: the peer of journey.cnn.FastCnn.

Both follow the recipe known as airbench94 by Keller Jordan. Trains when asked, and tells after each
epoch how long it has trained and how good it is. The arguments are on how many pictures to train,
how many to validate with, for how many epochs, the files with the pictures to train on and, last,
the file with those to test with.
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

WIDTHS = (64, 256, 256)
WHITENED_SIDE = 2
WHITENED_PICTURES = 5_000
WHITENED_PATCH_STEP = 7
WHITENING_EPSILON = 5e-4
BIAS_EPOCHS = 3
SCORE_SCALE = 1 / 9

BATCH, SHORT_BATCH = 1024, 512
SHORT_EPOCHS = 9
LABEL_SMOOTHING = 0.2
MOMENTUM = 0.85
# How much a momentum without dampening multiplies steps, per 1,024 pictures whose losses are added.
KILO_STEP_SCALE = 1024 * (1 + 1 / (1 - MOMENTUM))
LEARNING_RATE = 11.5 / KILO_STEP_SCALE
WEIGHT_DECAY = 0.0153 / KILO_STEP_SCALE
NORM_RATE = 64
START, PEAK_AT, END = 0.2, 0.23, 0.07

AVERAGED_EVERY = 5
AVERAGING = 0.95**5

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

    def __init__(self, pictures: torch.Tensor):
        super().__init__()
        whitening = whitening_weights(pictures)
        channels = len(whitening)
        self.whitening = nn.Conv2d(3, channels, WHITENED_SIDE)
        self.whitening.weight.data = whitening
        self.whitening.weight.requires_grad = False
        sizes = zip((channels, *WIDTHS), WIDTHS, strict=False)
        self.groups = nn.Sequential(*(Group(*size) for size in sizes))
        self.dense = nn.Linear(WIDTHS[-1], 10, bias=False)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.groups(F.gelu(self.whitening(x)))
        return self.dense(F.max_pool2d(x, 3).flatten(1)) * SCORE_SCALE

    def norm_biases(self) -> list[nn.Parameter]:
        return [norm.bias for norm in self.modules() if isinstance(norm, Norm)]


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


class Average:
    """An average of the weights, from which the training goes on."""

    def __init__(self, network: nn.Module, total: int):
        self.total = total
        self.live = [v for v in network.state_dict().values() if v.dtype.is_floating_point]
        self.kept = [value.clone() for value in self.live]

    def take(self, step: int) -> None:
        if step % AVERAGED_EVERY == 0:
            decay = AVERAGING * (step / self.total) ** 3
            for kept, live in zip(self.kept, self.live, strict=True):
                kept.lerp_(live, 1 - decay)
                live.copy_(kept)

    def restore(self) -> None:
        for kept, live in zip(self.kept, self.live, strict=True):
            live.copy_(kept)


def schedule(progress: float) -> float:
    """The learning rate as a share of its peak."""
    if progress < PEAK_AT:
        return START + (1 - START) * progress / PEAK_AT
    return 1 + (END - 1) * (progress - PEAK_AT) / (1 - PEAK_AT)


class Training:
    """A network, its pictures, and how it learns."""

    def __init__(self, train: Pictures, epochs: float):
        self.pictures = train
        self.network = FastCnn(train.x).to(memory_format=LAYOUT)
        # A training of a few epochs needs more steps.
        self.batch = SHORT_BATCH if epochs < SHORT_EPOCHS else BATCH
        self.steps = TrainingSteps(len(train), self.batch, epochs)
        self.augmentation = Augmentation(len(train))
        self.average = Average(self.network, self.steps.total)
        self.optimizer = self._optimizer()
        self.peaks = [group["lr"] for group in self.optimizer.param_groups]
        self.step = 0

    def _optimizer(self) -> torch.optim.SGD:
        biases = self.network.norm_biases()
        known = {id(parameter) for parameter in biases}
        learning = [p for p in self.network.parameters() if p.requires_grad]
        others = [parameter for parameter in learning if id(parameter) not in known]
        decay = WEIGHT_DECAY * self.batch
        groups = [
            {"params": parameters, "lr": rate, "weight_decay": decay / rate}
            for parameters, rate in (
                (biases, LEARNING_RATE * NORM_RATE),
                (others, LEARNING_RATE),
            )
        ]
        return torch.optim.SGD(groups, momentum=MOMENTUM, nesterov=True)

    def epoch(self, epoch: int, steps: int) -> float:
        """So many steps on pictures in a new order; the mean loss.

        The network that the last one leaves has the average's weights.
        """
        self.network.train()
        self.network.whitening.bias.requires_grad = epoch < BIAS_EPOCHS
        order = torch.randperm(len(self.pictures))
        batches = order.split(self.batch)[:steps]
        losses = [self._step(rows, epoch) for rows in batches]
        if self.step == self.steps.total:
            self.average.restore()
        return sum(losses) / len(losses)

    def _step(self, rows: torch.Tensor, epoch: int) -> float:
        x = self.augmentation.apply(self.pictures.x, rows, epoch)
        for group, peak in zip(self.optimizer.param_groups, self.peaks, strict=True):
            group["lr"] = peak * schedule(self.step / self.steps.total)
        loss = F.cross_entropy(
            self.network(x), self.pictures.y[rows], label_smoothing=LABEL_SMOOTHING, reduction="sum"
        )
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        self.step += 1
        self.average.take(self.step)
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
        count, held_out, epochs, *files = arguments
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
        training = Training(self.train, self.epochs)
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
