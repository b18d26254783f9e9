"""What a cell put out is kept as a reader would have seen it."""

import base64

import pytest
from nbformat import v4

from journey_tools import outputs

# A PNG picture of one pixel.
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="


@pytest.mark.parametrize(
    ("printed", "seen"),
    [
        ("plain\nlines\n", "plain\nlines\n"),
        ("\r10 %\r50 %\r100 %\ndone\n", "100 %\ndone\n"),
        ("begin\r\nwindows\r\n", "begin\nwindows\n"),
        ("bar 1  \rbar 2  \r", "bar 2"),
        ("\r   \r", ""),
        ("  indented\n", "  indented\n"),
    ],
)
def test_a_line_is_what_its_last_drawing_left(printed: str, seen: str) -> None:
    assert outputs.settled(printed) == seen


def test_pieces_are_joined_but_not_across_a_picture() -> None:
    def printed(text: str, name: str = "stdout"):
        return v4.new_output("stream", name=name, text=text)

    picture = v4.new_output("display_data", {"image/png": PNG})
    given = [printed("\r1"), printed("\r2"), picture, printed("a"), printed("e", "stderr")]
    notebook = v4.new_notebook(cells=[v4.new_code_cell("x", outputs=given)])
    outputs.coalesce(notebook)
    kept = [(output.output_type, output.get("text")) for output in notebook.cells[0].outputs]
    assert kept == [("stream", "2"), ("display_data", None), ("stream", "a"), ("stream", "e")]


@pytest.mark.parametrize("lost", [0, 1, 2])
def test_a_picture_is_whole_though_the_kernel_lost_its_last_bytes(lost: int) -> None:
    content = base64.b64decode(PNG)
    cut = base64.b64encode(content[: len(content) - lost]).decode()
    assert outputs.whole(cut) == PNG
