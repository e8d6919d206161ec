"""A lake without some ads: no row, list or count of it has them, and the others are whole."""

import json

import pyarrow as pa
import pytest

from homeward.model import schema
from homeward.store.lake import Lake
from homeward.store.lake_without import LakeWithout

MINE, HIDDEN = "aseen", "ahidden"


def table(name, rows):
    blank = dict.fromkeys(schema.TABLES[name].names)
    return pa.Table.from_pylist([{**blank, **row} for row in rows], schema=schema.TABLES[name])


@pytest.fixture
def lakes(tmp_path):
    """A lake of two ads, one of which the second lake does not have."""
    whole = Lake(tmp_path / "lake")
    both = [{"ad": ad, "capture": f"c{ad}", "month": "2026-11"} for ad in (MINE, HIDDEN)]
    whole.append("ads", table("ads", both))
    whole.append("mentions", table("mentions", [{**row, "kind": "name", "value": row["ad"]} for row in both]))
    run = {"run": "r"}
    whole.append("members", table("members", [{"ad": r["ad"], "capture": r["capture"], **run} for r in both]))
    lists = [{"id": "n1", "ads": [MINE, HIDDEN], "size": 2}, {"id": "n2", "ads": [HIDDEN], "size": 1}]
    whole.append("identities", table("identities", [{**row, **run} for row in lists]))
    whole.append("links", table("links", [{"a": MINE, "b": HIDDEN, **run}, {"a": MINE, "b": MINE, **run}]))
    said = json.dumps([[f"c{ad}", "name", ad] for ad in (MINE, HIDDEN)])
    whole.append(
        "findings", table("findings", [{"identity": "n1", "ads": [MINE, HIDDEN], "mentions": said, **run}])
    )
    whole.append("leads", table("leads", [{"id": "k2", "identity": "n2", **run}]))
    yield whole, LakeWithout(whole, [HIDDEN])
    whole.close()


@pytest.mark.trust("ACL-4")
@pytest.mark.parametrize("name", ["ads", "mentions", "members", "identities", "links", "findings"])
def test_no_way_of_reading_shows_a_hidden_ad(lakes, name):
    """Read, scan, find, query and count: the whole lake has the ad, the other not a letter of it."""
    whole, seen = lakes
    assert HIDDEN in repr(whole.read(name).to_pylist())
    assert HIDDEN not in repr(seen.read(name).to_pylist())
    assert HIDDEN not in repr([part.to_pylist() for part in seen.scan(name)])
    assert seen.read(name).num_rows == 1
    columns = [c for c in schema.TABLES[name].names if c != "ads"]
    assert seen.read(name, columns=columns).num_rows == 1
    if name != "findings":
        assert HIDDEN in repr(whole.query(f"SELECT * FROM {name}").to_pylist())
        assert HIDDEN not in repr(seen.query(f"SELECT * FROM {name}").to_pylist())
        assert seen.count(name) == 1 < whole.count(name)


def test_what_is_not_hidden_is_as_it_was(lakes):
    """Of the other ad every value is there, and a group keeps its place with those that are left."""
    whole, seen = lakes
    for name in ("ads", "mentions", "members"):
        mine = [row for row in whole.read(name).to_pylist() if row["ad"] == MINE]
        assert seen.read(name).to_pylist() == mine == seen.find(name, [MINE, HIDDEN]).to_pylist()
    assert seen.read("identities").column("ads").to_pylist() == [[MINE]]
    assert seen.query("SELECT ads FROM identities").column("ads").to_pylist() == [[MINE]]


def test_ways_past_it_are_refused(lakes):
    """Files, changes, and tables whose rows do not say which ads they rest on."""
    _, seen = lakes
    for way in (
        lambda: seen.read("leads"), lambda: seen.query("SELECT * FROM leads"),
        lambda: seen.query("SELECT * FROM findings"), lambda: seen.files("ads"), lambda: seen.writer(),
        lambda: seen.append("ads", schema.ADS.empty_table()), lambda: seen.compact(),
        lambda: seen.drop_rows("ads", "ad", [MINE]),
    ):  # fmt: skip
        with pytest.raises(ValueError, match=r"read through the run|only reads"):
            way()
