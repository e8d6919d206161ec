"""Words as they are compared: letters hidden as digits, signs or apart are taken for what they stand for.

This is for comparing wordings only. It maps different words to the same form now and then ("of" and "off"),
which costs nothing; what an ad says is read from its own characters by the readers.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc
import re2

NUMBER = "0"  # any number that no reader took: its digits are a filling
_DIGITS = str.maketrans("01345789", "oieastbg")
# "m@ssage", "$erious", "p!ease": signs that stand for letters inside a word.
_SIGNS = (
    (r"(\pL)@", r"\1a"), (r"@(\pL)", r"a\1"), (r"(\pL)[$]", r"\1s"), (r"[$](\pL)", r"s\1"),
    (r"(\pL)[!|](\pL)", r"\1i\2"),
)  # fmt: skip
_SIGNED = r"\pL[@$!|]\pL|[@$]\pL|\pL[@$]"
# Letters set apart, each by one sign: "r e l a x", "r.e.l.a.x", but not "a - b".
_APART = r"(?:^|[^\pL\pN\pM])\pL[ .*_\-]\pL[ .*_\-]\pL(?:[^\pL\pN\pM]|$)"
_RUN = re2.compile(r"(^|[^\pL\pN\pM])(\pL(?:[ .*_\-]\pL){2,})(\b|[^\pL\pN\pM]|$)")
_UNIT = 4  # letters after a number that are its unit ("30min", "5ft"), and no word


def sounded(word: str) -> str:
    """Return a folded word as it is compared.

    Digits inside a word stand for letters; any other number is `NUMBER`, with its unit. The letter l is
    written as i, whose digit it shares, and a letter said twice running is said once.
    """
    if not word.isalpha():
        letters = sum(map(str.isalpha, word))
        unit = word.lstrip("0123456789")
        if letters < 2 or (unit != word and len(unit) <= _UNIT and unit.isalpha()):
            return NUMBER + unit if unit.isalpha() else NUMBER
        word = word.translate(_DIGITS)
    word = word.replace("l", "i")
    return "".join(c for c, before in zip(word, " " + word, strict=False) if c != before)


def reveal(texts: Sequence[str]) -> list[str]:
    """Return folded texts with signs inside words as letters and letters set apart as words."""
    out = list(texts)
    column = pa.array(out, pa.string())
    signed = pc.indices_nonzero(pc.match_substring_regex(column, _SIGNED))
    if len(signed):
        some = column.take(signed)
        for sign, letter in _SIGNS:
            some = pc.replace_substring_regex(some, sign, letter)
        for at, text in zip(signed.to_pylist(), some.to_pylist(), strict=True):
            out[at] = text
        column = pa.array(out, pa.string())
    for at in pc.indices_nonzero(pc.match_substring_regex(column, _APART)).to_pylist():
        out[at] = _RUN.sub(_join, out[at])
    return out


def _join(found: re2._Match) -> str:
    """Return letters set apart as words: where other signs stand between letters, a blank parts words."""
    left, run, right = (found.group(k) or "" for k in (1, 2, 3))
    pieces = run.split() if any(c in run for c in ".*_-") else [run]
    return left + " ".join("".join(c for c in piece if c.isalpha()) for piece in pieces) + right
