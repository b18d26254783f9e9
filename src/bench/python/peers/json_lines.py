"""How the programs that are compared talk to environment/bench."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable


def serve(engine: str, answer: Callable[[dict], dict]) -> None:
    """Says what computes, then answers a request per line until the standard input ends."""
    tell({"engine": engine})
    for line in sys.stdin:
        tell(answer(json.loads(line)))


def tell(message: dict) -> None:
    """Writes a line, at once."""
    print(json.dumps(message), flush=True)
