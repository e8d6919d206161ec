"""Sessions through the web: cookies, rotation, and one answer for whatever is wrong."""

from urllib.parse import parse_qs, urlsplit

import pytest

from homeward.app.provider import OwnProvider
from homeward.app.settings import ProviderSettings
from homeward.desk import people
from homeward.model.actor import Purpose, Role
from homeward.store.ledger import events
from key_kit import SoftKey
from people_kit import (
    BASE,
    COOKIE,
    LOCAL,
    PASSWORD,
    Clock,
    account,
    api,
    client_of,
    code,
    joined,
    session,
)
from provider_kit import CLIENT, SECRET, SUBJECT, standing


def post(client, path, body, status=200):
    answer = client.post(path, json=body)
    assert answer.status_code == status, answer.text
    return answer.json()


def test_a_test_workspace_without_accounts_is_open_on_loopback(empty_house):
    """Nothing changes for it; with the first account everybody signs in."""
    client = api(empty_house)
    assert client.get("/api/session").json()["role"] == "test"
    assert client.get("/api/door").json()["kind"] == "open"
    account(empty_house, "ann")
    assert client.get("/api/session").status_code == 401
    assert client.get("/api/door").json()["kind"] == "accounts"


def test_a_demo_workspace_opens_with_its_link(own_house):
    """Without the link nothing is shown; with it one is in the queue, and no purpose is asked for."""
    stranger = client_of(own_house)
    assert stranger.get("/api/leads").status_code == 401
    client = api(own_house)
    assert client.get("/api/leads").json()["leads"]
    assert client.get("/api/session").json()["asks_purpose"] is False


@pytest.mark.parametrize(
    ("base", "name", "secure"),
    [("http://localhost:8470", "homeward-8470", False), ("http://localhost:9001", "homeward-9001", False),
     ("https://localhost:8470", "__Host-homeward", True)],
)  # fmt: skip
def test_the_cookie_is_out_of_reach(empty_house, base, name, secure):
    """No script and no other site gets at it; over HTTPS it is bound to its host."""
    secret, _ = joined(empty_house)
    with_codes = {"name": "ann", "password": PASSWORD, "code": "000000"}
    client = client_of(empty_house, base=base)
    assert "set-cookie" not in client.post("/api/door/sign-in", json=with_codes).headers
    later = empty_house.clock().timestamp() + 60
    from datetime import UTC, datetime

    object.__setattr__(empty_house, "clock", lambda: datetime.fromtimestamp(later, UTC))
    with_codes["code"] = code(empty_house, secret)
    [cookie] = [client.post("/api/door/sign-in", json=with_codes).headers["set-cookie"]]
    parts = [part.strip().lower() for part in cookie.split(";")]
    assert cookie.startswith(name + "=") and {"httponly", "samesite=strict", "path=/"} <= set(parts)
    assert ("secure" in parts) is secure and not any(part.startswith("domain") for part in parts)


def test_a_session_given_by_somebody_else_is_not_taken_over(empty_house):
    """Stating a purpose gives another token; the one known before opens nothing."""
    account(empty_house, "ann")
    client = api(empty_house)
    old = session(empty_house, "ann", Role.ANALYST)
    client.cookies.set(COOKIE, old)
    post(client, "/api/session/purpose", {"purpose": "identify-possible-victim"})
    assert client.get("/api/session").json()["purpose"] == "identify-possible-victim"

    thief = api(empty_house)
    thief.cookies.set(COOKIE, old)
    assert thief.get("/api/session").status_code == 401
    post(client, "/api/session/sign-out", {})
    assert client.get("/api/session").status_code == 401


def test_what_was_known_before_signing_in_opens_nothing(empty_house):
    """A token that somebody put into the browser beforehand is replaced, and stands for nobody."""
    secret, _ = joined(empty_house)
    clock = Clock(empty_house)
    clock.goes(minutes=1)
    client = api(empty_house)
    planted = "planted-by-somebody-else"
    client.cookies.set(COOKIE, planted, domain="localhost.local", path="/")
    post(
        client, "/api/door/sign-in", {"name": "ann", "password": PASSWORD, "code": code(empty_house, secret)}
    )
    post(client, "/api/session/banner", {"read": True})
    assert client.get("/api/session").status_code == 200

    thief = api(empty_house)
    thief.cookies.set(COOKIE, planted)
    assert thief.get("/api/session").status_code == 401


@pytest.mark.trust("AUT-8")
def test_nothing_is_shown_before_the_banner_is_acknowledged(empty_house):
    """Once in each session, with its event; without the tick nothing goes on, and one may still leave."""
    secret, _ = joined(empty_house)
    clock, client = Clock(empty_house), api(empty_house)
    for _ in range(2):
        clock.goes(minutes=1)
        given = {"name": "ann", "password": PASSWORD, "code": code(empty_house, secret)}
        post(client, "/api/door/sign-in", given)
        for path in ("/api/session", "/api/cases", "/api/leads"):
            refused = client.get(path)
            assert (refused.status_code, refused.json()["type"]) == (403, "banner")
        post(client, "/api/session/banner", {"read": False}, 422)
        post(client, "/api/session/banner", {"read": True})
        post(client, "/api/session/banner", {"read": True})
        assert client.get("/api/session").status_code == 200
        post(client, "/api/session/purpose", {"purpose": "identify-possible-victim"})
        assert client.get("/api/session").status_code == 200
        post(client, "/api/session/sign-out", {})
    with empty_house.ledger.read() as tx:
        told = [e.event for e in events.read(tx) if e.event.detail.get("what") == "banner acknowledged"]
    assert [one.actor for one in told] == ["ann", "ann"]


def test_a_refusal_says_what_to_do(empty_house):
    """Sign in, prove again, state a purpose: told apart by the type of the problem."""
    account(empty_house, "ann")
    client = api(empty_house)
    assert client.get("/api/leads").json()["type"] == "sign-in"
    client.cookies.set(COOKIE, session(empty_house, "ann", Role.ANALYST))
    told = client.get("/api/leads")
    assert (told.status_code, told.json()["type"]) == (422, "purpose")
    assert client.get("/api/people").status_code == 403


def test_a_role_that_reads_nothing_reads_nothing(empty_house):
    """An administrator sees the people, no ad and no case."""
    account(empty_house, "ada", Role.ADMINISTRATOR)
    client = api(empty_house)
    client.cookies.set(COOKIE, session(empty_house, "ada", Role.ADMINISTRATOR, purpose=Purpose.IDENTIFY))
    assert client.get("/api/people").json()["people"]
    for path in ("/api/leads", "/api/cases", "/api/ads/x1"):
        assert client.get(path).status_code == 403
    made = post(client, "/api/people", {"name": "ben", "role": "analyst"})
    assert made["state"] == "invited" and made["token"]
    assert post(client, "/api/people/ada/disable", {}, 403)["title"]


def test_a_key_opens_through_the_web(empty_house):
    """Asked, signed and taken as JSON; with a code beside it, or neither, the proof opens nothing."""
    secret, _ = joined(empty_house)
    client, key = api(empty_house), SoftKey()
    client.cookies.set(COOKIE, session(empty_house, "ann", Role.ANALYST))
    made = key.made(post(client, "/api/account/keys/ask", {}))
    row = post(client, "/api/account/keys", {"label": "desk key", "key": made})
    assert [one["id"] for one in client.get("/api/account").json()["keys"]] == [row["id"]]

    client.cookies.clear()
    given = {"name": "ann", "password": PASSWORD}
    answer = key.signed(post(client, "/api/door/key", {}))
    post(client, "/api/door/sign-in", given, 401)
    post(client, "/api/door/sign-in", {**given, "key": answer, "code": code(empty_house, secret)}, 401)
    post(client, "/api/door/sign-in", {**given, "key": answer})
    answer = key.signed(post(client, "/api/door/key", {}))
    post(client, "/api/session/prove", {"password": PASSWORD, "key": answer})
    post(client, f"/api/account/keys/{row['id']}/remove", {})
    answer = key.signed(post(client, "/api/door/key", {}))
    post(client, "/api/door/sign-in", {**given, "key": answer}, 401)


def test_a_provider_opens_in_the_browser_that_began(empty_house):
    """Its secret is out of reach of scripts; another browser gets nowhere; without a provider nobody does."""
    joined(empty_house)
    nothing = api(empty_house)
    assert nothing.get("/api/door").json()["provider"] is None
    for path in ("/api/door/provider", "/api/door/provider/back"):
        assert (
            nothing.post(path, json={"state": "x", "code": "x"} if "back" in path else {}).status_code == 404
        )
    with standing(empty_house.clock) as idp:
        people.name_at_provider(LOCAL, empty_house, "ann", idp.issuer, SUBJECT)
        told = ProviderSettings(idp.issuer, CLIENT, SECRET, frozenset({"mfa"}))
        through = OwnProvider(told, BASE)
        mine, other = (client_of(empty_house, provider=through) for _ in range(2))
        assert mine.get("/api/door").json()["provider"] == "localhost"
        idp.factors = ["mfa"]

        def back(begins, comes):
            begun = begins.post("/api/door/provider", json={})
            flags = begun.headers["set-cookie"].lower()
            assert "httponly" in flags and "samesite=strict" in flags
            asked = parse_qs(urlsplit(begun.json()["address"]).query)
            there = idp.authorize({name: values[0] for name, values in asked.items()})
            said = {name: values[0] for name, values in parse_qs(urlsplit(there).query).items()}
            return comes.post("/api/door/provider/back", json=said)

        refused = back(mine, other)
        assert (refused.status_code, refused.json()["type"]) == (401, "sign-in")
        assert other.get("/api/session").status_code == 401
        assert back(mine, mine).json() == {"kind": "in", "token": ""}
        post(mine, "/api/session/banner", {"read": True})
        assert mine.get("/api/session").json()["actor"] == "ann"
