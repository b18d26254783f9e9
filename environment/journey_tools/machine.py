"""What this machine offers: memory, and the instructions of its processor."""

import os
import platform
import re
import subprocess
from pathlib import Path

MIB = 1024 * 1024
GIB = 1024 * MIB

# The builds of ND4J's natives for Linux on x86-64, the fastest first, and what they need.
_FLAVOURS = {
    "-onednn-avx512": {"avx512f", "avx512vl", "avx512bw", "avx512dq"},
    "-onednn-avx2": {"avx2", "fma"},
    "": set(),
}


def native_flavour(cpuinfo: Path = Path("/proc/cpuinfo")) -> str:
    """The flavour for this machine; empty where there is but one build (not Linux on x86-64).

    Follows oneDNN where that is held to less than the processor has, by ONEDNN_MAX_CPU_ISA=AVX2.
    """
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        return ""
    text = cpuinfo.read_text(encoding="utf-8", errors="replace")
    found = re.search(r"^flags\s*:(.*)$", text, re.MULTILINE)
    flags = set(found[1].split()) if found else set()
    if os.environ.get("ONEDNN_MAX_CPU_ISA", "").upper() == "AVX2":
        flags = {flag for flag in flags if not flag.startswith("avx512")}
    return next(flavour for flavour, needed in _FLAVOURS.items() if needed <= flags)


def memory_limits(total: int) -> dict[str, str]:
    """The properties of the pom that limit a JVM on a machine with so many bytes.

    Arrays live off the heap, so they get the half. The whole process stays a little below what
    there is, so that it fails with a message and is not killed without one.

    The heap fills up with what is no longer needed before Java collects that, and only then are the
    arrays freed that it stands for: a large heap makes a large process.
    """
    heap = min(max(total // 4, GIB), 2 * GIB, total // 2)
    limits = {"heap": heap, "young": heap // 8, "arrays": total // 2, "process": total * 7 // 8}
    return {f"memory.{name}": f"{limit // MIB}m" for name, limit in limits.items()}


def usable_memory() -> int:
    """Bytes this process may use: the machine's memory, or its container's limit if lower."""
    physical = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return min(physical, _container_limit(_shown_by_java()) or physical)


def _shown_by_java() -> str:
    java = Path(os.environ.get("JAVA_HOME", "/"), "bin", "java")
    command = [java if java.exists() else "java", "-XshowSettings:system", "-version"]
    return subprocess.run(command, capture_output=True, text=True).stderr


def _container_limit(shown: str) -> int | None:
    """The limit that Java sees, which knows the control groups of all kinds of containers."""
    found = re.search(r"Memory Limit: ([\d.]+)([KMGT])", shown)
    return int(float(found[1]) * 1024 ** (" KMGT".index(found[2]))) if found else None


def peak_memory(pid: int) -> int | None:
    """The most bytes a running process ever had in memory; None where the system does not tell."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return None
    found = re.search(r"^VmHWM:\s*(\d+) kB$", status, re.MULTILINE)
    return int(found[1]) * 1024 if found else None
