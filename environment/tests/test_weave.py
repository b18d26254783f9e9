"""The tool that puts Java sources into notebook cells."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from journey_tools import java_source, notebooks, weave

SOURCE = """package journey.nn;

import static java.lang.Math.exp;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A neuron. Unlike a {@link Layer} it has one output.
 *
 * <p>import this; is no import.
 */
public final class Neuron {

  private final String text = "Tanh // no comment";

  double sigmoid(double z) {
    return Sigmoid.of(z); // not Relu
  }
}
"""

BODY = SOURCE[SOURCE.index("/**") :].rstrip("\n")
NEURON = "src/main/java/journey/nn/Neuron.java"
IMPORTS = [
    "import static java.lang.Math.*;\n",
    "import java.util.List;\n",
    "import org.nd4j.linalg.api.ndarray.*;\n",
    "import journey.nn.Sigmoid;",
]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    package = tmp_path / "a project" / "src/main/java/journey/nn"
    package.mkdir(parents=True)
    (package / "Neuron.java").write_text(SOURCE)
    for neighbour in ("Layer", "Relu", "Sigmoid", "Tanh"):
        (package / f"{neighbour}.java").write_text(
            f"package journey.nn;\n\nclass {neighbour} {{}}\n"
        )
    return tmp_path / "a project"


def code(text: list[str] | str, **metadata: object) -> dict[str, object]:
    return {
        "cell_type": "code",
        "execution_count": 3,
        "metadata": metadata,
        "outputs": [{"name": "stdout", "output_type": "stream", "text": ["héllo ∑\n"]}],
        "source": text,
    }


def save(project: Path, *cells: dict[str, object], **layout: object) -> Path:
    file = project / "01.ipynb"
    layout = {"indent": 1, "ensure_ascii": False, **layout}
    notebook = {"cells": list(cells), "metadata": {"z": 1, "a": 2}, "nbformat": 4}
    file.write_text(json.dumps(notebook, **layout) + "\n", encoding="utf-8")  # type: ignore[arg-type]
    return file


def test_a_source_loses_its_package_line_and_imports_and_nothing_else() -> None:
    source = java_source.parse(SOURCE)
    assert source.body == BODY
    assert source.package == "journey.nn"
    assert [str(each) for each in source.imports] == [
        "import static java.lang.Math.exp;",
        "import java.util.List;",
        "import org.nd4j.linalg.api.ndarray.INDArray;",
    ]


def test_a_comment_at_the_head_of_the_file_stays() -> None:
    text = "// first\n\npackage a;\n\n/* two\n\n   lines */\nimport b.C;\n\nrecord D() {}\n\n"
    assert java_source.parse(text).body == "// first\n/* two\n\n   lines */\nrecord D() {}"


def test_a_stale_cell_gets_the_text_of_its_file(project: Path) -> None:
    file = save(project, code(["class Old {}"], source=NEURON))
    assert weave.check(file, project)
    assert weave.weave(file, project) == [NEURON]
    cell = json.loads(file.read_text())["cells"][0]
    assert "".join(cell["source"]) == BODY
    assert cell["execution_count"] == 3
    assert cell["outputs"]
    assert weave.check(file, project) == []


@pytest.mark.parametrize("indent", [1, 2, None])
@pytest.mark.parametrize("ensure_ascii", [True, False])
def test_everything_but_the_cells_source_keeps_its_bytes(
    project: Path, indent: int | None, ensure_ascii: bool
) -> None:
    layout = {"indent": indent, "ensure_ascii": ensure_ascii}
    other = code(["int x = 1;"])
    wanted = save(project, other, code(BODY, source=NEURON), **layout).read_bytes()
    file = save(project, other, code("class Old {}", source=NEURON), **layout)
    weave.weave(file, project)
    assert file.read_bytes() == wanted


def test_a_current_notebook_is_not_written(project: Path) -> None:
    file = save(project, code(BODY, source=NEURON))
    file.chmod(0o444)
    before = file.stat().st_mtime_ns
    assert weave.weave(file, project) == []
    assert file.stat().st_mtime_ns == before


def test_the_difference_names_the_cell_and_the_file(project: Path) -> None:
    stale = BODY.replace("not Relu", "changed in the notebook")
    [difference] = weave.check(save(project, code("int x;"), code(stale, source=NEURON)), project)
    assert "--- 01.ipynb, cell 1" in difference
    assert f"+++ {NEURON}" in difference
    assert "-    return Sigmoid.of(z); // changed in the notebook" in difference
    assert "+    return Sigmoid.of(z); // not Relu" in difference


@pytest.mark.parametrize(
    ("path", "complaint"),
    [
        ("src/main/java/journey/nn/Missing.java", "no such file"),
        ("src/main/java/../../test/java/A.java", "outside src/main/java"),
        ("/etc/A.java", "outside src/main/java"),
        ("src/main/java/journey/nn", "takes a .java file"),
        (17, "takes a .java file"),
    ],
)
def test_a_wrong_source_is_an_error_that_says_where(
    project: Path, path: object, complaint: str
) -> None:
    file = save(project, code("", source=path))
    with pytest.raises(weave.WeaveError, match=f"01.ipynb, cell 0.*{complaint}"):
        weave.weave(file, project)


def test_only_a_code_cell_can_show_a_source(project: Path) -> None:
    file = save(project, {"cell_type": "markdown", "metadata": {"source": NEURON}, "source": ""})
    with pytest.raises(weave.WeaveError, match="only a code cell"):
        weave.check(file, project)


def test_the_command_answers_with_its_exit_status(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = code("", source="src/main/java/journey/Nothing.java")
    stale = code("class Old {}", source="src/main/java/journey/engine/Budget.java")
    assert weave.main(["--check", str(save(project, missing))]) == 2
    assert "journey/Nothing.java" in capsys.readouterr().err
    assert weave.main(["--check", str(project / "absent.ipynb")]) == 2
    file = save(project, stale)
    assert weave.main(["--check", str(file)]) == 1
    assert "+++ src/main/java/journey/engine/Budget.java" in capsys.readouterr().out
    assert weave.main([str(file)]) == 0
    assert weave.main(["--check", str(file)]) == 0


def test_a_saved_notebook_still_says_what_its_cells_show() -> None:
    cell = {**code(BODY, source=NEURON, execution={"at": "noon"}), "id": "a1"}
    saved = notebooks.normalised({"cells": [cell], "metadata": {}, "nbformat": 4})
    assert saved.cells[0].metadata == {"source": NEURON}


def imports_missing(project: Path, *cells: dict[str, object]) -> list[str]:
    notebook = weave.read_notebook(save(project, *cells))
    return weave.missing_imports(notebook, "01.ipynb", project)


def test_imports_in_the_first_cells_cover_what_a_woven_class_needs(project: Path) -> None:
    first, second = code(IMPORTS[:2]), code(IMPORTS[2:])
    assert imports_missing(project, first, second, code(BODY, source=NEURON)) == []


@pytest.mark.parametrize(
    ("left_out", "needed"),
    [
        (0, "import static java.lang.Math.exp;"),
        (1, "import java.util.List;"),
        (2, "import org.nd4j.linalg.api.ndarray.INDArray;"),
        (3, "import journey.nn.Sigmoid;"),
    ],
)
def test_a_missing_import_is_named(project: Path, left_out: int, needed: str) -> None:
    imports = IMPORTS[:left_out] + IMPORTS[left_out + 1 :]
    [message] = imports_missing(project, code(imports), code(BODY, source=NEURON))
    assert f"needs '{needed}'" in message


def test_an_import_after_the_first_cells_does_not_count(project: Path) -> None:
    cells = [code(IMPORTS[1:]), code("int x = 1;"), code(IMPORTS[:1]), code(BODY, source=NEURON)]
    assert len(imports_missing(project, *cells)) == 1


def test_a_class_shown_in_an_earlier_cell_needs_no_import(project: Path) -> None:
    sigmoid = code("", source=NEURON.replace("Neuron", "Sigmoid"))
    neuron = code(BODY, source=NEURON)
    assert imports_missing(project, code(IMPORTS[:3]), sigmoid, neuron) == []
    assert len(imports_missing(project, code(IMPORTS[:3]), neuron, sigmoid)) == 1


def test_a_wildcard_covers_its_own_package_only() -> None:
    wildcard = java_source.Import("a.b.*")
    assert wildcard.covers(java_source.Import("a.b.C"))
    assert not wildcard.covers(java_source.Import("a.b.c.D"))
    assert not wildcard.covers(java_source.Import("a.C"))
    assert not wildcard.covers(java_source.Import("a.b.C", static=True))
