"""Looking back: what auditors read of the log, and who looked at one thing."""

from datetime import timedelta

import pytest

from homeward.desk import ads, cases, identity, leads, runs, search, trail, urgent, watches
from homeward.model.actor import Actor, Purpose, Role
from homeward.model.case import Standing
from homeward.model.errors import NotAllowed, NotFound, PurposeNeeded, Restricted, UsageError
from homeward.model.event import Act
from homeward.store.ledger import cases as kept_cases
from homeward.store.ledger import events
from people_kit import LOCAL, Clock

ANN = Actor("ann", "api", Role.ANALYST, Purpose.IDENTIFY)
LEE = Actor("lee", "api", Role.CASE_LEAD, Purpose.IDENTIFY)
AUDITOR = Actor("uma", "api", Role.AUDITOR, Purpose.AUDIT)


@pytest.fixture
def house(own_house):
    Clock(own_house)
    return own_house


@pytest.fixture
def lead(house):
    return runs.current(house).leads[0]


def names(found):
    return [row["actor"] for row in found["looks"]]


@pytest.mark.trust("AUD-1", "AUD-2")
def test_an_auditor_reads_the_log_by_person_thing_act_and_time(house, lead):
    """Newest first, in pages without a gap; what fits nothing gives nothing."""
    start = house.clock()
    for _ in range(3):
        leads.page(ANN, house, lead["id"])
    search.search(LEE, house, "amber")
    mine = trail.listing(AUDITOR, house, person="ann")["events"]
    assert {row["actor"] for row in mine} == {"ann"} and len(mine) == 3
    assert [row["seq"] for row in mine] == sorted((row["seq"] for row in mine), reverse=True)
    about = trail.listing(AUDITOR, house, thing=lead["id"], act=str(Act.LOOK))["events"]
    assert [row["actor"] for row in about[:3]] == ["ann"] * 3
    assert all(lead["id"] in row["objects"] and row["act"] == "look" for row in about)
    assert trail.listing(AUDITOR, house, since=start + timedelta(days=1))["events"] == []
    assert trail.listing(AUDITOR, house, until=start - timedelta(days=400))["events"] == []
    seen, before = [], 0
    while True:
        page = trail.listing(AUDITOR, house, person="ann", before=before, limit=2)
        seen += page["events"]
        if page["next"] is None:
            break
        before = page["next"]
    assert [row["seq"] for row in seen] == [row["seq"] for row in mine]
    for wrong in ({"limit": 0}, {"limit": 201}, {"before": -1}):
        with pytest.raises(UsageError):
            trail.listing(AUDITOR, house, **wrong)


@pytest.mark.trust("AUD-1", "AUD-7")
def test_a_detail_is_opened_alone_and_written_down(house):
    """The list shows no words of a search; opening one event does, and is an event; an erased one is said."""
    search.search(ANN, house, "zqcanary")
    listed = trail.listing(AUDITOR, house, person="ann")
    assert "zqcanary" not in repr(listed)
    seq = listed["events"][0]["seq"]
    assert "zqcanary" in repr(trail.detail(AUDITOR, house, seq)["detail"])
    with house.ledger.read() as tx:
        last = next(events.read(tx, limit=1, newest_first=True)).event
    assert (last.act, last.actor, last.detail) == (Act.AUDIT, "uma", {"what": "detail", "seq": seq})
    with house.ledger.write() as tx:
        events.shred(tx, [seq])
    gone = trail.detail(AUDITOR, house, seq)
    assert gone["erased"] and gone["detail"] == {}
    with pytest.raises(NotFound):
        trail.detail(AUDITOR, house, 10**9)


def test_only_who_answers_for_the_log_reads_it(house):
    """No analyst, lead, supervisor or administrator."""
    for role in (Role.ANALYST, Role.CASE_LEAD, Role.SUPERVISOR, Role.ADMINISTRATOR, Role.RECORDS):
        for function in (trail.listing, trail.state):
            with pytest.raises(NotAllowed):
                function(Actor("x", "api", role, Purpose.IDENTIFY), house)


def test_the_state_of_the_log_is_told(house):
    """How much is signed and where that is copied to; without trouble it says none."""
    found = trail.state(AUDITOR, house)
    assert found["size"] >= found["signed"] > 0 and found["trouble"] == "" and found["copies"]


def test_who_looked_is_told_to_whoever_leads(house, lead):
    """Looks, dossiers and decisions, newest first; to an analyst it is not, nor without a purpose."""
    leads.page(ANN, house, lead["id"])
    identity.dossier(ANN, house, lead["identity"])
    ad = runs.current(house).identity(lead["identity"])["ads"][0]
    ads.page(ANN, house, ad)
    found = trail.of_lead(LEE, house, lead["id"])
    assert names(found)[:2] == ["ann", "ann"] and found["looks"][0]["what"] == "identity"
    assert names(trail.of_ad(LEE, house, ad))[0] == "ann"
    assert names(trail.of_ad(LEE, house, ad))[0] == "lee"  # having asked is a look as well
    with pytest.raises(NotAllowed):
        trail.of_lead(ANN, house, lead["id"])
    with pytest.raises(PurposeNeeded):
        trail.of_lead(Actor("lee", "api", Role.CASE_LEAD), house, lead["id"])
    with pytest.raises(NotFound):
        trail.of_ad(LEE, house, "a" * 17)


@pytest.mark.trust("ACL-3")
def test_a_case_of_others_is_not_told_of_by_its_looks(house, lead):
    """What Ann does for a case is shown to its members alone; that she watches a search, to nobody."""
    case = cases.make(LOCAL, house, "The quiet house")["id"]
    with house.ledger.write() as tx:
        kept_cases.join(tx, case, "ann", Standing.MEMBER, by="local:0", at=house.clock())
    working = Actor("ann", "api", Role.ANALYST, Purpose.INVESTIGATION, case)
    leads.page(working, house, lead["id"])
    assert "ann" not in names(trail.of_lead(LEE, house, lead["id"]))
    with house.ledger.write() as tx:
        kept_cases.join(tx, case, "lee", Standing.LEAD, by="local:0", at=house.clock())
    assert "ann" in names(trail.of_lead(LEE, house, lead["id"]))
    key = watches.keep(ANN, house, "search", "all of it", {"text": "call"})["id"]
    shown = watches.look(ANN, house, key)["hits"]
    for hit in shown:
        assert "watch" not in repr(trail.of_ad(LEE, house, hit["id"])["looks"])


def test_who_looked_at_what_is_restricted_is_not_told(house, lead):
    """A lead that somebody marked urgent is gone here too, but for the duty officer."""
    urgent.flag(ANN, house, lead["id"], "possible-child")
    with pytest.raises(Restricted):
        trail.of_lead(LEE, house, lead["id"])
    assert trail.of_lead(Actor("sue", "api", Role.SUPERVISOR, Purpose.IDENTIFY), house, lead["id"])
