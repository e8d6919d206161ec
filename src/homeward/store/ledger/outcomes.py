"""Outcomes of leads, and what lowers a persona for a time: keyed digests that name nobody."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from homeward.model.errors import NotFound, UsageError
from homeward.model.judgement import CLEARS, Outcome
from homeward.store.ledger import meta
from homeward.store.ledger.engine import Tx
from homeward.store.ledger.people_tables import lowered, outcomes

KEY, CLEARED = "outcomes key", "outcomes cleared"


@dataclass(frozen=True, slots=True)
class Became:
    """What became of a lead, as somebody said."""

    seq: int
    lead: str
    outcome: Outcome
    note: str
    case: str | None
    by: str
    at: datetime
    review: date | None = None


@dataclass(frozen=True, slots=True)
class Lowered:
    """What a persona is known by, as digests: `who` other than by phone, `phones`, every other fact, and
    the `pictures` it shows."""

    key: str
    who: frozenset[str]
    phones: frozenset[str]
    rest: frozenset[str]
    until: datetime
    pictures: frozenset[str] = frozenset()


def record(
    tx: Tx, lead: str, outcome: Outcome, *, note: str, case: str | None, by: str, at: datetime,
    review: date | None = None,
) -> int:  # fmt: skip
    """Keep what became of a lead, in place of what was said before; never what clears a person."""
    if outcome in CLEARS:
        raise UsageError("That outcome is kept by no lead: it lowers a persona.")
    for before in standing(tx, lead=lead):
        undo(tx, before.seq, by=by, at=at)
    day = review.isoformat() if review else None
    said = {
        "lead": lead, "outcome": str(outcome), "note": note, "case": case, "by": by, "at": at, "review": day
    }  # fmt: skip
    return int(tx.execute(outcomes.insert().values(**said)).lastrowid)


def undo(tx: Tx, seq: int, *, by: str, at: datetime) -> None:
    """Take an outcome back by a new row; the history stays."""
    if all(one.seq != seq for one in standing(tx)):
        raise NotFound("outcome", str(seq))
    [lead] = tx.scalars(sa.select(outcomes.c.lead).where(outcomes.c.seq == seq))
    tx.execute(outcomes.insert().values(lead=lead, note="", by=by, at=at, cancels=seq))


def standing(tx: Tx, *, lead: str | None = None) -> list[Became]:
    """Return the outcomes in force, of all leads or of one."""
    gone = sa.select(outcomes.c.cancels).where(outcomes.c.cancels.is_not(None))
    wanted = sa.select(outcomes).where(outcomes.c.outcome.is_not(None), outcomes.c.seq.not_in(gone))
    if lead is not None:
        wanted = wanted.where(outcomes.c.lead == lead)
    return [
        Became(
            row.seq,
            row.lead,
            Outcome(row.outcome),
            row.note,
            row.case,
            row.by,
            row.at,
            date.fromisoformat(row.review) if row.review else None,
        )
        for row in tx.execute(wanted.order_by(outcomes.c.seq))
    ]


def cleared(tx: Tx) -> int:
    """Return how often a persona was cleared: a count, and of whom is not known."""
    return int(meta.get(tx, CLEARED, 0))


def key_of(tx: Tx) -> bytes | None:
    """Return the key of the digests, or None before the first."""
    kept = meta.get(tx, KEY)
    return bytes.fromhex(kept) if kept else None


def make_key(tx: Tx) -> bytes:
    """Return the key of the digests, made with the first."""
    if (kept := key_of(tx)) is not None:
        return kept
    meta.put(tx, KEY, secrets.token_hex(32))
    return make_key(tx)


def digest(key: bytes, kind: str, value: str) -> str:
    """Return the keyed digest of a fact: without the key it can neither be read nor be guessed."""
    return hmac.digest(key, f"{kind}\0{value}".encode(), hashlib.sha256).hex()[:32]


def lower(tx: Tx, facts: Mapping[str, Collection[str]], until: datetime) -> str:
    """Lower whoever is known by these digests until then, count it, and return the key that it is kept by."""
    key = hashlib.sha256("".join(sorted([*facts["who"], *facts["phones"]])).encode()).hexdigest()
    said = json.dumps({name: sorted(some) for name, some in facts.items()})
    made = insert(lowered).values(persona=key, facts=said, until=until)
    tx.execute(made.on_conflict_do_update(["persona"], set_={"facts": said, "until": until}))
    meta.put(tx, CLEARED, cleared(tx) + 1)
    return key


def in_force(tx: Tx, *, at: datetime | None = None) -> list[Lowered]:
    """Return what is lowered at a time, or all that is kept."""
    wanted = sa.select(lowered).order_by(lowered.c.persona)
    rows = tx.execute(wanted if at is None else wanted.where(lowered.c.until > at))
    return [_lowered(row) for row in rows]


def lift(tx: Tx, keys: Collection[str]) -> None:
    """Lower some no more."""
    tx.execute(lowered.delete().where(lowered.c.persona.in_(sorted(keys))))


def forget(tx: Tx, *, at: datetime) -> None:
    """Remove what is over."""
    tx.execute(lowered.delete().where(lowered.c.until <= at))


def _lowered(row: Any) -> Lowered:
    facts = {name: frozenset(some) for name, some in json.loads(row.facts).items()}
    pictures = facts.get("pictures", frozenset())  # none from before they counted: any is new then
    return Lowered(row.persona, facts["who"], facts["phones"], facts["rest"], row.until, pictures)
