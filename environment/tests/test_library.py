"""docs/library.md: what it tells a project of one's own to do works, to the letter."""

import os
import re
import shlex
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest

from journey_tools import maven, project, tool

_CLASS_PATH = "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Maven's local repository, in which only what is installed by a test is new."""
    jars = maven.LIBRARY.class_path().split(os.pathsep)
    jar = next(jar for jar in jars if "/org/nd4j/nd4j-native/" in jar)
    copy = tmp_path / "repository"
    copy.mkdir()
    for group in Path(jar.split("/org/nd4j/")[0]).iterdir():
        if group.name != "journey":
            (copy / group.name).symlink_to(group)
    return copy


def test_a_project_of_ones_own(tmp_path: Path, repository: Path) -> None:
    page = (project.HOME / "docs" / "library.md").read_text(encoding="utf-8")
    snippets = defaultdict(list)
    for language, text in re.findall(r"^```(\w+)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL):
        snippets[language].append(text)
    [pom], [program], [install, run] = (snippets[each] for each in ("xml", "java", "bash"))
    own = tmp_path / "a project"
    project.write(own / "pom.xml", pom)
    project.write(own / "src" / "main" / "java" / "Xor.java", program)
    _mvn(install, project.HOME, repository, *maven.settings())
    said = _mvn(run, own, repository)
    answers = [float(number) for number in re.findall(r"[\d.e-]+", said[said.index("[[") :])]
    assert [round(answer) for answer in answers] == [0, 1, 1, 0]

    _mvn(f"mvn -q {_CLASS_PATH} -Dmdep.outputFile=class-path", own, repository)
    theirs = (own / "class-path").read_text(encoding="utf-8").split(os.pathsep)
    without_spark = [option for option in maven.settings() if option != "-Pspark"]
    ours = f"mvn -q {_CLASS_PATH} -DincludeScope=runtime -Dmdep.outputFile={tmp_path}/ours"
    _mvn(ours, project.HOME, repository, *without_spark)
    expected = (tmp_path / "ours").read_text(encoding="utf-8").split(os.pathsep)
    assert _libraries(theirs) == _libraries(expected)


def _libraries(class_path: list[str]) -> set[str]:
    """The jars' names, whatever the flavour of ND4J's natives, and without what -Pcuda adds."""
    names = {re.sub("-onednn-avx.*", "", Path(jar).name) for jar in class_path}
    return {name for name in names if not name.startswith("journey-") and "cuda" not in name}


def _mvn(line: str, folder: Path, repository: Path, *options: str) -> str:
    """What a line prints that begins with mvn."""
    command = [*shlex.split(line), "-B", "-Dstyle.color=never", *maven._proxy_options(), *options]
    done = subprocess.run(
        [*command, f"-Dmaven.repo.local={repository}"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout
    return tool.plain(done.stdout)
