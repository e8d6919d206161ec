"""The urgent path: what a person marks is restricted at once, for everybody but two, and nobody is called."""

import json
import time
from dataclasses import replace

import pytest

from homeward.desk import (
    ads,
    export,
    identity,
    judge,
    leads,
    networks,
    runs,
    search,
    supply,
    urgent,
    veil,
    workspace,
)
from homeward.model import ids
from homeward.model.actor import Actor, Purpose, Role
from homeward.model.capture import Supply
from homeward.model.errors import NotAllowed, NotFound, Restricted, UsageError
from homeward.model.event import Act
from homeward.model.judgement import Decision, Judgement
from homeward.model.permission import DUTY
from homeward.store import disk
from homeward.store.ledger import events, flags

ANN = Actor("ann", "api", Role.ANALYST, Purpose.IDENTIFY)
LOCAL = Actor("local:1000", "cli")
BEN = Actor("ben", "api", Role.ANALYST, Purpose.IDENTIFY)
DUTY_OFFICER = Actor("dora", "api", Role.SUPERVISOR, Purpose.IDENTIFY)
OTHER_DUTY = Actor("dan", "api", Role.SUPERVISOR, Purpose.IDENTIFY)
RECORDS = Actor("rita", "api", Role.RECORDS, Purpose.DISCLOSURE, None)


def first(house):
    return runs.current(house).leads[0]


def members(house, lead):
    return runs.current(house).identity(lead["identity"])["ads"]


def listed(actor, house):
    return {
        lead["id"] for tab in leads.TABS
        for lead in leads.queue(actor, house, tab=tab, limit=200)["leads"]
    }  # fmt: skip


def found(actor, house, text=""):
    after, hits = None, set()
    while True:
        page = search.search(actor, house, text, limit=200, after=after)
        hits |= {hit["id"] for hit in page["hits"]}
        if not (after := page["next"]):
            return hits, page["total"]


def test_others_no_longer_see_what_is_marked(own_house):
    """From the mark on, queue, search, dossier, ad and whole-network questions of others are without it."""
    lead = first(own_house)
    hidden = set(members(own_house, lead))
    phone = next(v["value"] for g in leads.page(BEN, own_house, lead["id"])["identifiers"]
                 if g["kind"] == "phone" for v in g["values"] if not v["common"])  # fmt: skip
    before, total = found(BEN, own_house)
    assert hidden <= before and lead["id"] in listed(BEN, own_house)

    began = time.perf_counter()
    urgent.flag(ANN, own_house, lead["id"], "possible-child", why="a person thinks so")

    assert lead["id"] not in listed(BEN, own_house)
    assert time.perf_counter() - began < 5  # the requirement is 1 s on a quiet machine
    assert found(BEN, own_house) == (before - hidden, total - len(hidden))
    assert search.list_search(BEN, own_house, [f"phone:{phone}"])["rows"][0]["ads"] == 0
    assert networks.ask(BEN, own_house, f"phone:{phone}")["groups"] == []
    for look in (
        lambda: leads.page(BEN, own_house, lead["id"]),
        lambda: leads.decide(BEN, own_house, lead["id"], Decision.WATCH),
        lambda: identity.dossier(BEN, own_house, lead["identity"]),
        lambda: ads.page(BEN, own_house, sorted(hidden)[0]),
        lambda: judge.judge(BEN, own_house, *sorted(hidden)[:2], Judgement.SAME, why="one voice"),
        lambda: urgent.flag(BEN, own_house, lead["id"], "possible-child"),
    ):
        with pytest.raises(Restricted, match="the duty officer decides who sees it"):
            look()


def test_whoever_marked_it_and_the_duty_officer_see_it(own_house):
    """The mark is for two pairs of eyes, and the queue tells the others how many leads are kept from them."""
    lead = first(own_house)
    urgent.flag(ANN, own_house, lead["id"], "immediate-danger")

    for actor in (ANN, DUTY_OFFICER):
        row = leads.page(actor, own_house, lead["id"])["lead"]
        assert (row["urgent"]["kind"], row["urgent"]["by"]) == ("immediate-danger", "ann")
        assert lead["id"] in {one["id"] for one in leads.queue(actor, own_house, tab="priority")["leads"]}
        assert leads.queue(actor, own_house)["restricted"] == 0
    assert leads.queue(BEN, own_house)["restricted"] == 1
    assert first(own_house) == lead  # the run itself is as it was


def test_other_leads_stay_as_they_are(own_house):
    """What is not marked is told as before, to the bit."""
    other = runs.current(own_house).leads[1]
    before = leads.page(BEN, own_house, other["id"])
    urgent.flag(ANN, own_house, first(own_house)["id"], "possible-child")

    assert leads.page(BEN, own_house, other["id"]) == before


def test_ads_that_come_in_later_with_the_same_number_are_restricted_at_once(own_house, demo, tmp_path):
    """Before any refresh: by a number of the marked lead; one with another number is seen by everybody."""
    lead = first(own_house)
    phone = next(v["value"] for g in leads.page(BEN, own_house, lead["id"])["identifiers"]
                 if g["kind"] == "phone" for v in g["values"] if not v["common"])  # fmt: skip
    urgent.flag(ANN, own_house, lead["id"], "possible-child")
    world = json.loads((demo.world / "ads.jsonl").read_text().splitlines()[0])["world"]
    late = {"site": "late.test", "world": world}
    rows = [{**late, "id": f"late-{n}", "body": f"Quiet evening, call {number}"}
            for n, number in enumerate((phone, "+1 775 555 0143"))]  # fmt: skip
    (tmp_path / "late.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    supply.ingest(LOCAL, own_house, str(tmp_path / "late.jsonl"), Supply("the world", "invented data"))
    asked = "quiet evening site:late.test"

    assert [hit["source_id"] for hit in search.search(BEN, own_house, asked)["hits"]] == ["late-1"]
    assert search.search(DUTY_OFFICER, own_house, asked)["total"] == 2
    supply.refresh(LOCAL, own_house)
    assert search.search(BEN, own_house, asked)["total"] == 1


def test_nothing_restricted_leaves_in_an_export(own_house):
    """No export holds an ad, a group or a lead that is restricted for whoever exports."""
    lead = first(own_house)
    urgent.flag(ANN, own_house, lead["id"], "possible-child")
    seen = veil.over(BEN, own_house)
    for what in ("ads", "mentions", "identities", "templates", "leads"):
        told = [repr(row) for row in export._rows(seen, what, level="network", all_captures=True)]
        whole = [repr(row) for row in export._rows(own_house, what, level="network", all_captures=True)]
        names = {*members(own_house, lead), lead["id"], lead["identity"]}
        assert not any(name in row for row in told for name in names), what
        assert len(told) < len(whole) or what == "templates"


def test_the_mark_outlives_a_refresh(own_house):
    """Groups are made anew; the ads that were marked stay restricted."""
    lead = first(own_house)
    hidden = members(own_house, lead)
    urgent.flag(ANN, own_house, lead["id"], "possible-child")
    supply.refresh(Actor("local:1000", "cli"), own_house, full=True)

    assert set(hidden) <= veil.over(BEN, own_house).hidden.keys()
    with pytest.raises(Restricted):
        ads.page(BEN, own_house, hidden[0])
    [mark] = urgent.listing(DUTY_OFFICER, own_house)["marks"]
    assert leads.page(DUTY_OFFICER, own_house, mark["lead"])["lead"]["urgent"]["id"] == mark["id"]


def test_what_joins_a_marked_group_is_restricted_with_it(own_house, demo, tmp_path):
    """A refresh of a neighbourhood puts a new ad into the marked group: others do not see that either."""
    lead = first(own_house)
    hidden = members(own_house, lead)
    urgent.flag(ANN, own_house, lead["id"], "possible-child")
    before, total = found(BEN, own_house)
    known = {ids.ad_id(line["site"], line["id"], None): line
             for line in map(json.loads, (demo.world / "ads.jsonl").read_text().splitlines())}  # fmt: skip
    new = [{**known[hidden[0]], "id": "again1", "url": "", "seen_at": "2026-10-30T10:00:00Z"},
           {**known[min(before)], "id": "other1", "url": "", "seen_at": "2026-10-30T10:00:00Z"}]  # fmt: skip
    (tmp_path / "new.jsonl").write_text("".join(json.dumps(line) + "\n" for line in new))
    mine, others = (ids.ad_id(line["site"], line["id"], None) for line in new)
    local = Actor("local:1000", "cli")
    supply.ingest(local, own_house, str(tmp_path / "new.jsonl"), Supply("the world", "invented data"))
    made = supply.refresh(local, own_house)

    assert made["built"] < made["ads"] / 2  # a neighbourhood, not everything
    assert found(BEN, own_house) == (before | {others}, total + 1)
    with pytest.raises(Restricted):
        ads.page(BEN, own_house, mine)
    assert ads.page(DUTY_OFFICER, own_house, mine)["ad"]["id"] == mine


def test_the_duty_officer_acknowledges_and_nobody_else(own_house):
    """The notice waits until a duty officer says that they know; analysts see their own marks."""
    mark = urgent.flag(ANN, own_house, first(own_house)["id"], "possible-child")["mark"]
    assert urgent.waiting(own_house, DUTY_OFFICER)[0] == 1
    assert urgent.waiting(own_house, BEN) == (0, None)
    assert [one["id"] for one in urgent.listing(ANN, own_house)["marks"]] == [mark["id"]]
    assert urgent.listing(BEN, own_house)["marks"] == []
    for actor in (ANN, BEN):
        with pytest.raises(NotAllowed):
            urgent.acknowledge(actor, own_house, mark["id"])

    told = urgent.acknowledge(DUTY_OFFICER, own_house, mark["id"])

    assert told["acknowledged_by"] == "dora" and told["acknowledged_at"] is not None
    assert urgent.waiting(own_house, DUTY_OFFICER) == (0, None)
    with pytest.raises(UsageError):
        urgent.acknowledge(OTHER_DUTY, own_house, mark["id"])


def test_a_slip_is_taken_back_with_a_reason_and_only_in_time(own_house):
    """One's own mark goes with a reason until it is acknowledged; nobody takes back what others set."""
    lead = first(own_house)["id"]
    mark = urgent.flag(ANN, own_house, lead, "possible-child")["mark"]["id"]
    with pytest.raises(UsageError):
        urgent.undo(ANN, own_house, mark, why=" ")
    with pytest.raises(NotFound):
        urgent.undo(BEN, own_house, mark, why="not mine")
    urgent.undo(ANN, own_house, mark, why="the wrong row")
    assert lead in listed(BEN, own_house)

    mark = urgent.flag(ANN, own_house, lead, "possible-child")["mark"]["id"]
    urgent.acknowledge(DUTY_OFFICER, own_house, mark)
    with pytest.raises(UsageError, match="acknowledged"):
        urgent.undo(ANN, own_house, mark, why="too late")
    assert lead not in listed(BEN, own_house)


def test_a_second_person_lifts_it(own_house):
    """A duty officer lifts what somebody else marked, with a reason; never their own mark."""
    lead = first(own_house)["id"]
    mark = urgent.flag(DUTY_OFFICER, own_house, lead, "possible-child")["mark"]["id"]
    with pytest.raises(NotAllowed):
        urgent.lift(DUTY_OFFICER, own_house, mark, why="checked")
    with pytest.raises(NotAllowed):
        urgent.lift(BEN, own_house, mark, why="checked")
    with pytest.raises(UsageError):
        urgent.lift(OTHER_DUTY, own_house, mark, why="")
    urgent.lift(OTHER_DUTY, own_house, mark, why="an adult, seen in person")

    assert lead in listed(BEN, own_house)
    with pytest.raises(NotFound):
        urgent.lift(OTHER_DUTY, own_house, mark, why="again")


def test_who_set_and_lifted_it_is_written_down(own_house):
    """Mark, acknowledgement and lifting are events; the reason is sealed with them."""
    lead = first(own_house)["id"]
    mark = urgent.flag(ANN, own_house, lead, "possible-child")["mark"]["id"]
    urgent.acknowledge(DUTY_OFFICER, own_house, mark)
    urgent.lift(DUTY_OFFICER, own_house, mark, why="seen in person")
    with own_house.ledger.read() as tx:
        told = [(r.event.actor, r.event.detail["what"]) for r in events.read(tx, acts=[Act.CHILD])]

    assert told == [("ann", "marked"), ("dora", "acknowledged"), ("dora", "lifted")]


def test_no_event_no_mark(own_house, monkeypatch):
    """When it cannot be written down, nothing is marked."""

    def fail(name):
        if name == "events.record":
            raise OSError(5, "the disk failed")

    lead = first(own_house)["id"]
    monkeypatch.setattr(disk, "on_failpoint", fail)
    with pytest.raises(Exception):  # noqa: B017 - whatever the store makes of it
        urgent.flag(ANN, own_house, lead, "possible-child")
    monkeypatch.setattr(disk, "on_failpoint", None)
    with own_house.ledger.read() as tx:
        assert flags.standing(tx) == []


def test_whoever_marks_is_told_to_call_the_duty_officer_who_is_told_whom_to_call(own_house):
    """Nobody is contacted by the program; nobody is sent to themselves."""
    told, duty = (urgent.listing(who, own_house)["note"] for who in (ANN, DUTY_OFFICER))
    assert "contacts nobody: call the duty officer" in told
    assert "contacts nobody: call whom the contact sheet names" in duty


def test_the_sheet_is_the_units_own(own_house):
    """Empty until the unit writes one; then it comes with every mark, and with it that nobody is called."""
    assert urgent.listing(ANN, own_house)["sheet"] == ""
    with pytest.raises(NotAllowed):
        urgent.write_sheet(ANN, own_house, "Call me")
    urgent.write_sheet(DUTY_OFFICER, own_house, "Duty desk: 555-0100")

    told = urgent.flag(ANN, own_house, first(own_house)["id"], "possible-child")
    assert told["sheet"] == "Duty desk: 555-0100"
    assert "contacts nobody" in told["sentence"]


def test_an_administrator_reads_the_sheet_that_they_write_and_no_mark(own_house):
    """They may write it, so they must find it; whom it concerns is not theirs to see, nor an auditor's."""
    urgent.flag(ANN, own_house, first(own_house)["id"], "possible-child")
    administrator = replace(ANN, role=Role.ADMINISTRATOR, purpose=None)  # also one who marked as an analyst
    urgent.write_sheet(administrator, own_house, "Duty desk: 555-0100")

    told = urgent.listing(administrator, own_house)
    assert told["sheet"] == "Duty desk: 555-0100"
    assert (told["marks"], told["duty"]) == ([], False)
    with pytest.raises(NotAllowed):
        urgent.listing(replace(administrator, role=Role.AUDITOR), own_house)


def test_only_a_person_sets_a_mark(own_house):
    """No refresh, intake or score sets one: a workspace full of leads has none until somebody says so."""
    supply.refresh(Actor("local:1000", "cli"), own_house, full=True)
    with own_house.ledger.read() as tx:
        assert flags.standing(tx) == []
    assert {Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR}.isdisjoint(DUTY)


def test_a_session_tells_that_other_ads_are_withheld(own_house):
    """By a word that changes for others with the mark, so that open screens ask anew; not for the two."""
    lead = first(own_house)
    before = workspace.session(BEN, own_house)["withheld"]
    mark = urgent.flag(ANN, own_house, lead["id"], "possible-child")["mark"]
    assert workspace.session(BEN, own_house)["withheld"] != before == ""
    assert workspace.session(ANN, own_house)["withheld"] == before
    assert workspace.session(DUTY_OFFICER, own_house)["withheld"] == before
    urgent.lift(DUTY_OFFICER, own_house, mark["id"], why="a slip")
    assert workspace.session(BEN, own_house)["withheld"] == before
