"""The kernel, its columns and its knowledge files."""

from __future__ import annotations

import unicodedata

import pyarrow as pa
import pytest

from homeward.extract import kernel, photo, read
from homeward.extract.knowledge import (
    build_area_codes,
    build_lexicons,
    build_lookalikes,
    build_place_names,
    build_places,
    load,
)
from homeward.extract.text.tokens import WATCH
from homeward.model import schema
from homeward.model.ad import Ad

ROW = {
    "ad": "a1",
    "capture": "c1",
    "title": "Lola in Reno, NV",
    "body": "call 7o2 five55 zero1 3four",
    "country": "US",
    "url": "https://a.test/x/1",
    "phones": ["702-555-0135"],
    "emails": ["x@b.test"],
    "batch": "b1",
    "month": "2026-11",
}


def test_the_kernel_says_the_same_as_the_spoken_form():
    batch = kernel.read_batch(pa.RecordBatch.from_pylist([ROW]))
    fields = {k: ROW[k] for k in ("title", "body", "country", "url")}
    ad = Ad(**fields, phones=tuple(ROW["phones"]), emails=tuple(ROW["emails"]))
    spoken = [(m.part, m.kind.value, m.value, m.raw, m.span.start) for m in read.read_ad(ad)]
    assert batch.schema == schema.MENTIONS
    assert [
        tuple(r[k] for k in ("part", "kind", "value", "raw", "start")) for r in batch.to_pylist()
    ] == spoken
    assert {"title", "body", "phones[0]", "emails[0]"} == {row[0] for row in spoken}


def test_an_empty_batch_has_the_columns_all_the_same():
    empty = pa.RecordBatch.from_pylist([], schema=schema.ADS)
    assert kernel.read_batch(empty).schema == schema.MENTIONS
    assert photo.prints_batch(empty).schema == schema.PRINTS


def test_the_ads_own_address_is_no_mention():
    rows = kernel.read_batch(pa.RecordBatch.from_pylist([ROW])).to_pylist()
    assert not [r for r in rows if r["part"] == "url"]


def test_only_whole_hashes_become_prints():
    photos = [
        {"sha256": "AB" * 32, "pdq": "xyz"},
        {"sha256": None, "pdq": "0f" * 32},
        {"sha256": "0" * 64, "pdq": ""},
    ]
    rows = photo.prints_batch(pa.RecordBatch.from_pylist([{"ad": "a", "photos": photos}])).to_pylist()
    assert [(r["photo"], r["kind"], r["value"]) for r in rows] == [
        (0, "sha256", "ab" * 32),
        (1, "pdq", "0f" * 32),
    ]


def test_every_knowledge_file_names_its_source_and_licence():
    folder = load.files("homeward.extract.knowledge")
    for file in (f for f in folder.iterdir() if f.name.endswith(".tsv")):
        head = file.read_text(encoding="utf-8")[:500]
        assert "\n# source: " in head and "\n# licence: " in head, file.name


def test_the_look_alikes_are_what_the_script_makes():
    made = "".join(build_lookalikes.lines())
    kept = load.files("homeward.extract.knowledge").joinpath("lookalikes.tsv").read_text(encoding="utf-8")
    if unicodedata.unidata_version not in kept[:300]:
        pytest.skip("made from another version of the Unicode database")
    assert made == kept


@pytest.mark.parametrize(
    ("name", "script"),
    [("place_names", build_place_names), ("places", build_places), ("area_codes", build_area_codes)],
)
def test_the_gazetteers_are_what_the_scripts_make(name, script):
    """Places and area codes are those of the locked libraries, through the scripts beside them."""
    kept = load.files("homeward.extract.knowledge").joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    assert "".join(script.lines()) == kept


@pytest.mark.parametrize("name", build_lexicons.BY_HAND)
def test_the_word_lists_are_as_the_script_writes_them(name):
    """Lists kept by hand have one form: Latin words without accents, each once, names of one kind."""
    kept = load.files("homeward.extract.knowledge").joinpath(name).read_text(encoding="utf-8")
    assert build_lexicons.made(name, kept) == kept


def test_no_knowledge_changes_without_its_version():
    """The digests are those of the files; the same version with other rows is refused."""
    kept = load.files("homeward.extract.knowledge").joinpath("digests.tsv").read_text(encoding="utf-8")
    assert build_lexicons.digests() == kept
    build_lexicons.check(kept, kept)
    build_lexicons.check(kept.replace("KNOWLEDGE\t", "KNOWLEDGE\t0"), kept)
    with pytest.raises(ValueError, match="knowledge changed"):
        build_lexicons.check(kept, kept.replace("names.tsv\t", "names.tsv\t0"))


def test_the_script_puts_a_list_in_form_and_keeps_the_order_of_a_phrase():
    head = "# Words.\n# source: here\n"
    assert build_lexicons.made("words.tsv", f"{head}a.b\tón on ON\tx\n") == f"{head}a.b\ton ON\tx\n"
    assert build_lexicons.made("phrases.tsv", f"{head}name\t\tho ho\tsure\n") == (
        f"{head}name\t\tho ho\tsure\n"
    )
    assert build_lexicons.made("names.tsv", f"{head}plain\tzoe ana zoe\n") == f"{head}plain\tana zoe\n"
    with pytest.raises(ValueError, match="both plain and a word"):
        build_lexicons.made("names.tsv", f"{head}plain\tamber\nword\tamber\n")


def test_a_part_that_was_kept_is_read_anew_when_lexicons_change():
    """An agency's own words take effect at once: nothing that was read before them is repeated."""
    ads = pa.table({"ad": ["a"], "capture": ["c"], "title": ["Zorella, 24"]}).to_batches()[0]
    before = {m["value"] for m in kernel.read_batch(ads).to_pylist() if m["kind"] == "name"}
    names = load.names()
    names["zorella"] = False
    WATCH.clear()
    try:
        after = {m["value"] for m in kernel.read_batch(ads).to_pylist() if m["kind"] == "name"}
    finally:
        del names["zorella"]
        WATCH.clear()
    assert (before, after) == (set(), {"Zorella"})


def test_the_same_part_of_two_ads_is_told_of_each():
    ads = pa.table(
        {"ad": ["a", "b"], "capture": ["c", "d"], "body": ["call 702-555-0134"] * 2, "country": ["US", "GB"]}
    ).to_batches()[0]
    found = [(m["ad"], m["value"]) for m in kernel.read_batch(ads).to_pylist() if m["kind"] == "phone"]
    assert found[0] == ("a", "+17025550134")
    assert all(ad == "b" for ad, _ in found[1:])


@pytest.mark.parametrize(
    ("address", "values"),
    [
        ("https://board.test/reno/702-555-0134", ["+17025550134"]),
        ("https://board.test/reno/8bf5a17881d1", []),
        ("https://board.test/reno/massage", []),
    ],
)
def test_what_the_address_of_an_ad_hides_is_read_from_it(address, values):
    found = read.read_address(address, country="US")
    assert [m.value for m in found] == values
    assert all(m.part == "url" and address[m.span.start : m.span.end] == m.raw for m in found)
