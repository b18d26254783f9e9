"""The kernel specs that Jupyter starts the Java kernels by."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from journey_tools import kernels, process_env, setup
from journey_tools.jdk import Jdk
from journey_tools.maven import Maven
from journey_tools.problem import Problem

JDK = Jdk(Path("/opt/jdk 17"), "17.0.15", 17)
CLASS_PATH = ["/a checkout/target/classes", "/jars/nd4j.jar"]


@pytest.mark.parametrize("kernel", [kernels.JJAVA, kernels.IJAVA], ids=lambda kernel: kernel.name)
class TestSpec:
    def test_it_starts_the_jvm_itself_in_words_that_keep_their_spaces(
        self, kernel: kernels.Kernel
    ) -> None:
        argv = kernel.spec(JDK, "-onednn-avx2", CLASS_PATH)["argv"]
        assert argv[0] == "/opt/jdk 17/bin/java"
        assert argv[-2:] == [kernel.main_class, "{connection_file}"]
        assert "-Dorg.bytedeco.javacpp.platform.extension=-onednn-avx2" in argv
        assert f"@{kernels.JVM_OPTIONS_FILE}" in argv

    def test_the_projects_jars_come_before_what_the_kernel_bundles(
        self, kernel: kernels.Kernel
    ) -> None:
        argv = kernel.spec(JDK, None, CLASS_PATH)["argv"]
        class_path = argv[argv.index("-cp") + 1]
        assert class_path.split(":") == [*CLASS_PATH, str(kernel.jar)]

    def test_it_sets_what_must_stand_before_the_jvm_starts(self, kernel: kernels.Kernel) -> None:
        env = kernel.spec(JDK, None, CLASS_PATH)["env"]
        assert process_env.variables().items() <= env.items()
        assert env[kernel.class_path_variable] == ":".join(CLASS_PATH)

    def test_it_is_interrupted_by_message(self, kernel: kernels.Kernel) -> None:
        assert kernel.spec(JDK, None, CLASS_PATH)["interrupt_mode"] == "message"


def test_without_a_flavour_there_is_no_extension() -> None:
    assert not [option for option in kernels.jvm_options(JDK, "") if "extension" in option]


def jar_of(file: Path, member: str) -> Path:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(member, b"")
    return file


IJAVA_CLASS = "io/github/spencerpark/ijava/IJava.class"


def test_ijava_is_taken_from_an_unpacked_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "java").mkdir()
    given = jar_of(tmp_path / "java" / "ijava-1.3.0.jar", IJAVA_CLASS)
    taken = kernels.Kernel(**{**vars(kernels.IJAVA), "jar": tmp_path / "build" / "ijava.jar"})
    monkeypatch.setattr(kernels, "IJAVA", taken)
    kernels.take_ijava(tmp_path)
    assert taken.jar.read_bytes() == given.read_bytes()


def test_what_is_not_ijava_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"ijava-1\.3\.0\.jar"):
        kernels.take_ijava(tmp_path)
    with pytest.raises(Problem, match="No IJava"):
        kernels.take_ijava(jar_of(tmp_path / "other.jar", "Other.class"))


@pytest.mark.parametrize(
    ("cuda", "profile"), [("auto", None), ("on", "-Pcuda"), ("off", "-P!cuda")]
)
def test_cuda_is_a_profile_of_maven(cuda: str, profile: str | None) -> None:
    command = Maven(JDK, "", cuda).command("compile")
    assert [word for word in command if word.startswith("-P")] == ([profile] if profile else [])
    assert "-Dnative.flavour=" in command
    assert command[-1] == "compile"


def test_platforms_without_flavours_leave_the_choice_to_the_pom() -> None:
    assert not [word for word in Maven(JDK, None, "auto").command() if "flavour" in word]


@pytest.mark.parametrize(("value", "choice"), [("1", "on"), ("0", "off")])
def test_the_variable_decides_on_cuda(
    value: str, choice: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOURNEY_CUDA", value)
    assert setup.cuda_choice() == choice


def test_a_strange_value_of_the_variable_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOURNEY_CUDA", "yes")
    with pytest.raises(Problem, match='JOURNEY_CUDA is "yes"; it must be 1 or 0'):
        setup.cuda_choice()
