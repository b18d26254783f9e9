"""Runs a tool such as Maven: its environment, its log, its end."""

import contextlib
import os
import re
import signal
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from journey_tools import console, launch, project
from journey_tools.project import Problem

_TAIL_LINES = 25
_SECONDS_TO_END = 30
_ANSI = re.compile(r"\033\[[0-9;]*[A-Za-z]")


def variables_of(file: str) -> dict[str, str]:
    """What a file of environment/ sets, by name."""
    text = (project.ENVIRONMENT / file).read_text(encoding="utf-8")
    return dict(re.findall(r"^(\w+)=(.*)$", text, re.MULTILINE))


def jvm_variables() -> dict[str, str]:
    """The variables that must stand before a JVM starts, by name."""
    return variables_of("process.env")


def child_environment(**more: str) -> dict[str, str]:
    """The environment of a tool or a JVM: ours, those variables, and what is given here."""
    variables = {**os.environ, **jvm_variables(), **more}
    options = launch.home_options(variables)
    if options:
        own = [f'"{option}"' for option in options]
        variables["JDK_JAVA_OPTIONS"] = " ".join([*own, os.environ.get("JDK_JAVA_OPTIONS", "")])
    return variables


def plain(text: str) -> str:
    """A text without the colours of a terminal."""
    return _ANSI.sub("", text)


def tail(log: Path) -> str:
    """The last lines of a log."""
    text = plain(log.read_text(encoding="utf-8", errors="replace"))
    return "\n".join(text.rstrip().splitlines()[-_TAIL_LINES:])


def run_logged(
    command: Sequence[str | Path], log_name: str, doing: str, **environment: str
) -> None:
    """Runs a command in the checkout's folder, its output in build/logs/LOG_NAME.

    A terminal shows its newest line. Raises Problem with the end of the log if it fails.
    """
    project.LOGS.mkdir(parents=True, exist_ok=True)
    log = project.LOGS / log_name
    console.say(f"{doing} ...")
    with console.Status(doing) as status, log.open("w", encoding="utf-8") as out:
        with _running(command, environment, stdout=subprocess.PIPE) as process:
            for line in process.stdout:
                out.write(line)
                status.update(f"{doing}: {plain(line).strip()}")
    if process.returncode != 0:
        raise Problem(
            f"{doing} failed (exit status {process.returncode}). The end of its log:\n\n"
            f"{tail(log)}\n\nThe whole log: {project.relative(log)}"
        )


def run_in_sight(command: Sequence[str | Path], **environment: str) -> int:
    """Runs a command in the checkout's folder, its output in the reader's sight; its status."""
    with _running(command, environment) as process:
        return process.wait()


@contextlib.contextmanager
def _running(
    command: Sequence[str | Path], environment: dict[str, str], stdout: int | None = None
) -> Iterator[subprocess.Popen]:
    """A tool that ends when we are to end, by force if it does not listen."""
    with subprocess.Popen(
        [str(part) for part in command],
        cwd=project.HOME,
        env=child_environment(**environment),
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=stdout and subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,  # Of a Ctrl-C the tool hears from us alone, and once.
    ) as process:
        try:
            yield process
        except BaseException:
            os.killpg(process.pid, signal.SIGINT)
            try:
                process.wait(_SECONDS_TO_END)
            except BaseException:  # It does not listen, or the reader is out of patience.
                os.killpg(process.pid, signal.SIGKILL)
            raise
