"""One encrypted file that holds a whole workspace: written while it is in use, read back as a whole.

A line of JSON says what it is; behind it come sealed pieces of CHUNK bytes, each numbered and the last one
marked, so that none can be changed, moved, left out or cut off unnoticed (the STREAM construction, with
AES-256-GCM). Inside is a tar of plain files, and at its end a list of their SHA-256. The key is derived
from the workspace's own, with a salt of the file's: a copy of that key, kept apart, is what opens it.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import secrets
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from homeward.model.errors import InputUnreadable, KeyMissing
from homeward.store import disk

MAGIC = "homeward backup"
FORM = 1
CHUNK = 1 << 20
TAG = 16
HEAD_LIMIT = 4096
LIST = "manifest.json"
LIST_LIMIT = 256 << 20


@dataclass(frozen=True, slots=True)
class Head:
    """The plain line at the beginning: which workspace, and when it was written."""

    workspace: str
    made: str
    salt: str

    def line(self) -> bytes:
        """Return the line as it is written; it is authenticated with every piece."""
        said = {"is": MAGIC, "form": FORM, "workspace": self.workspace, "made": self.made, "salt": self.salt}
        return json.dumps(said, sort_keys=True).encode("ascii") + b"\n"


def write(
    out: BinaryIO, files: Iterable[tuple[str, Path]], *, workspace: str, made: str, key: bytes
) -> dict[str, str]:
    """Write (name, file) after file; return their SHA-256 by name."""
    head = Head(workspace, made, secrets.token_hex(16))
    out.write(head.line())
    sealed = _Sealer(out, head, key)
    digests: dict[str, str] = {}
    with tarfile.open(fileobj=sealed, mode="w|", format=tarfile.PAX_FORMAT, bufsize=CHUNK) as tar:
        for name, path in files:
            with path.open("rb") as file:
                info = tarfile.TarInfo(name)
                info.size, info.mode = path.stat().st_size, 0o600
                hashed = _Hashed(file)
                tar.addfile(info, hashed)
            digests[name] = hashed.digest.hexdigest()
            disk.failpoint("archive.file")
        listed = json.dumps(digests, sort_keys=True).encode()
        info = tarfile.TarInfo(LIST)
        info.size, info.mode = len(listed), 0o600
        tar.addfile(info, io.BytesIO(listed))
    sealed.finish()
    return digests


def write_file(
    part: Path, files: Iterable[tuple[str, Path]], *, workspace: str, made: str, key: bytes
) -> int:
    """Write (name, file) after file into a new file, flushed; return how many."""
    with part.open("xb") as out:
        digests = write(out, files, workspace=workspace, made=made, key=key)
        out.flush()
        os.fsync(out.fileno())
    return len(digests)


def head(source: BinaryIO, name: str) -> Head:
    """Read the plain line of an archive; `name` is for the error."""
    line = source.readline(HEAD_LIMIT)
    try:
        said = json.loads(line)
        if said["is"] != MAGIC or said["form"] != FORM:
            raise ValueError("another form")
        found = Head(str(said["workspace"]), str(said["made"]), str(said["salt"]))
        bytes.fromhex(found.salt)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise InputUnreadable(name, "it is no backup of this version of Homeward") from None
    if not (found.workspace.isascii() and found.workspace.isalnum()) or found.line() != line:
        raise InputUnreadable(name, "its first line is not as it was written")
    return found


def read(source: BinaryIO, head: Head, folder: Path, *, key: bytes, name: str) -> dict[str, str]:
    """Unpack an archive behind its head into a new folder, whole or with an error; return the digests.

    Every file is checked against the list; names lead nowhere but into the folder.
    """
    found: dict[str, str] = {}
    listed: dict[str, str] | None = None
    opened = io.BufferedReader(_Opener(source, head, key, name), CHUNK)
    try:
        with tarfile.open(fileobj=opened, mode="r|", bufsize=CHUNK) as tar:
            for member in tar:
                content = tar.extractfile(member)
                if content is None or not _is_plain(member.name):
                    raise InputUnreadable(name, "it holds something that is no plain file")
                if member.name == LIST:
                    listed = json.loads(content.read(LIST_LIMIT))
                    continue
                found[member.name] = _unpack(content, folder / member.name)
        while opened.read(CHUNK):  # to the piece that is marked as the last one
            pass
    except tarfile.TarError:
        raise InputUnreadable(name, "it is damaged") from None
    if listed != found:
        raise InputUnreadable(name, "its files are not those of its list")
    for place in sorted({(folder / name).parent for name in found}):
        disk.sync_folder(place)
    return found


def _unpack(content: IO[bytes], path: Path) -> str:
    disk.make_folder(path.parent)
    digest = hashlib.sha256()
    with path.open("xb") as out:
        while piece := content.read(CHUNK):
            digest.update(piece)
            out.write(piece)
    path.chmod(0o600)
    disk.sync_file(path)
    return digest.hexdigest()


def _is_plain(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and bool(path.parts) and name.isprintable()


def _key(head: Head, key: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, bytes.fromhex(head.salt), MAGIC.encode()).derive(key))


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")


class _Hashed(io.RawIOBase):
    """A file that is hashed as it is read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self._file.read(size)
        self.digest.update(piece)
        return piece


class _Sealer(io.RawIOBase):
    """Takes plain bytes and writes sealed pieces."""

    def __init__(self, out: BinaryIO, head: Head, key: bytes) -> None:
        self._out, self._head, self._aead = out, head.line(), _key(head, key)
        self._held, self._number = bytearray(), 0

    def write(self, data: object) -> int:
        self._held += data  # type: ignore[arg-type]
        while len(self._held) > CHUNK:  # never the last one here: that is marked
            self._piece(bytes(self._held[:CHUNK]), last=False)
            del self._held[:CHUNK]
        return len(data)  # type: ignore[arg-type]

    def finish(self) -> None:
        """Write what is left as the last piece."""
        self._piece(bytes(self._held), last=True)

    def _piece(self, plain: bytes, *, last: bool) -> None:
        self._out.write(self._aead.encrypt(_nonce(self._number, last=last), plain, self._head))
        self._number += 1


class _Opener(io.RawIOBase):
    """Reads sealed pieces and gives plain bytes; ends only with the piece that is marked as the last."""

    def __init__(self, source: BinaryIO, head: Head, key: bytes, name: str) -> None:
        self._pieces, self._held = self._opened(source, head, key, name), b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        if not self._held:
            self._held = next(self._pieces, b"")
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        count = min(len(view), len(self._held))
        view[:count] = self._held[:count]
        self._held = self._held[count:]
        return count

    @staticmethod
    def _opened(source: BinaryIO, head: Head, key: bytes, name: str) -> Iterator[bytes]:
        aead, line, number = _key(head, key), head.line(), 0
        piece = source.read(CHUNK + TAG)
        while True:
            after = source.read(CHUNK + TAG)
            try:
                plain = aead.decrypt(_nonce(number, last=not after), piece, line)
            except (InvalidTag, ValueError):
                if number == 0:
                    raise KeyMissing(
                        f"The backup {name} does not open with this key, or it is damaged.",
                        remedy="Put back the key of the workspace that it was made of.",
                    ) from None
                raise InputUnreadable(name, "it is damaged or was cut short") from None
            if plain:
                yield plain
            if not after:
                return
            piece, number = after, number + 1
