"""Which account a subject of the agency's identity provider opens, as an administrator said."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from homeward.store.ledger.engine import Tx
from homeward.store.ledger.people_tables import provider_names


def put(tx: Tx, account: str, issuer: str, subject: str, *, by: str, at: datetime) -> bool:
    """Name an account for a subject, in the place of an earlier one; False when it is another account's."""
    if find(tx, issuer, subject) not in (None, account):
        return False
    forget(tx, account)
    tx.execute(provider_names.insert().values(account=account, issuer=issuer, subject=subject, by=by, at=at))
    return True


def find(tx: Tx, issuer: str, subject: str) -> str | None:
    """Return the account that is named for a subject, or None."""
    wanted = sa.select(provider_names.c.account).where(
        provider_names.c.issuer == issuer, provider_names.c.subject == subject
    )
    return tx.execute(wanted).scalar_one_or_none()


def subjects(tx: Tx) -> dict[str, str]:
    """Return the subject of each account that is named for one."""
    return {row.account: row.subject for row in tx.execute(sa.select(provider_names))}


def forget(tx: Tx, account: str) -> None:
    """Name an account for nobody."""
    tx.execute(provider_names.delete().where(provider_names.c.account == account))
