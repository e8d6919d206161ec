"""Sessions, and links that open once. Both are found by the digest of a token that is kept nowhere."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from homeward.model.actor import Purpose, Role
from homeward.store.ledger.accounts import digest
from homeward.store.ledger.engine import Tx, fetched
from homeward.store.ledger.people_tables import links, sessions

TOKEN_BYTES = 32
# Asked by every request.
_FIND = (
    'SELECT principal, role, made_at, seen_at, proved_at, purpose, "case", banner_at FROM sessions '
    "WHERE token = ?"
)
_PURPOSES = frozenset(map(str, Purpose))
_time = datetime.fromisoformat


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who signed in."""

    principal: str
    role: Role
    made_at: datetime
    seen_at: datetime
    proved_at: datetime
    purpose: Purpose | str | None  # a text: one that two people added
    case: str | None
    banner_at: datetime | None = None


def begin(tx: Tx, principal: str, role: Role, *, at: datetime) -> str:
    """Keep a new session and return its token."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    tx.execute(
        sessions.insert().values(
            token=digest(token), principal=principal, role=str(role), made_at=at, seen_at=at, proved_at=at
        )
    )
    return token


def find(tx: Tx, token: str) -> Session | None:
    """Return the session of a token, or None."""
    row = fetched(tx, _FIND, (digest(token),))
    if row is None:
        return None
    principal, role, made_at, seen_at, proved_at, purpose, case, banner_at = row
    return Session(
        principal, Role(role), _time(made_at), _time(seen_at), _time(proved_at),
        Purpose(purpose) if purpose in _PURPOSES else purpose, case, banner_at and _time(banner_at),
    )  # fmt: skip


def touch(tx: Tx, token: str, *, at: datetime) -> None:
    """Keep that a session was used."""
    tx.execute(sessions.update().where(sessions.c.token == digest(token)).values(seen_at=at))


def acknowledge(tx: Tx, token: str, *, at: datetime) -> bool:
    """Keep that the banner of use was acknowledged in this session; False when it was before."""
    wanted = (sessions.c.token == digest(token)) & sessions.c.banner_at.is_(None)
    return tx.execute(sessions.update().where(wanted).values(banner_at=at)).rowcount == 1


def rotate(tx: Tx, token: str, **values: Any) -> str:
    """Give a session another token, and change some of its fields; the old token opens nothing more."""
    made = secrets.token_urlsafe(TOKEN_BYTES)
    plain = {k: str(v) if isinstance(v, Purpose | Role) else v for k, v in values.items()}
    tx.execute(sessions.update().where(sessions.c.token == digest(token)).values(token=digest(made), **plain))
    return made


def end(tx: Tx, token: str) -> None:
    """End one session."""
    tx.execute(sessions.delete().where(sessions.c.token == digest(token)))


def end_all(tx: Tx, principal: str, *, but: str = "") -> int:
    """End every session of somebody, but the one with the token given; return how many ended."""
    wanted = sessions.delete().where(sessions.c.principal == principal, sessions.c.token != digest(but))
    return tx.execute(wanted).rowcount


def forget(tx: Tx, *, before: datetime) -> None:
    """Remove sessions made before a time: they are over."""
    tx.execute(sessions.delete().where(sessions.c.made_at < before))


def count(tx: Tx, principal: str) -> int:
    """Return how many sessions somebody has."""
    wanted = sa.select(sa.func.count()).where(sessions.c.principal == principal)
    return int(tx.execute(wanted).scalar_one())


def make_link(tx: Tx, kind: str, principal: str, *, at: datetime, until: datetime, secret: str = "") -> str:
    """Keep a link that opens once and return its token; an earlier one of the same kind opens no more."""
    tx.execute(links.delete().where(links.c.kind == kind, links.c.principal == principal))
    token = secrets.token_urlsafe(TOKEN_BYTES)
    tx.execute(
        links.insert().values(
            token=digest(token), kind=kind, principal=principal, secret=secret, made_at=at, expires_at=until
        )
    )
    return token


def link(tx: Tx, token: str, *, at: datetime) -> Mapping[str, Any] | None:
    """Return an unused link that has not expired, or None."""
    row = tx.execute(
        sa.select(links).where(
            links.c.token == digest(token), links.c.used_at.is_(None), links.c.expires_at > at
        )
    ).first()
    return None if row is None else dict(row._mapping)


def use_link(tx: Tx, token: str, *, at: datetime) -> bool:
    """Use a link up; False when somebody else was faster."""
    done = tx.execute(
        links.update().where(links.c.token == digest(token), links.c.used_at.is_(None)).values(used_at=at)
    )
    return done.rowcount == 1
