"""How log lines are written."""

import logging


class OneLine(logging.Formatter):
    """Log lines in which no input can begin a line of its own or colour a terminal; tracebacks stay readable."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # the name in the standard library
        return "".join(char if char.isprintable() else repr(char)[1:-1] for char in super().formatMessage(record))
