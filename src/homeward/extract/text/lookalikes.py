"""Characters that stand for others: the table made by `knowledge/build_lookalikes.py`, in usable form."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

from homeward.extract.knowledge.load import rows


def _load() -> tuple[dict[str, str], dict[str, str], dict[str, str], dict[str, str]]:
    tables: dict[str, dict[str, str]] = {"A": {}, "S": {}, "W": {}, "M": {}}
    for point, kind, *text in rows("lookalikes.tsv"):
        folded = "".join(chr(int(c, 16)) for c in text[0].split()) if text else ""
        tables[kind][chr(int(point, 16))] = folded
    return tables["A"], tables["S"], tables["W"], tables["M"]


ALWAYS, SAME, RESEMBLES, MONEY = _load()
# Half of a character stands for none, and no table can hold it: a value must not carry it on.
LONE_SURROGATES: Final = range(0xD800, 0xE000)
# Always replaced by exactly one character: `str.translate` does these, and offsets stay.
ONE: Final = {ord(c): text for c, text in ALWAYS.items() if len(text) == 1} | dict.fromkeys(
    LONE_SURROGATES, "\ufffd"
)
# Always dropped or replaced by several: these move the offsets.
MOVING: Final = {c: text for c, text in ALWAYS.items() if len(text) != 1}
# Replaced depending on the word around them; always by one character.
CONTEXTUAL: Final = frozenset(SAME) | frozenset(RESEMBLES) | frozenset(MONEY)


@lru_cache(maxsize=4096)
def script(char: str) -> str:
    """Return the script of a letter: the first word of its Unicode name, empty for Latin and non-letters."""
    if not char.isalpha():
        return ""
    first = unicodedata.name(char, "").split(" ", 1)[0]
    return "" if first == "LATIN" else first
