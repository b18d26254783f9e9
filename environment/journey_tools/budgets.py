"""How much work the notebooks do; the Java side of it is journey.engine.Budget."""

import os

from journey_tools.problem import Problem

SMOKE = "smoke"
NAMES = (SMOKE, "standard", "full")
VARIABLE = "JOURNEY_BUDGET"
_DEFAULT = "standard"


def current() -> str:
    """The budget that JOURNEY_BUDGET names, standard if it names none."""
    value = os.environ.get(VARIABLE, "").strip().lower() or _DEFAULT
    if value not in NAMES:
        raise Problem(f'{VARIABLE} is "{value}"; it must be one of {", ".join(NAMES)}.', status=2)
    return value
