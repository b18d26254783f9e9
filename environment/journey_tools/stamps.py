"""Remembers from what a thing was made, so that it is made anew only when that has changed."""

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path


def digest_of(files: Iterable[Path]) -> str:
    """One digest for the names and contents of these files and of all files in these folders."""
    digest = hashlib.sha256()
    for file in files:
        members = sorted(file.rglob("*")) if file.is_dir() else [file]
        for member in members:
            if member.is_file():
                digest.update(str(member).encode() + b"\0")
                digest.update(hashlib.sha256(member.read_bytes()).digest())
    return digest.hexdigest()


class Stamp:
    """A file inside what was made, written last: without it, the thing is not complete."""

    def __init__(self, file: Path):
        self._file = file

    def matches(self, inputs: dict[str, str]) -> bool:
        """Whether the thing is complete and was made from these inputs."""
        return self.inputs() == inputs

    def inputs(self) -> dict[str, str] | None:
        """What the thing was made from; None if it is not complete."""
        try:
            return json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None

    def clear(self) -> None:
        """The thing is about to change."""
        self._file.unlink(missing_ok=True)

    def write(self, inputs: dict[str, str]) -> None:
        """The thing is complete."""
        write_atomically(self._file, json.dumps(inputs, indent=1, sort_keys=True) + "\n")


def write_atomically(file: Path, content: str | bytes) -> None:
    """Writes a file so that a reader sees the old or the new one, never a part."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{os.getpid()}.part")
    draft.write_bytes(content.encode() if isinstance(content, str) else content)
    os.replace(draft, file)
