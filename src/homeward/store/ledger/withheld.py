"""How often what is withheld from people changed: one number, so that whoever waits for it reads no more."""

from __future__ import annotations

import sqlalchemy as sa

from homeward.store.ledger import meta
from homeward.store.ledger.engine import Tx
from homeward.store.ledger.people_tables import sessions

CHANGES = "withheld: changes"


def changed(tx: Tx) -> None:
    """Count that ads were restricted, or are so no more; in the transaction that did it."""
    meta.put(tx, CHANGES, changes(tx) + 1)


def changes(tx: Tx) -> int:
    """Return how often that happened."""
    return int(meta.get(tx, CHANGES, 0))


def moment(tx: Tx) -> tuple[int, int]:
    """Return how often that happened, and how many sessions there are: fewer, once somebody is cut off."""
    return changes(tx), int(tx.execute(sa.select(sa.func.count()).select_from(sessions)).scalar_one())
