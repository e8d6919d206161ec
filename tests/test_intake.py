"""One file's way in: counted, repeatable, and the same however often it was interrupted."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from homeward import intake, owed
from homeward.collect import chunk
from homeward.collect.source import open_source
from homeward.engine.local import LocalEngine
from homeward.extract.kernel import read_batch
from homeward.house import House, make_house
from homeward.intake import Counts, rebuild, repair, take_in
from homeward.model import schema
from homeward.model.capture import Supply
from homeward.model.errors import WorkspaceKind
from homeward.store import disk
from homeward.store.ledger import watermarks

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
SUPPLY = Supply("a partner", "consent")
FOLLOWING = ("mentions", "prints")


class Lasting(LocalEngine):
    """One worker for all tests here: starting one and loading every reader takes seconds."""

    def close(self) -> None:
        """Stay."""


ENGINE = Lasting(1)


def open_at(home: Path, kind: str = "test") -> House:
    made = make_house(home, key=b"k" * 32, clock=lambda: NOW, kind=kind, id="abcdef0123456789", workers=1)
    return replace(made, engine=ENGINE)


@pytest.fixture(scope="module", autouse=True)
def engine() -> Iterator[None]:
    yield
    LocalEngine.close(ENGINE)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_at(tmp_path / "home") as opened:
        yield opened


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunk, "CHUNK_RECORDS", 4)
    monkeypatch.setattr(intake, "COMMIT_EVERY", 2)


def ad(number: int, words: str = "massage", **more: Any) -> dict[str, Any]:
    photos = [{"path": f"p/{number}.jpg", "sha256": "AB" * 32}]
    return {"id": f"i{number}", "body": f"{words}, call 702-555-01{number:02d}", "photos": photos, **more}


def write(path: Path, *records: Any) -> Path:
    lines = [r if isinstance(r, str) else json.dumps(r) for r in records]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def take(house: House, path: Path, **how: Any) -> Counts:
    with open_source(path, spool=house.home / "spool") as source:
        return take_in(house, source, SUPPLY, **how)


def first_file(folder: Path) -> Path:
    again = ad(1)
    return write(folder / "first.jsonl", *(ad(n) for n in range(9)), again, "{", ad(2, "body work"), ad(3),
                 {"id": "x"}, ad(20, photos=[{"path": "../out.jpg"}]))  # fmt: skip


def second_file(folder: Path) -> Path:
    return write(folder / "second.jsonl", ad(1), ad(4, "new words"), ad(30), "[]", ad(30))


def digest(house: House) -> dict[str, str]:
    """Every table's rows and the index's documents, in an order of their own."""
    out = {}
    for name in (*schema.PRECIOUS, *FOLLOWING):
        rows = sorted(
            json.dumps(row, default=str, sort_keys=True) for row in house.lake.read(name).to_pylist()
        )
        out[name] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    ads = sorted(set(house.lake.read("ads", columns=["ad"])["ad"].to_pylist()))
    docs = [json.dumps(dict(house.index.get(a) or {}), default=str, sort_keys=True) for a in ads]
    out["index"] = hashlib.sha256("\n".join([str(house.index.count()), *docs]).encode()).hexdigest()
    return out


def test_every_record_is_counted_once(house: House, tmp_path: Path) -> None:
    """read = stored + changed + repeated + set aside; a refused photo costs no record."""
    counts = take(house, first_file(tmp_path))

    assert counts == Counts(read=15, stored=10, changed=1, repeated=2, set_aside=2)
    assert house.lake.count("ads") == 11 and house.lake.count("sightings") == 2
    assert house.lake.read("set_aside")["what"].to_pylist().count("photo") == 1
    assert house.index.count() == 10 and house.lake.count("mentions") >= 11
    assert house.lake.count("prints") == 10


def test_what_is_stored_says_where_it_came_from(house: House, tmp_path: Path) -> None:
    """Supplier, basis, file, place in the file and the original bytes stand beside every capture."""
    path = first_file(tmp_path)
    take(house, path)

    row = house.lake.read("ads", filters=[("source_id", "=", "i7")]).to_pylist()[0]
    assert (row["supplier"], row["basis"], row["witnessed"], row["position"]) == (
        "a partner",
        "consent",
        False,
        7,
    )
    assert row["file_sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert row["original"] == path.read_bytes().splitlines()[7]
    assert row["captured_at"] == NOW and row["month"] == "2026-11"


def test_a_second_time_brings_nothing(house: House, tmp_path: Path) -> None:
    """The same file again is all repeats, and no table grows; another file with the same ads is sightings."""
    path = first_file(tmp_path)
    take(house, path)
    before = digest(house)

    assert take(house, path) == Counts(read=15, repeated=13, set_aside=2)
    assert digest(house) == before

    copy = tmp_path / "copy.jsonl"
    copy.write_bytes(path.read_bytes() + b"\n")
    assert take(house, copy) == Counts(read=15, repeated=13, set_aside=2)
    assert house.lake.count("sightings") == 2 + 13


def test_another_mapping_reads_the_same_file_anew(house: House, tmp_path: Path) -> None:
    """What a first reading could not use is stored when it is told the names."""
    path = write(tmp_path / "ads.jsonl", *({"id": f"i{n}", "words": "massage"} for n in range(3)))
    with open_source(path, spool=tmp_path) as source:
        assert take_in(house, source, SUPPLY).set_aside == 3
    with open_source(path, spool=tmp_path, mapping={"body": "words"}) as source:
        assert take_in(house, source, SUPPLY).stored == 3
    assert house.index.count() == 3


class Stopped(BaseException):
    """The process ends here."""


def stop_at(count: int) -> Any:
    """Return a failpoint that ends the process the `count`-th time any is reached."""
    left = count

    def reached(_: str) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            raise Stopped

    return reached


def test_interrupted_anywhere_it_ends_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two files, stopped at one flush after another and repeated, leave what no interruption leaves."""
    files = [first_file(tmp_path), second_file(tmp_path)]
    with open_at(tmp_path / "whole") as house:
        reached = 0

        def count(_: str) -> None:
            nonlocal reached
            reached += 1

        monkeypatch.setattr(disk, "on_failpoint", count)
        expected_counts = [take(house, path) for path in files]
        monkeypatch.setattr(disk, "on_failpoint", None)
        expected = digest(house)
    stopped = 0
    for at in range(1, reached, max(1, reached // 6)):
        home = tmp_path / "broken"
        with open_at(home) as house:
            monkeypatch.setattr(disk, "on_failpoint", stop_at(at))
            try:
                for path in files:
                    take(house, path)
            except Stopped:
                stopped += 1
            monkeypatch.setattr(disk, "on_failpoint", None)
        with open_at(home) as house:
            counts = [take(house, path) for path in files]
            assert digest(house) == expected, f"stopped at {at}"
            for found, whole in zip(counts, expected_counts, strict=True):
                assert (
                    found.read
                    == found.stored + found.changed + found.repeated + found.set_aside
                    == whole.read
                )
        shutil.rmtree(home)
    assert stopped > 4


def test_a_file_between_an_interruption_and_its_repeat_loses_no_sighting(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A record that became a repeat meanwhile is a sighting then."""
    first = write(tmp_path / "first.jsonl", ad(1), ad(1), ad(2))
    append = house.lake.append

    def failing(table: str, *args: Any, **more: Any) -> int:
        if table == "ads":
            raise Stopped
        return append(table, *args, **more)

    monkeypatch.setattr(house.lake, "append", failing)
    with pytest.raises(Stopped):
        take(house, first)
    monkeypatch.undo()
    take(house, write(tmp_path / "other.jsonl", ad(2)))

    assert take(house, first) == Counts(read=3, stored=1, repeated=2)
    held = house.lake.read("sightings").to_pylist()
    assert sorted(row["position"] for row in held) == [1, 2]


def test_a_demo_workspace_takes_its_world_only(tmp_path: Path) -> None:
    """One real ad anywhere in a chunk, and nothing of the chunk is stored."""
    world = [ad(n, world="standard/7") for n in range(9)]
    with open_at(tmp_path / "demo", kind="demo") as house:
        with pytest.raises(WorkspaceKind, match="synthetic world"):
            take(house, write(tmp_path / "real.jsonl", *world[:3], ad(99), *world[3:]), demo_only=True)
        assert house.lake.count("ads") == 0
        assert take(house, write(tmp_path / "world.jsonl", *world), demo_only=True).stored == 9


def test_a_demo_workspace_stops_at_the_first_other_ad(tmp_path: Path) -> None:
    """A later chunk with a real ad ends the file: what came before stays and is read, nothing else comes."""
    lines = [ad(n, world="standard/7") for n in range(6)]
    with open_at(tmp_path / "demo", kind="demo") as house:
        with pytest.raises(WorkspaceKind, match="synthetic world"):
            take(house, write(tmp_path / "real.jsonl", *lines, ad(99), *lines[:1]), demo_only=True)
        repair(house)
        assert (house.lake.count("ads"), house.index.count()) == (4, 4)


def test_rebuilding_gives_the_same(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The index, and all mentions, come back as they were; an interrupted rebuild is completed."""
    take(house, first_file(tmp_path))
    take(house, second_file(tmp_path))
    before = digest(house)

    rebuild(house, "index")
    assert digest(house) == before
    rebuild(house, "derived")
    assert digest(house) == before

    monkeypatch.setattr(disk, "on_failpoint", stop_at(30))
    with pytest.raises(Stopped):
        rebuild(house, "derived")
    monkeypatch.setattr(disk, "on_failpoint", None)
    repair(house)
    assert digest(house) == before
    assert repair(house) == 0


def test_an_index_that_was_left_for_later_ends_the_same(house: House, tmp_path: Path) -> None:
    """What ads say is there at once; the next repair puts them in the index, latest contents last."""
    take(house, first_file(tmp_path))
    take(house, second_file(tmp_path))
    with open_at(tmp_path / "other") as other:
        take(other, first_file(tmp_path))
        take(other, second_file(tmp_path), index=False)
        assert other.lake.count("mentions") == house.lake.count("mentions")
        assert owed.behind(other) and not owed.behind(house)
        assert other.index.count() < house.index.count()

        repair(other)

        assert not owed.behind(other)
        assert digest(other) == digest(house)


def deadly(batch: Any) -> Any:
    """The readers, with one ad they cannot read."""
    if any("poison" in body for body in batch["body"].to_pylist()):
        raise ValueError("poison")
    return read_batch(batch)


def test_an_ad_that_fails_its_reader_is_kept_and_told(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is stored and found, has no mentions, and a row says why."""
    monkeypatch.setattr(intake, "READER", "test_intake:deadly")

    counts = take(house, write(tmp_path / "ads.jsonl", *(ad(n) for n in range(6)), ad(6, "poison"), ad(7)))

    assert counts == Counts(read=8, stored=8)
    [row] = house.lake.read("set_aside").to_pylist()
    assert (row["what"], row["position"]) == ("mentions", 6) and "ValueError" in row["detail"]
    assert len(set(house.lake.read("mentions")["ad"].to_pylist())) == 7 and house.index.count() == 8


def test_a_watermark_whose_version_is_gone_costs_time_only(house: House, tmp_path: Path) -> None:
    """Everything is put into the index again, and nothing twice."""
    take(house, first_file(tmp_path))
    before = digest(house)
    with house.ledger.write() as tx:
        for mark in (owed.READ, owed.INDEXED):
            watermarks.put(tx, mark, 999)

    assert repair(house) == 4
    assert digest(house) == before
