"""Every operation answers on a real workspace, in its shape, and reads odd input as ordinary."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from homeward.desk import runs
from people_kit import api, described

OURS = {"x-homeward": "1"}
CANARY = "zqcanary5550199"


@pytest.fixture(scope="module")
def client(demo_house):
    return api(demo_house)


@pytest.fixture(scope="module")
def lead(demo_house):
    return runs.current(demo_house).leads[0]


def post(client, path, body):
    answer = client.post(path, json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def get(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_the_queue_brings_a_lead_where_one_is_asked_for_with_it(client, demo_house):
    """The lead named, or the first where the page lists no such one; without asking, none."""
    first, second = runs.current(demo_house).leads[:2]
    for asked, shown in ((second["id"], second), ("first", first), ("nosuchlead", first)):
        both = get(client, f"/api/leads?limit=2&open={asked}")
        assert both["opened"] == get(client, f"/api/leads/{shown['id']}")
    assert get(client, "/api/leads?limit=2")["opened"] is None


def test_every_read_answers(client, lead):
    """Every operation that reads answers in its shape, one leading to the next."""
    identity = lead["identity"]
    assert get(client, "/api/session")["banner"] == "for invented or released data"
    assert get(client, "/api/leads?limit=5")["leads"][0]["id"] == lead["id"]
    page = get(client, f"/api/leads/{lead['id']}")
    assert page["caution"] == "lead, not finding" and page["typical"]
    dossier = get(client, f"/api/identities/{identity}")
    value = dossier["identifiers"][0]["values"][0]
    named = {"kind": value["kind"], "value": value["value"]}
    assert post(client, f"/api/identities/{identity}/why", named)["subject"]["label"] == value["label"]
    ads = post(client, f"/api/identities/{identity}/ads", named)
    assert ads["total"] == value["ads"]
    assert get(client, f"/api/identities/{identity}/wordings")["alone"] >= 0
    ad = get(client, f"/api/ads/{ads['ads'][0]['id']}")
    assert "".join(s["text"] for s in ad["ad"]["text"]) and ad["facts"]["statement"].endswith("not witnessed")
    found = post(client, "/api/search", {"text": "", "histogram": True, "map": True})
    assert found["total"] == get(client, "/api/session")["ads"] and found["hits"]
    assert get(client, f"/api/search/{found['s']}")["request"]["histogram"] is True
    assert post(client, "/api/search/list", {"terms": ["amber", 'say "']})["rows"][1]["wrong"]
    assert post(client, "/api/search/network", {"text": value["label"]})["groups"]
    assert get(client, f"/api/identities/{identity}/photos")["ads"] == dossier["ads"]
    [wording, *_] = get(client, f"/api/identities/{identity}/wordings")["wordings"]
    assert get(client, f"/api/identities/{identity}/wordings/{wording['id']}")["total"] == wording["ads"]


def test_an_area_is_changed_only_by_whoever_saw_it(own_house):
    """Without the tag nothing changes, with an old one 412, with the current one it is kept."""
    client = api(own_house)
    tag = get(client, "/api/area")["tag"]
    body = {"places": ["Reno"], "days": 14, "a_day": 20}
    assert client.put("/api/area", json=body).status_code == 422
    assert client.put("/api/area", json=body, headers={"if-match": '"stale"'}).status_code == 412
    kept = client.put("/api/area", json=body, headers={"if-match": f'"{tag}"'})

    assert kept.status_code == 200 and kept.json()["places"] == ["Reno"]
    assert get(client, "/api/area") == kept.json()
    assert get(client, "/api/leads?mine=true")["mine"]["places"] == ["Reno"]


def test_a_long_list_is_taken_and_an_endless_one_refused(client):
    """Ten thousand terms fit in one request; more are refused in the one shape."""
    terms = [f"phone:+1702555{n:04d}" for n in range(10_000)]
    assert len(post(client, "/api/search/list", {"terms": terms})["rows"]) == 10_000
    assert client.post("/api/search/list", json={"terms": [*terms, "x"]}).status_code == 422


def test_no_score_is_sent(client, lead):
    """Queue, lead, dossier and ad show a rank and words, never a number of a score or of certainty."""
    ad = post(client, "/api/search", {"text": ""})["hits"][0]["id"]
    of_ad = get(client, f"/api/ads/{ad}")
    pages = [get(client, path) for path in ("/api/leads", f"/api/leads/{lead['id']}",
                                            f"/api/identities/{lead['identity']}")]  # fmt: skip
    for page in (*pages, of_ad):
        text = json.dumps(page)
        assert not any(f'"{name}":' in text for name in ("score", "weight", "confidence", "probability"))
    assert {m["sure"] for m in of_ad["mentions"]} <= {"sure", "fairly sure", "unsure"}


def test_no_address_carries_a_person(client):
    """No path or query of an operation can hold a value of a person: ids, tabs, places and pages only."""
    names = {
        p["name"] for ops in described()["paths"].values() for op in ops.values()
        for p in op.get("parameters", [])
    }  # fmt: skip
    assert names == {
        "lead", "identity", "ad", "search", "tab", "after", "limit", "venue", "place", "active_days",
        "wording", "mine", "if-match", "key",
        "open",  # the id of a lead
        "name",  # of an account of the team
        "mark",  # the number of a mark of danger
        "seq", "before",  # places in the log
        "outcome",  # the number of what became of a lead
        "note",  # the id of a note
        "number",  # of a correction
        "seconds",  # to wait for news
    }  # fmt: skip


def test_a_search_is_only_known_by_an_opaque_id(client):
    """What was searched for is in no address: the id says nothing of it, and the search comes back by it."""
    found = post(client, "/api/search", {"text": CANARY})

    assert CANARY not in found["s"] and found["total"] == 0
    assert "not a sign of safety" in found["searched"]
    assert get(client, f"/api/search/{found['s']}")["request"]["text"] == CANARY


def test_what_is_not_there_is_404(client, lead):
    """An id that names nothing is 404 for every kind of thing; so is one of another kind."""
    for path in ("leads/l", "identities/n", "ads/a", "search/s"):
        assert client.get(f"/api/{path}{'x' * 16}").status_code == 404
    assert client.get(f"/api/leads/{lead['identity']}").status_code == 404
    assert client.post("/api/identities/nx/ads", json={}).status_code == 404


odd = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
FIELDS = ("text", "filters", "first", "last", "after", "limit", "facets", "histogram", "map", "kind", "value",
          "ads", "decision", "reason", "note", "until", "replaces")  # fmt: skip


@given(st.dictionaries(st.sampled_from(FIELDS), odd, max_size=4))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_body_is_a_fault_of_the_server(client, lead, body):
    """Whatever a body holds, the answer is a page or the sender's mistake, never a 5xx."""
    text = json.dumps(body)
    for path in ("search", f"identities/{lead['identity']}/ads", f"identities/{lead['identity']}/why",
                 "leads/lx/decision", "leads/lx/undo"):  # fmt: skip
        answer = client.post(f"/api/{path}", content=text, headers={"content-type": "application/json"})
        assert answer.status_code < 500, (path, body, answer.text)


@given(st.text(max_size=40))
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_search_text_is_a_fault_of_the_server(client, text):
    """Any search text is found, finds nothing, or is refused with a place and a reason."""
    answer = client.post("/api/search", content=json.dumps({"text": text, "histogram": True}),
                         headers={"content-type": "application/json"})  # fmt: skip
    assert answer.status_code in (200, 400, 422)


@given(st.text(max_size=30), st.text(max_size=30))
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_address_is_a_fault_of_the_server(client, key, query):
    """Any id and any query are found or refused, never a 5xx."""
    from urllib.parse import quote

    for kind in ("leads", "identities", "ads", "search"):
        path = f"/api/{kind}/{quote(key, safe='', errors='replace')}"
        assert client.get(path, params={"after": query, "tab": query}).status_code < 500
    assert client.get("/api/leads", params={"after": query, "place": query}).status_code < 500


def test_every_refusal_has_a_reference_and_its_log_holds_nothing_of_the_request(
    client, monkeypatch, tmp_path
):
    """Whoever reads the reference out can be told what was refused and when, and no more."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    answers = [
        client.get(f"/api/leads/{CANARY}"),
        client.get(f"/api/{CANARY}"),
        client.post("/api/search", json={CANARY: 1}),
        client.post("/api/search", json={"text": f'{CANARY} "'}),
    ]
    [log] = tmp_path.rglob("refusals.log")
    told = [line.split(" ", 3)[1:3] for line in log.read_text().splitlines()]

    assert [answer.status_code for answer in answers] == [404, 404, 422, 400]
    assert told == [[a.json()["reference"], str(a.status_code)] for a in answers]
    assert CANARY not in log.read_text()
    assert client.get("/api/session").status_code == 200 and len(log.read_text().splitlines()) == 4


def test_a_fault_of_ours_has_a_reference_and_says_nothing_else(client, lead, monkeypatch, tmp_path):
    """An unexpected error is a 500 in the one shape, with the headers and without the message."""
    from homeward.desk import leads

    def fail(*_, **__):
        raise KeyError(CANARY)

    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr(leads, "queue", fail)
    answer = client.get("/api/leads")

    assert answer.status_code == 500 and answer.json()["reference"]
    assert answer.headers["content-security-policy"] and answer.headers["cache-control"] == "no-store"
    log = (tmp_path / "homeward" / "errors.log").read_text()
    assert answer.json()["reference"] in log and CANARY not in log + answer.text


def test_two_people_on_one_lead(own_house):
    """The first decision wins; the second person is told, with 409, and may then replace it."""
    client = api(own_house)
    lead = runs.current(own_house).leads[0]["id"]
    first = post(client, f"/api/leads/{lead}/decision", {"decision": "priority"})
    second = client.post(f"/api/leads/{lead}/decision", json={"decision": "dismiss", "reason": "spam"})

    assert second.status_code == 409
    seen = {"decision": "dismiss", "reason": "spam", "replaces": first["decision"]["id"]}
    done = post(client, f"/api/leads/{lead}/decision", seen)
    assert done["counts"]["handled"] == 1
    assert post(client, f"/api/leads/{lead}/undo", {"decision": done["decision"]["id"]})["decision"]


def of_records(client, ads):
    """How each operation over records and sources is called."""
    place = "/api/records/requests"
    keys = [
        post(client, place, {"kind": kind, "grounds": "wrong", "ads": ads})["reference"]
        for kind in ("restrict", "remove", "access")
    ]
    [m, *_] = get(client, f"/api/ads/{ads[0]}")["mentions"]
    wrong = {"ad": ads[0], "kind": m["kind"], "value": m["value"], "says": "disputed", "why": "not so"}
    number = post(client, "/api/records/corrections", wrong)["correction"]
    why = {"ads": ads, "why": "order"}
    source = {"name": "board.test", "kind": "site", "basis": "order 12", "dpia": "DPIA 4"}
    handed = {"ads": ads, "recipient": "the court", "what": "the ad", "basis": "order"}
    return {
        "see_retention": ("GET", "/api/retention", None),
        "set_ads_period": ("PUT", "/api/retention/ads", {"days": 900, "why": "policy"}),
        "set_log_period": ("PUT", "/api/retention/log", {"days": 400, "why": "policy"}),
        "shred_details": ("POST", "/api/retention/shred", {}),
        "list_sources": ("GET", "/api/sources", None),
        "register_source": ("POST", "/api/sources", source),
        "end_source": ("POST", "/api/sources/board.test/end", {"why": "over"}),
        "list_records": ("GET", "/api/records", None),
        "keep_asked": ("POST", place, {"kind": "remove", "grounds": "wrong", "ads": ads}),
        "decline_asked": ("POST", f"{place}/{keys[1]}/decline", {"why": "about nobody"}),
        "hand_over": ("POST", f"{place}/{keys[2]}/access", {"to": "the person", "basis": "Art 14"}),
        "hold_ads": ("POST", "/api/records/holds", why),
        "lift_holds": ("POST", "/api/records/holds/lift", why),
        "review_ads": ("POST", "/api/records/reviews", why),
        "disclose_ads": ("POST", "/api/records/disclosures", handed),
        "list_recipients": ("POST", "/api/records/recipients", {"ads": ads}),
        "lift_correction": ("POST", f"/api/records/corrections/{number}/lift", {"why": "it is so"}),
        "correct_value": ("POST", "/api/records/corrections", wrong),
        "restrict_asked": ("POST", f"{place}/{keys[0]}/restrict", {"why": "asked"}),
    }


def test_every_operation_leaves_an_event(own_house):
    """No operation of the API, whatever it is, shows or changes anything without one event of it."""
    from homeward.store.ledger import events

    client = api(own_house)
    first, second, third = runs.current(own_house).leads[:3]
    group = runs.current(own_house).identity(first["identity"])
    page = get(client, f"/api/identities/{first['identity']}")
    value = page["identifiers"][0]["values"][0]
    named = {"kind": value["kind"], "value": value["value"]}
    search = post(client, "/api/search", {"text": "amber"})["s"]
    made = post(client, f"/api/leads/{second['id']}/decision", {"decision": "watch"})["decision"]["id"]
    became = post(client, f"/api/leads/{second['id']}/outcome", {"outcome": "unknown"})["outcome"]["id"]
    amber = {"kind": "search", "name": "Amber", "request": {"text": "amber"}}
    watched = post(client, "/api/watches", amber)["id"]
    notes = f"/api/identities/{second['identity']}/notes"
    note = post(client, notes, {"text": "one"})["id"]
    danger = {"kind": "immediate-danger"}
    mark = post(client, f"/api/leads/{second['id']}/urgent", danger)["mark"]["id"]
    tag = get(client, "/api/area")["tag"]
    in_lead = first["identity"]
    wording = get(client, f"/api/identities/{in_lead}/wordings")["wordings"][0]["id"]
    calls = {
        "get_session": ("GET", "/api/session", None),
        "list_leads": ("GET", "/api/leads", None),
        "get_lead": ("GET", f"/api/leads/{first['id']}", None),
        "decide_lead": ("POST", f"/api/leads/{first['id']}/decision", {"decision": "watch"}),
        "undo_lead": ("POST", f"/api/leads/{second['id']}/undo", {"decision": made}),
        "get_identity": ("GET", f"/api/identities/{first['identity']}", None),
        "why_belongs": ("POST", f"/api/identities/{first['identity']}/why", named),
        "identity_ads": ("POST", f"/api/identities/{first['identity']}/ads", {}),
        "identity_wordings": ("GET", f"/api/identities/{first['identity']}/wordings", None),
        "identity_chains": (
            "POST",
            f"/api/identities/{first['identity']}/chains",
            dict(zip("ab", group["ads"], strict=False)),
        ),
        "identity_links": ("POST", f"/api/identities/{first['identity']}/links", {}),
        "identity_history": ("GET", f"/api/identities/{first['identity']}/history", None),
        "list_judgements": ("GET", "/api/judgements", None),
        "preview_judgement": (
            "POST",
            "/api/judgements/preview",
            {**dict(zip("ab", group["ads"], strict=False)), "judgement": "different"},
        ),
        "judge_ads": (
            "POST",
            "/api/judgements",
            {**dict(zip("ab", group["ads"], strict=False)), "judgement": "same", "why": "One flat"},
        ),
        "lead_chains": ("GET", f"/api/leads/{first['id']}/chains", None),
        "identity_alike": ("GET", f"/api/identities/{first['identity']}/alike", None),
        "list_surges": ("GET", "/api/surges", None),
        "identity_movement": ("GET", f"/api/identities/{first['identity']}/movement", None),
        "search_ads": ("POST", "/api/search", {"text": "amber"}),
        "get_search": ("GET", f"/api/search/{search}", None),
        "get_ad": ("GET", f"/api/ads/{group['ads'][0]}", None),
    }
    calls |= {
        "wording_rows": ("GET", f"/api/identities/{in_lead}/wordings/{wording}", None),
        "identity_photos": ("GET", f"/api/identities/{first['identity']}/photos", None),
        "search_list": ("POST", "/api/search/list", {"terms": ["amber"]}),
        "search_groups": ("POST", "/api/search/groups", {"text": "amber"}),
        "ask_network": ("POST", "/api/search/network", {"text": "amber"}),
        "get_area": ("GET", "/api/area", None),
        "put_area": ("PUT", "/api/area", {"places": ["Reno"]}),
        "record_outcome": ("POST", f"/api/leads/{first['id']}/outcome", {"outcome": "unknown"}),
        "undo_outcome": ("POST", f"/api/leads/{second['id']}/outcome/{became}/undo", {}),
        "count_outcomes": ("GET", "/api/outcomes", None),
        "get_training": ("GET", "/api/training", None),
        "put_lowered_days": ("PUT", "/api/outcomes/days", {"days": 30}),
        "list_events": ("POST", "/api/audit/events", {"person": "demo"}),
        "get_event": ("GET", "/api/audit/events/1", None),
        "get_log": ("GET", "/api/audit", None),
        "verify_log": ("POST", "/api/audit/verify", {}),
        "lead_looks": ("GET", f"/api/leads/{first['id']}/looks", None),
        "ad_looks": ("GET", f"/api/ads/{group['ads'][0]}/looks", None),
        "list_watches": ("GET", "/api/watches", None),
        "keep_watch": ("POST", "/api/watches", amber),
        "look_watch": ("POST", f"/api/watches/{watched}/look", {}),
        "delete_watch": ("POST", f"/api/watches/{watched}/delete", {}),
        "mark_urgent": ("POST", f"/api/leads/{third['id']}/urgent", {"kind": "possible-child"}),
        "undo_urgent": ("POST", f"/api/urgent/{mark}/undo", {"why": "a slip"}),
        "list_urgent": ("GET", "/api/urgent", None),
        "list_notes": ("GET", notes, None),
        "write_note": ("POST", notes, {"text": "another"}),
        "change_note": ("POST", f"{notes}/{note}", {"text": "two"}),
        "take_note_back": ("POST", f"{notes}/{note}/take-back", {}),
        "restore_note": ("POST", f"{notes}/{note}/restore", {}),
        "put_sheet": ("PUT", "/api/urgent/sheet", {"text": "The duty officer"}),
        **of_records(client, group["ads"][:1]),
    }
    known = {
        op["operationId"] for ops in described()["paths"].values() for op in ops.values()
        if not {"door", "people", "cases"} & set(op["tags"])  # tests/desk/test_desk_people_events.py
    }  # fmt: skip
    # A demo takes no ad by hand (tests/desk/test_desk_entry.py); what a second person or a cleared persona
    # is needed for is in tests/desk/test_desk_urgent.py and test_desk_outcomes.py; erasing, and lifting what
    # was restricted, in tests/app/test_api_records.py. Waiting for news shows nothing (test_api_news.py).
    elsewhere = {
        "wait_for_news",
        "add_ad",
        "erase_ads",
        "lift_restriction",
        "acknowledge_urgent",
        "lift_urgent",
        "lift_lowering",
    }
    assert set(calls) == known - elsewhere

    for name, (method, path, body) in calls.items():
        with own_house.ledger.read() as tx:
            before = events.count(tx)
        seen = {"if-match": tag}
        answer = (
            client.request(method, path, json=body, headers=seen) if body is not None else client.get(path)
        )
        assert answer.status_code == 200, (name, answer.text)
        with own_house.ledger.read() as tx:
            [last] = events.read(tx, limit=1, newest_first=True)
            assert events.count(tx) == before + 1, name
        assert last.event.door == "api" and last.event.actor == "demo"
