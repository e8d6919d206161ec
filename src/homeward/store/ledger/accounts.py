"""Accounts, their second factors, and failed sign-ins. Secrets lie in the encrypted ledger only."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from homeward.model.account import Account, AccountState
from homeward.model.actor import Role
from homeward.store.ledger.engine import Tx, fetched
from homeward.store.ledger.people_tables import accounts, attempts, recovery_codes

_FIND = sa.select(accounts).where(accounts.c.name == sa.bindparam("sought"))  # asked by every request


@dataclass(frozen=True, slots=True)
class Secrets:
    """What an account proves itself with: the password's Argon2id record, and the TOTP secret."""

    password: str
    totp: str  # empty: no codes of a program, but security keys alone
    totp_step: int  # the last time step whose code was taken


def digest(text: str) -> str:
    """Return what is kept of a token or a recovery code, which are long and random themselves."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def any_there(tx: Tx) -> bool:
    """Tell whether there is any account: from then on everybody signs in."""
    return fetched(tx, "SELECT 1 FROM accounts LIMIT 1") is not None


def add(tx: Tx, account: Account) -> None:
    """Keep a new account."""
    tx.execute(
        accounts.insert().values(
            name=account.name, display=account.display, role=str(account.role), state=str(account.state),
            made_by=account.made_by, made_at=account.made_at, until=account.until,
        )
    )  # fmt: skip


def find(tx: Tx, name: str) -> Account | None:
    """Return an account, or None."""
    row = tx.execute(_FIND, {"sought": name}).first()
    return None if row is None else _account(row)


def listed(tx: Tx) -> list[Account]:
    """Return every account, by name."""
    return [_account(row) for row in tx.execute(sa.select(accounts).order_by(accounts.c.name))]


def change(tx: Tx, name: str, **values: Any) -> None:
    """Change fields of an account."""
    plain = {k: str(v) if isinstance(v, Role | AccountState) else v for k, v in values.items()}
    tx.execute(accounts.update().where(accounts.c.name == name).values(**plain))


def secrets_of(tx: Tx, name: str) -> Secrets | None:
    """Return what an account proves itself with; None before its invitation was taken."""
    row = tx.execute(sa.select(accounts).where(accounts.c.name == name)).first()
    if row is None or row.password is None:
        return None
    return Secrets(row.password, row.totp or "", row.totp_step or 0)


def take_step(tx: Tx, name: str, step: int) -> bool:
    """Take a code's time step; False when it, or a later one, was taken before."""
    done = tx.execute(
        accounts.update()
        .where(accounts.c.name == name, sa.func.coalesce(accounts.c.totp_step, 0) < step)
        .values(totp_step=step)
    )
    return done.rowcount == 1


def set_codes(tx: Tx, name: str, codes: Iterable[str]) -> None:
    """Put new recovery codes in the place of the old."""
    tx.execute(recovery_codes.delete().where(recovery_codes.c.account == name))
    rows = [{"account": name, "digest": digest(code)} for code in codes]
    tx.execute(recovery_codes.insert(), rows)


def take_code(tx: Tx, name: str, code: str, *, at: datetime) -> bool:
    """Use up a recovery code; False when there is no such code, or it was used."""
    done = tx.execute(
        recovery_codes.update()
        .where(
            recovery_codes.c.account == name,
            recovery_codes.c.digest == digest(code),
            recovery_codes.c.used_at.is_(None),
        )
        .values(used_at=at)
    )
    return done.rowcount == 1


def codes_left(tx: Tx, name: str) -> int:
    """Return how many recovery codes are unused."""
    wanted = sa.select(sa.func.count()).where(
        recovery_codes.c.account == name, recovery_codes.c.used_at.is_(None)
    )
    return int(tx.execute(wanted).scalar_one())


def failures(tx: Tx, name: str, *, since: datetime) -> int:
    """Return how often signing in under a name failed since a time; whether the name exists or not."""
    wanted = sa.select(sa.func.count()).where(attempts.c.name == digest(name), attempts.c.at > since)
    return int(tx.execute(wanted).scalar_one())


def failed(tx: Tx, name: str, *, at: datetime, forget: datetime) -> None:
    """Keep a failed sign-in, and forget those before a time."""
    tx.execute(attempts.delete().where(attempts.c.at <= forget))
    tx.execute(attempts.insert().values(name=digest(name), at=at))


def forgive(tx: Tx, name: str) -> None:
    """Forget the failed sign-ins under a name."""
    tx.execute(attempts.delete().where(attempts.c.name == digest(name)))


def _account(row: sa.Row[Any]) -> Account:
    return Account(
        row.name, row.display, Role(row.role), AccountState(row.state), row.made_by, row.made_at, row.seen_at,
        row.until,
    )  # fmt: skip
