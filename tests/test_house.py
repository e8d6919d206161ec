"""A workspace is made once, keeps its kind, and opens as one house."""

from datetime import UTC, datetime

import pyarrow as pa
import pytest

from homeward.house import find_workspace, make_house, make_workspace, open_house
from homeward.model import schema
from homeward.model.errors import (
    KeyMissing,
    UsageError,
    WorkspaceDamaged,
    WorkspaceKind,
    WorkspaceLocked,
    WorkspaceMissing,
)
from homeward.store.ledger import meta

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
KEY = bytes(32)


def clock():
    return NOON


def sighting():
    return pa.Table.from_pylist([{"ad": "a1", "month": "2026-11"}], schema=schema.SIGHTINGS)


def test_a_made_house_opens_again_with_what_was_put_in(tmp_path):
    with make_house(tmp_path / "home", key=KEY, clock=clock) as house:
        house.lake.append("sightings", sighting())
        name = house.blobs.put(b"original")
        with house.ledger.write() as tx:
            meta.put(tx, "fact", 1)
    with open_house(tmp_path / "home", key=KEY, clock=clock) as again:
        assert (again.id, again.kind, again.clock()) == (house.id, "test", NOON)
        assert again.lake.count("sightings") == 1
        assert again.blobs.get(name) == b"original"
        with again.ledger.read() as tx:
            assert meta.get(tx, "fact") == 1


def test_making_a_workspace_again_changes_nothing(tmp_path):
    made = make_workspace(tmp_path, kind="demo", now=NOON)

    assert make_workspace(tmp_path, kind="demo", now=datetime(2027, 1, 1, tzinfo=UTC)) == made
    assert find_workspace(tmp_path) == made


def test_a_kind_is_for_good(tmp_path):
    make_workspace(tmp_path, kind="test", now=NOON)

    with pytest.raises(WorkspaceKind, match="is of kind test and stays so"):
        make_workspace(tmp_path, kind="demo", now=NOON)
    with pytest.raises(WorkspaceKind):
        make_workspace(tmp_path / "other", kind="real", now=NOON)


def test_a_place_without_a_workspace_is_missing(tmp_path):
    (tmp_path / "file").write_text("x")
    for place in (tmp_path, tmp_path / "never", tmp_path / "file"):
        with pytest.raises(WorkspaceMissing):
            open_house(place, key=KEY, clock=clock)


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")

    with pytest.raises(UsageError, match="not empty"):
        make_workspace(tmp_path, kind="test", now=NOON)
    with pytest.raises(UsageError, match="a file, not a folder"):
        make_workspace(tmp_path / "thesis.txt", kind="test", now=NOON)
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.txt"]


def test_what_an_interrupted_making_left_is_no_hindrance(tmp_path):
    (tmp_path / ".workspace.json.17.9.tmp").write_text("{")

    assert make_workspace(tmp_path, kind="test", now=NOON) == find_workspace(tmp_path)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "{}", '{"form":2,"id":"a","kind":"test","made":""}', "[" * 100_000, "\udcff",
     '{"form":1,"id":"../x","kind":"test","made":""}', '{"form":1,"id":"a","kind":"real","made":""}'],
)  # fmt: skip
def test_a_damaged_marker_says_so(tmp_path, text):
    (tmp_path / "workspace.json").write_bytes(text.encode("utf-8", "surrogateescape"))

    with pytest.raises(WorkspaceDamaged):
        open_house(tmp_path, key=KEY, clock=clock)


def test_a_ledger_that_is_gone_is_not_made_anew_over_its_ads(tmp_path):
    with make_house(tmp_path / "home", key=KEY, clock=clock) as house:
        ads = {name: "2026-11" if name == "month" else None for name in schema.ADS.names}
        house.lake.append("ads", pa.Table.from_pylist([ads], schema=schema.ADS))

    with pytest.raises(WorkspaceDamaged, match="is gone"):
        open_house(tmp_path / "home", key=KEY, clock=clock)


def test_another_workspaces_key_does_not_open_the_ledger(tmp_path):
    with make_house(tmp_path / "home", key=KEY, clock=clock) as house, house.ledger.write() as tx:
        meta.put(tx, "fact", 1)

    with (
        open_house(tmp_path / "home", key=b"k" * 32, clock=clock) as house,
        pytest.raises(KeyMissing),
        house.ledger.read(),
    ):
        pass


def test_who_writes_keeps_other_writers_out_and_readers_not(tmp_path):
    with (
        make_house(tmp_path / "home", key=KEY, clock=clock) as house,
        open_house(tmp_path / "home", key=KEY, clock=clock) as other,
    ):
        with house.writing():
            house.lake.append("sightings", sighting())
            assert other.lake.count("sightings") == 1
            with pytest.raises(WorkspaceLocked, match=str(tmp_path / "home")), other.writing():
                pass
        with other.writing():
            other.lake.append("sightings", sighting())
        assert house.lake.count("sightings") == 2
