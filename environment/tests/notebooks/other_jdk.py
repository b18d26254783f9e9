"""Finds a JDK on this machine besides the one that is used."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

from journey_tools.jdk import Jdk

OLDEST = 17
PLACES = (
    "/usr/lib/jvm/*",
    "/usr/lib64/jvm/*",
    "/opt/java/*",
    "/opt/jdk*",
    "/Library/Java/JavaVirtualMachines/*/Contents/Home",
)
JAVA_HOME_TOOL = Path("/usr/libexec/java_home")


def find(default: Jdk) -> Jdk | None:
    """The JDK whose version is farthest from the default's, or None if there is but one."""
    others = [jdk for jdk in map(_described, _homes()) if jdk and jdk.feature >= OLDEST]
    others = [jdk for jdk in others if jdk.feature != default.feature]
    return max(others, key=lambda jdk: abs(jdk.feature - default.feature), default=None)


def _homes() -> Iterable[Path]:
    root = Path("/")
    found = {home.resolve() for place in PLACES for home in root.glob(place.lstrip("/"))}
    found |= {home.resolve() for home in (Path.home() / ".sdkman/candidates/java").glob("*")}
    if JAVA_HOME_TOOL.exists():
        listed = subprocess.run([JAVA_HOME_TOOL, "-V"], capture_output=True, text=True).stderr
        found |= {Path(home) for home in re.findall(r"(/\S.*/Home)$", listed, re.MULTILINE)}
    return sorted(home for home in found if (home / "bin" / "javac").is_file())


def _described(home: Path) -> Jdk | None:
    command = [home / "bin" / "java", "-XshowSettings:properties", "-version"]
    shown = subprocess.run(command, capture_output=True, text=True)
    return Jdk.described_by(shown.stderr) if shown.returncode == 0 else None
