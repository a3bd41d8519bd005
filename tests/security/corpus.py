"""Texts that nobody types by hand: what breaks databases, dates, numbers, encodings, templates and headers."""

from __future__ import annotations

NUL = "%00"
BROKEN = ("%ED%A0%80", "%C0%80", "%FF%FE", "%F0%9F", "%")
"""As they travel in an address: a lone surrogate, an overlong zero, bytes that are no UTF-8, a cut character."""
TEXTS = (
    "",
    " ",
    "\u202eevil\u202c",
    "\u200b\ufeff",
    "🏳️‍🌈" * 40,
    "İıſǆ\u0345",
    "Z\u0351\u036b\u0343\u036a" * 60,
    "a" * 6_000,
    "ș" * 3_000,
    "' OR 1=1; --",
    '"><x-xss x-xss=1>',
    "{{ settings.SECRET_KEY }}{% debug %}",
    "{0.__class__} ${7*7} %(secret)s %s",
    "../../etc/passwd",
    "a\r\nSet-Cookie: evil=1",
    "\x01\x07\x1b[31m",
    "%_\\",
    "a & | ! ( <-> :*",
    "None",
    "[]",
)
NUMBERS = (
    "-1",
    "0",
    "9" * 40,
    "1e309",
    "NaN",
    "-Infinity",
    "٣",
    "²",
    "1_0",
    "0x10",
    "2147483648",
    "9223372036854775808",
)
DAYS = ("0001-01-01", "9999-12-31", "2026-02-30", "10000-01-01", "2026-13-45T99:99", "00:61")
NAUGHTY = (*TEXTS, *NUMBERS, *DAYS)
