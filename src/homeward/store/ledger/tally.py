"""What retraining reads: rows of outcomes that name nobody, the control sample, and the card in force."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from homeward.model.errors import NotFound
from homeward.store.ledger import meta
from homeward.store.ledger.engine import Tx
from homeward.store.ledger.people_tables import controls, lowered, tally

CARD, PROPOSAL, DRAWN, CHANGES = "ranking: card", "training: proposal", "training: drawn", "tally: changes"


@dataclass(frozen=True, slots=True)
class Kept:
    """One outcome of a group that is not named: what its families said then, and how many spoke for it."""

    confirmed: bool
    says: Mapping[str, float]
    families: int
    region: str
    site: str
    language: str
    size: str
    share: float = 1.0
    control: bool = False


def add(tx: Tx, row: Kept, *, quarter: str, made_by: str, outcome: int | None = None) -> str:
    """Keep a row and return its key; `outcome` is the lead's, where one is kept by lead."""
    key = secrets.token_hex(16)
    said = {name: getattr(row, name) for name in Kept.__slots__} | {"says": dict(row.says)}
    tx.execute(tally.insert().values(key=key, quarter=quarter, made_by=made_by, outcome=outcome, **said))
    _changed(tx)
    return key


def take_back(tx: Tx, key: str) -> bool:
    """Take a row back by its key; False if there is none."""
    return _gone(tx, tally.c.key == key)


def take_back_outcome(tx: Tx, outcome: int) -> bool:
    """Take the row of a lead's outcome back; False if it has none."""
    return _gone(tx, tally.c.outcome == outcome)


def rows(tx: Tx) -> list[Kept]:
    """Return every row, in no order that means anything."""
    wanted = [tally.c[name] for name in Kept.__slots__]
    return [Kept(**row._mapping) for row in tx.execute(sa.select(*wanted).order_by(tally.c.key))]


def versions(tx: Tx) -> dict[str, int]:
    """Return how many rows each version of joining and indicators made."""
    found = tx.execute(sa.select(tally.c.made_by, sa.func.count()).group_by(tally.c.made_by))
    return {name: int(count) for name, count in found}


def changes(tx: Tx) -> int:
    """Return how often a row was added or taken back."""
    return int(meta.get(tx, CHANGES, 0))


def tie(tx: Tx, persona: str, key: str | None) -> str | None:
    """Tie a row to a persona that is lowered, until it is so no more; return the row tied before."""
    before: str | None = tx.execute(sa.select(lowered.c.tallied).where(lowered.c.persona == persona)).scalar()
    tx.execute(lowered.update().where(lowered.c.persona == persona).values(tallied=key))
    return before


def tied(tx: Tx, personas: Collection[str]) -> list[str]:
    """Return the rows tied to some personas that are lowered."""
    wanted = sa.select(lowered.c.tallied).where(
        lowered.c.persona.in_(sorted(personas)), lowered.c.tallied.is_not(None)
    )
    return list(tx.scalars(wanted))


# The control sample.


def draw(tx: Tx, groups: Collection[str], drawn: Mapping[str, Any]) -> None:
    """Keep a new sample in place of the one before; what was looked at stays so."""
    seen = set(tx.scalars(sa.select(controls.c.group).where(controls.c.reviewed)))
    tx.execute(controls.delete().where(controls.c.group.not_in(sorted(set(groups) & seen))))
    for group in sorted(set(groups) - seen):
        tx.execute(controls.insert().values(group=group, reviewed=False))
    meta.put(tx, DRAWN, dict(drawn))


def sample(tx: Tx) -> dict[str, bool]:
    """Return the groups of the sample, and whether each was looked at."""
    found = tx.execute(sa.select(controls.c.group, controls.c.reviewed).order_by(controls.c.group))
    return {group: bool(reviewed) for group, reviewed in found}


def review(tx: Tx, group: str, key: str | None) -> str:
    """Keep that a group of the sample was looked at; return the receipt that takes it back.

    `key` is its row, None where what was found counts for nothing. Only the receipt tells which row it is:
    the ledger keeps the key under it and not the receipt, so that it names nobody by itself.
    """
    receipt = secrets.token_hex(16)
    changed = controls.update().where(controls.c.group == group, controls.c.reviewed.is_(False))
    said = {"sealed": _under(receipt, key or secrets.token_hex(16)), "check": _digest("check", receipt)}
    if tx.execute(changed.values(reviewed=True, **said)).rowcount != 1:
        raise NotFound("control", group)
    return receipt


def unreview(tx: Tx, group: str, receipt: str) -> None:
    """Take back that a group was looked at, with its row, by the receipt."""
    wanted = sa.select(controls.c.sealed).where(
        controls.c.group == group, controls.c.check == _digest("check", receipt)
    )
    if (sealed := tx.execute(wanted).scalar()) is None:
        raise NotFound("control", group)
    take_back(tx, _under(receipt, sealed))
    nothing = {"reviewed": False, "sealed": None, "check": None}
    tx.execute(controls.update().where(controls.c.group == group).values(**nothing))


def _under(receipt: str, key: str) -> str:
    """Put a key under a receipt that serves once, or take it out again."""
    pad = int(_digest("key", receipt)[:32], 16)
    return f"{int(key, 16) ^ pad:032x}"


def _digest(what: str, receipt: str) -> str:
    return hashlib.sha256(f"{what} {receipt}".encode()).hexdigest()


# The card in force.


def card(tx: Tx) -> dict[str, Any] | None:
    """Return the fitted card in force (`version`, `factors`), or None where it is the shipped one."""
    found: dict[str, Any] | None = meta.get(tx, CARD)
    return found


def put_card(tx: Tx, said: Mapping[str, Any] | None) -> None:
    """Put a card in force; None is the shipped one."""
    meta.put(tx, CARD, None if said is None else dict(said))


def _gone(tx: Tx, which: sa.ColumnElement[bool]) -> bool:
    if tx.execute(tally.delete().where(which)).rowcount == 0:
        return False
    _changed(tx)
    return True


def _changed(tx: Tx) -> None:
    meta.put(tx, CHANGES, changes(tx) + 1)
