"""What every ledger promises: events that cannot be changed, and each act whole or not at all."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError

from homeward.model.errors import NotFound, UsageError
from homeward.model.event import Act, Event
from homeward.model.identity import Level
from homeward.model.judgement import Decision, DismissReason, Judgement, PairJudgement
from homeward.store.ledger import (
    Ledger,
    decisions,
    events,
    identity_history,
    jobs,
    judgements,
    leads,
    meta,
    pins,
    searches,
    watermarks,
)

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
KEY = bytes(range(32))


@pytest.fixture
def ledger(tmp_path):
    ledger = Ledger(tmp_path / "ledger.db", KEY)
    yield ledger
    ledger.close()


@pytest.fixture
def tx(ledger):
    with ledger.write() as tx:
        yield tx


def look(*objects, **detail):
    return Event(NOON, "local:0", "cli", Act.LOOK, objects, detail=detail)


# Transactions.


def test_an_act_that_fails_leaves_neither_effect_nor_event(ledger):
    with pytest.raises(ZeroDivisionError), ledger.write() as tx:
        meta.put(tx, "fact", 1)
        events.record(tx, look("a1"))
        1 / 0  # noqa: B018

    with ledger.read() as tx:
        assert meta.get(tx, "fact") is None
        assert events.count(tx) == 0


def test_a_reading_transaction_sees_one_moment_and_cannot_write(ledger):
    with ledger.write() as tx:
        meta.put(tx, "fact", 1)
    with ledger.read() as reader:
        assert meta.get(reader, "fact") == 1
        with ledger.write() as tx:
            meta.put(tx, "fact", 2)
        assert meta.get(reader, "fact") == 1
        with pytest.raises(DBAPIError):
            meta.put(reader, "fact", 3)
    with ledger.write() as tx:
        assert meta.get(tx, "fact") == 2, "the connection that read can write again"
        meta.put(tx, "fact", 4)


# Events.


def test_events_come_back_as_they_were_recorded_in_order(tx):
    first = look("a1", "a2", query={"words": "ünï 'x'"}, n=1)
    second = Event(NOON + timedelta(microseconds=1), "demo", "api", Act.JUDGE, outcome="refused")

    assert [events.record(tx, first), events.record(tx, second)] == [1, 2]
    assert [r.event for r in events.read(tx)] == [first, second]
    assert [r.seq for r in events.read(tx, newest_first=True)] == [2, 1]
    assert [r.event for r in events.read(tx, after=1)] == [second]
    assert [r.seq for r in events.read(tx, acts=[Act.LOOK])] == [1]


@pytest.mark.parametrize("table", ["events", "judgements", "decisions", "identity_history"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET at = '2020'", "DELETE FROM {}"])
def test_history_can_only_be_added_to(ledger, table, verb):
    """The database itself refuses, whoever asks; the row is still there afterwards."""
    with ledger.write() as tx:
        events.record(tx, look("a1"))
        judgements.record(tx, PairJudgement("a1", "a2", Judgement.SAME, "local:0", NOON, ""))
        decisions.decide(tx, "k1", Decision.WATCH, by="local:0", at=NOON)
        identity_history.record(tx, [step()])
    with pytest.raises(DBAPIError, match="append-only"), ledger.write() as tx:
        tx.exec_driver_sql(verb.format(table))
    with ledger.read() as tx:
        assert tx.exec_driver_sql(f"SELECT count(*) FROM {table} WHERE at <> '2020'").scalar() == 1


@pytest.mark.parametrize("also", ["", ", judgement = 'different'", ", at = '2020'"])
def test_of_history_words_alone_may_be_erased(ledger, also):
    """The reason of a judgement becomes "(erased)", and nothing else changes with it."""
    with ledger.write() as tx:
        judgements.record(tx, PairJudgement("a1", "a2", Judgement.SAME, "local:0", NOON, "words"))
    change = f"UPDATE judgements SET why = '(erased)'{also}"
    if also:
        with pytest.raises(DBAPIError, match="append-only"), ledger.write() as tx:
            tx.exec_driver_sql(change)
    else:
        with ledger.write() as tx:
            tx.exec_driver_sql(change)
    with ledger.read() as tx:
        assert judgements.history(tx)[0].why == ("words" if also else "(erased)")


def test_a_time_without_a_zone_is_a_mistake(tx):
    with pytest.raises(Exception, match="without a zone"):
        events.record(tx, Event(datetime(2026, 1, 1), "local:0", "cli", Act.LOOK))


# Runs, pins and watermarks.


def test_a_published_run_is_the_current_one_with_its_pins(tx):
    assert pins.current(tx) is None

    pins.publish(tx, "r1", {"ads": 3, "leads": 1}, {"readers": "1"}, now=NOON)
    pins.publish(tx, "r2", {"ads": 4}, {})

    assert pins.current(tx) == pins.Run("r2", {"ads": 4}, {}, None)
    assert [run.run for run in pins.latest(tx)] == ["r2", "r1"]
    assert pins.latest(tx)[1] == pins.Run("r1", {"ads": 3, "leads": 1}, {"readers": "1"}, NOON)


def test_publishing_a_run_again_replaces_its_pins(tx):
    pins.publish(tx, "r1", {"ads": 3}, {})
    pins.publish(tx, "r1", {"ads": 5}, {})

    assert [run.pins for run in pins.latest(tx)] == [{"ads": 5}]


def test_old_runs_are_forgotten_but_never_the_current_one(tx):
    for run in ("r1", "r2", "r3"):
        pins.publish(tx, run, {}, {})

    assert pins.forget(tx, keep=["r2"]) == ["r1"]
    assert pins.forget(tx, keep=[]) == ["r2"]
    assert pins.current(tx).run == "r3"


def test_a_watermark_starts_before_the_first_version(tx):
    assert watermarks.get(tx, "index") == -1
    watermarks.put(tx, "index", 7)
    watermarks.put(tx, "index", 5)
    assert watermarks.get(tx, "index") == 5


# Jobs.


def test_a_job_is_done_once_by_one_worker(tx):
    seq = jobs.ask(tx, "refresh", {"full": True}, now=NOON)
    job = jobs.lease(tx, worker="w1", now=NOON)

    assert (job.seq, job.kind, job.arguments, job.attempts) == (seq, "refresh", {"full": True}, 1)
    assert jobs.lease(tx, worker="w2", now=NOON) is None
    assert jobs.complete(tx, job, now=NOON, result={"ads": 3})
    assert jobs.get(tx, seq).result == {"ads": 3}
    assert jobs.get(tx, seq).state is jobs.State.DONE


def test_a_dead_workers_job_is_taken_over_and_its_late_answer_ignored(tx):
    jobs.ask(tx, "refresh", {}, now=NOON)
    dead = jobs.lease(tx, worker="w1", now=NOON)
    later = NOON + jobs.LEASE
    heir = jobs.lease(tx, worker="w1", now=later)

    assert heir.attempts == 2
    assert not jobs.complete(tx, dead, now=later)
    assert not jobs.fail(tx, dead, now=later, error="late")
    assert not jobs.renew(tx, dead, now=later)
    assert jobs.complete(tx, heir, now=later)


def test_a_renewed_lease_is_not_taken_over(tx):
    jobs.ask(tx, "refresh", {}, now=NOON)
    job = jobs.lease(tx, worker="w1", now=NOON)

    assert jobs.renew(tx, job, now=NOON + jobs.LEASE / 2)
    assert jobs.lease(tx, worker="w2", now=NOON + jobs.LEASE) is None


def test_a_failing_job_waits_longer_each_time_and_then_fails_for_good(tx):
    seq, now = jobs.ask(tx, "refresh", {}, now=NOON), NOON
    for attempt in range(jobs.MOST_ATTEMPTS):
        job = jobs.lease(tx, worker="w1", now=now)
        assert jobs.fail(tx, job, now=now, error="no " + "x" * 10_000)
        if attempt < jobs.MOST_ATTEMPTS - 1:
            assert jobs.lease(tx, worker="w1", now=now) is None, "not at once"
        now += jobs.WAIT * 2**attempt

    failed = jobs.get(tx, seq)
    assert (failed.state, failed.ended_at is not None) == (jobs.State.FAILED, True)
    assert len(failed.error) == jobs.ERROR_LENGTH
    assert jobs.lease(tx, worker="w1", now=now + timedelta(days=9)) is None


def test_a_job_that_kills_every_worker_fails_for_good(tx):
    seq, now = jobs.ask(tx, "refresh", {}, now=NOON), NOON
    for _ in range(jobs.MOST_ATTEMPTS):
        assert jobs.lease(tx, worker="w1", now=now) is not None
        now += jobs.LEASE

    assert jobs.lease(tx, worker="w1", now=now) is None
    assert jobs.get(tx, seq).state is jobs.State.FAILED


def test_an_equal_job_that_waits_is_not_asked_for_twice(tx):
    first = jobs.ask(tx, "refresh", {"full": False}, now=NOON, once=True)

    assert jobs.ask(tx, "refresh", {"full": False}, now=NOON, once=True) == first
    assert jobs.ask(tx, "refresh", {"full": True}, now=NOON, once=True) != first


def test_the_loop_does_every_kind_it_knows_and_survives_a_bad_handler(ledger):
    done, now = [], [NOON]

    def bad(job):
        raise RuntimeError("no")

    def pass_time():
        now[0] += timedelta(hours=1)
        return len(done) < 3

    with ledger.write() as tx:
        for n in range(3):
            jobs.ask(tx, "good", {"n": n}, now=NOON)
        broken = jobs.ask(tx, "bad", {}, now=NOON)
        unknown = jobs.ask(tx, "of a later version", {}, now=NOON)
    handlers = {"good": lambda job: done.append(job.arguments["n"]), "bad": bad}
    jobs.work(ledger, handlers, worker="w1", clock=lambda: now[0], wait=pass_time)

    assert done == [0, 1, 2]
    with ledger.read() as tx:
        assert jobs.get(tx, broken).error == "RuntimeError: no"
        assert jobs.get(tx, unknown).state is jobs.State.WAITING


# Judgements.

WORDS = st.tuples(
    st.sampled_from(["a1", "a2", "a3"]), st.sampled_from(["a1", "a2", "a3"]), st.sampled_from(Judgement),
    st.sampled_from(["ann", "bob"]),
).filter(lambda word: word[0] != word[1])  # fmt: skip


def strongest(words):
    order = [Judgement.DIFFERENT, Judgement.SAME, Judgement.UNDECIDED]
    return min(words, key=order.index)


@settings(max_examples=30, deadline=None)
@given(words=st.lists(WORDS, max_size=12))
def test_judgements_in_force_agree_with_a_plain_dictionary(shared, words):
    """The last word of each person on a pair, whichever way round, added up."""
    model = {}
    for a, b, judgement, by in words:
        model.setdefault(frozenset((a, b)), {})[by] = judgement
    expected = {tuple(sorted(pair)): strongest(said.values()) for pair, said in model.items()}
    with rolled_back(shared) as tx:
        for a, b, judgement, by in words:
            judgements.record(tx, PairJudgement(a, b, judgement, by, NOON, "why"))
        found = judgements.in_force(tx)
        assert found == {p: j for p, j in expected.items() if j is not Judgement.UNDECIDED}
        assert list(found) == sorted(found)
        for pair in expected:
            assert judgements.between(tx, *reversed(pair)) == expected[pair]


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    ledger = Ledger(tmp_path_factory.mktemp("shared") / "ledger.db", KEY)
    yield ledger
    ledger.close()


class rolled_back:
    """A transaction that leaves nothing, so that a property can try many worlds in one ledger."""

    def __init__(self, ledger):
        self.inner = ledger.write()

    def __enter__(self):
        self.tx = self.inner.__enter__()
        return self.tx

    def __exit__(self, kind, error, trace):
        stop = error or KeyboardInterrupt()
        try:
            self.inner.__exit__(type(stop), stop, trace)
        except KeyboardInterrupt:
            return


def test_the_history_of_an_ad_is_every_judgement_it_takes_part_in(tx):
    judgements.record(tx, PairJudgement("a2", "a1", Judgement.SAME, "ann", NOON, "one flat"))
    judgements.record(tx, PairJudgement("a2", "a3", Judgement.DIFFERENT, "ann", NOON, ""))

    assert judgements.history(tx, "a1") == [
        PairJudgement("a1", "a2", Judgement.SAME, "ann", NOON, "one flat")
    ]
    assert len(judgements.history(tx, "a2")) == 2
    assert judgements.last_place(tx) == 2
    with pytest.raises(ValueError, match="itself"):
        judgements.record(tx, PairJudgement("a1", "a1", Judgement.SAME, "ann", NOON, ""))


# Decisions.


def test_the_last_decision_not_taken_back_is_in_force(tx):
    watch = decisions.decide(tx, "k1", Decision.WATCH, by="ann", at=NOON, note="see again")
    dismiss = decisions.decide(
        tx, "k1", Decision.DISMISS, by="bob", at=NOON, reason=DismissReason.SPAM
    )  # fmt: skip
    assert decisions.standing(tx, lead="k1")["k1"].seq == dismiss
    assert decisions.standing(tx, lead="k2") == {}

    undone = decisions.undo(tx, dismiss, by="ann", at=NOON)

    assert decisions.standing(tx)["k1"].seq == watch
    assert [(d.seq, d.cancels, d.cancelled) for d in decisions.history(tx, "k1")] == [
        (watch, None, False), (dismiss, None, True), (undone, dismiss, False),
    ]  # fmt: skip


def test_a_decision_is_taken_back_once(tx):
    seq = decisions.decide(tx, "k1", Decision.WATCH, by="ann", at=NOON)
    back = decisions.undo(tx, seq, by="ann", at=NOON)

    assert decisions.standing(tx) == {}
    with pytest.raises(UsageError):
        decisions.undo(tx, seq, by="ann", at=NOON)
    with pytest.raises(NotFound):
        decisions.undo(tx, back, by="ann", at=NOON)
    with pytest.raises(NotFound):
        decisions.undo(tx, 99, by="ann", at=NOON)


@pytest.mark.parametrize(
    ("decision", "given"),
    [
        (Decision.DISMISS, {}),
        (Decision.WATCH, {"reason": DismissReason.SPAM}),
        (Decision.SNOOZE, {}),
        (Decision.PRIORITY, {"until": NOON}),
    ],
)
def test_a_decision_takes_what_its_kind_needs_and_nothing_else(tx, decision, given):
    with pytest.raises(UsageError):
        decisions.decide(tx, "k1", decision, by="ann", at=NOON, **given)


# Leads, history, searches.


def test_the_queue_is_replaced_whole_and_paged_by_rank(tx):
    def queue(run, n):
        return [leads.QueuedLead(f"k{i}", f"n{i}", i, 1 / i, "some", run) for i in range(1, n + 1)]

    leads.replace(tx, queue("r1", 5000))
    assert leads.replace(tx, queue("r2", 3)) == leads.count(tx) == 3
    assert leads.page(tx, after_rank=1, limit=1) == [queue("r2", 3)[1]]
    assert leads.get(tx, "k3").run == "r2"
    assert leads.get(tx, "k4") is None
    assert leads.of_identity(tx, "n1").id == "k1"


def step(**given):
    joined = {"level": Level.NETWORK, "change": identity_history.Change.JOINED, "ads": 4}
    base = {"run": "r1", "at": NOON, "identity": "n1", "other": "n2", **joined}
    return identity_history.Step(**{**base, **given})


def test_a_repeated_refresh_adds_no_history_twice(tx):
    split = step(run="r2", change=identity_history.Change.SPLIT, identity="n2", other="n3", ads=1)
    for _ in range(2):
        identity_history.record(tx, [step(), split])

    assert identity_history.of(tx, "n1") == [step()]
    assert identity_history.of(tx, "n2") == [step(), split]


def test_a_search_is_found_by_its_opaque_id_by_who_made_it(tx):
    query = {"words": ["555-0100"], "city": "Reno"}
    id = searches.keep(tx, "ann", query, at=NOON)

    assert searches.find(tx, "ann", id) == query
    assert "555" not in id
    for actor, asked in (("bob", id), ("ann", id + "x")):
        with pytest.raises(NotFound):
            searches.find(tx, actor, asked)
    assert searches.forget(tx, NOON) == 0
    assert searches.forget(tx, NOON + timedelta(seconds=1)) == 1
