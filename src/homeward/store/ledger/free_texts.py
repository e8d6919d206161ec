"""What people wrote in their own words, wherever it stands; and taking away what is about erased ads."""

from __future__ import annotations

from collections.abc import Callable, Collection

import sqlalchemy as sa

from homeward.store.ledger.engine import Tx
from homeward.store.ledger.people_tables import cases, child_flags, glass, outcomes, requests
from homeward.store.ledger.record_tables import corrections, holds, reviews
from homeward.store.ledger.tables import decisions, judgements

ERASED = "(erased)"  # what stands in the place of a text that went; the database lets nothing else change

# Each text, and the columns that say what it is about: an ad, or a lead.
TEXTS: tuple[tuple[sa.Column[str], tuple[sa.Column[str], ...]], ...] = (
    (judgements.c.why, (judgements.c.a, judgements.c.b)),
    (decisions.c.note, (decisions.c.lead,)),
    (outcomes.c.note, (outcomes.c.lead,)),
    (child_flags.c.why, (child_flags.c.subject,)),
    (child_flags.c.lifted_why, (child_flags.c.subject,)),
    (holds.c.why, (holds.c.ad,)),
    (reviews.c.why, (reviews.c.ad,)),
    (corrections.c.why, (corrections.c.ad,)),
    (corrections.c.right, (corrections.c.ad,)),
    (requests.c.why, ()),
    (glass.c.why, ()),
    (glass.c.found, ()),
    (cases.c.title, ()),
)


def forget(tx: Tx, about: Collection[str], says: Callable[[str], bool]) -> int:
    """Take away every text about one of some things, and every text that says what may not be said."""
    gone = 0
    for text, subjects in TEXTS:
        key = next(iter(text.table.primary_key))
        rows = tx.execute(sa.select(key, text, *subjects).where(text.is_not(None), text.not_in(["", ERASED])))
        for row in rows.all():
            if not set(row[2:]).isdisjoint(about) or says(row[1]):
                tx.execute(sa.update(text.table).where(key == row[0]).values({text.name: ERASED}))
                gone += 1
    return gone
