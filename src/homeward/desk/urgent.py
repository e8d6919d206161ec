"""The urgent path: a person says that a lead may show a child, or somebody in immediate danger.

The mark restricts the lead's whole group at once: from then on it is seen by whoever set the mark and by the
duty officer (a supervisor), who acknowledges it and may lift it. Nothing here contacts anybody: the duty
officer gets a notice in the product, and everybody the unit's own contact sheet. No score sets a mark.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from homeward.desk import lowering, runs, veil
from homeward.desk.acts import event
from homeward.desk.permissions import demand, permitted
from homeward.house import House
from homeward.model.actor import Actor, Role
from homeward.model.errors import NotFound, UsageError
from homeward.model.event import Act
from homeward.model.permission import DUTY, SYNTHETIC, UNASKED, Target
from homeward.store.ledger import Tx, events, flags, meta, sight

Row = dict[str, Any]
LONGEST_WHY = 1_000
LONGEST_SHEET = 8_000
SHEET = "urgent sheet"
CONTACTS_NOBODY = "Homeward contacts nobody: call {}, and the emergency number in immediate danger."
OFFICER, LISTED = "the duty officer", "whom the contact sheet names"  # whoever is the officer calls on


@permitted("urgent.flag")
def flag(actor: Actor, house: House, lead: str, kind: str, *, why: str = "") -> Row:
    """Mark a lead: its group is restricted with the same transaction, and the duty officer has a notice."""
    if kind not in flags.KINDS or len(why) > LONGEST_WHY:
        raise UsageError(
            f"A mark is one of: {', '.join(flags.KINDS)}; with up to {LONGEST_WHY:,} characters."
        )
    seen = veil.over(actor, house)
    run = runs.needed(seen, "lead", lead)
    identity = run.lead(lead)["identity"]
    ads = run.identity(identity)["ads"]
    with sight.whole(), house.ledger.write() as tx:
        if any(mark.subject == lead for mark in flags.standing(tx)):
            raise UsageError("That lead is marked already.")
        seq = flags.add(tx, lead, kind, ads, why=why.strip(), by=actor.name, at=house.clock())
        lowering.end(tx, run, identity)
        events.record(tx, event(actor, house, Act.CHILD, [lead, identity], what="marked", kind=kind, id=seq))
        made = _told(flags.find(tx, seq), actor)
        sheet = _sheet(tx)
    return {
        "mark": made,
        "sheet": sheet,
        "sentence": "The lead is restricted: it is seen by you and the duty officer. "
        + CONTACTS_NOBODY.format(OFFICER),
    }


@permitted("urgent.list")
def listing(actor: Actor, house: House) -> Row:
    """Return whom to call, and what is marked, the oldest first: all to the duty officer, else one's own."""
    duty, run = actor.role in DUTY, runs.current(house)
    reads = actor.role is not Role.ADMINISTRATOR  # who writes the sheet and is shown nothing else
    with house.ledger.write() as tx:
        marks = [mark for mark in flags.standing(tx) if duty or (reads and mark.by == actor.name)]
        rows = [{**_told(mark, actor), "lead": _lead(run, mark)} for mark in marks]
        events.record(tx, event(actor, house, Act.LIST, [mark.subject for mark in marks], what="urgent"))
        sheet = _sheet(tx)
    note = CONTACTS_NOBODY.format(LISTED if duty else OFFICER)
    return {"duty": duty, "marks": rows, "now": house.clock(), "sheet": sheet, "note": note}


@permitted("urgent.answer")
def acknowledge(actor: Actor, house: House, mark: str) -> Row:
    """Say, as the duty officer, that one knows of a mark: its clock stops."""
    with house.ledger.write() as tx:
        found = flags.find(tx, _place(mark))
        flags.acknowledge(tx, found.seq, by=actor.name, at=house.clock())
        done = event(actor, house, Act.CHILD, [found.subject], what="acknowledged", id=found.seq)
        events.record(tx, done)
        return _told(flags.find(tx, found.seq), actor)


@permitted("urgent.lift")
def lift(actor: Actor, house: House, mark: str, *, why: str) -> Row:
    """Lift a mark that somebody else set, with a reason: whoever could see its lead sees it again."""
    with house.ledger.read() as tx:
        found = flags.find(tx, _place(mark))
    alone = actor.role in SYNTHETIC | UNASKED
    demand(
        actor, house, "urgent.lift", Target(own=found.by == actor.name and not alone), what="mark", key=mark
    )
    return _end(actor, house, found, why, what="lifted")


@permitted("urgent.undo")
def undo(actor: Actor, house: House, mark: str, *, why: str) -> Row:
    """Take one's own mark back, with a reason; once the duty officer has acknowledged it, they lift it."""
    with house.ledger.read() as tx:
        found = flags.find(tx, _place(mark))
    if found.by != actor.name and actor.role not in DUTY:
        raise NotFound("urgent mark", mark)
    demand(actor, house, "urgent.undo", Target(own=found.by == actor.name), what="mark", key=mark)
    return _end(actor, house, found, why, what="taken back")


@permitted("urgent.sheet")
def write_sheet(actor: Actor, house: House, text: str) -> Row:
    """Keep the unit's own contact sheet: whom to call, shown with every mark."""
    if len(text) > LONGEST_SHEET:
        raise UsageError(f"The contact sheet has up to {LONGEST_SHEET:,} characters.")
    with house.ledger.write() as tx:
        meta.put(tx, SHEET, text.strip())
        events.record(tx, event(actor, house, Act.SETTING, what="contact sheet", text=text.strip()))
    return {"sheet": text.strip()}


def waiting(house: House, actor: Actor) -> tuple[int, datetime | None]:
    """Return how many marks wait for the duty officer, and since when; nothing to anybody else."""
    if actor.role not in DUTY:
        return 0, None
    with house.ledger.read() as tx:
        times = [mark.at for mark in flags.standing(tx) if mark.acknowledged_at is None]
    return len(times), min(times, default=None)


def marked(house: House, actor: Actor, run: runs.Run) -> dict[str, Row]:
    """Return the marks that the actor sees, by the leads that their ads are in now."""
    with house.ledger.read() as tx:
        marks = [mark for mark in flags.standing(tx) if veil.sees(actor, mark)]
        found: dict[str, Row] = {}
        for mark in reversed(marks):
            for identity in veil.networks(run, mark.ads):
                if lead := run.lead_by_identity.get(identity):
                    found[lead["id"]] = _told(mark, actor)
    return found


def _end(actor: Actor, house: House, found: flags.Flag, why: str, *, what: str) -> Row:
    if not why.strip() or len(why) > LONGEST_WHY:
        raise UsageError(f"Say why, in up to {LONGEST_WHY:,} characters.")
    with house.ledger.write() as tx:
        standing = flags.find(tx, found.seq)
        if what == "taken back" and standing.acknowledged_at is not None:
            raise UsageError("The duty officer has acknowledged it.", remedy="They can lift it.")
        flags.lift(tx, found.seq, why=why.strip(), by=actor.name, at=house.clock())
        done = event(actor, house, Act.CHILD, [found.subject], what=what, why=why.strip(), id=found.seq)
        events.record(tx, done)
    return {"sentence": "The mark is lifted: the lead is seen again by those who could see it before."}


def _lead(run: runs.Run | None, mark: flags.Flag) -> str | None:
    """Return the lead that a mark's ads are in now: groups change with every refresh."""
    found = (run.lead_by_identity.get(key) for key in veil.networks(run, mark.ads)) if run else ()
    return next((str(lead["id"]) for lead in found if lead), None)


def _told(mark: flags.Flag, actor: Actor) -> Row:
    return {
        "id": str(mark.seq), "lead": mark.subject, "kind": mark.kind, "by": mark.by, "why": mark.why,
        "at": mark.at, "ads": len(mark.ads), "acknowledged_by": mark.acknowledged_by,
        "acknowledged_at": mark.acknowledged_at, "own": mark.by == actor.name,
    }  # fmt: skip


def _sheet(tx: Tx) -> str:
    return str(meta.get(tx, SHEET, ""))


def _place(mark: str) -> int:
    if not (mark.isascii() and mark.isdigit() and len(mark) < 12):
        raise NotFound("urgent mark", mark)
    return int(mark)
