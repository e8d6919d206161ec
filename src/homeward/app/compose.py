"""Put a workspace together from the settings: make one, open one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from homeward.app.settings import Settings
from homeward.model.errors import InputMissing, UsageError, WorkspaceMissing

if TYPE_CHECKING:
    from homeward.house import House, Workspace


def make(settings: Settings, *, demo: bool = False) -> tuple[Workspace, bool]:
    """Make a workspace and its key, or find the one that is there; also say whether it was made now.

    A kind is for good: asking for `demo` of a test workspace is refused. Without `demo` whatever is there
    is found. A workspace whose making was interrupted before its key was kept gets one.
    """
    from homeward.house import find_workspace, make_workspace
    from homeward.store import keys

    new = False
    try:
        place = find_workspace(settings.home)
    except WorkspaceMissing:
        new = True
    if new or demo:
        place = make_workspace(settings.home, kind="demo" if demo else "test", now=settings.clock())
    if settings.key is None and not (settings.home / "ledger.db").exists():
        keys.make(settings.config, place.id)
    return place, new


@contextmanager
def opened(settings: Settings) -> Iterator[House]:
    """Open the workspace and every store in it; close them again at the end."""
    from homeward.house import find_workspace, open_house
    from homeward.store import keys

    place = find_workspace(settings.home)
    key = settings.key or keys.find(settings.config, place.id)
    with open_house(
        settings.home, key=key, clock=settings.clock, workers=settings.workers, memory_mb=settings.memory_mb,
        copies=settings.checkpoints,
    ) as house:  # fmt: skip
        yield house


def restore(settings: Settings, file: Path) -> str:
    """Unpack a backup as the workspace of these settings; return when it was made.

    Nothing stands at its place until all of it was read, checked and flushed.
    """
    from homeward.store import archive, disk, keys

    home = settings.home
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise UsageError(f"{home} is not empty.", remedy="Name a new or an empty folder with --home.")
    beside = home.with_name(f".{home.name}.restoring")
    shutil.rmtree(beside, ignore_errors=True)
    try:
        with file.open("rb") as source:
            head = archive.head(source, str(file))
            key = settings.key or keys.find(settings.config, head.workspace)
            with disk.translated(f"The folder {beside}"):
                archive.read(source, head, beside, key=key, name=str(file))
    except FileNotFoundError:
        raise InputMissing(str(file)) from None
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    with disk.translated(f"The folder {home}"):
        disk.make_folder(home.parent)
        if home.is_dir():
            home.rmdir()
        disk.failpoint("restore.unpacked")
        beside.rename(home)
        disk.sync_folder(home.parent)
    return head.made
