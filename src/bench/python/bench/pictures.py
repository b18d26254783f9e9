"""The pictures that whole epochs are measured on."""

from __future__ import annotations

import os
from pathlib import Path

from bench import FOLDER
from journey_tools import project
from journey_tools.project import Problem

COUNT = 50_000
_FEATURES = 3_072
RANDOM = FOLDER / "random-pictures.bin"


def folder() -> Path:
    """Where CIFAR-10 lies if it is here: in JOURNEY_DATA, else where the library keeps it."""
    return Path(os.environ.get("JOURNEY_DATA") or project.HOME / "data") / "cifar-10-batches-bin"


def find() -> tuple[str, list[Path]]:
    """What the pictures are, and the files with their records; random ones without CIFAR-10.

    Raises Problem if JOURNEY_DATA names a folder without CIFAR-10.
    """
    named = os.environ.get("JOURNEY_DATA")
    if named == "stand-in" or not named and not folder().is_dir():
        return "random numbers instead of CIFAR-10", [_random()]
    files = [folder() / f"data_batch_{i}.bin" for i in range(1, 6)]
    missing = [str(file) for file in files if not file.is_file()]
    if missing:
        raise Problem(
            f"There is no {missing[0]}. Let JOURNEY_DATA name the folder that holds CIFAR-10, or"
            " be stand-in: then random numbers will do."
        )
    return "CIFAR-10", files


def _random() -> Path:
    """Records of the same form: a label byte from 0 to 9, and 3,072 colour bytes."""
    if not RANDOM.exists():
        records = (bytes([i % 10]) + os.urandom(_FEATURES) for i in range(COUNT))
        project.write(RANDOM, b"".join(records))
    return RANDOM
