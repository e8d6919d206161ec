"""An ad added by hand is stored, read and searched like any other, and written down."""

import pytest

from homeward.desk import ads, entry, search
from homeward.model.actor import Actor
from homeward.model.errors import UsageError, WorkspaceKind
from homeward.store.ledger import events

ACTOR = Actor("local:1", "api")
TEXT = "Amber here, new in Reno. Call 702 555 0134, 100 an hour."


def test_a_pasted_text_becomes_an_ad(empty_house):
    """Its values are read, the search finds it, and its page says who supplied it."""
    made = entry.add(ACTOR, empty_house, {"body": TEXT, "posted_at": "2026-01-20"}, basis="a complaint")
    page = ads.page(ACTOR, empty_house, made["ad"])

    assert made["became"] == "stored"
    assert "+17025550134" in {m["value"] for m in page["mentions"]}
    assert page["ad"]["zone_assumed"] and page["ad"]["posted_at"].isoformat().startswith("2026-01-20")
    assert page["facts"]["basis"] == "a complaint" and "local:1" in page["facts"]["statement"]
    assert search.search(ACTOR, empty_house, "702 555 0134")["total"] == 1
    assert not list((empty_house.home / "spool").iterdir())
    with empty_house.ledger.read() as tx:
        stages = [e.event.detail.get("stage") for e in events.read(tx) if e.event.act == "ingest"]
    assert sorted(stages) == ["begun", "ended"]


def test_the_same_ad_again_is_a_sighting_and_another_text_a_capture(empty_house):
    """An address names an ad; what stands there may change."""
    at = {"url": "https://board.test/1", "body": TEXT}
    became = [
        entry.add(ACTOR, empty_house, given) for given in (at, at, {**at, "html": "", "body": TEXT + " Bye."})
    ]

    assert [one["became"] for one in became] == ["stored", "repeated", "changed"]
    assert len({one["ad"] for one in became}) == 1
    assert ads.page(ACTOR, empty_house, became[0]["ad"])["earlier"][0]["changes"]


def test_a_saved_page_is_read_as_its_text(empty_house):
    """Markup is not text: scripts and styles say nothing."""
    page = "<html><script>var x='702 555 0111'</script><p>Call <b>702 555 0134</b></p></html>"
    made = entry.add(ACTOR, empty_house, {"html": page, "url": "https://board.test/2"})

    values = {m["value"] for m in ads.page(ACTOR, empty_house, made["ad"])["mentions"]}
    assert "+17025550134" in values and "+17025550111" not in values


def test_without_text_there_is_no_ad(empty_house):
    with pytest.raises(UsageError):
        entry.add(ACTOR, empty_house, {"url": "https://board.test/3", "body": ""})


def test_a_demo_workspace_takes_no_ad_by_hand(own_house):
    with pytest.raises(WorkspaceKind):
        entry.add(ACTOR, own_house, {"body": TEXT})
