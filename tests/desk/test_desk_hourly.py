"""A served workspace backs itself up: each hour, in nobody's way, so many and no more, never silently."""

import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from homeward.app import alarm, compose
from homeward.app.settings import load
from homeward.desk import apart, backups, hourly, keep, records, supply, trail, workspace
from homeward.model.actor import Actor, Role
from homeward.model.errors import WorkspaceError
from homeward.model.event import Act
from homeward.store import behind, disk
from homeward.store.ledger import events
from people_kit import Clock
from surroundings import environment

LOCAL = Actor("local:1000", "cli")
ADA = Actor("ada", "api", Role.ADMINISTRATOR)
BEN = Actor("ben", "api", Role.ANALYST)


def said(house):
    return next(one for one in keep.examine(LOCAL, house) if one["check"] == "backup")


def acts(house):
    with house.ledger.read() as tx:
        return [r.event for r in events.read(tx, acts=[Act.BACKUP])]


@pytest.mark.trust("BAK-2")
def test_no_more_than_an_hour_can_be_lost(own_house, tmp_path):
    """Looked at each minute, its newest backup is never older than an hour; each is an act of its own."""
    clock, oldest = Clock(own_house), timedelta(0)
    for _ in range(130):
        assert hourly.keep_up(own_house, tmp_path) == ""
        oldest = max(oldest, own_house.clock() - backups.last_backup(own_house))
        clock.goes(minutes=1)

    made = backups.kept(LOCAL, own_house, tmp_path)["backups"]
    assert oldest < timedelta(hours=1) and len(made) == 3
    assert [(e.actor, e.detail["stage"], e.outcome) for e in acts(own_house)] == [
        ("homeward", stage, "done") for _ in made for stage in ("begun", "ended")
    ]
    assert said(own_house)["state"] == "ok"


@pytest.mark.trust("BAK-2")
def test_nobody_waits_while_it_is_written(own_house, demo, tmp_path, monkeypatch):
    """While a backup is being written ads are taken in; it holds what was there when it began."""
    writing, go_on = threading.Event(), threading.Event()

    def slowly(name):
        if name == "archive.file" and threading.current_thread().name == "behind":
            writing.set()
            go_on.wait(20)

    monkeypatch.setattr(disk, "on_failpoint", slowly)
    behind = threading.Thread(target=hourly.keep_up, args=(own_house, tmp_path / "kept"), name="behind")
    behind.start()
    assert writing.wait(20)
    began, before = time.perf_counter(), own_house.lake.count("ads")
    world = (demo.world / "ads.jsonl").read_text().splitlines()[0].replace('"id":"', '"id":"new-', 1)
    (tmp_path / "new.jsonl").write_text(world + "\n")
    supply.ingest(LOCAL, own_house, str(tmp_path / "new.jsonl"), supply.Supply("the world", "invented data"))
    waited = time.perf_counter() - began
    assert own_house.lake.count("ads") == before + 1 and waited < 20 and behind.is_alive()
    go_on.set()
    behind.join(30)
    monkeypatch.setattr(disk, "on_failpoint", None)
    [one] = (tmp_path / "kept").glob("*.homeward")
    settings = load({**demo.env, "XDG_STATE_HOME": str(tmp_path / "state")}, home=tmp_path / "again")
    compose.restore(settings, one)
    with compose.opened(settings) as again:
        assert again.lake.count("ads") == before
    assert not list(own_house.home.glob(".backup-*"))


@pytest.mark.trust("PRV-3")
def test_an_erasure_stops_a_backup_that_is_being_written(own_house, tmp_path, monkeypatch):
    """What was set aside goes with the ads; no file is left, and the next look makes another."""
    ad = own_house.lake.read("ads", columns=["ad"]).column("ad")[0].as_py()

    def meanwhile(name):
        if name == "archive.file" and own_house.lake.find("ads", [ad]).num_rows:
            monkeypatch.setattr(disk, "on_failpoint", None)
            records.erase(LOCAL, own_house, [ad], why="it was asked for")

    monkeypatch.setattr(disk, "on_failpoint", meanwhile)
    with pytest.raises(WorkspaceError, match="erased meanwhile"):
        backups.backup(LOCAL, own_house, tmp_path / "one.homeward")
    assert not list(tmp_path.glob("*.homeward")) and not list(tmp_path.glob(".*.part"))
    assert hourly.keep_up(own_house, tmp_path) == ""


@pytest.mark.trust("BAK-2")
def test_a_backup_that_fails_is_said_until_one_succeeds(own_house, tmp_path, monkeypatch, capsys):
    """On standard error, by the doctor, on the screens of who can mend it; not to everybody else."""
    full = tmp_path / "full"
    full.mkdir()
    monkeypatch.setattr(alarm, "LOOK", 0.01)
    monkeypatch.setattr(alarm, "AFTER_TROUBLE", 0.01)
    stop = threading.Event()

    def fail(*_, **__):
        stop.set()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(alarm.behind, "write", fail)
    alarm.Hourly(own_house, full).run(stop)
    assert "ALARM: No backup could be made" in capsys.readouterr().err
    assert said(own_house)["state"] == "bad" and "full" in said(own_house)["found"]
    assert "No backup" in workspace.session(ADA, own_house)["log_trouble"]
    assert workspace.session(BEN, own_house)["log_trouble"] == ""
    assert [e.outcome for e in acts(own_house)] == ["done", "failed"] and not list(full.glob("*.homeward"))
    monkeypatch.undo()

    assert hourly.keep_up(own_house, full) == ""
    assert said(own_house)["state"] == "ok" and workspace.session(ADA, own_house)["log_trouble"] == ""


def test_the_newest_dozen_and_one_a_day_for_a_week_stay():
    """Of a fortnight of hours: nineteen at most, the newest among them, the last of each day."""
    begin, own = datetime(2026, 11, 1, tzinfo=UTC), {}
    for hour in range(24 * 14):
        own[f"b{hour:04}"] = begin + timedelta(hours=hour)
        for name in hourly.beyond(own):
            del own[name]

    left = sorted(own.values(), reverse=True)
    assert left[:12] == [begin + timedelta(hours=24 * 14 - 1 - n) for n in range(12)]
    assert [one.date().day for one in left[12:]] == [13, 12, 11, 10, 9, 8] and len(left) == 18
    assert all(one.hour == 23 for one in left[12:])


def test_what_somebody_made_by_hand_stays(own_house, tmp_path):
    """Only its own are let go of, and each is written down as destroyed."""
    by_hand = tmp_path / "before-the-move.homeward"
    backups.backup(LOCAL, own_house, by_hand)
    clock = Clock(own_house)
    for _ in range(hourly.NEWEST + 2):
        clock.goes(hours=1)
        hourly.keep_up(own_house, tmp_path)

    own = sorted(path.name for path in tmp_path.glob(f"{own_house.id}-*.homeward"))
    destroyed = [e for e in acts(own_house) if e.detail.get("stage") == "destroyed"]
    assert by_hand.exists() and len(own) < hourly.NEWEST + 2
    assert len(own) + len(destroyed) == hourly.NEWEST + 2 and {e.actor for e in destroyed} == {"homeward"}


@pytest.mark.trust("BAK-2")
def test_a_served_workspace_writes_them_behind_everybody_else(own_house, tmp_path):
    """In a process of its own, which yields; who serves yields no more than before."""
    pipe, before = tmp_path / "pipe", os.getpriority(os.PRIO_PROCESS, 0)
    os.mkfifo(pipe)  # it waits there until this end is opened, too
    given = {"workspace": own_house.id, "made": "now", "key": bytes(range(32))}
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(behind.write, tmp_path / "part", [("a", pipe)], **given)
        until = time.monotonic() + 30
        while not (found := yielding(before + behind.YIELDING)) and time.monotonic() < until:
            time.sleep(0.01)
        with pipe.open("wb"):
            assert len(found) == 1
        assert done.result(30) == 1
    assert os.getpriority(os.PRIO_PROCESS, 0) == before and (tmp_path / "part").stat().st_size


def yielding(priority):
    """The processes that this one started to write archives, and that have this priority."""
    started = [p for one in Path("/proc/self/task").glob("*/children") for p in one.read_text().split()]
    mine = [p for p in started if b"store.behind" in Path(f"/proc/{p}/cmdline").read_bytes()]
    return [p for p in mine if os.getpriority(os.PRIO_PROCESS, int(p)) == priority]


def test_a_fault_of_the_disk_is_the_same_from_there(tmp_path):
    given = {"workspace": "abc", "made": "now", "key": bytes(range(32))}
    with pytest.raises(FileNotFoundError):
        behind.write(tmp_path / "part", [("a", tmp_path / "gone")], **given)
    with pytest.raises(FileExistsError):
        behind.write(tmp_path / "part", [], **given)


@pytest.mark.trust("BAK-2")
def test_without_any_setting_a_workspace_in_use_backs_itself_up(tmp_path, monkeypatch, demo, capsys):
    """Served or by commands, into the user's own folder; what another disk would give is said, as bad."""
    from homeward.app import doctor
    from homeward.app.cli.main import run

    for name, value in environment(tmp_path).items():
        monkeypatch.setenv(name, value)
    home, settings = tmp_path / "home", load(environment(tmp_path), home=tmp_path / "home")
    assert settings.hourly("demo") is None and settings.hourly("test") == settings.backups

    def made():
        return sorted(settings.backups.glob("*.homeward"))

    assert run(["init", "--home", str(home)]) == 0 and run(["leads", "--home", str(home)]) == 0
    assert made() == []
    assert run(["ingest", str(demo.world / "ads.jsonl"), "--home", str(home)]) == 0
    assert made() == [], "whoever only tries it out makes none"
    monkeypatch.setenv("HOMEWARD_NOW", "2026-11-01T13:00:00Z")
    assert run(["ingest", str(demo.world / "ads.jsonl"), "--home", str(home)]) == 0
    [first] = made()
    assert str(settings.backups) in capsys.readouterr().err
    assert run(["ingest", str(demo.world / "ads.jsonl"), "--home", str(home)]) == 0
    assert made() == [first], "less than an hour ago"
    monkeypatch.setenv("HOMEWARD_NOW", "2026-11-01T14:00:00Z")
    assert run(["search", "the", "--home", str(home)]) == 0 and len(made()) == 2
    monkeypatch.setenv("HOMEWARD_NOW", "2026-11-01T15:00:00Z")
    assert run(["search", "the", "--home", str(home)]) == 0 and len(made()) == 2, "nothing was changed"
    found = {one["check"]: one for one in doctor.examine(settings)}
    assert found["backup"]["state"] == "ok" and found["backups"]["state"] == "bad"
    assert "same disk" in found["backups"]["found"] and run(["doctor", "--home", str(home)]) == 1


def test_what_is_in_no_backup_for_an_hour_is_bad(empty_house, demo, tmp_path):
    """Where nothing runs nothing backs up: the doctor says since when, and looks alone are no work."""
    clock, told = Clock(empty_house), []
    assert hourly.keep_up(empty_house, tmp_path) == ""
    clock.goes(hours=5)
    assert (
        said(empty_house)["state"] == "ok"
        and hourly.after_a_command(empty_house, tmp_path, told.append) == ""
    )
    supply.ingest(LOCAL, empty_house, str(demo.world / "ads.jsonl"), supply.Supply("the world", "invented"))
    clock.goes(minutes=59)
    assert said(empty_house)["state"] == "ok"
    clock.goes(minutes=2)
    assert said(empty_house)["state"] == "bad" and "since 2026-11-01 17:00" in said(empty_house)["found"]
    assert (
        hourly.after_a_command(empty_house, tmp_path, told.append) == ""
        and said(empty_house)["state"] == "ok"
    )
    assert len(told) == 1


@pytest.mark.trust("AUD-6")
def test_a_log_that_leaves_the_disk_to_fewer_than_two_places_is_not_called_safe(own_house, tmp_path):
    """Said to auditors and by the doctor; not with two on other disks, and not of a demo."""
    rob = Actor("rob", "api", Role.AUDITOR)
    env, home = environment(tmp_path), tmp_path / "home"
    compose.make(load(env, home=home))

    def told(places):
        with compose.opened(load({**env, "HOMEWARD_CHECKPOINTS": places}, home=home)) as house:
            found = [one["state"] for one in keep.examine(LOCAL, house) if "other disks" in one["found"]]
            return trail.state(rob, house)["trouble"], found, apart.of_copies(house)

    trouble, found, said = told("")
    assert trouble == said and "reach 0 of 2" in said and found == ["bad"]
    assert "reach 1 of 2" in told(f"{tmp_path}:/proc/one")[2]
    assert told("/proc/one:/proc/two")[1:] == ([], "")  # another file system than any workspace's
    assert apart.of_copies(own_house) == "" == trail.state(rob, own_house)["trouble"]
