"""Write the word lists that are kept by hand in one form, and the digest of every knowledge file.

Run as `python -m homeward.extract.knowledge.build_lexicons` after a change. These lists have no source but
themselves: words are added to the file, and this puts them in order (Latin words without accents, each word
once in a list, names by the alphabet and of one kind) and refuses what cannot be. `digests.tsv` holds what
every file was when `load.KNOWLEDGE` was last raised: rows that differ under the same version are refused,
so that no list changes without the ads it touches being read again.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from homeward.extract.knowledge.load import KNOWLEDGE, lines
from homeward.extract.text.normalise import normalise

BY_HAND = (
    "colours.tsv", "currencies.tsv", "days.tsv", "details.tsv", "durations.tsv", "names.tsv", "phrases.tsv",
    "platforms.tsv", "stopwords.tsv", "words.tsv",
)  # fmt: skip
DIGESTS = "digests.tsv"
HERE = Path(__file__).parent
NAMES_A_ROW = 40
IN_ORDER = frozenset(["phrase", "name", "venue"])  # rows whose words are said one after the other
KINDS = ("plain", "word")


def made(name: str, text: str) -> str:
    """Return the text of a hand-kept file in its one form."""
    written = text.split("\n")
    header = [line for line in written if line.startswith("#")]
    if written[: len(header)] != header:
        raise ValueError(f"{name}: comments stand at the top only")
    rows = [line.split("\t") for line in written[len(header) :] if line]
    if name == "names.tsv":
        body = list(_names(rows))
    else:
        body = list(dict.fromkeys("\t".join([row[0], *map(_cell(row[0]), row[1:])]) for row in rows))
    return "\n".join([*header, *body]) + "\n"


class _cell:
    """Put the words of one cell in form; a phrase may hold a word twice, a list may not."""

    def __init__(self, kind: str) -> None:
        self._in_order = kind in IN_ORDER

    def __call__(self, cell: str) -> str:
        words = [_folded(word) for word in cell.split()]
        return " ".join(words if self._in_order else dict.fromkeys(words))


def _folded(word: str) -> str:
    """Return a Latin word without its accents, as readers see it; other scripts are folded in context."""
    latin = any("a" <= c.lower() <= "z" for c in word)
    return normalise(word).text if latin and not word.isascii() else word


def _names(rows: list[list[str]]) -> Iterator[str]:
    listed = {kind: sorted({w for k, names in rows if k == kind for w in names.split()}) for kind in KINDS}
    if both := set(listed["plain"]) & set(listed["word"]):
        raise ValueError(f"names.tsv: both plain and a word: {sorted(both)}")
    for kind in KINDS:
        names = listed[kind]
        for at in range(0, len(names), NAMES_A_ROW):
            yield f"{kind}\t{' '.join(names[at : at + NAMES_A_ROW])}"


def digests() -> str:
    """Return the text of `digests.tsv`: the version, and what the rows of each file come to."""
    files = sorted(file.name for file in HERE.glob("*.tsv") if file.name != DIGESTS)
    of = (f"{name}\t{sha256(chr(10).join(lines(name)).encode()).hexdigest()}" for name in files)
    head = (
        "# What the knowledge files were when KNOWLEDGE was last raised: file, SHA-256 of its rows.",
        "# source: the files beside it, through build_lexicons.py",
        "# licence: Apache-2.0",
    )
    return "\n".join([*head, f"KNOWLEDGE\t{KNOWLEDGE}", *of]) + "\n"


def check(kept: str, new: str) -> None:
    """Raise if rows differ and the version does not."""
    version = f"\nKNOWLEDGE\t{KNOWLEDGE}\n"
    if kept != new and version in kept:
        raise ValueError(f"knowledge changed: raise load.KNOWLEDGE above {KNOWLEDGE}")


def main() -> None:
    """Put the hand-kept files in form and write the digests."""
    for name in BY_HAND:
        file = HERE / name
        file.write_text(made(name, file.read_text(encoding="utf-8")), encoding="utf-8")
    kept, new = HERE / DIGESTS, digests()
    if kept.exists():
        check(kept.read_text(encoding="utf-8"), new)
    kept.write_text(new, encoding="utf-8")
    sys.stdout.write(f"knowledge {KNOWLEDGE}\n")


if __name__ == "__main__":
    main()
