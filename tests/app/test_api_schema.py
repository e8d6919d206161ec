"""Whatever the API's own description allows, and what it forbids: never a 5xx, always what is described.

Each operation is asked by somebody who may do it, about things that are there and things that are not; and
each request is sent again without a session and with a made-up one, which gets nothing.
"""

import math
import time
from functools import cache
from random import Random

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from homeward.app.api.description import PLAIN, PROBLEM, needs_session
from homeward.app.api.policy import OPERATIONS
from homeward.desk import doors, runs
from homeward.model.actor import Role
from homeward.model.permission import TABLE
from people_kit import COOKIE, LOCAL, account, described, session
from request_kit import Mixer, There, Wire, at_once

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
ROLES = (Role.ADMINISTRATOR, Role.SUPERVISOR, Role.ANALYST)  # who does what the demo's one person may not
NONE, MADE_UP = None, "Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4"
# Every request is sent again by those who have no session, the first so many; after that one in so many.
ALL_OF, THEN_ONE_IN = 20, 16
# These take a password's Argon2id, read an ad, or rebuild what is kept: ten to twenty times as long as any
# other. They have a long test of their own.
SLOW = ("sign_in", "prove", "set_password", "erase_ads", "add_ad")
MIXES = 9  # requests made of the parts of drawn ones, for each that is drawn
SHARES = 4  # of the operations, each a test: all in one would come near the time that a test has
FEWEST = 3  # drawn at a time
ROUNDS = 25  # of the long test: each over a house of its own, and in another order


@pytest.fixture(autouse=True)
def one_thread(monkeypatch):
    """Requests come one after the other: a thread for each part of each took a fifth of the time."""
    monkeypatch.setattr("anyio.to_thread.run_sync", at_once)


def plain():
    """The description without sessions, which are not to be made up: they are given here, or left away."""
    paths = {
        path: {method: {**one, "security": []} for method, one in methods.items()}
        for path, methods in described()["paths"].items()
    }
    return {**described(), "paths": paths}


@cache
def operations():
    """Every operation of the description, by its name."""
    found = [one.ok() for one in schemathesis.openapi.from_dict(plain()).get_all_operations()]
    return {one.definition.raw["operationId"]: one for one in found}


class House:
    """A house, what is there in it, and for each operation a session of somebody who may do it."""

    def __init__(self, house):
        self.house, self.wire, self.there, self.people = house, Wire(house), There(), {}
        for role in ROLES:
            self.people[role] = account(house, str(role), role)
        for one in runs.current(house).leads[:3]:
            ads = runs.current(house).identity(one["identity"])["ads"]
            told = {"lead": one["id"], "identity": one["identity"], "wording": "0", "ads": ads[:3]}
            self.there.hold([told, *({"ad": ad} for ad in ads[:3])])
        self.there.hold({"name": "analyst"})

    def token(self, name):
        """The session of somebody who may do an operation; of somebody new, if that one may no longer."""
        roles = TABLE[OPERATIONS[name]].roles
        if Role.DEMO in roles:
            return doors.open_link(doors.NOBODY, self.house, doors.demo_link(LOCAL, self.house))["token"]
        role = next(role for role in ROLES if role in roles)
        token = session(self.house, self.people[role], role)
        if self.known(token):
            return token
        self.people[role] = account(self.house, f"{self.people[role]}-2", role)
        return session(self.house, self.people[role], role)

    def known(self, token):
        """Whether a session is open."""
        return doors.known(self.house, token).role is not Role.NOBODY


@pytest.fixture(scope="module")
def one_for_all(module_house):
    """A house in which each share of the operations meets what those before it made and took away."""
    over = House(module_house)
    runs.settle()  # as a server does before it serves: Python's looks for garbage took a tenth of the time
    return over


def takes(name):
    """Whether an operation takes anything that can be another; if not, there is a single request to it."""
    said = operations()[name].definition.raw
    body = said.get("requestBody", {}).get("content", {}).get(PLAIN, {}).get("schema", {})
    named = described()["components"]["schemas"].get(body.get("$ref", "").rpartition("/")[2], body)
    fields = named.get("properties", {}).values()
    return bool(said.get("parameters")) or any("const" not in field for field in fields)


def tried(over, names, goal, *, mode=GenerationMode.POSITIVE, fixed=True, mixes=MIXES):
    """Send generated requests to these operations; return how many each was sent, and how many did it in all.

    Each is asked twice, half of `goal` at a time, so that it meets what the others made and took away.
    """
    found, faults = operations(), []
    mixes = mixes if mode is GenerationMode.POSITIVE else 0
    tries = [Tries(over, found[name], mode, name if fixed else None, mixes) for name in names]
    for share in (0.5, 1):
        for one in tries:
            begun = time.perf_counter()
            try:
                one.run(share * goal)
            except (Exception, BaseExceptionGroup) as fault:
                faults.append(fault)
                print(f"{one.name} answers {one.asked} otherwise: {fault!r}", flush=True)
            one.seconds += time.perf_counter() - begun
    for one in tries:
        print(f"{one.name}\t{len(one.codes)} sent\t{one.done} done\t{one.seconds:.1f} s", flush=True)
    if faults:
        raise BaseExceptionGroup("answered otherwise than described", faults)
    return {one.name: len(one.codes) for one in tries}, sum(one.done for one in tries)


class Tries:
    """Generated requests to one operation, and what came of them."""

    def __init__(self, over, operation, mode, chance, mixes):
        self.over, self.mode, self.random, self.mixes = over, mode, Random(chance), mixes
        self.name, self.codes, self.seconds = operation.definition.raw["operationId"], [], 0.0
        self.mixer, self.context = Mixer(operation, over.there, self.random), None
        self.asked, self.cases = None, operation.as_strategy(generation_mode=mode)

    @property
    def done(self):
        """How many did what they asked for."""
        return sum(code < 300 for code in self.codes)

    def run(self, goal):
        """Go on until so many were sent, or no other is found."""
        self.token, wanted = self.over.token(self.name), math.ceil(goal) - len(self.codes)
        draws = max(FEWEST, math.ceil(wanted / (1 + self.mixes)))
        while wanted > 0:
            self.draw(draws, goal)
            sent, wanted = wanted - (goal - len(self.codes)), goal - len(self.codes)
            if sent < draws / 10:
                return  # there are no more, or hardly any
            draws = max(FEWEST, math.ceil(wanted * draws / sent))

    def draw(self, draws, goal):
        """Draw so many requests, or all there are, and send each and what is made of its parts."""
        positive = self.mode is GenerationMode.POSITIVE

        @seed(self.random.getrandbits(64))
        @settings(
            max_examples=draws, deadline=None, database=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=self.cases, known=st.booleans())
        def run(case, known):
            if len(self.codes) < goal:
                self.one(case, self.mixer.drawn(case, known=known and positive))
            for _ in range(self.mixes):
                if len(self.codes) < goal:
                    self.one(case, self.mixer.mixed(case))

        run()

    def one(self, case, request):
        """Send one, look at its answer, and send it without a session."""
        if request is None:
            return
        closed = needs_session(self.name) and (len(self.codes) < ALL_OF or len(self.codes) % THEN_ONE_IN == 0)
        answer, *refused = self.over.wire.ask(request, self.token, *((NONE, MADE_UP) if closed else ()))
        self.codes.append(answer.status_code)
        self.asked = request
        self.looked_at(case, answer)
        for one in refused:
            # What reaches no operation, or is too large or no JSON at all, is told to everybody alike.
            alike = (404, 405, 413, 414, *((400, 422) if isinstance(case.body, bytes) else ()))
            assert one.status_code == 401 or one.status_code == answer.status_code in alike, request
        if len(self.codes) < ALL_OF or closed:
            self.over.there.learn(answer)
        if answer.status_code == 401 and needs_session(self.name) and not self.over.known(self.token):
            self.token = self.over.token(self.name)

    def looked_at(self, case, answer):
        kind = answer.headers.get("content-type", [PLAIN])[0].split(";")[0]
        assert kind == (PROBLEM if answer.status_code >= 400 else PLAIN)
        forbidden = self.mode is GenerationMode.NEGATIVE and answer.status_code < 400
        if self.context is None or forbidden:  # what the checks look into is made anew for each call of this
            checks = [negative_data_rejection] if forbidden else []
            case.validate_response(answer, checks=[*checks, *CHECKS, self.keep])
        for check in CHECKS:
            check(self.context, answer, case)

    def keep(self, context, answer, case):
        """No check: it keeps what checks look into."""
        self.context = context


@pytest.mark.trust("WEB-1")
@pytest.mark.parametrize("share", range(SHARES))
def test_generated_requests_are_answered_as_described(one_for_all, share):
    """Two hundred to each operation that the description allows; to one that takes nothing there is one."""
    names = [name for name in OPERATIONS if name not in SLOW][share::SHARES]
    sent, done = tried(one_for_all, names, 200, mixes=19)
    assert sent == {name: 200 if takes(name) else 1 for name in names}
    assert done > 300


@pytest.mark.trust("WEB-1")
def test_generated_requests_to_the_slow_operations_are_answered_as_described(own_house):
    """Eight each; as many as to the others are sent in the long tests."""
    sent, _ = tried(House(own_house), SLOW, 8)
    assert sent == dict.fromkeys(SLOW, 8)


@pytest.mark.trust("WEB-1")
def test_the_description_says_which_operations_take_a_session():
    """All but coming in through the door; and it names the cookie that browsers carry."""
    found = described()
    open_ones = {
        operation["operationId"]
        for methods in found["paths"].values() for operation in methods.values() if not operation["security"]
    }  # fmt: skip
    assert {OPERATIONS[one] for one in open_ones} == {"door.sign-in", "door.link"}
    assert found["components"]["securitySchemes"]["session"]["name"] == COOKIE


@pytest.mark.soak
@pytest.mark.trust("WEB-1")
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("turn", range(ROUNDS))
def test_many_generated_requests_are_answered_as_described(own_house, turn):
    """Two hundred a round to each operation, or all there are, that the description allows: 5,000 in all."""
    names = sorted(set(operations()) - set(SLOW))
    Random(turn).shuffle(names)
    sent, done = tried(House(own_house), names, 200, fixed=False)
    print(f"round {turn}: {sum(sent.values()):,} requests, {done:,} done", flush=True)
    assert sum(sent.values()) > 15_000 and done > 1_000


@pytest.mark.soak
@pytest.mark.trust("WEB-1")
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("turn", range(ROUNDS))
@pytest.mark.parametrize("name", SLOW)
def test_many_requests_to_a_slow_operation_are_answered_as_described(own_house, name, turn):
    """Two hundred a round that the description allows: 5,000 in all."""
    sent, done = tried(House(own_house), [name], 200, fixed=False)
    print(f"{name}, round {turn}: {sent[name]:,} requests, {done:,} done", flush=True)
    assert sent == {name: 200}


@pytest.mark.soak
@pytest.mark.trust("WEB-1")
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("turn", range(5))
def test_many_requests_that_the_description_forbids_are_refused(own_house, turn):
    """A hundred a round that it forbids to each operation that takes anything: none is done."""
    found = operations()
    names = [name for name in sorted(found) if found[name].body or list(found[name].path_parameters)]
    sent, _ = tried(House(own_house), names, 100, mode=GenerationMode.NEGATIVE, fixed=False)
    print(f"round {turn}: {sum(sent.values()):,} requests", flush=True)
    assert sum(sent.values()) > 5_000
