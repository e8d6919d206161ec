"""The log of the ledger: signed, copied, read anew; nothing altered in it goes unnoticed."""

import base64
import json
import shutil
import subprocess
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from log_kit import KEY, NOON, ORIGIN, Clock, fill, look, open_ledger, sign, trouble, undetected, unguarded

from homeward.model.event import Act, Event
from homeward.store import disk
from homeward.store.ledger import Ledger, audit, checkpoints, entries, events, notes


@pytest.fixture
def ledger(tmp_path):
    ledger = open_ledger(tmp_path / "home", places=[tmp_path / "there"])
    yield ledger
    ledger.close()


def newest(ledger):
    with ledger.read() as tx:
        return next(events.read(tx, limit=1, newest_first=True)).event


def signed_sizes(ledger):
    with ledger.read() as tx:
        return [row.size for row in tx.exec_driver_sql("SELECT size FROM checkpoints ORDER BY seq")]


# What an entry shows and what it seals.


@pytest.mark.trust("AUD-7")
def test_a_header_holds_ids_and_no_detail(ledger):
    """What was typed or searched for is sealed; ids of ours, who, what and when stand in the header."""
    fill(ledger, 1)
    with ledger.read() as tx:
        [(header, _, _)] = audit.Reading(tx).entries()
        [recorded] = events.read(tx)

    assert b"aaaaaaaaaaaaaaaaa" in header and b'"actor":"local:0"' in header and b'"seq":1' in header
    assert b"typed" not in header and b"lexterm" not in header
    assert recorded.event == look(0)


@pytest.mark.trust("AUD-7")
def test_a_shredded_payload_is_gone_and_every_proof_still_holds(ledger):
    """Fifty payloads are made unreadable; the log verifies, and each such event says that it is erased."""
    fill(ledger, 60)
    note, key = sign(ledger)
    with ledger.write() as tx:
        gone = events.shred(tx, range(1, 51))
        named = tuple(f"event:{n}" for n in gone)
        events.record(tx, Event(NOON, "local:0", "cli", Act.ERASE, named))
    with ledger.read() as tx:
        recorded = list(events.read(tx))

    assert trouble(ledger, [note], key) == []
    assert [r.seq for r in recorded if r.erased] == gone == list(range(1, 51))
    assert recorded[0].event.detail == {} and recorded[55].event == look(55)


@pytest.mark.trust("AUD-7")
def test_a_key_that_is_gone_without_an_event_is_damage(ledger):
    fill(ledger, 3)
    note, key = sign(ledger)
    with ledger.write() as tx:
        events.shred(tx, [2])

    assert trouble(ledger, [note], key) != []


@pytest.mark.trust("AUD-2")
def test_every_event_says_who_when_where_and_for_what(ledger):
    """Whatever the act, its header has the same fields, and the time is in UTC."""
    for act in Act:
        said = Event(
            NOON, "ann", "api", act, ("a" * 17,), role="analyst", case="c1", purpose="missing", rows=3
        )
        with ledger.write() as tx:
            seq = events.record(tx, said)
            header = json.loads(audit.one(tx, seq)[0])

        assert newest(ledger) == said
        assert set(entries.FIELDS) <= set(header) and header["at"] == "2026-11-02T12:00:00.000000+00:00"


# Checkpoints.


@pytest.mark.trust("AUD-3")
def test_openssl_agrees_on_a_checkpoint(ledger, tmp_path):
    """The signature over a note's text is an ordinary Ed25519 signature; an altered text fails."""
    fill(ledger, 5)
    note, key = sign(ledger)
    text, _, line = note.rpartition("\n\n")
    public = base64.b64decode(key.split("+", 2)[2])[1:]
    (tmp_path / "key.der").write_bytes(bytes.fromhex("302a300506032b6570032100") + public)
    (tmp_path / "sig").write_bytes(base64.b64decode(line.split()[-1])[4:])

    def openssl(text):
        (tmp_path / "text").write_text(text, "utf-8", newline="")
        words = "pkeyutl -verify -pubin -inkey key.der -keyform DER -rawin -in text -sigfile sig"
        return subprocess.run(["openssl", *words.split()], cwd=tmp_path, capture_output=True).returncode

    assert openssl(f"{text}\n") == 0
    assert openssl(f"{text} \n") != 0


@pytest.mark.trust("AUD-3")
def test_a_note_opens_with_its_own_key_only(ledger):
    fill(ledger, 2)
    note, key = sign(ledger)
    opened = notes.opened(note, key)

    assert (opened.origin, opened.size) == (ORIGIN, 2)
    assert notes.opened(note, notes.verifier_key(ORIGIN, bytes(32))) is None
    for wrong in (note.replace("\n2\n", "\n3\n", 1), note[:-1], note.replace(ORIGIN, "x"), "", "\n\n", key):
        assert notes.opened(wrong, key) is None


@pytest.mark.trust("AUD-6")
def test_a_checkpoint_is_signed_every_so_many_entries_each_hour_and_at_the_end(tmp_path, monkeypatch):
    clock = Clock()
    ledger = open_ledger(tmp_path / "home", clock=clock, places=[tmp_path / "there"])
    monkeypatch.setattr(checkpoints, "EVERY", 4)
    fill(ledger, 5)
    clock.on(minutes=59)
    fill(ledger, 1)
    clock.on(minutes=1)
    fill(ledger, 1)
    ledger.close()
    fill(ledger, 1)
    assert signed_sizes(ledger) == [4, 7]
    ledger.close()
    ledger.close()

    assert signed_sizes(ledger) == [4, 7, 8]
    assert (tmp_path / "there" / f"{ORIGIN[-16:]}.checkpoint").read_text().split("\n")[1] == "8"
    ledger.close()


@pytest.mark.trust("AUD-6")
def test_a_place_that_cannot_be_written_is_said_and_stops_nothing(tmp_path):
    (tmp_path / "file").write_text("")
    ledger = open_ledger(tmp_path / "home", places=[tmp_path / "file" / "folder", tmp_path / "there"])
    fill(ledger, 1)
    sign(ledger)

    assert [str(tmp_path / "file") in said for said in ledger._watch.wrong] == [True]
    assert list((tmp_path / "there").iterdir())
    ledger.close()


@pytest.mark.trust("AUD-6", "BAK-2")
def test_an_older_ledger_put_back_raises_an_alarm_once_and_is_not_signed(tmp_path, ledger):
    """With one copy outside, a whole ledger that was rolled back is noticed at its first act."""
    fill(ledger, 3)
    ledger.close()
    shutil.copytree(tmp_path / "home", tmp_path / "older")
    fill(ledger, 4)
    ledger.close()
    back = open_ledger(tmp_path / "older", places=[tmp_path / "there"])
    fill(back, 1)
    alarm = newest(back)
    fill(back, 1)

    assert (alarm.act, alarm.outcome, newest(back).act) == (Act.ALARM, "alarm", Act.LOOK)
    assert "7 were signed" in alarm.detail["trouble"]
    assert sign(back)[0] is None
    assert signed_sizes(back) == [3]
    back.close()


@pytest.mark.trust("AUD-6")
def test_the_same_ledger_opened_again_raises_none(tmp_path, ledger):
    fill(ledger, 3)
    ledger.close()
    again = open_ledger(tmp_path / "home", places=[tmp_path / "there"])
    fill(again, 1)

    assert newest(again).act == Act.LOOK
    again.close()


@pytest.mark.trust("AUD-3", "AUD-4")
@pytest.mark.parametrize(
    ("change", "signs"),
    [("DELETE FROM event_keys WHERE seq = 5; DELETE FROM events WHERE seq = 5", False),
     ("UPDATE events SET actor = 'eve' WHERE seq = 5", False),
     ("UPDATE event_nodes SET hash = zeroblob(32) WHERE level = 2", False),
     # What an earlier signature covers is guarded by its root, and read anew by a verification only.
     ("UPDATE events SET actor = 'eve' WHERE seq = 2", True),
     ("UPDATE events SET leaf = zeroblob(32) WHERE seq = 5", True)],
)  # fmt: skip
def test_what_does_not_continue_the_last_checkpoint_is_not_signed(ledger, change, signs):
    fill(ledger, 4)
    sign(ledger)
    fill(ledger, 2, begin=4)
    with ledger.write() as tx:
        unguarded(tx)
        for statement in change.split(";"):
            tx.exec_driver_sql(statement)
    note, key = sign(ledger)

    assert (note is not None) == signs
    assert trouble(ledger, [], key) != []


# Alterations.


@pytest.mark.trust("AUD-4")
def test_no_alteration_goes_unnoticed(ledger):
    """A sample of what `make soak` does ten thousand times, against one checkpoint kept elsewhere."""
    fill(ledger, 24)
    note, key = sign(ledger)

    assert trouble(ledger, [note], key) == []
    assert undetected(ledger, 250, [note], key, seed=1) == []


@pytest.mark.trust("AUD-4")
@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", range(2, 6))
def test_no_alteration_of_ten_thousand_goes_unnoticed(ledger, seed):
    fill(ledger, 40)
    note, key = sign(ledger)

    assert undetected(ledger, 2_500, [note], key, seed=seed) == []


@pytest.mark.trust("AUD-4")
def test_a_whole_log_written_anew_does_not_fit_a_kept_checkpoint(tmp_path, ledger):
    """Even who holds every key cannot make another history fit what was kept."""
    fill(ledger, 6)
    note, key = sign(ledger)
    other = open_ledger(tmp_path / "other")
    fill(other, 6)
    with ledger.read() as here, other.write() as there:
        checkpoints.meta.put(there, checkpoints.SEED, checkpoints.seed(here).hex())
    sign(other)

    assert trouble(other, [], key) == []
    assert trouble(other, [note], key) != []
    other.close()


@pytest.mark.trust("AUD-4", "BAK-1")
def test_a_flipped_bit_of_the_file_is_noticed(tmp_path, ledger):
    """Whoever lacks the key can only damage: one flipped bit on any page fails its seal."""
    fill(ledger, 20)
    ledger.close()
    path = tmp_path / "home" / "ledger.db"
    whole = path.read_bytes()
    for at in range(100, len(whole), len(whole) // 12):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :])
        damaged = Ledger(path, KEY)
        try:
            said = damaged.check()
        except Exception as error:
            said = [str(error)]
        damaged.close()
        assert said, at
    path.write_bytes(whole)


# Failing closed.


@pytest.mark.trust("AUD-1", "AUD-8")
@pytest.mark.parametrize("place", ["events.record", "events.key", "events.tree", "checkpoints.signed"])
def test_where_the_log_cannot_be_written_the_act_is_undone(ledger, monkeypatch, place):
    """No event, no effect: at each step of recording."""

    def fail(name):
        if name == place:
            raise OSError(5, "the disk failed")

    monkeypatch.setattr(checkpoints, "EVERY", 1)
    fill(ledger, 1)
    monkeypatch.setattr(disk, "on_failpoint", fail)
    with pytest.raises(OSError), ledger.write() as tx:
        checkpoints.meta.put(tx, "fact", 1)
        events.record(tx, look(1))
    monkeypatch.setattr(disk, "on_failpoint", None)
    with ledger.read() as tx:
        assert checkpoints.meta.get(tx, "fact") is None and events.count(tx) == 1


def test_events_of_the_first_form_are_carried_over(tmp_path):
    """A ledger from before the log: each event comes back as it was, and the log verifies."""
    from homeward.store.ledger.migrations import upgrade

    ledger = open_ledger(tmp_path / "home")
    ledger._make_file()
    with ledger._engine.connect().execution_options(writes=True) as connection:
        upgrade(connection, "0001")
    insert = (
        "INSERT INTO events (at, actor, door, act, objects, outcome, detail) "
        "VALUES ('2026-11-02T12:00:00.000000+00:00', 'demo', 'api', 'look', '[\"x y\"]', 'done', '{\"n\":1}')"
    )
    with ledger._engine.connect().execution_options(writes=True) as connection, connection.begin():
        for _ in range(5):
            connection.exec_driver_sql(insert)
    note, key = sign(ledger)
    with ledger.read() as tx:
        recorded = list(events.read(tx))

    assert [r.event for r in recorded] == [
        Event(NOON, "demo", "api", Act.LOOK, ("x y",), detail={"n": 1})
    ] * 5
    assert trouble(ledger, [note], key) == []
    assert NOON - recorded[0].event.at < timedelta(seconds=1)
    ledger.close()


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.fixed_dictionaries({
        **{name: st.text(max_size=12) for name in entries.FIELDS},
        "objects": st.lists(st.text(max_size=6), max_size=3),
        "rows": st.one_of(st.none(), st.integers(-(2**70), 2**70), st.floats()),
    }),
    st.integers(1, 10**9),
)  # fmt: skip
@example({**dict.fromkeys(entries.FIELDS, "\x7f\ud800\u2028"), "objects": [], "rows": float("inf")}, 1)
def test_the_quick_header_is_the_canonical_one(fields, seq):
    """However a row is filled, even by whoever changed it, the two ways to write its header agree."""
    assert entries.header(seq, fields) == entries.canonical({**fields, "seq": seq, "v": 1})
