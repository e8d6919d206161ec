"""Every act that takes two: alone, altered, repeated, raced and too late it fails, whichever act it is."""

import io
import threading
from typing import NamedTuple

import pytest

from homeward.desk import cases, export, periods, purposes, records, requests, runs
from homeward.model.actor import Actor, Purpose, Role
from homeward.model.errors import HomewardError, SecondPersonNeeded
from homeward.model.permission import TABLE
from people_kit import Clock, account

ANN = Actor("ann", "api", Role.CASE_LEAD, Purpose.IDENTIFY, None, fresh=True)
RITA = Actor("rita", "api", Role.RECORDS, Purpose.DISCLOSURE, fresh=True)
ADA = Actor("ada", "api", Role.ADMINISTRATOR, fresh=True)
SUE = Actor("sue", "api", Role.SUPERVISOR)
WHY = "the prosecutor asks"
# Others have tests of their own: the key's is in test_desk_rekeying.py, a card's in test_desk_training.py.
ELSEWHERE = {"workspace.key", "train.apply"}


class Given(NamedTuple):
    """An act: who does it, what it is bound to, how it is done, and other values for each parameter."""

    who: Actor
    bound: dict
    do: object
    other: dict


def unsealing(house):
    one, two = (cases.make(ANN, house, f"Quiet house {n}")["id"] for n in "12")
    for case in (one, two):
        cases.seal(ANN, house, case)
    return Given(ANN, {"case": one}, lambda given: cases.unseal(ANN, house, given["case"]), {"case": two})


def keeping(house):
    days = {"days": str(periods.ALONE_DAYS + 1)}
    more = {"days": str(periods.ALONE_DAYS + 2)}
    return Given(RITA, days, lambda given: periods.set_ads(RITA, house, int(given["days"]), why=WHY), more)


def adding(house):
    def do(given):
        purposes.add(
            ADA, house, given["name"], given["says"], {Role(role) for role in given["roles"].split()}
        )

    bound = {"name": "cold-review", "says": "Look again at closed cases.", "roles": "analyst"}
    other = {"name": "new-review", "says": "Look again at open cases.", "roles": "supervisor"}
    return Given(ADA, bound, do, other)


def exporting(house):
    def do(given):
        named = {name: given[name] for name in ("level", "to", "basis")}
        export.export(ANN, house, given["what"], io.BytesIO(), fmt=given["format"],
                      all_captures=given["all_captures"] == "true", **named)  # fmt: skip

    bound = {"what": "leads", "format": "jsonl", "level": "network", "all_captures": "false",
             "to": "the prosecutor", "basis": "order 12"}  # fmt: skip
    other = {"what": "ads", "format": "csv", "level": "persona", "all_captures": "true",
             "to": "somebody else", "basis": ""}  # fmt: skip
    return Given(ANN, bound, do, other)


def erasing(house):
    run = runs.current(house)
    ads = run.identity(run.leads[0]["identity"])["ads"]
    reference = records.ask(RITA, house, ads[:1], kind="remove", grounds="shows-me")["reference"]

    def do(given):
        records.erase(RITA, house, given["ads"].split(), why=WHY, reference=given["reference"])

    return Given(RITA, {"ads": ads[0], "reference": reference}, do, {"ads": ads[1], "reference": ""})


ACTS = {
    "case.unseal": unsealing, "retention.override": keeping, "purpose.add": adding,
    "corpus.export": exporting, "records.erase": erasing,
}  # fmt: skip


@pytest.fixture(params=ACTS)
def act(request, own_house):
    for one in (ANN, RITA, ADA, SUE):
        account(own_house, one.name, one.role)
    return own_house, request.param, ACTS[request.param](own_house)


def agreed(house, action, given):
    key = requests.ask_for(given.who, house, action, given.bound, WHY)["id"]
    requests.answer(SUE, house, key, True)


def test_every_act_that_takes_two_is_tried():
    """An act is in the table of those that take two, and here or in a test of its own; no other."""
    assert {name for name, rule in TABLE.items() if rule.second} == ACTS.keys() | ELSEWHERE
    assert ACTS.keys() | ELSEWHERE == requests.PARAMETERS.keys()


@pytest.mark.trust("ACL-7")
def test_alone_it_is_not_done(act):
    """Without a request, with one that nobody answered, and with one's own answer."""
    house, action, given = act
    with pytest.raises(SecondPersonNeeded):
        given.do(given.bound)
    key = requests.ask_for(given.who, house, action, given.bound, WHY)["id"]
    with pytest.raises(HomewardError):
        requests.answer(given.who, house, key, True)
    with pytest.raises(SecondPersonNeeded):
        given.do(given.bound)


@pytest.mark.trust("ACL-7")
def test_altered_it_is_not_done_and_as_agreed_it_is_done_once(act):
    """Any one parameter with another value; then the act itself, and then not again."""
    house, action, given = act
    agreed(house, action, given)
    for name, value in given.other.items():
        with pytest.raises(SecondPersonNeeded):
            given.do({**given.bound, name: value})
    given.do(given.bound)
    with pytest.raises(HomewardError):
        given.do(given.bound)


@pytest.mark.trust("ACL-7")
def test_after_a_day_it_is_not_done(act):
    """An agreement serves for 24 hours."""
    house, action, given = act
    agreed(house, action, given)
    Clock(house).goes(hours=requests.HOURS)
    with pytest.raises(SecondPersonNeeded):
        given.do(given.bound)


@pytest.mark.trust("ACL-7")
def test_of_four_at_once_one_is_done(act):
    """They race for one agreement; the others change nothing and are told that it takes two."""
    house, action, given = act
    agreed(house, action, given)
    start, done = threading.Barrier(4), []

    def one():
        start.wait()
        try:
            given.do(given.bound)
            done.append("done")
        except HomewardError as error:
            done.append(type(error).__name__)

    racers = [threading.Thread(target=one) for _ in range(4)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert done.count("done") == 1, done
