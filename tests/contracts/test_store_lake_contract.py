"""What every lake promises: rows come back as given, once, by version, in exactly the schema's types."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.model import schema
from homeward.store import lookup
from homeward.store.lake import Lake

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.fixture
def lake(tmp_path):
    return Lake(tmp_path / "lake")


def rows(table, *given_rows, **every):
    """Return a table of the schema; what is not given is null, except the partition."""
    columns = schema.TABLES[table]
    base = {"month": "2026-11"} if table in schema.MONTHLY else {"run": "r1"}
    filled = [{name: {**base, **every, **row}.get(name) for name in columns.names} for row in given_rows]
    return pa.Table.from_pylist(filled, schema=columns)


def sightings(*ads, **every):
    return rows("sightings", *[{"ad": ad} for ad in ads], **every)


@pytest.mark.parametrize("table", schema.TABLES)
def test_a_table_that_was_never_written_is_empty(lake, table):
    assert lake.version(table) == -1
    assert lake.files(table) == []
    assert schema.TABLES[table].empty_table() == lake.read(table)
    assert lake.query(f"SELECT * FROM {table}").num_rows == 0
    assert schema.TABLES[table].names == lake.query(f"SELECT * FROM {table}").schema.names


def sample(kind, n):
    """Return the n-th value of a type; the extremes are where a store goes wrong."""
    if pa.types.is_list(kind):
        return [sample(kind.value_type, i) for i in range(n)]
    if pa.types.is_struct(kind):
        return {field.name: sample(field.type, n) for field in kind}
    if pa.types.is_timestamp(kind):
        return [NOON, datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)][n]
    if kind == pa.uint64():
        return [0, 2**63, 2**64 - 1][n]
    if pa.types.is_integer(kind):
        return [0, -1, 2 ** (kind.bit_width - 1) - 1][n]
    if pa.types.is_floating(kind):
        return [0.0, -1.5, 1e30][n]
    if pa.types.is_boolean(kind):
        return bool(n)
    return ["", "ünï\0 \U0001f338 'x'; --", "555-0100"][n] if pa.types.is_string(kind) else b"\x00\xff" * n


@pytest.mark.parametrize("table", schema.TABLES)
def test_every_type_comes_back_exactly(lake, table):
    """Through reading and through a query: unsigned hashes, nested photos, first and last years, nulls."""
    columns = schema.TABLES[table]
    part = "month" if table in schema.MONTHLY else "run"
    given_rows = [
        {f.name: "2026-11" if f.name == part else sample(f.type, n) for f in columns} for n in range(3)
    ]
    given_rows.append({name: "2026-11" if name == part else None for name in columns.names})
    written = pa.Table.from_pylist(given_rows, schema=columns)
    lake.append(table, written)

    assert written.equals(lake.read(table))
    assert columns == lake.read(table).schema
    answer = lake.query(f"SELECT * FROM {table}")
    assert columns == answer.schema
    assert written.equals(answer)


@settings(max_examples=20, deadline=None)
@given(
    acts=st.lists(
        st.tuples(
            st.sampled_from(["file-a", "file-b"]),
            st.integers(0, 4),
            st.lists(st.sampled_from(["2026-10", "2026-11"]), max_size=4),
        ),
        max_size=8,
    )
)
def test_appending_agrees_with_a_plain_dictionary(tmp_path_factory, acts):
    """A source's number that is not above its last adds nothing; every version stays as it was."""
    lake = Lake(tmp_path_factory.mktemp("lake"))
    model, last, versions = [], {}, {}
    for count, (source, number, months) in enumerate(acts):
        new = pa.concat_tables(
            [schema.SIGHTINGS.empty_table()]
            + [sightings(f"a{count}.{i}", month=month) for i, month in enumerate(months)]
        )
        version = lake.append("sightings", new, txn=(source, number))
        if number > last.get(source, -1):
            last[source] = number
            model = model + [f"a{count}.{i}" for i in range(len(months))]
        versions[version] = sorted(model)

        assert version == lake.version("sightings")
        assert last[source] == lake.committed("sightings", source)
    for version, expected in versions.items():
        assert expected == sorted(lake.read("sightings", version=version).column("ad").to_pylist())


def test_rows_keep_the_order_in_which_they_were_appended(lake):
    for n in range(12):
        lake.append("sightings", sightings(f"a{n}", f"b{n}"))

    assert [f"{c}{n}" for n in range(12) for c in "ab"] == lake.read("sightings")["ad"].to_pylist()


def test_reading_takes_columns_and_filters(lake):
    lake.append("sightings", rows("sightings", {"ad": "a", "position": 1}, {"ad": "b", "position": 2}))

    [only] = lake.read("sightings", columns=["month", "ad"], filters=[("position", ">", 1)]).to_pylist()
    assert only == {"month": "2026-11", "ad": "b"}
    assert lake.read("sightings", filters=[("month", "=", "2026-10")]).num_rows == 0


def test_an_ads_rows_are_found_and_no_others(lake):
    """In every file and row group, whatever a filter says of the others; as they are read, and as pinned."""
    for part in range(3):
        keys = [f"a{hash((part, n)) % 9000}" for n in range(6000)]
        lake.append("mentions", rows("mentions", *[{"ad": k, "start": n} for n, k in enumerate(keys)]))
    read = lake.read("mentions")
    for some in (["a5"], ["a1", "a77", "a8999", "never"], ["never"], [], [f"a{n}" for n in range(80)]):
        found = lake.find("mentions", some)
        expected = read.filter(pc.field("ad").isin(pa.array(some, pa.string())))
        assert found.schema == schema.MENTIONS
        assert sorted(found["start"].to_pylist()) == sorted(expected["start"].to_pylist())
    groups = [lookup.may_hold(Path(file), ["never"]) for file in lake.files("mentions")]
    assert None not in groups and sum(map(len, groups)) < 6
    assert lake.find("mentions", ["a5"], columns=["start"], version=-1).num_rows == 0
    assert lake.find("mentions", ["a5"], columns=["start"]).schema.names == ["start"]


def test_a_query_sees_pinned_versions(lake):
    first = lake.append("sightings", sightings("a"))
    lake.append("sightings", sightings("b"))
    count = "SELECT count(*) AS n FROM sightings WHERE month = ?"

    assert lake.query(count, pins={"sightings": first}, params=["2026-11"]).to_pylist() == [{"n": 1}]
    assert lake.query(count, params=["2026-11"]).to_pylist() == [{"n": 2}]


def test_a_run_is_replaced_whole_and_others_are_untouched(lake):
    def leads(run, *ids):
        return rows("leads", *[{"id": i} for i in ids], run=run)

    lake.replace_run({"leads": leads("r1", "k1", "k2")}, "r1")
    pinned = lake.replace_run({"leads": leads("r2", "k3")}, "r2")["leads"]
    lake.replace_run({"leads": leads("r1", "k4")}, "r1")

    assert {
        run: lake.read("leads", filters=[("run", "=", run)])["id"].to_pylist() for run in ("r1", "r2")
    } == {"r1": ["k4"], "r2": ["k3"]}
    assert lake.read("leads", version=pinned)["id"].to_pylist() == ["k1", "k2", "k3"]


def test_rows_of_another_run_or_table_are_a_mistake(lake):
    with pytest.raises(ValueError, match="another run"):
        lake.replace_run({"leads": rows("leads", {"id": "k1"}, run="r2")}, "r1")
    with pytest.raises(ValueError, match="not a table of runs"):
        lake.replace_run({"ads": schema.ADS.empty_table()}, "r1")
    with pytest.raises(ValueError, match="columns missing"):
        lake.append("ads", sightings("a"))


@pytest.mark.parametrize("month", [None, "", "../x", "a/b", "%41", "x" * 65])
def test_an_odd_partition_value_is_a_mistake(lake, month):
    with pytest.raises(ValueError, match="partition"):
        lake.append("sightings", sightings("a", month=month))


def test_joining_files_changes_no_row_and_no_pinned_version(lake):
    for n in range(6):
        lake.append("sightings", sightings(f"a{n}", month=f"2026-1{n % 2}"), txn=("file", n))
    pinned = lake.version("sightings")

    assert lake.compact() == 6
    assert len(lake.files("sightings")) == 2
    lake.vacuum([{"sightings": pinned}], grace=0)
    for version in (pinned, None):
        assert [f"a{n}" for n in range(6)] == sorted(
            lake.read("sightings", version=version)["ad"].to_pylist()
        )
    assert lake.version("sightings") == lake.append("sightings", sightings("again"), txn=("file", 5))


def test_files_that_no_pin_needs_are_removed(lake):
    for n in range(3):
        lake.append("sightings", sightings(f"a{n}"))
    lake.compact()
    stray = lake.root / "sightings" / "month=2026-11" / "stray.parquet"
    stray.write_bytes(b"left by a killed write")

    assert lake.vacuum(grace=3600) == 0, "someone may still be reading"
    assert lake.vacuum(grace=0) == 4
    assert not stray.exists()
    assert lake.read("sightings").num_rows == 3


def test_a_file_stays_for_a_while_after_it_was_replaced(lake):
    """The grace counts from the replacing, however old the file is: a reader may have begun just before."""
    for n in range(2):
        lake.append("sightings", sightings(f"a{n}"))
    for path in lake.files("sightings"):
        os.utime(path, (0, 0))
    lake.compact()

    assert lake.vacuum(grace=60) == 0
    assert lake.vacuum(grace=0) == 2


def test_a_sweep_drops_all_runs_but_those_kept(lake):
    for run in ("r1", "r2", "r3"):
        lake.replace_run({"leads": rows("leads", {"id": f"k{run}"}, run=run)}, run)

    lake.sweep({"r2"})

    assert lake.read("leads")["id"].to_pylist() == ["kr2"]


def test_erased_rows_leave_no_byte_behind(lake):
    """A canary in an erased row is in no file of the lake, not in its log, and in no older version."""
    canary = b"canary-8f2e61"
    lake.append("sightings", rows("sightings", {"ad": "a1", "capture": canary.decode()}, {"ad": "a2"}))
    lake.append("sightings", sightings("a3"))
    assert any(canary in path.read_bytes() for path in files_of(lake)), "the scan can see it"

    assert lake.drop_rows("sightings", "ad", {"a1", "never-there"}) == 1

    assert sorted(lake.read("sightings")["ad"].to_pylist()) == ["a2", "a3"]
    assert not any(canary in path.read_bytes() for path in files_of(lake))


def files_of(lake):
    return [path for path in lake.root.rglob("*") if path.is_file()]


def test_another_lake_on_the_same_folder_sees_what_was_acknowledged(lake):
    lake.append("sightings", sightings("a"), txn=("file", 7))
    other = Lake(lake.root)

    assert other.read("sightings")["ad"].to_pylist() == ["a"]
    assert other.committed("sightings", "file") == 7
    lake.append("sightings", sightings("b"))
    assert other.query("SELECT ad FROM sightings ORDER BY ad")["ad"].to_pylist() == ["a", "b"]


def test_dropping_for_a_remake_keeps_what_is_pinned(lake):
    """Rows that are to be made anew leave the newest version; a pinned one still reads them, until vacuum."""
    lake.append("sightings", sightings("a1", "a2"))
    pinned = lake.version("sightings")

    assert lake.drop_rows("sightings", "ad", {"a1"}, keep_versions=True) == 1
    assert lake.read("sightings")["ad"].to_pylist() == ["a2"]
    lake.vacuum([{"sightings": pinned}], grace=0)
    assert lake.read("sightings", version=pinned)["ad"].to_pylist() == ["a1", "a2"]


def test_a_pin_on_an_erased_version_does_not_stop_tidying(lake):
    """What an erasure removed is pinned by an older run still: vacuum goes on with what is there."""
    for name in ("a1", "a2", "a3"):
        lake.append("sightings", sightings(name))
    pinned = lake.version("sightings")
    lake.drop_rows("sightings", "ad", {"a1"})

    lake.vacuum([{"sightings": pinned}], grace=0)
    assert sorted(lake.read("sightings")["ad"].to_pylist()) == ["a2", "a3"]
