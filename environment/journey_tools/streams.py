"""What a cell printed, as a reader would see it on a terminal."""

from nbformat import NotebookNode


def coalesce(notebook: NotebookNode) -> None:
    """Joins the pieces of printed text in a notebook's outputs, and settles carriage returns.

    Kernels send text in many small pieces, and a progress bar redraws its line by carriage returns:
    left as they are, both fill a file. Text that a picture or a table stands between stays apart.
    """
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = _joined(cell.outputs)


def _joined(outputs: list[NotebookNode]) -> list[NotebookNode]:
    joined: list[NotebookNode] = []
    for output in outputs:
        if output.output_type == "stream" and joined and _continues(output, joined[-1]):
            joined[-1].text += output.text
        else:
            joined.append(output)
    for output in joined:
        if output.output_type == "stream":
            output.text = settled(output.text)
    return [output for output in joined if output.output_type != "stream" or output.text]


def _continues(output: NotebookNode, before: NotebookNode) -> bool:
    return before.output_type == "stream" and before.name == output.name


def settled(text: str) -> str:
    """The text with every line as its last redrawing left it."""
    return "\n".join(_last_drawn(line) for line in text.split("\n"))


def _last_drawn(line: str) -> str:
    if "\r" not in line:
        return line
    drawings = [drawing for drawing in line.split("\r") if drawing.strip()]
    return drawings[-1].rstrip() if drawings else ""
