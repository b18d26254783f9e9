"""Lets one set-up at a time work on a checkout."""

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path

from journey_tools import console


@contextlib.contextmanager
def held(file: Path) -> Iterator[None]:
    """Holds the lock, after waiting for whoever holds it now; the system frees it if we die."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            console.say("Another set-up of this checkout is at work; waiting for it ...")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
