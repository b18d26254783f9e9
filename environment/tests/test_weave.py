"""The tool that puts Java sources into notebook cells."""

from __future__ import annotations

from pathlib import Path

import pytest
from nbformat import v4
from samples import of_cells

from journey_tools import command_line, notebooks, project, weave
from journey_tools.project import Problem

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


@pytest.fixture(autouse=True)
def sources(checkout: Path) -> None:
    package = checkout / "src/main/java/journey/nn"
    package.mkdir(parents=True)
    (package / "Neuron.java").write_text(SOURCE, encoding="utf-8")


def save(*cells: str | tuple[str, object]) -> Path:
    """A notebook of these sources; with a second part, that is the metadata `source`."""
    pairs = [(cell, None) if isinstance(cell, str) else cell for cell in cells]
    notebook = of_cells(*[text for text, _ in pairs])
    for cell, (_, source) in zip(notebook.cells, pairs, strict=True):
        cell.execution_count = 3
        cell.outputs = [v4.new_output("stream", text="héllo ∑\n")]
        if source is not None:
            cell.metadata["source"] = source
    file = project.NOTEBOOKS / "01.ipynb"
    notebooks.write(notebook, file)
    return file


def test_a_source_loses_its_package_line_and_imports_and_nothing_else() -> None:
    assert weave.shown(SOURCE) == BODY
    assert weave.shown("// first\npackage a;\nimport b.*;\nrecord D() {}\n\n").endswith("D() {}")


def test_a_stale_cell_gets_the_text_of_its_file_and_nothing_else_changes() -> None:
    wanted = save("int x = 1;", (BODY, NEURON)).read_text(encoding="utf-8")
    notebook = notebooks.read(project.NOTEBOOKS / "01.ipynb")
    notebook.cells[1].source = "class Old {}"
    file = project.NOTEBOOKS / "01.ipynb"
    notebooks.write(notebook, file)
    assert weave.check(file)
    assert weave.weave(file) == [NEURON]
    assert file.read_text(encoding="utf-8") == wanted
    assert weave.check(file) == []


def test_a_current_notebook_is_not_written() -> None:
    file = save((BODY, NEURON))
    before = file.stat().st_mtime_ns
    assert weave.weave(file) == []
    assert file.stat().st_mtime_ns == before


def test_the_difference_names_the_cell_and_the_file() -> None:
    stale = BODY.replace("not Relu", "changed in the notebook")
    [difference] = weave.check(save("int x;", (stale, NEURON)))
    assert "--- 01.ipynb, cell 1" in difference
    assert f"+++ {NEURON}" in difference
    assert "-    return Sigmoid.of(z); // changed in the notebook" in difference
    assert "+    return Sigmoid.of(z); // not Relu" in difference


@pytest.mark.parametrize(
    ("path", "complaint"),
    [
        ("src/main/java/journey/nn/Missing.java", "no such file"),
        ("src/main/java/../../test/java/A.java", "expected a .java file under src/main/java"),
        ("/etc/A.java", "expected a .java file under src/main/java"),
        ("src/main/java/journey/nn", "expected a .java file"),
        (17, "is 17; expected a .java file"),
    ],
)
def test_a_wrong_source_is_an_error_that_says_where(path: object, complaint: str) -> None:
    with pytest.raises(Problem, match=f"01.ipynb, cell 0: .*{complaint}"):
        weave.weave(save(("", path)))


def test_only_a_code_cell_can_show_a_source() -> None:
    file = save("int x;")
    notebook = notebooks.read(file)
    notebook.cells.append(v4.new_markdown_cell("", metadata={"source": NEURON}))
    notebooks.write(notebook, file)
    with pytest.raises(Problem, match="cell 1: .* on a markdown cell; expected"):
        weave.check(file)


def test_the_command_answers_with_its_exit_status(capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.main(["weave", "--check", "absent.ipynb"]) == 2
    save(("class Old {}", NEURON))
    assert command_line.main(["weave", "--check"]) == 1
    assert f"+++ {NEURON}" in capsys.readouterr().out
    assert command_line.main(["weave", "01"]) == 0
    assert capsys.readouterr().out == f"01.ipynb: {NEURON}\n"
    assert command_line.main(["weave", "--check"]) == 0
