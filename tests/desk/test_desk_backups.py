"""Backed up while in use, restored elsewhere, the same again; what was damaged on the way is refused."""

import io
import os
import random
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from homeward.app import compose
from homeward.app.audit.verify import check_log
from homeward.app.settings import load
from homeward.desk import audit, backups, export, judge
from homeward.model.actor import Actor
from homeward.model.errors import InputUnreadable, KeyMissing, UsageError, WorkspaceDamaged
from homeward.model.event import Act
from homeward.model.judgement import Judgement
from homeward.store import archive, disk
from homeward.store.ledger import events
from homeward.store.scrub import scrub
from people_kit import Clock

ACTOR = Actor("local:1000", "cli")


@pytest.fixture
def backed_up(own_house, tmp_path):
    path = tmp_path / "there" / "one.homeward"
    backups.backup(ACTOR, own_house, path)
    return path


def exported(house):
    found = {}
    for what in ("ads", "identities", "leads"):
        out = io.BytesIO()
        export.export(ACTOR, house, what, out)
        found[what] = out.getvalue()
    return found


def restored_settings(demo, tmp_path):
    return load({**demo.env, "XDG_STATE_HOME": str(tmp_path / "state")}, home=tmp_path / "restored")


@pytest.mark.trust("BAK-2")
def test_the_restore_drill(demo, own_house, tmp_path, backed_up):
    """Restored from file and key alone: equal exports, a whole log, and the loss said and recorded."""
    kept = audit.sign(ACTOR, own_house)["note"]
    expected = exported(own_house)
    ads = own_house.lake.read("ads", columns=["ad"]).column("ad").to_pylist()
    judge.judge(ACTOR, own_house, ads[0], ads[1], Judgement.SAME, why="after the backup")
    own_house.ledger.close()
    settings = restored_settings(demo, tmp_path)
    made = compose.restore(settings, backed_up)
    with compose.opened(settings) as again:
        done = backups.restored(ACTOR, again, made=made, name=backed_up.name)
        with again.ledger.read() as tx:
            acts = [r.event.act for r in events.read(tx, newest_first=True, limit=3)]
        assert exported(again) == expected
        read = backups.scrub(ACTOR, again)
        found = audit.verify(ACTOR, again, check_log)
        lost = audit.verify(ACTOR, again, check_log, kept=[kept])

    assert (done["wrong"], found["wrong"]) == ([], [])
    assert (read["wrong"], read["first_time"]) == ([], 0), "what was restored is known, file by file"
    assert "were signed" in done["lost"] and done["moved"]
    assert {Act.RESTORE, Act.ALARM} <= set(acts)
    assert lost["wrong"], "a checkpoint kept elsewhere says that something is gone"


def test_a_schedule_needs_no_names(own_house, tmp_path):
    """In a folder each backup is named after workspace and time."""
    clock = Clock(own_house)
    for hour in (12, 13):
        made = backups.backup(ACTOR, own_house, tmp_path)
        assert Path(made["file"]).name == f"{own_house.id}-2026-11-01T{hour}0000000000.homeward"
        clock.goes(hours=1)
    assert len(list(tmp_path.glob("*.homeward"))) == 2


@pytest.mark.trust("BAK-1")
def test_a_backup_shows_nothing_of_what_it_holds(own_house, backed_up):
    """Not a word of an ad, and no page of a table, stands in the file as written."""
    content = backed_up.read_bytes()
    title = own_house.lake.read("ads", columns=["body"]).column("body").to_pylist()[0].encode()

    assert title[:20] not in content and b"PAR1" not in content and b"SQLite" not in content
    assert own_house.ledger.key.hex().encode() not in content
    assert any(b"PAR1" in path.read_bytes() for path in (own_house.home / "lake").rglob("*.parquet"))


@pytest.mark.trust("BAK-1")
def test_another_key_opens_no_backup(own_house, tmp_path, backed_up):
    with backed_up.open("rb") as source:
        head = archive.head(source, "x")
        with pytest.raises(KeyMissing):
            archive.read(source, head, tmp_path / "out", key=bytes(32), name="x")


def small(tmp_path):
    """An archive of a few pieces: its bytes and where its head ends."""
    files = []
    for n in range(3):
        path = tmp_path / f"file-{n}"
        path.write_bytes(os.urandom(archive.CHUNK * 2 // 3))
        files.append((f"lake/file-{n}", path))
    out = io.BytesIO()
    archive.write(out, files, workspace="abc", made="now", key=bytes(32))
    return out.getvalue()


def unpacked(content, folder):
    source = io.BytesIO(content)
    head = archive.head(source, "x")
    return archive.read(source, head, folder, key=bytes(32), name="x")


@pytest.mark.trust("BAK-2")
def test_what_is_not_as_it_was_written_is_refused(tmp_path):
    """Flipped, cut, a piece moved, repeated or left out: never is half a workspace taken for one."""
    whole = small(tmp_path)
    begin, step = whole.index(b"\n") + 1, archive.CHUNK + archive.TAG
    pieces = [whole[i : i + step] for i in range(begin, len(whole), step)]
    assert len(pieces) == 3 and len(unpacked(whole, tmp_path / "whole")) == 3

    def flipped(at):
        return whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]

    wrong = [flipped(at) for at in (5, 40, begin, begin + step, len(whole) - 1, len(whole) // 2)]
    wrong += [whole[:-1], whole[: begin + step], whole[:begin], whole + b"x", b"", whole[:10]]
    wrong += [
        whole[:begin] + b"".join(pieces[i] for i in order) for order in ([1, 0, 2], [0, 0, 1, 2], [0, 2])
    ]
    for n, content in enumerate(wrong):
        with pytest.raises((InputUnreadable, KeyMissing)):
            unpacked(content, tmp_path / f"out-{n}")


@pytest.mark.parametrize("name", ["../x", "/x", "a/../../x", "a\x00b", "a\nb"])
def test_a_name_that_leads_out_is_refused(tmp_path, name):
    """Even a backup that was made with the right key writes nowhere but into its folder."""
    (tmp_path / "file").write_bytes(b"1")
    out = io.BytesIO()
    archive.write(out, [(name, tmp_path / "file")], workspace="abc", made="now", key=bytes(32))
    with pytest.raises(InputUnreadable):
        unpacked(out.getvalue(), tmp_path / "out" / "in")
    assert not (tmp_path / "out" / "x").exists()


def test_a_backup_replaces_nothing_and_a_restore_neither(demo, own_house, tmp_path, backed_up):
    with pytest.raises(UsageError):
        backups.backup(ACTOR, own_house, backed_up)
    with pytest.raises(UsageError):
        compose.restore(load(demo.env, home=own_house.home), backed_up)


@pytest.mark.trust("REL-3")
@pytest.mark.parametrize("place", ["archive.file", "backup.written"])
def test_a_backup_that_fails_leaves_no_file(own_house, tmp_path, monkeypatch, place):
    def fail(name):
        if name == place:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(disk, "on_failpoint", fail)
    with pytest.raises(Exception, match="full"):
        backups.backup(ACTOR, own_house, tmp_path / "new" / "one.homeward")
    monkeypatch.setattr(disk, "on_failpoint", None)

    assert list((tmp_path / "new").iterdir()) == []
    assert not list(own_house.home.glob(".backup-*"))


@pytest.mark.trust("REL-5")
def test_a_file_that_may_not_grow_is_a_full_disk(own_house, tmp_path):
    """Under RLIMIT_FSIZE the system refuses the write itself; it is said as a full disk."""
    own_house.ledger.close()
    script = """
import resource, signal, sys
from pathlib import Path
from homeward.model.errors import StorageFull
from homeward.store import archive, disk
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
big = Path(sys.argv[1])
try:
    with disk.translated("The file x"), open(sys.argv[2], "xb", buffering=0) as out:
        archive.write(out, [("lake/a", big)], workspace="abc", made="now", key=bytes(32))
except StorageFull as error:
    print(error)
"""
    (tmp_path / "big").write_bytes(os.urandom(3 << 20))
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "big"), str(tmp_path / "out")],
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0 and done.stdout.startswith("The disk is full"), done.stderr


def flipped(path, at):
    """Change one bit of a file, and leave its time as it was."""
    whole, then = path.read_bytes(), path.stat()
    path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    os.utime(path, ns=(then.st_atime_ns, then.st_mtime_ns))


@pytest.mark.trust("BAK-3")
def test_one_flipped_bit_in_each_file_is_found_though_nobody_ever_read_it(own_house):
    """Tables and their footers, the lake's log, index, blobs, marker: whoever wrote them remembers."""
    own_house.blobs.put(b"bland bytes")
    with own_house.writing():
        pass
    chance = random.Random(7)
    for place in (lambda size: 0, lambda size: size - 1, lambda size: chance.randrange(size)):
        files = [p for p in files_of(own_house) if p.stat().st_size]
        bits = {path: place(path.stat().st_size) for path in files}
        for path, at in bits.items():
            flipped(path, at)
        wrong = backups.scrub(ACTOR, own_house)["wrong"]
        for path, at in bits.items():
            flipped(path, at)
            assert any(said.startswith(path.relative_to(own_house.home).as_posix()) for said in wrong), path
        assert len(wrong) == len(files) > 50
    assert backups.scrub(ACTOR, own_house)["wrong"] == []


def files_of(house):
    """Every file of a workspace but the ledger's, which has checksums of its own, and the lock."""
    found = [p for p in house.home.rglob("*") if p.is_file() and not p.name.startswith((".", "ledger.db"))]
    return sorted(found)


@pytest.mark.trust("BAK-3")
def test_one_flipped_bit_in_the_ledger_is_found(own_house):
    """In any page; one in the first bytes lets nobody open it."""
    own_house.ledger.check()
    own_house.ledger.close()
    path, chance = own_house.ledger.path, random.Random(8)
    assert own_house.ledger.check() == []
    size = path.stat().st_size
    for at in (0, 20, 5_000, size - 1, *(chance.randrange(size) for _ in range(9))):
        own_house.ledger.close()
        flipped(path, at)
        try:
            found = own_house.ledger.check()
        except (KeyMissing, WorkspaceDamaged) as error:
            found = [str(error)]
        assert found, at
        own_house.ledger.close()
        flipped(path, at)
    assert own_house.ledger.check() == []


@pytest.mark.trust("BAK-3")
def test_a_tables_data_is_another_whatever_its_time_says(own_house):
    """It is written once: one that was touched, or put back by a restore, must hold the same bytes."""
    with own_house.writing():
        pass
    path = next(own_house.home.glob("lake/ads/**/*.parquet"))
    whole = path.read_bytes()
    path.write_bytes(whole[:-20] + bytes([whole[-20] ^ 1]) + whole[-19:])

    [said] = backups.scrub(ACTOR, own_house)["wrong"]
    assert path.name in said
    path.write_bytes(whole)
    assert backups.scrub(ACTOR, own_house)["wrong"] == []


@pytest.mark.trust("BAK-3")
def test_a_table_damaged_before_it_was_ever_read_is_found(own_house):
    """The checksums of its pages were written with it; whatever byte of its pages is another, they tell."""
    paths = sorted(own_house.home.glob("lake/ads/**/*.parquet"))
    path, whole = paths[0], paths[0].read_bytes()
    table = pq.ParquetFile(path).metadata.row_group(0)
    columns = sorted(map(table.column, range(table.num_columns)), key=lambda c: -c.total_compressed_size)
    for column in columns[:5]:
        at = (column.dictionary_page_offset or column.data_page_offset) + column.total_compressed_size // 2
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        found = scrub(own_house.home, {})
        assert [path.name in said for said in found.wrong] == [True], column
    path.write_bytes(whole)
    assert scrub(own_house.home, {}).wrong == []


@pytest.mark.trust("BAK-3")
def test_what_was_written_since_is_no_damage(own_house):
    backups.scrub(ACTOR, own_house)
    path = next(own_house.home.glob("lake/ads/_delta_log/*.json"))
    path.write_bytes(path.read_bytes() + b"\n")

    assert backups.scrub(ACTOR, own_house)["wrong"] == []


@pytest.mark.trust("BAK-2")
def test_the_commands_back_up_and_restore(demo, own_house, tmp_path, monkeypatch, capsys):
    from homeward.app.cli.main import run

    for name, value in {**demo.env, "XDG_STATE_HOME": str(tmp_path / "state")}.items():
        monkeypatch.setenv(name, value)
    own_house.ledger.close()
    home, new = str(own_house.home), str(tmp_path / "new")

    assert run(["backup", "-o", str(tmp_path / "b"), "--home", home]) == 0
    assert run(["restore", str(tmp_path / "b"), "--home", new]) == 0
    assert run(["doctor", "--scrub", "--home", new]) == 0
    assert run(["restore", str(tmp_path / "b"), "--home", new]) == 1
    assert run(["restore", str(Path(home) / "workspace.json"), "--home", str(tmp_path / "other")]) == 1
    assert "Restored into" in capsys.readouterr().out
