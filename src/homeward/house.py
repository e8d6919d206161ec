"""A house: one opened workspace, with every store and the engine, as the corridors and the desk need it.

A workspace is a folder:

    workspace.json                      its id, kind and form; never a key
    lake/ index/ blobs/ ledger.db       the stores
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from homeward.model.errors import HomewardError, UsageError, WorkspaceDamaged, WorkspaceKind, WorkspaceMissing
from homeward.store import disk
from homeward.store.blobs import Blobs
from homeward.store.lake import Lake
from homeward.store.ledger import Ledger, meta, notes
from homeward.store.ledger.copies import Copies
from homeward.store.ledger.watch import Watch
from homeward.store.scrub import remember

if TYPE_CHECKING:
    from homeward.engine.base import Engine
    from homeward.store.index import Index

MARKER = "workspace.json"
KNOWN = "scrub.known"  # in the ledger: what is known of each file, and until when it is
KNOWN_UNTIL = "scrub.until"
FORM = 1  # of the marker and the folder around it; raised when an older version could not read them
KINDS = ("test", "demo")  # until permissions exist there is no other kind


@dataclass(frozen=True, slots=True)
class Workspace:
    """What the marker says. A kind is for good: a test workspace never becomes a real one."""

    home: Path
    id: str
    kind: str
    made: str


@dataclass(frozen=True)
class House:
    """An opened workspace. `clock` gives the time in UTC; nothing below asks for it elsewhere.

    `hidden` are ads that whoever acts may not see, each with the reason; `whole` is the house without them.
    """

    home: Path
    id: str
    kind: str
    lake: Lake
    index: Index
    ledger: Ledger
    watch: Watch
    blobs: Blobs
    engine: Engine
    clock: Callable[[], datetime]
    hidden: Mapping[str, str] = field(default_factory=dict)
    whole: House | None = None

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the right to write to the lake for a whole act; another process gets WorkspaceLocked.

        What the files that were written hold is kept in the ledger, so that a scrub sees any later change.
        """
        with self.lake.writer() as outermost:
            began = time.time_ns()  # as the times of files, which no told clock has a say in
            try:
                yield
            except BaseException:
                with suppress(HomewardError):  # the act's own error is the one to tell
                    self._remember(began, outermost)
                raise
            self._remember(began, outermost)

    def _remember(self, began: int, outermost: bool) -> None:
        if not outermost:  # the act that this one is part of looks at every file when it ends
            return
        with self.ledger.read() as tx:
            known, since = meta.get(tx, KNOWN, {}), meta.get(tx, KNOWN_UNTIL, began)
        until = time.time_ns()
        found = remember(self.home, known, since=min(since, began))
        with self.ledger.write() as tx:
            meta.put(tx, KNOWN, found)
            meta.put(tx, KNOWN_UNTIL, until)

    def close(self) -> None:
        """Close every store and let the workers go."""
        self.engine.close()
        self.index.close()
        self.lake.close()
        self.ledger.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def find_workspace(home: Path) -> Workspace:
    """Return what the marker in `home` says, or say that there is no workspace."""
    path = home / MARKER
    with disk.translated(f"The workspace {home}"):
        try:
            text = path.read_text(encoding="utf-8")
        except (FileNotFoundError, NotADirectoryError):
            raise WorkspaceMissing(str(home)) from None
        except UnicodeDecodeError:
            text = ""
    try:
        data = json.loads(text)
        form, found = (
            int(data["form"]),
            Workspace(home, str(data["id"]), str(data["kind"]), str(data["made"])),
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        raise WorkspaceDamaged(f"{path} is damaged and cannot be read.") from None
    if form != FORM:
        raise WorkspaceDamaged(
            f"{path} has form {form}; this version of Homeward knows form {FORM}.",
            remedy="Use the version that made the workspace.",
        )
    if found.kind not in KINDS or not (found.id.isascii() and found.id.isalnum()):
        raise WorkspaceDamaged(f"{path} names a kind or an id that Homeward does not know.")
    return found


def make_workspace(home: Path, *, kind: str, now: datetime, id: str | None = None) -> Workspace:
    """Make a workspace in an empty or new folder, or return the one that is there; safe to repeat.

    Asking for another kind than the one that is there raises WorkspaceKind.
    """
    if kind not in KINDS:
        raise WorkspaceKind(f"There is no kind of workspace called {kind}.")
    try:
        there = find_workspace(home)
    except WorkspaceMissing:
        pass
    else:
        if there.kind != kind:
            raise WorkspaceKind(
                f"The workspace in {home} is of kind {there.kind} and stays so.",
                remedy=f"Make a {kind} workspace in another folder.",
            )
        return there
    with disk.translated(f"The folder {home}"):
        _expect_empty(home)
        disk.make_folder(home)
        made = now.astimezone(UTC).isoformat().replace("+00:00", "Z")
        workspace = Workspace(home, id or secrets.token_hex(8), kind, made)
        text = json.dumps({"form": FORM, "id": workspace.id, "kind": kind, "made": made}, indent=1)
        disk.write_whole(home / MARKER, text.encode("utf-8") + b"\n", mode=0o644)
    return workspace


def make_house(
    home: Path, *, key: bytes, clock: Callable[[], datetime], kind: str = "test", id: str | None = None,
    workers: int | None = None, memory_mb: int | None = None, copies: Sequence[Path] = (),
) -> House:  # fmt: skip
    """Make a workspace (or find it) and open it."""
    make_workspace(home, kind=kind, now=clock(), id=id)
    return open_house(home, key=key, clock=clock, workers=workers, memory_mb=memory_mb, copies=copies)


def open_house(
    home: Path, *, key: bytes, clock: Callable[[], datetime], workers: int | None = None,
    memory_mb: int | None = None, copies: Sequence[Path] = (),
) -> House:  # fmt: skip
    """Open the workspace in `home`. Opening is quick: the ledger's tables, the index and the workers wait.

    `copies` are the folders that the audit log's checkpoints are copied to.

    A ledger that is gone while ads are there is damage: an empty one in its place would hide it.
    """
    from homeward.engine.local import LocalEngine
    from homeward.store.index import Index

    place = find_workspace(home)
    lake = Lake(home / "lake", memory_mb=memory_mb, threads=workers)
    if not (home / "ledger.db").exists() and lake.version("ads") >= 0:
        raise WorkspaceDamaged(
            f"The ledger {home / 'ledger.db'} is gone, though ads have been taken in.",
            remedy="Restore it from a backup.",
        )
    watch = Watch(Copies(notes.origin(place.id), copies), clock)
    return House(
        home=home, id=place.id, kind=place.kind, lake=lake, index=Index(home / "index"),
        ledger=Ledger(home / "ledger.db", key, watch), watch=watch, blobs=Blobs(home / "blobs"),
        engine=LocalEngine(workers=workers, memory_mb=memory_mb), clock=clock,
    )  # fmt: skip


def _expect_empty(home: Path) -> None:
    """Refuse a folder that holds something else; what an interrupted `make_workspace` left is nothing."""
    if home.exists() and not home.is_dir():
        raise UsageError(f"{home} is a file, not a folder.", remedy="Name another folder.")
    if home.is_dir() and any(not entry.name.startswith(f".{MARKER}.") for entry in home.iterdir()):
        raise UsageError(
            f"The folder {home} is not empty and is no workspace.", remedy="Name an empty or a new folder."
        )
