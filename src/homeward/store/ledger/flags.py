"""Urgent marks: a possible child, or immediate danger. Set, acknowledged and lifted by people only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from homeward.model.errors import NotFound, UsageError
from homeward.store.ledger import withheld
from homeward.store.ledger.engine import Tx
from homeward.store.ledger.people_tables import child_flags

# Asked by every look: put together once.
_STANDING = sa.select(child_flags).where(child_flags.c.lifted_at.is_(None)).order_by(child_flags.c.seq)
KINDS = ("possible-child", "immediate-danger")


@dataclass(frozen=True, slots=True)
class Flag:
    """One mark: on which lead, which ads that were, and what became of it."""

    seq: int
    subject: str
    kind: str
    ads: tuple[str, ...]
    by: str
    why: str
    at: datetime
    acknowledged_by: str | None
    acknowledged_at: datetime | None
    lifted_by: str | None
    lifted_at: datetime | None
    lifted_why: str | None


def add(tx: Tx, subject: str, kind: str, ads: Sequence[str], *, why: str, by: str, at: datetime) -> int:
    """Mark a lead and the ads that it has, and return the mark's place."""
    said = {"subject": subject, "kind": kind, "ads": sorted(set(ads)), "why": why, "by": by, "at": at}
    place = int(tx.execute(child_flags.insert().values(**said)).lastrowid)
    withheld.changed(tx)
    return place


def acknowledge(tx: Tx, seq: int, *, by: str, at: datetime) -> None:
    """Keep that the duty officer knows; once."""
    if find(tx, seq).acknowledged_at is not None:
        raise UsageError("That is acknowledged already.")
    tx.execute(_of(seq).values(acknowledged_by=by, acknowledged_at=at))


def lift(tx: Tx, seq: int, *, why: str, by: str, at: datetime) -> None:
    """Lift a mark, with the reason; what was marked stays known."""
    find(tx, seq)
    tx.execute(_of(seq).values(lifted_by=by, lifted_at=at, lifted_why=why))
    withheld.changed(tx)


def find(tx: Tx, seq: int) -> Flag:
    """Return a mark that stands; raises NotFound."""
    wanted = sa.select(child_flags).where(child_flags.c.seq == seq, child_flags.c.lifted_at.is_(None))
    row = tx.execute(wanted).first()
    if row is None:
        raise NotFound("urgent mark", str(seq))
    return _flag(row)


def standing(tx: Tx) -> list[Flag]:
    """Return the marks that nobody lifted, the oldest first."""
    return [_flag(row) for row in tx.execute(_STANDING)]


def _of(seq: int) -> Any:
    return child_flags.update().where(child_flags.c.seq == seq)


def _flag(row: sa.Row[Any]) -> Flag:
    return Flag(
        row.seq, row.subject, row.kind, tuple(row.ads), row.by, row.why, row.at, row.acknowledged_by,
        row.acknowledged_at, row.lifted_by, row.lifted_at, row.lifted_why,
    )  # fmt: skip
