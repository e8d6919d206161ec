"""Retraining: rows that name nobody, a control sample by chance, and a card that nobody applies alone."""

from itertools import chain, repeat

import pytest

from homeward.app.api.shapes.training import Training
from homeward.connect.tally import LEAST_ALIKE
from homeward.desk import checked, controls, leads, outcomes, requests, runs, supply, tallying, training
from homeward.model.actor import Actor, Purpose, Role
from homeward.model.errors import NotAllowed, NotFound, SecondPersonNeeded, UsageError
from homeward.model.event import Act
from homeward.model.judgement import Decision, DismissReason, Outcome
from homeward.model.lead import NOT_CHECKED
from homeward.store.ledger import events, tally
from homeward.store.ledger.people_tables import tally as kept

ANN = Actor("ann", "api", Role.ANALYST, Purpose.IDENTIFY)
LEADER = Actor("lea", "api", Role.CASE_LEAD, Purpose.IDENTIFY, fresh=True)
SUE = Actor("sue", "api", Role.SUPERVISOR, Purpose.IDENTIFY, fresh=True)
LOCAL = Actor("local:1000", "cli")


def rows(house):
    with house.ledger.read() as tx:
        return checked.rows(tx)


def countable(house):
    """A lead that counts, and one of its personas that can be told from others."""
    from homeward.desk import lowering

    run = runs.current(house)
    made = tallying.of_leads(run)
    for lead in run.leads:
        mine = lead["identity"]
        for persona in sorted(lowering.personas(run, mine)):
            facts = lowering.facts_of(run, persona, mine, b"k" * 32)
            if lowering.known(facts) and made[mine]:
                return lead["id"], persona
    raise AssertionError("no such lead in this world")


def filled(house, confirmed=120, not_confirmed=120):
    """Invented outcomes, straight into the tally: hidden numbers hold, several names on one do not."""
    both = chain(repeat(True, confirmed), repeat(False, not_confirmed))
    with house.ledger.write() as tx:
        for number, held in enumerate(both):
            family = "hidden number" if held is (number % 7 > 0) else "several persons"
            said = {family: 1.0, "third party": 1.0}
            row = tally.Kept(held, said, 2, "", f"s{number % 2}.test", "en", "2 to 5 ads")
            tally.add(tx, row, quarter="2026-Q4", made_by="connect/1")
            checked.recount(tx)


def sampled(house):
    """The control sample, drawn and looked at."""
    controls.draw(ANN, house)
    return [controls.review(ANN, house, one["group"], controls.Seen.UNKNOWN)
            for one in controls.listing(ANN, house)["groups"]]  # fmt: skip


@pytest.fixture
def ready(own_house):
    """A workspace with all that a proposal needs."""
    filled(own_house)
    sampled(own_house)
    return own_house


def test_an_outcome_counts_until_it_is_taken_back(own_house):
    """A success is one row; what does not say whether the lead was right is none; undoing leaves none."""
    lead, _ = countable(own_house)
    leads.decide(ANN, own_house, lead, Decision.DISMISS, reason=DismissReason.CHECKED)
    for outcome in (Outcome.UNKNOWN, Outcome.NOT_FOUND, Outcome.DECLINED):
        outcomes.record(ANN, own_house, lead, outcome)
        assert rows(own_house) == []

    for outcome in (Outcome.LOCATED_SAFE, Outcome.SUPPORTED):
        made = outcomes.record(ANN, own_house, lead, outcome)["outcome"]
    [row] = rows(own_house)
    assert row.confirmed and row.share == 1.0 and not row.control
    outcomes.undo(ANN, own_house, lead, made["id"])
    assert rows(own_house) == []


@pytest.mark.parametrize("outcome", [Outcome.UNFOUNDED, Outcome.CONSENSUAL])
def test_a_cleared_person_counts_once_and_is_named_nowhere(own_house, outcome):
    """Cleared twice is one row, lifted is none; the row holds no id, no day, and fits five leads."""
    lead, persona = countable(own_house)
    for _ in range(2):
        outcomes.record(ANN, own_house, lead, outcome, persona=persona)

    [row] = rows(own_house)
    made = tallying.of_leads(runs.current(own_house))
    assert not row.confirmed and list(made.values()).count(row) >= LEAST_ALIKE
    with own_house.ledger.read() as tx:
        [stored] = tx.execute(kept.select()).mappings().all()
    said = repr({name: value for name, value in stored.items() if name != "key"})
    network = runs.current(own_house).lead(lead)["identity"]
    assert not any(name in said for name in (lead, persona, network, outcome, "ann")) and "Q" in said
    assert stored["outcome"] is None
    outcomes.lift(ANN, own_house, lead, persona, why="a slip")
    assert rows(own_house) == []


def test_the_control_sample_is_drawn_by_chance_and_the_same_again(own_house):
    """One in twenty of the groups that are no lead, never chosen, told without rank or reasons."""
    drawn = controls.draw(ANN, own_house)
    first = controls.listing(ANN, own_house)
    controls.draw(LOCAL, own_house)

    assert controls.listing(ANN, own_house)["groups"] == first["groups"]
    assert drawn["drawn"] == len(first["groups"]) == -(-drawn["unranked"] // 20) > 0
    led = set(runs.current(own_house).lead_by_identity)
    assert led.isdisjoint(one["group"] for one in first["groups"])
    assert {frozenset(one) for one in first["groups"]} == {frozenset(("group", "title", "ads", "reviewed"))}
    assert controls._lot("one run", "g") != controls._lot("another", "g")


def test_a_review_is_counted_and_its_receipt_alone_takes_it_back(own_house):
    """The ledger keeps that a group was looked at, not what was found there."""
    controls.draw(ANN, own_house)
    groups = [one["group"] for one in controls.listing(ANN, own_house)["groups"]]
    made = {one: controls.review(ANN, own_house, one, controls.Seen.CONFIRMED)["receipt"] for one in groups}
    counted = rows(own_house)

    assert counted and all(row.control for row in counted)
    assert controls.listing(ANN, own_house)["left"] == 0
    with pytest.raises(NotFound):
        controls.review(ANN, own_house, groups[0], controls.Seen.NOT_CONFIRMED)
    with pytest.raises(NotFound):
        controls.take_back(ANN, own_house, groups[0], "0" * 32)
    for group, receipt in made.items():
        controls.take_back(ANN, own_house, group, receipt)
    assert rows(own_house) == [] and controls.listing(ANN, own_house)["left"] == len(groups)


def test_too_little_is_refused_with_what_is_missing(own_house):
    """Under 200 outcomes, without the control sample, or nearly all of one sort no card is fitted."""
    filled(own_house, 100, 90)
    said = training.status(SUE, own_house)["lacks"]
    assert said[0].startswith("190 of 200") and "control" in said[1]
    with pytest.raises(UsageError, match="190 of 200"):
        training.propose(SUE, own_house)
    filled(own_house, 10, 0)
    with pytest.raises(UsageError, match="control"):
        training.propose(SUE, own_house)
    sampled(own_house)
    assert training.status(SUE, own_house)["lacks"] == []
    assert training.propose(SUE, own_house)["leads"] == 200
    with pytest.raises(NotAllowed):
        training.propose(ANN, own_house)


def test_a_proposal_is_the_same_again_and_changes_nothing(ready):
    """The same outcomes make the same card with its tables under one name; ten more make another."""
    before = leads.queue(ANN, ready)["leads"]
    made = training.propose(LEADER, ready)

    assert training.propose(SUE, ready) == made and made["better"]
    assert training._proposed(rows(ready)) == {k: v for k, v in made.items() if k != "changes"}
    assert made["factors"]["hidden number"] > 1 > made["factors"]["several persons"]
    assert {one["part"] for one in made["errors"]} == {"site", "region", "language", "size"}
    shown = Training.model_validate(training.status(SUE, ready)).model_dump()["proposal"]
    assert shown.items() <= made.items() and "changes" not in shown  # what a supervisor sees before agreeing
    changed = training.preview(LEADER, ready)
    assert changed["leads"] == len(runs.current(ready).leads) and changed["moved"]
    assert leads.queue(ANN, ready)["leads"] == before
    filled(ready, 9, 0)
    assert training.propose(LEADER, ready) == made
    filled(ready, 1, 0)
    assert training.propose(LEADER, ready)["version"] != made["version"]


@pytest.mark.parametrize("alone", [LEADER, SUE, LOCAL, Actor("demo", "api", Role.DEMO, Purpose.TRAINING)])
def test_nobody_applies_a_card_alone(ready, alone):
    """Not even who holds the key, or is alone in a demo; nor by agreeing to one's own request."""
    made = training.propose(LEADER, ready)
    if alone.role is not Role.DEMO:
        asked = training.ask(alone, ready, why="it does better")
        if alone.role is not Role.CASE_LEAD:
            with pytest.raises(UsageError):
                requests.answer(alone, ready, asked["id"], True)
    with pytest.raises(SecondPersonNeeded):
        training.apply(alone, ready, made["version"])
    with ready.ledger.read() as tx:
        assert tally.card(tx) is None


def test_two_apply_a_card_and_one_takes_it_away(ready):
    """The next refresh ranks by the agreed card and says so; reverting brings the same queue back."""
    before = [(one["id"], one["score"]) for one in runs.current(ready).leads]
    card = training.propose(LEADER, ready)["version"]
    requests.answer(SUE, ready, training.ask(LEADER, ready, why="it does better")["id"], True)
    with pytest.raises(SecondPersonNeeded):
        training.apply(LEADER, ready, "another")
    training.apply(LEADER, ready, card)
    with pytest.raises(SecondPersonNeeded):
        training.apply(LEADER, ready, card)
    foreseen = training.preview(LEADER, ready)
    supply.refresh(LOCAL, ready)

    run = runs.current(ready)
    assert run.meta["card"] == card == training.status(SUE, ready)["run_card"]
    now = {one["id"]: one["rank"] for one in run.leads}
    assert all(now[one["lead"]] == one["rank_then"] for one in foreseen["moved"]) and foreseen["moved"]
    training.revert(SUE, ready, why="a drill")
    supply.refresh(LOCAL, ready)
    assert [(one["id"], one["score"]) for one in runs.current(ready).leads] == before
    with ready.ledger.read() as tx:
        said = [row.event.detail["what"] for row in events.read(tx, acts=[Act.TRAIN])]
    assert said[-3:] == ["proposed", "applied", "reverted"]


def test_the_queue_says_how_those_like_a_lead_did(own_house):
    """Unchecked until a hundred leads have an outcome; then counted by kind, and never of fewer than ten."""
    assert {one["checked"] for one in leads.queue(ANN, own_house)["leads"]} == {NOT_CHECKED}
    lead = runs.current(own_house).leads[0]
    said = tallying.weights(runs.current(own_house).findings[lead["identity"]])
    row = tally.Kept(True, said, lead["families"], "", "", "", "")
    filled(own_house, 45, 45)
    with own_house.ledger.write() as tx:
        for _ in range(9):
            tally.add(tx, row, quarter="2026-Q4", made_by="connect/1")
        checked.recount(tx, now=True)
    assert {one["checked"] for one in leads.queue(ANN, own_house)["leads"]} == {NOT_CHECKED}
    with own_house.ledger.write() as tx:
        for _ in range(11):
            tally.add(tx, row, quarter="2026-Q4", made_by="connect/1")
        checked.recount(tx, now=True)

    page = leads.queue(ANN, own_house)
    assert page["leads"][0]["checked"] == "of 20 like this, 20 confirmed (84 to 100 %)"
    assert "not known" not in page["order_note"]
    assert leads.page(ANN, own_house, lead["id"])["lead"]["checked"] == page["leads"][0]["checked"]
    tell = checked.teller(own_house)
    assert tell({"word": "never", "families": 1}) == checked.TOO_FEW
