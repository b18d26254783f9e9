"""Errors that a reader can do something about."""


class Problem(Exception):
    """Says what went wrong and what to do; the command prints it, without a traceback, and ends."""

    def __init__(self, message: str, status: int = 1):
        super().__init__(message)
        self.status = status
