"""Written: is a number of an ad spelled out, written plainly, or neither?

Whoever puts odd marks between her figures writes `(702) (555) (0134` today and `702] [555] [0134` tomorrow,
and has one way, though a reader takes the first for plain; and a number with a phrase between its figures
("702, then dial 555 0134") is neither plain nor spelled. Only the usual forms are plain. The text is looked
up only for the few numbers that a rule asks about.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import re2

from homeward.connect.facts import Facts
from homeward.connect.tools import Ints, codes_of

Bools = npt.NDArray[np.bool_]
HIDDEN, PLAIN, NEITHER = "hidden", "plain", "neither"
LEAST_FIGURES = 7  # of a number: fewer, and some of it is written in words

# A country's code, an area in brackets, then groups of two figures or more with one usual mark between.
_PLAIN = re2.compile(
    r"\+?(?:\d{1,3}[ .\-]?)?(?:\(\d{1,5}\)[ .\-]?)?\d{2,}(?:[ .\-]\d{2,})*|\d{2,5}/[\d .\-]{4,}"
)
# Figures alone in groups of three or more with a phrase between them; a first group may be a country's.
_PARTED = re2.compile(r"\W*(?:\d{1,2}\D+)?\d{3,}\D*\pL{2,}\D*\d{3,}(?:\D+\d{3,})*\W*")


def way_of(raw: str, value: str, obscured: bool) -> str:
    """Return how the number `value` is written where it stands in a text as `raw`.

    `obscured` is what its reader says; where nobody knows the place in the text, that alone tells.
    """
    if not raw:
        return HIDDEN if obscured else PLAIN
    if _PLAIN.fullmatch(raw):
        return PLAIN
    figures = "".join(filter(str.isdigit, raw)).lstrip("0")
    whole = len(figures) >= LEAST_FIGURES and value.endswith(figures) and _PARTED.fullmatch(raw)
    return HIDDEN if obscured and not whole else NEITHER


@dataclass(frozen=True, slots=True)
class Written:
    """Where numbers stand in the ads' titles and bodies: rows of phone mentions, by ad."""

    facts: Facts
    starts: Ints  # of each ad's rows
    value: pa.Array
    titled: Bools  # whether it stands in the title
    begin: Ints
    end: Ints
    hidden: Bools

    @staticmethod
    def of(facts: Facts, phones: pa.Table, place: Ints, hidden: Bools) -> Written:
        """Return the places of `phones` (mentions), whose ads are `place` (-1: none of these)."""
        order = np.argsort(place, kind="stable")
        starts = np.searchsorted(place[order], np.arange(facts.count + 1))
        rows = phones.select(["value", "part", "start", "end"]).take(pa.array(order)).combine_chunks()
        titled = pc.equal(rows["part"], "title").to_numpy()
        begin, end = codes_of(rows["start"]), codes_of(rows["end"])
        values = pa.concat_arrays([pa.array([], pa.string()), *rows["value"].chunks])
        return Written(facts, starts, values, titled, begin, end, hidden[order])

    def ways(self, ad: int, values: frozenset[str]) -> frozenset[str]:
        """Return the ways in which any of some numbers is written in an ad."""
        first, last = int(self.starts[ad]), int(self.starts[ad + 1])
        said = self.value.slice(first, last - first).to_pylist()
        return frozenset(
            way_of(self._raw(ad, row), value, bool(self.hidden[row]))
            for row, value in enumerate(said, first)
            if value in values
        )

    def _raw(self, ad: int, row: int) -> str:
        """Return a number as it stands in its ad."""
        text = self.facts.ads["title" if self.titled[row] else "body"][ad].as_py() or ""
        return str(text[self.begin[row] : self.end[row]])
