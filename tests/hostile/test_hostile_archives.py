"""Archives are refused, whatever is in them; malformed files end in one sentence or with what was sound."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import struct
import tarfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from poison import line

from homeward.collect.source import open_source
from homeward.model.errors import InputUnreadable

ADS = b"\n".join(line(n) for n in range(40)) + b"\n"
NAMES = (
    "ads.jsonl",
    "../ads.jsonl",
    "/tmp/ads.jsonl",
    "a/../../ads.jsonl",
    "con\0.jsonl",
    "ADS.jsonl",
    "x" * 300,
)
SECONDS = 2.0


def zips() -> Iterator[tuple[str, bytes]]:
    """Hostile names, methods, counts, nesting, a bomb, an overlap, lies about sizes, odd beginnings."""
    bomb = {
        "bomb": [("ads.jsonl", b"a" * 50_000_000)],
        "many": [(f"{n}", b"") for n in range(5_000)],
        "clash": [("a", ADS), ("A", ADS)],
        "nested": [("in.zip", zipped([("b.zip", zipped([("c", ADS)]))]))],
        "sheet": [("xl/workbook.xml", b"<x/>")],
        "wacz": [("archive/data.warc", b"WARC/1.0")],
        "none": [],
    }
    yield from (
        (f"zip {name!r:.20} {how}", zipped([(name, ADS)], how)) for name in NAMES for how in (0, 8, 12, 14)
    )
    yield from ((f"zip {kind}", zipped(members)) for kind, members in bomb.items())
    whole = zipped([("ads.jsonl", ADS)])
    yield "zip spanned", b"PK\7\x08" + whole
    yield "zip cut", whole[: len(whole) // 2]
    yield "zip lies", whole.replace(struct.pack("<I", len(ADS)), b"\xff\xff\xff\x7f")
    yield "zip overlap", whole[:40] + whole


def zipped(members: list[tuple[str, bytes]], how: int = 8) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def tars() -> Iterator[tuple[str, bytes]]:
    """The same names, every kind of member, three forms, each also compressed."""
    for form, name in ((tarfile.USTAR_FORMAT, "u"), (tarfile.GNU_FORMAT, "g"), (tarfile.PAX_FORMAT, "p")):
        for kind in (tarfile.REGTYPE, tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
            yield f"tar {name} {kind!r}", tarred("../ads.jsonl", kind, form)
    plain = tarred("ads.jsonl", tarfile.REGTYPE, tarfile.USTAR_FORMAT)
    yield "tar of before 1988", before_1988(plain)
    packs = {"gz": gzip.compress, "zst": zstandard.compress, "xz": lzma.compress, "bz2": bz2.compress}
    yield from ((f"tar.{name}", pack(plain)) for name, pack in packs.items())
    yield from ((f"twice {name}", pack(gzip.compress(ADS))) for name, pack in packs.items())
    yield (
        "tar of 4,000",
        b"".join(tarred(f"{n}", tarfile.REGTYPE, tarfile.USTAR_FORMAT) for n in range(4_000)),
    )


def tarred(name: str, kind: bytes, form: int) -> bytes:
    out, info = io.BytesIO(), tarfile.TarInfo(name)
    info.type, info.linkname, info.size = kind, "/etc/passwd", len(ADS) if kind == tarfile.REGTYPE else 0
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        archive.addfile(info, io.BytesIO(ADS))
    return out.getvalue()


def before_1988(tar: bytes) -> bytes:
    """The same header without the word that names its form, and with its own checksum."""
    bare = tar[:148] + b" " * 8 + tar[156:257] + bytes(255)
    return bare[:148] + b"%06o\0 " % sum(bare) + bare[156:] + tar[512:]


OTHERS = [
    ("7z", b"7z\xbc\xaf\x27\x1c" + bytes(60)), ("rar", b"Rar!\x1a\7\0" + bytes(60)),
    ("cab", b"MSCF" + bytes(60)),
    ("ar", b"!<arch>\nads.jsonl/      0           0     0     644     5         `\n" + ADS),
    ("cpio", b"070701" + b"0" * 104 + b"ads.jsonl\0" + ADS), ("old cpio", b"070707" + b"0" * 70 + ADS),
    ("warc", b"WARC/1.0\r\nContent-Length: 9999999999\r\n\r\n" + ADS),
    ("mail", b"From: a@mail.test\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n" * 50),
]  # fmt: skip
ARCHIVES = {**dict(zips()), **dict(tars()), **dict(OTHERS)}


@pytest.mark.trust("INP-2")
def test_sixty_archives_are_refused(tmp_path: Path) -> None:
    """No ad is read out of any, nothing is unpacked, and each takes less than two seconds."""
    assert len(ARCHIVES) >= 60
    for number, (kind, content) in enumerate(ARCHIVES.items()):
        for suffix in ("", ".jsonl"):
            path = tmp_path / f"in{number}{suffix}"
            path.write_bytes(content)
            ids, seconds = read(path)
            assert ids is None and seconds < SECONDS, (kind, ids, seconds)
    assert len(list(tmp_path.iterdir())) == 2 * len(ARCHIVES)


@pytest.mark.trust("INP-2")
def test_a_file_that_is_none_is_read(tmp_path: Path) -> None:
    """The same ads as they are, and compressed once."""
    for name, content in (("a", ADS), ("a.gz", gzip.compress(ADS)), ("a.zst", zstandard.compress(ADS))):
        (tmp_path / name).write_bytes(content)
        ids, _ = read(tmp_path / name)
        assert ids is not None and len(ids) == 40


def read(path: Path) -> tuple[list[str] | None, float]:
    """The ads of a file, or None where it is refused; and how long that took."""
    began = time.process_time()
    try:
        with open_source(path, spool=path.parent) as source:
            ids = [i for chunk in source.chunks() for i in chunk.records.column("source_id").to_pylist()]
    except InputUnreadable:
        ids = None
    return ids, time.process_time() - began


def malformed() -> Iterator[tuple[str, bytes]]:
    """Cut short, with lengths that lie, with floods of headers, too deep; of each form that is read."""
    table, out = pa.table({"id": ["a", "b"], "body": ["x" * 40, "y" * 40]}), io.BytesIO()
    pq.write_table(table, out)
    forms = {
        "ads.jsonl": ADS,
        "ads.csv": b'id,body\n1,"two\nlines"\n2,words\n',
        "ads.parquet": out.getvalue(),
        "ads.jsonl.gz": gzip.compress(ADS),
        "ads.jsonl.zst": zstandard.compress(ADS),
    }
    for name, whole in forms.items():
        step = max(1, len(whole) // 20)
        for at in range(1, len(whole), step):
            yield name, whole[:at]
            yield name, whole[:at] + b"\xff\xff\xff\x7f" + whole[at + 4 :]
    foot = out.getvalue()
    for lie in (0, 1, 7, 2**16, 2**31 - 1, 2**32 - 1):
        yield "ads.parquet", foot[:-8] + struct.pack("<I", lie) + b"PAR1"
        yield "ads.jsonl.gz", gzip.compress(ADS)[:-4] + struct.pack("<I", lie)
    yield "ads.csv", b"id,body" + b",x" * 100_000 + b"\n1,words\n"
    yield "ads.csv", b'id,body\n1,"' + b"a,\n" * 20_000
    for deep in (
        b'{"id":"1","body":' + b"[" * 200_000,
        b'{"a":' * 100_000,
        b'{"id":"1","body":"x","e":' + b"[" * 5_000 + b"]" * 5_000 + b"}",
    ):
        yield "ads.jsonl", line(1) + b"\n" + deep + b"\n" + line(2) + b"\n"
    yield "ads.jsonl", json.dumps({"id": "1", "body": "x", **{f"h{n}": "v" for n in range(100_000)}}).encode()


@pytest.mark.trust("INP-4")
def test_two_hundred_malformed_files(tmp_path: Path) -> None:
    """Each is refused in one sentence, or gives the ads that were sound; none takes two seconds."""
    tried = list(malformed())
    assert len(tried) >= 200
    for number, (name, content) in enumerate(tried):
        path = tmp_path / f"{number}-{name}"
        path.write_bytes(content)
        ids, seconds = read(path)
        assert len(ids or ()) <= 40 and seconds < SECONDS, (name, seconds)
        path.unlink()
    assert list(tmp_path.iterdir()) == []
