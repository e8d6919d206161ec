"""What every implementation of the search index promises."""

import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.model import schema
from homeward.model.errors import QueryError
from homeward.model.query import Query, matches, parse, search_doc
from homeward.store.index import Index

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


MAKERS = {"embedded": Index}  # every implementation of the index keeps this suite


@pytest.fixture(params=MAKERS)
def index(request, tmp_path):
    made = MAKERS[request.param](tmp_path / "index")
    yield made
    made.close()


def put(index, table, said=None):
    index.add(table, mentions() if said is None else said)
    index.commit()


def found(index, text, **options):
    return [hit.ad for hit in index.search(parse(text), **options).hits]


def test_a_hit_carries_the_ad_with_its_mentions(index):
    said = mentions(
        {"capture": "ca00000", "kind": "phone", "value": "+17025550134", "detail": '{"national":"x"}'}
    )
    put(index, ads({"title": "Amber", "posted_at": START}), said)
    [hit] = index.search(parse("amber")).hits
    assert (hit.ad, hit.at, hit.doc["title"]) == ("a0000", START, "Amber")
    assert hit.doc["mentions"][0]["value"] == "+17025550134"
    assert index.get("a0000") == hit.doc
    assert index.get("a0009") is None


def test_mentions_of_an_older_capture_are_left_out(index):
    said = mentions({"capture": "older", "kind": "phone", "value": "+17025550134"})
    put(index, ads({"title": "Amber"}), said)
    assert found(index, "has:phone") == [] and found(index, "-has:phone") == ["a0000"]


def test_adding_again_replaces(index):
    for _ in range(3):
        put(index, ads({"title": "one"}, {"title": "two"}))
    assert index.count() == 2


def test_a_total_is_that_of_now_though_it_was_asked_for_before(index):
    """What was counted once is counted again when ads come in or go."""
    for there in (["a0", "a1"], ["a0", "a1", "a2"]):
        put(index, ads(*({"ad": ad, "site": "board.test"} for ad in there)))
        assert index.total(parse("site:board.test")) == index.total(parse("site:board.test")) == len(there)
    index.delete(["a1"])
    index.commit()
    assert index.total(parse("site:board.test")) == 2


def test_a_revision_takes_the_place_of_the_ad_in_every_month(index):
    put(index, ads({"title": "old", "month": "2026-09"}, {"title": "other", "month": "2026-09"}))
    put(index, ads({"title": "new", "revision": 1, "month": "2026-11"}))
    assert found(index, "old") == []
    assert found(index, "new") == ["a0000"]
    assert index.count() == 2


def test_a_revision_replaces_what_was_added_but_not_yet_committed(index):
    index.add(ads({"title": "old", "month": "2026-09"}), mentions())
    index.add(ads({"title": "new", "revision": 1, "month": "2026-11"}), mentions())
    index.add(ads({"title": "newer", "revision": 2, "month": "2026-11"}), mentions())
    index.commit()
    assert index.count() == 1 and found(index, "newer") == ["a0000"]


def test_of_several_captures_in_one_table_the_last_revision_counts(index):
    put(index, ads({"ad": "a1", "title": "new", "revision": 1}, {"ad": "a1", "title": "old"}))
    assert index.count() == 1 and found(index, "new") == ["a1"]


def test_deleting_takes_an_ad_out_of_every_month(index):
    put(index, ads({"month": "2026-09"}, {"month": "2026-10"}, {"month": "2026-11"}))
    index.delete(["a0000", "a0002", "unknown"])
    index.commit()
    assert found(index, "") == ["a0001"]


def test_clearing_leaves_nothing_and_starts_again(index):
    put(index, ads({}, {}))
    index.clear()
    assert index.count() == 0 and found(index, "") == []
    put(index, ads({}))
    assert index.count() == 1


def test_facets_and_histogram_count_everything_not_the_page(index):
    rows = [
        {"city": city, "site": "x.test", "posted_at": START + timedelta(days=n), "month": f"2026-1{n % 3}"}
        for n, city in enumerate(["Reno", "reno", "Reno", "Elko", None, "Reno"])
    ]
    put(index, ads(*rows), mentions({"capture": "ca00000", "kind": "phone", "value": "+17025550134"}))
    page = index.search(Query(), limit=1, facets=("city", "has", "lang"), histogram="day")
    assert (page.total, len(page.hits)) == (6, 1)
    assert page.facets == {"city": (("Reno", 4), ("Elko", 1)), "has": (("phone", 1),), "lang": ()}
    assert page.histogram == tuple((date(2026, 1, 5 + n), 1) for n in range(6))
    weeks = index.search(Query(), histogram="week").histogram
    assert weeks == ((date(2026, 1, 5), 6),)
    assert index.search(Query(), histogram="month").histogram == ((date(2026, 1, 1), 6),)
    assert index.search(parse("zebra"), facets=("city",), histogram="auto").total == 0
    most = index.search(parse("-city:Elko"), facets=("city", "has"), histogram="month")
    assert most.facets == {"city": (("Reno", 4),), "has": (("phone", 1),)}
    assert (most.first, most.last, most.histogram) == (page.first, page.last, ((date(2026, 1, 1), 5),))


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 50])
def test_every_hit_is_reached_page_by_page_in_order(index, limit):
    """Newest first, then by key; also where many share one time, one month or the beginning of a key."""
    rows = [
        {"ad": f"a{'same-beg-' * (n % 3 == 0)}{n:03d}", "posted_at": START + timedelta(days=n % 2 + n // 30),
         "month": f"2026-1{n % 2}"}
        for n in range(40)
    ]  # fmt: skip
    put(index, ads(*rows))
    want = [r["ad"] for r in sorted(rows, key=lambda r: (-r["posted_at"].timestamp(), r["ad"]))]
    seen, after = [], None
    while True:
        page = index.search(Query(), limit=limit, after=after)
        assert page.total == 40
        seen += [hit.ad for hit in page.hits]
        if (after := page.after) is None:
            break
    assert seen == want


def test_a_page_mark_that_was_never_given_out_is_refused(index):
    put(index, ads({}))
    for mark in ("x", "AAAA", "é", "%%", "MTIz", "9" * 5000):
        with pytest.raises(QueryError):
            index.search(Query(), after=mark)
    for wrong in ({"limit": -1}, {"limit": 10**6}, {"facets": ("body",)}, {"histogram": "hour"}):
        with pytest.raises(QueryError):
            index.search(Query(), **wrong)


def test_times_at_the_ends_of_the_calendar_are_kept(index):
    rows = [{"posted_at": datetime.min.replace(tzinfo=UTC)}, {"posted_at": datetime.max.replace(tzinfo=UTC)}]
    put(index, ads(*rows))
    assert found(index, "") == ["a0001", "a0000"]
    page = index.search(Query())
    assert (page.first.year, page.last.year) == (1, 9999)
    assert found(index, "to:1969") == ["a0000"] and found(index, "from:9999") == ["a0001"]
    for interval in ("day", "week", "month", "auto"):
        bars = index.search(Query(), histogram=interval).histogram
        assert [count for _, count in bars] == [1, 1]


def test_hostile_text_neither_breaks_the_index_nor_its_pages(index):
    hostile = [
        "\x00\x01",
        "a" * 70_000,
        "* ( [ \\ .*",
        "\u202e" * 500,
        "🌹" * 999,
        "x\x1f\x85y\u2028z",
        "'; drop",
    ]
    put(index, ads(*({"title": text, "body": text, "city": text, "site": text} for text in hostile)))
    assert index.search(Query(), facets=("city", "site")).total == len(hostile)
    assert found(index, "a" * 3_000) == ["a0001"]
    assert found(index, "x y z") == ["a0005"]


# -- the oracle: an index finds what a scan finds -------------------------------------------------

WORDS = ["amber", "ambre", "Ámber", "reno", "new", "in", "town", "555-0134", "🌹", "東京", "x", "10:30"]
CITIES = ["Reno", "reno", "Las Vegas", "Elko*", "São Paulo", None]
VALUES = [
    ("phone", "+17025550134", '{"national":"(702) 555-0134","obscured":true}'),
    ("phone", "+17755550134", '{"national":"(775) 555-0134"}'),
    ("phone", "+447700900123", '{"national":"07700 900123"}'),
    ("email", "amber@mail.example", "{}"),
    ("handle", "instagram:amber", "{}"),
    ("place", "Reno, NV, US", "{}"),
    ("price", "120 USD 60min", "{}"),
    ("url", "https://www.amber.example/a", "{}"),
    ("domain", "www.amber.example", "{}"),
    ("name", "Amber", "{}"),
]
PLACES = [(None, None), (39.53, -119.81), (36.17, -115.14), (0.0, 179.9), (float("nan"), 0.0)]

TEXTS = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
DOCS = st.lists(
    st.tuples(
        TEXTS, TEXTS, st.sampled_from(CITIES), st.sampled_from(PLACES), st.integers(0, 40),
        st.lists(st.sampled_from(VALUES), max_size=3), st.integers(0, 2),
    ),
    min_size=1, max_size=40,
)  # fmt: skip
_LEAVES = """
"new in" | "reno amber" | "x 東京 🌹" | amb* | *r | r*o | * | amber~1 | ambre~2 | rneo~ | phone:702* | @amber
phone:5550134 | phone:(702) 555-0134 | phone:+447700900123 | phone:07700* | (775) 555-0134 | phone:*0134
phone:* | -phone:* | phone:7**1*4
amber@mail.example | handle:amber | handle:*amber | place:reno | price:120* | url:amber.example/a | name:*
domain:amber.example | name:amber | city:reno | city:elko* | city:"sao paulo" | city:*a* | has:phone
has:position | from:2026-01-10 | to:2026-01-20 | from:2026-02 | near:39.5,-119.8,50km | has:obscured
near:37,-117,20000km | ad:a0003 | url:*amber* | near:0,-179.9,30km
"""
LEAVES = st.sampled_from([*WORDS, *WORDS, *_LEAVES.strip().replace("\n", " | ").split(" | ")])
QUERIES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(" ".join),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]}) OR ({pair[1]})"),
        inner.map(lambda one: f"-({one})"),
        st.tuples(inner, inner, inner).map(lambda three: f"({three[0]} OR {three[1]}) -({three[2]})"),
    ),
    max_leaves=4,
).map(lambda text: text.replace("(*)", "").strip() or "*")


@pytest.mark.parametrize("maker", MAKERS)
@settings(max_examples=40, deadline=None)
@given(DOCS, st.lists(QUERIES, min_size=10, max_size=25))
def test_an_index_finds_exactly_what_a_scan_finds(tmp_path_factory, maker, docs, queries):
    rows, said = [], []
    for n, (title, body, city, (lat, lon), day, values, where) in enumerate(docs):
        rows.append(
            {"title": title, "body": body, "city": city, "lat": lat, "lon": lon, "month": f"2026-1{where}",
             "posted_at": START + timedelta(days=day)}
        )  # fmt: skip
        said += [
            {"capture": f"ca{n:04d}0", "kind": kind, "value": value, "detail": detail}
            for kind, value, detail in values
        ]
    table, spoken = ads(*rows), mentions(*said)
    index = MAKERS[maker](tmp_path_factory.mktemp("index"))
    put(index, table, spoken)
    scan = [
        search_doc(row, [m for m in spoken.to_pylist() if m["capture"] == row["capture"]])
        for row in table.to_pylist()
    ]
    for text in queries:
        try:
            query = parse(text)
        except QueryError:
            continue
        want = sorted(doc.ad for doc in scan if matches(query, doc))
        page = index.search(query, limit=100, facets=("city", "has"), histogram="day")
        assert sorted(hit.ad for hit in page.hits) == want, (text, json.dumps(query.to_json()))
        assert page.total == len(want) == sum(count for _, count in page.histogram)
        assert dict(page.facets["has"]) == Counter(v for doc in scan if doc.ad in want for v in doc.has)
    index.close()


@pytest.mark.parametrize("maker", MAKERS)
@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.text("abé東", min_size=1, max_size=5), min_size=1, max_size=30),
    st.text("abé東", min_size=1, max_size=5),
)
def test_words_a_letter_or_two_off_are_those_the_oracle_finds(tmp_path_factory, maker, texts, word):
    index = MAKERS[maker](tmp_path_factory.mktemp("index"))
    table = ads(*({"title": text} for text in texts))
    put(index, table)
    for suffix in ("~1", "~2", "*", ""):
        try:
            query = parse(word + suffix)
        except QueryError:
            continue
        want = sorted(row["ad"] for row in table.to_pylist() if matches(query, search_doc(row, [])))
        assert sorted(found(index, word + suffix)) == want
    index.close()
