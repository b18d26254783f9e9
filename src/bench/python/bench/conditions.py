"""Under which conditions was measured: the machine, the versions, and whether it was at rest."""

from __future__ import annotations

import os
import platform
import re
import sys
import time
from pathlib import Path

from journey_tools import machine, project

THREADS = 2

# Processors at work on something else: fewer are nobody.
_AT_REST = 0.2

# Vector instructions by the flavour of the natives that are made for them.
_INSTRUCTIONS = {"-onednn-avx512": "AVX-512", "-onednn-avx2": "AVX2"}

# What holds each library to AVX2 on a processor with AVX-512: oneDNN, and with it the choice of
# ND4J's natives; Java; OpenBLAS; NumPy; PyTorch.
_AVX2 = {
    "ONEDNN_MAX_CPU_ISA": "AVX2",
    "JDK_JAVA_OPTIONS": "-XX:UseAVX=2",
    "OPENBLAS_CORETYPE": "Haswell",
    "NPY_DISABLE_CPU_FEATURES": "X86_V4 AVX512_ICL AVX512_SPR",
    "ATEN_CPU_CAPABILITY": "avx2",
}

# Each library that computes has a variable of its own.
_THREAD_VARIABLES = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
)


def describe() -> dict:
    """What is known before anything is measured. Nothing in it tells where on a disk things are."""
    return {
        "date": time.strftime("%Y-%m-%d", time.gmtime()),
        "processor": processor_name(),
        "instructions": instructions(),
        "threads": THREADS,
        "memory_gb": round(machine.usable_memory() / 1e9),
        "system": f"{platform.system()} {platform.machine()}",
        "jdk": jdk_version(),
        "nd4j": pom_property("dl4j.version") + machine.native_flavour(),
        "others": others_at_work(),
    }


def hold_to_avx2() -> None:
    """Lets nobody use AVX-512, as on a processor that has none: our process and all it starts."""
    os.environ.update(_AVX2)


def instructions() -> str:
    """The vector instructions in use."""
    if _AVX2.items() <= os.environ.items():
        return "held to AVX2"
    return _INSTRUCTIONS.get(machine.native_flavour(), "no AVX2")


def processor_name(cpuinfo: Path = Path("/proc/cpuinfo")) -> str:
    """What the maker calls this processor.

    Hosts that let machines tend to hide the number of the model, and one name then stands for
    processors of which one is twice as fast as another: family and model tell them apart.
    """
    try:
        text = cpuinfo.read_text(encoding="utf-8", errors="replace")
    except OSError:
        text = ""
    name, family, model = (
        (re.findall(rf"^{field}\s*: *(.+?) *$", text, re.MULTILINE) or [""])[0]
        for field in ("model name", "cpu family", "model")
    )
    if name and family and model and not re.search(r"\d", name):
        return f"{name} (family {family}, model {model})"
    return name or platform.processor() or platform.machine()


def jdk_version() -> str:
    """The version of the JDK that compiles and runs the library."""
    release = Path(os.environ["JAVA_HOME"], "release").read_text(encoding="utf-8")
    return re.search('^JAVA_VERSION="(.+)"', release, re.MULTILINE)[1]


def pom_property(name: str, pom: Path = project.HOME / "pom.xml") -> str:
    """What the pom says, which has the versions of the Java libraries."""
    value = re.search(rf"<{name}>(.+)</{name}>", pom.read_text(encoding="utf-8"))[1]
    return re.sub(r"\$\{(.+?)\}", lambda other: pom_property(other[1], pom), value)


def processor(conditions: dict) -> str:
    """The processor and its vector instructions."""
    return f"{conditions['processor']}, {conditions['instructions']}"


def line(conditions: dict) -> str:
    """The conditions in a line for a reader."""
    known = [
        conditions["date"],
        f"{processor(conditions)}, {conditions['threads']} threads",
        f"{conditions['memory_gb']} GB",
        conditions["system"],
        f"JDK {conditions['jdk']}",
        f"ND4J {conditions['nd4j']}",
    ]
    known += [
        conditions[name] for name in ("numpy", "pytorch", "optuna", "data") if name in conditions
    ]
    return " · ".join(known)


def warning(conditions: dict) -> str:
    """A remark where the machine was not at rest when the measuring began; else empty."""
    if (conditions["others"] or 0) < _AT_REST:
        return ""
    return (
        f"**The machine was not at rest**: when this began, {conditions['others']} of its"
        " processors were at work on something else. Seconds are too long, and ratios uncertain."
    )


def others_at_work(stat: Path = Path("/proc/stat"), seconds: float = 1.0) -> float | None:
    """How many processors work while we do nothing; None where the system does not tell."""
    try:
        before = _busy_ticks(stat)
        time.sleep(seconds)
        ticks = _busy_ticks(stat) - before
    except OSError:
        return None
    return round(ticks / os.sysconf("SC_CLK_TCK") / seconds, 1)


def _busy_ticks(stat: Path) -> int:
    """All time but the idle, with what a host took from its guest: proc(5), the line "cpu"."""
    total = stat.read_text(encoding="ascii").splitlines()[0].split()[1:9]
    user, nice, system, _, _, irq, soft_irq, steal = map(int, total)
    return user + nice + system + irq + soft_irq + steal


def thread_variables() -> dict[str, str]:
    """Environment variables that hold a program to the threads that all get."""
    return dict.fromkeys(_THREAD_VARIABLES, str(THREADS))


def pin() -> None:
    """Holds this process and all it starts to as many cores as there are threads.

    Does nothing where the system has no such call.
    """
    if sys.platform == "linux":
        os.sched_setaffinity(0, cores(os.sched_getaffinity(0), Path("/sys/devices/system/cpu")))


def cores(available: set[int], system: Path) -> set[int]:
    """As many processors as there are threads, of different cores as far as there are."""
    first, others, seen = [], [], set()
    for processor in sorted(available):
        try:
            siblings = system / f"cpu{processor}" / "topology" / "thread_siblings_list"
            core = siblings.read_text(encoding="ascii").strip()
        except OSError:
            core = str(processor)
        (others if core in seen else first).append(processor)
        seen.add(core)
    return set((first + others)[:THREADS])
