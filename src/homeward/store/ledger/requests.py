"""Requests for a second pair of eyes: one act with exactly these parameters, agreed to once."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from homeward.model.errors import NotFound, UsageError
from homeward.store.ledger.engine import Tx
from homeward.store.ledger.people_tables import requests

AGREED, REFUSED = "agreed", "refused"


def digest(action: str, parameters: Mapping[str, Any]) -> str:
    """Return what an agreement is bound to: the act and its parameters, to the letter."""
    text = json.dumps([action, parameters], sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def add(
    tx: Tx, action: str, parameters: Mapping[str, Any], *, by: str, why: str, case: str | None, at: datetime,
    until: datetime,
) -> str:  # fmt: skip
    """Keep a request and return its id."""
    key = secrets.token_hex(10)
    tx.execute(
        requests.insert().values(
            id=key, action=action, digest=digest(action, parameters), parameters=dict(parameters), case=case,
            why=why, by=by, at=at, expires_at=until,
        )
    )  # fmt: skip
    return key


def listed(tx: Tx, *, by: str | None, at: datetime) -> list[Mapping[str, Any]]:
    """Return the requests that have not expired: one person's, or (None) everybody's; newest first."""
    wanted = sa.select(requests).where(requests.c.expires_at > at).order_by(requests.c.at.desc())
    if by is not None:
        wanted = wanted.where(requests.c.by == by)
    return [dict(row._mapping) for row in tx.execute(wanted)]


def answer(tx: Tx, key: str, decision: str, *, by: str, at: datetime) -> Mapping[str, Any]:
    """Keep the second person's word, once; nobody answers their own request."""
    row = tx.execute(sa.select(requests).where(requests.c.id == key, requests.c.expires_at > at)).first()
    if row is None:
        raise NotFound("request", key)
    if row.by == by or row.decision is not None:
        raise UsageError("Somebody else answers a request, once.")
    tx.execute(
        requests.update()
        .where(requests.c.id == key, requests.c.decision.is_(None))
        .values(decision=decision, decided_by=by, decided_at=at)
    )
    return dict(row._mapping)


def standing(tx: Tx, action: str, parameters: Mapping[str, Any], *, by: str, at: datetime) -> str | None:
    """Return the agreement to this person's very act that is neither used nor expired, or None."""
    wanted = sa.select(requests.c.id).where(
        requests.c.digest == digest(action, parameters),
        requests.c.action == action,
        requests.c.by == by,
        requests.c.decision == AGREED,
        requests.c.used_at.is_(None),
        requests.c.expires_at > at,
    )
    found: str | None = tx.execute(wanted.order_by(requests.c.at).limit(1)).scalar()
    return found


def agreed_by(tx: Tx, action: str, parameters: Mapping[str, Any], *, by: str, at: datetime) -> str:
    """Return who gave the agreement that stands, or nothing."""
    key = standing(tx, action, parameters, by=by, at=at)
    return str(tx.scalar(sa.select(requests.c.decided_by).where(requests.c.id == key)) or "")


def use(tx: Tx, key: str, *, at: datetime) -> bool:
    """Use an agreement up; False when another act was faster."""
    done = tx.execute(
        requests.update().where(requests.c.id == key, requests.c.used_at.is_(None)).values(used_at=at)
    )
    return done.rowcount == 1
