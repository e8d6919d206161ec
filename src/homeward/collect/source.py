"""A supplied file of ads: found, recognised, and read chunk by chunk."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import io
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, Self

from homeward.collect import sniff
from homeward.collect.chunk import Chunk, Gathering
from homeward.collect.csv_file import read_csv
from homeward.collect.fields import VERSION, FieldReader, check_mapping
from homeward.collect.jsonl import Found, read_jsonl
from homeward.collect.parquet_file import read_parquet
from homeward.collect.photos import PhotoFolder
from homeward.collect.stream import BLOCK, Lines, Unpacked
from homeward.model.errors import InputMissing, InputUnreadable, RecordError, StorageFull, UsageError

MAPPING_BYTES = 1024 * 1024


class Source:
    """A file of ads, open for reading. `chunks` may be read again from the start."""

    def __init__(
        self, name: str, file: BinaryIO, sha256: str, *, form: sniff.Form, mapping: dict[str, str],
        folder: Path | None,
    ) -> None:  # fmt: skip
        self.name, self.sha256, self.form = name, sha256, form
        self._file, self._mapping = file, mapping
        self._photos = PhotoFolder(folder)
        self._state = _state(file)
        self.bytes_total = self._state[0]

    @property
    def reading(self) -> str:
        """A short word for how the bytes are read: another version, format or mapping may find other ads."""
        how = json.dumps([VERSION, self.form.kind, sorted(self._mapping.items())])
        return hashlib.sha256(how.encode()).hexdigest()[:8]

    def chunks(self) -> Iterator[Chunk]:
        """Yield the records, some thousand at a time; chunk ends depend on the bytes of the file only."""
        self._file.seek(0)
        reader = FieldReader(self._mapping, self._photos)
        unpacked = Unpacked(self._file, self.form.compression)
        lines = Lines(unpacked)
        chunk, told = Gathering(0), False
        for original, size, record in self._records(lines):
            torn = unpacked.damage is not None and lines.unfinished and not told
            if torn and isinstance(record, RecordError):
                chunk.put_aside(*(unpacked.damage or ("", "")), original, size)  # the torn end, reported once
                told = True
            else:
                _add(chunk, reader, original, size, record)
            if chunk.full:
                yield chunk.chunk(self._file.tell(), self.bytes_total)
                chunk = Gathering(chunk.first + chunk.read)
        if unpacked.damage is not None and not told:
            chunk.put_aside(*unpacked.damage, b"", 0)
        if _state(self._file) != self._state:
            raise InputUnreadable(self.name, "it was changed while it was read", remedy="Take it in again.")
        if chunk.read:
            yield chunk.chunk(self.bytes_total, self.bytes_total)

    def _records(self, lines: Lines) -> Iterator[Found]:
        if self.form.kind == "parquet":
            return read_parquet(self._file, self.name)
        return read_csv(lines, self.name) if self.form.kind == "csv" else read_jsonl(lines)

    def close(self) -> None:
        """Let go of the file, and of the copy of standard input."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _add(
    chunk: Gathering, reader: FieldReader, original: bytes, size: int, record: dict[str, object] | RecordError
) -> None:
    """Put one record where it belongs."""
    if isinstance(record, RecordError):
        chunk.put_aside(record.reason, record.detail, original, size)
        return
    photos_before = len(chunk.aside)
    try:
        chunk.add(*reader.read(record, chunk.refuse_photo), original)
    except RecordError as error:
        del chunk.aside[photos_before:]
        chunk.put_aside(error.reason, error.detail, original, size)


def open_source(
    path: str | os.PathLike[str],
    *,
    fmt: str = "auto",
    mapping: Mapping[str, str] | str | os.PathLike[str] | None = None,
    spool: Path,
    stdin: BinaryIO | None = None,
) -> Source:
    """Open a file of ads, or standard input for "-", and recognise what it is.

    `fmt` is auto, jsonl, csv, parquet or cdr (which is jsonl). `mapping` is our field → their field, or a
    JSON file of it. What cannot be read twice (standard input, a pipe) is copied into `spool` first.
    Raises InputMissing, InputUnreadable or UsageError, each one clear sentence.
    """
    if fmt not in sniff.FORMATS:
        raise UsageError(f"There is no format {fmt}.", remedy=f"Choose one of: {', '.join(sniff.FORMATS)}.")
    names = _mapping(mapping)
    given = os.fspath(path)
    if given == "-":
        name, folder = "standard input", None
        file, sha256 = _spooled(stdin or sys.stdin.buffer, spool)
    else:
        # A name of bytes that are no text still opens its file; what is written down of it is text.
        name, folder = given.encode("utf-8", "backslashreplace").decode(), Path(given).parent
        file = _opened(given)
        if file.seekable():
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
        else:
            with file:
                file, sha256 = _spooled(file, spool)
    try:
        return Source(
            name, file, sha256, form=sniff.recognise(file, name, fmt, names), mapping=names, folder=folder
        )
    except BaseException:
        file.close()
        raise


def _state(file: BinaryIO) -> tuple[int, int]:
    status = os.fstat(file.fileno())
    return status.st_size, status.st_mtime_ns


def _opened(path: str) -> BinaryIO:
    try:
        if os.path.isdir(path):  # noqa: PTH112 - the name may hold what Path refuses
            raise InputUnreadable(path, "it is a folder", remedy="Name a file in it.")
        return open(path, "rb")  # noqa: PTH123
    except (FileNotFoundError, NotADirectoryError):
        raise InputMissing(path or "without a name") from None
    except PermissionError:
        raise InputUnreadable(path, "you may not read it", remedy="Ask its owner for permission.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputUnreadable(repr(path)[1:-1], reason) from None


def _spooled(stream: BinaryIO | io.BufferedIOBase, spool: Path) -> tuple[BinaryIO, str]:
    """Copy a stream to a nameless file on disk; it is gone when it is closed, however the program ends."""
    digest = hashlib.sha256()
    try:
        spool.mkdir(parents=True, exist_ok=True)
        copy = tempfile.TemporaryFile(dir=spool)  # noqa: SIM115
        try:
            while block := stream.read(BLOCK):
                digest.update(block)
                copy.write(block)
            copy.flush()
        except BaseException:
            with contextlib.suppress(OSError):
                copy.close()
            raise
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StorageFull(f"There is no room in {spool} for a copy of the input.") from None
        raise InputUnreadable("the input", f"it cannot be copied to {spool} ({error.strerror})") from None
    return copy, digest.hexdigest()


def _mapping(mapping: Mapping[str, str] | str | os.PathLike[str] | None) -> dict[str, str]:
    if mapping is None:
        return {}
    if isinstance(mapping, Mapping):
        return check_mapping(mapping)
    path = os.fspath(mapping)
    with _opened(path) as file:
        text = file.read(MAPPING_BYTES)
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise InputUnreadable(path, "it is not a JSON object", remedy='Write {"our_field": "their_field"}.')
    return check_mapping(found)
