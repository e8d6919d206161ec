"""Whatever the API's own description allows, and what it forbids: never a 5xx, always what is described."""

import json

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    response_schema_conformance,
    status_code_conformance,
)

from people_kit import api, described

JSON = ("application/json", "application/problem+json")  # of an answer, of an error
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    response_schema_conformance,
]


def tried(house, examples):
    """Send generated requests to every operation; return how many were sent."""
    schema = schemathesis.openapi.from_dict(described())
    operations = [found.ok() for found in schema.get_all_operations()]
    client, sent = api(house), 0
    for operation in operations:
        sent += tried_one(operation, client, examples)
        if client.get("/api/session").status_code == 401:  # one of them signs out
            client = api(house)
    return sent


def tried_one(operation, client, examples):
    sent = []

    @settings(
        max_examples=examples, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy())
    def run(case):
        given = {}
        if case.media_type is not None:
            given = {"content": json.dumps(case.body), "headers": {"content-type": "application/json"}}
        answer = client.request(case.method, case.formatted_path, params=dict(case.query or {}), **given)
        sent.append(answer.status_code)
        kind = answer.headers.get("content-type", JSON[0]).split(";")[0]
        assert kind == JSON[answer.status_code >= 400]
        case.validate_response(answer, checks=CHECKS)

    run()
    return len(sent)


@pytest.mark.trust("WEB-1")
def test_generated_requests_are_answered_as_described(own_house):
    assert tried(own_house, 4) > 100


@pytest.mark.soak
@pytest.mark.trust("WEB-1")
@pytest.mark.timeout(3600)
def test_many_generated_requests_are_answered_as_described(own_house):
    assert tried(own_house, 100) > 5_000
