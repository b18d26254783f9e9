"""The tool that puts Java sources into notebook cells."""

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


def save(source: str, path: object) -> Path:
    """A notebook whose second cell shows a file."""
    notebook = of_cells("int x = 1;", source, outputs=[v4.new_output("stream", text="héllo ∑\n")])
    for number, cell in enumerate(notebook.cells):
        cell.id, cell.execution_count = f"cell-{number}", 3
    notebook.cells[1].metadata["source"] = path
    file = project.NOTEBOOKS / "01.ipynb"
    notebooks.write(notebook, file)
    return file


def test_a_source_loses_its_package_line_and_imports_and_nothing_else() -> None:
    assert weave.shown(SOURCE) == BODY
    assert weave.shown("// first\npackage a;\nimport b.*;\nrecord D() {}\n\n").endswith("D() {}")


def test_a_stale_cell_gets_the_text_of_its_file_and_nothing_else_changes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    wanted = save(BODY, NEURON).read_bytes()
    file = save(BODY.replace("not Relu", "changed"), NEURON)
    stale = file.read_bytes()
    assert command_line.main(["weave", "--check"]) == 1
    said = capsys.readouterr().out
    assert f"--- 01.ipynb, cell 1\n+++ {NEURON}\n" in said
    assert "-    return Sigmoid.of(z); // changed\n+    return Sigmoid.of(z); // not Relu" in said
    assert file.read_bytes() == stale
    assert command_line.main(["weave", "01"]) == 0
    assert capsys.readouterr().out == said
    assert file.read_bytes() == wanted
    assert command_line.main(["weave", "--check"]) == 0
    assert command_line.main(["weave"]) == 0
    assert capsys.readouterr().out == "Every woven cell equals its source file.\n" * 2


@pytest.mark.parametrize(
    "path",
    [
        "src/main/java/journey/nn/Missing.java",
        "src/main/java/../../test/java/A.java",
        "/etc/A.java",
        "src/main/java/journey/nn",
        17,
    ],
)
def test_a_wrong_source_is_an_error_that_says_where(path: object) -> None:
    message = f"01.ipynb, cell 1, .*'source' is {path!r}; expected the path of a .java file under"
    with pytest.raises(Problem, match=message):
        weave.differences(save("", path))


def test_only_a_code_cell_can_show_a_source() -> None:
    file = save(BODY, NEURON)
    notebook = notebooks.read(file)
    notebook.cells.append(v4.new_markdown_cell("", metadata={"source": NEURON}))
    notebooks.write(notebook, file)
    with pytest.raises(Problem, match="cell 2, a markdown cell: "):
        weave.differences(file)
