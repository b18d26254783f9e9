"""Where things are in the checkout."""

from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
ENVIRONMENT = HOME / "environment"
NOTEBOOKS = HOME / "notebooks"
BUILD = HOME / "build"
LOGS = BUILD / "logs"
TARGET = HOME / "target"
VENV = HOME / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
VENV_SHARE = VENV / "share" / "jupyter"

BENCH = BUILD / "bench"
BENCH_REPORT = ENVIRONMENT / "bench-report.json"

RESULTS_FILE = NOTEBOOKS / "results.json"
README = HOME / "README.md"


def relative(path: Path) -> str:
    """The path as a reader in the checkout's folder would write it."""
    try:
        return str(path.relative_to(HOME))
    except ValueError:
        return str(path)
