"""A reader who has seen enough stops the training, and goes on with what has been learned."""

import queue
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from conftest import NOTEBOOKS
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager

from journey_tools import notebooks, project, tool

TAG = "training"
SECONDS_PER_CELL = 300
SECONDS_OF_TRAINING = 5
SECONDS_TO_END = 15

# Whatever a cell returned, the kernel drops it and says that the cell was interrupted.
INTERRUPTED = "EvaluationInterruptedException"

NOTHING_AT_WORK = """
Thread.getAllStackTraces().forEach((thread, frames) -> {
  for (var frame : frames) {
    var name = frame.getClassName();
    var ours = name.startsWith("journey.") || name.startsWith("REPL.");
    if (ours && thread != Thread.currentThread()) {
      throw new IllegalStateException(thread + " is still at " + frame);
    }
  }
});
"""


@dataclass(frozen=True)
class Session:
    """A kernel of our own, at a budget that trains for long."""

    manager: KernelManager
    client: BlockingKernelClient

    def run_well(self, source: str) -> None:
        """Runs a cell to its end, which must be a good one."""
        reply = self.reply(self.client.execute(source), SECONDS_PER_CELL)
        assert reply["status"] == "ok", f"{source}\n\n{reply.get('ename')}: {reply.get('evalue')}"

    def run_well_within(self, seconds: float, source: str) -> None:
        """Runs a cell again and again until it ends well, for so many seconds at most."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.reply(self.client.execute(source), SECONDS_PER_CELL)["status"] == "ok":
                return
            time.sleep(0.25)
        self.run_well(source)

    def reply(self, message: str, seconds: float) -> dict[str, Any]:
        """The reply to a message; raises queue.Empty if there is none in so many seconds."""
        deadline = time.monotonic() + seconds
        while True:
            reply = self.client.get_shell_msg(timeout=max(0.0, deadline - time.monotonic()))
            if reply["parent_header"].get("msg_id") == message:
                return reply["content"]


@pytest.fixture
def session() -> Iterator[Session]:
    manager = KernelManager(kernel_name="java")
    variables = tool.child_environment(JOURNEY_BUDGET="full")
    log = project.LOGS / "kernel-test-interrupt.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        manager.start_kernel(
            cwd=str(project.NOTEBOOKS), env=variables, stdout=output, stderr=output
        )
        client = manager.blocking_client()
        client.start_channels()
        try:
            client.wait_for_ready(timeout=120)
            yield Session(manager, client)
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)
            manager.cleanup_resources()


def test_an_interrupted_training_ends_in_order(first: str, session: Session) -> None:
    cells = notebooks.read(NOTEBOOKS[first]).cells
    code = [cell for cell in cells if cell.cell_type == "code" and cell.source.strip()]
    tagged = [n for n, cell in enumerate(code) if TAG in cell.metadata.get("tags", [])]
    assert len(tagged) == 1, f"expected one cell with the tag '{TAG}', found {len(tagged)}"
    at = tagged[0]
    for cell in code[:at]:
        session.run_well(cell.source)

    training = session.client.execute(code[at].source)
    with pytest.raises(queue.Empty):  # It is still at work.
        session.reply(training, SECONDS_OF_TRAINING)
    session.manager.interrupt_kernel()
    reply = session.reply(training, SECONDS_TO_END)
    assert reply["status"] == "ok" or reply["ename"] == INTERRUPTED, reply

    # The kernel answers before the loop has drawn its last curve.
    session.run_well_within(SECONDS_TO_END, NOTHING_AT_WORK)
    session.run_well(code[at + 1].source)
