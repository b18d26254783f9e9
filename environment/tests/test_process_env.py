"""The variables that must stand before a JVM starts have one place."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from journey_tools import process_env, project


def test_lines_are_read_and_remarks_are_not(tmp_path: Path) -> None:
    file = tmp_path / "process.env"
    file.write_text("# a remark\n\nA=1\nB=two=2\n", encoding="utf-8")
    assert process_env.variables(file) == {"A": "1", "B": "two=2"}


def test_the_shell_reads_the_same() -> None:
    common = project.ENVIRONMENT / "lib" / "common.sh"
    script = f'. "{common}"; journey_export_process_environment; env'
    env = {"PATH": "/usr/bin:/bin"}
    shown = subprocess.run(["bash", "-euc", script], env=env, capture_output=True, text=True)
    lines = dict(line.split("=", 1) for line in shown.stdout.splitlines() if "=" in line)
    assert process_env.variables()
    assert process_env.variables().items() <= lines.items()


def test_no_other_file_sets_them() -> None:
    setting = f"{next(iter(process_env.variables()))}=".encode()
    files = [file for file in project.ENVIRONMENT.rglob("*") if file.is_file()]
    files.remove(project.BENCH_REPORT)  # It tells what was set.
    assert [file.name for file in files if setting in file.read_bytes()] == ["process.env"]


def test_children_do_not_inherit_what_leads_pip_astray(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    monkeypatch.setenv("PIP_USER", "1")
    environment = process_env.child_environment(EXTRA="x")
    assert "PYTHONPATH" not in environment
    assert "PIP_USER" not in environment
    assert environment["EXTRA"] == "x"
