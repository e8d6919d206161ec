"""Every named place where a crash test can stop the process is met, and an erasure stopped at any goes on."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from homeward.collect import world
from homeward.desk import backups, records, rekeying, supply
from homeward.house import make_house
from homeward.model.actor import Actor
from homeward.model.capture import Supply
from homeward.store import archive, disk

SOURCE = Path(__file__).resolve().parents[2] / "src" / "homeward"
ACTOR = Actor("local:1000", "cli")
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
LEAST = 30


def opened(home, folder):
    return make_house(home, key=bytes(32), clock=lambda: NOW, workers=1, copies=[folder / "copies"])


def named():
    """The names that stand in the source; a restore's is met by its command (tests/desk)."""
    found = set()
    for path in SOURCE.rglob("*.py"):
        found |= set(re.findall(r'failpoint\("([a-z0-9_.]+)"\)', path.read_text("utf-8")))
    return found


@pytest.mark.trust("REL-3")
def test_every_named_place_is_met(tmp_path, monkeypatch):
    """One way through the house: take in, refresh, back up, put back, erase, change keys. No name is dead."""
    met = set()
    monkeypatch.setattr(disk, "on_failpoint", met.add)
    world.write(60, 3, "standard", tmp_path / "world")
    with opened(tmp_path / "home", tmp_path) as house:
        supply.ingest(ACTOR, house, str(tmp_path / "world" / "ads.jsonl"), Supply("the tests", "invented"))
        supply.refresh(ACTOR, house)
        house.blobs.put(b"bland bytes")
        backups.backup(ACTOR, house, tmp_path / "b")
        ad = house.lake.read("ads", columns=["ad"]).column("ad")[0].as_py()
        records.erase(ACTOR, house, [ad], why="the drill")
        rekeying.rotate(ACTOR, house, tmp_path / "keys")
    with (tmp_path / "b").open("rb") as source:
        archive.read(source, archive.head(source, "b"), tmp_path / "again", key=bytes(32), name="b")
    with opened(tmp_path / "again", tmp_path) as again:
        backups.restored(ACTOR, again, made="then", name="b")

    names = named()
    assert len(names) >= LEAST
    assert names - met == {"restore.unpacked"}


class Stopped(Exception):
    pass


@pytest.mark.trust("REL-3", "PRV-3")
@pytest.mark.parametrize("place", ["erase.marked", "erase.table", "erase.lake", "erase.ledger"])
def test_an_erasure_stopped_anywhere_goes_on_when_it_is_repeated(tmp_path, monkeypatch, place):
    """Stopped at each place and repeated, nothing names the ad any more, and the others are all there."""

    def stop(name):
        if name == place:
            raise Stopped

    world.write(40, 3, "standard", tmp_path / "world")
    with opened(tmp_path / "home", tmp_path) as house:
        supply.ingest(ACTOR, house, str(tmp_path / "world" / "ads.jsonl"), Supply("the tests", "invented"))
        ads = set(house.lake.read("ads", columns=["ad"]).column("ad").to_pylist())
        ad = min(ads)
        monkeypatch.setattr(disk, "on_failpoint", stop)
        with pytest.raises(Stopped):
            records.erase(ACTOR, house, [ad], why="the drill")
        monkeypatch.setattr(disk, "on_failpoint", None)
        done = records.erase(ACTOR, house, [ad], why="the drill")

        assert done["traces"] == ()
        assert set(house.lake.read("ads", columns=["ad"]).column("ad").to_pylist()) == ads - {ad}
        assert house.index.count() == len(ads) - 1
