"""What is this file? Its first bytes decide, then its name."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO, Literal

from homeward.collect.csv_file import header_of
from homeward.collect.stream import Compression, Unpacked
from homeward.model.errors import InputUnreadable

FORMATS = ("auto", "jsonl", "csv", "parquet", "cdr")
Kind = Literal["jsonl", "csv", "parquet"]
SAMPLE = 64 * 1024

# What people hand over by mistake, by its first bytes, and what to do about it.
_OTHERS: tuple[tuple[bytes, str, str], ...] = (
    *((mark, "it is a ZIP archive or a spreadsheet", "Unpack it, or save it as CSV.")
      for mark in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")),
    *((mark, "it is an archive", "Unpack it.")
      for mark in (b"Rar!\x1a\x07", b"MSCF", b"!<arch>\n", b"070701", b"070702", b"070707", b"\xc7\x71")),
    *((mark, "it is compressed twice", "Decompress it once.") for mark in (b"\x1f\x8b", b"\x28\xb5\x2f\xfd")),
    (b"BZh", "it is compressed with bzip2", "Decompress it, or use gzip or zstd."),
    (b"\xfd7zXZ\x00", "it is compressed with xz", "Decompress it, or use gzip or zstd."),
    (b"7z\xbc\xaf\x27\x1c", "it is a 7-Zip archive", "Unpack it."),
    (b"SQLite format 3\x00", "it is a database", "Export its ads as CSV."),
    (b"\xd0\xcf\x11\xe0", "it is an old Office document", "Save it as CSV."),
    (b"%PDF-", "it is a PDF document", "Ads are read from JSON Lines, CSV or Parquet."),
    (b"\x89PNG", "it is a picture", "Pictures come in beside their ads, under photos."),
    (b"\xff\xd8\xff", "it is a picture", "Pictures come in beside their ads, under photos."),
    (b"GIF8", "it is a picture", "Pictures come in beside their ads, under photos."),
    (b"WARC/", "it is a web archive", "Ads are read from JSON Lines, CSV or Parquet."),
)  # fmt: skip
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00{", b"{\x00", b"\x00\x00\xfe\xff")
_REMEDY = 'Give JSON Lines (one {"id": …, "body": …} a line), CSV with such columns, or Parquet.'


@dataclass(frozen=True, slots=True)
class Form:
    """How a file is to be read."""

    kind: Kind
    compression: Compression


def recognise(file: BinaryIO, name: str, fmt: str, mapping: Mapping[str, str]) -> Form:
    """Return how to read a file; InputUnreadable names what it is instead, and the remedy."""
    file.seek(0)
    start = file.read(8)
    compression: Compression = "none"
    if start.startswith(b"\x1f\x8b"):
        compression = "gz"
    elif start.startswith(b"\x28\xb5\x2f\xfd"):
        compression = "zst"
    file.seek(0)
    unpacked = Unpacked(file, compression)
    sample = io.BufferedReader(unpacked, SAMPLE).read(SAMPLE) if compression != "none" else file.read(SAMPLE)
    file.seek(0)
    if sample.startswith(b"PAR1"):
        if compression != "none":
            raise InputUnreadable(
                name, "it is a compressed Parquet file", remedy="Decompress it; Parquet is small already."
            )
        return Form("parquet", "none")
    _refuse_others(sample, name)
    kind = _kind(sample, name, fmt, mapping)
    return Form(kind, compression)


def _refuse_others(sample: bytes, name: str) -> None:
    for mark, what, remedy in _OTHERS:
        if sample.startswith(mark):
            raise InputUnreadable(name, what, remedy=remedy)
    if _is_tar(sample):
        raise InputUnreadable(name, "it is a tar archive", remedy="Unpack it.")
    if sample.lstrip()[:16].lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        raise InputUnreadable(
            name,
            "it is a web page or XML",
            line=1,
            remedy='Give a page as {"url": …, "html": …}, one a line.',
        )
    if sample.startswith(_WIDE):
        raise InputUnreadable(
            name, "it is written in UTF-16 or UTF-32", line=1,
            remedy=f"Convert it: iconv -f UTF-16 -t UTF-8 {name} > converted",
        )  # fmt: skip


def _is_tar(sample: bytes) -> bool:
    """Whether it begins with a header of a tar, whose checksum says so in each of its forms."""
    try:
        tarfile.TarInfo.frombuf(sample[:512], "utf-8", "surrogateescape")
    except (tarfile.HeaderError, ValueError):
        return False
    return True


def _kind(sample: bytes, name: str, fmt: str, mapping: Mapping[str, str]) -> Kind:
    """Return the kind of a text file."""
    if fmt == "parquet":
        raise InputUnreadable(name, "it is not a Parquet file", remedy=_REMEDY)
    text = sample.removeprefix(b"\xef\xbb\xbf")
    if fmt in ("jsonl", "cdr"):
        return "jsonl"
    stem = name.lower().removesuffix(".gz").removesuffix(".zst")
    lines = [line for line in text.split(b"\n") if line.strip()]
    if fmt == "csv":
        _check_header(lines, name, mapping)
        return "csv"
    if len(lines) > 1 and lines[0].strip() == b"{" and not lines[1].lstrip().startswith(b"{"):
        raise InputUnreadable(
            name, "its JSON goes over several lines", line=1, remedy=f"Convert it: jq -c . {name} > converted"
        )
    if not lines or any(line.lstrip().startswith(b"{") for line in lines):
        return "jsonl" if not stem.endswith((".csv", ".tsv")) or _json_first(lines) else "csv"
    if lines[0].lstrip().startswith(b"["):
        raise InputUnreadable(
            name, "it is one JSON array, not JSON Lines", line=1, remedy="Convert it: jq -c '.[]'"
        )
    if stem.endswith((".jsonl", ".ndjson", ".json", ".jl")):
        if len(sample) == SAMPLE and len(lines) == 1:
            return "jsonl"  # one line longer than we looked; it may be set aside, and others follow
        raise InputUnreadable(name, "no line of its beginning is a JSON object", line=1, remedy=_REMEDY)
    _check_header(lines, name, mapping)
    return "csv"


def _json_first(lines: list[bytes]) -> bool:
    return bool(lines) and lines[0].lstrip().startswith(b"{")


def _check_header(lines: list[bytes], name: str, mapping: Mapping[str, str]) -> None:
    """Refuse a CSV without the columns that an ad needs; an empty file has no ads and no fault."""
    if not lines:
        return
    columns = set(header_of(lines[0].decode("utf-8", "replace").rstrip("\r"))[0])
    columns |= {ours for ours, theirs in mapping.items() if theirs in columns}
    if columns & {"id", "url"} and columns & {"title", "body", "html"}:
        return
    raise InputUnreadable(
        name, "its first line names no columns of an ad (id or url, and body, title or html)", line=1,
        remedy="Give the columns such names, or name theirs with --map." if _looks_like_text(lines[0])
        else _REMEDY,
    )  # fmt: skip


def _looks_like_text(line: bytes) -> bool:
    return b"\0" not in line and len(line) < SAMPLE
