"""Finds the machine's Chromium, or installs it where a missing one would hide a fault."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
MAC_APPLICATIONS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
QUIET = (
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
)


def required() -> str:
    """The path of one; skips the test where there is none and a reader may do without."""
    path = find()
    if path is None and os.environ.get("CI") == "true":
        path = install()
    if path is None:
        pytest.skip("no Chromium or Chrome found; install one (Debian: apt install chromium)")
    return path


def find() -> str | None:
    """The path of an installed Chromium or Chrome, or None."""
    on_path = (shutil.which(name) for name in NAMES)
    in_applications = (path for path in MAC_APPLICATIONS if Path(path).is_file())
    return next(filter(None, [*on_path, *in_applications]), None)


def install() -> str:
    """Installs Debian's package, which takes root, and returns its path."""
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        raise RuntimeError(
            "no Chromium found, and it cannot be installed here: that takes apt-get and root. "
            "Install Chromium or Chrome, or run the tests without CI=true to skip this one."
        )
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
        done = subprocess.run([apt, *command], env=quiet, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"apt-get {' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    found = find()
    if found is None:
        raise RuntimeError("the package chromium is installed, but no chromium is on the PATH")
    return found


def switches() -> list[str]:
    """Command-line switches: nothing asked from the network; no sandbox for root, who gets none."""
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return [*QUIET, *as_root]
