"""Fit a card to a unit's own outcomes: monotone, held near the shipped card, the same to the bit every time.

A logistic regression of "confirmed" on what each family says by the shipped card. Its coefficients are the
card's factors: never below zero and never above MOST_FACTOR, pulled towards 1 (the shipped card) by a square
penalty. The start is fitted too and used in the tables only: outcomes are of leads that people chose, so how
often those were confirmed is not how often a group of the queue would be.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

from homeward.connect.card import MOST_FACTOR, Card, families
from homeward.connect.tally import Tallied
from homeward.connect.tools import Floats

# What retraining needs: under 200 outcomes the factors of a dozen families are mostly chance, and of either
# sort so few would be a handful of leads that decide.
LEAST_OUTCOMES, LEAST_OF_EACH = 200, 20
# The pull towards the shipped card: as sure of each factor as one that is within half of itself two times in
# three (a variance of .25), so that a family that few outcomes speak of stays about where it is.
PULL = 4.0
FOLDS = 5
DIGITS = 3  # of a factor; more than outcomes can tell, and far above what the last bits of a sum are
MOST_START = 10.0


@dataclass(frozen=True)
class Fit:
    """A card's factors, and the log-odds that a group without reasons was confirmed."""

    factors: dict[str, float]
    start: float

    def log_odds(self, rows: Sequence[Tallied]) -> Floats:
        """Return the log-odds that each row was confirmed."""
        x = _matrix(rows, tuple(self.factors))
        said: Floats = self.start + (x * np.array(list(self.factors.values()))).sum(axis=1)
        return said


def fit(rows: Sequence[Tallied]) -> Fit:
    """Fit factors and start to rows; their order does not matter."""
    rows, known = sorted(rows), families()
    x, y, share = _matrix(rows, known), _confirmed(rows), _shares(rows)

    def loss(theta: Floats) -> tuple[float, Floats]:
        z = theta[0] + (x * theta[1:]).sum(axis=1)
        wrong = share * (expit(z) - y)
        off = theta[1:] - 1.0
        value = (share * (np.logaddexp(0.0, z) - y * z)).sum() + PULL / 2 * (off**2).sum()
        slope = (x * wrong[:, None]).sum(axis=0) + PULL * off
        return float(value), np.concatenate([[wrong.sum()], slope])

    bounds = [(-MOST_START, MOST_START), *[(0.0, MOST_FACTOR)] * len(known)]
    begin = np.array([0.0, *[1.0] * len(known)])
    # The loss is convex: there is one best card, and rounding leaves out how near the search came to it.
    found = minimize(
        loss, begin, jac=True, method="L-BFGS-B", bounds=bounds,
        options={"maxiter": 2_000, "ftol": 1e-14, "gtol": 1e-9},
    ).x  # fmt: skip
    factors = {name: round(float(m), DIGITS) + 0.0 for name, m in zip(known, found[1:], strict=True)}
    return Fit(factors, round(float(found[0]), DIGITS))


def start_of(rows: Sequence[Tallied]) -> Fit:
    """Return the shipped card, with the start that fits rows best: what a fitted card is held against."""
    rows, known = sorted(rows), families()
    z, y, share = _matrix(rows, known).sum(axis=1), _confirmed(rows), _shares(rows)
    low, high = -MOST_START, MOST_START
    for _ in range(60):  # the more a start is, the more are foretold: halve to where as many are as were
        middle = (low + high) / 2
        if (share * (expit(middle + z) - y)).sum() > 0:
            high = middle
        else:
            low = middle
    return Fit(dict.fromkeys(known, 1.0), round(low, DIGITS))


@dataclass(frozen=True)
class Tested:
    """Rows, each with what a card that did not see it, and the shipped card, say of it (log-odds)."""

    rows: list[Tallied]
    trained: Floats
    shipped: Floats
    cards: list[Card]  # of each row, the card that did not see it


def cross_validated(rows: Sequence[Tallied]) -> Tested:
    """Fit FOLDS times, each time to the rows of the other folds; equal rows are dealt out evenly."""
    dealt = sorted(rows)
    fold = np.arange(len(dealt)) % FOLDS
    trained, shipped = np.zeros(len(dealt)), np.zeros(len(dealt))
    cards: list[Card] = [Card("")] * len(dealt)
    for number in range(FOLDS):
        seen = [row for row, of in zip(dealt, fold.tolist(), strict=True) if of != number]
        places = np.flatnonzero(fold == number)
        held = [dealt[place] for place in places.tolist()]
        found = fit(seen)
        trained[places], shipped[places] = found.log_odds(held), start_of(seen).log_odds(held)
        for place in places.tolist():
            cards[place] = Card(str(number), found.factors)
    return Tested(dealt, trained, shipped, cards)


def version_of(said: Any) -> str:
    """Return a name for a proposal that is another one as soon as anything in it is."""
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:16]


def _matrix(rows: Sequence[Tallied], known: Sequence[str]) -> Floats:
    """Return what each family says in each row; one that no indicator in use is of is left out."""
    said = [row.weights for row in rows]
    return np.array([[one.get(name, 0.0) for name in known] for one in said]).reshape(len(rows), len(known))


def _confirmed(rows: Sequence[Tallied]) -> Floats:
    return np.array([float(row.confirmed) for row in rows])


def _shares(rows: Sequence[Tallied]) -> Floats:
    return np.array([row.share for row in rows])
