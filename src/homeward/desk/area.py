"""What a person's day begins with: the leads of one's own area that are active, a bounded number a day.

The queue as a whole is always one step away: a lead outside the area is put off by nobody's decision.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from homeward.desk import decided
from homeward.desk.acts import event, note
from homeward.desk.permissions import permitted
from homeward.desk.runs import Run
from homeward.desk.workspace import overview
from homeward.house import House
from homeward.model.actor import Actor
from homeward.model.errors import Overtaken, UsageError
from homeward.model.event import Act
from homeward.store.ledger import Tx, events, meta

Row = dict[str, Any]
ACTIVE_DAYS = 14
A_DAY = 20  # leads: what one person reads with care in a day
MOST_PLACES = 40
LONGEST_PLACE = 120
MOST_DAYS, MOST_A_DAY = 3_650, 500


@permitted("corpus.look")
def preferences(actor: Actor, house: House) -> Row:
    """Return a person's area, and with it the tag that a change must name."""
    with house.ledger.read() as tx:
        mine = _read(tx, actor)
    note(actor, house, Act.LOOK, what="area")
    return mine


@permitted("corpus.look")
def change(actor: Actor, house: House, places: Sequence[str], days: int, a_day: int, *, tag: str) -> Row:
    """Keep a person's area; refused when it was changed elsewhere since `tag` was read."""
    kept = list(dict.fromkeys(" ".join(place.split()) for place in places if place.strip()))
    if len(kept) > MOST_PLACES or any(len(place) > LONGEST_PLACE for place in kept):
        raise UsageError(f"An area has up to {MOST_PLACES} places of up to {LONGEST_PLACE} letters.")
    if not (1 <= days <= MOST_DAYS and 1 <= a_day <= MOST_A_DAY):
        raise UsageError("Days and leads a day are whole numbers above 0.")
    with house.ledger.write() as tx:
        if _read(tx, actor)["tag"] != tag:
            raise Overtaken("Your area was changed elsewhere.", remedy="Look at it, then change it.")
        meta.put(tx, _key(actor), {"places": kept, "days": days, "a_day": a_day})
        events.record(tx, event(actor, house, Act.SETTING, what="area", places=len(kept)))
        return _read(tx, actor)


def narrowed(
    house: House, run: Run, leads: Sequence[Mapping[str, Any]], *, of: Actor
) -> tuple[list[Mapping[str, Any]], Row]:
    """Return today's leads of a person's area, best first, and what was left out of sight and why.

    Activity is counted back from now, or from the newest ad where the newest is older: a workspace that
    was last supplied in May shows what was active then.
    """
    with house.ledger.read() as tx:
        mine = _read(tx, of)
        done = _done_today(tx, house, of)
    newest = overview(house)["last"]
    until = min(house.clock(), newest) if newest else house.clock()
    since = (until - timedelta(days=mine["days"])).astimezone(UTC)
    active = active_since(leads, since)
    fit = run.leads_in(mine["places"])
    inside = [lead for lead in active if lead["id"] in fit] if mine["places"] else active
    today = inside[: max(0, mine["a_day"] - done)]
    return today, {
        **mine, "since": since.date(), "until": until.date(), "done": done, "all": len(leads),
        "inside": len(inside), "today": len(today),
    }  # fmt: skip


def active_since(leads: Sequence[Mapping[str, Any]], since: datetime) -> list[Mapping[str, Any]]:
    """Return the leads with an ad at or after a time of the zone object UTC, as a run's are.

    Times of two zone objects are compared six times slower, which a queue of 60,000 leads feels.
    """
    return [lead for lead in leads if (last := lead["last_seen"]) is not None and last >= since]


def _done_today(tx: Tx, house: House, actor: Actor) -> int:
    """Return how many leads a person has decided on since midnight UTC."""
    midnight = house.clock().replace(hour=0, minute=0, second=0, microsecond=0)
    mine = (one for one in decided.standing(tx, house).values() if one.by == actor.name)
    return sum(1 for one in mine if one.at >= midnight)


def _key(actor: Actor) -> str:
    return f"area:{actor.name}"


def _read(tx: Tx, actor: Actor) -> Row:
    kept = {"places": [], "days": ACTIVE_DAYS, "a_day": A_DAY, **(meta.get(tx, _key(actor)) or {})}
    tag = hashlib.blake2b(json.dumps(kept, sort_keys=True).encode(), digest_size=8).hexdigest()
    return {**kept, "tag": tag}
