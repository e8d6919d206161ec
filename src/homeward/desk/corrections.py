"""Rectify: a value that an ad gives is disputed or wrong. It stays as written, says so, and joins nothing.

What an ad says is evidence and is not rewritten; what Homeward makes of it is. No search finds that ad by a
corrected value, and exports say so beside it. From the next refresh on it ties the ad to nobody, and no
dossier lists it.
"""

from __future__ import annotations

from typing import Any

from homeward import owed
from homeward.desk.acts import event, reason
from homeward.desk.permissions import permitted
from homeward.house import House
from homeward.model.actor import Actor
from homeward.model.errors import NotFound, UsageError
from homeward.model.event import Act
from homeward.store.ledger import Tx, corrections, events, meta, records

SAYS = (corrections.DISPUTED, corrections.CORRECTED)
LONGEST = 1_000  # characters of what is right

Row = dict[str, Any]


@permitted("records.keep")
def correct(
    actor: Actor, house: House, ad: str, *, kind: str, value: str, says: str, why: str, right: str = "",
    reference: str = "",
) -> Row:  # fmt: skip
    """Keep that a value of an ad is disputed, or what is right; return whom to tell of it.

    `reference` is the request that this answers. `right` is shown beside the value and used for nothing.
    """
    _check(says, why, right)
    found = house.lake.find("mentions", [ad], columns=["kind", "value"]).to_pylist()
    if not any((m["kind"], m["value"]) == (kind, value) for m in found):
        raise NotFound("value of that kind in ad", ad)
    with house.ledger.write() as tx:
        if reference:
            if ad not in records.find_asked(tx, reference)["ads"]:
                raise UsageError("That request is about other ads.")
            records.answer(tx, reference, says, by=actor.name, at=house.clock())
        seq = corrections.add(
            tx, (ad, kind, value), says=says, right=right.strip(), why=why.strip(), reference=reference,
            by=actor.name, at=house.clock(),
        )  # fmt: skip
        events.record(tx, event(actor, house, Act.CORRECT, [ad], what=says, correction=seq, kind=kind,
                                value=value, right=right.strip(), why=why.strip()))  # fmt: skip
        told = records.recipients(tx, [ad])
        _to_index(tx, ad)
    owed.index_again(house)
    return {"correction": seq, "ad": ad, "says": says, "recipients": told}


@permitted("records.keep")
def lift(actor: Actor, house: House, correction: int, *, why: str) -> Row:
    """Take a correction back; from the next refresh on the value counts again."""
    _check(corrections.DISPUTED, why, "")
    with house.ledger.write() as tx:
        row = corrections.lift(tx, correction, by=actor.name, at=house.clock(), why=why.strip())
        done = event(actor, house, Act.CORRECT, [row["ad"]], what="lifted", correction=correction)
        events.record(tx, done)
        told = records.recipients(tx, [row["ad"]])
        _to_index(tx, row["ad"])
    owed.index_again(house)
    return {"correction": correction, "ad": row["ad"], "says": "lifted", "recipients": told}


@permitted("records.look")
def listing(actor: Actor, house: House) -> list[Row]:
    """Return the corrections that stand."""
    with house.ledger.write() as tx:
        found = corrections.standing(tx)
        events.record(tx, event(actor, house, Act.LIST, what="corrections", total=len(found)))
    return found


def _to_index(tx: Tx, ad: str) -> None:
    """Keep, with the correction, that the index is to follow: at once, unless somebody takes ads in."""
    meta.put(tx, owed.AGAIN, sorted({*meta.get(tx, owed.AGAIN, []), ad}))


def _check(says: str, why: str, right: str) -> None:
    if says not in SAYS or len(right) > LONGEST:
        raise UsageError(f"A value is {' or '.join(SAYS)}; what is right has up to {LONGEST:,} characters.")
    if says == corrections.CORRECTED and not right.strip():
        raise UsageError("Say what is right, or that the value is disputed.")
    reason(why)
