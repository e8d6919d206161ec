"""The second layer for changes: with every check of the program left out, the database changes nothing."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from homeward.model.account import Account, AccountState
from homeward.model.actor import Role
from homeward.model.case import Case, Standing, State
from homeward.model.judgement import Decision, Judgement, PairJudgement
from homeward.store.ledger import (
    Ledger,
    accounts,
    cases,
    decisions,
    dossier_notes,
    flags,
    glasses,
    judgements,
    requests,
    searches,
    sight,
    watches,
)
from homeward.store.ledger.people_tables import lowered
from homeward.store.ledger.tables import metadata

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)
HIDDEN = frozenset({"a3"})


def pair(a, b, by):
    return PairJudgement(a, b, Judgement.SAME, by, NOON, "one voice")


def a_watch(tx, owner, case, key):
    watches.keep(tx, owner, "value", "n", {}, case=case, at=NOON, until=LATER, seen=b"", id=key)


def a_note(tx, by, case, ad="a1"):
    return dossier_notes.add(tx, "a note", identity="i1", ad=ad, case=case, by=by, at=NOON)


def fill(tx):
    """Ben has a sealed case and something in each table; Ann has a case, a note and a watch."""
    for key, owner in (("c1", "ben"), ("c2", "ann")):
        cases.add(tx, Case(key, "Quiet", State.OPEN, True, owner, NOON, {owner: Standing.LEAD}))
        a_note(tx, owner, key)
        a_watch(tx, owner, key, f"w-{owner}")
        requests.add(tx, "case.unseal", {"case": key}, by=owner, why="w", case=key, at=NOON, until=LATER)
        flags.add(tx, f"l-{owner}", "possible-child", ["a1"], why="w", by=owner, at=NOON)
    glasses.add(tx, "gil", "c1", "urgent", at=NOON, until=LATER)
    judgements.record(tx, pair("a1", "a3", "ben"))


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    made = Ledger(tmp_path_factory.mktemp("refusals") / "ledger.db", bytes(range(32)))
    with made.write() as tx:
        fill(tx)
    return made


def whole(ledger):
    with ledger.read() as tx:
        return {name: tx.execute(sa.select(table)).all() for name, table in metadata.tables.items()}


def set_all(table, **values):
    return lambda tx: tx.execute(metadata.tables[table].update().values(**values))


def refused(ledger, who, change):
    before = whole(ledger)
    with pytest.raises(IntegrityError), sight.seen_by(who), ledger.write() as tx:
        change(tx)
    assert whole(ledger) == before


@pytest.mark.trust("ACL-4")
@pytest.mark.parametrize(
    "change",
    [
        set_all("cases", title="Loud"), set_all("case_members", standing="lead"),
        set_all("watches", name="m"), set_all("dossier_notes", text="other"),
        set_all("requests", decision="agreed"), set_all("child_flags", lifted_by="ann"),
        set_all("glass", reviewed_by="ann"), set_all("judgements", why="other"),
        lambda tx: tx.execute(metadata.tables["case_members"].delete()),
        lambda tx: tx.execute(metadata.tables["dossier_notes"].delete()),
    ],
)  # fmt: skip
def test_rows_that_are_not_shown_are_not_there_to_be_changed(kept, change):
    """For whom nothing is shown: not a row is changed, and none is said to be there."""
    before = whole(kept)
    with sight.seen_by(sight.Asking("zoe", NOON, hidden=HIDDEN)), kept.write() as tx:
        assert change(tx).rowcount == 0
    assert whole(kept) == before


@pytest.mark.trust("ACL-4")
@pytest.mark.parametrize(
    "change",
    [
        lambda tx: cases.join(tx, "c1", "ann", Standing.LEAD, by="ann", at=NOON),
        lambda tx: a_note(tx, "ann", "c1"), lambda tx: a_note(tx, "ben", None),
        lambda tx: a_watch(tx, "ben", None, "w9"), lambda tx: a_watch(tx, "ann", "c1", "w9"),
        lambda tx: decisions.decide(tx, "l1", Decision.WATCH, by="ann", at=NOON, case="c1"),
        lambda tx: decisions.decide(tx, "l1", Decision.WATCH, by="ben", at=NOON),
        lambda tx: judgements.record(tx, pair("a1", "a2", "ben")),
        lambda tx: judgements.record(tx, pair("a1", "a3", "ann")),
        lambda tx: glasses.add(tx, "gil", "c1", "again", at=NOON, until=LATER),
        lambda tx: requests.add(tx, "case.unseal", {"case": "c1"}, by="ann", why="w", case="c1", at=NOON,
                                until=LATER),
    ],
)  # fmt: skip
def test_what_is_not_ones_own_is_not_changed(kept, change):
    """Rows in the name of others, of cases of others, on ads that are hidden."""
    refused(kept, sight.Asking("ann", NOON, hidden=HIDDEN), change)


@pytest.mark.trust("ACL-4")
def test_ones_own_is_changed(tmp_path):
    """The same statements over what is one's own, and in one's own name."""
    ledger = Ledger(tmp_path / "ledger.db", bytes(range(32)))
    with ledger.write() as tx:
        fill(tx)
    with sight.seen_by(sight.Asking("ann", NOON, hidden=HIDDEN)), ledger.write() as tx:
        cases.change(tx, "c2", title="Loud")
        cases.join(tx, "c2", "cy", Standing.MEMBER, by="ann", at=NOON)
        cases.add(tx, Case("c3", "New", State.OPEN, False, "ann", NOON, {"ann": Standing.LEAD}))
        a_note(tx, "ann", "c2")
        a_watch(tx, "ann", None, "w9")
        watches.remove(tx, "w-ann")
        decisions.decide(tx, "l1", Decision.WATCH, by="ann", at=NOON, case="c2")
        judgements.record(tx, pair("a1", "a2", "ann"))
    with ledger.read() as tx:
        assert cases.find(tx, "c2").title == "Loud" and "cy" in cases.find(tx, "c2").members


@pytest.mark.trust("ACL-4")
@pytest.mark.parametrize(
    "change",
    [
        lambda tx: accounts.change(tx, "ann", display="x"), set_all("accounts", role="supervisor"),
        lambda tx: tx.execute(lowered.insert().values(persona="p", facts="{}", until=NOON)),
        lambda tx: judgements.record(tx, pair("a1", "a2", "ann")), lambda tx: a_note(tx, "ann", "c2"),
        lambda tx: tx.execute(metadata.tables["dossier_notes"].delete()),
    ],
)  # fmt: skip
def test_a_look_changes_nothing(kept, change):
    """Whatever a function that only looks would write, but the log and what was searched for."""
    with kept.write() as tx:
        if accounts.find(tx, "ann") is None:
            accounts.add(tx, Account("ann", "Ann", Role.ANALYST, AccountState.ACTIVE, "ada", NOON))
    refused(kept, sight.Asking("ann", NOON, changes=False), change)
    with sight.seen_by(sight.Asking("ann", NOON, changes=False)), kept.write() as tx:
        tx.execute(metadata.tables["searches"].delete())
        searches.keep(tx, "ann", {"text": "x"}, at=NOON, id="s-ann")


@pytest.mark.trust("ACL-4")
def test_a_judgement_on_a_hidden_ad_is_no_row(kept):
    """For whom the ad is restricted; one who sees it reads the judgement, on the same connection too."""
    for hidden, rows in ((HIDDEN, 0), (frozenset(), 1), (HIDDEN, 0), (frozenset({"a1"}), 0)):
        with sight.seen_by(sight.Asking("ann", NOON, hidden=hidden)), kept.read() as tx:
            assert len(judgements.history(tx)) == len(judgements.in_force(tx)) == rows
            assert len(judgements.history(tx, "a1")) == rows


@pytest.mark.trust("ACL-4")
def test_the_supervisor_and_the_duty_officer_change_what_is_theirs(tmp_path):
    """A request of others is answered, a mark lifted, a glass reviewed: the role is shown them."""
    ledger = Ledger(tmp_path / "ledger.db", bytes(range(32)))
    with ledger.write() as tx:
        fill(tx)
    who = sight.Asking("sue", NOON, knows=True, duty=True, answers=True, reviews=True)
    with sight.seen_by(who), ledger.write() as tx:
        for change in (set_all("requests", decision="agreed"), set_all("child_flags", lifted_by="sue"),
                       set_all("glass", reviewed_by="sue")):  # fmt: skip
            assert change(tx).rowcount
        assert set_all("cases", title="Loud")(tx).rowcount == 0  # sealed ones are not the supervisor's either
