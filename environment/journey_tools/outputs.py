"""What a cell put out, as a reader would see it."""

import base64

from nbformat import NotebookNode

_PNG_END = b"IEND\xaeB`\x82"


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
            elif "image/png" in output.get("data", {}):
                output.data["image/png"] = whole(output.data["image/png"])
        if cell.cell_type == "code":
            cell.outputs = [output for output in joined if output.get("text") != ""]


def whole(png: str) -> str:
    """A picture to its last byte: the kernels lose one or two, which strict readers miss."""
    content = base64.b64decode(png)
    end = content.rfind(_PNG_END[:4])
    return base64.b64encode(content[:end] + _PNG_END).decode() if end > 0 else png


def settled(text: str) -> str:
    """The text with every line as its last redrawing left it."""
    return "\n".join(_last_drawn(line) for line in text.split("\n"))


def _last_drawn(line: str) -> str:
    if "\r" not in line:
        return line
    drawings = [drawing for drawing in line.split("\r") if drawing.strip()]
    return drawings[-1].rstrip() if drawings else ""
