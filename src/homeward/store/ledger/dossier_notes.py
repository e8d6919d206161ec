"""Notes that people write on a dossier. Only ever added to: a note's versions are its history."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from homeward.store.ledger.engine import Tx
from homeward.store.ledger.people_tables import dossier_notes as table


@dataclass(frozen=True, slots=True)
class Version:
    """What a note said from a time on; None where it was taken back."""

    text: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Note:
    """A note: whose dossier, by which ad of it that is found again, whose case (None: nobody else's)."""

    id: str
    identity: str
    ad: str
    case: str | None
    by: str
    versions: tuple[Version, ...]  # oldest first, at least one

    @property
    def text(self) -> str | None:
        """What it says now."""
        return self.versions[-1].text


def add(
    tx: Tx, text: str | None, *, identity: str, ad: str, case: str | None, by: str, at: datetime, id: str = ""
) -> str:
    """Keep a note, or with `id` another version of one; returns its id."""
    note = id or secrets.token_hex(8)
    said = {"note": note, "identity": identity, "ad": ad, "case": case, "text": text, "by": by, "at": at}
    tx.execute(table.insert().values(**said))
    return note


def of(tx: Tx, identity: str, ads: Collection[str]) -> list[Note]:
    """Return the notes on an identity, newest first: those written on it, and those on ads it has now."""
    found: dict[str, Note] = {}
    for row in tx.execute(sa.select(table).order_by(table.c.seq)):
        if row.identity == identity or row.ad in ads:
            before = found.get(row.note)
            versions = (*(before.versions if before else ()), Version(row.text, row.at))
            found[row.note] = Note(row.note, row.identity, row.ad, row.case, row.by, versions)
    return list(reversed(found.values()))


def forget(tx: Tx, ads: Collection[str], holds: Callable[[str], bool]) -> int:
    """Remove every version of the notes on some ads, and of those with a text that holds what is erased."""
    rows = tx.execute(sa.select(table.c.note, table.c.ad, table.c.text)).all()
    gone = sorted({row.note for row in rows if row.ad in ads or holds(row.text or "")})
    for note in gone:
        tx.execute(table.delete().where(table.c.note == note))
    return len(gone)
