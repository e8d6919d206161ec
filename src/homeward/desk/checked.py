"""What became of leads like this one, once a hundred leads of this unit have an outcome.

The figures are counted anew with every tenth row that comes in or is taken back, so that nobody can read one
person's outcome off a figure that moves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from homeward.connect.card import SHIPPED, Card
from homeward.connect.reckoning import wilson
from homeward.connect.tally import LEAST_TOLD, Tallied, kinds, like, whole
from homeward.house import House
from homeward.model.lead import ERROR_NOTE, NOT_CHECKED, ORDER_NOTE, SCORE_NOTE
from homeward.store.ledger import Tx, meta, pins, tally

Teller = Callable[[Mapping[str, Any]], str]
LEAST_LEADS = 100  # with an outcome, before anything is said
EVERY = 10
TOLD = "tally: told"
TOO_FEW = f"fewer than {LEAST_TOLD} like this have an outcome"
CHECKED_NOTE = (
    "Beside each lead stands how many like it (the same word, as many kinds of reasons) were confirmed, of "
    "those that people looked into, with the range (Wilson's interval of 1927, at 95 %) in which the share "
    "of all such leads may lie: it is no chance for this one."
)


def rows(tx: Tx) -> list[Tallied]:
    """Return the rows of the tally."""
    return [
        Tallied(
            one.confirmed, tuple(sorted(one.says.items())), one.families, one.region, one.site,
            one.language, one.size, one.share, one.control,
        )
        for one in tally.rows(tx)
    ]  # fmt: skip


def card_in_force(tx: Tx) -> Card:
    """Return the card that the next refresh ranks by."""
    said = tally.card(tx)
    return SHIPPED if said is None else Card(said["version"], said["factors"])


def recount(tx: Tx, *, now: bool = False) -> None:
    """Count what became of leads anew if it is time, by the card in force and by the shipped one."""
    if not now and tally.changes(tx) % EVERY:
        return
    found = rows(tx)
    leads = whole(sum(one.share for one in found if not one.control))
    cards = {card.version: like(found, card) for card in (SHIPPED, card_in_force(tx))}
    meta.put(tx, TOLD, {"leads": leads, "cards": cards})


def leads_told(tx: Tx) -> int:
    """Return how many leads had an outcome when they were last counted."""
    return int(meta.get(tx, TOLD, {}).get("leads", 0))


def teller(house: House) -> Teller:
    """Return what says of a lead of the current run (its `word` and `families`) how those like it did."""
    found = _told(house)
    if found is None:
        return lambda lead: NOT_CHECKED

    def tell(lead: Mapping[str, Any]) -> str:
        for kind in kinds(str(lead["word"]), lead["families"]):
            known, held = found.get(kind, (0, 0))
            if known >= LEAST_TOLD:
                low, high = (round(share * 100) for share in wilson(held, known))
                return f"of {known:,} like this, {held:,} confirmed ({low} to {high} %)"
        return TOO_FEW

    return tell


def order_note(house: House) -> str:
    """Return what the order of the queue means, and what is known of how often it is wrong."""
    return (
        f"{ORDER_NOTE} Its words are {NOT_CHECKED}."
        if _told(house) is None
        else f"{SCORE_NOTE} {CHECKED_NOTE}"
    )


def error_note(house: House) -> Teller:
    """Return what an exported lead says of how often one like it is wrong."""
    tell = teller(house)
    return lambda lead: ERROR_NOTE if (said := tell(lead)) == NOT_CHECKED else said


def _told(house: House) -> Mapping[str, tuple[int, int]] | None:
    """Return how leads of each kind did, as the current run's card calls them; None before it may be told."""
    with house.ledger.read() as tx:
        found, run = meta.get(tx, TOLD), pins.current(tx)
    if found is None or run is None or found["leads"] < LEAST_LEADS:
        return None
    told: Mapping[str, tuple[int, int]] | None = found["cards"].get(run.meta.get("card", SHIPPED.version))
    return told
