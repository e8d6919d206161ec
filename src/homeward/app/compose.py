"""Put a workspace together: make one, open one. The only place that knows every store's address.

A workspace is a folder:

    workspace.json   its id, kind and form; never a key
    lake/ index/ blobs/ ledger.db spool/
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from homeward.app.settings import Settings
from homeward.model.errors import UsageError, WorkspaceDamaged, WorkspaceKind, WorkspaceMissing

if TYPE_CHECKING:
    from homeward.house import House

FORM = 1  # of workspace.json and the folder around it
KINDS = ("test", "demo")  # until permissions exist there is no other kind


@dataclass(frozen=True, slots=True)
class Workspace:
    """What `workspace.json` says."""

    home: Path
    id: str
    kind: str
    made: str


def find(settings: Settings) -> Workspace:
    """Return the workspace that the settings name, or say that there is none."""
    path = settings.home / "workspace.json"
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise WorkspaceMissing(str(settings.home)) from None
    except (ValueError, UnicodeDecodeError):
        raise WorkspaceDamaged(f"{path} is damaged and cannot be read.") from None
    try:
        form, kind, identifier = int(data["form"]), str(data["kind"]), str(data["id"])
        made = str(data["made"])
    except (KeyError, TypeError, ValueError):
        raise WorkspaceDamaged(f"{path} is damaged: a field is missing.") from None
    if form != FORM:
        raise WorkspaceDamaged(
            f"{path} has form {form}; this version of Homeward knows form {FORM}.",
            remedy="Use the version that made the workspace.",
        )
    if kind not in KINDS or not identifier.isalnum():
        raise WorkspaceDamaged(f"{path} names a kind or id that Homeward does not know.")
    return Workspace(settings.home, identifier, kind, made)


def make(settings: Settings, *, demo: bool = False) -> tuple[Workspace, bool]:
    """Make a workspace, or find the one that is there; also say whether it was made now.

    A kind is for good: asking for `demo` of a test workspace is refused, and so is a folder that holds
    other things.
    """
    home, kind = settings.home, "demo" if demo else "test"
    try:
        there = find(settings)
    except WorkspaceMissing:
        pass
    else:
        if demo and there.kind != "demo":
            raise WorkspaceKind(
                f"The workspace in {home} is of kind {there.kind} and stays so.",
                remedy="Make a demo workspace in another folder.",
            )
        return there, False
    if home.exists() and not home.is_dir():
        raise UsageError(f"{home} is a file, not a folder.", remedy="Name another folder with --home.")
    if home.is_dir() and any(home.iterdir()) and not _half_made(home):
        raise UsageError(
            f"The folder {home} is not empty and is no workspace.",
            remedy="Name an empty or a new folder with --home.",
        )
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    workspace = Workspace(home, secrets.token_hex(8), kind, _stamp(settings.clock()))
    _write(workspace)
    return workspace, True


def _half_made(home: Path) -> bool:
    """Whether an earlier `init` was stopped between its first and its last step."""
    return {entry.name for entry in home.iterdir()} <= {".workspace.json.new"}


def _stamp(now: datetime) -> str:
    return now.isoformat().replace("+00:00", "Z")


def _write(workspace: Workspace) -> None:
    """Write `workspace.json` whole or not at all."""
    text = json.dumps(
        {"form": FORM, "id": workspace.id, "kind": workspace.kind, "made": workspace.made}, indent=1
    )
    new, path = workspace.home / ".workspace.json.new", workspace.home / "workspace.json"
    with new.open("w", encoding="utf-8") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    folder = os.open(workspace.home, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def opened(settings: Settings, *, make_key: bool = False) -> Iterator[House]:
    """Open the workspace and every store in it; close them again at the end.

    `make_key` is for a workspace made this moment: only then may a key be made.
    """
    from homeward.engine.local import LocalEngine
    from homeward.house import House
    from homeward.store import keys
    from homeward.store.blobs import Blobs
    from homeward.store.index import Index
    from homeward.store.lake import Lake
    from homeward.store.ledger import Ledger

    place = find(settings)
    key = settings.key or (keys.make if make_key else keys.find)(settings.config, place.id)
    engine = LocalEngine(workers=settings.workers, memory_mb=settings.memory_mb)
    try:
        yield House(
            home=place.home,
            id=place.id,
            kind=place.kind,
            lake=Lake(place.home / "lake"),
            index=Index(place.home / "index"),
            ledger=Ledger(place.home / "ledger.db", key),
            blobs=Blobs(place.home / "blobs"),
            engine=engine,
            clock=settings.clock,
        )
    finally:
        engine.close()
