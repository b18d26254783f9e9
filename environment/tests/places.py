"""What odd machines have: folders that are read-only or have no locks, users whom no list names."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_MOUNT = "PATH=/usr/bin:/bin mount"
_READ_ONLY = f'{_MOUNT} --bind "$0" "$0" && {_MOUNT} -o remount,bind,ro "$0" && exec "$@"'


def read_only(folder: Path) -> list[str]:
    """Begins a command line; what stands behind it finds this folder read-only, root as well."""
    return _apart("--map-root-user", "--mount", "/bin/sh", "-c", _READ_ONLY, str(folder))


def unlisted_user() -> list[str]:
    """Begins a command line; what stands behind it runs as a user whom no list names."""
    return _apart("--map-user=12345")


def _apart(*options: str) -> list[str]:
    begin = [shutil.which("unshare") or "/nonexistent", "--user", *options]
    try:
        subprocess.run([*begin, "/bin/true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as problem:
        pytest.skip(f"name spaces cannot be had here, with which this is tried: {problem}")
    return begin


def without_locks(folder: Path, scratch: Path) -> dict[str, str]:
    """The variables for a process that finds no locks in this folder."""
    compiler = shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        pytest.skip("locks are taken away with a C compiler on Linux, which this is not")
    library = scratch / "no_locks.so"
    source = Path(__file__).with_name("no_locks.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)
    return {"LD_PRELOAD": str(library), "NO_LOCKS": str(folder)}
