"""Texts that every format can carry."""

import re

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")


def tidy(text: str) -> str:
    """The text with one kind of line end, without characters that neither calendars nor XML can carry."""
    return _NOT_TEXT.sub("", _LINE_ENDS.sub("\n", text))
