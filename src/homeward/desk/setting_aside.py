"""What a backup will hold, set aside at one moment, so that nobody waits while it is written.

The files of lake and blobs are never changed in place, so a second name for each (a hard link) keeps them as
they are now; the ledger is copied, encrypted as it is. All of it lies in a folder of the workspace, is gone
when the backup is done, and goes at once when ads are erased.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from homeward.erasure import SET_ASIDE
from homeward.house import MARKER, House
from homeward.store import disk
from homeward.store.ledger import events

LEDGER = "ledger.db"


@dataclass(frozen=True, slots=True)
class Aside:
    """The files, each with the name it has in a backup, as they were at `at`; `entries` of the log."""

    at: datetime
    entries: int
    files: list[tuple[str, Path]]


@contextmanager
def set_aside(house: House) -> Iterator[Aside]:
    """Set everything aside, holding the right to write for as long as that takes; let it go at the end."""
    for left in house.home.glob(f"{SET_ASIDE}*"):
        if not disk.process_lives(left.name.removeprefix(SET_ASIDE).split("-")[0]):  # it was killed
            shutil.rmtree(left, ignore_errors=True)
    with disk.translated(f"The folder {house.home}"):
        folder = Path(tempfile.mkdtemp(prefix=f"{SET_ASIDE}{os.getpid()}-", dir=house.home))
    try:
        with house.writing():
            with house.ledger.write() as tx:
                house.watch.sign(tx)
            at = house.clock()
            house.ledger.copy_to(folder / LEDGER)
            with house.ledger.read() as tx:
                entries = events.count(tx)
            with disk.translated(f"The folder {folder}"):
                files = [(LEDGER, folder / LEDGER), *_linked(house.home, folder)]
        yield Aside(at, entries, files)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _linked(home: Path, folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield name and link of each file: the marker last, for without it a folder is no workspace."""
    found = (path for part in ("lake", "blobs") for path in sorted((home / part).rglob("*")))
    for path in (*found, home / MARKER):
        below = path.relative_to(home)
        if path.is_file() and not path.is_symlink() and not any(n.startswith(".") for n in below.parts):
            link = folder / below
            link.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(path, link)
            except OSError:  # the file system knows no links
                shutil.copyfile(path, link)
            yield below.as_posix(), link
