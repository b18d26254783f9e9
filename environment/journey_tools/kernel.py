"""environment/kernel: installs the Java kernel into a Jupyter that is not ours."""

import argparse
import json
import os
import shutil
import tempfile
from pathlib import Path

from jupyter_client.kernelspec import KernelSpecManager

from journey_tools import console, maven, project, setup
from journey_tools.project import Problem


def main(options: argparse.Namespace) -> int:
    folder = _folder(options)
    if folder.exists() and not _is_ours(folder):
        raise Problem(
            f"{folder} is somebody else's kernel, and stays. Give ours another name, such as"
            f" --name journey; or make room by: jupyter kernelspec remove {options.name}"
        )
    try:
        if options.remove:
            _remove(folder)
        else:
            setup.ensure()
            _install(options, folder)
            _say_what_next(options, folder)
    except OSError as problem:
        raise Problem(
            f"{folder} cannot be written: {problem.strerror}. Choose another place: --user or"
            " --prefix."
        ) from problem
    return 0


def _folder(options: argparse.Namespace) -> Path:
    """Where the kernel's spec is, or is going to be."""
    if options.user:
        kernels = Path(KernelSpecManager().user_kernel_dir)
    else:
        prefix = options.prefix or os.environ["JOURNEY_CALLER_PREFIX"]
        kernels = Path(prefix).expanduser().absolute() / "share" / "jupyter" / "kernels"
    return kernels / options.name


def _is_ours(folder: Path) -> bool:
    try:
        spec = json.loads((folder / "kernel.json").read_text(encoding="utf-8"))
        return maven.MARK in spec.get("metadata", {})
    except (OSError, ValueError):
        return False


def _install(options: argparse.Namespace, folder: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".journey-") as scratch:
        new = shutil.copytree(project.KERNELS / "java", Path(scratch, "new"))
        spec = json.loads((new / "kernel.json").read_text(encoding="utf-8"))
        if options.name != "java":
            spec["display_name"] += f" ({options.name})"
        if options.budget:
            spec["env"]["JOURNEY_BUDGET"] = options.budget
        (new / "kernel.json").write_text(json.dumps(spec, indent=1), encoding="utf-8")
        if folder.exists():
            folder.rename(Path(scratch, "old"))
        new.rename(folder)


def _remove(folder: Path) -> None:
    if not folder.exists():
        raise Problem(f"There is no kernel to remove: {folder} is not there.")
    shutil.rmtree(folder)
    console.say(f"Removed {folder}")


def _say_what_next(options: argparse.Namespace, folder: Path) -> None:
    kernel = "" if options.name == "java" else f", and choose the kernel Java ({options.name})"
    console.say(
        f"The Java kernel is in {folder}\n\n"
        f"  1. Reload the page of your Jupyter.\n"
        f"  2. Open {project.NOTEBOOKS / '01_single_neuron.ipynb'}{kernel}.\n"
        f"  3. Run the cells in order. They work at the budget {options.budget or 'standard'}; the"
        " first ones say how to change that.\n\n"
        "If you move or delete this checkout, the kernel goes with it. --remove takes it away."
    )
