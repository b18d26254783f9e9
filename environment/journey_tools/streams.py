"""What a cell printed, as a reader would see it on a terminal."""

from nbformat import NotebookNode


def coalesce(notebook: NotebookNode) -> None:
    """Joins the pieces of printed text in a notebook's outputs, and settles carriage returns.

    Kernels send text in many small pieces, and a progress bar redraws its line by carriage returns:
    left as they are, both fill a file. Text that a picture or a table stands between stays apart.
    """
    for cell in notebook.cells:
        joined: list[NotebookNode] = []
        for output in cell.get("outputs", []):
            if joined and output.get("name", "") == joined[-1].get("name"):
                joined[-1].text += output.text
            else:
                joined.append(output)
        for output in joined:
            if output.output_type == "stream":
                output.text = settled(output.text)
        if cell.cell_type == "code":
            cell.outputs = [output for output in joined if output.get("text") != ""]


def settled(text: str) -> str:
    """The text with every line as its last redrawing left it."""
    return "\n".join(_last_drawn(line) for line in text.split("\n"))


def _last_drawn(line: str) -> str:
    if "\r" not in line:
        return line
    drawings = [drawing for drawing in line.split("\r") if drawing.strip()]
    return drawings[-1].rstrip() if drawings else ""
