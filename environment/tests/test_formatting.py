"""The tools' own sources are formatted and free of what a linter finds."""

from __future__ import annotations

import subprocess
import sys

import pytest

from journey_tools import project


@pytest.mark.parametrize("rule", [["check"], ["format", "--diff"]], ids=["lint", "format"])
def test_ruff_has_nothing_to_say(rule: list[str]) -> None:
    ruff = [sys.executable, "-m", "ruff", *rule, "--no-cache", str(project.ENVIRONMENT)]
    done = subprocess.run(ruff, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
