"""What each notebook has to show, at any budget. A new notebook gets a line here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Expected:
    """At least so many pictures and tables, and which milestone's results."""

    milestone: int
    pictures: int
    tables: int


EXPECTED = {
    "01": Expected(milestone=1, pictures=8, tables=3),
    "02": Expected(milestone=2, pictures=11, tables=4),
    "03": Expected(milestone=3, pictures=10, tables=5),
    "04": Expected(milestone=4, pictures=12, tables=6),
    "05": Expected(milestone=5, pictures=21, tables=9),
}
