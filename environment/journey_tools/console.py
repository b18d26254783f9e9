"""What the commands print: plain lines, and on a terminal one line that is redrawn."""

import shutil
import sys
import threading
import time
from types import TracebackType


def clock(seconds: float) -> str:
    """Seconds as 0:07 or 1:02:03."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def say(text: str) -> None:
    """Prints a line, at once."""
    print(text, flush=True)


class Status:
    """A line that says what is going on and for how long; on a terminal it redraws itself.

    Elsewhere (a file, a pipe) it prints only what `done` is told, a line each.
    """

    _INTERVAL = 0.5

    def __init__(self, text: str):
        self._text = text
        self._started = time.monotonic()
        self._terminal = sys.stdout.isatty()
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._ticker = threading.Thread(target=self._tick, daemon=True)

    def __enter__(self) -> "Status":
        if self._terminal:
            self._draw()
            self._ticker.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._terminal:
            self._over.set()
            self._ticker.join()
            self._erase()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._started

    def update(self, text: str) -> None:
        """What is going on now; shown on a terminal only."""
        self._text = text
        if self._terminal:
            self._draw()

    def line(self, text: str) -> None:
        """A line that stays, above the one that is redrawn."""
        with self._lock:
            if self._terminal:
                self._erase()
            say(text)

    def _tick(self) -> None:
        while not self._over.wait(self._INTERVAL):
            self._draw()

    def _draw(self) -> None:
        with self._lock:
            width = shutil.get_terminal_size().columns - 1
            text = f"{self._text}  {clock(self.seconds)}"
            print("\r\033[K" + text[:width], end="", flush=True)

    def _erase(self) -> None:
        print("\r\033[K", end="", flush=True)
