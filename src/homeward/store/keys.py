"""The ledger's key: 32 random bytes in the user's configuration folder, never in the workspace."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

from homeward.model.errors import KeyMissing
from homeward.store import disk

KEY_BYTES = 32  # AES-256
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
    return from_hex(text.decode("ascii", "replace"), where=f"The key file {path}")


def make(config: Path, workspace: str, *, key: bytes | None = None) -> bytes:
    """Make the key of a new workspace (at random unless given), keep it for its owner alone, return it.

    A key that is there already is kept and returned: overwriting it would lose the ledger.
    """
    path = path_of(config, workspace)
    if path.exists() or path.is_symlink():
        return find(config, workspace)
    fresh = secrets.token_bytes(KEY_BYTES) if key is None else key
    with disk.translated(f"The key file {path}"):
        disk.make_folder(config)
        disk.write_whole(path, fresh.hex().encode("ascii") + b"\n", mode=0o600)
    return fresh


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
