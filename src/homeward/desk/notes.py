"""Notes on a dossier: seen by those of the case in which they were written, changed by their author alone.

Whoever works in no case writes for themselves. No version is lost: a note that was changed or taken back
shows what it said before, and can be brought back. What a note says stands in no event.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from homeward.desk.acts import event
from homeward.desk.groups import Group
from homeward.desk.identity import opened
from homeward.desk.permissions import demand, permitted
from homeward.house import House
from homeward.model.actor import Actor
from homeward.model.errors import NotFound, UsageError
from homeward.model.event import Act
from homeward.model.permission import Target
from homeward.store.ledger import Tx, cases, events
from homeward.store.ledger import dossier_notes as store
from homeward.store.ledger.dossier_notes import Note

Row = dict[str, Any]
LONGEST = 4_000
OF_A_CASE = "Seen by those of the case that you stated, and by nobody else."
OF_ONE = "Seen by you alone: you work in no case."


@permitted("note.read")
def listing(actor: Actor, house: House, identity: str) -> Row:
    """Return the notes on a dossier that the actor may read, newest first."""
    _, _, group = opened(house, identity)
    with house.ledger.write() as tx:
        found = _readable(tx, actor, house, group)
        events.record(tx, event(actor, house, Act.LOOK, [identity], what="notes"))
    return {
        "notes": [_row(note, actor) for note in found],
        "seen_by": OF_ONE if actor.case is None else OF_A_CASE,
    }


@permitted("note.write")
def write(actor: Actor, house: House, identity: str, text: str) -> Row:
    """Write a note on a dossier."""
    said = _text(text)
    _, _, group = opened(house, identity)
    with house.ledger.write() as tx:
        note = store.add(
            tx, said, identity=identity, ad=group.ads[0].id, case=actor.case, by=actor.name, at=house.clock()
        )  # fmt: skip
        events.record(tx, event(actor, house, Act.NOTE, [identity, note], what="written"))
        return _row(_found(tx, actor, house, group, note), actor)


@permitted("note.change")
def change(actor: Actor, house: House, identity: str, note: str, text: str) -> Row:
    """Let one's own note say something else from now on; what it said before stays with it."""
    said = _text(text)
    return _changed(actor, house, _asked(actor, house, identity, note), said, what="changed")


@permitted("note.change")
def take_back(actor: Actor, house: House, identity: str, note: str) -> Row:
    """Take one's own note back; its history stays."""
    return _changed(actor, house, _asked(actor, house, identity, note), None, what="taken back")


@permitted("note.change")
def restore(actor: Actor, house: House, identity: str, note: str) -> Row:
    """Bring back one's own note as it was before its last change."""
    mine = _asked(actor, house, identity, note)
    before = next((v.text for v in reversed(mine.versions[:-1]) if v.text is not None), None)
    if before is None:
        raise UsageError("This note was never otherwise.")
    return _changed(actor, house, mine, before, what="restored")


def _asked(actor: Actor, house: House, identity: str, key: str) -> Note:
    """Return a note that may be read, for its author alone to change."""
    _, _, group = opened(house, identity)
    with house.ledger.read() as tx:
        found = _found(tx, actor, house, group, key)
    demand(actor, house, "note.change", Target(own=found.by == actor.name), what="note", key=key)
    return found


def _changed(actor: Actor, house: House, mine: Note, text: str | None, *, what: str) -> Row:
    if mine.text == text:
        raise UsageError("The note says so already.")
    now = house.clock()
    with house.ledger.write() as tx:
        store.add(
            tx, text, identity=mine.identity, ad=mine.ad, case=mine.case, by=mine.by, at=now, id=mine.id
        )  # fmt: skip
        events.record(tx, event(actor, house, Act.NOTE, [mine.identity, mine.id], what=what))
    return _row(replace(mine, versions=(*mine.versions, store.Version(text, now))), actor)


def _readable(tx: Tx, actor: Actor, house: House, group: Group) -> list[Note]:
    """The notes of cases that the actor is of (or reads by break-glass), and those of nobody else's."""
    found = store.of(tx, group.id, {doc.id for doc in group.ads})
    keys = {note.case for note in found if note.case is not None}
    mine = cases.readable(tx, actor.name, keys, at=house.clock())
    return [note for note in found if (note.case in mine if note.case else note.by == actor.name)]


def _found(tx: Tx, actor: Actor, house: House, group: Group, key: str) -> Note:
    for note in _readable(tx, actor, house, group):
        if note.id == key:
            return note
    raise NotFound("note", key)


def _row(note: Note, actor: Actor) -> Row:
    return {
        "id": note.id, "text": note.text, "by": note.by, "mine": note.by == actor.name,
        "of_case": note.case is not None, "at": note.versions[0].at, "changed_at": note.versions[-1].at,
        "before": [{"text": v.text, "at": v.at} for v in reversed(note.versions[:-1])],
    }  # fmt: skip


def _text(text: str) -> str:
    said = text.strip()
    if not said or len(said) > LONGEST:
        raise UsageError(f"A note has up to {LONGEST:,} characters.")
    return said
