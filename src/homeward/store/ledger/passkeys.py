"""Security keys of accounts, and the challenges that are answered once: by a key, or by another house."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from homeward.store.ledger.accounts import digest
from homeward.store.ledger.engine import Tx
from homeward.store.ledger.people_tables import challenges, passkeys


@dataclass(frozen=True, slots=True)
class Passkey:
    """A public key of an account's; `data` is the attested credential as WebAuthn spells it."""

    id: str
    account: str
    label: str
    data: bytes
    counter: int  # how often the key said it had signed; 0 where it does not count
    made_at: datetime
    used_at: datetime | None = None


def add(tx: Tx, key: Passkey) -> bool:
    """Keep a new key; False when it is somebody's already."""
    if find(tx, key.id) is not None:
        return False
    tx.execute(
        passkeys.insert().values(
            id=key.id, account=key.account, label=key.label, data=key.data, counter=key.counter,
            made_at=key.made_at,
        )
    )  # fmt: skip
    return True


def find(tx: Tx, key: str) -> Passkey | None:
    """Return a key, or None."""
    row = tx.execute(sa.select(passkeys).where(passkeys.c.id == key)).first()
    return None if row is None else _passkey(row)


def of(tx: Tx, account: str) -> list[Passkey]:
    """Return the keys of an account, oldest first."""
    wanted = sa.select(passkeys).where(passkeys.c.account == account)
    return [_passkey(row) for row in tx.execute(wanted.order_by(passkeys.c.made_at, passkeys.c.id))]


def used(tx: Tx, key: str, *, counter: int, at: datetime) -> None:
    """Keep that a key signed, and how often it says it did."""
    tx.execute(passkeys.update().where(passkeys.c.id == key).values(counter=counter, used_at=at))


def remove(tx: Tx, account: str, key: str) -> bool:
    """Forget a key of an account; False when it has no such key."""
    wanted = passkeys.delete().where(passkeys.c.account == account, passkeys.c.id == key)
    return tx.execute(wanted).rowcount == 1


def remove_all(tx: Tx, account: str) -> None:
    """Forget every key of an account."""
    tx.execute(passkeys.delete().where(passkeys.c.account == account))


def ask(
    tx: Tx, challenge: str, kind: str, principal: str, held: Mapping[str, Any], *, at: datetime,
    until: datetime, most: int,
) -> bool:  # fmt: skip
    """Keep a challenge until it is answered or over; False when too many are waiting already."""
    tx.execute(challenges.delete().where(challenges.c.expires_at <= at))
    if int(tx.execute(sa.select(sa.func.count()).select_from(challenges)).scalar_one()) >= most:
        return False
    tx.execute(
        challenges.insert().values(
            digest=digest(challenge), kind=kind, principal=principal, held=dict(held), expires_at=until
        )
    )
    return True


def answer(tx: Tx, challenge: str, kind: str, *, at: datetime) -> tuple[str, dict[str, Any]] | None:
    """Use a challenge up; return whose it was and what was held for it, or None when it is not waiting."""
    mine = challenges.c.digest == digest(challenge)
    row = tx.execute(sa.select(challenges).where(mine, challenges.c.kind == kind)).first()
    if row is None or tx.execute(challenges.delete().where(mine)).rowcount != 1 or row.expires_at <= at:
        return None
    return str(row.principal), dict(row.held)


def _passkey(row: sa.Row[Any]) -> Passkey:
    return Passkey(row.id, row.account, row.label, bytes(row.data), row.counter, row.made_at, row.used_at)
