"""The pictures that whole epochs are measured on."""

from __future__ import annotations

import os
from pathlib import Path

from journey_tools import cifar10, project
from journey_tools.problem import Problem
from journey_tools.stamps import write_atomically

COUNT = 50_000
_FEATURES = 3_072
RANDOM = project.BENCH / "random-pictures.bin"


def find(home: Path = project.HOME) -> tuple[str, list[Path]]:
    """What the pictures are, and the files with their records; random ones without CIFAR-10.

    Raises Problem if JOURNEY_DATA names a folder without CIFAR-10.
    """
    data = cifar10.data(home)
    if data == cifar10.STAND_IN:
        return "random numbers instead of CIFAR-10", [_random()]
    files = [Path(data) / cifar10.FOLDER / f"data_batch_{i}.bin" for i in range(1, 6)]
    missing = [str(file) for file in files if not file.is_file()]
    if missing:
        raise Problem(
            f"{cifar10.VARIABLE} names {data}, but there is no {missing[0]}. Correct it, or unset"
            " it: then random numbers will do."
        )
    return "CIFAR-10", files


def _random() -> Path:
    """Records of the same form: a label byte from 0 to 9, and 3,072 colour bytes."""
    if not RANDOM.exists():
        records = (bytes([i % 10]) + os.urandom(_FEATURES) for i in range(COUNT))
        write_atomically(RANDOM, b"".join(records))
    return RANDOM
