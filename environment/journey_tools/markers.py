"""Parts of README that are generated, between markers that a reader of the page does not see."""

from journey_tools.problem import Problem


def replaced(readme: str, name: str, content: str) -> str:
    """The text with what stands between <!-- NAME:begin --> and <!-- NAME:end --> replaced."""
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    before, found_begin, rest = readme.partition(begin)
    _, found_end, after = rest.partition(end)
    if not found_begin or not found_end:
        raise Problem(f"README.md has no place for the {name}: expected were {begin} and {end}.")
    return f"{before}{begin}\n{content}\n{end}{after}"
