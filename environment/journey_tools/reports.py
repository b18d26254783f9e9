"""Reads the test reports that pytest and Maven Surefire leave behind (JUnit's XML)."""

import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Report:
    """How many tests passed; which failed; which were skipped, and why."""

    passed: int = 0
    failed: tuple[str, ...] = ()
    skipped: tuple[tuple[str, str], ...] = ()

    def __add__(self, other: "Report") -> "Report":
        return Report(
            self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped
        )


def read(folder: Path) -> Report:
    """What all reports in a folder say together."""
    return sum(map(_read_file, sorted(folder.glob("*.xml"))), Report())


def _read_file(file: Path) -> Report:
    return sum(map(_of_case, ElementTree.parse(file).iter("testcase")), Report())


def _of_case(case: ElementTree.Element) -> Report:
    name = f"{case.get('classname', '').rpartition('.')[2]}.{case.get('name')}"
    if case.find("failure") is not None or case.find("error") is not None:
        return Report(failed=(name,))
    skipped = case.find("skipped")
    if skipped is not None:
        return Report(skipped=((name, _reason(skipped)),))
    return Report(passed=1)


def _reason(skipped: ElementTree.Element) -> str:
    text = skipped.get("message") or (skipped.text or "").strip()
    return text.removeprefix("Skipped: ").splitlines()[0] if text else "no reason given"
