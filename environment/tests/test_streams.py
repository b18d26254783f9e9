"""Printed text is kept as a reader would have seen it on a terminal."""

import pytest
from nbformat import v4

from journey_tools import streams


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
    assert streams.settled(printed) == seen


def test_pieces_are_joined_but_not_across_a_picture() -> None:
    def printed(text: str, name: str = "stdout"):
        return v4.new_output("stream", name=name, text=text)

    picture = v4.new_output("display_data", {"image/png": "x"})
    outputs = [printed("\r1"), printed("\r2"), picture, printed("a"), printed("e", "stderr")]
    notebook = v4.new_notebook(cells=[v4.new_code_cell("x", outputs=outputs)])
    streams.coalesce(notebook)
    kept = [(output.output_type, output.get("text")) for output in notebook.cells[0].outputs]
    assert kept == [("stream", "2"), ("display_data", None), ("stream", "a"), ("stream", "e")]
