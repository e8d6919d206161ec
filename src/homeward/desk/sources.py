"""Where ads may come from: a source needs a legal basis and an impact assessment before anything is taken in.

A workspace for invented or released data has one source of its own from the start, so that nobody has to
register one to try; it can be ended like any other.
"""

from __future__ import annotations

import re
from typing import Any

from homeward.desk.acts import event
from homeward.desk.permissions import permitted
from homeward.house import House
from homeward.model.actor import Actor
from homeward.model.capture import SOURCE_KINDS
from homeward.model.errors import NotFound, SourceMissing, UsageError
from homeward.model.event import Act
from homeward.store.ledger import Tx, events, sources

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
LONGEST = 1_000  # characters of a basis or a reference
LOADS_LISTED = 200

OWN = "invented"  # the name of the workspace's own source
OWN_KINDS = frozenset({"test", "demo"})  # of workspaces that have it
OWN_BASIS = "invented or released data only"
OWN_DPIA = "none: no data about living persons may be taken in from this source"

Row = dict[str, Any]


@permitted("source.keep")
def register(actor: Actor, house: House, name: str, *, kind: str, basis: str, dpia: str) -> Row:
    """Register a source: its kind, the legal basis, and the reference of the data-protection assessment."""
    basis, dpia = _said(basis, "a legal basis"), _said(dpia, "the reference of an impact assessment (DPIA)")
    kinds = ", ".join(SOURCE_KINDS)
    if not NAME.fullmatch(name) or kind not in SOURCE_KINDS:
        raise UsageError(f"A source has a name of small letters, digits and dashes, and is one of: {kinds}.")
    with house.ledger.write() as tx:
        if any(row["name"] == name and row["ended_at"] is None for row in _all(tx, house)):
            raise UsageError(f"There is a source {name} already.", remedy="End it first.")
        sources.register(tx, name, kind=kind, basis=basis, dpia=dpia, by=actor.name, at=house.clock())
        events.record(tx, event(actor, house, Act.SOURCE, what="registered", source=name, kind=kind,
                                basis=basis, dpia=dpia))  # fmt: skip
        return _standing(tx, house, name)


@permitted("source.keep")
def end(actor: Actor, house: House, name: str, *, why: str) -> Row:
    """End a source: nothing more is taken in from it. What came from it stays, and says so."""
    why = _said(why, "a reason")
    with house.ledger.write() as tx:
        found = _standing(tx, house, name)
        if "seq" not in found:  # the workspace's own is written down when it ends
            kept = {k: found[k] for k in ("kind", "basis", "dpia", "by", "at")}
            sources.register(tx, name, **kept)
        sources.end(tx, name, why=why, by=actor.name, at=house.clock())
        events.record(tx, event(actor, house, Act.SOURCE, what="ended", source=name, why=why))
        return [row for row in _all(tx, house) if row["name"] == name][-1]


@permitted("source.look")
def listing(actor: Actor, house: House) -> Row:
    """Return every source with its basis, ended ones too, and what was loaded from them, newest first."""
    with house.ledger.write() as tx:
        found = {"sources": _all(tx, house), "loads": sources.loaded(tx, limit=LOADS_LISTED)}
        events.record(tx, event(actor, house, Act.LIST, what="sources", total=len(found["sources"])))
    return found


def fitting(house: House, name: str | None) -> Row:
    """Return the source from which a file may be taken in; raises SourceMissing without one that stands."""
    with house.ledger.read() as tx:
        if name is None and house.kind not in OWN_KINDS:
            raise SourceMissing(None)
        try:
            return _standing(tx, house, OWN if name is None else name)
        except NotFound:
            raise SourceMissing(name) from None


def _all(tx: Tx, house: House) -> list[Row]:
    kept = sources.listed(tx)
    if house.kind in OWN_KINDS and not any(row["name"] == OWN for row in kept):
        made = {"name": OWN, "kind": "file", "basis": OWN_BASIS, "dpia": OWN_DPIA, "by": "homeward"}
        ended = {"ended_by": None, "ended_at": None, "ended_why": None}
        return [{**made, "at": house.clock(), **ended}, *kept]
    return kept


def _standing(tx: Tx, house: House, name: str) -> Row:
    for row in _all(tx, house):
        if row["name"] == name and row["ended_at"] is None:
            return row
    raise NotFound("source", name)


def _said(text: str, what: str) -> str:
    text = text.strip()
    if not text or len(text) > LONGEST:
        raise UsageError(f"This needs {what}, of up to {LONGEST:,} characters.")
    return text
