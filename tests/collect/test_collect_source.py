"""Files of ads in every supported form, and files that are something else."""

from __future__ import annotations

import gzip
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.collect import chunk as chunks
from homeward.collect.fields import FieldReader, as_ad, content_hash
from homeward.collect.html_text import text_of
from homeward.collect.source import open_source
from homeward.collect.times import read_time
from homeward.model import ids, schema
from homeward.model.errors import InputMissing, InputUnreadable, RecordError, UsageError

AD = {
    "id": "8bf5",
    "url": "https://board.test/reno/8bf5",
    "site": "board.test",
    "posted_at": "2026-01-20T08:20:55Z",
    "seen_at": "2026-01-20 10:00:00+01:00",
    "title": "Massage “downtown”",
    "body": "Call 702-555-0134\nany time",
    "city": "Reno",
    "region": "NV",
    "country": "US",
    "lat": 39.53,
    "lon": -119.81,
    "phones": ["702-555-0134"],
    "emails": [],
    "language": "en",
    "photos": [{"path": "photos/ab.jpg", "sha256": "ab" * 32}],
    "poster": {"rank": 3},
}


def rows(path: Path, **how: Any) -> list[dict[str, Any]]:
    with open_source(path, spool=path.parent, **how) as source:
        read = list(source.chunks())
    assert [a for c in read for a in c.set_aside] == []
    return [row for c in read for row in c.records.to_pylist()]


def jsonl(path: Path, *records: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    return path


def test_every_field_of_an_ad_is_read(tmp_path: Path) -> None:
    """Known fields have their columns, times are UTC, and the rest is kept under extra."""
    path = jsonl(tmp_path / "ads.jsonl", AD)

    [row] = rows(path)

    assert row["ad"] == ids.ad_id("board.test", "8bf5", None)
    assert row["capture"] == ids.capture_id(row["ad"], row["content_hash"])
    assert row["seen_at"] == datetime(2026, 1, 20, 9, tzinfo=UTC) and row["zone_assumed"] is False
    assert row["photos"] == [{"path": "photos/ab.jpg", "url": "", "sha256": "ab" * 32, "pdq": ""}]
    assert json.loads(row["extra"]) == {"poster": {"rank": 3}}
    assert row["original"] + b"\n" == path.read_bytes()
    assert all(row[name] == AD[name] for name in ("title", "body", "url", "city", "lat", "phones"))


def test_the_columns_hash_as_the_ad_does() -> None:
    """The fast form and the spoken form agree on what the content is."""
    reader = FieldReader()
    for record in (
        AD,
        {"url": "HTTP://Board.test:80/x/", "html": "<p>hi"},
        {"id": 5, "title": "t", "lat": "1.5"},
    ):
        key, content, fields = reader.read(dict(record), lambda *_: None)
        spoken = as_ad(fields)
        assert (key, content) == (spoken.id, spoken.content_hash()) and content == content_hash(fields)


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstandard.compress])
@pytest.mark.parametrize("name", ["ads.jsonl", "ads", "ads.csv"])
def test_content_says_what_a_file_is_whatever_its_name(pack: Any, name: str, tmp_path: Path) -> None:
    """A wrong or missing name does not matter; a byte order mark neither."""
    path = tmp_path / name
    path.write_bytes(pack(b"\xef\xbb\xbf" + json.dumps(AD).encode() + b"\n"))

    assert [row["source_id"] for row in rows(path)] == ["8bf5"]


def test_csv_and_parquet_say_the_same_as_json(tmp_path: Path) -> None:
    """The same ad in three forms has the same content."""
    [plain] = rows(jsonl(tmp_path / "ads.jsonl", AD))
    cells = {k: json.dumps(v) if k in ("photos", "poster") else v for k, v in AD.items()}
    cells |= {"phones": "702-555-0134", "emails": "", "extra": json.dumps({"poster": {"rank": 3}})}
    del cells["poster"]
    import csv

    with (tmp_path / "ads.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(cells), delimiter=";")
        writer.writeheader()
        writer.writerow(cells)
    [from_csv] = rows(tmp_path / "ads.csv")
    typed = AD | {"posted_at": datetime(2026, 1, 20, 8, 20, 55, tzinfo=UTC)}
    pq.write_table(pa.Table.from_pylist([typed]), tmp_path / "ads.parquet")
    [from_parquet] = rows(tmp_path / "ads.parquet")

    names = [n for n in schema.RECORDS.names if n != "original"]
    assert {n: from_csv[n] for n in names} == {n: plain[n] for n in names}
    assert {n: from_parquet[n] for n in names} == {n: plain[n] for n in names}


def test_standard_input_is_read_with_its_hash_and_without_photos(tmp_path: Path) -> None:
    """`-` is copied to disk, never held; its photo paths lead nowhere."""
    data = json.dumps(AD).encode() + b"\n"
    with open_source("-", spool=tmp_path / "spool", stdin=io.BytesIO(data)) as source:
        [found] = source.chunks()
        import hashlib

        assert source.sha256 == hashlib.sha256(data).hexdigest()
    assert found.records.num_rows == 1 and [s.what for s in found.set_aside] == ["photo"]
    assert list((tmp_path / "spool").iterdir()) == []


def test_a_mapping_renames_and_an_impossible_one_is_refused(tmp_path: Path) -> None:
    """Their names become ours; a name that an ad does not have is a mistake of the caller."""
    path = jsonl(tmp_path / "ads.jsonl", {"post": 7, "text": "massage", "title": "t"})
    (tmp_path / "map.json").write_text('{"id": "post", "body": "text"}')

    [row] = rows(path, mapping=tmp_path / "map.json")

    assert (row["source_id"], row["body"], row["extra"]) == ("7", "massage", "{}")
    with pytest.raises(UsageError, match="'price'"):
        rows(path, mapping={"price": "text"})
    with pytest.raises(UsageError, match="'title' and 'body' from one field, 'text'"):
        rows(path, mapping={"title": "text", "id": "post", "body": "text"})


def test_what_extra_names_a_second_time_is_kept(tmp_path: Path) -> None:
    """A field beside `extra` and one of that name in it are both there; one that is in it alone is opened."""
    one = {"id": "1", "body": "massage", "rate": 120, "extra": {"rate": 90, "room": "yes"}}

    [row] = rows(jsonl(tmp_path / "ads.jsonl", one))

    assert json.loads(row["extra"]) == {"rate": 120, "room": "yes", "extra": {"rate": 90}}


@pytest.mark.parametrize("wrapped", [False, True])
def test_cdr_documents_are_recognised(wrapped: bool, tmp_path: Path) -> None:
    """Versions 2 and 3 of Memex CDR, plain and as Elasticsearch exports them."""
    v2 = {
        "url": "http://www.board.test/a",
        "timestamp": 1768897255000,
        "raw_content": "<b>Massage</b> by <i>A",
        "extracted_text": "Massage by A",
        "team": "x",
        "crawl_data": {"status": 200},
    }
    v3 = {
        "url": "http://board.test/b",
        "timestamp_crawl": "2026-01-20T08:20:55Z",
        "raw_content": "<p>one<p>two",
        "objects": [{"obj_original_url": "http://img.test/1.jpg", "content_type": "image/jpeg"}, {"a": 1}],
    }
    records = [
        {"_id": f"C{n}", "_source": r} if wrapped else {"_id": f"C{n}", **r} for n, r in enumerate((v2, v3))
    ]

    first, second = rows(jsonl(tmp_path / "cdr.jsonl", *records))

    assert (first["source_id"], first["site"], first["body"], first["body_from"]) == (
        "C0",
        "board.test",
        "Massage by A",
        None,
    )
    assert first["seen_at"] == second["seen_at"] == datetime(2026, 1, 20, 8, 20, 55, tzinfo=UTC)
    assert json.loads(first["extra"]) == {"crawl_data": {"status": 200}, "team": "x"}
    assert (second["body"], second["body_from"]) == ("one\ntwo", "html")
    assert [p["url"] for p in second["photos"]] == ["http://img.test/1.jpg"]


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.jsonl", b"hello\nworld\n", "no line of its beginning is a JSON object"),
        ("a.json", b'[{"id": 1}]', "one JSON array"),
        ("a.txt", b"some words, and more\n", "names no columns of an ad"),
        ("a.csv", b"name,age\nx,5\n", "names no columns of an ad"),
        ("a.csv", b"id,body,id\n", "a column twice"),
        ("a.jsonl", '{"id": "x"}'.encode("utf-16"), "UTF-16"),
        ("a.zip", b"PK\x03\x04rest", "ZIP archive"),
        ("a.bin", bytes(range(256)) * 20, "names no columns of an ad"),
    ],
)
def test_what_is_no_file_of_ads_is_refused_in_one_sentence(
    name: str, data: bytes, says: str, tmp_path: Path
) -> None:
    """The file is named, what is wrong with it, and what to do."""
    path = tmp_path / name
    path.write_bytes(data)

    with pytest.raises(InputUnreadable, match=says) as caught:
        rows(path)
    assert str(path) in str(caught.value) and caught.value.remedy and "\n" not in str(caught.value)


def test_missing_files_and_folders_are_told_apart(tmp_path: Path) -> None:
    """Each has its own sentence."""
    with pytest.raises(InputMissing):
        rows(tmp_path / "none.jsonl")
    with pytest.raises(InputUnreadable, match="a folder"):
        rows(tmp_path)


def test_an_empty_file_has_no_ads_and_no_fault(tmp_path: Path) -> None:
    """Nothing in, nothing out."""
    (tmp_path / "ads.jsonl").write_bytes(b"\n \n")
    assert rows(tmp_path / "ads.jsonl") == []


def test_chunks_end_where_the_file_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By records or by bytes, the same ends every time, positions running on, progress to the end."""
    path = jsonl(tmp_path / "ads.jsonl", *(AD | {"id": str(n)} for n in range(10)))
    monkeypatch.setattr(chunks, "CHUNK_RECORDS", 4)
    with open_source(path, spool=tmp_path) as source:
        by_records = list(source.chunks())
        assert [c.first for c in source.chunks()] == [c.first for c in by_records] == [0, 4, 8]
    assert by_records[-1].records["position"].to_pylist() == [8, 9]
    assert by_records[-1].bytes_done == by_records[-1].bytes_total == path.stat().st_size
    monkeypatch.setattr(chunks, "CHUNK_BYTES", 700)
    with open_source(path, spool=tmp_path) as source:
        assert [c.read for c in source.chunks()] == [2] * 5


MOMENT = datetime(2026, 1, 20, 8, 20, 55, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-20T08:20:55Z",
        "2026-01-20T08:20:55.000000+00:00",
        "20260120T082055Z",
        "2026-01-20 08:20:55 UTC",
        "2026-01-20T03:20:55-05:00",
        "2026-01-20 09:20:55 +0100",
        "Tue, 20 Jan 2026 08:20:55 GMT",
        "1768897255",
        1768897255,
        1768897255.0,
        1768897255000,
        1768897255000000,
    ],
)
def test_times_of_many_forms_are_the_same_moment(text: Any) -> None:
    """ISO, RFC 2822 and seconds, milli- and microseconds since 1970."""
    assert read_time(text, "t") == (MOMENT, False)


def test_a_time_without_a_zone_is_taken_as_utc_and_marked() -> None:
    """So is a day without a time."""
    assert read_time("2026-01-20T08:20:55", "t") == (MOMENT, True)
    assert read_time("2026-01-20", "t") == (datetime(2026, 1, 20, tzinfo=UTC), True)


def test_a_time_in_no_known_form_is_kept_as_it_came(tmp_path: Path) -> None:
    """The ad is read without it; an absurd time is poison."""
    [row] = rows(jsonl(tmp_path / "a.jsonl", {"id": "x", "body": "b", "posted_at": "yesterday", "lat": 500}))

    assert row["posted_at"] is None and row["lat"] is None
    assert json.loads(row["extra"]) == {"unread": {"lat": "500", "posted_at": "yesterday"}}
    for absurd in ("9999-12-31", "0001-01-01T00:00:00+14:00", float("inf"), 5, "253402300800000"):
        with pytest.raises(RecordError):
            read_time(absurd, "t")


def test_what_was_received_is_overwritten_by_nothing(tmp_path: Path) -> None:
    """What a mapping displaces, and what could not be understood, take a name that is free."""
    record = {"id": "x", "text": "new", "body": "old", "original_body": "older", "unread": "mine", "lat": 500}
    [row] = rows(jsonl(tmp_path / "a.jsonl", record), mapping={"body": "text"})

    kept = {"original_body": "older", "original_body_2": "old", "unread": "mine", "unread_2": {"lat": "500"}}
    assert row["body"] == "new" and json.loads(row["extra"]) == kept


def test_the_words_of_a_page_are_its_visible_ones() -> None:
    """Blocks are lines, inline marks are nothing, scripts, styles and comments are gone."""
    page = (
        "<html><head><title>T</title><style>p{}</style></head><body onload='x'><p>702-<b>555</b>-0134"
        "<br>5 &lt; 6"
        "<script>if (a<b) call()</script><!-- <p>no --><table><tr><td>a<td>b</table>3 < 4 &amp;c"
    )
    assert text_of(page) == "702-555-0134\n5 < 6\na b\n3 < 4 &c"
    assert text_of("<script>open") == text_of("<!-- open") == text_of("<p") == ""


@settings(max_examples=50)
@given(st.text(st.sampled_from("<>/!-ab sp&;#\"'\x0b\n"), max_size=60))
def test_any_page_gives_text_without_tags(page: str) -> None:
    """Nothing is raised, and plain words stay as they are."""
    text_of(page)
    assert text_of(page.replace("<", "").replace("&", "")) == "\n".join(
        line
        for part in page.replace("<", "").replace("&", "").split("\x0b")
        if (line := " ".join(part.split()))
    )
