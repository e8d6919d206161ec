"""The control sample: one in twenty of the groups that are no lead, drawn by chance, looked at by people.

Outcomes of leads alone would say only how leads do; what the queue leaves out is seen only by looking there.
Nobody chooses the sample: a group is in it by the hash of its id and of the run it was drawn from, which are
both written down, so that anybody can draw it again.
"""

from __future__ import annotations

import hashlib
import json
import math
from enum import StrEnum
from typing import Any

from homeward.connect import rank
from homeward.desk import checked, runs, tallying, veil
from homeward.desk.acts import event
from homeward.desk.permissions import permitted
from homeward.desk.runs import Run
from homeward.house import House
from homeward.model.actor import Actor
from homeward.model.errors import NotFound, UsageError
from homeward.model.event import Act
from homeward.store.ledger import Tx, events, meta, tally

Row = dict[str, Any]
SHARE = 0.05
KEPT = "It is kept that somebody looked; what was found counts under no name."
MARK = "control: drawn by chance from groups that are no lead"


class Seen(StrEnum):
    """What somebody found in a group of the control sample."""

    CONFIRMED = "confirmed"
    NOT_CONFIRMED = "not-confirmed"
    UNKNOWN = "unknown"


@permitted("train.control")
def draw(actor: Actor, house: House) -> Row:
    """Draw the sample from the current run, in place of the one before; drawn again it is the same."""
    seen = veil.over(actor, house)
    run = runs.current(seen)
    if run is None:
        raise UsageError("There are no groups yet.", remedy="Make them with: homeward refresh")
    there = sorted(_unranked(run))
    wanted = math.ceil(len(there) * SHARE)
    chosen = sorted(there, key=lambda group: (_lot(run.id, group), group))[:wanted]
    drawn: Row = {"run": run.id, "unranked": len(there), "drawn": wanted, "by": actor.name}
    with house.ledger.write() as tx:
        tally.draw(tx, chosen, drawn)
        events.record(tx, event(actor, house, Act.TRAIN, what="control drawn", **drawn))
    return drawn


@permitted("train.control")
def listing(actor: Actor, house: House) -> Row:
    """Return the sample, marked as what it is; a group's rank is told nowhere, for it has none."""
    run = runs.current(veil.over(actor, house))
    if run:
        tallying.of_others(run)
    with house.ledger.write() as tx:
        found, drawn = tally.sample(tx), meta.get(tx, tally.DRAWN)
        shown = _shown(run, found) if run else []
        done = event(actor, house, Act.LIST, [one["group"] for one in shown], what="control")
        events.record(tx, done)
    return {"drawn": drawn, "mark": MARK, "groups": shown, **state(found, run)}


@permitted("train.control")
def review(actor: Actor, house: House, group: str, found: Seen) -> Row:
    """Keep that a group of the sample was looked at, and count what was found, by no name.

    The receipt takes it back; nothing else can, for the ledger does not know which row is of the group.
    """
    run = runs.needed(veil.over(actor, house), "control", group)
    if group not in tallying.of_others(run):
        raise NotFound("control", group)
    run.identity(group)  # one that is restricted says so
    with house.ledger.write() as tx:
        key = None
        if found is not Seen.UNKNOWN:
            key = tallying.keep(
                tx, run, group, confirmed=found is Seen.CONFIRMED, at=house.clock(), control=True
            )
        receipt = tally.review(tx, group, key)
        events.record(tx, event(actor, house, Act.TRAIN, [group], what="control reviewed"))
    return {"group": group, "receipt": receipt, "sentence": KEPT}


@permitted("train.control")
def take_back(actor: Actor, house: House, group: str, receipt: str) -> Row:
    """Take a review back, with what it counted, by the receipt that it gave."""
    with house.ledger.write() as tx:
        tally.unreview(tx, group, receipt)
        checked.recount(tx)
        events.record(tx, event(actor, house, Act.TRAIN, [group], what="control taken back"))
    return {"group": group, "sentence": "The review is taken back."}


def state(sample: dict[str, bool], run: Run | None) -> Row:
    """Return how many groups of the sample there are, were looked at, and are left to look at.

    One that is a group no longer, or has become a lead since, is nothing to wait for.
    """
    still = set(tallying.of_others(run)) if run and sample else set()
    left = sum(1 for group, reviewed in sample.items() if not reviewed and group in still)
    return {"sample": len(sample), "reviewed": sum(sample.values()), "left": left}


def missing(tx: Tx, run: Run | None) -> tuple[Row, list[str]]:
    """Return the state of the sample, and what of it is missing before a card may be fitted."""
    sample = state(tally.sample(tx), run)
    return sample, _lacks(tx, sample["left"])


def _lacks(tx: Tx, left: int) -> list[str]:
    if meta.get(tx, tally.DRAWN) is None:
        return ["no control sample was drawn: homeward train control draw"]
    if left:
        return [f"{left:,} groups of the control sample were not looked at: homeward train control list"]
    return []


def _unranked(run: Run) -> list[str]:
    """Return the groups that are no lead, without those that are hidden from whoever draws."""
    hidden = run.house.hidden
    others = tallying.of_others(run)
    if not hidden:
        return list(others)
    base = run.base or run
    out = {row["network"] for row in base.members_of(list(hidden)).values()}
    return [group for group in others if group not in out]


def _lot(run: str, group: str) -> str:
    return hashlib.sha256(f"control {run} {group}".encode()).hexdigest()


def _shown(run: Run, sample: dict[str, bool]) -> list[Row]:
    there = set(_unranked(run))
    out = []
    for key, reviewed in sample.items():
        if key not in there:
            continue
        row = run.identity(key)
        said = json.loads(row["values"] or "{}")
        title = rank.title(len(said.get("name", ())), len(said.get("phone", ())), ())
        out.append({"group": key, "title": title, "ads": len(row["ads"]), "reviewed": reviewed})
    return out
