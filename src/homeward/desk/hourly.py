"""A workspace in use backs itself up once an hour: while it is served, and at the end of commands.

Nobody asks for it. When it fails, that is said on standard error, on every screen of those who can mend it,
and by `homeward doctor`, until one succeeds. Of those that it made itself, the newest dozen stay and the
newest of each of the last seven days; where nobody named a folder they lie on the user's own disk, and fewer
stay. Others it never touches.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from homeward.desk import backups
from homeward.desk.backups import Writer
from homeward.house import House
from homeward.model.errors import HomewardError, WorkspaceLocked
from homeward.store import archive
from homeward.store.ledger import meta

EVERY = timedelta(minutes=50)  # after the last one: with a minute between looks and time to write, an hour
LATE = timedelta(hours=1)
NEWEST, DAYS = 12, 7
FEW = (2, 2)  # the same where nobody said where backups are kept: three files at most
OWN, TROUBLE = (
    "backup.own",
    "backup.trouble",
)  # in the ledger: the files it made, with their times; what is wrong


def keep_up(house: House, folder: Path, *, few: bool = False, write: Writer = archive.write_file) -> str:
    """Make a backup if it is time, and let go of those that are many enough; return what is wrong."""
    at = backups.last_backup(house)
    if at is not None and house.clock() - at < EVERY:
        return ""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _clear(house, folder)
        made = backups.by_itself(house, folder, write)
    except WorkspaceLocked as error:  # somebody takes ads in: the next look tries again
        return "" if at is not None and house.clock() - at < LATE else _failed(house, at, str(error))
    except (HomewardError, OSError) as error:
        return _failed(house, at, str(error) if isinstance(error, HomewardError) else type(error).__name__)
    with house.ledger.write() as tx:
        own = {**meta.get(tx, OWN, {}), made.name: house.clock().isoformat()}
        gone = [name for name in own if not (folder / name).exists()]
        meta.put(tx, OWN, {name: when for name, when in own.items() if name not in gone})
        meta.put(tx, TROUBLE, "")
    there = {name: datetime.fromisoformat(when) for name, when in own.items() if name not in gone}
    for name in beyond(there, *(FEW if few else (NEWEST, DAYS))):
        backups.no_longer(house, folder / name)
    return ""


def after_a_command(house: House, folder: Path, tell: Callable[[str], None], *, few: bool = False) -> str:
    """Do so at the end of a command, if anything was changed that no backup holds; return what is wrong.

    The first waits until that is as old as others are apart: who only tries a workspace out makes none.
    """
    since = backups.unkept_since(house)
    if since is None or house.clock() - (backups.last_backup(house) or since) < EVERY:
        return ""
    tell(f"Backing up into {folder}, as once an hour.")
    return keep_up(house, folder, few=few)


def beyond(own: dict[str, datetime], newest: int = NEWEST, days: int = DAYS) -> list[str]:
    """Return which of its own backups need not stay, oldest first."""
    order = sorted(own, key=lambda name: (own[name], name), reverse=True)
    stay = set(order[:newest])
    last_of_day = {own[name].date(): name for name in reversed(order)}
    stay |= {last_of_day[day] for day in sorted(last_of_day, reverse=True)[:days]}
    return [name for name in reversed(order) if name not in stay]


def trouble(house: House) -> str:
    """Return what is wrong with the hourly backups, or nothing."""
    with house.ledger.read() as tx:
        return str(meta.get(tx, TROUBLE, ""))


def _clear(house: House, folder: Path) -> None:
    """Remove what backups of this workspace left half-written when they were killed."""
    for left in folder.glob(f".{house.id}-*.part"):
        if house.clock().timestamp() - left.stat().st_mtime > EVERY.total_seconds():
            left.unlink(missing_ok=True)


def _failed(house: House, at: datetime | None, why: str) -> str:
    last = "there is none yet" if at is None else f"the last is of {at:%Y-%m-%d %H:%M} UTC"
    said = f"No backup could be made ({last}): {why}"
    with house.ledger.write() as tx:
        meta.put(tx, TROUBLE, said)
    return said
