"""Records management: how long ads are kept, what may not be erased, who got what, and erasing for good.

A person may ask for ads to be removed or restricted without saying who they are: a request knows ads and
grounds from a closed list, and has no place for a name, a contact or a free text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from homeward import erasure
from homeward.desk import requests as eyes
from homeward.desk.acts import event, long_act, note, reason
from homeward.desk.permissions import demand, permitted
from homeward.house import House
from homeward.model.actor import Actor
from homeward.model.errors import NotFound, UsageError
from homeward.model.event import Act
from homeward.model.permission import Target
from homeward.store.ledger import Tx, events, periods, records, sight

KEPT_DAYS = periods.USUAL_DAYS  # what a review keeps an ad for at most
MOST_ADS = 10_000  # of one act
KINDS = ("remove", "restrict", "rectify", "access")
GROUNDS = ("shows-me", "not-my-will", "wrong", "no-longer-true", "other")
Row = dict[str, Any]


@permitted("records.look")
def due(actor: Actor, house: House, *, limit: int = 1_000) -> Row:
    """Return the ads whose time is up: neither reviewed since nor held, oldest first."""
    found, held = find_due(house)
    note(actor, house, Act.LIST, found[:limit], what="due", total=len(found))
    return {"ads": found[:limit], "total": len(found), "held": held, "kept_days": kept_days(house)}


@permitted("records.keep")
def review(actor: Actor, house: House, ads: Sequence[str], *, why: str, days: int = KEPT_DAYS) -> Row:
    """Keep ads for longer, with a reason: somebody looked at them again and says that they are needed."""
    _expect(house, ads, why)
    if not 1 <= days <= KEPT_DAYS:
        raise UsageError(f"Ads are kept for 1 to {KEPT_DAYS:,} days at a time.")
    until = house.clock() + timedelta(days=days)
    with house.ledger.write() as tx:
        records.review(tx, ads, until=until, why=why.strip(), by=actor.name, at=house.clock())
        events.record(tx, event(actor, house, Act.RETAIN, ads, what="review", until=until.isoformat()))
    return {"ads": len(set(ads)), "until": until}


@permitted("records.keep")
def hold(actor: Actor, house: House, ads: Sequence[str], *, why: str) -> Row:
    """Hold ads: nothing erases them, whatever their age, until the hold is lifted."""
    _expect(house, ads, why)
    with house.ledger.write() as tx:
        records.hold(tx, ads, why=why.strip(), by=actor.name, at=house.clock())
        events.record(tx, event(actor, house, Act.RETAIN, ads, what="hold", why=why.strip()))
    return {"ads": len(set(ads))}


@permitted("records.keep")
def lift(actor: Actor, house: House, ads: Sequence[str], *, why: str) -> Row:
    """Lift every hold on these ads."""
    _expect(house, ads, why)
    with house.ledger.write() as tx:
        lifted = records.lift(tx, ads, by=actor.name, at=house.clock())
        events.record(tx, event(actor, house, Act.RETAIN, ads, what="lift", why=why.strip()))
    return {"lifted": lifted}


@permitted("records.keep")
def disclose(actor: Actor, house: House, ads: Sequence[str], *, recipient: str, what: str, basis: str) -> Row:
    """Keep that these ads were handed to somebody outside, and on which basis."""
    _expect(house, ads, basis)
    if not recipient.strip() or not what.strip():
        raise UsageError("A disclosure needs a recipient and what was handed over.")
    with house.ledger.write() as tx:
        records.disclose(
            tx, ads, recipient=recipient.strip(), what=what.strip(), basis=basis.strip(), by=actor.name,
            at=house.clock(),
        )  # fmt: skip
        done = event(actor, house, Act.DISCLOSE, ads, recipient=recipient.strip(), what=what.strip())
        events.record(tx, done)
    return {"ads": len(set(ads))}


@permitted("records.look")
def recipients(actor: Actor, house: House, ads: Sequence[str]) -> list[Row]:
    """Return who got any of these ads, and when: whom a correction or an erasure must be told."""
    with house.ledger.write() as tx:
        found = records.recipients(tx, ads)
        events.record(tx, event(actor, house, Act.LOOK, ads, what="disclosures"))
    return found


@permitted("records.keep")
def ask(actor: Actor, house: House, ads: Sequence[str], *, kind: str, grounds: str) -> Row:
    """Keep that a person asks for ads to be removed or restricted; return the reference they may quote.

    Nobody is asked for a name: whose request it is, is known to the person alone.
    """
    _expect(house, ads, "-")
    if kind not in KINDS or grounds not in GROUNDS:
        raise UsageError(
            f"A request is one of: {', '.join(KINDS)}; its grounds one of: {', '.join(GROUNDS)}."
        )
    with house.ledger.write() as tx:
        reference = records.ask(tx, kind, grounds, ads, by=actor.name, at=house.clock())
        done = event(actor, house, Act.RETAIN, ads, what="asked", reference=reference, kind=kind)
        events.record(tx, done)
    return {"reference": reference, "kind": kind, "ads": len(set(ads))}


@permitted("records.keep")
def restrict(actor: Actor, house: House, reference: str, *, why: str) -> Row:
    """Restrict the ads of a request that nobody answered yet: nobody but the records officer sees them.

    They stay in the lake, and in groups; no search, dossier, watch or export shows them until it is lifted.
    """
    return _answered(actor, house, reference, records.RESTRICTED, None, why)


@permitted("records.keep")
def unrestrict(actor: Actor, house: House, reference: str, *, why: str) -> Row:
    """Lift the restriction that a request brought about."""
    return _answered(actor, house, reference, records.LIFTED, records.RESTRICTED, why)


@permitted("records.keep")
def decline(actor: Actor, house: House, reference: str, *, why: str) -> Row:
    """Answer that a request is not acted on, and why; the person may quote the reference and ask again."""
    return _answered(actor, house, reference, "declined", None, why)


def _answered(actor: Actor, house: House, reference: str, said: str, before: str | None, why: str) -> Row:
    reason(why)
    with house.ledger.write() as tx:
        asked = records.find_asked(tx, reference)
        if asked["answer"] != before:
            raise UsageError(f"That request was answered: {asked['answer'] or 'not yet'}.")
        records.answer(tx, reference, said, by=actor.name, at=house.clock())
        done = event(actor, house, Act.RETAIN, asked["ads"], what=said, reference=reference, why=why.strip())
        events.record(tx, done)
    return {"reference": reference, "answer": said, "ads": len(asked["ads"])}


@permitted("records.look")
def requests(actor: Actor, house: House) -> list[Row]:
    """Return what persons asked for and nobody answered yet."""
    with house.ledger.write() as tx:
        found = records.open_requests(tx)
        events.record(tx, event(actor, house, Act.LIST, what="requests", total=len(found)))
    return found


@permitted("records.erase")
def erase(
    actor: Actor, house: House, ads: Sequence[str], *, why: str, reference: str = "",
    progress: Callable[..., None] | None = None,
) -> Row:  # fmt: skip
    """Erase ads from lake, index, groups, leads, searches and the details of events, for good.

    A held ad stops the whole act. Returns whom to tell, and the backups that still hold the ads.
    """
    second = eyes.second(actor, house, "records.erase", eyes.parameters_of_erasure(ads, reference))
    return _erase(actor, house, ads, second, why=why, reference=reference, progress=progress)


def _erase(
    actor: Actor, house: House, ads: Sequence[str], second: Callable[[Tx], None] | None, *, why: str,
    reference: str = "", progress: Callable[..., None] | None = None,
) -> Row:  # fmt: skip
    _expect(house, ads, why, known=False)
    with sight.whole(), house.ledger.read() as tx:
        held = sorted(records.held(tx) & set(ads))
        told = records.recipients(tx, ads)
        if reference:
            records.find_asked(tx, reference)
        backups = _backups(tx)
    if held:
        raise UsageError(f"{held[0]} and {len(held) - 1} others are held.", remedy="Lift the hold first.")

    def shredded(tx: Tx, seqs: Sequence[int]) -> None:
        named = [f"event:{seq}" for seq in seqs]
        for begin in range(0, len(named), 200):
            events.record(tx, event(actor, house, Act.ERASE, named[begin : begin + 200], stage="payloads"))

    with long_act(actor, house, Act.ERASE, ads, first=second, reason=why.strip()) as ended:
        done = erasure.erase(house, ads, told=shredded, progress=progress)
        if reference:
            with house.ledger.write() as tx:
                records.answer(tx, reference, "erased", by=actor.name, at=house.clock())
        ended.update(rows=done.rows, events=len(done.events), texts=done.texts, traces=len(done.traces))
    house.watch.copies.put_erased(sorted(set(ads)))
    return {**asdict(done), "events": len(done.events), "recipients": told, "backups": backups}


def _backups(tx: Tx) -> list[str]:
    """Return the files of the backups that were made and, as far as is known, not destroyed."""
    said = [r.event.detail for r in events.read(tx, acts=[Act.BACKUP], limit=10_000)]
    gone = {one.get("file") for one in said if one.get("stage") == "destroyed"}
    made = (str(one.get("file", "")) for one in said if one.get("stage") == "ended")
    return [file for file in made if file not in gone]


@permitted("records.erase")
def purge(
    actor: Actor, house: House, *, progress: Callable[..., None] | None = None
) -> Row:  # fmt: skip
    """Erase every ad whose time is up and that is neither held nor kept by a review.

    Two people set the period, where there are two: it is theirs that what is past it goes.
    """
    demand(actor, house, "records.erase", Target(), what="ad")
    found, held = find_due(house)
    if not found:
        note(actor, house, Act.LIST, what="due", total=0)
        return {"ads": 0, "held": held, "backups": [], "recipients": [], "traces": (), "rows": 0, "events": 0,
                "left": 0}  # fmt: skip
    done = _erase(actor, house, found[:MOST_ADS], None, why="its time is up", progress=progress)
    return {**done, "held": held, "left": len(found[MOST_ADS:])}


def kept_days(house: House) -> int:
    """Return for how many days ads are kept without being reviewed, as it is set."""
    with house.ledger.read() as tx:
        return periods.of_ads(tx)


def find_due(house: House) -> tuple[list[str], int]:
    """Return the ads whose time is up, oldest first, and how many more are held."""
    if house.lake.version("ads") < 0:
        return [], 0
    now = house.clock()
    limit = now - timedelta(days=kept_days(house))
    at, month = pc.field("captured_at"), pc.field("month")  # the month of being taken in parts the files
    past = (month <= f"{limit:%Y-%m}") & (at < pa.scalar(limit))
    old = house.lake.read("ads", columns=["ad", "captured_at"], filters=past)
    if not old.num_rows:
        return [], 0
    last = old.group_by("ad").aggregate([("captured_at", "max")]).sort_by("captured_at_max")
    since = (month >= f"{limit:%Y-%m}") & (at >= pa.scalar(limit)) & pc.field("ad").isin(last["ad"])
    again = set(house.lake.read("ads", columns=["ad"], filters=since)["ad"].to_pylist())
    with house.ledger.read() as tx:
        until: dict[str, datetime] = records.kept_until(tx)
        held = records.held(tx)
    ads = [ad for ad in last["ad"].to_pylist() if ad not in again]
    found = [ad for ad in ads if until.get(ad, now) <= now]
    return [ad for ad in found if ad not in held], sum(ad in held for ad in found)


def _expect(house: House, ads: Sequence[str], why: str, *, known: bool = True) -> None:
    """Refuse an act without ads, without a reason, or on ads that are not here."""
    if not ads or len(ads) > MOST_ADS:
        raise UsageError(f"Name 1 to {MOST_ADS:,} ads.")
    reason(why)
    there = set(house.lake.find("ads", ads, columns=["ad"])["ad"].to_pylist())
    if missing := sorted(set(ads) - there):
        if not known:  # an erasure that was interrupted is repeated
            with house.ledger.read() as tx:
                missing = sorted(set(missing) - records.erased_ads(tx))
        if missing:
            raise NotFound("ad", missing[0])
