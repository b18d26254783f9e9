"""The exercises at the end of a notebook, and their answers, whose code runs after its own cells.

An exercise is a cell of prose that begins "**1. Its name.**". After it stands, where there is one,
a cell of code with the tag "check", which says "Right" to a reader who is, and "Not yet" as it is
committed; then a cell of prose with the answer, collapsed.
"""

import re
from dataclasses import dataclass

from nbformat import NotebookNode, from_dict, v4

CHECK = "check"
_EXERCISE = re.compile(r"\*\*(\d+\. [^*]+)\*\*")
_ANSWER = re.compile(r"<details>\n<summary>Answer</summary>\n\n(.+)\n\n</details>\s*", re.DOTALL)
_JAVA = re.compile(r"^```java\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@dataclass
class Exercise:
    """An exercise: its number and name, whether it has a check, and its answer, if there is one."""

    name: str
    checked: bool = False
    answer: str | None = None

    def code(self) -> list[str]:
        """The blocks of Java in the answer."""
        return _JAVA.findall(self.answer or "")


def of(notebook: NotebookNode) -> list[Exercise]:
    """The exercises of a notebook."""
    found: list[Exercise] = []
    for cell in notebook["cells"]:
        if name := _EXERCISE.match(cell["source"]):
            found.append(Exercise(name[1]))
        elif found and CHECK in cell["metadata"].get("tags", []):
            found[-1].checked = True
        elif found and (answer := _ANSWER.fullmatch(cell["source"])):
            found[-1].answer = answer[1]
    return found


def with_answers(notebook: NotebookNode) -> NotebookNode:
    """A copy with the answers' code as cells of its own at the end."""
    copy = from_dict(notebook)
    copy.cells += [
        v4.new_code_cell(source, metadata={"answer": exercise.name})
        for exercise in of(notebook)
        for source in exercise.code()
    ]
    return copy
