"""Four eyes: one act, to the letter, agreed to by somebody else, once, within a day."""

import io
import threading

import pytest

from homeward.desk import cases, export, requests
from homeward.model import errors
from homeward.model.actor import Actor, Purpose, Role
from people_kit import Clock, account

ANN = Actor("ann", "api", Role.CASE_LEAD, Purpose.IDENTIFY, None, fresh=True)
BEN = Actor("ben", "api", Role.CASE_LEAD, Purpose.IDENTIFY, None, fresh=True)
SUE = Actor("sue", "api", Role.SUPERVISOR)
ROWS = {"what": "leads", "format": "jsonl", "level": "network", "all_captures": "false",
        "to": "", "basis": ""}  # fmt: skip


@pytest.fixture
def house(empty_house):
    for one in (ANN, BEN, SUE):
        account(empty_house, one.name, one.role)
    return empty_house


@pytest.fixture
def sealed(house):
    key = cases.make(ANN, house, "The quiet house")["id"]
    cases.seal(ANN, house, key)
    return key


def asked(house, case, who=ANN):
    return requests.ask_for(who, house, "case.unseal", {"case": case}, "the family asks")["id"]


def test_a_second_person_agrees_and_it_is_done_once(house, sealed):
    """Without agreement nothing; with it once; the second time it takes another."""
    with pytest.raises(errors.SecondPersonNeeded):
        cases.unseal(ANN, house, sealed)
    requests.answer(SUE, house, asked(house, sealed), True)
    assert cases.unseal(ANN, house, sealed)["sealed"] is False
    cases.seal(ANN, house, sealed)
    with pytest.raises(errors.SecondPersonNeeded):
        cases.unseal(ANN, house, sealed)


def test_nobody_agrees_with_themselves(house, sealed):
    """Not even a supervisor who leads the case; and no colleague of her rank."""
    sue = Actor("sue", "api", Role.SUPERVISOR, fresh=True)
    own = cases.make(sue, house, "Her own")["id"]
    cases.seal(sue, house, own)
    with pytest.raises(errors.UsageError):
        requests.answer(sue, house, asked(house, own, sue), True)
    with pytest.raises(errors.NotAllowed):
        requests.answer(BEN, house, asked(house, sealed), True)


def test_refused_expired_or_of_others_is_no_agreement(house, sealed):
    """A refusal stands, a day ends it, and another person's agreement is not one's own."""
    key = asked(house, sealed)
    requests.answer(SUE, house, key, False)
    with pytest.raises(errors.UsageError):
        requests.answer(SUE, house, key, True)
    clock = Clock(house)
    late, unanswered = asked(house, sealed), asked(house, sealed)
    requests.answer(SUE, house, late, True)
    clock.goes(hours=requests.HOURS)
    with pytest.raises(errors.SecondPersonNeeded):
        cases.unseal(ANN, house, sealed)
    with pytest.raises(errors.NotFound):
        requests.answer(SUE, house, unanswered, True)


def test_an_agreement_is_bound_to_the_letter(house):
    """Leads as JSON were agreed to: ads, CSV, or another person's export were not."""
    key = requests.ask_for(ANN, house, "corpus.export", ROWS, "for the prosecutor")["id"]
    requests.answer(SUE, house, key, True)
    for who, what, fmt in ((ANN, "ads", "jsonl"), (ANN, "leads", "csv"), (BEN, "leads", "jsonl")):
        with pytest.raises(errors.SecondPersonNeeded):
            export.export(who, house, what, io.BytesIO(), fmt=fmt)
    assert export.export(ANN, house, "leads", io.BytesIO())["rows"] == 0
    with pytest.raises(errors.SecondPersonNeeded):
        export.export(ANN, house, "leads", io.BytesIO())


def test_who_may_not_do_it_cannot_ask_for_it(house, sealed):
    """A case of others cannot even be asked about; an act that takes no second person is not asked for."""
    with pytest.raises(errors.NotFound):
        asked(house, sealed, BEN)
    with pytest.raises(errors.NotAllowed):
        requests.ask_for(SUE, house, "corpus.export", ROWS, "because")
    for action, given in (
        ("corpus.search", {}),
        ("case.unseal", {}),
        ("case.unseal", {"case": sealed, "x": ""}),
    ):
        with pytest.raises(errors.UsageError):
            requests.ask_for(ANN, house, action, given, "because")


def test_of_two_at_once_one_is_done(house, sealed):
    """Two acts race for one agreement: one wins."""
    requests.answer(SUE, house, asked(house, sealed), True)
    done = []

    def act():
        try:
            done.append(cases.unseal(ANN, house, sealed)["sealed"])
        except errors.SecondPersonNeeded:
            done.append("refused")

    racers = [threading.Thread(target=act) for _ in range(4)]
    for one in racers:
        one.start()
    for one in racers:
        one.join()
    assert sorted(map(str, done)) == ["False", "refused", "refused", "refused"]


def test_a_supervisor_sees_what_awaits_her(house, sealed):
    """She sees every request, others only their own."""
    key = asked(house, sealed)
    assert [one["id"] for one in requests.listing(SUE, house)["requests"]] == [key]
    assert requests.listing(BEN, house)["requests"] == []
