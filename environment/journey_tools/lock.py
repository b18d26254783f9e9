"""Lets one process at a time do what two at once would spoil."""

import contextlib
import fcntl
import functools
from collections.abc import Iterator
from pathlib import Path

from journey_tools import console


@contextlib.contextmanager
def held(file: Path, taken: str) -> Iterator[None]:
    """Holds the lock of a file; while another process has it, says so in these words and waits.

    The system gives it back however the process ends; the file stays.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w") as opened:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            console.say(f"{taken}; waiting for it ...")
            fcntl.flock(opened, fcntl.LOCK_EX)
        except OSError as problem:
            _warn(problem.strerror)
        yield


@functools.cache
def _warn(why: str) -> None:
    console.say(f"This is a file system without locks ({why}): run one command at a time.")
