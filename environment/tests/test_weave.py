"""The tool that puts Java sources into notebook cells."""

from __future__ import annotations

from pathlib import Path

import pytest
from nbformat import v4
from samples import of_cells

from journey_tools import command_line, java_source, notebooks, project, weave
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
IMPORTS = [
    "import static java.lang.Math.*;",
    "import java.util.List;",
    "import org.nd4j.linalg.api.ndarray.*;",
    "import journey.nn.Sigmoid;",
]


@pytest.fixture(autouse=True)
def sources(checkout: Path) -> None:
    package = checkout / "src/main/java/journey/nn"
    package.mkdir(parents=True)
    (package / "Neuron.java").write_text(SOURCE, encoding="utf-8")
    for neighbour in ("Layer", "Relu", "Sigmoid", "Tanh"):
        text = f"package journey.nn;\n\nclass {neighbour} {{}}\n"
        (package / f"{neighbour}.java").write_text(text, encoding="utf-8")


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


def imports_missing(*cells: str | tuple[str, object]) -> list[str]:
    return weave.missing_imports(notebooks.read(save(*cells)), "01.ipynb")


def test_imports_in_the_first_cells_cover_what_a_woven_class_needs() -> None:
    first, second = "\n".join(IMPORTS[:2]), "\n".join(IMPORTS[2:])
    assert imports_missing(first, second, (BODY, NEURON)) == []
    [late] = imports_missing(second, IMPORTS[0], "int x = 1;", IMPORTS[1], (BODY, NEURON))
    assert "needs 'import java.util.List;'" in late


@pytest.mark.parametrize(
    ("left_out", "needed"),
    [
        (0, "import static java.lang.Math.exp;"),
        (2, "import org.nd4j.linalg.api.ndarray.INDArray;"),
        (3, "import journey.nn.Sigmoid;"),
    ],
)
def test_a_missing_import_is_named(left_out: int, needed: str) -> None:
    imports = "\n".join(IMPORTS[:left_out] + IMPORTS[left_out + 1 :])
    [message] = imports_missing(imports, (BODY, NEURON))
    assert f"needs '{needed}'" in message


def test_a_class_shown_in_an_earlier_cell_needs_no_import() -> None:
    imports = "\n".join(IMPORTS[:3])
    sigmoid, neuron = ("", NEURON.replace("Neuron", "Sigmoid")), (BODY, NEURON)
    assert imports_missing(imports, sigmoid, neuron) == []
    assert len(imports_missing(imports, neuron, sigmoid)) == 1


def test_a_wildcard_covers_its_own_package_only() -> None:
    wildcard = java_source.Import("a.b.*")
    assert wildcard.covers(java_source.Import("a.b.C"))
    assert not wildcard.covers(java_source.Import("a.b.c.D"))
    assert not wildcard.covers(java_source.Import("a.C"))
    assert not wildcard.covers(java_source.Import("a.b.C", static=True))
