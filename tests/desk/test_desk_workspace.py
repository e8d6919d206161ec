import gc
from datetime import UTC, datetime

from homeward.desk import leads, runs, workspace
from homeward.desk.workspace import searched
from homeward.model.actor import Actor
from homeward.store.ledger import pins

ACTOR = Actor("demo", "api")
DAY = datetime(2026, 1, 20, 9, tzinfo=UTC)


def holding(**more):
    return {"ads": 2, "sites": ["cityboard.test"], "first": DAY, "last": DAY, "last_taken_in": DAY, **more}


def test_an_empty_result_says_what_was_searched():
    """How many ads, from where, from when to when, last taken in, and that it is no sign of safety."""
    assert searched(holding()) == (
        "None in this workspace: 2 ads, cityboard.test, 20 Jan 2026 to 20 Jan 2026, "
        "last taken in 20 Jan 2026, 09:00 UTC; this is not a sign of safety."
    )


def test_many_sites_are_counted():
    """The first sites are named, the others counted."""
    assert "and 2 more sites" in searched(holding(sites=[f"s{n}.test" for n in range(7)]))


def test_undated_ads_and_none_at_all_have_their_sentence():
    """Without dates it says so; without ads it says that it holds none; both are no sign of safety."""
    undated = searched(holding(first=None, last=None))
    nothing = searched(holding(ads=0))

    assert "undated" in undated and "no ads yet" in nothing
    assert all(s.endswith("this is not a sign of safety.") for s in (undated, nothing))


def test_an_empty_workspace_has_every_page(empty_house):
    """Before anything is taken in, the session and the queue say so; nothing fails."""
    session = workspace.session(ACTOR, empty_house)
    queue = leads.queue(ACTOR, empty_house)

    assert (session["ads"], session["run"], session["banner"]) == (0, None, "for invented or released data")
    assert queue["leads"] == [] and "not a sign of safety" in queue["searched"]


def test_the_session_counts_what_is_there(demo_house):
    """The session's counts are those of the lake."""
    found = workspace.session(ACTOR, demo_house)
    [row] = demo_house.lake.query("SELECT count(DISTINCT ad) AS n FROM ads").to_pylist()

    assert found["ads"] == row["n"] > 500
    assert found["kind"] == "demo" and found["run"]["leads"] > 0


def test_what_was_read_is_no_longer_looked_through_until_another_run_takes_its_place(own_house):
    """A new run makes garbage of the one before, which goes in a circle: only the collector finds it."""
    runs.warm(own_house)
    runs.settle()
    assert runs.current(own_house) and gc.get_freeze_count() > 0
    with own_house.ledger.write() as tx:
        kept = pins.current(tx)
        pins.publish(tx, "next", kept.pins, kept.meta)
    assert runs.current(own_house).id == "next"
    assert gc.get_freeze_count() == 0
