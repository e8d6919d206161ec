"""Every act that takes two: alone, altered, repeated, raced and too late it fails, whichever act it is."""

import io
import threading
from typing import NamedTuple

import pytest

from homeward.desk import cases, export, people, periods, purposes, records, requests, runs
from homeward.model.actor import Actor, Purpose, Role
from homeward.model.errors import HomewardError, NotAllowed, SecondPersonNeeded
from homeward.model.permission import TABLE
from people_kit import LOCAL, Clock, account

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


def unsealing(house, who=ANN):
    one, two = (cases.make(who, house, f"Quiet house {n}")["id"] for n in "12")
    for case in (one, two):
        cases.seal(who, house, case)
    return Given(who, {"case": one}, lambda given: cases.unseal(who, house, given["case"]), {"case": two})


def keeping(house, who=RITA):
    days = {"days": str(periods.ALONE_DAYS + 1)}
    more = {"days": str(periods.ALONE_DAYS + 2)}
    return Given(who, days, lambda given: periods.set_ads(who, house, int(given["days"]), why=WHY), more)


def adding(house, who=ADA):
    def do(given):
        purposes.add(
            who, house, given["name"], given["says"], {Role(role) for role in given["roles"].split()}
        )

    bound = {"name": "cold-review", "says": "Look again at closed cases.", "roles": "analyst"}
    other = {"name": "new-review", "says": "Look again at open cases.", "roles": "supervisor"}
    return Given(who, bound, do, other)


def exporting(house, who=ANN):
    def do(given):
        named = {name: given[name] for name in ("level", "to", "basis")}
        export.export(who, house, given["what"], io.BytesIO(), fmt=given["format"],
                      all_captures=given["all_captures"] == "true", **named)  # fmt: skip

    bound = {"what": "leads", "format": "jsonl", "level": "network", "all_captures": "false",
             "to": "the prosecutor", "basis": "order 12"}  # fmt: skip
    other = {"what": "ads", "format": "csv", "level": "persona", "all_captures": "true",
             "to": "somebody else", "basis": ""}  # fmt: skip
    return Given(who, bound, do, other)


def erasing(house, who=RITA):
    run = runs.current(house)
    ads = run.identity(run.leads[0]["identity"])["ads"]
    reference = records.ask(who, house, ads[:1], kind="remove", grounds="shows-me")["reference"]

    def do(given):
        records.erase(who, house, given["ads"].split(), why=WHY, reference=given["reference"])

    return Given(who, {"ads": ads[0], "reference": reference}, do, {"ads": ads[1], "reference": ""})


def shortening(house, who=RITA):
    def do(given):
        periods.set_ads(who, house, periods.ALONE_DAYS, why="for longer, which anybody sets alone")
        periods.set_ads(who, house, int(given["days"]), why=WHY)

    return Given(who, {"days": "30"}, do, {"days": "31"})


ACTS = {
    "case.unseal": unsealing, "retention.override": keeping, "purpose.add": adding,
    "corpus.export": exporting, "records.erase": erasing,
}  # fmt: skip
TRIED = {**ACTS, "retention.override, less": shortening}


@pytest.fixture(params=TRIED)
def act(request, own_house):
    for one in (ANN, RITA, ADA, SUE):
        account(own_house, one.name, one.role)
    return own_house, request.param.partition(",")[0], TRIED[request.param](own_house)


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


@pytest.mark.trust("ACL-7")
@pytest.mark.parametrize("name", TRIED)
def test_whoever_holds_the_key_does_it_alone_no_more_than_others(own_house, name):
    """On the command line, once anybody has an account, also one that was cut off; agreed it is done once."""
    account(own_house, SUE.name, SUE.role)
    given = TRIED[name](own_house, LOCAL)
    people.disable(LOCAL, own_house, SUE.name)
    with pytest.raises(SecondPersonNeeded):
        given.do(given.bound)
    asked = requests.ask_for(LOCAL, own_house, name.partition(",")[0], given.bound, WHY)["id"]
    for key_holder in (LOCAL, Actor("local:2", "cli")):  # who could be anybody
        with pytest.raises(NotAllowed):
            requests.answer(key_holder, own_house, asked, True)
    with pytest.raises(SecondPersonNeeded):
        given.do(given.bound)
    requests.answer(SUE, own_house, asked, True)
    given.do(given.bound)
    with pytest.raises(HomewardError):
        given.do(given.bound)


@pytest.mark.trust("ACL-7")
def test_a_purge_lets_go_of_what_two_agreed_to_and_no_more(own_house):
    """With a period that one alone could set nothing is due; as two shortened it, what is past it goes."""
    clock = Clock(own_house)
    account(own_house, SUE.name, SUE.role)
    clock.goes(days=40)
    assert records.purge(LOCAL, own_house)["ads"] == 0
    given = shortening(own_house)
    agreed(own_house, "retention.override", given)
    given.do(given.bound)
    everything = len(own_house.lake.read("ads", columns=["ad"])["ad"].unique())
    assert records.due(LOCAL, own_house)["total"] == everything
