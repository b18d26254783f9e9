"""Reads a Java source file the way a notebook shows it: without its package line and imports."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_PACKAGE = re.compile(r"package\s+([\w.]+)\s*;\s*$")
_IMPORT = re.compile(r"import\s+(static\s+)?([\w.]+(?:\.\*)?)\s*;\s*$")
_COMMENTS_AND_STRINGS = re.compile(
    r"/\*.*?\*/|//[^\n]*|\"\"\".*?\"\"\"|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.DOTALL
)


@dataclass(frozen=True, order=True)
class Import:
    """One import: `name` is a type's (or member's) full name, or a package with `.*`."""

    name: str
    static: bool = False

    def covers(self, wanted: Import) -> bool:
        """Whether this import brings in everything that `wanted` brings in."""
        if self.static != wanted.static:
            return False
        if self.name == wanted.name:
            return True
        return self.name.endswith(".*") and wanted.name.rpartition(".")[0] == self.name[:-2]

    def __str__(self) -> str:
        return f"import {'static ' if self.static else ''}{self.name};"


@dataclass(frozen=True)
class JavaSource:
    """A Java source file, taken apart."""

    package: str
    imports: tuple[Import, ...]
    body: str

    def words(self) -> set[str]:
        """The identifiers in the body, comments and string literals left out."""
        return set(re.findall(r"[A-Za-z_]\w*", _COMMENTS_AND_STRINGS.sub(" ", self.body)))


def parse_import(line: str) -> Import | None:
    """The import that a line declares, or None."""
    match = _IMPORT.match(line.strip())
    return Import(match[2], bool(match[1])) if match else None


def imports_in(text: str) -> tuple[Import, ...]:
    """The imports that the lines of a text declare."""
    return tuple(found for line in text.splitlines() if (found := parse_import(line)))


def read(file: Path) -> JavaSource:
    """Takes a source file apart; the body keeps every character from the first kept line on."""
    return parse(file.read_text(encoding="utf-8"))


def parse(text: str) -> JavaSource:
    """Takes a source text apart. Only the head, up to the first declaration, loses lines."""
    package, imports, kept = "", [], []
    lines = text.splitlines()
    at, in_comment = 0, False
    while at < len(lines):
        line = lines[at].strip()
        if in_comment or line.startswith("/*"):
            kept.append(lines[at].rstrip())
            in_comment = "*/" not in line
        elif match := _PACKAGE.match(line):
            package = match[1]
        elif found := parse_import(line):
            imports.append(found)
        elif line.startswith("//"):
            kept.append(lines[at].rstrip())
        elif line:
            break
        at += 1
    body = "\n".join([*kept, *lines[at:]]).strip("\n")
    return JavaSource(package, tuple(imports), body)
