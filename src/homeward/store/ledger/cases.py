"""Cases and who is of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from homeward.model.case import Case, Standing, State
from homeward.model.permission import Relation
from homeward.store.ledger.engine import Tx
from homeward.store.ledger.people_tables import case_members, cases, glass


def add(tx: Tx, case: Case) -> None:
    """Keep a new case and its members."""
    tx.execute(
        cases.insert().values(
            id=case.id, title=case.title, state=str(case.state), sealed=case.sealed, made_by=case.made_by,
            made_at=case.made_at,
        )
    )  # fmt: skip
    for account, standing in case.members.items():
        join(tx, case.id, account, standing, by=case.made_by, at=case.made_at)


def change(tx: Tx, key: str, *, title: str | None = None, state: State | None = None,
           sealed: bool | None = None) -> None:  # fmt: skip
    """Change what is given of a case."""
    given = {"title": title, "state": state and str(state), "sealed": sealed}
    values = {name: value for name, value in given.items() if value is not None}
    if values:
        tx.execute(cases.update().where(cases.c.id == key).values(**values))


def join(tx: Tx, key: str, account: str, standing: Standing, *, by: str, at: datetime) -> None:
    """Make an account a member, or give a member another standing."""
    leave(tx, key, account)
    tx.execute(
        case_members.insert().values(case=key, account=account, standing=str(standing), by=by, since=at)
    )


def leave(tx: Tx, key: str, account: str) -> None:
    """Make an account a member no longer."""
    tx.execute(case_members.delete().where(case_members.c.case == key, case_members.c.account == account))


def find(tx: Tx, key: str) -> Case | None:
    """Return a case with its members, or None."""
    found = _cases(tx, cases.c.id == key)
    return found[0] if found else None


def of(tx: Tx, account: str, *, at: datetime) -> list[Case]:
    """Return the cases that an account is of, or reads by break-glass at this time, newest first."""
    mine = sa.select(case_members.c.case).where(case_members.c.account == account)
    return _cases(tx, cases.c.id.in_(mine.union(_broken(account, at))))


def known(tx: Tx, *, sealed: bool) -> list[Case]:
    """Return every case, newest first; the sealed ones only if asked for."""
    return _cases(tx, sa.true() if sealed else ~cases.c.sealed)


def relation(tx: Tx, key: str, account: str, *, at: datetime) -> Relation:
    """Return what a case is to an account at this time."""
    found = tx.execute(sa.select(cases.c.sealed).where(cases.c.id == key)).first()
    if found is None:
        return Relation.GONE
    standing = tx.execute(
        sa.select(case_members.c.standing).where(
            case_members.c.case == key, case_members.c.account == account
        )
    ).scalar()
    if standing is not None:
        return Relation.LEAD if standing == Standing.LEAD else Relation.MEMBER
    if tx.execute(_broken(account, at).where(glass.c.case == key)).first() is not None:
        return Relation.GLASS
    return Relation.SEALED if found.sealed else Relation.NONE


def readable(tx: Tx, account: str, keys: Collection[str], *, at: datetime) -> set[str]:
    """Return which of some cases an account is of, or reads by break-glass."""
    if not keys:
        return set()
    return {case.id for case in of(tx, account, at=at)} & set(keys)


def _broken(account: str, at: datetime) -> sa.Select[tuple[str]]:
    return sa.select(glass.c.case).where(glass.c.account == account, glass.c.at <= at, glass.c.until > at)


def _cases(tx: Tx, wanted: sa.ColumnElement[bool]) -> list[Case]:
    rows = tx.execute(sa.select(cases).where(wanted).order_by(cases.c.made_at.desc(), cases.c.id)).all()
    members: dict[str, dict[str, Standing]] = {row.id: {} for row in rows}
    of_them = sa.select(case_members).where(case_members.c.case.in_(list(members)))
    for one in tx.execute(of_them.order_by(case_members.c.since, case_members.c.account)):
        members[one.case][one.account] = Standing(one.standing)
    return [Case(r.id, r.title, State(r.state), r.sealed, r.made_by, r.made_at, members[r.id]) for r in rows]
