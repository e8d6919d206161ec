"""Decisions: what people did with leads in triage. Taking one back adds a row; nothing is ever removed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from homeward.model.errors import NotFound, UsageError
from homeward.model.judgement import Decision, DismissReason
from homeward.store.ledger.engine import Tx
from homeward.store.ledger.tables import decisions


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision on one lead. `decision` is None on a row that takes an earlier one back."""

    seq: int
    lead: str
    decision: Decision | None
    reason: DismissReason | None
    note: str
    until: datetime | None  # of a snooze
    by: str
    at: datetime
    cancels: int | None  # the place of the row that this one takes back
    cancelled: bool = False  # whether a later row took this one back
    case: str | None = None  # the case it was taken for: its note is that case's


def decide(
    tx: Tx, lead: str, decision: Decision, *, by: str, at: datetime, reason: DismissReason | None = None,
    note: str = "", until: datetime | None = None, case: str | None = None,
) -> int:  # fmt: skip
    """Add a decision and return its place. To dismiss takes a reason; to snooze takes a time."""
    if (decision is Decision.DISMISS) != (reason is not None):
        raise UsageError("A lead is dismissed with a reason, and a reason is for dismissing.")
    if (decision is Decision.SNOOZE) != (until is not None):
        raise UsageError("A lead is snoozed until a time, and a time is for snoozing.")
    return _add(tx, lead=lead, decision=decision.value, reason=reason and reason.value, note=note,
                until=until, by=by, at=at, case=case)  # fmt: skip


def undo(tx: Tx, seq: int, *, by: str, at: datetime, note: str = "") -> int:
    """Take back the decision at a place, by a new row whose place is returned; the history stays.

    Raises NotFound when there is no such decision, UsageError when it has been taken back already.
    """
    row = tx.execute(sa.select(decisions).where(decisions.c.seq == seq)).first()
    if row is None or row.cancels is not None:
        raise NotFound("decision", str(seq))
    if tx.execute(sa.select(decisions.c.seq).where(decisions.c.cancels == seq)).first() is not None:
        raise UsageError("That decision has been taken back already.")
    return _add(tx, lead=row.lead, note=note, by=by, at=at, cancels=seq)


def standing(tx: Tx, *, lead: str | None = None) -> dict[str, Decided]:
    """Return the decision in force for each lead, or for the one named: the last that is not taken back.

    A snooze whose time has passed is still returned; the reader, who knows the time, compares `until`.
    """
    return {entry.lead: entry for entry in _rows(tx, lead) if entry.cancels is None and not entry.cancelled}


def case_notes(tx: Tx) -> dict[int, str]:
    """Return the notes that were written for cases, as far as whoever asks is shown them, by place."""
    wanted = sa.select(decisions.c.seq, decisions.c.note).where(decisions.c.case.is_not(None))
    return {row.seq: row.note for row in tx.execute(wanted) if row.note}


def newest(tx: Tx) -> int:
    """Return the place of the newest row, 0 when nothing was decided: while it stays, everything stays."""
    return int(tx.execute(sa.select(sa.func.coalesce(sa.func.max(decisions.c.seq), 0))).scalar_one())


def history(tx: Tx, lead: str) -> list[Decided]:
    """Return everything that was decided on a lead, oldest first, what was taken back included."""
    return _rows(tx, lead)


def _add(tx: Tx, **values: Any) -> int:
    return int(tx.execute(decisions.insert().values(**values)).lastrowid)


def _rows(tx: Tx, lead: str | None) -> list[Decided]:
    taken_back = decisions.alias("taken_back")
    wanted = (
        sa.select(decisions, taken_back.c.seq.is_not(None).label("cancelled"))
        .outerjoin(taken_back, taken_back.c.cancels == decisions.c.seq)
        .order_by(decisions.c.seq)
    )
    if lead is not None:
        wanted = wanted.where(decisions.c.lead == lead)
    return [_decided(row) for row in tx.execute(wanted)]


def _decided(row: sa.Row[Any]) -> Decided:
    return Decided(
        row.seq, row.lead, row.decision and Decision(row.decision),
        row.reason and DismissReason(row.reason), row.note, row.until, row.by, row.at, row.cancels,
        bool(row.cancelled), row.case,
    )  # fmt: skip
