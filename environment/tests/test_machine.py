"""What a machine offers is read from the texts its kernel shows."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from journey_tools import machine
from journey_tools.machine import GIB, MIB, MemoryLimits

HASWELL = "fpu sse4_2 fma avx avx2 bmi2"
SKYLAKE_X = f"{HASWELL} avx512f avx512dq avx512cd avx512bw avx512vl"
KNIGHTS_LANDING = f"{HASWELL} avx512f avx512pf avx512er avx512cd"
SANDY_BRIDGE = "fpu sse4_2 avx"


@pytest.mark.parametrize(
    ("flags", "flavour"),
    [
        (SKYLAKE_X, "-onednn-avx512"),
        (HASWELL, "-onednn-avx2"),
        (KNIGHTS_LANDING, "-onednn-avx2"),
        (SANDY_BRIDGE, ""),
        ("", ""),
    ],
)
def test_flavour_is_the_fastest_that_runs(flags: str, flavour: str) -> None:
    assert machine.flavour_for(flags.split()) == flavour


def test_flags_are_those_of_the_first_processor() -> None:
    cpuinfo = "processor\t: 0\nflags\t\t: fpu avx2\nbugs\t\t: spectre\n\nprocessor\t: 1\nflags\t: x"
    assert machine.processor_flags(cpuinfo) == {"fpu", "avx2"}


@pytest.mark.parametrize(
    ("system", "processor"), [("Darwin", "x86_64"), ("Darwin", "arm64"), ("Linux", "aarch64")]
)
def test_other_platforms_have_no_flavours(
    system: str, processor: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine.platform, "system", lambda: system)
    monkeypatch.setattr(machine.platform, "machine", lambda: processor)
    assert machine.native_flavour(Path("/nonexistent")) is None


@pytest.mark.parametrize("gib", [1, 2, 3, 4, 8, 12, 23, 64, 512])
def test_limits_fit_into_the_machine(gib: int) -> None:
    limits = MemoryLimits.within(gib * GIB)
    total = gib * GIB // MIB
    assert 0 < limits.heap <= min(total // 2, 2048)
    assert limits.heap + limits.off_heap <= total
    assert limits.off_heap < limits.physical < total


def test_limits_of_a_usual_machine() -> None:
    assert MemoryLimits.within(8 * GIB).properties() == {
        "memory.heap": "2048m",
        "memory.young": "256m",
        "memory.arrays": "4096m",
        "memory.process": "7168m",
    }


def write(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_lowest_limit_on_the_way_up_counts(tmp_path: Path) -> None:
    membership = write(tmp_path / "cgroup", "0::/user/session\n")
    root = tmp_path / "fs"
    write(root / "user" / "session" / "memory.max", "max\n")
    write(root / "user" / "memory.max", f"{3 * GIB}\n")
    write(root / "memory.max", f"{5 * GIB}\n")
    assert machine.cgroup_limit(membership, root) == 3 * GIB


def test_limit_of_a_container_whose_path_is_the_hosts(tmp_path: Path) -> None:
    membership = write(tmp_path / "cgroup", "0::/docker/0123\n")
    root = tmp_path / "fs"
    write(root / "memory.max", f"{2 * GIB}\n")
    assert machine.cgroup_limit(membership, root) == 2 * GIB


def test_limit_in_the_first_version_of_control_groups(tmp_path: Path) -> None:
    membership = write(tmp_path / "cgroup", "5:cpu,cpuacct:/a\n4:memory:/a\n1:name=systemd:/x:y\n")
    root = tmp_path / "fs"
    write(root / "memory" / "a" / "memory.limit_in_bytes", f"{GIB}\n")
    assert machine.cgroup_limit(membership, root) == GIB


def test_no_limit_without_control_groups(tmp_path: Path) -> None:
    assert machine.cgroup_limit(tmp_path / "none", tmp_path) is None


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="this system has no /proc")
def test_peak_memory_is_never_given_back() -> None:
    before = machine.peak_memory(os.getpid())
    assert before is not None
    block = b"x" * (200 * MIB)
    with_it = machine.peak_memory(os.getpid())
    del block
    assert with_it is not None
    assert with_it > before
    assert machine.peak_memory(os.getpid()) == pytest.approx(with_it, abs=20 * MIB)


def test_peak_memory_of_no_process_is_unknown() -> None:
    assert machine.peak_memory(2**30) is None
