"""Finds what libraries, the JVM or a failing program print where a reader expects results."""

import re

_NOISE = re.compile(
    r"""
      \b(?:TRACE|DEBUG|INFO|WARN|WARNING|ERROR|SEVERE|FATAL)\b   # a log level, as loggers write it
    | ^\s*(?:SLF4J|log4j|logback)\b                              # the logging libraries themselves
    | \b(?:VM|deprecation|compiler)\ warning\b                   # the JVM and the compiler
    | ^\s+at\ [\w.$/<>@]+\([^()]*\)\s*$                          # a line of a stack trace
    | ^\s*Caused\ by:
    | ^Exception\ in\ thread\b
    | ^(?:[a-z_]\w*\.)+[A-Z]\w*(?:Exception|Error)\b             # an exception's own first line
    """,
    re.VERBOSE | re.MULTILINE,
)


def noise_in(text: str) -> list[str]:
    """The lines that are noise, each once, in order."""
    lines = (line.strip() for line in text.splitlines() if _NOISE.search(line))
    return list(dict.fromkeys(lines))
