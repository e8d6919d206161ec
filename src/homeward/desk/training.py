"""Local retraining: a card fitted to a unit's own outcomes, what it would change, and two who agree to it.

A proposal is a card with its tables under one name, a hash of all of it: what a second person agrees to is
what was shown, to the letter. It is put in force for the next refresh, and whoever may put it in force may
go back to the shipped card at any time, alone.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from homeward.connect import card as cards
from homeward.connect import reckoning
from homeward.connect import training as fitting
from homeward.connect.card import SHIPPED, Card
from homeward.connect.rank import scored, word
from homeward.connect.tally import Tallied, whole
from homeward.desk import checked, controls, runs, tallying, veil
from homeward.desk import requests as eyes
from homeward.desk.acts import event
from homeward.desk.permissions import demand, permitted
from homeward.desk.runs import Run
from homeward.house import House
from homeward.model.actor import Actor
from homeward.model.errors import NotFound, UsageError
from homeward.model.event import Act
from homeward.model.permission import Target
from homeward.model.scales import scales
from homeward.store.ledger import Tx, events, meta, tally

Row = dict[str, Any]
ACTION = "train.apply"
HELD = ("outcomes", "low", "high", "loss", "order", "foretold", "confirmed", "factors")
FIRST, MOVERS = 50, 10  # leads whose place is told of: the first of the queue, and who moves furthest
NOTE = (
    "Fitted to leads that people of this unit chose to look into: it repeats what they saw, and what they "
    "did not look for. It is no chance for any one lead."
)


@permitted("train.see")
def status(actor: Actor, house: House) -> Row:
    """Return what retraining has and what it lacks, and the cards in force and proposed.

    How many leads have an outcome is as of the last tenth that came in or was taken back.
    """
    run = runs.current(veil.over(actor, house))
    with house.ledger.read() as tx:
        sample, lacks = controls.missing(tx, run)
    with house.ledger.write() as tx:
        leads, card, proposed = checked.leads_told(tx), checked.card_in_force(tx), _proposal(tx)
        made_by = tally.versions(tx)
        events.record(tx, event(actor, house, Act.LOOK, what="training"))
    return {
        "leads": leads, "needed": fitting.LEAST_OUTCOMES, "control": sample,
        "lacks": [*_lacks(leads), *lacks],
        "card": {"version": card.version, "factors": dict(card.factors)},
        "run_card": run.meta.get("card", SHIPPED.version) if run else None,
        "proposal": proposed, "versions": len(made_by),
        "numbers": scales(*HELD, error=f"within the ranges given; of this unit alone. {NOTE}"),
    }  # fmt: skip


@permitted("train.propose")
def propose(actor: Actor, house: House) -> Row:
    """Fit a card to the outcomes and keep it as the proposal, with what says how far to trust it.

    The proposal stays the same until ten rows came in or were taken back: two tables that differ by one
    outcome would tell whose.
    """
    run = runs.current(veil.over(actor, house))
    with house.ledger.read() as tx:
        rows, (_, lacks) = checked.rows(tx), controls.missing(tx, run)
        before, changes = _proposal(tx), tally.changes(tx)
    leads = whole(sum(one.share for one in rows if not one.control))
    _refuse([*_lacks(leads), *lacks, *_lopsided(rows)])
    if before is None or changes - before["changes"] >= checked.EVERY:
        made = {**_proposed(rows), "changes": changes}
    else:
        made = before
    with house.ledger.write() as tx:
        meta.put(tx, tally.PROPOSAL, made)
        done = event(actor, house, Act.TRAIN, what="proposed", card=made["version"], leads=made["leads"])
        events.record(tx, done)
    return made


@permitted("train.propose")
def preview(actor: Actor, house: House) -> Row:
    """Return what the proposed card would change in the queue of now; nothing is changed."""
    seen = veil.over(actor, house)
    run = runs.current(seen)
    with house.ledger.write() as tx:
        made = _needed(tx, None)
        events.record(tx, event(actor, house, Act.LOOK, what="training preview", card=made["version"]))
    if run is None:
        raise UsageError("There is no queue yet.", remedy="Make it with: homeward refresh")
    return {"version": made["version"], **_changes(run, Card(made["version"], made["factors"]))}


@permitted("train.apply")
def ask(actor: Actor, house: House, *, why: str) -> Row:
    """Ask a second person to agree to the proposed card, exactly as it was shown."""
    demand(actor, house, ACTION, Target(), agreed=True)  # who may not apply it asks for nothing
    with house.ledger.read() as tx:
        made = _needed(tx, None)
    if not made["better"]:
        raise UsageError("The proposed card foretells outcomes no better than the shipped one: it stays.")
    return eyes.ask_for(actor, house, ACTION, {"card": made["version"]}, why)


@permitted("train.apply")
def apply(actor: Actor, house: House, version: str) -> Row:
    """Put a proposed card in force for the next refresh, once somebody else agreed to it: whoever acts."""
    # Also who holds the key, and who is alone: one person's outcomes must not steer by that person alone.
    second = eyes.second(actor, house, ACTION, {"card": version}, always=True)
    with house.ledger.write() as tx:
        made = _needed(tx, version)
        second(tx)
        card = cards.checked(Card(version, made["factors"]))
        tally.put_card(tx, {"version": card.version, "factors": dict(card.factors)})
        checked.recount(tx, now=True)
        events.record(tx, event(actor, house, Act.TRAIN, what="applied", card=version))
    return {"card": version, "sentence": "The next refresh ranks by it."}


@permitted("train.revert")
def revert(actor: Actor, house: House, *, why: str) -> Row:
    """Put the shipped card in force again for the next refresh."""
    if not why.strip() or len(why) > eyes.LONGEST_WHY:
        raise UsageError(f"Say why, in up to {eyes.LONGEST_WHY:,} characters.")
    with house.ledger.write() as tx:
        before = checked.card_in_force(tx).version
        tally.put_card(tx, None)
        checked.recount(tx, now=True)
        done = event(actor, house, Act.TRAIN, what="reverted", card=before, why=why.strip())
        events.record(tx, done)
    return {
        "card": SHIPPED.version,
        "before": before,
        "sentence": "The next refresh ranks by the shipped card.",
    }


def _proposal(tx: Tx) -> Row | None:
    made: Row | None = meta.get(tx, tally.PROPOSAL)
    return made


def _needed(tx: Tx, version: str | None) -> Row:
    """Return the proposal that stands, or raise NotFound; of `version`, if one is named."""
    made = _proposal(tx)
    if made is None or version not in (None, made["version"]):
        raise NotFound("proposal", version or "of now")
    return made


def _lacks(leads: int) -> list[str]:
    if leads >= fitting.LEAST_OUTCOMES:
        return []
    return [f"{leads:,} of {fitting.LEAST_OUTCOMES} leads have an outcome that counts"]


def _lopsided(rows: list[Tallied]) -> list[str]:
    of_each = [whole(sum(r.share for r in rows if r.confirmed is held)) for held in (True, False)]
    if min(of_each) >= fitting.LEAST_OF_EACH:
        return []
    return [f"{fitting.LEAST_OF_EACH} confirmed and as many not confirmed are needed"]


def _refuse(lacks: list[str]) -> None:
    if lacks:
        raise UsageError(f"No card can be fitted yet: {'; '.join(lacks)}.", remedy="homeward train status")


def _proposed(rows: list[Tallied]) -> Row:
    """Return a fitted card with its tables, named by all of it."""
    found, tested = fitting.fit(rows), fitting.cross_validated(rows)
    all_in_all = reckoning.summed(tested)
    said: Row = {
        "factors": found.factors, "start": found.start,
        "leads": whole(sum(one.share for one in rows if not one.control)),
        "confirmed": whole(sum(one.share for one in rows if one.confirmed and not one.control)),
        "control": reckoning.controls(rows), "all": all_in_all,
        "better": all_in_all["fitted"]["loss"] < all_in_all["shipped"]["loss"],
        "calibration": reckoning.calibration(tested), "errors": reckoning.errors(tested), "note": NOTE,
    }  # fmt: skip
    return {"version": fitting.version_of(said), **said}


def _changes(run: Run, card: Card) -> Row:
    """Return which leads of a run would get another word or place by a card."""
    now = [lead["id"] for lead in run.leads]
    scores = {
        lead["id"]: scored(tallying.weights(run.findings.get(lead["identity"], ())), card)
        for lead in run.leads
    }  # fmt: skip
    then = sorted(run.leads, key=lambda lead: (-scores[lead["id"]], lead["identity"]))
    place = {lead["id"]: number for number, lead in enumerate(then, 1)}
    words = {lead["id"]: str(word(scores[lead["id"]], lead["families"])) for lead in run.leads}
    moved = sorted(
        (
            {"lead": lead["id"], "title": lead["title"] or "", "rank": number, "rank_then": place[lead["id"]],
             "word": lead["word"], "word_then": words[lead["id"]]}
            for number, lead in enumerate(run.leads, 1)
        ),
        key=lambda one: (-abs(one["rank"] - one["rank_then"]), one["rank"]),
    )  # fmt: skip
    pairs = Counter((lead["word"], words[lead["id"]]) for lead in run.leads)
    first = {lead["id"] for lead in then[:FIRST]}
    return {
        "leads": len(now), "first": min(FIRST, len(now)),
        "stay_first": len(first & set(now[:FIRST])),
        "words": [{"now": a, "then": b, "leads": n} for (a, b), n in sorted(pairs.items()) if a != b],
        "moved": [one for one in moved[:MOVERS] if one["rank"] != one["rank_then"]],
    }  # fmt: skip
