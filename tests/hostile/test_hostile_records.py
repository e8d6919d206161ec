"""Poisoned records are set aside with their reason and counted; good ones beside them survive."""

from __future__ import annotations

import gzip
import io
import json
import tracemalloc
import zlib
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st
from poison import POISON, good, line

from homeward.collect.chunk import Chunk
from homeward.collect.source import open_source
from homeward.model.errors import InputUnreadable


def read(path: Path, **how: str) -> list[Chunk]:
    with open_source(path, spool=path.parent, **how) as source:
        return list(source.chunks())


def told(chunks: list[Chunk]) -> tuple[list[str], list[str]]:
    """The ids that were read, and the reasons of what was not; and the counts must add up."""
    for chunk in chunks:
        assert chunk.read == chunk.records.num_rows + sum(s.what == "record" for s in chunk.set_aside)
        assert all(len(s.original) <= 65536 and s.detail for s in chunk.set_aside)
    ids = [i for chunk in chunks for i in chunk.records.column("source_id").to_pylist()]
    return ids, [s.reason for chunk in chunks for s in chunk.set_aside]


@pytest.mark.parametrize("kind", POISON)
def test_one_poisoned_line_among_good_ones(kind: str, tmp_path: Path) -> None:
    """The lines before and after it are read."""
    bad, reason = POISON[kind]
    path = tmp_path / "ads.jsonl"
    path.write_bytes(line(1) + b"\n" + bad + b"\r\n\n" + line(2))

    assert told(read(path)) == (["ad1", "ad2"], [reason])


def test_one_poisoned_line_among_a_hundred_thousand(tmp_path: Path) -> None:
    """Every other line is read, in order, and the one is set aside with its reason."""
    bad, reason = POISON["no json"]
    path = tmp_path / "ads.jsonl"
    path.write_bytes(
        b"\n".join([*(line(n) for n in range(61_803)), bad, *(line(n) for n in range(61_803, 100_000))])
    )

    assert told(read(path)) == ([f"ad{n}" for n in range(100_000)], [reason])


@pytest.mark.parametrize("kind", POISON)
def test_a_poisoned_line_alone(kind: str, tmp_path: Path) -> None:
    """A file of nothing else is read to its end when its format is named."""
    bad, reason = POISON[kind]
    path = tmp_path / "ads.jsonl"
    path.write_bytes(bad)

    assert told(read(path, fmt="jsonl")) == ([], [reason])


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.sampled_from(["good", "blank", *(k for k in POISON if "large" not in k and "bomb" not in k)]),
        max_size=30,
    )
)
def test_any_mixture_adds_up(tmp_path_factory: pytest.TempPathFactory, kinds: list[str]) -> None:
    """Every record is read or set aside, in place, whatever stands beside it."""
    path = tmp_path_factory.mktemp("mix") / "ads.jsonl"
    lines = [line(n) if k == "good" else b"  " if k == "blank" else POISON[k][0] for n, k in enumerate(kinds)]
    path.write_bytes(b"\n".join(lines))

    ids, reasons = told(read(path, fmt="jsonl"))

    assert ids == [f"ad{n}" for n, k in enumerate(kinds) if k == "good"]
    assert reasons == [POISON[k][1] for k in kinds if k not in ("good", "blank")]


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_at_all(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """Random bytes are set aside or refused with one sentence; nothing else is raised."""
    path = tmp_path_factory.mktemp("any") / "ads"
    for fmt in ("auto", "jsonl", "csv"):
        path.write_bytes(b"id,body\n" + data if fmt == "csv" else data)
        try:
            told(read(path, fmt=fmt))
        except InputUnreadable as error:
            assert str(path) in str(error)


def test_a_fifty_megabyte_line_is_never_held(tmp_path: Path) -> None:
    """Its beginning is kept, and the memory used stays far below its size."""
    path = tmp_path / "ads.jsonl"
    with path.open("wb") as file:
        file.write(line(1) + b'\n{"id":"x","body":"')
        for _ in range(50):
            file.write(b"a" * 2**20)
        file.write(b'"}\n' + line(2))
    tracemalloc.start()
    ids, reasons = told(read(path))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert (ids, reasons) == (["ad1", "ad2"], ["too-large"])
    assert peak < 32 * 2**20


@pytest.mark.parametrize("suffix", ["gz", "zst"])
@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_torn_compressed_file_gives_what_it_holds(suffix: str, share: float, tmp_path: Path) -> None:
    """What was read stays; the torn end is one record set aside."""
    import random

    noise = random.Random(1)
    text = b"\n".join(line(n, note=noise.randbytes(40).hex()) for n in range(5000))
    packed = gzip.compress(text) if suffix == "gz" else zstandard.compress(text)
    path = tmp_path / f"ads.jsonl.{suffix}"
    path.write_bytes(packed[: int(len(packed) * share)])

    ids, reasons = told(read(path))

    assert ids == [f"ad{n}" for n in range(len(ids))] and 100 < len(ids) < 5000
    assert reasons == ["truncated"]


@pytest.mark.parametrize("suffix", ["gz", "zst"])
def test_two_compressed_parts_are_one_file(suffix: str, tmp_path: Path) -> None:
    """Parts that were appended to each other are all read, and nothing is called torn."""
    pack = gzip.compress if suffix == "gz" else zstandard.compress
    path = tmp_path / f"ads.{suffix}"
    path.write_bytes(pack(line(1) + b"\n") + pack(line(2) + b"\n"))

    assert told(read(path)) == (["ad1", "ad2"], [])


def test_a_damaged_compressed_file_says_so(tmp_path: Path) -> None:
    """Bytes turned over in the middle end the reading with a reason."""
    packed = bytearray(gzip.compress(b"\n".join(line(n, x=str(n * 7919)) for n in range(2000))))
    packed[len(packed) // 2 : len(packed) // 2 + 40] = b"\xff" * 40
    path = tmp_path / "ads.jsonl.gz"
    path.write_bytes(packed)

    _, reasons = told(read(path))

    assert reasons[-1] in ("damaged", "truncated")


@pytest.mark.parametrize("share", [0.2, 0.6, 0.95])
def test_what_stands_before_the_damage_is_read(share: float, tmp_path: Path) -> None:
    """All ads but the one that is damaged come out of a gzip file whose compressed bytes went wrong there."""
    lines = [line(n, x=str(n * 7919)) for n in range(4000)]
    pack = zlib.compressobj(wbits=31)
    good = int(len(lines) * share)
    packed = pack.compress(b"\n".join(lines[:good])) + pack.flush(zlib.Z_SYNC_FLUSH)
    path = tmp_path / "ads.jsonl.gz"
    path.write_bytes(packed + b"\xff" * 40 + pack.compress(b"\n".join(lines[good:])) + pack.flush())

    ids, reasons = told(read(path))

    assert ids[: good - 1] == [f"ad{n}" for n in range(good - 1)] and len(ids) <= good
    assert reasons[-1] == "damaged"


@pytest.mark.parametrize("suffix", ["gz", "zst"])
def test_a_bomb_is_stopped(suffix: str, tmp_path: Path) -> None:
    """A small file that unpacks to hundreds of megabytes of nothing is ended early."""
    zeros = b" " * 2**20
    path = tmp_path / f"ads.jsonl.{suffix}"
    if suffix == "gz":
        with gzip.open(path, "wb") as file:
            file.write(line(1) + b"\n")
            for _ in range(200):
                file.write(zeros)
    else:
        with path.open("wb") as raw, zstandard.ZstdCompressor().stream_writer(raw) as file:
            file.write(line(1) + b"\n")
            for _ in range(200):
                file.write(zeros)

    assert told(read(path)) == (["ad1"], ["bomb"])


CSV_POISON = {
    "too many columns": (b"x,b,c,d", "columns"),
    "too few columns": (b"x", "columns"),
    "unclosed quote": (b'x,"b,c', "csv"),
    "text after a quote": (b'x,"b"oo,c', "csv"),
    "not utf-8": (b"x,\xff,c", "encoding"),
    "nul": (b"x,a\0b,c", "nul"),
    "no text": (b"x,,c", "no-text"),
    "huge field": (b'x,"' + b"a" * (9 * 2**20) + b'",c', "too-large"),
    "all empty": (b",,", "empty"),
}


@pytest.mark.parametrize("kind", CSV_POISON)
def test_one_poisoned_row_among_good_ones(kind: str, tmp_path: Path) -> None:
    """A row of CSV costs itself only, also where its quote swallows what follows."""
    bad, reason = CSV_POISON[kind]
    path = tmp_path / "ads.csv"
    path.write_bytes(b'id,body,city\nad1,"b\nover two lines",Reno\n' + bad + b"\nad2,b,Reno\n\nad3,b,Reno\n")

    assert told(read(path)) == (["ad1", "ad2", "ad3"], [reason])


def test_parquet_with_wrong_types(tmp_path: Path) -> None:
    """Rows whose cells are of a wrong type are set aside, the others are read."""
    path = tmp_path / "ads.parquet"
    pq.write_table(
        pa.table({"id": ["a", "b", None], "body": ["x", "y\0", "z"], "n": [1.5, float("nan"), 2.0]}), path
    )
    assert told(read(path)) == (["a"], ["nul", "no-key"])

    pq.write_table(pa.table({"id": ["a"], "body": [5]}), path)
    assert told(read(path)) == ([], ["type"])


def test_a_torn_parquet_is_refused(tmp_path: Path) -> None:
    """Parquet keeps its map at the end: without it nothing can be read."""
    sink = io.BytesIO()
    pq.write_table(pa.table({"id": ["a"], "body": ["b"]}), sink)
    path = tmp_path / "ads.parquet"
    path.write_bytes(sink.getvalue()[:-20])

    with pytest.raises(InputUnreadable, match="sound Parquet"):
        read(path)


def test_a_nested_page_takes_linear_time(tmp_path: Path) -> None:
    """A page of a million open elements is read like any other."""
    path = tmp_path / "ads.jsonl"
    path.write_text(json.dumps({"id": "ad1", "html": "<div>" * 1_000_000 + "call" + "<!--" * 100_000}) + "\n")

    [chunk] = read(path)

    assert chunk.records.column("body").to_pylist() == ["call"]


def test_a_photo_outside_the_folder_costs_only_itself(tmp_path: Path) -> None:
    """Photos that lead out of the file's folder are set aside; the ad and its other photos stay."""
    folder = tmp_path / "in"
    (folder / "photos").mkdir(parents=True)
    (tmp_path / "secret.jpg").write_bytes(b"s")
    (folder / "photos" / "ok.jpg").write_bytes(b"p")
    (folder / "photos" / "link.jpg").symlink_to(tmp_path / "secret.jpg")
    (folder / "way").symlink_to(tmp_path)
    bad = ["../secret.jpg", "/etc/passwd", "photos/../../secret.jpg", "photos/link.jpg", "way/secret.jpg",
           "photos", "..\\secret.jpg", "c:secret.jpg", "a\nb/../../x"]  # fmt: skip
    path = folder / "ads.jsonl"
    photos = [{"path": p} for p in [*bad, "photos/ok.jpg", "later/none.jpg"]]
    path.write_text(json.dumps(good(1, photos=photos)) + "\n")

    [chunk] = read(path)

    assert [p["path"] for p in chunk.records.column("photos")[0].as_py()] == [
        "photos/ok.jpg",
        "later/none.jpg",
    ]
    assert [(s.what, s.original.decode()) for s in chunk.set_aside] == [("photo", p) for p in bad]
    assert chunk.read == 1
