"""A world as files: ads.jsonl, truth.jsonl and, if wanted, small generated pictures."""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import orjson

from homeward.collect.world.stream import START, World
from homeward.model.errors import StorageFull

SIDE = 48  # pixels; enough for perceptual hashes to have something to hold
TELL_EVERY = 1_000


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: lines of ads, rows of truth, pictures, and what a reader must know."""

    ads: int
    truth: int
    photos: int
    note: str


def write(
    n: int, seed: int | str, preset: str, out_dir: Path | str, photos: bool = False,
    progress: Callable[[int, int], None] | None = None, *, start: date = START,
) -> Written:  # fmt: skip
    """Write a world of n ad lines into a folder, as a stream. `progress` is told (lines done, n).

    With photos, `photos/` holds a PNG for every picture shown; the hashes are then those of the
    files, and `pdq` is left out because nobody measured it.
    """
    folder = Path(out_dir)
    world = World(n, seed=seed, preset=preset, start=start)
    done = rows = 0
    drawn: dict[str, tuple[str, str]] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "ads.jsonl").open("wb") as ads, (folder / "truth.jsonl").open("wb") as truths:
            for ad, truth, new in world.lines():
                if photos:
                    ad["photos"] = [_file(folder, photo, drawn) for photo in ad["photos"]]
                ads.write(orjson.dumps(ad, option=orjson.OPT_APPEND_NEWLINE))
                if new:
                    truths.write(orjson.dumps(truth, option=orjson.OPT_APPEND_NEWLINE))
                    rows += 1
                done += 1
                if progress and (done % TELL_EVERY == 0 or done == n):
                    progress(done, n)
    except OSError as error:
        if error.errno in (28, 122):  # no space left, quota
            raise StorageFull(f"The disk is full: the world in {folder} is not complete.") from error
        raise
    return Written(done, rows, len(drawn), world.note)


def _file(folder: Path, photo: dict[str, str], drawn: dict[str, tuple[str, str]]) -> dict[str, Any]:
    """Return a photo's fields after writing its file, once."""
    pdq, mark = photo["pdq"], photo["sha256"]
    if mark not in drawn:
        raw = picture(pdq, mark)
        digest = hashlib.sha256(raw).hexdigest()
        path = f"photos/{digest[:16]}.png"
        target = folder / path
        target.parent.mkdir(exist_ok=True)
        part = target.with_suffix(".part")
        part.write_bytes(raw)
        part.replace(target)
        drawn[mark] = (path, digest)
    path, digest = drawn[mark]
    return {"path": path, "sha256": digest}


def picture(pdq: str, mark: str) -> bytes:
    """Return a small grey PNG: soft blobs that `pdq` places, and a grain that `mark` gives.

    Re-encodings of one picture differ in few bits of `pdq` and in their grain, so they look alike.
    """
    bits = bytes.fromhex(pdq)
    blobs = [(b % 16 * 3, b // 16 * 3, 40 + bits[(k + 7) % 32] % 120) for k, b in enumerate(bits[:8])]
    grain = Random(int(mark[:12], 16))
    rows = bytearray()
    for y in range(SIDE):
        rows.append(0)
        for x in range(SIDE):
            light = sum(h * 60 // (60 + (x - bx) ** 2 + (y - by) ** 2) for bx, by, h in blobs)
            rows.append(min(255, light + grain.randrange(3)))
    head = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(bytes(rows), 6))
        + _chunk(b"IEND", b"")
    )  # fmt: skip


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
