"""Put a workspace together from the settings: make one, open one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from homeward.app.settings import Settings
from homeward.model.errors import InputMissing, KeyMissing, UsageError, WorkspaceMissing

if TYPE_CHECKING:
    from homeward.house import House, Workspace
    from homeward.store.archive import Head


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
    from homeward.store.ledger import Ledger

    place = find_workspace(settings.home)
    key = settings.key or keys.current(
        settings.config, place.id, lambda key: Ledger(settings.home / "ledger.db", key).opens(key)
    )
    with open_house(
        settings.home, key=key, clock=settings.clock, workers=settings.workers, memory_mb=settings.memory_mb,
        copies=settings.checkpoints,
    ) as house:  # fmt: skip
        yield house


def restore(settings: Settings, file: Path) -> str:
    """Unpack a backup as the workspace of these settings; return when it was made.

    Nothing stands at its place until all of it was read, checked and flushed. A backup that was made with
    an earlier key of the workspace opens with that, and its ledger is brought to the key of now.
    """
    from homeward.store import archive, disk, keys
    from homeward.store.ledger import Ledger

    home = settings.home
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise UsageError(f"{home} is not empty.", remedy="Name a new or an empty folder with --home.")
    beside = home.with_name(f".{home.name}.restoring")
    shutil.rmtree(beside, ignore_errors=True)
    try:
        with file.open("rb") as source:
            head = archive.head(source, str(file))
            key = settings.key or keys.find(settings.config, head.workspace)
            before = [] if settings.key else keys.earlier(settings.config, head.workspace)
            with disk.translated(f"The folder {beside}"):
                used = _unpacked(source, head, beside, [key, *before], name=str(file))
        if used != key:
            Ledger(beside / "ledger.db", used).rekey(key)
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


def _unpacked(source: BinaryIO, head: Head, folder: Path, tried: list[bytes], *, name: str) -> bytes:
    """Unpack with the first key that opens it, and return that key."""
    from homeward.store import archive

    begin = source.tell()
    for number, key in enumerate(tried, 1):
        try:
            archive.read(source, head, folder, key=key, name=name)
            return key
        except KeyMissing:
            if number == len(tried):
                raise
            source.seek(begin)
    raise AssertionError("no key was given")
