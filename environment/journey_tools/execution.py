"""Executes a notebook in a real kernel by nbclient, and hands back what came of it."""

import asyncio
import atexit
import logging
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from nbformat import NotebookNode

from journey_tools import console, machine, outputs, project, tool
from journey_tools.project import Problem

_SECONDS_TO_START = 120
# How long a cell may take to end after an interrupt.
_SECONDS_TO_STOP = 15
# Half of it goes to the kernel's own way out, which ND4J's threads keep it from; then it is told by
# a signal, and after the other half it is killed.
_SECONDS_TO_SHUT_DOWN = 2.0
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True)
class Failure:
    """The cell at which a notebook stopped, and why; cell 0 if it was the kernel's doing."""

    cell: int
    source: str
    message: str


@dataclass(frozen=True)
class Execution:
    """An executed copy of a notebook; complete if there is no failure and nobody interrupted.

    `peak_memory` is the most that the kernel ever had in memory, in bytes, where that is known.
    """

    notebook: NotebookNode
    seconds: float
    failure: Failure | None = None
    interrupted: bool = False
    peak_memory: int | None = None

    @property
    def passed(self) -> bool:
        return self.failure is None and not self.interrupted


def execute(
    notebook: NotebookNode,
    *,
    name: str,
    budget: str,
    kernel: str = "java",
    folder: Path = project.NOTEBOOKS,
    timeout: int | None = None,
    environment: dict[str, str] | None = None,
    doing: Callable[[str], object] = lambda text: None,
    done: Callable[[str], object] = lambda text: None,
) -> Execution:
    """Executes a copy of a notebook from top to bottom, up to the first cell that fails.

    `name` names the log of what the kernel itself prints (build/logs/kernel-NAME.log), `folder` is
    the kernel's working directory, `timeout` the seconds a single cell may take, `environment` are
    more variables for the kernel. `doing` hears at which cell it is and what that prints, `done`
    which cell has ended well, and after how long.

    SIGINT, SIGTERM and SIGHUP interrupt the running cell and end the kernel in order; a second one
    kills it. Raises Problem if there is no such kernel.
    """
    names = kernel_names()
    if kernel not in names:
        hint = " environment/setup --ijava installs IJava." if kernel == "ijava" else ""
        raise Problem(f'There is no kernel "{kernel}"; there is: {", ".join(names)}.{hint}', 2)
    log = project.LOGS / f"kernel-{name.replace('/', '-')}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    run = _Run(nbformat.from_dict(notebook), kernel, log, timeout, doing, done)
    variables = tool.child_environment(JOURNEY_BUDGET=budget, **(environment or {}))
    started = time.monotonic()
    handlers = {number: signal.getsignal(number) for number in _SIGNALS}
    try:
        with log.open("wb") as out:
            work = run.to_the_end(cwd=str(folder), env=variables, stdout=out, stderr=out)
            failure = asyncio.run(work)
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
    outputs.coalesce(run.nb)
    seconds = time.monotonic() - started
    return Execution(run.nb, seconds, failure, run.interrupted, run.peak_memory)


def kernel_names() -> list[str]:
    """The names of the kernels that are there."""
    return sorted(KernelSpecManager().find_kernel_specs())


class _Run(NotebookClient):
    """One execution of one notebook."""

    def __init__(
        self,
        notebook: NotebookNode,
        kernel: str,
        kernel_log: Path,
        timeout: int | None,
        doing: Callable[[str], object],
        done: Callable[[str], object],
    ):
        quiet = logging.getLogger("journey.nbclient")
        quiet.disabled = True
        super().__init__(
            notebook,
            kernel_name=kernel,
            timeout=timeout,
            startup_timeout=_SECONDS_TO_START,
            record_timing=False,
            log=quiet,
            on_cell_execute=self._note_start,
            on_cell_executed=self._note_end,
        )
        self.interrupted = False
        self.peak_memory: int | None = None
        self._kernel_log = kernel_log
        self._doing, self._done = doing, done
        self._cell: NotebookNode | None = None
        self._busy = False
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        for cell in code:
            cell.outputs, cell.execution_count = [], None
        self._total = sum(bool(cell.source.strip()) for cell in code)

    async def to_the_end(self, **options: object) -> Failure | None:
        try:
            await self.async_execute(**options)
        except (Exception, asyncio.CancelledError) as error:
            if not self.interrupted:
                return self._failure(error)
        finally:
            atexit.unregister(self._cleanup_kernel)  # nbclient forgets it where no kernel starts.
        return None

    async def async_start_new_kernel(self, **options: object) -> None:
        # nbclient has just begun to listen to signals itself; from here on it is we who do.
        for number in _SIGNALS:
            asyncio.get_running_loop().add_signal_handler(number, self._interrupt)
        self.km.shutdown_wait_time = _SECONDS_TO_SHUT_DOWN
        await super().async_start_new_kernel(**options)

    def _interrupt(self) -> None:
        loop = asyncio.get_running_loop()
        if self._busy and not self.interrupted:
            loop.create_task(self.km.interrupt_kernel())
            loop.call_later(_SECONDS_TO_STOP, self._kill)
        else:
            self._kill()
        self.interrupted = True

    def _kill(self) -> None:
        if self.km is not None and self.km.has_kernel:
            asyncio.get_running_loop().create_task(self.km.signal_kernel(signal.SIGKILL))

    def _note_start(self, cell: NotebookNode, cell_index: int) -> None:
        if self.interrupted:
            raise asyncio.CancelledError
        self._cell, self._busy = cell, True
        self._started, self._printed = time.monotonic(), ""
        self._where = f"{self.code_cells_executed + 1}/{self._total}"
        self._first_line = cell.source.strip().splitlines()[0][:60]
        self._doing(f"{self._where}  {self._first_line}")

    def _note_end(self, cell: NotebookNode, cell_index: int, execute_reply: dict) -> None:
        self._busy = False
        self.peak_memory = machine.peak_memory(self.km.provisioner.pid)
        if execute_reply["content"]["status"] == "ok":
            taken = console.clock(time.monotonic() - self._started)
            self._done(f"{self._where:>7}  {taken}  {self._first_line}")

    def process_message(
        self, msg: dict, cell: NotebookNode, cell_index: int
    ) -> NotebookNode | None:
        if msg["msg_type"] == "stream":
            self._printed = outputs.settled((self._printed + msg["content"]["text"])[-2000:])
            lines = tool.plain(self._printed).split("\n")
            newest = next((line.strip() for line in reversed(lines) if line.strip()), "")
            self._doing(f"{self._where}  {newest}")
        return super().process_message(msg, cell, cell_index)

    def _failure(self, error: BaseException) -> Failure:
        if isinstance(error, CellExecutionError):
            # The error in the outputs: the kernels' replies lack its message.
            lines = [line for each in self._cell.outputs for line in each.get("traceback", [])]
            message = tool.plain("\n".join(lines)).strip() or str(error)
        elif isinstance(error, CellTimeoutError):
            message = f"The cell took longer than {self.timeout} seconds and was stopped."
        elif isinstance(error, RuntimeError):
            words = "The kernel died while it ran this cell." if self._busy else str(error)
            end = tool.tail(self._kernel_log)
            message = f"{words} The end of {project.relative(self._kernel_log)}:\n\n{end}"
        else:
            raise error
        source = self._cell.source if self._cell else ""
        return Failure(self.code_cells_executed, source, message)
