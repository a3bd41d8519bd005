"""Texts that leave for a spreadsheet: none of them may begin to calculate."""

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(text: str) -> str:
    """The text, with an apostrophe before it when a spreadsheet would take it for a formula."""
    return f"'{text}" if text.lstrip(" \xa0").startswith(DANGEROUS) else text
