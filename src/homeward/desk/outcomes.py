"""What became of a lead for the person in it: said by people, taken back by people.

`consensual` and `unfounded` are kept by no lead and under no name, so that no register of persons comes
about: they put one persona lower for a time (`lowering`), and nothing lists, shows or exports whom. What
retraining may count of them is a row that names nobody (`tallying`).
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from homeward.desk import lowering, runs, tallying, veil
from homeward.desk.acts import event
from homeward.desk.permissions import permitted
from homeward.house import House
from homeward.model.actor import Actor
from homeward.model.errors import NotFound, UsageError
from homeward.model.event import Act
from homeward.model.judgement import CLEARS, SUCCESSES, Outcome
from homeward.store.ledger import Tx, cases, events, meta, tally
from homeward.store.ledger import outcomes as store

Row = dict[str, Any]
LONGEST_NOTE = 2_000
LONGEST_REVIEW = 366  # days ahead
POLICY = "policy: days lowered"
KEPT_NOWHERE = (
    "It is kept under no name: if this persona is known by more than a phone, it stands lower for a time, "
    "until anything new is said of it. Its network does not, and searches and watches find it as before."
)


@permitted("outcome.record")
def record(
    actor: Actor, house: House, lead: str, outcome: Outcome, *, persona: str | None = None, note: str = "",
    review: date | None = None,
) -> Row:  # fmt: skip
    """Keep what became of a lead, and when somebody looks again.

    What clears a person names the persona, and keeps no note and no day.
    """
    seen = veil.over(actor, house)
    run = runs.needed(seen, "lead", lead)
    network = run.lead(lead)["identity"]
    if outcome in CLEARS:
        if review is not None:
            raise UsageError("No day is kept with this outcome: it ends by itself.")
        return _clear(actor, house, run, network, persona, note)
    today = house.clock().date()
    if review is not None and not today <= review <= today + timedelta(days=LONGEST_REVIEW):
        raise UsageError(f"Name a day within {LONGEST_REVIEW} days from today.")
    if persona is not None or len(note) > LONGEST_NOTE:
        raise UsageError(f"This outcome is the lead's, with a note of up to {LONGEST_NOTE:,} characters.")
    tallying.of_leads(run)  # what takes long is done before the ledger is held
    with house.ledger.write() as tx:
        for before in store.standing(tx, lead=lead):
            tallying.take_back_outcome(tx, before.seq)
        seq = store.record(
            tx, lead, outcome, note=note.strip(), case=actor.case, by=actor.name, at=house.clock(),
            review=review,
        )  # fmt: skip
        if outcome in SUCCESSES:  # the others do not say whether the lead was right
            tallying.keep(tx, run, network, confirmed=True, at=house.clock(), outcome=seq)
        done = event(actor, house, Act.OUTCOME, [lead], what="recorded", said=str(outcome), id=seq)
        events.record(tx, done)
        return {"outcome": told(tx, actor, house, lead), "sentence": "The outcome is kept with the lead."}


def _clear(actor: Actor, house: House, run: runs.Run, network: str, persona: str | None, note: str) -> Row:
    if persona is None or persona not in lowering.personas(run, network):
        raise UsageError("Say which persona of the lead it clears.")
    if note.strip():
        raise UsageError("No note is kept with this outcome.", remedy="Leave it empty.")
    tallying.of_leads(run)  # what takes long is done before the ledger is held
    with house.ledger.write() as tx:
        facts = lowering.facts_of(run, persona, network, store.make_key(tx))
        if not lowering.known(facts):
            raise UsageError(
                "This persona cannot be told from others: nobody is lowered by a phone or a name alone."
            )
        facts["pictures"] = lowering.pictures_of(house, run, persona, network, store.make_key(tx))
        low = store.lower(tx, facts, house.clock() + timedelta(days=days(tx)))
        row = tallying.keep(tx, run, network, confirmed=False, at=house.clock(), part=True)
        if (again := tally.tie(tx, low, row)) is not None:  # who is cleared twice counts once
            tallying.take_back(tx, [again])
        events.record(tx, event(actor, house, Act.OUTCOME, what="cleared"))
    return {"outcome": None, "sentence": KEPT_NOWHERE}


@permitted("outcome.record")
def lift(actor: Actor, house: House, lead: str, persona: str, *, why: str) -> Row:
    """Lower a persona no more, if it was lowered; whether it was is not told."""
    if not why.strip() or len(why) > LONGEST_NOTE:
        raise UsageError(f"Say why, in up to {LONGEST_NOTE:,} characters.")
    run = runs.needed(veil.over(actor, house), "lead", lead)
    network = run.lead(lead)["identity"]
    if persona not in lowering.personas(run, network):
        raise NotFound("persona", persona)
    with house.ledger.write() as tx:
        key, said = store.key_of(tx), store.in_force(tx, at=house.clock())
        if key is not None:
            keys = lowering.same(run, persona, network, key, said)
            tallying.take_back(tx, tally.tied(tx, keys))
            store.lift(tx, keys)
        events.record(tx, event(actor, house, Act.OUTCOME, what="lifted", why=why.strip()))
    return {"sentence": "If this persona stood lower, it does so no more."}


@permitted("outcome.record")
def undo(actor: Actor, house: House, lead: str, outcome: str) -> Row:
    """Take back what is said to have become of a lead."""
    runs.needed(veil.over(actor, house), "lead", lead).lead(lead)
    with house.ledger.write() as tx:
        mine = [one for one in store.standing(tx, lead=lead) if str(one.seq) == outcome]
        if not mine:
            raise NotFound("outcome", outcome)
        store.undo(tx, mine[0].seq, by=actor.name, at=house.clock())
        tallying.take_back_outcome(tx, mine[0].seq)
        events.record(tx, event(actor, house, Act.OUTCOME, [lead], what="taken back", id=mine[0].seq))
    return {"outcome": None, "sentence": "The outcome is taken back."}


@permitted("outcome.counts")
def counts(actor: Actor, house: House) -> Row:
    """Return how often each outcome holds, and how many of those known were a success for the person."""
    with house.ledger.write() as tx:
        found = Counter(one.outcome for one in store.standing(tx))
        cleared = store.cleared(tx)
        events.record(tx, event(actor, house, Act.LIST, what="outcomes"))
    known = sum(n for outcome, n in found.items() if outcome is not Outcome.UNKNOWN) + cleared
    return {
        "outcomes": [{"outcome": o, "leads": found[o]} for o in Outcome if o not in CLEARS],
        "cleared": cleared, "known": known, "helped": sum(found[o] for o in SUCCESSES),
        "note": "Counted are outcomes that people recorded. An arrest is none of them.",
    }  # fmt: skip


@permitted("outcome.policy")
def set_days(actor: Actor, house: House, number: int) -> Row:
    """Say for how many days a persona stands lower from now on."""
    if not 1 <= number <= lowering.MOST_DAYS:
        raise UsageError(f"A persona stands lower for 1 to {lowering.MOST_DAYS} days.")
    with house.ledger.write() as tx:
        meta.put(tx, POLICY, number)
        events.record(tx, event(actor, house, Act.SETTING, what="days lowered", days=number))
    return {"days": number}


def days(tx: Tx) -> int:
    """Return for how many days a persona stands lower, as the unit's policy says."""
    return int(meta.get(tx, POLICY, lowering.DAYS))


def told(tx: Tx, actor: Actor, house: House, lead: str) -> Row | None:
    """Return what is said to have become of a lead; a note of a case of others is left out."""
    found = store.standing(tx, lead=lead)
    if not found:
        return None
    one = found[-1]
    own = one.case is None or one.case in cases.readable(tx, actor.name, {one.case}, at=house.clock())
    return {
        "id": str(one.seq), "outcome": one.outcome, "note": one.note if own else "", "by": one.by,
        "at": one.at, "review": one.review,
        "due": one.review is not None and one.review <= house.clock().date(),
    }  # fmt: skip
