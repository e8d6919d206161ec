"""The records officer's screen through the web: ask, restrict, lift, hold, hand over, and erase by two."""

import pytest

from homeward.desk import runs
from homeward.model.actor import Role
from homeward.store.ledger import periods
from people_kit import COOKIE, account, client_of, session

TEAM = {"rita": Role.RECORDS, "sue": Role.SUPERVISOR, "ann": Role.ANALYST}


@pytest.fixture
def call(own_house):
    """Ask as one of the team: who, method, path, body → status and JSON."""
    client = client_of(own_house)
    tokens = {name: session(own_house, account(own_house, name, role), role) for name, role in TEAM.items()}

    def ask(who, method, path, body=None):
        client.cookies.clear()
        client.cookies.set(COOKIE, tokens[who])
        answer = client.request(method, f"/api{path}", json=body)
        return answer.status_code, answer.json()

    return ask


def first_ads(house, count=2):
    run = runs.current(house)
    return run.identity(run.leads[0]["identity"])["ads"][:count]


@pytest.mark.trust("PRV-5")
def test_a_request_is_kept_restricted_and_lifted_on_the_screen(own_house, call):
    """What it touches is told before; nobody but the officer may, and each act says why."""
    ads = first_ads(own_house)
    asked = {"kind": "restrict", "grounds": "not-my-will", "ads": ads}
    assert call("ann", "POST", "/records/requests", asked)[0] == 403
    status, made = call("rita", "POST", "/records/requests", asked)
    place = f"/records/requests/{made['reference']}"
    [row] = call("rita", "GET", "/records")[1]["requests"]
    assert status == 200 and (row["leads"], row["held"], row["answer"]) == (1, 0, None)
    assert call("rita", "POST", f"{place}/restrict", {"why": ""})[0] == 422
    assert call("rita", "POST", f"{place}/restrict", {"why": "asked"})[1]["answer"] == "restricted"
    assert call("rita", "GET", "/records")[1]["requests"][0]["answer"] == "restricted"
    assert call("rita", "POST", f"{place}/lift", {"why": "taken back"})[1]["answer"] == "lifted"
    assert call("rita", "GET", "/records")[1]["requests"] == []
    assert call("ann", "GET", "/records")[0] == 403


def test_holds_reviews_and_what_was_handed_out_are_listed(own_house, call):
    """A hold and a disclosure stand on the page; lifted, the hold is gone."""
    ads = first_ads(own_house)
    call("rita", "POST", "/records/holds", {"ads": ads, "why": "order"})
    call("rita", "POST", "/records/reviews", {"ads": ads, "why": "open case", "days": 30})
    handed = {"ads": ads, "recipient": "the court", "what": "the ads", "basis": "order 12"}
    call("rita", "POST", "/records/disclosures", handed)
    page = call("rita", "GET", "/records")[1]
    assert {row["ad"] for row in page["holds"]} == set(ads)
    assert [(row["recipient"], row["ads"]) for row in page["disclosed"]] == [("the court", 2)]
    assert len(call("rita", "POST", "/records/recipients", {"ads": ads})[1]["recipients"]) == 2
    assert call("rita", "POST", "/records/recipients", {"ads": ["no-ad"]}) == (200, {"recipients": []})
    assert call("rita", "POST", "/records/holds/lift", {"ads": ads, "why": "over"})[1]["lifted"] == 2
    assert call("rita", "GET", "/records")[1]["holds"] == []


@pytest.mark.trust("ACL-7")
def test_an_erasure_takes_two_and_exactly_these_ads(own_house, call):
    """Refused alone and for other ads; once agreed it is done, and only once."""
    one, other = first_ads(own_house)
    erase = {"ads": [one], "why": "asked by the person", "reference": ""}
    assert call("rita", "POST", "/records/erase", erase)[1]["type"] == "second-person"
    asked = {"action": "records.erase", "parameters": {"ads": one, "reference": ""}, "why": "asked"}
    assert call("ann", "POST", "/requests", asked)[0] == 403
    key = call("rita", "POST", "/requests", asked)[1]["id"]
    assert call("rita", "POST", f"/requests/{key}", {"agree": True})[0] == 403
    assert call("sue", "POST", f"/requests/{key}", {"agree": True})[1]["decision"] == "agreed"
    assert call("rita", "POST", "/records/erase", {**erase, "ads": [other]})[1]["type"] == "second-person"
    status, done = call("rita", "POST", "/records/erase", erase)
    assert status == 200 and done["ended"] and done["traces"] == []
    left = set(own_house.lake.read("ads", columns=["ad"])["ad"].to_pylist())
    assert one not in left and other in left
    assert call("rita", "POST", "/records/erase", erase)[1]["type"] == "second-person"


def test_a_purge_goes_in_portions_that_two_agree_to(own_house, call):
    """What is due is told by the hundred, asked for as one and agreed to; other ads are another portion."""
    with own_house.ledger.write() as tx:
        periods.put_ads(tx, -1)  # as if all of them had been taken in long ago
    due = call("rita", "GET", "/records")[1]["due"]
    assert len(due) > 550
    portion = {"ads": " ".join(sorted(due[:550])), "reference": ""}
    asked = {"action": "records.erase", "parameters": portion, "why": "its time is up"}
    key = call("rita", "POST", "/requests", asked)[1]["id"]
    assert call("sue", "POST", f"/requests/{key}", {"agree": True})[1]["decision"] == "agreed"
    erase = {"why": "its time is up", "reference": ""}
    assert call("rita", "POST", "/records/erase", {**erase, "ads": due[1:551]})[1]["type"] == "second-person"
    status, done = call("rita", "POST", "/records/erase", {**erase, "ads": due[:550]})
    assert (status, done["ads"]) == (200, 550)
    if done["ended"]:
        assert call("rita", "GET", "/records")[1]["due_total"] == len(due) - 550


def test_what_is_held_is_handed_over_and_a_value_corrected(own_house, call):
    """Through the web as on the command line."""
    [ad] = first_ads(own_house, 1)
    asked = {"kind": "access", "grounds": "shows-me", "ads": [ad]}
    reference = call("rita", "POST", "/records/requests", asked)[1]["reference"]
    place = f"/records/requests/{reference}"
    status, paper = call("rita", "POST", f"{place}/access", {"to": "the person", "basis": "Art 14"})
    assert status == 200 and [row["ad"] for row in paper["ads"]] == [ad]
    value = paper["ads"][0]["read"][0]["value"]
    found = own_house.lake.find("mentions", [ad], columns=["kind", "value"]).to_pylist()
    kind = next(m["kind"] for m in found if m["value"] == value)
    wrong = {"ad": ad, "kind": kind, "value": value, "says": "disputed", "why": "not hers"}
    made = call("rita", "POST", "/records/corrections", wrong)[1]
    assert {row["recipient"] for row in made["recipients"]} == {"the person"}
    [row] = call("rita", "GET", "/records")[1]["corrections"]
    assert (row["ad"], row["value"]) == (ad, value)
    number = made["correction"]
    assert call("rita", "POST", f"/records/corrections/{number}/lift", {"why": "hers"})[0] == 200
    assert call("rita", "POST", f"/records/corrections/{number}/lift", {"why": "hers"})[0] == 404


def test_a_declined_request_is_answered(own_house, call):
    """It waits no longer, and cannot be restricted any more."""
    asked = {"kind": "restrict", "grounds": "other", "ads": first_ads(own_house, 1)}
    reference = call("rita", "POST", "/records/requests", asked)[1]["reference"]
    place = f"/records/requests/{reference}"
    assert call("rita", "POST", f"{place}/decline", {"why": "about nobody"})[1]["answer"] == "declined"
    assert call("rita", "POST", f"{place}/restrict", {"why": "x"})[0] == 400


def test_sources_are_registered_and_ended_on_the_screen(own_house, call):
    """By the officer; an analyst neither sees nor changes them."""
    said = {"name": "board.test", "kind": "site", "basis": "order 12", "dpia": "DPIA 4"}
    assert call("ann", "POST", "/sources", said)[0] == 403
    assert call("rita", "POST", "/sources", said)[0] == 200
    assert call("rita", "POST", "/sources/board.test/end", {"why": "over"})[1]["ended_by"] == "rita"
    names = [row["name"] for row in call("rita", "GET", "/sources")[1]["sources"]]
    assert names == ["invented", "board.test"] and call("ann", "GET", "/sources")[0] == 403
