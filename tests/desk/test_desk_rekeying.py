"""The ledger's key is changed: by two where there are two, what was written stays readable, backups too."""

import dataclasses
import threading
from datetime import timedelta

import pytest

from homeward.app import compose
from homeward.app.audit.verify import check_log
from homeward.app.settings import load
from homeward.desk import audit, backups, rekeying, requests
from homeward.model.account import Account, AccountState
from homeward.model.actor import Actor, Role
from homeward.model.errors import KeyMissing, NotAllowed, SecondPersonNeeded, WorkspaceLocked
from homeward.model.event import Act
from homeward.store import keys
from homeward.store.ledger import Ledger, accounts, events

ME = Actor("local:1000", "cli")
BOSS = Actor("ada", "api", role=Role.SUPERVISOR, fresh=True)


@pytest.fixture
def place(demo, tmp_path):
    """A workspace with its own folder of keys, opened and let go."""
    settings = load({**demo.env, "XDG_STATE_HOME": str(tmp_path / "state"),
                     "XDG_CONFIG_HOME": str(tmp_path / "config")}, home=tmp_path / "home")  # fmt: skip
    compose.make(settings)
    with compose.opened(settings) as house, house.ledger.write() as tx:
        events.record(tx, events_of(house))
    return settings


def events_of(house):
    from homeward.desk.acts import event

    return event(ME, house, Act.LOOK, what="before")


def hire(house):
    with house.ledger.write() as tx:
        accounts.add(
            tx, Account("ada", "Ada", Role.SUPERVISOR, AccountState.ACTIVE, "local:1000", house.clock())
        )


@pytest.mark.trust("BAK-4", "ACL-7")
def test_what_was_written_stays_readable_with_the_new_key_alone(place):
    """The log verifies after the change, tells of it, and the file opens with the old key no longer."""
    with compose.opened(place) as house:
        old = house.ledger.key
        done = rekeying.rotate(ME, house, place.config)
        assert audit.verify(ME, house, check_log)["wrong"] == []
        with house.ledger.read() as tx:
            told = [r.event for r in events.read(tx, newest_first=True, limit=9)]
    with compose.opened(place) as again:
        assert again.ledger.key != old and keys.fingerprint(again.ledger.key) == done["new"]
        assert not again.ledger.opens(old)
    ends = [e for e in told if e.act is Act.KEY and e.detail.get("stage") == "ended"]
    assert [(e.detail["old"], e.detail["new"]) for e in ends] == [(done["old"], done["new"])]
    assert old.hex() not in str(told)


@pytest.mark.trust("BAK-4")
def test_a_backup_made_before_opens_with_its_own_key(place, tmp_path):
    """Restored after the change it is whole, under the key of now; without the old key it stays shut."""
    with compose.opened(place) as house:
        backups.backup(ME, house, tmp_path / "b")
        rekeying.rotate(ME, house, place.config)
        fresh = house.ledger.key
    again = dataclasses.replace(place, home=tmp_path / "again", state=tmp_path / "elsewhere")
    compose.restore(again, tmp_path / "b")
    with compose.opened(again) as house:
        assert house.ledger.key == fresh
        assert audit.verify(ME, house, check_log)["wrong"] == []
    [kept] = place.config.glob("*.old-key")
    kept.unlink()
    with pytest.raises(KeyMissing):
        compose.restore(dataclasses.replace(place, home=tmp_path / "third"), tmp_path / "b")
    assert not (tmp_path / "third").exists()


@pytest.mark.trust("BAK-3")
@pytest.mark.parametrize("which", ["*.key", "*.old-key"])
def test_one_flipped_bit_in_a_key_file_is_found(place, which):
    """A scrub reads the key in force and those of earlier backups; whole ones are no damage."""
    with compose.opened(place) as house:
        rekeying.rotate(ME, house, place.config)
        assert backups.scrub(ME, house, place.config)["wrong"] == []
        [file] = place.config.glob(which)
        kept = bytearray(file.read_bytes())
        kept[7] ^= 1
        file.write_bytes(kept)
        [said] = backups.scrub(ME, house, place.config)["wrong"]
        assert str(file) in said and kept.decode()[:8] not in said
        if which == "*.key":
            assert backups.scrub(ME, house, place.config, key_in_file=False)["wrong"] == []


@pytest.mark.trust("ACL-7")
def test_where_another_could_agree_nobody_changes_it_alone(place):
    """Without an agreement it is refused; agreed to it is done once, and not once more."""
    with compose.opened(place) as house:
        hire(house)
        with pytest.raises(SecondPersonNeeded):
            rekeying.rotate(ME, house, place.config)
        asked = rekeying.ask(ME, house, why="who kept a copy has left")
        with pytest.raises(NotAllowed):
            requests.answer(ME, house, asked["id"], True)
        with pytest.raises(SecondPersonNeeded):
            rekeying.rotate(ME, house, place.config)
        requests.answer(BOSS, house, asked["id"], True)
        assert rekeying.rotate(ME, house, place.config)["alone"] is False
        with pytest.raises(SecondPersonNeeded):
            rekeying.rotate(ME, house, place.config)


@pytest.mark.trust("ACL-7")
def test_of_two_changes_at_once_one_is_agreed_to(place):
    """They race for one agreement: the key is changed once at most, and the log names who agreed.

    Whoever has the agreement is refused where the other has the ledger open at that moment.
    """
    with compose.opened(place) as house:
        hire(house)
        requests.answer(BOSS, house, rekeying.ask(ME, house, why="a copy was lost")["id"], True)
        start, done = threading.Barrier(2), []

        def one():
            start.wait()
            try:
                done.append(rekeying.rotate(ME, house, place.config)["new"])
            except (SecondPersonNeeded, WorkspaceLocked) as error:
                done.append(type(error))

        racers = [threading.Thread(target=one) for _ in range(2)]
        for racer in racers:
            racer.start()
        for racer in racers:
            racer.join()
        done.remove(SecondPersonNeeded)
        assert done in ([keys.fingerprint(house.ledger.key)], [WorkspaceLocked])
        with house.ledger.read() as tx:
            [begun, ended] = [r.event.detail for r in events.read(tx, acts=[Act.KEY], limit=9)]
    assert begun["agreed_by"] == ended["agreed_by"] == "ada" and not begun["alone"]


@pytest.mark.trust("ACL-7")
def test_an_agreement_to_another_key_or_of_yesterday_is_none(place):
    """It is bound to the key that was in force, and serves for a day."""
    with compose.opened(place) as house:
        hire(house)
        requests.answer(BOSS, house, rekeying.ask(ME, house, why="a copy was lost")["id"], True)
        now = house.clock()
        object.__setattr__(house, "clock", lambda: now + timedelta(hours=requests.HOURS))
        with pytest.raises(SecondPersonNeeded):
            rekeying.rotate(ME, house, place.config)
        other = requests.ask_for(ME, house, rekeying.ACTION, {"key": "0" * 16}, "another")["id"]
        requests.answer(BOSS, house, other, True)
        with pytest.raises(SecondPersonNeeded):
            rekeying.rotate(ME, house, place.config)


@pytest.mark.trust("BAK-4")
def test_a_ledger_that_somebody_has_open_keeps_its_key(place):
    """Whoever works in it goes on, and nothing is changed."""
    with compose.opened(place) as house:
        other = Ledger(house.home / "ledger.db", house.ledger.key)
        with other.read(), pytest.raises(WorkspaceLocked):
            rekeying.rotate(ME, house, place.config)
        other.close()
        old = house.ledger.key
    with compose.opened(place) as house:
        assert house.ledger.key == old


@pytest.mark.trust("BAK-4")
@pytest.mark.parametrize("stop", ["ledger.before_rekey", "ledger.rekeyed", "keys.settle"])
def test_stopped_between_ledger_and_key_file_it_still_opens(place, monkeypatch, stop):
    """Whichever of both keys the ledger has by then, the next opening finds it."""
    from homeward.store import disk

    def die(name):
        if name == stop:
            raise KeyboardInterrupt

    with compose.opened(place) as house:
        monkeypatch.setattr(disk, "on_failpoint", die)
        with pytest.raises(KeyboardInterrupt):
            rekeying.rotate(ME, house, place.config)
        monkeypatch.setattr(disk, "on_failpoint", None)
    with compose.opened(place) as house:
        assert audit.verify(ME, house, check_log)["wrong"] == []
        assert keys.find(place.config, house.id) == house.ledger.key
        rekeying.rotate(ME, house, place.config)
