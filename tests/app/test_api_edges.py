"""Who may ask, how much, and under which headers: over every route there is."""

import json
import re
from pathlib import Path

import pytest

from homeward.app.api.guard import BODY_LIMIT, HEADERS, POLICY, QUERY_LIMIT
from homeward.app.api.limits import Limits
from homeward.app.api.policy import OPERATIONS
from homeward.app.settings import VARIABLES
from homeward.model.permission import TABLE
from people_kit import client_of, described

OURS = {"x-homeward": "1"}


@pytest.fixture
def client(empty_house):
    return client_of(empty_house, headers={}, limits=Limits())


def operations():
    """Every operation of the API, as (method, path with a made-up id)."""
    for path, methods in described()["paths"].items():
        concrete = "/".join("x1" if part.startswith("{") else part for part in path.split("/"))
        for method in methods:
            yield method.upper(), concrete


def everything():
    return [
        *operations(),
        ("GET", "/"),
        ("GET", "/assets/none.js"),
        ("GET", "/api/none"),
        ("PUT", "/api/leads"),
    ]


def test_every_answer_carries_the_headers(client):
    """Whatever is asked, well or badly, the answer says how it may be used."""
    for method, path in everything():
        answer = client.request(method, path)
        for name, value in HEADERS:
            assert answer.headers[name.decode()] == value.decode(), (method, path)
        if path.startswith("/api"):
            assert answer.headers["cache-control"] == "no-store"
    assert "unsafe-inline" not in POLICY and "frame-ancestors 'none'" in POLICY


def test_another_name_is_refused(client):
    """A request under a foreign name (DNS rebinding) is refused on every route, before it is read."""
    for method, path in everything():
        answer = client.request(method, path, headers={"host": "rebound.example.test"})
        assert answer.status_code == 421
        assert answer.headers["content-security-policy"] == POLICY


@pytest.mark.parametrize(
    "headers",
    [
        {"content-type": "application/json"},
        {"content-type": "text/plain", **OURS},
        {**OURS},
        {"content-type": "application/json", "origin": "http://evil.example.test", **OURS},
        {"content-type": "application/json", "origin": "null", **OURS},
        {"content-type": "application/json", "sec-fetch-site": "cross-site", **OURS},
        {"content-type": "application/json", "sec-fetch-site": "same-site", **OURS},
    ],
)
def test_what_another_page_sends_is_refused(client, headers):
    """A form, a foreign origin or a request without our header changes nothing."""
    unsafe = [(method, path) for method, path in operations() if method != "GET"]
    assert unsafe
    for method, path in unsafe:
        assert client.request(method, path, content=b"{}", headers=headers).status_code == 403, path


def test_our_own_page_is_not_refused(client):
    """The same request from our own page gets as far as the desk."""
    headers = {"origin": "http://localhost:8470", "sec-fetch-site": "same-origin", **OURS}
    answer = client.post("/api/leads/x1/undo", json={"decision": "1"}, headers=headers)

    assert answer.status_code == 404


def test_reads_of_another_page_are_refused(client):
    """Another page cannot even cause a look, which would be written down as ours."""
    assert client.get("/api/session", headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert client.get("/api/session", headers={"sec-fetch-site": "same-origin"}).status_code == 200


def test_bounds_are_kept(client):
    """What is too large or too long is refused with its own status, and the server goes on."""
    large = json.dumps({"decision": "x" * BODY_LIMIT})
    headers = {"content-type": "application/json", **OURS}

    assert client.post("/api/leads/x1/undo", content=large, headers=headers).status_code == 413
    assert (
        client.post("/api/leads/x1/undo", content=iter([large.encode()]), headers=headers).status_code == 413
    )
    assert client.get("/api/leads", params={"place": "x" * (QUERY_LIMIT + 1)}).status_code == 414
    assert client.get("/api/leads", params={"limit": 201}).status_code == 422
    assert client.get("/api/session").status_code == 200


def test_a_time_is_a_text_and_no_number(client):
    """Seconds since 1970 would be taken for a time that the description does not know."""
    for path, field in (("/api/search", "first"), ("/api/search/groups", "last")):
        asked = {"text": "massage", field: "2026-01-20"}
        assert client.post(path, json=asked, headers=OURS).status_code == 200
        for wrong in (1_768_867_200, "1768867200", 1.5):
            assert client.post(path, json={**asked, field: wrong}, headers=OURS).status_code == 422


def test_a_number_is_no_text_and_no_yes(client):
    """What the description forbids is refused, also where a number could be read out of it."""
    asked = {"text": "massage", "limit": 5, "map": True}
    assert client.post("/api/search", json=asked, headers=OURS).status_code == 200
    for wrong in ({"limit": True}, {"limit": "5"}, {"map": 1}, {"map": "true"}):
        assert client.post("/api/search", json={**asked, **wrong}, headers=OURS).status_code == 422
    for days, answer in ((400, 200), (None, 200), (True, 422), ("400", 422)):
        made = client.put("/api/retention/log", json={"days": days, "why": "x"}, headers=OURS)
        assert made.status_code == answer, (days, made.text)


def test_a_time_that_no_clock_shows_is_refused(client):
    """One without a zone, and one that is before the first or after the last day in UTC."""
    for right in ("2026-01-20T18:00:00Z", "2026-01-20T18:00:00+05:30", "0001-01-01T00:00:00Z"):
        answer = client.post("/api/audit/events", json={"since": right}, headers=OURS)
        assert answer.status_code == 200, answer.text
    for wrong in (
        "2026-01-20",
        "2026-01-20T18:00:00",
        "0001-01-01T00:00:00+01:00",
        "9999-12-31T23:59:59-01:00",
    ):
        answer = client.post("/api/audit/events", json={"until": wrong}, headers=OURS)
        assert answer.status_code == 422, answer.text


def test_every_error_has_one_shape(client):
    """An error is application/problem+json with a title, a detail, a status and a reference."""
    for method, path in everything():
        answer = client.request(method, path, headers={"host": "nobody"})
        assert answer.headers["content-type"] == "application/problem+json"
        assert set(answer.json()) == {"type", "title", "detail", "status", "reference"}
    for path in ("/api/none", "/api/leads/x1", "/api/leads?tab=none", "/api/ads/%00", "/api/ads/" + "x" * 65):
        answer = client.get(path)
        assert answer.headers["content-type"] == "application/problem+json"
        assert 400 <= answer.status_code < 500


def test_an_error_never_repeats_what_was_sent(client):
    """What a request held is not in the answer that refuses it."""
    canary = "canary-7f3a"
    headers = {"content-type": "application/json", **OURS}
    watch = {"decision": "watch"}
    for body in ({**watch, canary: canary}, {"decision": canary}, {**watch, "note": [canary]}):
        answer = client.post("/api/leads/x1/decision", content=json.dumps(body), headers=headers)
        assert answer.status_code == 422
        assert canary not in answer.text


ODD = [
    b"", b"{", b"[]", b"null", b"1e999", b'"\\ud800"', b'{"decision":"\\ud800"}', b"\xff", b"[" * 50_000,
    b'{"decision":' + b"9" * 5_000 + b"}",
]  # fmt: skip


@pytest.mark.parametrize("body", ODD)
def test_odd_bodies_are_no_fault_of_the_server(client, body):
    """Broken, deep or strange JSON is the sender's mistake, never a 5xx."""
    headers = {"content-type": "application/json", **OURS}
    for path in ("/api/leads/x1/decision", "/api/leads/x1/undo", "/api/identities/x1/why", "/api/search"):
        assert 400 <= client.post(path, content=body, headers=headers).status_code < 500


def test_an_answer_that_did_not_change_is_not_sent_again(client):
    """An API answer has an ETag; asked with it, the server answers 304 without a body."""
    first = client.get("/api/leads")
    again = client.get("/api/leads", headers={"if-none-match": first.headers["etag"]})

    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


def test_no_page_loads_from_elsewhere(client):
    """The documentation pages that load scripts from another host are not there."""
    for path in ("/docs", "/redoc", "/api/docs"):
        assert "cdn" not in client.get(path).text


def test_there_is_no_face_search_to_switch_on(client):
    """No operation, setting, act or package of the product looks for faces; with none, nothing is on."""
    required = (Path(__file__).resolve().parents[2] / "requirements" / "core.txt").read_text("utf-8")
    names = [
        *OPERATIONS,
        *TABLE,
        *(name for name, _ in VARIABLES),
        *re.findall(r"^([\w-]+)==", required, re.M),
    ]
    words = {word for name in names for word in re.split(r"[^a-z]+", name.lower())}

    assert not words & {
        "face",
        "faces",
        "facenet",
        "deepface",
        "insightface",
        "retinaface",
        "dlib",
        "biometric",
    }
    assert not words & {"opencv", "torch", "tensorflow", "onnxruntime", "mediapipe"}


def test_no_operation_acts_on_people(client):
    """No operation contacts, alerts, or merges by itself: the operations are those that policy.py lists."""
    listed = {op["operationId"] for ops in described()["paths"].values() for op in ops.values()}
    words = {word for name in listed for word in name.split("_")}

    assert listed == set(OPERATIONS)
    assert not words & {"contact", "send", "message", "mail", "call", "alert", "report", "merge", "score"}
