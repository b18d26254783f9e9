"""JupyterLab for a test: on a free port, in a folder of its own, with settings of its own."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

START_SECONDS = 120

# All cells are in the page at once, so that each can be looked at; no question about news.
SETTINGS = {
    "@jupyterlab/notebook-extension/tracker": {"windowingMode": "none"},
    "@jupyterlab/apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab."""

    address: str
    token: str

    def page(self, notebook: str) -> str:
        """Where a notebook opens."""
        return f"{self.address}/lab/tree/{notebook}?token={self.token}"

    def kernels(self) -> list[dict[str, Any]]:
        """The running kernels: their names, execution states and numbers of connections."""
        return json.loads(self._get("kernels"))

    def is_up(self) -> bool:
        """Whether the server answers."""
        try:
            return bool(self._get(""))
        except (urllib.error.URLError, ConnectionError):
            return False

    def _get(self, resource: str) -> bytes:
        url = f"{self.address}/api/{resource}?token={self.token}"
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.read()


@contextlib.contextmanager
def running(folder: Path, scratch: Path, environment: dict[str, str]) -> Iterator[Lab]:
    """Starts JupyterLab at `folder` and ends it, with its kernels, afterwards."""
    lab = Lab(f"http://127.0.0.1:{_free_port()}", secrets.token_hex(16))
    log = scratch / "jupyterlab.log"
    variables = {**os.environ, **environment, **_own_folders(scratch), "JUPYTER_TOKEN": lab.token}
    with log.open("wb") as output:
        server = subprocess.Popen(
            _command(folder, lab),
            env=variables,
            stdout=output,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )
        try:
            _wait_until_up(lab, server, log)
            yield lab
        finally:
            _end(server)


def _command(folder: Path, lab: Lab) -> list[str]:
    port = lab.address.rpartition(":")[2]
    root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1"),
        *(f"--port={port}", "--ServerApp.port_retries=0", f"--ServerApp.root_dir={folder}", *root),
    ]


def _own_folders(scratch: Path) -> dict[str, str]:
    settings = scratch / "settings"
    for plugin, values in SETTINGS.items():
        file = settings / f"{plugin}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(values))
    return {
        "JUPYTERLAB_SETTINGS_DIR": str(settings),
        "JUPYTERLAB_WORKSPACES_DIR": str(scratch / "workspaces"),
        "JUPYTER_RUNTIME_DIR": str(scratch / "runtime"),
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_until_up(lab: Lab, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        if lab.is_up():
            return
        time.sleep(0.2)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text(errors='replace')}")


def _end(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGTERM)
    try:
        server.wait(30)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
