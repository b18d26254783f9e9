"""environment/test: Maven's tests and pytest's, each with its own progress and summary."""

import argparse
import os
import sys

from journey_tools import console, maven, project, setup, tool

_TESTS = project.ENVIRONMENT / "tests"
_OF_PYTEST = {
    "tools": [*sorted(_TESTS.glob("test_*.py")), project.HOME / "src" / "bench" / "python"],
    "notebooks": [_TESTS / "notebooks"],
    "browser": [_TESTS / "browser"],
}


def main(options: argparse.Namespace) -> int:
    """Runs these parts of the suite, whatever becomes of the others; 1 if any fails.

    With Apache Spark, unless `environment/setup --no-spark` has refused it.
    """
    project.require_checkout()
    maven.want_spark()
    setup.ensure()
    failed = []
    if "java" in options.parts:
        for goals in (["verify"], ["-Pbench", "compile"]):
            if tool.run_in_sight(maven.command("--no-transfer-progress", *goals)) != 0:
                failed.append(f"mvn {' '.join(goals)}")
    places = [place for part in options.parts for place in _OF_PYTEST.get(part, [])]
    if places:
        command = [sys.executable, "-m", "pytest", f"--rootdir={project.HOME}"]
        command += ["-c", _TESTS / "pytest.ini", *places, *options.passed_on]
        if tool.run_in_sight(command, **_data(), JOURNEY_BUDGET="smoke") != 0:
            failed.append("pytest")
    if failed:
        console.say(f"FAILED: {', '.join(failed)}")
    return 1 if failed else 0


def _data() -> dict[str, str]:
    """Where the notebooks find their data: a test fetches nothing as large as that."""
    if os.environ.get("JOURNEY_DATA"):
        return {}
    console.say(
        "The notebooks are tested on the stand-in pictures. To test them on CIFAR-10, let"
        " JOURNEY_DATA name the folder that holds it."
    )
    return {"JOURNEY_DATA": "stand-in"}
