"""Cases are their members'; to everybody else one of others is like one that never was."""

from datetime import timedelta

import pytest

from homeward.desk import cases, leads, search, workspace
from homeward.model import errors
from homeward.model.account import Account, AccountState
from homeward.model.actor import Actor, Purpose, Role
from homeward.model.case import Standing, State
from homeward.store.ledger import accounts


def person(name, role=Role.ANALYST, **more):
    return Actor(name, "api", role, more.pop("purpose", Purpose.IDENTIFY), more.pop("case", None),
                 more.pop("fresh", True))  # fmt: skip


ANN, BEN, SUE = person("ann"), person("ben"), person("sue", Role.SUPERVISOR)


@pytest.fixture
def house(empty_house):
    with empty_house.ledger.write() as tx:
        for one in (ANN, BEN, SUE, person("adam", Role.ADMINISTRATOR)):
            made = Account(one.name, one.name, one.role, AccountState.ACTIVE, "local:0", empty_house.clock())
            accounts.add(tx, made)
    return empty_house


@pytest.fixture
def case(house):
    return cases.make(ANN, house, "  The quiet \n house ")["id"]


def known(actor, house):
    return [one["id"] for one in cases.listing(actor, house)["cases"]]


def test_whoever_makes_a_case_leads_it(house, case):
    """The maker reads it; its title is one line."""
    page = cases.page(ANN, house, case)
    assert (page["title"], page["relation"], page["state"]) == ("The quiet house", "lead", "open")


def test_a_case_of_others_is_like_one_that_never_was(house, case):
    """Neither a list nor a page nor a change tells a stranger that there is such a case."""
    said = []
    for key in (case, "c0ffee"):
        for act in (
            lambda k: cases.page(BEN, house, k),
            lambda k: cases.change(BEN, house, k, title="x"),
            lambda k: cases.seal(BEN, house, k),
            lambda k: cases.set_member(BEN, house, k, "sue", Standing.MEMBER),
        ):
            with pytest.raises(errors.NotFound) as caught:
                act(key)
            said.append(str(caught.value).replace(key, "…"))
    assert len(set(said)) == 1 and known(BEN, house) == []


def test_a_member_reads_and_does_not_lead(house, case):
    """Being named gives reading; it ends when one is named no longer."""
    cases.set_member(ANN, house, case, "ben", Standing.MEMBER)
    assert cases.page(BEN, house, case)["relation"] == "member" and known(BEN, house) == [case]
    with pytest.raises(errors.NotAllowed):
        cases.change(BEN, house, case, state=State.CLOSED)

    cases.set_member(ANN, house, case, "ben", None)
    with pytest.raises(errors.NotFound):
        cases.page(BEN, house, case)


def test_nobody_names_themselves(house, case):
    """A supervisor may name others for a case, never herself; nor does a lead leave it without one."""
    with pytest.raises(errors.NotAllowed):
        cases.set_member(SUE, house, case, "sue", Standing.LEAD)
    cases.set_member(SUE, house, case, "ben", Standing.LEAD)
    assert cases.page(BEN, house, case)["relation"] == "lead"
    cases.set_member(SUE, house, case, "ann", None)
    with pytest.raises(errors.UsageError, match="somebody who leads"):
        cases.set_member(SUE, house, case, "ben", None)


def test_who_administers_is_of_no_case(house, case):
    """An administrator cannot be named, and learns no more than of an account that is not there."""
    for name in ("adam", "nobody"):
        with pytest.raises(errors.NotFound):
            cases.set_member(ANN, house, case, name, Standing.MEMBER)


def test_a_supervisor_knows_of_open_cases_and_reads_none(house, case):
    """She sees title and lead; a sealed case is not there for her either."""
    [row] = cases.listing(SUE, house)["cases"]
    assert row["relation"] == "none" and [m["account"] for m in row["members"]] == ["ann"]
    with pytest.raises(errors.NotAllowed):
        cases.page(SUE, house, case)
    cases.seal(ANN, house, case)
    assert known(SUE, house) == []
    with pytest.raises(errors.NotFound):
        cases.page(SUE, house, case)


def test_glass_is_broken_for_hours_and_only_reads(house, case):
    """In an emergency a stranger reads, changes nothing, and reads no longer after four hours."""
    cases.break_glass(BEN, house, case, "a child may be in danger tonight")
    assert cases.page(BEN, house, case)["relation"] == "break-glass"
    with pytest.raises(errors.NotAllowed):
        cases.change(BEN, house, case, title="x")
    working = person("ben", purpose=Purpose.INVESTIGATION, case=case)
    search.search(working, house, "amber")
    with pytest.raises(errors.NotAllowed):
        leads.decide(working, house, "x", "watch")

    later = house.clock() + timedelta(hours=cases.GLASS_HOURS, seconds=1)
    object.__setattr__(house, "clock", lambda: later)
    with pytest.raises(errors.NotFound):
        cases.page(BEN, house, case)
    with pytest.raises(errors.PurposeNeeded):
        search.search(working, house, "amber")


def test_glass_of_a_sealed_case_does_not_break(house, case):
    """A sealed case is as unknown as none, also in an emergency; a stale proof breaks none."""
    with pytest.raises(errors.StepUpNeeded):
        cases.break_glass(person("ben", fresh=False), house, case, "urgent")
    cases.seal(ANN, house, case)
    with pytest.raises(errors.NotFound):
        cases.break_glass(BEN, house, case, "urgent")


def test_who_left_a_case_searches_for_it_no_longer(house, case):
    """The stated case is asked anew with every act."""
    cases.set_member(ANN, house, case, "ben", Standing.MEMBER)
    working = person("ben", purpose=Purpose.MISSING, case=case)
    assert search.search(working, house, "amber")["total"] == 0

    cases.set_member(ANN, house, case, "ben", None)
    with pytest.raises(errors.PurposeNeeded):
        search.search(working, house, "amber")


def test_without_a_purpose_nobody_is_searched(house):
    """A search without a purpose is refused, and the refusal is written down with its rule."""
    from homeward.store.ledger import events

    with pytest.raises(errors.PurposeNeeded):
        search.search(person("ann", purpose=None), house, "amber")
    with house.ledger.read() as tx:
        last = next(events.read(tx, limit=1, newest_first=True)).event
    assert (last.act, last.outcome, last.detail["rule"]) == ("refuse", "refused", "6 purpose")


def test_the_session_tells_its_case_by_name(house, case):
    """Whoever works in a case reads what people call it; a stranger to it, or nobody's case, is told none."""
    told = [workspace.session(person(who, case=of), house)["case_title"]
            for who, of in (("ann", case), ("ben", case), ("ann", None))]  # fmt: skip

    assert told == ["The quiet house", None, None]
