"""Is this installation and this workspace in order? Each check says what was found and what to do.

States: `ok`, `note` (worth knowing), `bad` (to be mended). What cannot be found out is a note, never `ok`.
"""

from __future__ import annotations

import os
import stat
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from homeward import __version__
from homeward.app.settings import Settings
from homeward.model.errors import HomewardError

if TYPE_CHECKING:
    from homeward.house import House

LIBRARIES = (
    "deltalake",
    "duckdb",
    "pyarrow",
    "tantivy",
    "sqlcipher3",
    "sqlalchemy",
    "google-re2",
    "phonenumbers",
)
LEAST_FREE = 2 << 30  # bytes: compaction of a million ads needs about as much
Check = dict[str, str]


def examine(settings: Settings) -> list[Check]:
    """Run every check; one that fails is a line, never an error."""
    checks = [_versions(), *_disk(settings.home), _interface()]
    try:
        checks += _workspace(settings)
    except HomewardError as error:
        checks.append(_check("workspace", "bad", str(error)))
    return checks


def _check(name: str, state: str, found: str) -> Check:
    return {"state": state, "check": name, "found": found}


def _versions() -> Check:
    found = [f"Homeward {__version__}", f"Python {sys.version.split()[0]}"]
    for name in LIBRARIES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            return _check("versions", "bad", f"{name} is not installed. Install the locked requirements.")
    return _check("versions", "ok", ", ".join(found))


def _interface() -> Check:
    there = (Path(__file__).parent / "static" / "index.html").is_file()
    return _check(
        "interface", "ok" if there else "note", "built" if there else "not built: make it with `make web`"
    )


def _disk(home: Path) -> list[Check]:
    from homeward.store.disk import nearest

    place = nearest(home)
    state, found = encryption(place)
    state = "note" if state == "bad" and _is_demo(home) else state  # what it holds is invented
    disk = os.statvfs(place)
    free = disk.f_bavail * disk.f_frsize
    return [
        _check("disk encryption", state, found),
        _check(
            "free space", "ok" if free >= LEAST_FREE else "note", f"{free / 2**30:.1f} GiB free in {place}"
        ),
    ]


def _is_demo(home: Path) -> bool:
    from homeward.house import find_workspace

    try:
        return find_workspace(home).kind == "demo"
    except HomewardError:
        return False


def encryption(place: Path, system: Path = Path("/sys")) -> tuple[str, str]:
    """Say whether the disk under `place` is encrypted, as far as Linux tells in `system`.

    The ledger is encrypted by Homeward; lake, index and blobs rely on the disk.
    """
    advice = "Ads lie on it as they were advertised: keep the workspace on an encrypted disk."
    number = place.stat().st_dev
    device = system / "dev" / "block" / f"{os.major(number)}:{os.minor(number)}"
    try:
        if not device.exists():
            kind = _filesystem(place)
            return "note", f"cannot be told for a file system of type {kind or 'unknown'}. {advice}"
        if _encrypted(device.resolve()):
            return "ok", f"{place} lies on an encrypted device"
    except OSError:
        return "note", f"cannot be told on this system. {advice}"
    return "bad", f"{place} does not lie on an encrypted device. {advice}"


def _encrypted(device: Path, depth: int = 0) -> bool:
    """Whether a block device, or every one below it, is a dm-crypt mapping."""
    uuid = device / "dm" / "uuid"
    if uuid.is_file() and uuid.read_text(encoding="ascii", errors="replace").startswith("CRYPT-"):
        return True
    below = device / "slaves"
    slaves = sorted(below.iterdir()) if below.is_dir() else []
    return depth < 8 and bool(slaves) and all(_encrypted(s.resolve(), depth + 1) for s in slaves)


def _filesystem(place: Path) -> str:
    """The type of the file system that holds `place`, by the longest mount point above it."""
    best, kind = "", ""
    for line in Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace").splitlines():
        left, _, right = line.partition(" - ")
        point = left.split()[4]
        under = str(place.resolve()) == point or str(place.resolve()).startswith(point.rstrip("/") + "/")
        if under and len(point) >= len(best):
            best, kind = point, right.split()[0]
    return kind


def _workspace(settings: Settings) -> list[Check]:
    from homeward.app import compose
    from homeward.app.cli.common import actor
    from homeward.desk import keep
    from homeward.house import find_workspace

    place = find_workspace(settings.home)
    checks = [
        _check("workspace", "ok", f"{place.home}, kind {place.kind}, id {place.id}"),
        _folder(place.home),
    ]
    checks.append(_key(settings, place.id))
    checks += _alarm(settings, place.id)
    with compose.opened(settings) as house:
        checks += keep.examine(actor(), house)
        checks += _backups(settings, house)
    return checks


def _backups(settings: Settings, house: House) -> list[Check]:
    """Say whether backups lie on another disk, and whether one still holds what was erased."""
    from homeward.app.cli.common import actor
    from homeward.desk import apart, backups

    found = backups.kept(actor(), house, settings.backups)["backups"]
    checks = []
    if said := apart.of_backups(house, settings.backups):
        checks.append(_check("backups", "bad", said))
    if stale := [one for one in found if one["stale"]]:
        told = f"{len(stale)} of {len(found)} hold erased ads. Make them anew: homeward backups --renew"
        checks.append(_check("backups", "bad", told))
    told = f"{len(found)} in {settings.backups}, none with erased ads"
    return checks or [_check("backups", "ok", told)]


def _alarm(settings: Settings, identifier: str) -> list[Check]:
    """Say that the log could not be written, while that lasts."""
    from homeward.app.alarm import path_of

    try:
        said = path_of(settings.state, identifier).read_text(encoding="utf-8").strip()
    except OSError:
        return []
    return [_check("log alarm", "bad", f"The audit log could not be written. {said}")]


def _folder(home: Path) -> Check:
    mode = stat.S_IMODE(home.stat().st_mode)
    if mode & 0o077:
        return _check("folder", "note", f"others may look into {home}. Close it with: chmod 700 {home}")
    return _check("folder", "ok", "readable by its owner only")


def _key(settings: Settings, identifier: str) -> Check:
    if settings.key is not None:
        return _check("key", "ok", "taken from HOMEWARD_KEY")
    from homeward.store import keys

    path = keys.path_of(settings.config, identifier)
    if not path.is_file():
        return _check("key", "bad", f"There is no key file {path}. Put it back from your copy.")
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        return _check("key", "bad", f"others may read {path}. Close it with: chmod 600 {path}")
    if path.resolve().is_relative_to(settings.home.resolve()):
        return _check("key", "bad", f"{path} lies inside the workspace. Move it out.")
    return _check("key", "ok", f"{path}, readable by its owner only")
