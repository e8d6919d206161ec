"""How far a card can be trusted: is what it foretells so, how often is it wrong, and of whom more often?

All of it is of outcomes that the card in question was not fitted to (cross-validated), and nothing is said of
fewer than LEAST_TOLD.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.special import expit

from homeward.connect.card import SHIPPED, Card
from homeward.connect.rank import scored, word
from homeward.connect.tally import LEAST_TOLD, PARTS, UNTOLD, Tallied, whole
from homeward.connect.tools import Floats
from homeward.connect.training import Tested
from homeward.model.lead import Word

Row = dict[str, Any]
BINS = 5
OTHERS = "others, or not told"
SURE = 1.959964  # standard deviations on either side that leave out one time in twenty


def wilson(held: float, known: float) -> tuple[float, float]:
    """Return the Wilson interval (95 %) of a share; of nothing it is everything."""
    if known <= 0:
        return 0.0, 1.0
    share, z2 = held / known, SURE**2
    middle = (share + z2 / (2 * known)) / (1 + z2 / known)
    reach = SURE / (1 + z2 / known) * math.sqrt(share * (1 - share) / known + z2 / (4 * known**2))
    return round(max(0.0, middle - reach), 3), round(min(1.0, middle + reach), 3)


def calibration(tested: Tested) -> list[Row]:
    """Return, from what was foretold least to most: how many, what was foretold, and what was so."""
    chance = expit(tested.trained)
    order = np.argsort(chance, kind="stable")
    count = max(1, min(BINS, len(order) // LEAST_TOLD))
    out = []
    for places in np.array_split(order, count):
        rows = [tested.rows[place] for place in places.tolist()]
        known, held = _sums(rows)
        foretold = sum(float(chance[p]) * tested.rows[p].share for p in places.tolist()) / max(known, 1e-9)
        low, high = wilson(held, known)
        out.append(
            {"leads": whole(known), "foretold": round(foretold, 3),
             "confirmed": round(held / max(known, 1e-9), 3), "low": low, "high": high}
        )  # fmt: skip
    return out


def errors(tested: Tested) -> list[Row]:
    """Return by site, region, language and size how often the word is wrong, now and by the fitted card.

    `wrong` is the share of those not confirmed that are worded "more"; `missed` of those confirmed that are
    worded "little".
    """
    out = []
    for part in PARTS:
        places: dict[str, list[int]] = defaultdict(list)
        for place, row in enumerate(tested.rows):
            places[getattr(row, part)].append(place)
        few = [name for name, some in places.items() if name == UNTOLD or _known(tested, some) < LEAST_TOLD]
        rest = sorted(place for name in few for place in places.pop(name))
        said = sorted(places.items()) + ([(OTHERS, rest)] if rest else [])
        out += [{"part": part, "name": name, **_wrong(tested, some)} for name, some in said]
    return out


def summed(tested: Tested) -> Row:
    """Return how well the shipped and the fitted card foretell what they did not see, all in all."""
    out: Row = {}
    for name, said in (("shipped", tested.shipped), ("fitted", tested.trained)):
        out[name] = {"loss": _loss(tested.rows, said), "order": _ordered(tested.rows, said)}
    return out


def controls(rows: Sequence[Tallied]) -> Row:
    """Return how many groups that were no lead were confirmed when somebody looked: what the queue misses."""
    known, held = _sums([row for row in rows if row.control])
    low, high = wilson(held, known)
    return {"groups": whole(known), "confirmed": whole(held), "low": low, "high": high}


def _wrong(tested: Tested, places: Sequence[int]) -> Row:
    rows = [tested.rows[place] for place in places]
    known, held = _sums(rows)
    said: Row = {"leads": whole(known), "confirmed": whole(held)}
    for name, cards in (("shipped", [SHIPPED] * len(rows)), ("fitted", [tested.cards[p] for p in places])):
        words = [_word(row, card) for row, card in zip(rows, cards, strict=True)]
        for what, of, wrong in (("wrong", False, Word.MORE), ("missed", True, Word.LITTLE)):
            mine = [(row, said) for row, said in zip(rows, words, strict=True) if row.confirmed is of]
            all_of = sum(row.share for row, _ in mine)
            some = sum(row.share for row, said in mine if said is wrong)
            told = all_of >= LEAST_TOLD - 1e-6
            low, high = wilson(some, all_of)
            said[f"{what}_{name}"] = (
                {"of": whole(all_of), "share": round(some / all_of, 3), "low": low, "high": high}
                if told else None
            )  # fmt: skip
    return said


def _word(row: Tallied, card: Card) -> Word:
    """Return the word of a lead; a group that is none is one of which little was said."""
    return word(scored(row.weights, card), row.families)


def _sums(rows: Sequence[Tallied]) -> tuple[float, float]:
    return sum(row.share for row in rows), sum(row.share for row in rows if row.confirmed)


def _known(tested: Tested, places: Sequence[int]) -> float:
    return sum(tested.rows[place].share for place in places) + 1e-6


def _loss(rows: Sequence[Tallied], said: Floats) -> float:
    """Return the mean surprise of what became of leads (nats): the less, the better foretold."""
    share = np.array([row.share for row in rows])
    y = np.array([float(row.confirmed) for row in rows])
    return round(float((share * (np.logaddexp(0.0, said) - y * said)).sum() / share.sum()), 4)


def _ordered(rows: Sequence[Tallied], said: Floats) -> float:
    """Return how often a confirmed lead stands before one that is not; a tie is half."""
    share = np.array([row.share for row in rows])
    y = np.array([row.confirmed for row in rows])
    names, place = np.unique(np.round(said, 9), return_inverse=True)
    yes = np.bincount(place, weights=share * y, minlength=len(names))
    no = np.bincount(place, weights=share * ~y, minlength=len(names))
    before = np.cumsum(no) - no
    total = yes.sum() * no.sum()
    return round(float((yes * (before + no / 2)).sum() / total), 4) if total else 0.5
