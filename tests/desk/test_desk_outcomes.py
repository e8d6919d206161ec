"""Outcomes: kept with the lead, but what clears a person is kept under no name and lowers one persona."""

import io
import json
from datetime import UTC, datetime, timedelta

import pytest

from homeward.desk import export, leads, lowering, outcomes, runs, search, supply, urgent
from homeward.model import ids
from homeward.model.actor import Actor, Purpose, Role
from homeward.model.capture import Supply
from homeward.model.errors import NotAllowed, NotFound, UsageError
from homeward.model.event import Act
from homeward.model.judgement import CLEARS, Outcome
from homeward.store.ledger import events
from homeward.store.ledger import outcomes as store
from homeward.store.ledger.people_tables import lowered
from homeward.store.ledger.people_tables import outcomes as kept_outcomes

ANN = Actor("ann", "api", Role.ANALYST, Purpose.IDENTIFY)
SUPERVISOR = Actor("sue", "api", Role.SUPERVISOR, Purpose.IDENTIFY)
LOCAL = Actor("local:1000", "cli")
NOW = datetime(2026, 11, 1, tzinfo=UTC)


def order(house):
    return [lead["id"] for lead in leads.queue(ANN, house, limit=200)["leads"]]


def known_alone(house):
    """The first lead of one persona known by more than a phone, and as nobody else is; and that persona."""
    run, key = runs.current(house), b"k" * 32
    pairs = {(row["persona"], row["network"]) for row in run.members.to_pylist() if row["persona"]}
    facts = {persona: lowering.facts_of(run, persona, network, key) for persona, network in pairs}
    single = lowering.alone(run)
    for lead in run.leads:
        persona = single.get(lead["identity"])
        if not persona or not lowering.known(facts[persona]):
            continue
        mine = store.Lowered(
            "", *(frozenset(facts[persona][name]) for name in ("who", "phones", "rest")), NOW
        )
        if not any(lowering._meets(other, mine) for name, other in facts.items() if name != persona):
            return lead, persona
    raise AssertionError("no such lead in this world")


def rows_kept(house):
    with house.ledger.read() as tx:
        return store.in_force(tx)


@pytest.mark.parametrize("outcome", sorted(set(Outcome) - CLEARS))
def test_an_outcome_stays_with_its_lead_and_is_taken_back(own_house, outcome):
    """It shows with the lead, counts once, and a later one takes its place; no lead moves."""
    lead, before = runs.current(own_house).leads[0]["id"], order(own_house)
    outcomes.record(ANN, own_house, lead, Outcome.UNKNOWN, note="no answer yet")
    made = outcomes.record(ANN, own_house, lead, outcome)["outcome"]

    assert leads.page(ANN, own_house, lead)["outcome"] == made and made["outcome"] == outcome
    counted = {one["outcome"]: one["leads"] for one in outcomes.counts(SUPERVISOR, own_house)["outcomes"]}
    assert counted[outcome] == 1 and sum(counted.values()) == 1
    assert order(own_house) == before
    outcomes.undo(ANN, own_house, lead, made["id"])
    assert leads.page(ANN, own_house, lead)["outcome"] is None
    with pytest.raises(NotFound):
        outcomes.undo(ANN, own_house, lead, made["id"])


@pytest.mark.parametrize("outcome", sorted(CLEARS))
def test_what_clears_a_person_lowers_one_lead_and_hides_nothing(own_house, outcome):
    """The lead is further down and still in the queue; the others keep their order; a search finds all."""
    lead, persona = known_alone(own_house)
    before, found = order(own_house), search.search(ANN, own_house, "")["total"]
    outcomes.record(ANN, own_house, lead["id"], outcome, persona=persona)

    after = order(own_house)
    assert sorted(after) == sorted(before)
    assert [one for one in after if one != lead["id"]] == [one for one in before if one != lead["id"]]
    assert after.index(lead["id"]) > before.index(lead["id"])
    assert search.search(ANN, own_house, "")["total"] == found
    outcomes.lift(ANN, own_house, lead["id"], persona, why="a slip")
    assert order(own_house) == before


def test_no_exported_figure_tells_who_was_cleared(own_house):
    """The same bytes leave before and after: order, score and the sum of the reasons say nothing of it."""
    lead, persona = known_alone(own_house)
    before, stood = sent(own_house), order(own_house)
    outcomes.record(ANN, own_house, lead["id"], Outcome.CONSENSUAL, persona=persona)

    assert order(own_house) != stood  # the queue does tell, to whoever works in it
    assert sent(own_house) == before
    scores = [json.loads(line)["score"] for line in before.splitlines()]
    assert scores == sorted(scores, reverse=True)


def sent(house):
    """The exported leads, as bytes."""
    sink = io.BytesIO()
    export.export(LOCAL, house, "leads", sink)
    return sink.getvalue()


def test_a_network_of_several_is_never_lowered(own_house):
    """One of its personas is cleared: the lead of the network stands where it stood."""
    run = runs.current(own_house)
    lead, persona = next(
        (one, persona)
        for one in run.leads
        if one["personas"] > 1
        for persona in sorted(lowering.personas(run, one["identity"]))
        if lowering.known(lowering.facts_of(run, persona, one["identity"], b"k" * 32))
    )
    before = order(own_house)
    outcomes.record(ANN, own_house, lead["id"], Outcome.CONSENSUAL, persona=persona)
    assert order(own_house) == before


def test_nobody_is_lowered_by_a_phone_alone(own_house):
    """Facts that are a phone, or phones, know nobody again; with a name beside it they do."""
    phone, name = {"555-0101"}, {"amber"}
    assert not lowering.known({"who": set(), "phones": phone | {"555-0102"}, "rest": {"a city"}})
    assert not lowering.known({"who": name, "phones": set(), "rest": {"a city"}})
    assert lowering.known({"who": name, "phones": phone, "rest": set()})
    said = store.Lowered("k", frozenset(name), frozenset(phone), frozenset(), own_house.clock())
    assert lowering._meets({"who": name, "phones": phone, "rest": set()}, said)
    assert not lowering._meets({"who": {"ruby"}, "phones": phone, "rest": set()}, said)
    assert not lowering._meets({"who": name, "phones": set(), "rest": set()}, said)


def test_no_register_comes_about(own_house):
    """No row, event, page, count or export names whom it was that was cleared; the key is the ledger's."""
    lead, persona = known_alone(own_house)
    run = runs.current(own_house)
    values = [v for some in json.loads(run.identity(persona)["values"]).values() for v in some]
    outcomes.record(ANN, own_house, lead["id"], Outcome.CONSENSUAL, persona=persona)
    with own_house.ledger.read() as tx:
        rows = repr(tx.execute(lowered.select()).all())
        said = [row.event for row in events.read(tx, acts=[Act.OUTCOME])]
        assert tx.execute(kept_outcomes.select()).all() == []
    names = {persona, lead["id"], lead["identity"], "consensual", "ann", *values}
    assert not [name for name in names if len(name) > 3 and name in rows]
    assert [(e.objects, e.detail) for e in said] == [((), {"what": "cleared"})]
    assert leads.page(ANN, own_house, lead["id"])["outcome"] is None
    counted = outcomes.counts(SUPERVISOR, own_house)
    assert counted["cleared"] == 1 and CLEARS.isdisjoint(one["outcome"] for one in counted["outcomes"])
    for what in ("leads", "identities"):
        told = [repr(row) for row in export._rows(own_house, what, level="persona", all_captures=True)]
        assert told and not any("consensual" in row or "lowered" in row for row in told)
    with pytest.raises(UsageError):
        outcomes.record(ANN, own_house, lead["id"], Outcome.CONSENSUAL, persona=persona, note="her name is")


def test_it_ends_when_the_time_is_over(own_house):
    """For as many days as the unit's policy says, and not a second more."""
    with pytest.raises(NotAllowed):
        outcomes.set_days(ANN, own_house, 30)
    outcomes.set_days(SUPERVISOR, own_house, 30)
    lead, persona = known_alone(own_house)
    outcomes.record(ANN, own_house, lead["id"], Outcome.UNFOUNDED, persona=persona)
    [one] = rows_kept(own_house)
    with own_house.ledger.read() as tx:
        assert store.in_force(tx, at=one.until - timedelta(seconds=1)) == [one]
        assert store.in_force(tx, at=one.until) == []
    assert abs(one.until - own_house.clock() - timedelta(days=30)) < timedelta(minutes=10)


PICTURE = {"sha256": "ab" * 32}


@pytest.mark.trust("SAF-8")
@pytest.mark.parametrize(
    ("changed", "ends"),
    [({}, False), ({"body": " Also 775-555-0187."}, True), ({"photos": [PICTURE]}, True)],
)
def test_a_new_fact_ends_it_and_the_same_ad_again_does_not(own_house, demo, tmp_path, changed, ends):
    """Another ad of the persona: with nothing new it stays lower; a number or a picture ends it."""
    lead, persona = known_alone(own_house)
    before = order(own_house)
    outcomes.record(ANN, own_house, lead["id"], Outcome.CONSENSUAL, persona=persona)
    assert order(own_house) != before
    old = written(demo)[runs.current(own_house).identity(persona)["ads"][0]]
    come(own_house, tmp_path, {**old, **{name: old[name] + more for name, more in changed.items()}})

    assert (rows_kept(own_house) == []) is ends


@pytest.mark.trust("SAF-8")
def test_a_picture_that_others_show_too_ends_it(own_house, demo, tmp_path):
    """An ad of a stranger with a picture of the persona; one with another picture ends nothing."""
    _, persona = known_alone(own_house)
    old = written(demo)[runs.current(own_house).identity(persona)["ads"][0]]
    come(own_house, tmp_path, {**old, "photos": [PICTURE]})
    lead, persona = known_alone(own_house)
    ads = runs.current(own_house).identity(persona)["ads"]
    assert PICTURE["sha256"] in str(own_house.lake.find("ads", ads).column("photos").to_pylist())
    outcomes.record(ANN, own_house, lead["id"], Outcome.CONSENSUAL, persona=persona)
    stranger = {"title": "Good day", "body": "Bland words of somebody else."}
    come(own_house, tmp_path, {**of_nobody(old), **stranger, "photos": [{"sha256": "cd" * 32}]})
    assert len(rows_kept(own_house)) == 1
    come(own_house, tmp_path, {**of_nobody(old), **stranger, "photos": [PICTURE]})
    supply.refresh(LOCAL, own_house)  # the index, where others' pictures are found, follows a refresh

    assert rows_kept(own_house) == []


def of_nobody(line):
    """What a line of the world says of its source alone."""
    return {name: value for name, value in line.items() if name not in ("phones", "emails", "name", "age")}


def written(demo):
    """The lines of the demo's file, by the ads that they are."""
    lines = map(json.loads, (demo.world / "ads.jsonl").read_text().splitlines())
    return {ids.ad_id(line["site"], line["id"], None): line for line in lines}


def come(house, folder, line):
    """One more ad comes in, and groups are made anew."""
    number = house.lake.count("ads")
    (folder / "new.jsonl").write_text(json.dumps({**line, "id": f"again{number}", "url": ""}) + "\n")
    supply.ingest(LOCAL, house, str(folder / "new.jsonl"), Supply("the world", "invented data"))
    supply.refresh(LOCAL, house)


def test_an_urgent_mark_ends_it(own_house):
    """Somebody thinks of a child or of danger: whatever was said before counts no more."""
    lead, persona = known_alone(own_house)
    outcomes.record(ANN, own_house, lead["id"], Outcome.CONSENSUAL, persona=persona)
    assert len(rows_kept(own_house)) == 1
    urgent.flag(ANN, own_house, lead["id"], "possible-child")
    assert rows_kept(own_house) == []


def test_an_outcome_names_a_day_to_look_again(own_house):
    """On that day it is due; what clears a person keeps none, and no day lies in the past or years away."""
    lead, today = runs.current(own_house).leads[0]["id"], own_house.clock().date()
    day = today + timedelta(days=30)
    made = outcomes.record(ANN, own_house, lead, Outcome.DECLINED, review=day)["outcome"]
    assert made["review"] == day and made["due"] is False
    now = own_house.clock()
    object.__setattr__(own_house, "clock", lambda: now + timedelta(days=30))
    assert leads.page(ANN, own_house, lead)["outcome"]["due"] is True
    for day in (now.date(), now.date() + timedelta(days=500)):
        with pytest.raises(UsageError):
            outcomes.record(ANN, own_house, lead, Outcome.DECLINED, review=day)
    with pytest.raises(UsageError):
        outcomes.record(
            ANN, own_house, lead, Outcome.CONSENSUAL, persona="p", review=today + timedelta(days=40)
        )
