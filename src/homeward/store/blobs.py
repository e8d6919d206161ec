"""Blobs: originals and photos, each under the SHA-256 of its bytes, written once and never changed."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from pathlib import Path

from homeward.model.errors import NotFound, WorkspaceDamaged
from homeward.store import disk

NAME_LENGTH = 64  # hexadecimal characters of a SHA-256


class Blobs:
    """A folder of files named by their content, in 256 folders by the first two characters.

    A blob is on the disk, flushed, before `put` returns; only then may a row name it.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, content: bytes) -> str:
        """Keep the bytes and return their SHA-256 in hexadecimal; keeping them again changes nothing."""
        name = hashlib.sha256(content).hexdigest()
        path = self._path(name)
        with disk.translated(str(self.root)):
            if path.is_file() and path.stat().st_size == len(content):
                disk.sync_folder(path.parent)  # an earlier put may have died before this
                return name
            disk.make_folder(path.parent)
            disk.failpoint("blobs.put")
            disk.write_whole(path, content)
        return name

    def get(self, sha256: str) -> bytes:
        """Return the bytes of that name; raises NotFound, or WorkspaceDamaged when altered."""
        try:
            with disk.translated(str(self.root)):
                content = self._path(sha256).read_bytes()
        except FileNotFoundError:
            raise NotFound("original", sha256) from None
        if hashlib.sha256(content).hexdigest() != sha256:
            raise WorkspaceDamaged(f"The stored original {sha256} has been altered.")
        return content

    def has(self, sha256: str) -> bool:
        """Tell whether bytes of that name are kept."""
        return self._path(sha256).is_file()

    def names(self) -> Iterator[str]:
        """Yield every kept name, in order."""
        for folder in sorted(self.root.glob("[0-9a-f][0-9a-f]")):
            yield from sorted(p.name for p in folder.iterdir() if _is_name(p.name))

    def sweep(self, known: Collection[str]) -> int:
        """Remove what no row names, and half-written files; return how many blobs went.

        Only while nothing is being put: a blob is written before the row that names it.
        """
        gone = 0
        for folder in sorted(self.root.glob("[0-9a-f][0-9a-f]")):
            for path in sorted(folder.iterdir()):
                if path.name in known:
                    continue
                path.unlink()
                gone += _is_name(path.name)
            disk.sync_folder(folder)
        return gone

    def _path(self, sha256: str) -> Path:
        if not _is_name(sha256):
            raise NotFound("original", sha256)  # also keeps "..", "/" and NUL out of paths
        return self.root / sha256[:2] / sha256


def _is_name(name: str) -> bool:
    return len(name) == NAME_LENGTH and all(c in "0123456789abcdef" for c in name)
