"""Whatever the API's own description allows, and what it forbids: never a 5xx, always what is described.

Each operation is asked by somebody who may do it, about things that are there and things that are not; and
each request is sent again without a session and with a made-up one, which gets nothing.
"""

import json

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
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
from homeward.desk import cases, runs
from homeward.model.actor import Role
from homeward.model.permission import TABLE
from people_kit import COOKIE, LOCAL, account, api, client_of, described, session

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
ROLES = (Role.ADMINISTRATOR, Role.SUPERVISOR, Role.ANALYST)  # who does what the demo's one person may not
NONE, MADE_UP = None, "Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4"


def plain():
    """The description without sessions, which are not to be made up: they are given here, or left away."""
    paths = {
        path: {method: {**one, "security": []} for method, one in methods.items()}
        for path, methods in described()["paths"].items()
    }
    return {**described(), "paths": paths}


class Doors:
    """A house, and for each operation a client of somebody who may do it."""

    def __init__(self, house):
        self.house = house
        self.demo = api(house)
        for role in ROLES:
            account(house, str(role), role)
        self.stranger = self.client(NONE)
        lead = runs.current(house).leads[0]
        self.there = {
            "lead": lead["id"], "identity": lead["identity"], "wording": "0", "name": "analyst",
            "ad": runs.current(house).identity(lead["identity"])["ads"][0],
            "key": cases.make(LOCAL, house, "A case")["id"],
        }  # fmt: skip

    def client(self, token):
        client = client_of(self.house)
        if token:
            client.cookies.set(COOKIE, token)
        return client

    def to(self, operation):
        """Somebody who may do it; whoever was signed out by it signs in again."""
        roles = TABLE[OPERATIONS[operation]].roles
        if Role.DEMO in roles:
            if self.demo.get("/api/session").status_code == 401:
                self.demo = api(self.house)
            return self.demo
        role = next(role for role in ROLES if role in roles)
        return self.client(session(self.house, str(role), role))


def tried(house, examples, *, mode=GenerationMode.POSITIVE, fixed=True):
    """Send generated requests to every operation; return how many were sent, of which how many did it."""
    schema = schemathesis.openapi.from_dict(plain())
    doors, codes = Doors(house), []
    for found in schema.get_all_operations():
        operation = found.ok()
        if mode is GenerationMode.POSITIVE or operation.body or list(operation.path_parameters):
            codes += tried_one(operation, doors, examples, mode, fixed)
    return len(codes), sum(code < 300 for code in codes)


def tried_one(operation, doors, examples, mode, fixed):
    name = operation.definition.raw["operationId"]
    client, codes = doors.to(name), []

    @settings(
        max_examples=examples, deadline=None, database=None, derandomize=fixed, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode), known=st.booleans())
    def run(case, known):
        if known and mode is GenerationMode.POSITIVE:
            case.path_parameters = {k: doors.there.get(k, v) for k, v in (case.path_parameters or {}).items()}
        given = {}
        if case.media_type is not None:
            body = case.body if isinstance(case.body, bytes) else json.dumps(case.body)
            given = {"content": body, "headers": {"content-type": PLAIN}}
        request = {
            "method": case.method,
            "url": case.formatted_path,
            "params": dict(case.query or {}),
            **given,
        }
        answer = client.request(**request)
        codes.append(answer.status_code)
        kind = answer.headers.get("content-type", PLAIN).split(";")[0]
        assert kind == (PROBLEM if answer.status_code >= 400 else PLAIN)
        forbidden = mode is GenerationMode.NEGATIVE and answer.status_code < 400
        case.validate_response(answer, checks=[*CHECKS, negative_data_rejection] if forbidden else CHECKS)
        if needs_session(name):
            gets_nothing(doors.stranger, request, answer)

    run()
    return codes


def gets_nothing(stranger, request, answer):
    """The same request is refused without a session, and with one that nobody was given."""
    for token in (NONE, MADE_UP):
        stranger.cookies.clear()
        if token:
            stranger.cookies.set(COOKIE, token)
        refused = stranger.request(**request)
        # What reaches no operation, or is no JSON at all, is told to everybody alike.
        alike = (400, 404, 405, 414, 422) if isinstance(request.get("content"), bytes) else (404, 405, 414)
        assert refused.status_code == 401 or refused.status_code == answer.status_code in alike, request


@pytest.mark.trust("WEB-1")
def test_generated_requests_are_answered_as_described(own_house):
    sent, done = tried(own_house, 4)
    assert sent > 400 and done > 40


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
def test_many_generated_requests_are_answered_as_described(own_house):
    """Two hundred requests to each operation, or all there are, that the description allows, by chance."""
    sent, done = tried(own_house, 200, fixed=False)
    print(f"{sent:,} requests, {done:,} done")
    assert sent > 15_000 and done > 2_000


@pytest.mark.soak
@pytest.mark.trust("WEB-1")
@pytest.mark.timeout(7200)
def test_many_requests_that_the_description_forbids_are_refused(own_house):
    """Fifty that it forbids to each operation that takes anything: none is done."""
    sent, _ = tried(own_house, 50, mode=GenerationMode.NEGATIVE, fixed=False)
    print(f"{sent:,} requests")
    assert sent > 3_000
