"""How many requests a minute: who asks too much waits, whoever else asks does not."""

import pytest

from homeward.app.api.limits import BUDGETS, Budget, Limits, kind_of
from homeward.app.api.policy import OPERATIONS
from homeward.model.actor import Purpose, Role
from people_kit import COOKIE, account, api, session

SMALL = {kind: (Budget(3, 60), Budget(6, 60)) for kind in BUDGETS}


class Time:
    """Seconds that pass only when told."""

    def __init__(self):
        self.now = 1_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def time():
    return Time()


@pytest.fixture
def limits(time):
    return Limits(SMALL, clock=time, most=50)


def test_a_budget_fills_up_again(limits, time):
    """Three at once, then one a second; being told to wait costs nothing."""
    assert [limits.wait("look", "ann", "192.0.2.1") for _ in range(5)] == [0, 0, 0, 1, 1]
    time.now += 1
    assert [limits.wait("look", "ann", "192.0.2.1") for _ in range(2)] == [0, 1]
    time.now += 3_600
    assert [limits.wait("look", "ann", "192.0.2.1") for _ in range(4)] == [0, 0, 0, 1]


def test_one_account_slows_no_other(limits):
    """Nor does what it looks at slow its searches; but all from one address have one budget together."""
    assert [limits.wait("look", "ann", "192.0.2.1") for _ in range(4)][-1]
    assert limits.wait("search", "ann", "192.0.2.1") == 0
    assert [limits.wait("look", "ben", "192.0.2.1") for _ in range(3)] == [0, 0, 0]
    assert limits.wait("look", "eve", "192.0.2.1") > 0
    assert limits.wait("look", "eve", "192.0.2.2") == 0


def test_many_addresses_of_one_network_are_one(limits):
    """Whoever has an IPv6 network has its addresses; two networks are two."""
    assert [limits.wait("door", "", f"2001:db8::{n}") for n in range(7)] == [0] * 6 + [1]
    assert limits.wait("door", "", "2001:db8:0:1::1") == 0


def test_what_is_remembered_is_bounded(limits):
    """A flood of addresses makes the oldest of them be forgotten, and no account."""
    for _ in range(3):
        limits.wait("look", "ann", "192.0.2.1")
    for n in range(1_000):
        limits.wait("look", "", f"198.51.{n // 250}.{n % 250}")
    assert limits.kept == 51
    assert limits.wait("look", "ann", "192.0.2.1") > 0


def test_every_operation_has_a_budget():
    """Secrets are tried at the door, searches are searches, the others look or change."""
    kinds = {name: kind_of(name, "POST") for name in OPERATIONS}
    assert set(kinds.values()) == {"door", "search", "change"} < set(BUDGETS)
    assert {n for n, a in OPERATIONS.items() if a == "corpus.search"} <= {
        n for n, kind in kinds.items() if kind == "search"
    }
    assert kind_of("get_lead", "GET") == "look"


def answers(client, method, path, body, times):
    return [client.request(method, path, json=body) for _ in range(times)]


@pytest.mark.trust("INP-12")
@pytest.mark.parametrize(
    ("method", "path", "body"),
    [("POST", "/api/door/sign-in", {"name": "ann", "password": "wrong", "code": "000000"}),
     ("POST", "/api/search", {"text": "amber"}), ("GET", "/api/leads", None),
     ("GET", "/api/cases", None), ("POST", "/api/cases", {"title": "Mine"})],
)  # fmt: skip
def test_too_many_are_told_when_to_come_again(empty_house, limits, time, method, path, body):
    """429 with Retry-After in the one shape of errors; a little later, and for others, it is answered."""
    for name in ("ann", "ben"):
        account(empty_house, name)
    client = api(empty_house, limits=limits)
    signed_in = "door" not in path
    if signed_in:
        client.cookies.set(COOKIE, session(empty_house, "ann", Role.ANALYST, purpose=Purpose.IDENTIFY))
    met = answers(client, method, path, body, 4 if signed_in else 7)
    assert 429 not in {one.status_code for one in met[:-1]}
    told = met[-1]
    assert (told.status_code, told.headers["retry-after"]) == (429, "1")
    assert told.headers["content-type"] == "application/problem+json"
    assert set(told.json()) == {"type", "title", "detail", "status", "reference"}
    if signed_in:
        client.cookies.set(COOKIE, session(empty_house, "ben", Role.ANALYST, purpose=Purpose.IDENTIFY))
        assert client.request(method, path, json=body).status_code < 429
    time.now += 1
    assert client.request(method, path, json=body).status_code != 429


def test_a_limited_request_does_nothing(empty_house, limits):
    """Refused for its number it makes no case, and costs no try of a password."""
    account(empty_house, "ann")
    client = api(empty_house, limits=limits)
    client.cookies.set(COOKIE, session(empty_house, "ann", Role.ANALYST))
    made = answers(client, "POST", "/api/cases", {"title": "Mine"}, 5)
    assert [one.status_code for one in made] == [200, 200, 200, 429, 429]
    assert len(client.get("/api/cases").json()["cases"]) == 3


def test_a_persons_screens_stay_below_the_limits(own_house):
    """Two hundred looks and forty searches at once, more than any page asks for, are all answered."""
    client = api(own_house, limits=Limits())
    assert {one.status_code for one in answers(client, "GET", "/api/session", None, 200)} == {200}
    assert {one.status_code for one in answers(client, "POST", "/api/search", {"text": "amber"}, 40)} == {200}
