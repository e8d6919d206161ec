"""Shapes of retraining: the cards in force and proposed, with what says how far to trust the proposal."""

from __future__ import annotations

from homeward.app.api.shapes.pieces import Numbers, Out


class Share(Out):
    """A share of leads, with the range (Wilson's interval at 95 %) in which the true one may lie."""

    of: int
    share: float
    low: float
    high: float


class Foretold(Out):
    """How well a card foretells outcomes that it did not see.

    `loss` is the mean surprise in nats; `order` how often a confirmed lead stands before one that is not.
    """

    loss: float
    order: float


class Controls(Out):
    """Groups that were no lead and were looked at: what the queue misses."""

    groups: int
    confirmed: int
    low: float
    high: float


class CalibrationRow(Out):
    """Leads of which about as much was foretold, and what became of them."""

    leads: int
    foretold: float
    confirmed: float
    low: float
    high: float


class ErrorRow(Out):
    """How often the word is wrong in a part of the leads, by either card; None: too few."""

    part: str
    name: str
    leads: int
    confirmed: int
    wrong_shipped: Share | None
    wrong_fitted: Share | None
    missed_shipped: Share | None
    missed_fitted: Share | None


class FittedCards(Out):
    """Both cards, all in all."""

    shipped: Foretold
    fitted: Foretold


class Proposal(Out):
    """A card fitted to this unit's outcomes; its version is a hash of everything here."""

    version: str
    factors: dict[str, float]
    leads: int
    confirmed: int
    control: Controls
    all: FittedCards
    better: bool
    calibration: list[CalibrationRow]
    errors: list[ErrorRow]
    note: str


class Training(Out):
    """What retraining has and what it lacks, and the card that is proposed, if one is."""

    leads: int
    needed: int
    lacks: list[str]
    run_card: str | None
    proposal: Proposal | None
    numbers: Numbers
