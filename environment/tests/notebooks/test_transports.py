"""The kernels answer over every transport that a Jupyter may choose, and nothing of them stays."""

import base64
import os
import queue
import signal
import struct
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager

from journey_tools import execution, outputs

SECONDS = 60
SIDE = 1500
PICTURE = f"""
var noise = new java.util.Random(1);
var picture = new java.awt.image.BufferedImage({SIDE}, {SIDE}, 1);
for (int i = 0; i < {SIDE * SIDE}; i++) {{
  picture.setRGB(i % {SIDE}, i / {SIDE}, noise.nextInt());
}}
picture"""
ANSWER = "x"
FOR_EVER = "for (;;) { Thread.sleep(10); }"


class Kernel:
    """A kernel, and one client of it."""

    def __init__(self, name: str, transport: str, folder: Path):
        ip = str(folder / "kernel") if transport == "ipc" else "127.0.0.1"
        self.manager = KernelManager(
            kernel_name=name,
            transport=transport,
            ip=ip,
            connection_file=str(folder / "kernel.json"),
        )
        self.log = (folder / "kernel.log").open("wb")
        self.manager.start_kernel(stdout=self.log, stderr=self.log)
        self.client = self._connect()

    def restart(self, now: bool) -> None:
        self.client.stop_channels()
        self.manager.restart_kernel(now=now)
        self.client = self._connect()

    def _connect(self) -> BlockingKernelClient:
        client = self.manager.blocking_client()
        client.start_channels()
        client.wait_for_ready(timeout=SECONDS)
        return client

    def run(self, code: str) -> tuple[str, list[dict]]:
        """Executes a cell: the status of the reply, and the contents of what it put out."""
        shown = []
        reply = self.client.execute_interactive(
            code,
            timeout=SECONDS,
            allow_stdin=True,
            output_hook=lambda message: shown.append(message["content"]),
            stdin_hook=lambda question: self.client.input(ANSWER),
        )
        return reply["content"]["status"], shown

    def value(self, code: str) -> str:
        status, shown = self.run(code)
        assert status == "ok", shown
        return next(content["data"]["text/plain"] for content in shown if "data" in content)

    def end(self) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)
        self.log.close()


def over(*kernels: str) -> pytest.MarkDecorator:
    """A test of these kernels, each over its transport."""
    return pytest.mark.parametrize("kernel", kernels, indirect=True)


@pytest.fixture
def kernel(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Kernel]:
    name, transport = request.param.split()
    if name not in execution.kernel_names():
        pytest.skip("IJava is not installed here; environment/setup --ijava installs it")
    kernel = Kernel(name, transport, tmp_path)
    try:
        yield kernel
    finally:
        kernel.end()
    assert left_behind(tmp_path) == []


def left_behind(folder: Path) -> list[str]:
    """What still runs for the kernels with a connection file in this folder."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        lines = [process.info["cmdline"] or [] for process in psutil.process_iter(["cmdline"])]
        left = [" ".join(line) for line in lines if any(str(folder) in part for part in line)]
        if not left:
            return [file.name for file in folder.glob("kernel-tcp-*")]
        time.sleep(0.1)
    return left


@over("java tcp", "java ipc", "ijava tcp", "ijava ipc")
def test_it_answers(kernel: Kernel) -> None:
    assert kernel.value("6 * 7") == "42"
    status, shown = kernel.run('throw new IllegalStateException("no")')
    assert status == "error"
    assert "IllegalStateException" in str(shown)

    assert kernel.value("System.in.read()") == str(ord(ANSWER))

    _, shown = kernel.run(PICTURE)
    pictures = [
        content["data"]["image/png"] for content in shown if "image/png" in content.get("data", {})
    ]
    assert size(base64.b64decode(outputs.whole(pictures[0]))) == (SIDE, SIDE)


def size(png: bytes) -> tuple[int, int]:
    """Width and height, after a look at the check sum of every chunk."""
    at = 8
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        (expected,) = struct.unpack_from(">I", png, at + 8 + length)
        assert zlib.crc32(png[at + 4 : at + 8 + length]) == expected
        at += 12 + length
    return struct.unpack_from(">II", png, 16)


# Each kernel and each transport once: to restart a kernel four times takes a quarter of a minute.
@over("java tcp", "ijava ipc")
def test_it_is_interrupted_restarted_and_killed(kernel: Kernel, tmp_path: Path) -> None:
    kernel.run("int before = 1;")
    endless = kernel.client.execute(FOR_EVER)
    with pytest.raises(queue.Empty):
        kernel.client.get_shell_msg(timeout=1)
    kernel.manager.interrupt_kernel()
    reply = kernel.client.get_shell_msg(timeout=SECONDS)
    assert reply["parent_header"]["msg_id"] == endless
    assert reply["content"]["status"] == "error"
    assert kernel.value("before") == "1"

    for now in (False, True):
        kernel.restart(now=now)
        assert kernel.run("before")[0] == "error"
        assert kernel.value("6 * 7") == "42"

    os.kill(kernel.manager.provisioner.pid, signal.SIGKILL)
    deadline = time.monotonic() + SECONDS
    while kernel.manager.is_alive() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert left_behind(tmp_path) == []
    kernel.restart(now=True)
    assert kernel.value("6 * 7") == "42"
