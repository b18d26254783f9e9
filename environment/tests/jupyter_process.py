"""A Jupyter server on a free port, with folders of its own."""

import contextlib
import json
import secrets
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

START_SECONDS = 120
SECONDS_TO_END = 30

# All cells are in the page at once, so that each can be looked at; no question about news.
SETTINGS = {
    "@jupyterlab/notebook-extension/tracker": {"windowingMode": "none"},
    "@jupyterlab/apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}


@dataclass(frozen=True)
class Server:
    """A running server."""

    address: str
    token: str
    scratch: Path

    def page(self, path: str) -> str:
        """The address of a page."""
        return f"{self.address}/{path}?token={self.token}"

    def ask(self, resource: str) -> Any:
        """What its API says of a resource."""
        return json.loads(self._get(resource))

    def kernels(self) -> list[dict[str, Any]]:
        """The running kernels: their names, execution states and numbers of connections."""
        try:
            return self.ask("kernels")
        except urllib.error.HTTPError:
            return []  # So the server answers at times while it starts one.

    def transports(self) -> set[str]:
        """How it speaks to its kernels."""
        files = self.scratch.glob("runtime/kernel-*.json")
        return {json.loads(file.read_text(encoding="utf-8"))["transport"] for file in files}

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
def running(
    command: list[str | Path],
    scratch: Path,
    environment: dict[str, str],
    folder: Path | None = None,
) -> Iterator[Server]:
    """Starts a server by a command that lacks its port; ends it, with its kernels, afterwards.

    `scratch` is for the files of its own; it starts in `folder` if one is given.
    """
    port = _free_port()
    server = Server(f"http://localhost:{port}", secrets.token_hex(16), scratch)
    own = ["--no-browser", f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
    log = scratch / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, *own],
            env={**environment, **_own_folders(scratch), "JUPYTER_TOKEN": server.token},
            cwd=folder,
            stdout=output,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )
        try:
            _wait_until_up(server, process, log)
            yield server
        finally:
            _end(process)


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


def _wait_until_up(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if server.is_up():
            return
        time.sleep(0.2)
    raise RuntimeError(f"Jupyter did not start:\n{log.read_text(errors='replace')}")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
