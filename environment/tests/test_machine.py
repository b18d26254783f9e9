"""What a machine offers is read from what its system and its Java show."""

import os
from pathlib import Path

import pytest

from journey_tools import machine
from journey_tools.machine import GIB, MIB

HASWELL = "fpu sse4_2 fma avx avx2 bmi2"
SKYLAKE_X = f"{HASWELL} avx512f avx512dq avx512cd avx512bw avx512vl"
KNIGHTS_LANDING = f"{HASWELL} avx512f avx512pf avx512er avx512cd"


@pytest.mark.parametrize(
    ("system", "processor", "flags", "flavour"),
    [
        ("Linux", "x86_64", f": {SKYLAKE_X}", "-onednn-avx512"),
        ("Linux", "x86_64", f"\t\t: {HASWELL}\nbugs\t: x\n\nflags\t: y", "-onednn-avx2"),
        ("Linux", "x86_64", f": {KNIGHTS_LANDING}", "-onednn-avx2"),
        ("Linux", "x86_64", ": fpu sse4_2 avx", ""),
        ("Linux", "x86_64", "", ""),
        ("Linux", "aarch64", f": {SKYLAKE_X}", ""),
        ("Darwin", "x86_64", f": {SKYLAKE_X}", ""),
    ],
)
def test_flavour_is_the_fastest_that_runs(
    system: str,
    processor: str,
    flags: str,
    flavour: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(machine.platform, "system", lambda: system)
    monkeypatch.setattr(machine.platform, "machine", lambda: processor)
    cpuinfo = tmp_path / "cpuinfo"
    cpuinfo.write_text(f"processor\t: 0\nflags{flags}\n", encoding="utf-8")
    monkeypatch.delenv("ONEDNN_MAX_CPU_ISA", raising=False)
    assert machine.native_flavour(cpuinfo) == flavour
    monkeypatch.setenv("ONEDNN_MAX_CPU_ISA", "AVX2")
    assert machine.native_flavour(cpuinfo) == flavour.replace("avx512", "avx2")


@pytest.mark.parametrize("gib", [1, 2, 3, 4, 8, 12, 23, 64, 512])
def test_limits_fit_into_the_machine(gib: int) -> None:
    limits = machine.memory_limits(gib * GIB)
    heap, _, arrays, process = (int(limit.removesuffix("m")) for limit in limits.values())
    total = gib * GIB // MIB
    assert 0 < heap <= min(total // 2, 2048)
    assert heap + arrays <= total
    assert arrays < process < total


@pytest.mark.parametrize(
    ("shown", "limit"),
    [("    Memory Limit: 2.00G\n", 2 * GIB), ("Memory Limit: Unlimited", None), ("No", None)],
)
def test_a_container_may_have_less_than_the_machine(shown: str, limit: int | None) -> None:
    assert machine._container_limit(shown) == limit


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="this system has no /proc")
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="this system has no /proc")
def test_peak_memory_grows() -> None:
    before = machine.peak_memory(os.getpid())
    block = b"x" * (200 * MIB)
    assert machine.peak_memory(os.getpid()) > before, len(block)
    assert machine.peak_memory(2**30) is None
