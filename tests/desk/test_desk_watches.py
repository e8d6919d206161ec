"""Saved searches and watched values: what is new, for their owner alone, until a day."""

from datetime import timedelta

import pytest

from homeward.desk import outcomes, records, runs, supply, urgent, watches
from homeward.model.actor import Actor, Purpose, Role
from homeward.model.capture import Supply
from homeward.model.errors import NotFound, PurposeNeeded, QueryError, UsageError
from homeward.model.event import Act
from homeward.model.judgement import Outcome
from homeward.store.ledger import events
from people_kit import LOCAL, Clock

ANN = Actor("ann", "api", Role.ANALYST, Purpose.IDENTIFY)
BEN = Actor("ben", "api", Role.ANALYST, Purpose.IDENTIFY)
SUE = Actor("sue", "api", Role.SUPERVISOR, Purpose.IDENTIFY)


def ad(number, text):
    return (
        f'{{"id": "w-{number}", "site": "watch.test", "title": "Companion", "body": "{text} 702-555-0142", '
        '"posted_at": "2026-01-15T12:00:00Z"}\n'
    )


def take_in(house, folder, *rows):
    file = folder / f"{len(rows)}-{hash(rows) % 10**6}.jsonl"
    file.write_text("".join(rows))
    supply.ingest(LOCAL, house, str(file), Supply("a test", "invented data"))


@pytest.fixture
def house(empty_house, tmp_path):
    """A workspace of two ads, and a clock that is told."""
    take_in(empty_house, tmp_path, ad(1, "Amber here, call"), ad(2, "Quiet massage"))
    Clock(empty_house)
    return empty_house


def keep(house, text="amber", actor=ANN, **more):
    return watches.keep(actor, house, "search", "Amber", {"text": text}, **more)["id"]


def newest(house):
    with house.ledger.read() as tx:
        return next(events.read(tx, limit=1, newest_first=True)).event


def told(house, actor=ANN):
    return [(row["total"], row["new"]) for row in watches.listing(actor, house)["watches"]]


def test_what_came_since_the_last_look_is_new_once(house, tmp_path):
    """What was there when it was kept is not; listing tells of it and looking takes it in."""
    key = keep(house)
    assert told(house) == [(1, 0)]
    take_in(house, tmp_path, ad(3, "Amber again"), ad(4, "Nobody you know"))
    assert told(house) == [(2, 1)] == told(house)
    seen = watches.look(ANN, house, key)
    assert [hit["source_id"] for hit in seen["hits"]] == ["w-3"] and seen["new"] == 1
    assert told(house) == [(2, 0)] and watches.look(ANN, house, key)["hits"] == []


def test_a_value_is_watched(house, tmp_path):
    """By its kind: the number, however it is written; words alone do not meet it."""
    number = {"text": 'phone:"+17025550142"'}
    key = watches.keep(ANN, house, "value", "A number", number)["id"]
    assert told(house) == [(2, 0)]
    take_in(house, tmp_path, ad(5, "Late"), ad(6, "x").replace("702-555-0142", "702-555-0143"))
    assert [hit["source_id"] for hit in watches.look(ANN, house, key)["hits"]] == ["w-5"]


def test_a_watch_is_its_owners_alone(house):
    """Anybody else's is like one that never was: for another analyst, a supervisor, and the command line."""
    key = keep(house)
    for other in (BEN, SUE, LOCAL):
        assert told(house, other) == []
        for act in (watches.look, watches.delete):
            with pytest.raises(NotFound) as caught:
                act(other, house, key)
            assert str(caught.value).replace(key, "x") == str(NotFound("watch", "x"))
    assert watches.delete(ANN, house, key) and told(house) == []


def test_a_watch_ends(house):
    """On its day it is gone; none lasts for longer than half a year."""
    key, now = keep(house, days=30), house.clock()
    object.__setattr__(house, "clock", lambda: now + timedelta(days=30, seconds=-1))
    assert len(told(house)) == 1
    object.__setattr__(house, "clock", lambda: now + timedelta(days=30))
    assert told(house) == []
    with pytest.raises(NotFound):
        watches.look(ANN, house, key)
    with pytest.raises(UsageError):
        keep(house, days=181)


def test_what_is_no_watch_is_refused(house, monkeypatch):
    """Every ad, a search that cannot be read, no name, too many, and nobody without a purpose."""
    for text in ("", "*"):
        with pytest.raises((UsageError, QueryError)):
            keep(house, text)
    with pytest.raises(QueryError):
        keep(house, "(amber")
    with pytest.raises(UsageError):
        watches.keep(ANN, house, "search", " ", {"text": "amber"})
    with pytest.raises(PurposeNeeded):
        watches.listing(Actor("ann", "api", Role.ANALYST), house)
    monkeypatch.setattr(watches, "MOST", 2)
    keep(house), keep(house)
    with pytest.raises(UsageError):
        keep(house)
    assert keep(house, actor=BEN)


def test_a_watch_of_too_much_tells_nothing_apart(house, monkeypatch):
    """It says so, and finds all the same."""
    monkeypatch.setattr(watches, "MOST_FOUND", 1)
    keep(house, "amber OR massage")
    [row] = watches.listing(ANN, house)["watches"]
    assert (row["total"], row["new"], row["too_many"]) == (2, 0, True)


@pytest.mark.trust("AUD-1")
def test_each_look_is_written_down(house):
    """With the words, which stay sealed, and never for the list of them."""
    key = keep(house)
    watches.listing(ANN, house)
    assert (newest(house).act, newest(house).objects) == (Act.WATCHED, (key,))
    watches.look(ANN, house, key)
    found = newest(house)
    assert (found.act, found.actor, found.purpose) == (Act.SEARCH, "ann", str(Purpose.IDENTIFY))
    assert found.detail["query"]["text"] == "amber" and found.detail["watch"] == key


@pytest.mark.trust("SAF-8")
def test_who_was_cleared_is_still_found_by_a_watch(own_house):
    """Neither outcome that clears a persona takes an ad of it out of a watch; an urgent mark does."""
    house, run = own_house, runs.current(own_house)
    lead = run.leads[0]
    ads = run.identity(lead["identity"])["ads"]
    text = " OR ".join(f"ad:{one}" for one in ads[:20])
    key = keep(house, text)
    persona = next(row["persona"] for row in run.members_of(ads).values() if row["persona"])
    before = told(house)
    for outcome in (Outcome.CONSENSUAL, Outcome.UNFOUNDED):
        try:
            outcomes.record(ANN, house, lead["id"], outcome, persona=persona)
        except UsageError:
            continue  # what is a network is not lowered at all
        assert told(house) == before == [(min(20, len(ads)), 0)]
    urgent.flag(BEN, house, lead["id"], "possible-child")
    assert told(house) == [(0, 0)]
    assert watches.look(ANN, house, key)["hits"] == []


def test_an_erased_value_is_watched_no_more(house):
    """Erasure forgets watches that name it; the others stay."""
    keep(house, 'phone:"+17025550142"')
    keep(house, "quiet")
    [found] = house.index.search(watches._query({"text": "amber", "filters": []})).hits
    records.erase(LOCAL, house, [found.ad], why="asked for")
    assert [row["request"]["text"] for row in watches.listing(ANN, house)["watches"]] == ["quiet"]
