"""What there is to learn and to predict: the same pictures that journey.bench.Workload reads."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

FEATURES = 3072
CLASSES = 10


@dataclass(frozen=True)
class Workload:
    """Inputs, colour values from 0 to 1, and one-hot targets, a row per picture.

    The held-out ones are those to predict.
    """

    inputs: np.ndarray
    targets: np.ndarray
    held_out_inputs: np.ndarray
    held_out_targets: np.ndarray

    @staticmethod
    def read(files: list[Path], examples: int, predictions: int, dtype: type) -> Workload:
        """Reads files of CIFAR-10's records: the first ones to train on, the last to predict."""
        read = [np.fromfile(file, dtype=np.uint8) for file in files]
        records = np.concatenate(read).reshape(-1, 1 + FEATURES)
        return Workload(
            *_arrays(records[:examples], dtype), *_arrays(records[-predictions:], dtype)
        )


def _arrays(records: np.ndarray, dtype: type) -> tuple[np.ndarray, np.ndarray]:
    inputs = records[:, 1:].astype(dtype)
    inputs /= 255
    return inputs, np.eye(CLASSES, dtype=dtype)[records[:, 0]]
