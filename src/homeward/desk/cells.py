"""Cells of a CSV file: what an ad wrote never runs as a formula in a spreadsheet."""

from __future__ import annotations

import json
from datetime import datetime

# A cell that begins so is read as a formula by one spreadsheet or another; full-width forms included.
FORMULA = "=+-@\t\r\n＝＋－＠|%"
GUARD = "'"


def cell(value: object) -> str:
    """Return one value as an inert cell.

    Text that begins like a formula, after any leading white space, gets an apostrophe in front. Two forms
    are left as they are because nothing can run in them: a plus and digits (a phone's normal form) and a
    plain number. Lists and objects are written as JSON.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if not isinstance(value, str):
        value = json.dumps(value, ensure_ascii=False, default=str)
    text = value.replace("\0", "\N{REPLACEMENT CHARACTER}")
    bare = text.lstrip()
    if (bare[:1] and bare[0] in FORMULA) or (text[:1] and text[0] in FORMULA):
        return text if _number(text) else GUARD + text
    return text


def _number(text: str) -> bool:
    """Whether text is a sign and ASCII digits, with at most one point, and nothing else."""
    digits = text[1:].replace(".", "", 1)
    return text[:1] in "+-" and digits.isascii() and digits.isdigit()
