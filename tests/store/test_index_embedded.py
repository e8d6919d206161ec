import subprocess
import sys
from datetime import UTC, datetime

import pyarrow as pa
import pytest

from homeward.model import schema
from homeward.model.errors import WorkspaceDamaged, WorkspaceLocked
from homeward.model.query import Query, parse
from homeward.store.index import Index, embedded, month
from homeward.store.index.without import Without

START = datetime(2026, 1, 5, 12, tzinfo=UTC)


def ads(*rows):
    made = []
    for n, row in enumerate(rows):
        base = dict.fromkeys(schema.ADS.names) | {"ad": f"a{n:04d}", "revision": 0, "month": "2026-11"}
        base |= {
            "captured_at": START,
            "zone_assumed": False,
            "phones": [],
            "emails": [],
            "photos": [],
            "extra": "{}",
        }
        row = base | row
        made.append(row | {"capture": row.get("capture") or f"c{row['ad']}{row['revision']}"})
    return pa.Table.from_pylist(made, schema=schema.ADS)


def mentions(*rows):
    base = dict.fromkeys(schema.MENTIONS.names) | {
        "raw": "x", "start": 0, "end": 1, "part": "body", "confidence": 1.0, "reader": "t/1", "detail": "{}"
    }  # fmt: skip
    return pa.Table.from_pylist([base | row for row in rows], schema=schema.MENTIONS)


@pytest.fixture
def index(tmp_path):
    made = Index(tmp_path / "index")
    yield made
    made.close()


def put(index, table, said=None):
    index.add(table, mentions() if said is None else said)
    index.commit()


def found(index, text, **options):
    return [hit.ad for hit in index.search(parse(text), **options).hits]


def test_what_is_not_committed_is_not_there(index, tmp_path):
    put(index, ads({"title": "one"}))
    index.add(ads({"title": "changed"}, {"title": "two"}), mentions())
    index.close()
    assert found(Index(tmp_path / "index"), "") == ["a0000"]


def test_some_ads_are_read_from_whatever_month_they_lie_in(index):
    put(index, ads({"title": "one"}, {"title": "two", "month": "2026-12"}))
    assert {ad: row["title"] for ad, row in index.some(["a0001", "a0000", "a0009"]).items()} == {
        "a0000": "one",
        "a0001": "two",
    }
    assert index.get("a0001")["title"] == "two"


def test_an_ad_that_is_hidden_is_not_among_them(index):
    put(index, ads({"title": "one"}, {"title": "two"}))
    seen = Without(index, ["a0001"])
    assert list(seen.some(["a0000", "a0001"])) == ["a0000"]
    assert seen.get("a0001") is None


def test_a_month_that_is_not_touched_stays_as_it_is(index, tmp_path):
    put(index, ads({"month": "2026-09"}))
    sealed = (tmp_path / "index/2026-09/meta.json").stat().st_mtime_ns
    put(index, ads({"ad": "b", "month": "2026-11"}))
    assert (tmp_path / "index/2026-09/meta.json").stat().st_mtime_ns == sealed


def test_more_months_than_open_writers_are_all_written(index):
    names = [f"20{year}-{n:02d}" for year in (25, 26) for n in range(1, 5)]
    assert len(names) > embedded.MOST_WRITERS
    put(index, ads(*({"month": name} for name in names)))
    assert index.count() == len(names)


def test_an_index_of_another_version_asks_to_be_made_again(index, tmp_path):
    put(index, ads({}))
    (tmp_path / "index/version").write_text("0")
    assert index.outdated
    with pytest.raises(WorkspaceDamaged, match="rebuild index"):
        index.add(ads({}), mentions())
    index.clear()
    assert not index.outdated


def test_a_damaged_month_is_named(index, tmp_path):
    put(index, ads({}))
    (tmp_path / "index/2026-11/meta.json").write_text("{")
    with pytest.raises(WorkspaceDamaged, match="2026-11"):
        Index(tmp_path / "index").count()


def test_a_second_writer_is_told_and_readers_are_not_held_up(index, tmp_path):
    put(index, ads({"title": "one"}))
    index.add(ads({"title": "two"}), mentions())
    other = Index(tmp_path / "index")
    with pytest.raises(WorkspaceLocked):
        other.add(ads({}), mentions())
    assert found(other, "one") == ["a0000"]
    index.commit()
    put(other, ads({"title": "three"}))
    assert found(index, "three") == ["a0000"]


def test_another_process_sees_a_commit_at_its_next_search(index, tmp_path):
    code = (
        "import sys; from pathlib import Path; from homeward.store.index import Index\n"
        "index = Index(Path(sys.argv[1]))\n"
        "for _ in sys.stdin: print(index.count(), flush=True)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "index")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as other:  # fmt: skip

        def counted():
            other.stdin.write("\n")
            other.stdin.flush()
            return int(other.stdout.readline())

        seen = [counted()]
        for rows in ([{}], [{}, {}], [{"month": "2026-12", "revision": 1}]):
            put(index, ads(*rows))
            seen.append(counted())
        index.clear()
        seen.append(counted())
        other.stdin.close()
    assert seen == [0, 1, 2, 2, 0]


def test_a_facet_with_too_many_values_says_so_and_the_others_are_counted(index, monkeypatch):
    monkeypatch.setattr(month, "MOST_VALUES", 3)
    put(index, ads(*({"city": f"c{n}", "site": "x.test"} for n in range(5))))
    assert index.search(Query(), facets=("city", "site")).facets == {"city": None, "site": (("x.test", 5),)}


def test_what_a_killed_commit_left_stands_in_nobodys_way(tmp_path):
    """A commit that died before its state was named leaves a file of deletions; the next commit goes on."""
    folder = tmp_path / "index" / "2026-11"
    first = Index(tmp_path / "index")
    put(first, ads({"title": "one"}, {"title": "two"}, {"title": "three"}))
    first.close()
    before = (folder / "meta.json").read_bytes()

    killed = Index(tmp_path / "index")
    killed.delete(["a0000"])
    killed.commit()
    killed.close()
    assert list(folder.glob("*.del"))
    (folder / "meta.json").write_bytes(before)  # the state before; the file of deletions lies there still

    again = Index(tmp_path / "index")
    again.delete(["a0000"])
    again.commit()
    assert sorted(found(again, "")) == ["a0001", "a0002"]
    again.close()
