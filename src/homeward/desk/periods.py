"""How long ads and the details of events are kept, who sets that, and letting go of what is past it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from homeward.desk import requests as eyes
from homeward.desk.acts import event, reason
from homeward.desk.permissions import permitted
from homeward.house import House
from homeward.model.actor import Actor
from homeward.model.errors import SecondPersonNeeded, UsageError
from homeward.model.event import Act, Event
from homeward.store.ledger import events, periods, sight
from homeward.store.ledger.watch import ACTOR

OVERRIDE = "retention.override"
ALONE_DAYS = periods.USUAL_DAYS  # what one person may set for ads; beyond it takes two …
MOST_DAYS = 10 * 365  # … up to this
LEAST_LOG_DAYS = 365  # the details of events are kept for at least a year
MOST_LOG_DAYS = 30 * 365
SHREDDED_AT_ONCE = 10_000  # of one transaction
NAMED = 200  # by one event

Row = dict[str, Any]


@permitted("retention.see")
def page(actor: Actor, house: House) -> Row:
    """Return the periods in force, their bounds, and how many events have details past theirs."""
    with sight.whole(), house.ledger.write() as tx:
        log = periods.of_log(tx)
        past = 0 if log is None else periods.count_past(tx, house.clock() - timedelta(days=log))
        found = {
            "ads_days": periods.of_ads(tx), "log_days": log, "log_past": past, "alone_days": ALONE_DAYS,
            "most_days": MOST_DAYS, "least_log_days": LEAST_LOG_DAYS,
        }  # fmt: skip
        events.record(tx, event(actor, house, Act.LIST, what="retention"))
    return found


@permitted("retention.set")
def set_ads(actor: Actor, house: House, days: int, *, why: str) -> Row:
    """Set for how long ads are kept without being reviewed.

    Longer than now, up to five years, is set alone. More, up to ten, takes a second person who agreed to
    exactly these days; so does less than now, for that erases what would be kept.
    """
    why = reason(why)
    if not 1 <= days <= MOST_DAYS:
        raise UsageError(f"Ads are kept for 1 to {MOST_DAYS:,} days; beyond {ALONE_DAYS:,} it takes two.")
    with house.ledger.read() as tx:
        alone = periods.of_ads(tx) <= days <= ALONE_DAYS
    second = None if alone else eyes.second(actor, house, OVERRIDE, {"days": str(days)})
    with house.ledger.write() as tx:
        before = periods.of_ads(tx)
        if second is not None:
            second(tx)
        elif days < before:  # somebody set more meanwhile
            raise SecondPersonNeeded("8 four eyes")
        periods.put_ads(tx, days)
        events.record(tx, event(actor, house, Act.SETTING, what="ads kept", days=days, before=before, why=why,
                                two=second is not None and second.needed))  # fmt: skip
    return {"ads_days": days, "before": before}


@permitted("retention.set")
def set_log(actor: Actor, house: House, days: int | None, *, why: str) -> Row:
    """Set for how long the details of events are kept, at least a year; None for ever."""
    why = reason(why)
    if days is not None and not LEAST_LOG_DAYS <= days <= MOST_LOG_DAYS:
        raise UsageError(f"Details of events are kept for {LEAST_LOG_DAYS} to {MOST_LOG_DAYS:,} days.")
    with house.ledger.write() as tx:
        before = periods.of_log(tx)
        periods.put_log(tx, days)
        events.record(
            tx, event(actor, house, Act.SETTING, what="log kept", days=days, before=before, why=why)
        )
    return {"log_days": days, "before": before}


@permitted("retention.set")
def shred(actor: Actor, house: House) -> Row:
    """Make the details of events past their period unreadable, for good; return how many.

    The headers stay (who, when, which act, on which ids), and with them every proof.
    """
    return _shred(house, lambda part, **said: event(actor, house, Act.ERASE, part, **said))


def let_go(house: House) -> int:
    """Do the same without a person, as a served workspace does by itself; nothing is written for nothing."""
    with house.ledger.read() as tx:
        days = periods.of_log(tx)
        if days is None or not periods.past(tx, house.clock() - timedelta(days=days), limit=1):
            return 0
    done = _shred(
        house, lambda part, **said: Event(house.clock(), ACTOR, "log", Act.ERASE, tuple(part), "done", said)
    )
    return int(done["events"])


def _shred(house: House, told: Callable[..., Event]) -> Row:
    gone = 0
    while True:
        with sight.whole(), house.ledger.write() as tx:
            days = periods.of_log(tx)
            past: list[int] = []
            if days is not None:
                before = house.clock() - timedelta(days=days)
                past = periods.past(tx, before, limit=SHREDDED_AT_ONCE)
            named = [f"event:{seq}" for seq in events.shred(tx, past)]
            for begin in range(0, len(named), NAMED):
                events.record(tx, told(named[begin : begin + NAMED], stage="period", days=days))
            if not named and not gone:
                events.record(tx, told([], stage="period", days=days))
        gone += len(named)
        if len(past) < SHREDDED_AT_ONCE:
            return {"events": gone, "log_days": days}
