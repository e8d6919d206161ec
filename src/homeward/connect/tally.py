"""What a lead looked like when somebody said what became of it: a row that names nobody.

A row keeps what each family of reasons said, and where and how large the group was. It must not tell which
group it is of, or the rows of cleared people would be a register. So each row fits at least LEAST_ALIKE
groups of the run it was made in. Where so many say the same, in wide steps, it is theirs, with as much of
site, region, language and size as so many share. Who stands out is blurred: those groups are parted, by what
they say and nothing else, into cells of LEAST_ALIKE or more, and the row is the mean of its cell.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from homeward.connect.card import SHIPPED, Card
from homeward.connect.rank import scored, word
from homeward.connect.tools import Floats, Ints

# Log-odds of a family in a row are whole steps: one step is about what one further name or number adds.
STEP = 0.5
LEAST_ALIKE = 5
SIZES = ((5, "2 to 5 ads"), (20, "6 to 20 ads"), (100, "21 to 100 ads"))
LARGE = "more than 100 ads"
PARTS = ("region", "site", "language", "size")  # what is left out first tells least of how a card errs
UNTOLD = ""  # of a part: not known, or left out
DIGITS = 2  # of a mean
# Below so many like it, nothing is said of what became of leads.
LEAST_TOLD = 10
MANY = 3  # families: so many or more are one kind of lead


@dataclass(frozen=True, slots=True, order=True)
class Tallied:
    """One outcome: what each family said then (log-odds by the shipped card), and whether the lead held.

    `families` is how many spoke for it; `share` how much of a lead it is: a person cleared is one of several
    in it. A `control` is of a group that was no lead.
    """

    confirmed: bool
    says: tuple[tuple[str, float], ...]
    families: int
    region: str = UNTOLD
    site: str = UNTOLD
    language: str = UNTOLD
    size: str = UNTOLD
    share: float = 1.0
    control: bool = False

    @property
    def weights(self) -> dict[str, float]:
        """What each family said, by its name."""
        return dict(self.says)


def in_steps(weights: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    """Return log-odds of families in whole steps; a soft voice is still one, and silence none."""
    return tuple(
        (family, math.copysign(max(STEP, round(abs(said) / STEP) * STEP), said))
        for family, said in sorted(weights.items()) if said
    )  # fmt: skip


def size_of(ads: int) -> str:
    """Return the words for how large a group is."""
    return next((words for most, words in SIZES if ads <= most), LARGE)


def share_of(personas: int) -> float:
    """Return which share of a lead one persona of it is, in halves of halves: a count would tell which."""
    return float(0.5 ** math.ceil(math.log2(max(personas, 1))))


def blurred(rows: Mapping[str, Tallied]) -> dict[str, Tallied | None]:
    """Return of each group of a run the row that may be kept of it, None if there is none.

    Nothing in it depends on what became of a group. Fewer than LEAST_ALIKE groups that stand out have none:
    each other's mean would tell them.
    """
    out: dict[str, Tallied | None] = dict.fromkeys(rows)
    left = dict(rows)
    for number in range(len(PARTS) + 1):
        alike = Counter(_without(row, PARTS[:number]) for row in rows.values())
        for group in list(left):
            if alike[row := _without(rows[group], PARTS[:number])] >= LEAST_ALIKE:
                out[group] = row
                del left[group]
    apart = sorted(left.items(), key=lambda item: (item[1], item[0]))
    for cell in _cells([row for _, row in apart]):
        mean = _mean([apart[place][1] for place in cell.tolist()])
        out |= {apart[place][0]: mean for place in cell.tolist()}
    return out


def kinds(said: str, families: int) -> tuple[str, str]:
    """Return what a lead is like: by its word and how many families speak for it, and by the word alone."""
    return f"{said} {min(families, MANY)}", said


def like(rows: Sequence[Tallied], card: Card) -> dict[str, tuple[int, int]]:
    """Return of each kind of lead how many had an outcome, and how many of those were confirmed."""
    known: dict[str, float] = defaultdict(float)
    held: dict[str, float] = defaultdict(float)
    for one in rows:
        if not one.control:
            said = word(scored(one.weights, card), one.families)
            for kind in kinds(str(said), one.families):
                known[kind] += one.share
                held[kind] += one.share * one.confirmed
    return {kind: (whole(known[kind]), whole(held[kind])) for kind in sorted(known)}


def whole(shares: float) -> int:
    """Return how many whole leads a sum of shares is."""
    return math.floor(shares + 1e-6)


def _without(row: Tallied, parts: Sequence[str]) -> Tallied:
    return replace(row, **dict.fromkeys(parts, UNTOLD)) if parts else row  # type: ignore[arg-type]


def _cells(rows: Sequence[Tallied]) -> Iterator[Ints]:
    """Part rows into cells of LEAST_ALIKE or more, each time in halves where they differ most.

    They differ by what the families say and by the score, which tells most of a lead.
    """
    if len(rows) < LEAST_ALIKE:
        return
    names = sorted({name for row in rows for name, _ in row.says})
    said = [[row.weights.get(name, 0.0) for name in names] for row in rows]
    score = [[scored(row.weights, SHIPPED)] for row in rows]
    yield from _halves(np.array(said).reshape(len(rows), len(names)), np.array(score), np.arange(len(rows)))


def _halves(said: Floats, score: Floats, places: Ints) -> Iterator[Ints]:
    if len(places) < 2 * LEAST_ALIKE:
        yield places
        return
    both = np.hstack([score, said])[places]
    widest = int(np.argmax(both.max(axis=0) - both.min(axis=0)))
    order = places[np.argsort(both[:, widest], kind="stable")]
    for half in (order[: len(order) // 2], order[len(order) // 2 :]):
        yield from _halves(said, score, half)


def _mean(rows: Sequence[Tallied]) -> Tallied:
    """Return the mean of a cell; of site, region, language and size what all of it share."""
    total: dict[str, float] = defaultdict(float)
    for row in rows:
        for name, said in row.says:
            total[name] += said
    says = tuple((name, round(total[name] / len(rows), DIGITS)) for name in sorted(total))
    shared = [{getattr(row, part) for row in rows} for part in PARTS]
    region, site, language, size = (some.pop() if len(some) == 1 else UNTOLD for some in shared)
    families = round(sum(row.families for row in rows) / len(rows))
    share = round(sum(row.share for row in rows) / len(rows), DIGITS)
    return Tallied(False, says, families, region, site, language, size, share)
