"""The ledger's key: 32 random bytes in the user's configuration folder, never in the workspace."""

from __future__ import annotations

import hashlib
import os
import secrets
import stat
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from homeward.model.errors import KeyMissing
from homeward.store import disk

KEY_BYTES = 32  # AES-256
# Of 256 values, 32 random bytes hold 30 on average; fewer than 16 in less than one of 10^12 keys.
LEAST_VALUES = 16
OTHERS = stat.S_IRWXG | stat.S_IRWXO


def path_of(config: Path, workspace: str) -> Path:
    """Return where the key of a workspace lies: `<config>/<workspace id>.key`."""
    return config / f"{workspace}.key"


def find(config: Path, workspace: str) -> bytes:
    """Return the key of a workspace; raises KeyMissing when it is not there, or others could read it."""
    path = path_of(config, workspace)
    with disk.translated(f"The key file {path}"):
        try:
            handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        except FileNotFoundError:
            raise KeyMissing(
                f"The key of this workspace is not at {path}.",
                remedy="Put the key file back, or set HOMEWARD_KEY to the key in hexadecimal digits.",
            ) from None
        try:
            found = os.fstat(handle).st_mode
            if not stat.S_ISREG(found):
                raise KeyMissing(f"The key of this workspace is not at {path}, which is no file.")
            if found & OTHERS:
                raise KeyMissing(
                    f"The key file {path} can be read by others (its mode is {stat.S_IMODE(found):04o}).",
                    remedy=f"Run: chmod 600 '{path}'",
                )
            text = os.read(handle, 4 * KEY_BYTES)
        finally:
            os.close(handle)
    key = from_hex(text.decode("ascii", "replace"), where=f"The key file {path}")
    if is_guessable(key):
        raise KeyMissing(
            f"The key file {path} holds a key that anybody could guess.",
            remedy="Put the workspace's own key back.",
        )
    return key


def make(config: Path, workspace: str, *, key: bytes | None = None) -> bytes:
    """Make the key of a new workspace (at random unless given), keep it for its owner alone, return it.

    A key that is there already is kept and returned: overwriting it would lose the ledger.
    """
    path = path_of(config, workspace)
    if path.exists() or path.is_symlink():
        return find(config, workspace)
    fresh = draw() if key is None else key
    with disk.translated(f"The key file {path}"):
        disk.make_folder(config)
        disk.write_whole(path, fresh.hex().encode("ascii") + b"\n", mode=0o600)
    return fresh


def is_guessable(key: bytes) -> bool:
    """Tell whether a key looks like nobody drew it: a few bytes over and over, or a row of numbers."""
    steps = {(b - a) % 256 for a, b in pairwise(key)}
    return len(set(key)) < LEAST_VALUES or len(steps) < LEAST_VALUES // 2


def fingerprint(key: bytes) -> str:
    """Return what names a key without telling it: 16 hexadecimal digits."""
    return hashlib.sha256(b"homeward key" + key).hexdigest()[:16]


def draw() -> bytes:
    """Draw a key."""
    return secrets.token_bytes(KEY_BYTES)


def prepare(config: Path, workspace: str, old: bytes, fresh: bytes) -> None:
    """Keep the key that is to follow `old`, beside it; both are on the disk before either is changed.

    `old` is kept under its fingerprint, since it opens the backups that were made with it.
    """
    with disk.translated(f"The folder of keys {config}"):
        disk.make_folder(config)
        for path, key in ((_old(config, workspace, old), old), (_next(config, workspace), fresh)):
            disk.write_whole(path, key.hex().encode("ascii") + b"\n", mode=0o600)


def settle(config: Path, workspace: str) -> None:
    """Put the key that was prepared into its place: the ledger opens with it by now."""
    disk.failpoint("keys.settle")
    with disk.translated(f"The folder of keys {config}"):
        _next(config, workspace).replace(path_of(config, workspace))
        disk.sync_folder(config)


def current(config: Path, workspace: str, opens: Callable[[bytes], bool]) -> bytes:
    """Return the key of a workspace; ends a change of keys that was killed after the ledger had changed."""
    key, waiting = find(config, workspace), _next(config, workspace)
    if waiting.exists() and not opens(key):
        fresh = from_hex(waiting.read_text("ascii", "replace"), where=f"The key file {waiting}")
        if opens(fresh):
            settle(config, workspace)
            return fresh
    return key


def earlier(config: Path, workspace: str) -> list[bytes]:
    """Return the keys that the workspace had before, for backups that were made with them."""
    found = sorted(config.glob(f"{workspace}.*.old-key"))
    return [from_hex(path.read_text("ascii", "replace"), where=f"The key file {path}") for path in found]


def damaged(config: Path, workspace: str, key: bytes | None) -> list[str]:
    """Say which key files hold their key no longer: that of `key`, if it is from a file, and the earlier."""
    wanted = {_old_print(path): path for path in sorted(config.glob(f"{workspace}.*.old-key"))}
    if key is not None:
        wanted |= {fingerprint(key): path_of(config, workspace)}
    wrong = []
    for name, path in wanted.items():
        with disk.translated(f"The key file {path}"):
            text = path.read_bytes().decode("ascii", "replace") if path.exists() else ""
        try:
            whole = fingerprint(from_hex(text, where="")) == name
        except KeyMissing:
            whole = False
        if not whole:
            wrong.append(f"The key file {path} does not hold its key any more: put your copy of it back.")
    return wrong


def _old_print(path: Path) -> str:
    return path.name.split(".")[-2]


def _old(config: Path, workspace: str, key: bytes) -> Path:
    return config / f"{workspace}.{fingerprint(key)}.old-key"


def _next(config: Path, workspace: str) -> Path:
    return config / f"{workspace}.next-key"


def from_hex(text: str, *, where: str) -> bytes:
    """Return the key written as hexadecimal digits; the error names `where`, never the text."""
    try:
        key = bytes.fromhex(text.strip())
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise KeyMissing(
            f"{where} does not hold a key: it must be {2 * KEY_BYTES} hexadecimal digits.",
            remedy="Put the workspace's own key back.",
        )
    return key
