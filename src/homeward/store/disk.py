"""How bytes are made to last: flush, rename, flush the folder; and what to say when the disk refuses.

Every store writes through here, so that one place knows the order of things. `on_failpoint` lets a crash
test stop or fail the process at a named place; it is None otherwise.
"""

from __future__ import annotations

import errno
import fcntl
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from homeward.model.errors import (
    HomewardError,
    StorageFull,
    WorkspaceDamaged,
    WorkspaceError,
    WorkspaceLocked,
)

on_failpoint: Callable[[str], None] | None = None

# Bytes. A driver that finds less room than this may call it an error of the disk: SQLite asks for its
# shared memory in pieces of 32 KiB and for log frames of 4 KiB, tantivy and DuckDB for somewhat more.
LEAST_ROOM = 1 << 20
AHEAD = (
    128 * 1024
)  # bytes: of a longer stretch Linux reads no more ahead than a disk's setting says, mostly this
ODD = "%*?["  # Delta or DuckDB reads these as something else in a path


def failpoint(name: str) -> None:
    """Do nothing, unless a crash test has set `on_failpoint`; then tell it which place was reached."""
    if on_failpoint is not None:
        on_failpoint(name)


def sync_file(path: Path) -> None:
    """Flush a file's bytes to the disk; they outlast a loss of power once this returns."""
    failpoint("disk.sync_file")
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(path: Path) -> None:
    """Flush a folder's list of names to the disk."""
    failpoint("disk.sync_folder")
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(path: Path, *, mode: int = 0o700) -> None:
    """Make a folder and those above it, flushed, unless it is there."""
    if path.is_dir():
        return
    make_folder(path.parent, mode=0o755)
    path.mkdir(mode=mode, exist_ok=True)
    sync_folder(path.parent)


def write_whole(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Write a file so that it is there whole or not at all: other name, flush, rename, flush the folder."""
    other = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}.tmp")
    try:
        handle = os.open(other, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            failpoint("disk.written")
            os.fsync(out.fileno())
        failpoint("disk.flushed")
        other.replace(path)
    except BaseException:
        other.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def nearest(path: Path) -> Path:
    """Return a path, or the lowest folder above it that is there."""
    while not path.exists() and path != path.parent:
        path = path.parent
    return path


def is_full(path: Path) -> bool:
    """Tell whether the disk that holds `path`, there or not yet, has next to no room left."""
    try:
        found = os.statvfs(nearest(path))
    except OSError:
        return False
    return found.f_bavail * found.f_frsize < LEAST_ROOM or (found.f_files > 0 and found.f_favail == 0)


def process_lives(number: str) -> bool:
    """Tell whether a process of that number runs now; what is no number is no process."""
    try:
        os.kill(int(number), 0)
    except PermissionError:
        return True  # somebody else's
    except (ValueError, OverflowError, ProcessLookupError):
        return False
    return True


@contextmanager
def translated(what: str) -> Iterator[None]:
    """Turn what the disk or a driver says about `what` into one clear sentence of ours."""
    try:
        yield
    except HomewardError:
        raise
    except Exception as error:
        known = _known(what, error)
        if known is None:
            raise
        raise known from error


def _known(what: str, error: Exception) -> HomewardError | None:
    """Return our error for one of the system's, or None when it is no matter of storage."""
    number = error.errno if isinstance(error, OSError) else None
    text = str(error)
    if "no space left on device" in text.lower():
        return _said(what, errno.ENOSPC)
    for code in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS, errno.EACCES, errno.EPERM):
        if number == code or f"os error {code})" in text or f"[errno {code}]" in text.lower():
            return _said(what, code)
    return None


def _said(what: str, code: int) -> HomewardError:
    """Return the sentence for one error number."""
    if code in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return StorageFull(
            f"The disk is full: {what[:4].replace('The ', 'the ') + what[4:]} could not be written.",
            remedy="Free some space and repeat the command: it goes on from what was kept.",
        )
    if code == errno.EIO:
        return WorkspaceDamaged(
            f"The disk reported an error in {what}.", remedy="Check the disk, then repeat the command."
        )
    if code == errno.EROFS:
        return WorkspaceError(f"{what} is on a disk that can only be read.")
    return WorkspaceError(
        f"{what} cannot be used: permission denied.", remedy="Check who owns the folder and its rights."
    )


class WriterLock:
    """One writer at a time among processes; threads of this process take turns. Readers never ask."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._turn = threading.RLock()
        self._depth = 0
        self._handle = -1

    @contextmanager
    def held(self) -> Iterator[bool]:
        """Hold the lock; entering again within it is free. Raises WorkspaceLocked at once, never waits."""
        with self._turn:
            if self._depth == 0:
                self._take()
            self._depth += 1
            try:
                yield self._depth == 1
            finally:
                self._depth -= 1
                if self._depth == 0:
                    os.close(self._handle)  # closing the file gives the lock back
                    self._handle = -1

    def _take(self) -> None:
        with translated(str(self.path.parent)):
            make_folder(self.path.parent)
            handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            who = os.pread(handle, 32, 0).decode("ascii", "replace").strip()
            os.close(handle)
            raise WorkspaceLocked(
                f"Another process{f' (number {who})' if who.isdigit() else ''} is writing to the workspace "
                f"in {self.path.parent.parent}.",
                remedy="Wait until it has ended, then repeat the command.",
            ) from error
        try:
            with translated(str(self.path)):
                os.ftruncate(handle, 0)
                os.pwrite(handle, str(os.getpid()).encode("ascii"), 0)
        except BaseException:
            os.close(handle)  # or the lock would be held by nobody
            raise
        self._handle = handle


def refuse_odd(root: Path) -> None:
    """Refuse a place whose name the file formats would misread."""
    name = str(root)
    odd = [c for c in name if c in ODD or not c.isprintable()]
    if odd or any(part.startswith(("month=", "run=")) for part in root.parts):
        raise WorkspaceError(
            f"A workspace cannot lie in {name!r}: its path holds {odd[0] if odd else '='!r}.",
            remedy="Choose a folder with a plainer name.",
        )


def read_ahead(folder: Path, *, most: int | None = None) -> int:
    """Ask the system to read a folder's files into free memory, small ones first; return how many bytes.

    What is read here and there from a disk costs a turn of it each time; in one go it costs few. Nothing is
    waited for. Files beyond `most` bytes, a quarter of the memory if nothing is said, stay where they are.
    """
    asked = 0
    if not hasattr(os, "posix_fadvise"):  # not on macOS, which has another way
        return asked
    most = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 4 if most is None else most
    with suppress(OSError):  # a file that goes meanwhile is read by nobody
        for size, path in sorted((path.stat().st_size, path) for path in folder.rglob("*") if path.is_file()):
            if asked + size > most:
                break
            with path.open("rb") as file:
                for start in range(0, size, AHEAD):
                    os.posix_fadvise(file.fileno(), start, AHEAD, os.POSIX_FADV_WILLNEED)
            asked += size
    return asked
