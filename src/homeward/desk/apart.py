"""What is lost or rewritten with this disk: said at each start, by `doctor` and to auditors, until mended.

A demo holds invented ads only and is left in peace. Whether another disk stands in another building no
program can tell; that it is another one, the file system does.
"""

from __future__ import annotations

from pathlib import Path

from homeward.house import House
from homeward.store import disk

PLACES = 2  # on other disks, that each checkpoint of the audit log is to reach


def of_backups(house: House, folder: Path) -> str:
    """Say that backups would be lost with the workspace, or nothing."""
    if house.kind == "demo" or not same_disk(house.home, folder):
        return ""
    return (
        f"Backups lie on the same disk as the workspace, in {folder}: both can be lost at once. "
        "Name a folder on another disk in HOMEWARD_BACKUPS."
    )


def of_copies(house: House) -> str:
    """Say that too few copies of the log's checkpoints leave the disk, or nothing."""
    away = [place for place in house.watch.copies.places if not same_disk(house.home, place)]
    if house.kind == "demo" or len(away) >= PLACES:
        return ""
    return (
        f"Checkpoints of the audit log reach {len(away)} of {PLACES} places on other disks: whoever holds "
        "this one could put the log back unseen. Name folders elsewhere in HOMEWARD_CHECKPOINTS, apart by "
        "colons."
    )


def same_disk(one: Path, other: Path) -> bool:
    """Whether two places, or where they would be made, lie in one file system."""
    return disk.nearest(one).stat().st_dev == disk.nearest(other).stat().st_dev
