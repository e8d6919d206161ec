"""A served workspace backs itself up once an hour, where it is said where backups are kept.

Nobody asks for it and nobody waits for it. When it fails, that is said on standard error, on every screen of
those who can mend it, and by `homeward doctor`, until one succeeds. Of those that it made itself, the newest
dozen stay and the newest of each of the last seven days; others it never touches.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from homeward.desk import backups
from homeward.house import House
from homeward.model.errors import HomewardError, WorkspaceLocked
from homeward.store.ledger import meta

EVERY = timedelta(minutes=50)  # after the last one: with a minute between looks and time to write, an hour
LATE = timedelta(hours=1)
NEWEST, DAYS = 12, 7
OWN, TROUBLE = (
    "backup.own",
    "backup.trouble",
)  # in the ledger: the files it made, with their times; what is wrong


def keep_up(house: House, folder: Path) -> str:
    """Make a backup if it is time, and let go of those that are many enough; return what is wrong."""
    at = backups.last_backup(house)
    if at is not None and house.clock() - at < EVERY:
        return ""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _clear(house, folder)
        made = backups.by_itself(house, folder)
    except WorkspaceLocked as error:  # somebody takes ads in: the next look tries again
        return "" if at is not None and house.clock() - at < LATE else _failed(house, at, str(error))
    except (HomewardError, OSError) as error:
        return _failed(house, at, str(error) if isinstance(error, HomewardError) else type(error).__name__)
    with house.ledger.write() as tx:
        own = {**meta.get(tx, OWN, {}), made.name: house.clock().isoformat()}
        gone = [name for name in own if not (folder / name).exists()]
        meta.put(tx, OWN, {name: when for name, when in own.items() if name not in gone})
        meta.put(tx, TROUBLE, "")
    for name in beyond(
        {name: datetime.fromisoformat(when) for name, when in own.items() if name not in gone}
    ):
        backups.no_longer(house, folder / name)
    return ""


def beyond(own: dict[str, datetime]) -> list[str]:
    """Return which of its own backups need not stay, oldest first."""
    order = sorted(own, key=lambda name: (own[name], name), reverse=True)
    stay = set(order[:NEWEST])
    last_of_day = {own[name].date(): name for name in reversed(order)}
    stay |= {last_of_day[day] for day in sorted(last_of_day, reverse=True)[:DAYS]}
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
