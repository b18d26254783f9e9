"""Finds a JDK on this machine besides the one that is used."""

import os
import re
from pathlib import Path

from journey_tools import project

_POM = (project.HOME / "pom.xml").read_text(encoding="utf-8")
OLDEST = int(re.search(r"<maven.compiler.release>(\d+)<", _POM)[1])
PLACES = (
    "/usr/lib/jvm/*",
    "/usr/lib64/jvm/*",
    "/opt/java/*",
    "/opt/jdk*",
    "/Library/Java/JavaVirtualMachines/*/Contents/Home",
)


def find() -> Path | None:
    """The home of the JDK whose version is farthest from the default's; None if there is none."""
    default = _version(Path(os.environ["JAVA_HOME"]))
    root = Path("/")
    homes = {home.resolve() for place in PLACES for home in root.glob(place.lstrip("/"))}
    homes |= {home.resolve() for home in (Path.home() / ".sdkman/candidates/java").glob("*")}
    others = [home for home in sorted(homes) if _version(home) not in (0, default)]
    others = [home for home in others if _version(home) >= OLDEST]
    return max(others, key=lambda home: abs(_version(home) - default), default=None)


def _version(home: Path) -> int:
    """The feature version of the JDK in a folder, such as 17; 0 if there is none."""
    if not (home / "bin" / "javac").is_file() or not (home / "release").is_file():
        return 0
    release = (home / "release").read_text(encoding="utf-8")
    found = re.search(r'^JAVA_VERSION="(\d+)', release, re.MULTILINE)
    return int(found[1]) if found else 0
