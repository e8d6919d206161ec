"""The second layer below permission: what the database shows, whatever the program forgets."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlcipher3.dbapi2 import Error

from homeward.model.case import Case, Standing, State
from homeward.model.event import Act, Event
from homeward.model.judgement import Decision, Outcome
from homeward.store.ledger import (
    Ledger,
    cases,
    decisions,
    dossier_notes,
    events,
    flags,
    glasses,
    outcomes,
    requests,
    searches,
    sight,
    watches,
)
from homeward.store.ledger.tables import metadata

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)
CANARY = "zqcanary"
GUARDED = sorted(
    sight.VIEWS.keys() - {"judgements"}
)  # which are everybody's, but for ads that one may not see


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    """A ledger in which Ben has a case, and something in every table that is guarded."""
    made = Ledger(tmp_path_factory.mktemp("sight") / "ledger.db", bytes(range(32)))
    case = Case("c1", CANARY, State.OPEN, True, "ben", NOON, {"ben": Standing.LEAD})
    with made.write() as tx:
        cases.add(tx, case)
        glasses.add(tx, "ben", "c1", CANARY, at=NOON, until=LATER)
        requests.add(tx, "case.unseal", {"case": "c1"}, by="ben", why=CANARY, case="c1", at=NOON, until=LATER)
        watches.keep(
            tx, "ben", "search", CANARY, {"text": CANARY}, case=None, at=NOON, until=LATER, seen=b"", id="w1"
        )
        searches.keep(tx, "ben", {"text": CANARY}, at=NOON, id="s1")
        for kept in ("c1", None):
            dossier_notes.add(tx, CANARY, identity="i1", ad="a1", case=kept, by="ben", at=NOON)
        flags.add(tx, "l1", "possible-child", ["a1"], why=CANARY, by="ben", at=NOON)
        decisions.decide(tx, "l1", Decision.WATCH, by="ben", at=NOON, note=CANARY, case="c1")
        outcomes.record(tx, "l1", Outcome.NOT_FOUND, note=CANARY, case="c1", by="ben", at=NOON)
        for of in ("c1", ""):
            events.record(
                tx, Event(NOON, "ben", "api", Act.SEARCH, ("c1",), "done", {"query": CANARY}, case=of)
            )
    return made


def everything(ledger, who):
    """Every row of every guarded table, as a function that forgot every filter would read it."""
    with sight.seen_by(who), ledger.read() as tx:
        return {name: tx.execute(sa.select(metadata.tables[name])).mappings().all() for name in GUARDED}


def test_a_stranger_is_given_no_row_of_others(ledger):
    """Not one; that a lead was decided on and what became of it is everybody's, the words are not."""
    found = everything(ledger, sight.Asking("ann", NOON))

    decided = {name: len(rows) for name, rows in found.items() if rows}
    assert decided == {"decisions": 1, "outcomes": 1} and CANARY not in str(found)


def test_whose_it_is_gets_every_row(ledger):
    """The same reading finds all of it."""
    found = everything(ledger, sight.Asking("ben", NOON))

    assert all(CANARY in str(rows) for name, rows in found.items() if name in metadata.tables
               and name not in ("case_members", "events", "event_keys"))  # fmt: skip
    assert all(found.values())


@pytest.mark.parametrize(
    ("given", "table"),
    [("audits", "events"), ("duty", "child_flags"), ("answers", "requests"), ("reviews", "glass")],
)
def test_a_role_is_given_one_thing(ledger, given, table):
    """What a role is for opens that table and no other."""
    found = everything(ledger, sight.Asking("ann", NOON, **{given: True}))

    opened = {name for name, rows in found.items() if rows} - {"decisions", "outcomes"}
    assert opened == ({"events", "event_keys"} if given == "audits" else {table})


def test_a_supervisor_knows_of_no_sealed_case(ledger):
    """Not even of its being there."""
    assert everything(ledger, sight.Asking("sue", NOON, knows=True))["cases"] == []


@pytest.mark.parametrize(("at", "read"), [(NOON, True), (LATER, False)])
def test_broken_glass_opens_a_case_for_a_time(ledger, at, read):
    """And the database itself knows when it is over."""
    with ledger.write() as tx:
        if not [one for one in glasses.listed(tx) if one["account"] == "gil"]:
            glasses.add(tx, "gil", "c1", "urgent", at=NOON, until=LATER)

    assert bool(everything(ledger, sight.Asking("gil", at))["cases"]) is read


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM main.cases", "SELECT text FROM main.dossier_notes",
        "SELECT count(*) FROM main.watches",
        "SELECT c.title FROM temp.asking JOIN main.cases c", "DROP VIEW temp.cases",
        "CREATE TEMP VIEW mine2 AS SELECT * FROM main.cases", "ATTACH ':memory:' AS other",
        "PRAGMA writable_schema = ON", "UPDATE cases SET title = ''",
    ],
)  # fmt: skip
def test_ways_past_the_views_are_refused(ledger, statement):
    """Naming the table itself, or changing what stands before it."""
    with pytest.raises(Error), sight.seen_by(sight.Asking("ann", NOON)), ledger.write() as tx:
        tx.connection.cursor().execute(statement).fetchall()


def test_the_house_itself_sees_the_whole(ledger):
    """Outside an act, and where the gate asks for it."""
    with sight.seen_by(sight.Asking("ann", NOON)), sight.whole(), ledger.read() as tx:
        assert cases.find(tx, "c1") is not None


def test_who_asks_is_never_left_behind(ledger):
    """A connection that served one person serves the next as themselves, after a fault as well."""
    for who, there in (("ben", True), ("ann", False), ("ben", True), ("ann", False)):
        with pytest.raises(ZeroDivisionError), sight.seen_by(sight.Asking(who, NOON)), ledger.write() as tx:
            assert (cases.find(tx, "c1") is not None) is there
            raise ZeroDivisionError


def test_what_one_writes_is_kept(ledger):
    """Changes reach the table behind the view, and count as usual."""
    with sight.seen_by(sight.Asking("cy", NOON)), ledger.write() as tx:
        made = {"kind": "search", "name": "n", "query": {}, "case": None, "at": NOON, "until": LATER}
        watches.keep(
            tx, "cy", made.pop("kind"), made.pop("name"), made.pop("query"), **made, seen=b"", id="w2"
        )
        watches.looked(tx, "w2", b"x", at=LATER)
        assert watches.find(tx, "cy", "w2", at=NOON).seen == b"x"
        watches.remove(tx, "w2")
        assert watches.of(tx, "cy", at=NOON) == []
        assert decisions.decide(tx, "l2", Decision.WATCH, by="cy", at=NOON) == decisions.newest(tx)
