"""environment/kernel puts the kernel where it is told to, and nowhere else."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import start_new_kernel

from journey_tools import command_line, launch, project


@pytest.fixture
def prefix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for kernels, which Jupyter looks into."""
    folder = tmp_path / "a prefix"
    monkeypatch.setenv("JUPYTER_PATH", str(folder / "share" / "jupyter"))
    return folder


def install(prefix: Path, *options: str) -> int:
    return command_line.main(["kernel", "--prefix", str(prefix), *options])


def spec(prefix: Path, name: str = "java") -> dict:
    file = prefix / "share" / "jupyter" / "kernels" / name / "kernel.json"
    return json.loads(file.read_text(encoding="utf-8"))


def test_it_is_installed_and_removed(prefix: Path, capsys: pytest.CaptureFixture) -> None:
    assert install(prefix) == 0
    folder = prefix / "share" / "jupyter" / "kernels" / "java"
    assert KernelSpecManager().find_kernel_specs()["java"] == str(folder)
    files = {file.name for file in folder.iterdir()}
    assert files >= {"kernel.json", "jvm.options", "launch.py", "jjava.jar"}
    assert spec(prefix)["display_name"] == "Java"
    assert "JOURNEY_BUDGET" not in spec(prefix)["env"]
    said = capsys.readouterr().out
    assert str(folder) in said
    assert str(project.NOTEBOOKS / "01_single_neuron.ipynb") in said

    assert install(prefix, "--budget", "smoke") == 0
    assert spec(prefix)["env"]["JOURNEY_BUDGET"] == "smoke"
    assert install(prefix, "--remove") == 0
    assert list(folder.parent.iterdir()) == []
    assert install(prefix, "--remove") == 1
    assert "There is no kernel to remove" in capsys.readouterr().err


def test_another_name_shows(prefix: Path, capsys: pytest.CaptureFixture) -> None:
    assert install(prefix, "--name", "java-course") == 0
    assert spec(prefix, "java-course")["display_name"] == "Java (java-course)"
    assert "choose the kernel Java (java-course)" in capsys.readouterr().out
    with pytest.raises(SystemExit, match="2"):
        install(prefix, "--name", "a/b")


def test_somebody_elses_kernel_stays(prefix: Path, capsys: pytest.CaptureFixture) -> None:
    file = prefix / "share" / "jupyter" / "kernels" / "java" / "kernel.json"
    file.parent.mkdir(parents=True)
    file.write_text('{"argv": ["java"]}', encoding="utf-8")
    for options in ([], ["--remove"]):
        assert install(prefix, *options) == 1
        assert "is somebody else's kernel, and stays" in capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == '{"argv": ["java"]}'


def test_a_place_that_cannot_be_written_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    (tmp_path / "file").touch()
    assert install(tmp_path / "file") == 1
    assert f"{tmp_path / 'file'}" in capsys.readouterr().err


def test_the_active_python_is_meant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    active = tmp_path / "active"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", active], check=True)
    monkeypatch.setenv("PATH", str(active / "bin"), prepend=":")
    subprocess.run([project.ENVIRONMENT / "kernel", "--sys-prefix"], check=True)
    assert spec(active)["language"] == "java"


def test_for_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path))
    assert command_line.main(["kernel", "--user"]) == 0
    assert (tmp_path / "kernels" / "java" / "kernel.json").is_file()


@pytest.mark.parametrize(
    ("file", "found", "changed", "complaint"),
    [
        ("kernel.json", str(project.TARGET), "/nonexistent", "/nonexistent/classes is gone"),
        ("jvm.options", "extension=.*", "extension=-onednn-avx999", "AVX999, which this one lacks"),
    ],
)
def test_one_that_cannot_start_says_why(
    prefix: Path, tmp_path: Path, file: str, found: str, changed: str, complaint: str
) -> None:
    assert install(prefix) == 0
    part = prefix / "share" / "jupyter" / "kernels" / "java" / file
    part.write_text(re.sub(found, changed, part.read_text()))
    with (tmp_path / "log").open("wb") as log:
        manager, client = start_new_kernel(kernel_name="java", stdout=log, stderr=log)
        try:
            reply = client.execute("int x = 1;", reply=True, timeout=30)
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)
    assert reply["content"]["status"] == "error"
    for where in (reply["content"]["evalue"], (tmp_path / "log").read_text()):
        assert complaint in where
        assert "environment/kernel" in where


def test_java_is_told_where_home_is_only_if_it_cannot_find_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = {"HOME": str(tmp_path)}
    assert launch.home_options(home) == []
    monkeypatch.setattr(launch.os, "getuid", lambda: 2**31 - 1)  # Nobody is listed with it.
    assert launch.home_options(home) == [f"-Duser.home={tmp_path}"]
