"""Keep a workspace safe: back it up while it is in use, say that it was restored, look for bit rot."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from homeward import intake
from homeward.desk import records
from homeward.desk.acts import event, long_act, note
from homeward.desk.permissions import permitted
from homeward.desk.setting_aside import set_aside
from homeward.house import KNOWN, KNOWN_UNTIL, House
from homeward.model.actor import Actor
from homeward.model.errors import InputUnreadable, UsageError, WorkspaceError
from homeward.model.event import Act
from homeward.store import archive, disk, keys
from homeward.store.ledger import audit, events, meta
from homeward.store.ledger import records as kept_records
from homeward.store.ledger.watch import ACTOR
from homeward.store.scrub import scrub as read_anew

SCRUB_AT = "scrub.at"
BACKUP_AT, BACKUP_ENTRIES = "backup.at", "backup.entries"  # of the last one: when, and how much of the log
# Acts that leave nothing behind but their own event: one of them alone is no reason for a backup.
LOOKS = {
    Act.INIT, Act.SEARCH, Act.LOOK, Act.LIST, Act.EVALUATE, Act.SIGN_IN, Act.SESSION, Act.REFUSE, Act.AUDIT,
    Act.BACKUP,
}  # fmt: skip
CHANGES = frozenset(Act) - LOOKS
RENEWED_AFTER = timedelta(days=1)  # what was erased by mistake is noticed on the day, if at all

BY_ITSELF = Actor(ACTOR, "log")

Row = dict[str, Any]
Writer = Callable[..., int]  # archive.write_file, or one that does the same elsewhere


@permitted("workspace.keep")
def backup(actor: Actor, house: House, path: Path) -> Row:
    """Write the whole workspace into one encrypted file; searching and judging go on meanwhile.

    In a folder that is there, the file is named after the workspace and the time. What is made again from the
    rest (the index) is left out. Taking in waits only while it is set aside what the backup will hold.
    """
    return _write(actor, house, path)


@permitted("workspace.keep")
def kept(actor: Actor, house: House, folder: Path) -> Row:
    """Return this workspace's backups in the folder where they are kept, oldest first.

    One that was made before ads were erased still holds them: it is `stale`.
    """
    note(actor, house, Act.LIST, what="backups")
    return {"folder": str(folder), "backups": list(_kept(house, folder)), "erased_at": _erased_at(house)}


@permitted("workspace.keep")
def renew(actor: Actor, house: House, folder: Path) -> Row:
    """Make a backup of now in the folder, then destroy those in it that still hold what was erased."""
    return _renew(actor, house, folder)


def let_go(house: House, folder: Path) -> Row | None:
    """Do the same without a person, as a served workspace does by itself a day after an erasure."""
    at = _erased_at(house)
    if at is None or house.clock() - at < RENEWED_AFTER or not any(b["stale"] for b in _kept(house, folder)):
        return None
    return _renew(BY_ITSELF, house, folder)


def by_itself(house: House, folder: Path, write: Writer = archive.write_file) -> Path:
    """Make a backup of now without a person, as a workspace in use does each hour; return its file."""
    return Path(_write(BY_ITSELF, house, new_name(house, folder), write)["file"])


def no_longer(house: House, file: Path) -> None:
    """Destroy one that was made so, without a person."""
    _destroy(BY_ITSELF, house, file)


def _renew(actor: Actor, house: House, folder: Path) -> Row:
    old = [one for one in _kept(house, folder) if one["stale"]]
    if not old:
        note(actor, house, Act.LIST, what="backups")
        return {"made": None, "destroyed": []}
    made = _write(actor, house, new_name(house, folder))
    for one in old:
        _destroy(actor, house, Path(one["file"]))
    return {"made": made["file"], "destroyed": [one["file"] for one in old]}


def new_name(house: House, folder: Path) -> Path:
    """Return a file for a backup of now, in the folder where they are kept."""
    return folder / f"{house.id}-{house.clock():%Y-%m-%dT%H%M%S%f}.homeward"


def _kept(house: House, folder: Path) -> Iterator[Row]:
    erased_at = _erased_at(house)
    with disk.translated(f"The folder {folder}"):
        for path in sorted(folder.glob("*")) if folder.is_dir() else ():
            if not path.is_file() or path.is_symlink() or path.name.startswith("."):
                continue
            with path.open("rb") as source, suppress(InputUnreadable):
                head = archive.head(source, path.name)
                if head.workspace == house.id:
                    stale = erased_at is not None and datetime.fromisoformat(head.made) < erased_at
                    yield {"file": str(path), "made": head.made, "size": path.stat().st_size, "stale": stale}


def _erased_at(house: House) -> datetime | None:
    with house.ledger.read() as tx:
        return kept_records.last_erasure(tx)


def _destroy(actor: Actor, house: House, file: Path) -> None:
    """Destroy a backup, and write down that it is gone."""
    with disk.translated(f"The backup {file}"):
        file.unlink(missing_ok=True)
        disk.sync_folder(file.parent)
    with house.ledger.write() as tx:
        events.record(tx, event(actor, house, Act.BACKUP, stage="destroyed", file=file.name))


def _write(actor: Actor, house: House, path: Path, write: Writer = archive.write_file) -> Row:
    """Write a backup into a new file, or into a folder under the name of workspace and time."""
    if path.is_dir():
        path = new_name(house, path)
    if path.exists():
        raise UsageError(f"{path} is there already.", remedy="Name a new file: a backup replaces nothing.")
    part = path.with_name(f".{path.name}.part")
    with set_aside(house) as aside, long_act(actor, house, Act.BACKUP, file=path.name) as ended:
        try:
            with disk.translated(f"The file {path}"):
                disk.make_folder(path.absolute().parent)
                made = aside.at.isoformat(timespec="seconds")
                count = write(part, aside.files, workspace=house.id, made=made, key=house.ledger.key)
                disk.failpoint("backup.written")
                part.rename(path)
                disk.sync_folder(path.absolute().parent)
        except FileNotFoundError:
            raise WorkspaceError("Ads were erased meanwhile.", remedy="Make the backup again.") from None
        finally:
            with disk.translated(f"What is left of {path}"):
                part.unlink(missing_ok=True)
        with house.ledger.write() as tx:
            meta.put(tx, BACKUP_AT, made)
            meta.put(tx, BACKUP_ENTRIES, aside.entries)
        size = path.stat().st_size
        ended.update(files=count, entries=aside.entries, size=size)
        return {"file": str(path), "files": count, "size": size, "entries": aside.entries}


@permitted("workspace.keep")
def restored(
    actor: Actor, house: House, *, made: str, name: str, progress: Callable[..., None] | None = None
) -> Row:
    """Keep that this workspace was restored, make its index again, and say whether everything is whole.

    What was done after the backup is gone: the copied checkpoints that say so are set aside and named.
    """
    with house.ledger.write() as tx:
        trouble = house.watch.trouble(tx)
        lost = [c.checkpoint for c in house.watch.copies.read(house.watch.key(tx)) if c.checkpoint]
        said = [f"{c.size} {c.root.hex()}" for c in lost]
        seq = events.record(
            tx, event(actor, house, Act.RESTORE, made=made, file=name, trouble=trouble, lost=said)
        )
        meta.put(tx, KNOWN_UNTIL, 0)  # all of it was just written, and compared with the backup's list
    moved = house.watch.copies.set_aside(str(seq)) if trouble else []
    intake.rebuild(house, "index", progress=progress)
    again = _erased_since(house)
    if again:
        records.erase(actor, house, again, why="erased before the restore", progress=progress)
    wrong = house.ledger.check()
    with house.ledger.read() as tx:
        reading = audit.Reading(tx)
        for _ in reading.entries():
            pass
        wrong += reading.wrong
    return {"made": made, "entries": reading.size, "ads": house.index.count(), "lost": trouble,
            "moved": [str(path) for path in moved], "erased_again": len(again), "wrong": wrong}  # fmt: skip


@permitted("workspace.keep")
def scrub(actor: Actor, house: House, config: Path | None = None, *, key_in_file: bool = True) -> Row:
    """Read every byte of the workspace anew, and every entry of the log; return what is damaged.

    The key files of `config` are read, too: the earlier keys, and the one in force unless it lies elsewhere.
    """
    with long_act(actor, house, Act.AUDIT, what="scrub") as ended:
        began = time.time_ns()  # as the times of files, which no told clock has a say in
        with house.ledger.read() as tx:
            known = meta.get(tx, KNOWN, {})
        found = read_anew(house.home, known)
        wrong = [*house.ledger.check(), *found.wrong]
        if config is not None:
            wrong += keys.damaged(config, house.id, house.ledger.key if key_in_file else None)
        with house.ledger.read() as tx:
            reading = audit.Reading(tx)
            for _ in reading.entries():
                pass
        wrong += reading.wrong
        with house.ledger.write() as tx:
            since = {name: one for name, one in meta.get(tx, KNOWN, {}).items() if known.get(name) != one}
            meta.put(tx, KNOWN, {**found.known, **since})  # what others wrote meanwhile, they know better
            meta.put(tx, KNOWN_UNTIL, max(began, meta.get(tx, KNOWN_UNTIL, began)))
            meta.put(tx, SCRUB_AT, house.clock().isoformat(timespec="seconds"))
        ended.update(files=found.files, damaged=len(wrong))
        return {"files": found.files, "size": found.size, "first_time": found.fresh,
                "entries": reading.size, "wrong": wrong}  # fmt: skip


def _erased_since(house: House) -> list[str]:
    """Return the ads of this workspace that were erased after the backup was made."""
    gone = house.watch.copies.erased()
    found = house.lake.find("ads", gone, columns=["ad"]) if gone else None
    return [] if found is None else sorted(set(found["ad"].to_pylist()))


def unkept_since(house: House) -> datetime | None:
    """Return when the first act was done that changed something and is in no backup, or None."""
    with house.ledger.read() as tx:
        after = meta.get(tx, BACKUP_ENTRIES, 0)
        first = next(iter(events.read(tx, after=after, limit=1, acts=CHANGES)), None)
    return None if first is None else first.event.at


def last_scrub(house: House) -> datetime | None:
    """Return when every byte was last read, or None."""
    return _last(house, SCRUB_AT)


def last_backup(house: House) -> datetime | None:
    """Return when this workspace was last backed up, or None."""
    return _last(house, BACKUP_AT)


def _last(house: House, key: str) -> datetime | None:
    with house.ledger.read() as tx:
        at = meta.get(tx, key)
    return None if at is None else datetime.fromisoformat(at)
