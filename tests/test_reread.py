"""What another version read is read again, exactly that, and the old values stay known."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from homeward import reread
from homeward.collect import chunk
from homeward.collect.source import open_source
from homeward.desk import ads, corrections, supply
from homeward.engine.local import LocalEngine
from homeward.extract import name, read
from homeward.extract.knowledge.agency import parse
from homeward.house import House, make_house
from homeward.intake import rebuild, repair, take_in
from homeward.model.actor import Actor
from homeward.model.capture import Supply
from homeward.model.query import parse as query
from homeward.refresh import refresh
from homeward.store import disk

ACTOR = Actor("local:1000", "cli")
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
FILE = b'[names]\nremove = ["Lola"]\n[glossary.fleet]\nterms = ["blue van"]\n[youth]\nwords = ["lexterm1"]\n'


class Lasting(LocalEngine):
    """One worker for all tests here."""

    def close(self) -> None:
        """Stay."""


ENGINE = Lasting(1)


@pytest.fixture(scope="module", autouse=True)
def engine() -> Iterator[None]:
    yield
    LocalEngine.close(ENGINE)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunk, "CHUNK_RECORDS", 4)
    monkeypatch.setattr(reread, "AT_ONCE", 8)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = make_house(tmp_path / "home", key=b"k" * 32, clock=lambda: NOW, id="abcdef0123456789", workers=1)
    with replace(made, engine=ENGINE) as opened:
        yield opened


def test_warming_reads_a_text_and_keeps_nothing(house: House) -> None:
    """The text of the warm-up has work for readers with long lists; no table holds anything of it."""
    kinds = {mention.kind for mention in read.read_text(reread.WARMING)}
    reread.warm(house)

    assert {"name", "place", "phone", "price"} <= kinds
    assert all(house.lake.version(table) < 0 for table in ("ads", "mentions", "readings", "set_aside"))


def give(
    house: House, folder: Path, numbers, body="Lola is here with the blue van, lexterm1, 702-555-01{:02}"
):
    file = folder / f"{numbers[0]}-{len(body)}.jsonl"
    rows = [{"id": f"i{n}", "site": "a.test", "body": body.format(n)} for n in numbers]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    with open_source(str(file), spool=folder) as source:
        take_in(house, source, Supply("a partner", "consent"))


def kept(house: House, table: str = "mentions"):
    return sorted(map(repr, house.lake.read(table).to_pylist()))


def kinds(house: House):
    return {(r["kind"], r["value"]) for r in house.lake.read("mentions").to_pylist() if r["kind"] != "phone"}


def found(house: House, text: str) -> int:
    return house.index.search(query(text)).total


def test_nothing_is_read_again_while_nothing_changed(house, tmp_path):
    give(house, tmp_path, range(10))
    assert reread.affected(house) == {}
    assert refresh(house).reread == 0


def test_a_new_file_reads_everything_again_once(house, tmp_path):
    give(house, tmp_path, range(10))
    first = refresh(house)
    reread.keep(house, FILE)

    assert sum(n for _, n in reread.affected(house).values()) == 10
    made = refresh(house)
    assert (made.reread, made.superseded, made.signed) == (10, 10, 10)
    assert made.run != first.run
    assert ("custom:fleet", "blue van") in kinds(house) and ("name", "Lola") not in kinds(house)
    assert found(house, 'custom:"fleet:blue van"') == 10 and found(house, "name:Lola") == 0
    assert (refresh(house).reread, refresh(house).run) == (0, made.run)


def test_a_disputed_value_stays_out_of_searches_when_it_is_read_again(house, tmp_path):
    give(house, tmp_path, range(2))
    [first, _] = house.lake.read("mentions", filters=[("kind", "=", "phone")]).to_pylist()
    [ad] = [row["ad"] for row in house.lake.read("ads").to_pylist() if row["capture"] == first["capture"]]
    wrong = {"kind": "phone", "value": first["value"], "says": "disputed", "why": "a wrong number"}
    corrections.correct(ACTOR, house, ad, **wrong)
    reread.keep(house, FILE)

    assert refresh(house).reread == 2
    assert found(house, f"phone:{first['value']}") == 0 and found(house, "has:phone") == 1


def test_what_is_read_no_longer_stays_known(house, tmp_path):
    give(house, tmp_path, range(3))
    reread.keep(house, FILE)
    refresh(house)
    rows = house.lake.read("superseded").to_pylist()
    assert {(r["kind"], r["value"], r["raw"]) for r in rows} == {("name", "Lola", "Lola")}
    assert {(r["version"], r["by"]) for r in rows} == {(read.VERSION, read.version_of(parse(FILE)))}


def test_the_page_of_an_ad_lists_what_is_read_no_longer_and_what_ended_it(house, tmp_path):
    give(house, tmp_path, range(1))
    [ad] = house.lake.read("ads", columns=["ad"])["ad"].to_pylist()
    assert ads.page(ACTOR, house, ad)["superseded"] == []

    reread.keep(house, FILE)
    refresh(house)
    [gone] = ads.page(ACTOR, house, ad)["superseded"]
    assert (gone["kind"], gone["label"], gone["reader"]) == ("name", "Lola", name.READER)
    assert gone["ended_by"] == parse(FILE).version


def test_only_what_another_version_read_is_read_again(house, tmp_path):
    """Of two helpings the later one was read with the new file already."""
    give(house, tmp_path, range(10))
    reread.keep(house, FILE)
    give(house, tmp_path, range(20, 25))
    assert sum(n for _, n in reread.affected(house).values()) == 10
    assert refresh(house).reread == 10


def test_what_nobody_read_yet_is_not_told_as_read_by_another_version(house, tmp_path):
    """Another process has taken in ads and not read them; beside them, some that another version read."""
    give(house, tmp_path, range(10))
    reread.keep(house, FILE)
    assert supply.affected(house) == (10, 0)
    ads = house.lake.read("ads")
    at = ads.schema.get_field_index("batch")
    house.lake.append("ads", ads.set_column(at, ads.schema.field(at), pa.array(["elsewhere"] * len(ads))))
    assert supply.affected(house) == (20, 10)


def test_the_file_taken_away_brings_back_what_was(house, tmp_path):
    give(house, tmp_path, range(5))
    before = kept(house)
    reread.keep(house, FILE)
    refresh(house)
    assert kept(house) != before
    reread.keep(house, b"")
    refresh(house)
    assert kept(house) == before
    assert {r["kind"] for r in house.lake.read("superseded").to_pylist()} == {"name", "custom:fleet"}


def test_the_youth_words_of_the_file_reach_the_run(house, tmp_path):
    """Another list is another run, even when every reading stays the same."""
    give(house, tmp_path, range(5), body="hello there {}")
    runs = set()
    for word in ("lexterm1", "lexterm2"):
        reread.keep(house, f'[youth]\nwords = ["{word}"]'.encode())
        runs.add(refresh(house).run)
    assert len(runs) == 2


def test_a_newer_capture_keeps_its_place_in_the_index(house, tmp_path):
    """Reading an older capture again must not bring its words back."""
    give(house, tmp_path, range(4))
    reread.keep(house, FILE)
    give(house, tmp_path, range(4), body="quite other words {}")
    refresh(house)
    assert found(house, '"quite other words"') == 4
    assert found(house, '"blue van"') == 0


def test_rebuilding_reads_with_the_file_in_force(house, tmp_path):
    give(house, tmp_path, range(5))
    reread.keep(house, FILE)
    rebuild(house, "derived")
    assert reread.affected(house) == {}
    assert ("custom:fleet", "blue van") in kinds(house)


class Killed(BaseException):
    """What a kill does: nothing after it runs."""


def test_killed_anywhere_and_repeated_it_ends_the_same(house, tmp_path, monkeypatch):
    """Stopped at every tenth place where something is written, again and again, until it gets through."""
    give(house, tmp_path, range(10))
    reread.keep(house, FILE)
    refresh(house)
    wanted = {name: kept(house, name) for name in ("mentions", "readings", "superseded", "bands")}
    wanted_hits = found(house, 'custom:"fleet:blue van"')

    other = make_house(tmp_path / "other", key=b"k" * 32, clock=lambda: NOW, id="abcdef0123456788", workers=1)
    with replace(other, engine=ENGINE) as again:
        give(again, tmp_path, range(10))
        reread.keep(again, FILE)
        kills = 0
        for patience in range(3, 400, 9):
            left = [patience]

            def fail(name: str, left: list[int] = left) -> None:
                left[0] -= 1
                if left[0] == 0:
                    raise Killed(name)

            monkeypatch.setattr(disk, "on_failpoint", fail)
            try:
                repair(again)
                refresh(again)
                break
            except Killed:
                kills += 1
            finally:
                monkeypatch.setattr(disk, "on_failpoint", None)
        assert kills > 5
        assert {name: kept(again, name) for name in wanted} == wanted
        assert found(again, 'custom:"fleet:blue van"') == wanted_hits
