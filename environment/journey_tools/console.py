"""What the commands print: plain lines, and on a terminal one line that is redrawn."""

import shutil
import sys
import threading
import time


def clock(seconds: float) -> str:
    """Seconds as 0:07 or 1:02:03."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def say(text: str) -> None:
    """Prints a line, at once."""
    print(text, flush=True)


class Status:
    """On a terminal, a line that says what is going on and for how long, and redraws itself."""

    def __init__(self, text: str):
        self._text = text
        self._started = time.monotonic()
        self._terminal = sys.stdout.isatty()
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._ticker = threading.Thread(target=self._tick, daemon=True)

    def __enter__(self) -> "Status":
        if self._terminal:
            self._ticker.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._terminal:
            self._over.set()
            self._ticker.join()
            print("\r\033[K", end="", flush=True)

    def update(self, text: str) -> None:
        """What is going on now."""
        self._text = text

    def line(self, text: str) -> None:
        """A line that stays, above the one that is redrawn."""
        with self._lock:
            say(("\r\033[K" if self._terminal else "") + text)

    def _tick(self) -> None:
        while True:
            with self._lock:
                width = shutil.get_terminal_size().columns - 1
                text = f"{clock(time.monotonic() - self._started)}  {self._text}"
                print("\r\033[K" + text[:width], end="", flush=True)
            if self._over.wait(0.5):
                return
