"""Looking back: what auditors see of the log, and who looked at a lead or an ad.

An auditor sees every event's header; the sealed detail of one (words of a search, a reason) is opened alone,
and opening it is an event. Who leads an investigation sees who looked at one thing, as far as no case of
others is told of by it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from homeward.desk import apart, runs, veil
from homeward.desk.acts import event, note
from homeward.desk.permissions import permitted
from homeward.house import House
from homeward.model.actor import Actor, Role
from homeward.model.errors import NotFound, UsageError
from homeward.model.event import Act
from homeward.store.ledger import Tx, cases, checkpoints, events, trail
from homeward.store.ledger.events import Recorded
from homeward.store.ledger.trail import Sought

Row = dict[str, Any]
MOST, PAGE = 200, 50
LOOKS = (Act.LOOK, Act.SEARCH, Act.TRIAGE, Act.UNDO, Act.JUDGE, Act.EXPORT)
LEFT_OUT = "Looks for cases that you are not of are not shown here. Auditors see them."


@permitted("log.read")
def listing(
    actor: Actor, house: House, *, person: str = "", thing: str = "", act: str = "",
    since: datetime | None = None, until: datetime | None = None, before: int = 0, limit: int = PAGE,
) -> Row:  # fmt: skip
    """Return events' headers, newest first; `before` goes on from an earlier page."""
    if not 0 < limit <= MOST or before < 0:
        raise UsageError(f"A page holds up to {MOST} events.")
    sought = Sought(person, (thing,) if thing else (), (Act(act),) if act else (), since, until)
    asked: Row = {"person": person, "thing": thing, "of": act, "since": since, "until": until}
    told = {name: str(value) for name, value in asked.items() if value}
    with house.ledger.write() as tx:
        found = trail.page(tx, sought, before=before, limit=limit)
        size = events.count(tx)
        done = event(actor, house, Act.AUDIT, what="events", shown=len(found), before=before, **told)
        events.record(tx, done)
    rows = [_row(one) for one in found]
    return {"events": rows, "size": size, "next": found[-1].seq if len(found) == limit else None}


@permitted("log.read")
def detail(actor: Actor, house: House, seq: int) -> Row:
    """Return one event with its sealed detail, unless that was erased."""
    with house.ledger.write() as tx:
        found = trail.one(tx, seq)
        if found is None:
            raise NotFound("event", str(seq))
        events.record(tx, event(actor, house, Act.AUDIT, what="detail", seq=seq))
    said = {name: _plain(value) for name, value in sorted(found.event.detail.items())}
    return {**_row(found), "detail": said}


@permitted("log.read")
def state(actor: Actor, house: House) -> Row:
    """Return how the log stands: its size, what is signed, where that is copied to, and any trouble."""
    note(actor, house, Act.AUDIT, what="state")
    with house.ledger.read() as tx:
        newest, size = checkpoints.latest(tx), events.count(tx)
    with house.ledger.write() as tx:
        key, trouble = house.watch.key(tx), house.watch.trouble(tx)
    copies = house.watch.copies.read(key)
    return {
        "size": size, "signed": newest.size if newest else 0, "signed_at": newest.at if newest else None,
        "key": key, "trouble": trouble or " ".join(house.watch.wrong) or apart.of_copies(house),
        "copies": [
            {"place": str(c.place), "size": c.checkpoint.size if c.checkpoint else None, "trouble": c.trouble}
            for c in copies
        ],
    }  # fmt: skip


@permitted("look.who")
def of_lead(actor: Actor, house: House, lead: str, *, before: int = 0) -> Row:
    """Return who looked at a lead or its dossier, decided on it, or took it out; newest first."""
    run = runs.needed(house, "lead", lead)
    return _looks(actor, house, (lead, str(run.lead(lead)["identity"])), before)


@permitted("look.who")
def of_ad(actor: Actor, house: House, ad: str, *, before: int = 0) -> Row:
    """Return who looked at an ad or was shown it by a search; newest first."""
    veil.unless_hidden(house, ad)
    if not house.lake.find("ads", [ad], columns=["ad"]).num_rows:
        raise NotFound("ad", ad)
    return _looks(actor, house, (ad,), before)


def _looks(actor: Actor, house: House, things: tuple[str, ...], before: int) -> Row:
    with house.ledger.write() as tx:
        found = trail.page(tx, Sought(things=things, acts=LOOKS), before=before, limit=PAGE)
        shown = _may_know(tx, actor, house, found)
        done = event(actor, house, Act.LOOK, things[:1], what="who looked", shown=len(shown))
        events.record(tx, done)
    rows = [
        {
            "at": one.event.at, "actor": one.event.actor, "role": one.event.role, "act": str(one.event.act),
            "purpose": one.event.purpose, "what": _what(one),
        }
        for one in shown
    ]  # fmt: skip
    return {"looks": rows, "next": found[-1].seq if len(found) == PAGE else None, "left_out": LEFT_OUT}


def _may_know(tx: Tx, actor: Actor, house: House, found: list[Recorded]) -> list[Recorded]:
    """Leave out what was done for a case of others: that there is one is theirs to tell."""
    named = {one.event.case for one in found if one.event.case}
    if actor.role is Role.LOCAL:
        return found
    known = cases.readable(tx, actor.name, named, at=house.clock())
    return [one for one in found if not one.event.case or one.event.case in known]


def _row(one: Recorded) -> Row:
    e = one.event
    return {
        "seq": one.seq, "at": e.at, "actor": e.actor, "role": e.role, "door": e.door, "act": str(e.act),
        "purpose": e.purpose, "case": e.case, "objects": list(e.objects), "rows": e.rows,
        "outcome": e.outcome, "erased": one.erased,
    }  # fmt: skip


def _what(one: Recorded) -> str:
    """Return what was looked at; that it was by a watch is its owner's to tell."""
    said = str(one.event.detail.get("what", ""))
    return "" if said == "watch" else said


def _plain(value: Any) -> str:
    """Return a value of a detail as text."""
    return value if isinstance(value, str) else repr(value)


def size(house: House) -> int:
    """Return how many events there are."""
    with house.ledger.read() as tx:
        return events.count(tx)
