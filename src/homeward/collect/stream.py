"""The bytes of a supplied file, decompressed as they are read, line by line, in bounded memory."""

from __future__ import annotations

import io
import zlib
from collections import deque
from collections.abc import Iterator
from typing import BinaryIO, Literal

import zstandard

from homeward.collect.chunk import KEPT_BYTES, RECORD_BYTES

Compression = Literal["none", "gz", "zst"]

BLOCK = 1024 * 1024
# zstd gives up to 128 KB for 4 bytes and cannot be told to stop half-way: so it gets little at a time.
_ZSTD_BITE = 1024
# What is decompressed at once to find where damage begins: it gives no more than a thousand times as much.
_GZIP_BITE = 4096
_ZSTD_WINDOW = 2**27  # bytes of memory a frame may ask for; `zstd --long` without a number asks for this
# Text of ads shrinks to a tenth; with ever the same wording and new ids, to a hundredth. What grows more
# than this, beyond the first bytes, was made to fill a disk or a memory.
MOST_RATIO = 500
RATIO_FROM = 16 * 1024 * 1024


class Unpacked(io.RawIOBase):
    """A readable stream of the decompressed bytes. Damage ends it like an end of file: see `damage`."""

    def __init__(self, file: BinaryIO, compression: Compression) -> None:
        self._file, self._compression = file, compression
        self._ready = memoryview(b"")
        self._engine = self._start()
        self._begun = False  # whether the current gzip member or zstd frame has had any bytes
        self._rest = b""
        self._given = 0
        self.damage: tuple[str, str] | None = None

    def readable(self) -> bool:
        """Whether it can be read: yes."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the buffer as far as bytes are ready; 0 at the end or at damage."""
        if self._compression == "none":
            return self._file.readinto(buffer)  # type: ignore[attr-defined,no-any-return]
        while not self._ready and self.damage is None and self._more():
            pass
        size = min(len(buffer), len(self._ready))
        buffer[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        self._given += size
        return size

    def _start(self) -> object:
        if self._compression == "gz":
            return zlib.decompressobj(wbits=31)
        return zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()

    def _more(self) -> bool:
        """Decompress a little more; False at the end of the file."""
        if not self._rest:
            self._rest = self._file.read(BLOCK if self._compression == "gz" else 64 * _ZSTD_BITE)
        if not self._rest:
            if self._begun:
                self.damage = ("truncated", "the compressed file ends in the middle")
            return False
        try:
            self._ready = memoryview(self._unpack())
        except (zlib.error, zstandard.ZstdError) as error:
            self.damage = ("damaged", f"the compressed file is damaged: {error}")
        if self._given > RATIO_FROM and self._given > MOST_RATIO * max(self._file.tell(), 1):
            self.damage = ("bomb", f"the compressed file grows more than {MOST_RATIO} times")
        return True

    def _unpack(self) -> bytes:
        engine = self._engine
        if self._compression == "gz":
            before = engine.copy()  # type: ignore[attr-defined]
            try:
                out = engine.decompress(self._rest, BLOCK)  # type: ignore[attr-defined]
            except zlib.error as error:
                self.damage = ("damaged", f"the compressed file is damaged: {error}")
                return _before_damage(before, self._rest)
            self._rest = engine.unconsumed_tail  # type: ignore[attr-defined]
        else:
            out = engine.decompress(self._rest[:_ZSTD_BITE])  # type: ignore[attr-defined]
            self._rest = self._rest[_ZSTD_BITE:]
        self._begun = True
        if engine.eof:  # type: ignore[attr-defined]
            # Another member may follow; zeros that pad a gzip file to a block do not count.
            self._rest = engine.unused_data + self._rest  # type: ignore[attr-defined]
            if self._compression == "gz":
                self._rest = self._rest.lstrip(b"\0")
            self._engine, self._begun = self._start(), False
        return bytes(out)


def _before_damage(engine: object, packed: bytes) -> bytes:
    """Return what gzip gives up to the damage, in ever smaller bites: the one that meets it gives nothing."""
    out: list[bytes] = []
    for size in (_GZIP_BITE, 1):
        at = 0
        while at < len(packed):
            before = engine.copy()  # type: ignore[attr-defined]
            try:
                out.append(engine.decompress(packed[at : at + size]))  # type: ignore[attr-defined]
            except zlib.error:
                break
            at += size
        engine, packed = before, packed[at : at + size]
    return b"".join(out)


class Lines:
    """The lines of a stream, each with its length; of one that is too long only the beginning is held."""

    def __init__(self, raw: io.RawIOBase, *, longest: int = RECORD_BYTES) -> None:
        self._stream = io.BufferedReader(raw, BLOCK)
        self._longest = longest
        self._back: deque[bytes] = deque()
        self.number = 0  # of the line last given, from 1
        self.unfinished = False  # whether the file ended before the line last read did

    def __iter__(self) -> Iterator[tuple[bytes, int]]:
        while True:
            found = self.next()
            if found is None:
                return
            yield found

    def next(self) -> tuple[bytes, int] | None:
        """Return the next line with its end, and its length; None at the end."""
        if self._back:
            self.number += 1
            line = self._back.popleft()
            return line, len(line)
        line = self._stream.readline(self._longest + 2)
        if not line:
            return None
        self.number += 1
        if self.number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        self.unfinished = not line.endswith(b"\n")
        if len(line) <= self._longest or line.endswith(b"\n"):
            return line, len(line)
        size, kept = len(line), line[:KEPT_BYTES]
        del line
        while more := self._stream.readline(BLOCK):
            size += len(more)
            self.unfinished = not more.endswith(b"\n")
            if not self.unfinished:
                break
        return kept, size

    def give_back(self, lines: list[bytes]) -> None:
        """Take lines back, to be given again."""
        self._back.extendleft(reversed(lines))
        self.number -= len(lines)
