"""Where things are: in the checkout, and in the folder for what is written."""

import hashlib
import os
import re
from collections.abc import Iterable
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
ENVIRONMENT = HOME / "environment"
NOTEBOOKS = HOME / "notebooks"
# What the set-up makes.
SET_UP = HOME / "build"
TARGET = HOME / "target"
# What runs leave; a class may share one checkout that nobody can write.
WORK = Path(os.environ.get("JOURNEY_WORK") or HOME).resolve()
BUILD = WORK / "build"
LOGS = BUILD / "logs"
KERNELS = HOME / ".venv" / "share" / "jupyter" / "kernels"
README = HOME / "README.md"
RESULTS = HOME / "docs" / "results.md"


class Problem(Exception):
    """Says what went wrong and what to do; the command prints it, without a traceback, and ends."""

    def __init__(self, message: str, status: int = 1):
        super().__init__(message)
        self.status = status


def require_work() -> None:
    """Refuses to begin where the files that come of it could not be written."""
    if not can_write(WORK):
        remedy = "Let JOURNEY_WORK name a folder of yours, as in: export JOURNEY_WORK=~/journey"
        raise Problem(f"{WORK} is no folder that this user can write. {remedy}", status=2)


def require_checkout() -> None:
    """Refuses to begin what changes the checkout itself where this user cannot write it."""
    if not can_write(HOME):
        raise Problem(f"{HOME} cannot be written by this user, but this command would.", status=2)


def can_write(folder: Path) -> bool:
    """Whether files can be made in a folder, or the folder itself can."""
    existing = next(each for each in (folder, *folder.parents) if each.exists())
    return existing.is_dir() and os.access(existing, os.W_OK | os.X_OK)


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
    """Writes a file so that a reader sees the old or the new one, never a part.

    One that holds this already is left alone, so that it need not be writable.
    """
    content = content.encode() if isinstance(content, str) else content
    if file.is_file() and file.read_bytes() == content:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{os.getpid()}.part")
    draft.write_bytes(content)
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
