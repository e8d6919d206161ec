"""Saved searches and watched values: what is new since one last looked. Private, and with an end.

A watch finds what its search finds: urgent marks and restrictions hide from it what they hide from any
search of its owner's; that a persona was cleared hides nothing. Nobody is told of a watch but its owner, and
the audit log of each look.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from homeward.desk import runs
from homeward.desk.acts import event
from homeward.desk.permissions import permitted
from homeward.desk.search import found_hits, query_of
from homeward.house import House
from homeward.model.actor import Actor
from homeward.model.errors import UsageError
from homeward.model.event import Act
from homeward.model.query import Query
from homeward.store.index import Hit
from homeward.store.ledger import events, watches
from homeward.store.ledger.watches import Watch

KINDS = ("search", "value")
MOST = 100  # watches of one person
LONGEST_NAME, LONGEST_DAYS, DAYS = 120, 180, 30
# Ads whose digests are kept at a look (8 bytes each). What finds more is no question about somebody.
MOST_FOUND = 5_000
SHOWN = 30  # new ads shown at a look; the search itself shows them all
PAGE, DIGEST = 200, 8

Row = dict[str, Any]


@permitted("watch.look")
def listing(actor: Actor, house: House) -> Row:
    """Return one's own watches, each with how many of the ads that it finds now are new."""
    now = house.clock()
    with house.ledger.read() as tx:
        mine = watches.of(tx, actor.name, at=now)
    rows = [_row(one, *_new(house, one)) for one in mine]
    with house.ledger.write() as tx:
        watches.forget(tx, at=now)
        events.record(tx, event(actor, house, Act.WATCHED, [one.id for one in mine], what="listed"))
    return {"watches": rows, "most_days": LONGEST_DAYS}


@permitted("watch.keep")
def keep(
    actor: Actor, house: House, kind: str, name: str, request: Mapping[str, Any], *, days: int = DAYS
) -> Row:
    """Keep a search (or one value, as the search for it) for some days; what it finds now is not new."""
    now, text = house.clock(), name.strip()
    if kind not in KINDS or not 0 < len(text) <= LONGEST_NAME or not text.isprintable():
        raise UsageError(f"Give it a name of at most {LONGEST_NAME} characters.")
    if not 0 < days <= LONGEST_DAYS:
        raise UsageError(f"A watch lasts for at most {LONGEST_DAYS} days.")
    query, key = _plain(request), watches.new_id()
    if _query(query).is_all:
        raise UsageError("A watch for every ad is none.", remedy="Say what it looks for.")
    total, seen = _found(house, key, query)
    with house.ledger.write() as tx:
        watches.forget(tx, at=now)
        if len(watches.of(tx, actor.name, at=now)) >= MOST:
            raise UsageError(f"You have {MOST} watches.", remedy="Delete one first.")
        until = now + timedelta(days=days)
        made = watches.keep(
            tx, actor.name, kind, text, query, case=actor.case, at=now, until=until, seen=seen, id=key
        )  # fmt: skip
        told: Row = {"query": query, "name": text, "days": days}
        events.record(tx, event(actor, house, Act.WATCHED, [key], what="kept", **told))
    return _row(made, total, 0)


@permitted("watch.look")
def look(actor: Actor, house: House, key: str) -> Row:
    """Return what a watch of one's own finds, and which of it is new; from now on none of that is."""
    now = house.clock()
    with house.ledger.read() as tx:
        one = watches.find(tx, actor.name, key, at=now)
    total, seen = _found(house, key, one.query)
    fresh = _fresh(one, seen)
    hits = _hits(house, one, fresh)
    with house.ledger.write() as tx:
        watches.looked(tx, key, seen, at=now)
        shown = [hit["id"] for hit in hits]
        told: Row = {"watch": key, "query": one.query, "total": total, "new": len(fresh)}
        events.record(tx, event(actor, house, Act.SEARCH, shown, what="watch", **told))
    return {**_row(one, total, len(fresh)), "hits": hits}


@permitted("watch.keep")
def delete(actor: Actor, house: House, key: str) -> Row:
    """Forget a watch of one's own."""
    with house.ledger.write() as tx:
        one = watches.find(tx, actor.name, key, at=house.clock())
        watches.remove(tx, one.id)
        events.record(tx, event(actor, house, Act.WATCHED, [key], what="deleted"))
    return {"sentence": f"{one.name} is watched no more."}


def _plain(request: Mapping[str, Any]) -> Row:
    """Return what is kept of a request: what it looks for, and not how it was shown."""
    days = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in ((name, request.get(name)) for name in ("first", "last"))
    }
    return {"text": request["text"], "filters": [dict(one) for one in request.get("filters", ())], **days}


def _query(request: Mapping[str, Any]) -> Query:
    first, last = (
        date.fromisoformat(request[name]) if request.get(name) else None for name in ("first", "last")
    )
    return query_of(request["text"], request["filters"], (first, last))


def _found(house: House, key: str, request: Mapping[str, Any]) -> tuple[int, bytes]:
    """Return how many ads are found, and digests of them; none of them where they are too many."""
    query = _query(request)
    total = house.index.total(query)
    if total > MOST_FOUND:
        return total, b""
    return total, b"".join(sorted(_digest(key, ad) for ad in house.index.keys(query, MOST_FOUND).tolist()))


def _digest(key: str, ad: bytes) -> bytes:
    """Return the digest of an ad for one watch: watches of several people cannot be compared by them."""
    return hashlib.blake2b(ad[:16], digest_size=DIGEST, key=key.encode()).digest()


def _cut(seen: bytes) -> set[bytes]:
    return {seen[at : at + DIGEST] for at in range(0, len(seen), DIGEST)}


def _fresh(one: Watch, found: bytes) -> set[bytes]:
    return _cut(found) - _cut(one.seen)


def _new(house: House, one: Watch) -> tuple[int, int]:
    total, found = _found(house, one.id, one.query)
    return total, len(_fresh(one, found))


def _hits(house: House, one: Watch, fresh: set[bytes]) -> list[Row]:
    """Return the new ads as lists show them, newest first, up to a screen of them."""
    query, after, run = _query(one.query), None, runs.current(house)
    found: list[Hit] = []
    left = len(fresh)
    while left and len(found) < SHOWN:
        page = house.index.search(query, limit=PAGE, after=after)
        mine = [hit for hit in page.hits if _digest(one.id, hit.ad.encode()) in fresh]
        found += mine
        left, after = left - len(mine), page.after
        if after is None:
            break
    return found_hits(found[:SHOWN], run)


def _row(one: Watch, total: int, new: int) -> Row:
    return {
        "id": one.id, "kind": one.kind, "name": one.name, "request": one.query, "made_at": one.made_at,
        "expires_at": one.expires_at, "looked_at": one.looked_at, "total": total, "new": new,
        "too_many": total > MOST_FOUND,
    }  # fmt: skip
