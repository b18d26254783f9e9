"""Runs a tool such as pip or Maven, with its output in a log."""

import re
import signal
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from journey_tools import console, process_env, project
from journey_tools.problem import Problem

_TAIL_LINES = 25
_SECONDS_TO_END = 10
_ANSI = re.compile(r"\033\[[0-9;]*[A-Za-z]")


def tail(log: Path, lines: int = _TAIL_LINES) -> str:
    """The last lines of a log."""
    text = _ANSI.sub("", log.read_text(encoding="utf-8", errors="replace"))
    return "\n".join(text.rstrip().splitlines()[-lines:])


def run_logged(
    command: Sequence[str | Path],
    log_name: str,
    doing: str,
    progress: Callable[[str], str | None] = lambda line: None,
    **environment: str,
) -> None:
    """Runs a command in the checkout's folder, its output in build/logs/LOG_NAME.

    `progress` turns a line of output into what a terminal shows beside `doing`.

    Raises Problem with the end of the log if the command fails.
    """
    project.LOGS.mkdir(parents=True, exist_ok=True)
    log = project.LOGS / log_name
    console.say(f"{doing} ...")
    with console.Status(doing) as status, log.open("w", encoding="utf-8") as out:
        with subprocess.Popen(
            [str(part) for part in command],
            cwd=project.HOME,
            env=process_env.child_environment(**environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        ) as process:
            try:
                for line in process.stdout:
                    out.write(line)
                    shown = progress(line)
                    if shown:
                        status.update(f"{doing}: {shown}")
            except BaseException:
                _end(process)
                raise
    if process.returncode != 0:
        raise Problem(
            f"{doing} failed (exit status {process.returncode}). The end of its log:\n\n"
            f"{tail(log)}\n\nThe whole log: {project.relative(log)}"
        )


def _end(process: subprocess.Popen) -> None:
    """Ends a tool in order, and by force if it does not listen."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            process.kill()
