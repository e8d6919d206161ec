"""Every named place where a crash test can stop the process is met, and an erasure stopped at any goes on."""

import contextlib
import re
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from homeward.collect import world
from homeward.desk import backups, judge, records, rekeying, supply
from homeward.erasure import SET_ASIDE
from homeward.house import make_house
from homeward.model.actor import Actor
from homeward.model.capture import Supply
from homeward.model.judgement import Judgement
from homeward.store import archive, disk

SOURCE = Path(__file__).resolve().parents[2] / "src" / "homeward"
ACTOR = Actor("local:1000", "cli")
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
LEAST = 30
ADVERTISED = b"zqcanary advertised"


def opened(home, folder):
    return make_house(home, key=bytes(32), clock=lambda: NOW, workers=1, copies=[folder / "copies"])


def named():
    """The names that stand in the source; a restore's is met by its command (tests/desk)."""
    found = set()
    for path in SOURCE.rglob("*.py"):
        found |= set(re.findall(r'failpoint\("([a-z0-9_.]+)"\)', path.read_text("utf-8")))
    return found


CANARY = "zqcanary lantern"  # what a person writes
PLAIN = ("lake", "index", "blobs")  # what was advertised lies here as it is, and on an encrypted disk


def holding(folder, text):
    """The files below a folder that hold a text as written."""
    found = set()
    for path in folder.rglob("*"):
        with contextlib.suppress(FileNotFoundError):  # gone meanwhile
            if path.is_file() and text in path.read_bytes():
                found.add(path.relative_to(folder))
    return found


@pytest.fixture(scope="module")
def way(tmp_path_factory):
    """One way through the house: take in, refresh, back up, put back, erase, change keys.

    Returns the places met, and the files that at any of them held what a person wrote or what an ad says.
    """
    folder = tmp_path_factory.mktemp("way")
    met, written, advertised = set(), set(), set()

    def at(name):
        if name not in met:
            met.add(name)
            written.update(holding(folder, CANARY.encode()))
            advertised.update(holding(folder, ADVERTISED))

    world.write(60, 3, "standard", folder / "world")
    source = (folder / "world" / "ads.jsonl").read_text("utf-8")
    (folder / "world" / "ads.jsonl").write_text(source.replace('"body":"', f'"body":"{ADVERTISED.decode()} '))
    (folder / "tmp").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(disk, "on_failpoint", at)
        patch.setattr(tempfile, "tempdir", str(folder / "tmp"))
        with opened(folder / "home", folder) as house:
            supply.ingest(ACTOR, house, str(folder / "world" / "ads.jsonl"), Supply("the tests", "invented"))
            supply.refresh(ACTOR, house)
            house.blobs.put(b"bland bytes")
            ads = house.lake.read("ads", columns=["ad"]).column("ad").to_pylist()
            judge.judge(ACTOR, house, ads[0], ads[1], Judgement.SAME, why=CANARY)
            backups.backup(ACTOR, house, folder / "b")
            records.erase(ACTOR, house, [ads[0]], why=CANARY)
            rekeying.rotate(ACTOR, house, folder / "keys")
        with (folder / "b").open("rb") as backup:
            archive.read(backup, archive.head(backup, "b"), folder / "again", key=bytes(32), name="b")
        with opened(folder / "again", folder) as again:
            backups.restored(ACTOR, again, made="then", name="b")
    return met, written, advertised


@pytest.mark.trust("REL-3")
def test_every_named_place_is_met(way):
    """No name is dead."""
    names = named()
    assert len(names) >= LEAST
    assert names - way[0] == {"restore.unpacked"}


@pytest.mark.trust("BAK-1")
def test_at_no_place_does_a_file_hold_what_a_person_wrote(way):
    """Ledger, its logs, backup, temporary files: looked through at every place; ads lie in the lake alone."""
    _, written, advertised = way
    assert written == set()
    assert {path.parts[0] for path in advertised} <= {"world", "home", "again"}
    kept = [path.parts[1:] for path in advertised if path.parts[0] != "world"]
    # What a backup that is being written holds lies there under a second name: the same bytes.
    assert {one[1] if one[0].startswith(SET_ASIDE) else one[0] for one in kept} <= set(PLAIN)
    assert any(path.parts[:2] == ("home", "index") for path in advertised), "the scan would see it"


class Stopped(Exception):
    pass


@pytest.fixture(scope="module")
def forty(tmp_path_factory):
    """A workspace of forty ads, to take copies of."""
    folder = tmp_path_factory.mktemp("forty")
    world.write(40, 3, "standard", folder / "world")
    with opened(folder / "home", folder) as house:
        supply.ingest(ACTOR, house, str(folder / "world" / "ads.jsonl"), Supply("the tests", "invented"))
    return folder / "home"


@pytest.mark.trust("REL-3", "PRV-3")
@pytest.mark.parametrize("place", ["erase.marked", "erase.table", "erase.lake", "erase.ledger"])
def test_an_erasure_stopped_anywhere_goes_on_when_it_is_repeated(forty, tmp_path, monkeypatch, place):
    """Stopped at each place and repeated, nothing names the ad any more, and the others are all there."""

    def stop(name):
        if name == place:
            raise Stopped

    shutil.copytree(forty, tmp_path / "home")
    with opened(tmp_path / "home", tmp_path) as house:
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
