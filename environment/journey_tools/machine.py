"""What this machine offers: memory, and the instructions of its processor."""

import os
import platform
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

MIB = 1024 * 1024
GIB = 1024 * MIB

_AVX512 = {"avx512f", "avx512vl", "avx512bw", "avx512dq"}
_AVX2 = {"avx2", "fma"}


def flavour_for(flags: Iterable[str]) -> str:
    """The build of ND4J's natives for a processor with these flags: the fastest that runs there."""
    present = set(flags)
    if _AVX512 <= present:
        return "-onednn-avx512"
    if _AVX2 <= present:
        return "-onednn-avx2"
    return ""


def native_flavour(cpuinfo: Path = Path("/proc/cpuinfo")) -> str | None:
    """The flavour for this machine; None where there is but one build (not Linux on x86-64)."""
    if platform.system() != "Linux" or platform.machine() not in ("x86_64", "AMD64"):
        return None
    return flavour_for(processor_flags(cpuinfo.read_text(encoding="utf-8", errors="replace")))


def processor_flags(cpuinfo: str) -> set[str]:
    """The flags of the first processor in the text of /proc/cpuinfo."""
    for line in cpuinfo.splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "flags":
            return set(value.split())
    return set()


@dataclass(frozen=True)
class MemoryLimits:
    """How much memory a kernel may use, in MiB."""

    heap: int
    off_heap: int
    physical: int

    @staticmethod
    def within(total: int) -> "MemoryLimits":
        """Limits for a machine with so many bytes.

        Arrays live off the heap, so they get the half. The whole process stays a little below what
        there is, so that it fails with a message and is not killed without one.

        The heap fills up with what is no longer needed before Java collects that, and only then
        are the arrays freed that it stands for: a large heap makes a large process.
        """
        heap = min(max(total // 4, GIB), 2 * GIB, total // 2)
        return MemoryLimits(heap // MIB, total // 2 // MIB, total * 7 // 8 // MIB)

    def properties(self) -> dict[str, str]:
        """The properties of the pom that set these limits."""
        limits = {"heap": self.heap, "young": self.heap // 8}
        limits |= {"arrays": self.off_heap, "process": self.physical}
        return {f"memory.{name}": f"{mebibytes}m" for name, mebibytes in limits.items()}


def peak_memory(pid: int) -> int | None:
    """The most bytes a running process ever had in memory; None where the system does not tell."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return None
    found = re.search(r"^VmHWM:\s*(\d+) kB$", status, re.MULTILINE)
    return int(found[1]) * 1024 if found else None


def usable_memory() -> int:
    """Bytes this process may use: the machine's memory, or its control group's limit if lower."""
    physical = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    limit = cgroup_limit(Path("/proc/self/cgroup"), Path("/sys/fs/cgroup"))
    return physical if limit is None else min(physical, limit)


def cgroup_limit(membership: Path, root: Path) -> int | None:
    """The lowest memory limit of the control groups a process is in, in bytes; None without one.

    `membership` is a /proc/PID/cgroup, `root` is where control groups are mounted; versions 1 and 2
    of them are understood.
    """
    try:
        lines = membership.read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    limits = []
    for line in lines:
        _, controllers, path = line.split(":", 2)
        if controllers == "":
            limits += _limits_upwards(root, path, "memory.max")
        elif "memory" in controllers.split(","):
            limits += _limits_upwards(root / "memory", path, "memory.limit_in_bytes")
    return min(limits, default=None)


def _limits_upwards(root: Path, path: str, name: str) -> list[int]:
    # In a container the path may be the host's, which is not there; the root then holds the limit.
    group = root / path.lstrip("/")
    limits = []
    for folder in [group, *group.parents]:
        try:
            text = (folder / name).read_text(encoding="utf-8").strip()
            if text != "max":
                limits.append(int(text))
        except OSError:
            pass
        if folder == root:
            break
    return limits
