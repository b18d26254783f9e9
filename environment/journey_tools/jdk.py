"""The JDK that compiles the project and runs the kernels."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from journey_tools.problem import Problem


@dataclass(frozen=True)
class Jdk:
    """A JDK: its folder, and its feature version such as 17."""

    home: Path
    version: str
    feature: int

    @property
    def java(self) -> Path:
        return self.home / "bin" / "java"

    @staticmethod
    def found() -> "Jdk":
        """The one that JAVA_HOME names, else the one whose `java` is on the PATH."""
        home = os.environ.get("JAVA_HOME")
        java = os.path.join(home, "bin", "java") if home else shutil.which("java")
        try:
            shown = subprocess.run(
                [java or "java", "-XshowSettings:properties", "-version"],
                capture_output=True,
                text=True,
                check=True,
            ).stderr
        except (OSError, subprocess.CalledProcessError) as error:
            raise Problem(
                f"No JDK: {java or 'java'} does not run ({error}). Install JDK 17 or newer, or set"
                " JAVA_HOME to one.",
                status=2,
            ) from error
        return Jdk.described_by(shown)

    @staticmethod
    def described_by(settings: str) -> "Jdk":
        """The JDK that printed these settings (`java -XshowSettings:properties -version`)."""
        properties = dict(re.findall(r"^\s+(java\.[a-z.]+) = (.*)$", settings, re.MULTILINE))
        feature = properties["java.specification.version"].removeprefix("1.")
        return Jdk(Path(properties["java.home"]), properties["java.version"], int(feature))

    def quiet_options(self) -> list[str]:
        """What newer JDKs want to hear before they let native code and Unsafe run unremarked."""
        if self.feature < 24:
            return []
        return ["--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"]
