"""The records officer's page: what was asked for, what is due, held, corrected and handed out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from homeward.desk import records, runs
from homeward.desk.acts import event
from homeward.desk.permissions import permitted
from homeward.house import House
from homeward.model.actor import Actor
from homeward.model.event import Act
from homeward.store.ledger import corrections, events
from homeward.store.ledger import records as kept

DUE_SHOWN = 2_000  # a portion of a purge
HOLDS_SHOWN = 500
HANDED_SHOWN = 100

Row = dict[str, Any]


@permitted("records.look")
def page(actor: Actor, house: House) -> Row:
    """Return everything at once; of each request, what acting on it would touch."""
    due, held = records.find_due(house)
    run, days = runs.current(house), records.kept_days(house)
    with house.ledger.write() as tx:
        there = kept.held(tx)
        asked = [
            {**row, **_touched(run, row["ads"], there), "recipients": len(kept.recipients(tx, row["ads"]))}
            for row in kept.asked_for(tx)
        ]
        found = {
            "requests": asked, "due": due[:DUE_SHOWN], "due_total": len(due), "due_held": held,
            "kept_days": days, "holds": kept.held_since(tx, limit=HOLDS_SHOWN),
            "corrections": corrections.standing(tx), "disclosed": kept.disclosed(tx, limit=HANDED_SHOWN),
            "erased": len(kept.erased_ads(tx)),
        }  # fmt: skip
        events.record(tx, event(actor, house, Act.LIST, what="records", total=len(asked)))
    return found


def _touched(run: runs.Run | None, ads: Sequence[str], held: Collection[str]) -> Row:
    """Return how many leads show any of these ads, and how many of the ads are held."""
    rows = run.members_of(ads).values() if run else ()
    return {"leads": len({row["lead"] for row in rows if row.get("lead")}),
            "held": sum(ad in held for ad in ads)}  # fmt: skip
