"""Notebook 01 on the other JDK, all on the other kernel."""

from __future__ import annotations

import json
from pathlib import Path

import other_jdk
import pytest
from clean_run import assert_clean
from conftest import Executor, data_here, run_name

from journey_tools import execution, kernels, log_noise, machine, maven, project
from journey_tools.jdk import Jdk


@pytest.fixture
def other_jdk_kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A kernel that runs on the JDK which is not the default; the name of its spec."""
    default = Jdk.found()
    jdk = other_jdk.find(default)
    if jdk is None:
        pytest.skip(f"there is no other JDK here than {default.feature}")
    spec = kernels.JJAVA.spec(jdk, machine.native_flavour(), maven.LIBRARY.class_path())
    name = f"java-{jdk.feature}"
    file = tmp_path / "kernels" / name / "kernel.json"
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps(spec), encoding="utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    return name


def test_it_runs_on_the_other_jdk(first: str, execute: Executor, other_jdk_kernel: str) -> None:
    assert_clean(execute(first, kernel=other_jdk_kernel))
    log = project.LOGS / f"kernel-{run_name(first, other_jdk_kernel, data_here())}.log"
    assert log_noise.noise_in(log.read_text(encoding="utf-8")) == []


def test_it_runs_on_ijava(stem: str, execute: Executor) -> None:
    if "ijava" not in execution.kernel_names():
        pytest.skip("IJava is not installed here; environment/setup --ijava installs it")
    assert_clean(execute(stem, kernel="ijava"))
