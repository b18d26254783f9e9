"""A saved notebook tells nothing of the machine, the kernel or the moment it ran in."""

from __future__ import annotations

from pathlib import Path

from samples import ROW, showing, table

from journey_tools import notebooks


def test_metadata_is_the_same_wherever_it_ran(tmp_path: Path) -> None:
    executed = showing(table(ROW))
    executed.metadata.update(
        kernelspec={"name": "ijava", "display_name": "Java (IJava)", "language": "java"},
        language_info={"name": "Java", "version": "17.0.15+6-Debian"},
        widgets={"state": {}},
    )
    cell = executed.cells[0]
    cell.metadata.update(execution={"iopub.status.busy": "2026"}, collapsed=True, tags=["training"])
    saved = notebooks.normalised(executed)
    assert saved.metadata.kernelspec == {"name": "java", "display_name": "Java", "language": "java"}
    assert saved.metadata.language_info.name == "Java"
    assert "version" not in saved.metadata.language_info
    assert sorted(saved.metadata) == ["kernelspec", "language_info"]
    assert saved.cells[0].metadata == {"tags": ["training"]}
    assert saved.cells[0].id == cell.id
    assert saved.cells[0].outputs == cell.outputs
    assert "widgets" in executed.metadata, "the executed copy itself stays as it was"

    file = tmp_path / "a.ipynb"
    notebooks.write(saved, file)
    first = file.read_bytes()
    notebooks.write(notebooks.normalised(notebooks.read(file)), file)
    assert file.read_bytes() == first
