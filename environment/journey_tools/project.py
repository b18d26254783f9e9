"""Where things are in the checkout."""

import hashlib
import os
import re
from collections.abc import Iterable
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
ENVIRONMENT = HOME / "environment"
NOTEBOOKS = HOME / "notebooks"
BUILD = HOME / "build"
LOGS = BUILD / "logs"
TARGET = HOME / "target"
KERNELS = HOME / ".venv" / "share" / "jupyter" / "kernels"
README = HOME / "README.md"


class Problem(Exception):
    """Says what went wrong and what to do; the command prints it, without a traceback, and ends."""

    def __init__(self, message: str, status: int = 1):
        super().__init__(message)
        self.status = status


def relative(path: Path) -> str:
    """The path as a reader in the checkout's folder would write it."""
    return str(path.relative_to(HOME)) if path.is_relative_to(HOME) else str(path)


def digest_of(files: Iterable[Path]) -> str:
    """One digest for the names and contents of these files and of all files in these folders."""
    digest = hashlib.sha256()
    for file in files:
        for member in sorted(file.rglob("*")) if file.is_dir() else [file]:
            if member.is_file():
                digest.update(str(member).encode() + b"\0")
                digest.update(hashlib.sha256(member.read_bytes()).digest())
    return digest.hexdigest()


def write(file: Path, content: str | bytes) -> None:
    """Writes a file so that a reader sees the old or the new one, never a part."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{os.getpid()}.part")
    draft.write_bytes(content.encode() if isinstance(content, str) else content)
    os.replace(draft, file)


def between_markers(text: str, name: str, content: str) -> str:
    """A page with what stands between <!-- NAME:begin --> and <!-- NAME:end --> replaced."""
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    replaced, places = re.subn(
        f"{begin}.*{end}", lambda _: f"{begin}\n{content}\n{end}", text, flags=re.DOTALL
    )
    if not places:
        raise Problem(f"The page has no place for the {name}: expected {begin} and {end}.")
    return replaced
