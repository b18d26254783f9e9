"""environment/lab: the notebooks it opens, and what of its command line goes to JupyterLab."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from samples import of_cells

from journey_tools import lab, notebooks, project


def test_options_of_jupyterlab_outdo_ours(tmp_path: Path) -> None:
    (tmp_path / "mine" / "a folder").mkdir(parents=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--ip=127.0.0.1", f"--port={port}", "--notebook-dir=mine", "--no-browser"]
    log = tmp_path / "log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, project.ENVIRONMENT, "lab", *options],
            env={**os.environ, "JUPYTER_TOKEN": "token", "JUPYTER_RUNTIME_DIR": str(tmp_path)},
            cwd=tmp_path,
            stdout=out,
            stderr=out,
        )
    try:
        address = f"http://127.0.0.1:{port}"
        while f"{address}/lab" not in log.read_text():
            assert process.poll() is None, log.read_text()
            time.sleep(0.2)

        def answer(resource: str) -> dict:
            url = f"{address}/api/{resource}?token=token"
            with urllib.request.urlopen(url, timeout=60) as reply:
                return json.load(reply)

        assert [each["name"] for each in answer("contents")["content"]] == ["a folder"]
        assert answer("kernelspecs")["default"] == "java"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def test_a_reader_without_the_checkout_gets_copies(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(project, "WORK", checkout)
    first, second = (checkout / "notebooks" / name for name in ("01.ipynb", "excursions/x.ipynb"))
    for file in (first, second):
        notebooks.write(of_cells("1"), file)
    assert lab.notebooks_to_open() == checkout / "notebooks"

    monkeypatch.setattr(project, "WORK", checkout / "a reader's")
    folder = lab.notebooks_to_open()
    assert folder == checkout / "a reader's" / "notebooks"
    copy = folder / "01.ipynb"
    assert copy.read_bytes() == first.read_bytes()
    copy.write_text("changed by the reader", encoding="utf-8")
    (folder / "excursions" / "x.ipynb").unlink()
    lab.notebooks_to_open()
    assert copy.read_text(encoding="utf-8") == "changed by the reader"
    assert (folder / "excursions" / "x.ipynb").read_bytes() == second.read_bytes()
