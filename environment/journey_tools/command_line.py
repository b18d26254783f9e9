"""What all commands do alike: end in order, with a message instead of a traceback."""

import os
import signal
import sys
from collections.abc import Callable

from journey_tools.problem import Problem

INTERRUPTED = 130


def guarded(command: Callable[[], int]) -> int:
    """Runs a command; its exit status, or that of the problem it met.

    Being asked to end (SIGTERM, a closed terminal) is treated as Ctrl-C is, so that what a command
    started ends with it.
    """
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        return command()
    except Problem as problem:
        print(f"\n{problem}", file=sys.stderr)
        return problem.status
    except KeyboardInterrupt:
        print("\nInterrupted. The next call goes on from here.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output (`| head`) has seen enough; nothing more is to be written to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return INTERRUPTED


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt
