"""Bit rot: read every byte again and compare it with what it was when it was written.

Whoever writes remembers, before letting go of the right to write, what the new files hold. A file that nobody
wrote since (same size, same time of change) must hold the same bytes, and a table's data whatever its time
says, for it is written once; a blob must hold those of its name. A file that no act remembered (it was
killed) is remembered as it is; if it is a table's, the checksums that were written with its pages must hold.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow.parquet as pq

CHUNK = 1 << 20
ROWS = 20_000  # read at a time
PARTS = ("lake", "index", "blobs")
SLACK = 1_000_000_000  # ns; a file's time comes from a coarser clock than ours
Known = Mapping[str, list[int | str]]  # path below the workspace → size, time of change (ns), SHA-256


@dataclass
class Scrubbed:
    """What one reading found."""

    files: int = 0
    size: int = 0  # bytes
    fresh: int = 0
    wrong: list[str] = field(default_factory=list)
    known: dict[str, list[int | str]] = field(default_factory=dict)


def remember(home: Path, known: Known, *, since: int) -> dict[str, list[int | str]]:
    """Return what is known of the files by now: those that were written since (ns) are read, once.

    Only while nobody else writes. Older files that are not known stay so: a scrub looks at them closer.
    """
    now: dict[str, list[int | str]] = {}
    for path in _files(home):
        name = path.relative_to(home).as_posix()
        then = known.get(name)
        with suppress(OSError):  # it was replaced meanwhile, or a scrub will say that it cannot be read
            found = path.stat()
            said = [found.st_size, found.st_mtime_ns]
            fresh = found.st_mtime_ns >= since - SLACK or path.parent == home
            if then is not None and _written_once(path):
                now[name] = [*said, then[2]]  # touched, or unpacked from a backup: what it held holds
            elif then is not None and (then[:2] == said or not fresh):
                now[name] = list(then)
            elif fresh:
                now[name] = [*said, _digest(path)]
    return now


def scrub(home: Path, known: Known) -> Scrubbed:
    """Read the files of a workspace anew; `known` is what an earlier reading remembered."""
    found = Scrubbed()
    for path in _files(home):
        name = path.relative_to(home).as_posix()
        try:
            before = path.stat()
            digest = _digest(path)
            after = path.stat()
        except FileNotFoundError:
            continue  # replaced meanwhile
        except OSError:
            found.wrong.append(f"{name} cannot be read.")
            continue
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            continue  # being written
        found.files, found.size = found.files + 1, found.size + after.st_size
        now: list[int | str] = [after.st_size, after.st_mtime_ns, digest]
        then = known.get(name)
        if path.parent.parent == home / "blobs" and digest != path.name:
            found.wrong.append(f"{name} does not hold what its name says.")
            continue
        elif then is not None and then[2] != digest and (then[:2] == now[:2] or _written_once(path)):
            found.wrong.append(f"{name} holds other bytes than before, though nobody wrote it.")
            now = list(then)  # it stays wrong until it is put right
        elif then is None or then != now:
            found.fresh += 1
            if not _holds_its_checksums(path):
                found.wrong.append(f"{name} does not hold what was written into it.")
                continue
        found.known[name] = now
    return found


def _written_once(path: Path) -> bool:
    """Tell whether a file is a table's data, whose name no other file ever gets."""
    return path.suffix == ".parquet" and "=" in path.parent.name


def _files(home: Path) -> Iterator[Path]:
    yield from sorted(home.glob("*.json"))  # what says that this is a workspace
    for part in PARTS:
        for path in sorted((home / part).rglob("*")):
            below = path.relative_to(home).parts
            if path.is_file() and not path.is_symlink() and not any(name.startswith(".") for name in below):
                yield path


def _holds_its_checksums(path: Path) -> bool:
    """Read a table's file page by page against the checksums in it; any other file has none."""
    if path.suffix != ".parquet":
        return True
    try:
        with pq.ParquetFile(path, page_checksum_verification=True) as table:
            for _ in table.iter_batches(batch_size=ROWS):
                pass
    except FileNotFoundError:
        return True  # replaced meanwhile
    except Exception:  # a damaged file makes a reader say anything
        return False
    return True


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
