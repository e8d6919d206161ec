"""What was deleted, ended, taken back or erased is used by no operation afterwards, however it is asked."""

import re

import pytest

from homeward.app.api.description import needs_session
from homeward.desk import runs
from people_kit import COOKIE, api, described

pytestmark = pytest.mark.trust("WEB-1")
HANDED = {"recipient": "x", "what": "x", "basis": "x"}


def using(**known):
    """Every operation whose path names nothing but what is `known`: (name, method, path, what it names)."""
    for path, methods in described()["paths"].items():
        named = {part[1:-1] for part in path.split("/") if part[:1] == "{"}
        for method, operation in methods.items():
            if named <= set(known):
                yield operation["operationId"], method.upper(), path.format(**known), named


def test_a_session_that_was_signed_out_opens_nothing(own_house):
    client = api(own_house)
    token = client.cookies[COOKIE]
    assert client.get("/api/leads").status_code == 200
    assert client.post("/api/session/sign-out", json={}).status_code == 200
    client.cookies.set(COOKIE, token)
    asked = 0
    for name, method, path, _ in using(lead="x1", identity="x1", ad="x1", key="x1", name="x1", wording="0"):
        if needs_session(name):
            answer = client.request(method, path, json=None if method == "GET" else {})
            assert answer.status_code == 401, name
            asked += 1
    assert asked > 90


def test_a_watch_that_was_deleted_is_looked_at_no_more(own_house):
    client = api(own_house)
    kept = {"kind": "search", "name": "One", "request": {"text": "amber"}}
    key = client.post("/api/watches", json=kept).json()["id"]
    assert client.post(f"/api/watches/{key}/look", json={}).status_code == 200
    assert client.post(f"/api/watches/{key}/delete", json={}).status_code == 200

    for act in ("look", "delete"):
        assert client.post(f"/api/watches/{key}/{act}", json={}).status_code == 404
    assert client.get("/api/watches").json()["watches"] == []


def test_what_was_ended_or_taken_back_is_so_once(own_house):
    """A source is ended once, a decision is taken back once."""
    client = api(own_house)
    source = client.get("/api/sources").json()["sources"][0]["name"]
    lead = runs.current(own_house).leads[0]["id"]
    made = client.post(f"/api/leads/{lead}/decision", json={"decision": "watch"}).json()["decision"]["id"]
    for path, body in (
        (f"/api/sources/{source}/end", {"why": "x"}), (f"/api/leads/{lead}/undo", {"decision": made})
    ):  # fmt: skip
        assert client.post(path, json=body).status_code == 200
        assert client.post(path, json=body).status_code in (404, 409)


def test_ads_that_were_erased_are_in_no_answer(own_house):
    """Every operation is asked about them, their lead and identity: no answer holds a word of theirs."""
    client = api(own_house)
    lead = runs.current(own_house).leads[0]
    ads = runs.current(own_house).identity(lead["identity"])["ads"]
    bodies = own_house.lake.find("ads", ads, columns=["body"])["body"].to_pylist()
    words = {max(re.findall("[a-zA-Z ]+", body), key=len) for body in bodies}
    others = own_house.lake.read("ads", columns=["ad", "body"]).to_pylist()
    words = {w for w in words if not any(w in one["body"] for one in others if one["ad"] not in ads)}
    assert words and any(w in client.get(f"/api/ads/{ad}").text for ad in ads for w in words)
    assert client.post("/api/records/erase", json={"ads": ads, "why": "asked for"}).status_code == 200

    pair = {"a": ads[0], "b": ads[-1], "judgement": "same", "why": "x"}
    some = {"ads": ads[:5], "why": "x", **HANDED}
    for name, method, path, named in using(
        lead=lead["id"], identity=lead["identity"], ad=ads[0], wording="0"
    ):
        body = None if method == "GET" else pair if "judge" in name else some if "ads" in name else {}
        answer = client.request(method, path, json=body)
        assert answer.status_code < 500, (name, answer.text)
        assert answer.status_code >= 400 or "ad" not in named, name
        assert not any(w in answer.text for w in words), name
        if name == "sign_out":
            client = api(own_house)
