"""A program that trains on request, so that no start of one is timed."""

from __future__ import annotations

import contextlib
import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from bench import conditions
from journey_tools import project, tool
from journey_tools.project import Problem

_SECONDS_TO_END = 10


def environment(tuned: bool) -> dict[str, str]:
    environment = tool.child_environment(**conditions.thread_variables())
    untuned = () if tuned else tool.jvm_variables()
    return {name: value for name, value in environment.items() if name not in untuned}


class Server:
    """A running program that answers a line of JSON with a line of JSON.

    Its first line, without being asked, says in "engine" what it computes with.
    """

    def __init__(self, name: str, command: Sequence[str | Path], tuned: bool = True):
        """Starts the program; `tuned`: with the variables of environment/process.env."""
        self.name = name
        self._log = project.LOGS / f"bench-{name}.log"
        project.LOGS.mkdir(parents=True, exist_ok=True)
        with self._log.open("w", encoding="utf-8") as log:
            self._process = subprocess.Popen(
                [str(part) for part in command],
                cwd=project.HOME,
                env=environment(tuned),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                encoding="utf-8",
            )

    def __enter__(self) -> Server:
        try:
            self.engine = self.told()["engine"]
        except BaseException:
            self._end(in_order=False)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end(in_order=error is None)

    def _end(self, in_order: bool) -> None:
        # Closing writes what is left; a program that has ended takes no more.
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.close()
        if not in_order:
            self._process.terminate()
        try:
            self._process.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()

    def ask(self, task: str, **details: object) -> dict:
        """The answer to a request; raises Problem with the end of the log if there is none."""
        # A program that has ended gives no answer, which is told with its log.
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(json.dumps({"task": task, **details}) + "\n")
            self._process.stdin.flush()
        return self.told()

    def told(self) -> dict:
        """The next line, for a program that tells more than one to a request."""
        line = self._process.stdout.readline()
        if not line:
            raise Problem(
                f"The program {self.name} has ended unasked. The end of its log:\n\n"
                f"{tool.tail(self._log)}\n\nThe whole log: {project.relative(self._log)}"
            )
        return json.loads(line)
