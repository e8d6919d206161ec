"""Records management in the ledger: erased ads, holds, reviews, disclosures, and what persons asked for."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from homeward.model.errors import NotFound
from homeward.store.ledger import handed, withheld
from homeward.store.ledger.engine import Tx
from homeward.store.ledger.record_tables import asked, disclosures, erased, holds, reviews

RESTRICTED, LIFTED = "restricted", "lifted"  # answers to a request to restrict
_RESTRICTED = sa.select(asked.c.ads).where(asked.c.answer == RESTRICTED)  # asked by every look
REFERENCE_BYTES = 9  # of what a person quotes later: at random, so that it tells nothing and is not guessed


def mark_erased(tx: Tx, ads: Collection[str], *, at: datetime) -> None:
    """Keep that these ads are never taken in again."""
    fresh = sorted(set(ads) - erased_ads(tx))
    if fresh:
        tx.execute(erased.insert(), [{"ad": ad, "at": at} for ad in fresh])


def erased_ads(tx: Tx) -> set[str]:
    """Return every ad that was erased."""
    return set(tx.scalars(sa.select(erased.c.ad)))


def last_erasure(tx: Tx) -> datetime | None:
    """Return when an ad was last erased, or None."""
    found: datetime | None = tx.scalar(sa.select(sa.func.max(erased.c.at)))
    return found


def hold(tx: Tx, ads: Collection[str], *, why: str, by: str, at: datetime) -> None:
    """Hold ads: none of them may be erased until the hold is lifted."""
    tx.execute(holds.insert(), [{"ad": ad, "why": why, "by": by, "at": at} for ad in sorted(set(ads))])


def lift(tx: Tx, ads: Collection[str], *, by: str, at: datetime) -> int:
    """Lift every hold on these ads; return how many holds that were."""
    wanted = holds.c.ad.in_(sorted(ads)) & holds.c.lifted_at.is_(None)
    return tx.execute(holds.update().where(wanted).values(lifted_by=by, lifted_at=at)).rowcount


def held(tx: Tx) -> set[str]:
    """Return every ad that is held now."""
    return set(tx.scalars(sa.select(holds.c.ad).where(holds.c.lifted_at.is_(None))))


def review(tx: Tx, ads: Collection[str], *, until: datetime, why: str, by: str, at: datetime) -> None:
    """Keep that somebody looked at these ads again, and keeps them until then."""
    rows = [{"ad": ad, "until": until, "why": why, "by": by, "at": at} for ad in sorted(set(ads))]
    tx.execute(reviews.insert(), rows)


def kept_until(tx: Tx) -> dict[str, datetime]:
    """Return until when reviewed ads are kept: the last review of each counts."""
    rows = tx.execute(sa.select(reviews.c.ad, reviews.c.until).order_by(reviews.c.seq))
    return {row.ad: row.until for row in rows}


def disclose(
    tx: Tx, ads: Collection[str], *, recipient: str, what: str, basis: str, by: str, at: datetime
) -> None:
    """Keep that these ads were handed to somebody outside: one row an ad."""
    said = {"recipient": recipient, "what": what, "basis": basis, "by": by, "at": at}
    tx.execute(disclosures.insert(), [{"ad": ad, **said} for ad in sorted(set(ads))])


def recipients(tx: Tx, ads: Collection[str]) -> list[dict[str, Any]]:
    """Return who got any of these ads, oldest first: whom a correction or an erasure must be told."""
    wanted = sa.select(disclosures).where(disclosures.c.ad.in_(sorted(ads))).order_by(disclosures.c.seq)
    rows = [{k: v for k, v in row._mapping.items() if k != "seq"} for row in tx.execute(wanted)]
    return sorted([*rows, *handed.of(tx, ads)], key=lambda row: row["at"])


def ask(tx: Tx, kind: str, grounds: str, ads: Collection[str], *, by: str, at: datetime) -> str:
    """Keep what a person asked for, and return the reference that they may quote."""
    reference = secrets.token_hex(REFERENCE_BYTES)
    said = {"reference": reference, "kind": kind, "grounds": grounds, "ads": sorted(set(ads))}
    tx.execute(asked.insert().values(**said, by=by, at=at))
    return reference


def find_asked(tx: Tx, reference: str) -> dict[str, Any]:
    """Return one request; raises NotFound."""
    row = tx.execute(sa.select(asked).where(asked.c.reference == reference)).first()
    if row is None:
        raise NotFound("request", reference)
    return dict(row._mapping)


def answer(tx: Tx, reference: str, said: str, *, by: str, at: datetime) -> None:
    """Keep how a request was answered."""
    wanted = asked.c.reference == reference
    tx.execute(asked.update().where(wanted).values(answer=said, answered_by=by, answered_at=at))
    if said in (RESTRICTED, LIFTED):
        withheld.changed(tx)


def restricted(tx: Tx) -> set[str]:
    """Return the ads that are restricted because somebody asked for it."""
    return {ad for ads in tx.scalars(_RESTRICTED) for ad in ads}


def asked_for(tx: Tx) -> list[dict[str, Any]]:
    """Return what waits for an answer, and what restricts ads now; oldest first."""
    waits = asked.c.answered_at.is_(None) | (asked.c.answer == RESTRICTED)
    return [dict(row._mapping) for row in tx.execute(sa.select(asked).where(waits).order_by(asked.c.at))]


def held_since(tx: Tx, *, limit: int) -> list[dict[str, Any]]:
    """Return the holds that stand, newest first."""
    wanted = sa.select(holds.c.ad, holds.c.why, holds.c.by, holds.c.at).where(holds.c.lifted_at.is_(None))
    return [dict(row._mapping) for row in tx.execute(wanted.order_by(holds.c.seq.desc()).limit(limit))]


def disclosed(tx: Tx, *, limit: int) -> list[dict[str, Any]]:
    """Return what was handed to whom, newest first: a row an act, with how many ads it named."""
    said = [disclosures.c[name] for name in ("at", "recipient", "what", "basis", "by")]
    each = sa.select(*said, sa.func.count().label("ads")).group_by(*said)
    rows = tx.execute(each.order_by(disclosures.c.at.desc()).limit(limit))
    found = [*(dict(row._mapping) for row in rows), *handed.latest(tx, limit=limit)]
    return sorted(found, key=lambda row: row["at"], reverse=True)[:limit]


def open_requests(tx: Tx) -> list[dict[str, Any]]:
    """Return what was asked for and not answered yet, oldest first."""
    wanted = sa.select(asked).where(asked.c.answered_at.is_(None)).order_by(asked.c.at)
    return [dict(row._mapping) for row in tx.execute(wanted)]
