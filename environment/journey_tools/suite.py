"""environment/test: the whole test suite, and one summary of it."""

import argparse
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from journey_tools import cifar10, command_line, console, process_env, project, reports, setup
from journey_tools.jdk import Jdk
from journey_tools.maven import BENCHMARKS, Maven
from journey_tools.problem import Problem
from journey_tools.reports import Report

TESTS = project.ENVIRONMENT / "tests"
SUREFIRE_REPORTS = project.TARGET / "surefire-reports"
PYTEST_REPORTS = project.BUILD / "test-reports"

PYTEST_FOLDERS = {
    "tools": [TESTS, f"--ignore={TESTS / 'notebooks'}", f"--ignore={TESTS / 'browser'}"],
    "notebooks": [TESTS / "notebooks"],
    "browser": [TESTS / "browser"],
}
PARTS = {
    "java": "the library: compiler, JUnit, Javadoc, formatting; whether the benchmarks compile",
    "tools": "the commands in environment/",
    "notebooks": "the notebooks, as committed and executed at smoke budget",
    "browser": "notebook 01 in JupyterLab, in Chromium",
}

SECONDS_TO_END = 30


@dataclass(frozen=True)
class Outcome:
    """What became of one part of the suite."""

    part: str
    report: Report
    seconds: float


def main(arguments: list[str]) -> int:
    """The command `environment/test`."""
    if "--" in arguments:
        at = arguments.index("--")
        arguments, for_pytest = arguments[:at], arguments[at + 1 :]
    else:
        for_pytest = []
    parts = chosen_parts(arguments)
    return command_line.guarded(lambda: _test(parts, for_pytest))


def chosen_parts(arguments: list[str]) -> list[str]:
    """The parts of the suite that the arguments name; all if they name none."""
    parser = _parser()
    parts = parser.parse_args(arguments).parts
    unknown = [part for part in parts if part not in PARTS]
    if unknown:
        parser.error(f'there is no part "{unknown[0]}"; there are {", ".join(PARTS)}')
    return parts or list(PARTS)


def _parser() -> argparse.ArgumentParser:
    listed = "\n".join(f"  {name:10} {what}" for name, what in PARTS.items())
    parser = argparse.ArgumentParser(
        prog="environment/test",
        usage="environment/test [-h] [PART ...] [-- PYTEST-OPTION ...]",
        description=f"Runs the tests, all of them or the parts named:\n\n{listed}",
        epilog="What stands behind -- goes to pytest, as in: environment/test notebooks -- -k 01\n"
        "JOURNEY_DATA names the folder with the data. Without data the stand-in serves.\n"
        "The first run fetches what only the tests need; later ones work without a network.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("parts", nargs="*", metavar="PART")
    return parser


def _test(parts: list[str], for_pytest: list[str]) -> int:
    started = time.monotonic()
    setup.ensure()
    seconds_of_setup = time.monotonic() - started
    outcomes = [_run_part(part, for_pytest) for part in PARTS if part in parts]
    summarise(outcomes, seconds_of_setup)
    return 1 if any(outcome.report.failed for outcome in outcomes) else 0


def _run_part(part: str, for_pytest: list[str]) -> Outcome:
    console.say(f"\n=== {part}: {PARTS[part]}")
    started = time.monotonic()
    report = _test_java() if part == "java" else _test_python(part, for_pytest)
    return Outcome(part, report, time.monotonic() - started)


def _test_java() -> Report:
    jdk = Jdk.found()
    maven = Maven.for_this_machine(jdk, setup.cuda_choice())
    shutil.rmtree(SUREFIRE_REPORTS, ignore_errors=True)
    environment = process_env.child_environment(JAVA_HOME=str(jdk.home))
    status = _run(maven.command("--no-transfer-progress", "verify"), environment)
    report = checked(reports.read(SUREFIRE_REPORTS), status, "mvn verify")
    return report + benchmarks_compiled(maven)


def benchmarks_compiled(maven: Maven) -> Report:
    """Whether the benchmarks, which Maven leaves aside otherwise, fit the library."""
    try:
        maven.ensure_compiled(BENCHMARKS)
    except Problem as problem:
        console.say(str(problem))
        return Report(failed=("the benchmarks do not compile",))
    return Report()


def _test_python(part: str, options: list[str]) -> Report:
    folder = PYTEST_REPORTS / part
    shutil.rmtree(folder, ignore_errors=True)
    command = [project.VENV_PYTHON, "-m", "pytest", *PYTEST_FOLDERS[part]]
    command += [f"--rootdir={TESTS}", f"--config-file={TESTS / 'pytest.ini'}"]
    command += [f"--junitxml={folder / 'report.xml'}", *options]
    environment = process_env.child_environment(
        JOURNEY_BUDGET="smoke", JOURNEY_DATA=data(project.HOME)
    )
    status = _run(command, environment)
    return checked(reports.read(folder), status, f"pytest, part {part}")


def checked(report: Report, status: int, name: str) -> Report:
    """The report; a tool that failed without naming a test counts as one more that failed."""
    if status != 0 and not report.failed:
        return report + Report(failed=(f"{name} ended with exit status {status}",))
    return report


def data(home: Path) -> str:
    """Where the notebooks find their data: a test fetches nothing as large as they are."""
    found = cifar10.data(home)
    if found == cifar10.STAND_IN and cifar10.VARIABLE not in os.environ:
        console.say(
            "There is no CIFAR-10 here, so the notebooks are tested on the stand-in pictures."
            " To test them on the real ones, set JOURNEY_DATA to their folder."
        )
    return found


def _run(command: Sequence[str | Path], environment: dict[str, str]) -> int:
    """Runs a tool in sight of the reader; it ends in order when we are asked to end."""
    process = subprocess.Popen([str(part) for part in command], cwd=project.HOME, env=environment)
    try:
        return process.wait()
    except BaseException:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            process.kill()
        raise


def summarise(outcomes: list[Outcome], seconds_of_setup: float) -> None:
    """Prints what ran and what became of it; the last line is the sum."""
    console.say(f"\n{'part':12}{'passed':>8}{'failed':>8}{'skipped':>8}{'time':>9}")
    console.say(f"{'set-up':12}{'':24}{console.clock(seconds_of_setup):>9}")
    for outcome in outcomes:
        report = outcome.report
        counts = (report.passed, len(report.failed), len(report.skipped))
        shown = "".join(f"{count:8}" for count in counts)
        console.say(f"{outcome.part:12}{shown}{console.clock(outcome.seconds):>9}")
    total = sum((outcome.report for outcome in outcomes), Report())
    for name, reason in total.skipped:
        console.say(f"skipped: {name}: {reason}")
    for name in total.failed:
        console.say(f"failed: {name}")
    counts = f"{total.passed} passed, {len(total.failed)} failed, {len(total.skipped)} skipped"
    console.say(f"\n{counts}")
