"""What must move nobody in the queue: reposts, typed names, the language, and words of origin."""

from __future__ import annotations

import json
from datetime import datetime

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from connect_cases import run, sign

from homeward.collect.world import generate
from homeward.connect.origins import WORDS
from homeward.extract.kernel import read_batch
from homeward.model import ids, schema

COLUMNS = (
    "ad", "capture", "source_id", "url", "site", "posted_at", "seen_at", "title", "body", "city", "region",
    "country", "language", "phones", "emails", "photos", "batch", "month",
)  # fmt: skip
PHOTO = {"path": "", "url": "", "sha256": "", "pdq": ""}


def moment(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


@pytest.fixture(scope="module")
def world():
    """The ads of a small hard world, as rows: numbers change, wordings drift, decoys stand everywhere."""
    rows = {}
    for line, _ in generate(900, seed=5, preset="hard"):
        ad = ids.ad_id(line["site"], line["id"], None)
        row = {name: line.get(name) for name in COLUMNS}
        row |= {"ad": ad, "capture": "c" + ad[1:], "source_id": line["id"], "batch": "b", "month": "2026-06"}
        row |= {name: moment(line[name]) for name in ("posted_at", "seen_at")}
        row["photos"] = [{**PHOTO, **photo} for photo in line.get("photos") or ()]
        rows[ad] = row
    return list(rows.values())


def read(rows):
    """The inputs of a build: what the readers read in some ads."""
    ads = pa.Table.from_pylist(rows, schema=pa.schema([schema.ADS.field(name) for name in COLUMNS]))
    mentions = pa.Table.from_batches([read_batch(batch) for batch in ads.combine_chunks().to_batches()])
    return {
        "ads": ads, "mentions": mentions, "bands": sign(ads, mentions),
        "prints": schema.PRINTS.empty_table(), "sightings": schema.SIGHTINGS.empty_table(),
    }  # fmt: skip


@pytest.fixture(scope="module")
def plain(world):
    return read(world)


@pytest.fixture(scope="module")
def queue(plain):
    return scores(run([], given=plain))


def scores(made):
    """Every group's score by its identity."""
    found = {row["identity"]: (row["score"], row["word"]) for row in made["leads"].to_pylist()}
    assert len(found) > 20
    return found


def test_reposts_change_no_bit_of_a_score(world, queue):
    again = [
        {**row, "ad": f"{row['ad']}r{k}", "capture": f"{row['capture']}r{k}", "source_id": f"r{i}.{k}"}
        for i, row in enumerate(world)
        if i % 3 == 0
        for k in range(1 + i % 4)
    ]
    more = scores(run([], given=read([*world, *again])))
    assert {name: more.get(name) for name in queue} == queue


def test_other_words_of_origin_change_no_bit_of_a_score(world):
    """Every text says where somebody is from; then every text says something else."""
    words = sorted(w for w in WORDS if w.isascii() and w != "christian")  # which is a name too
    made = [
        scores(run([], given=read([
            {**row, "body": f"{row['body']} I am {words[(i * step + 7) % len(words)]}."}
            for i, row in enumerate(world)
        ])))
        for step in (3, 11)
    ]  # fmt: skip
    assert made[0] == made[1]


def test_another_ordinary_word_is_another_wording(world):
    """The negative twin: wordings are compared, and see every other word."""
    made = [
        read([{**row, "body": f"{row['body']} On {word}."} for row in world[:5]])["bands"]["wording"]
        for word in ("monday", "tuesday")
    ]
    assert made[0] != made[1]


def test_typed_names_change_no_bit_of_a_score(plain, queue):
    """Every name becomes another, in every ad: who bears which name is nobody's evidence."""
    mentions = plain["mentions"]
    named = pc.equal(mentions["kind"], "name")
    names = sorted(set(mentions.filter(named)["value"].to_pylist()))
    cities = " ".join(filter(None, plain["ads"]["city"].to_pylist()))
    kept = {name for name in names if name in cities}  # Louis of St. Louis is nobody's name
    other = {name: name if name in kept else f"Zz{len(names) - i:04}" for i, name in enumerate(names)}
    values = [
        other[v] if n else v for v, n in zip(mentions["value"].to_pylist(), named.to_pylist(), strict=True)
    ]
    changed = mentions.set_column(
        mentions.column_names.index("value"), "value", pa.array(values, pa.string())
    )
    assert scores(run([], given={**plain, "mentions": changed})) == queue


def test_another_language_changes_no_bit_of_a_score(plain, queue):
    """Every ad is marked as of another language: neighbours stay neighbours, and nothing else counts."""
    ads = plain["ads"]
    languages = sorted({one or "" for one in ads["language"].to_pylist()})
    other = {one: f"x{len(languages) - i}" for i, one in enumerate(languages)}
    column = pa.array([other[one or ""] for one in ads["language"].to_pylist()], pa.string())
    changed = ads.set_column(ads.column_names.index("language"), "language", column)
    assert scores(run([], given={**plain, "ads": changed})) == queue


def places(mentions):
    """Where each ad's title and body name a place: (start, end, as written), first to last."""
    out = {}
    for one in mentions.filter(pc.equal(mentions["kind"], "place")).to_pylist():
        out.setdefault((one["ad"], one["part"]), []).append((one["start"], one["end"], one["raw"]))
    return {at: sorted(found) for at, found in out.items()}


def moved(row, found, other):
    """An ad with every town that its text names exchanged for another."""
    new = dict(row)
    for part in ("title", "body"):
        for start, end, raw in reversed(found.get((row["ad"], part), [])):
            new[part] = new[part][:start] + other[raw] + new[part][end:]
    return new


def test_other_towns_in_the_text_change_no_bit_of_a_score(world, plain, queue):
    """Wherever the other town is read as a place as well, nothing moves: a town in a text is no evidence."""
    found = places(plain["mentions"])
    other = {raw: raw for some in found.values() for *_, raw in some}
    for case in (str.islower, str.istitle, str.isupper):
        towns = sorted(town for town in other if town.isalpha() and case(town))
        other |= dict(zip(towns, towns[7:] + towns[:7], strict=True))
    rows = [moved(row, found, other) for row in world]
    seen = places(read(rows)["mentions"])
    unread = {ad for ad, part in found if len(seen.get((ad, part), ())) != len(found[ad, part])}
    unread |= {ad for ad, part in seen.keys() - found.keys()}
    listed = [row if row["ad"] in unread else new for row, new in zip(world, rows, strict=True)]
    assert sum(new["body"] != row["body"] for row, new in zip(world, listed, strict=True)) > 200
    assert scores(run([], given=read(listed))) == queue


def test_other_towns_to_file_ads_under_do_change_scores(world, queue):
    """The negative twin: where ads are filed is evidence, and is seen by this very comparison."""
    towns = sorted({row["city"] for row in world if row["city"]})
    filed = [{**row, "city": row["city"] and towns[i % len(towns)]} for i, row in enumerate(world)]
    assert scores(run([], given=read(filed))) != queue


def test_findings_of_no_group_speak_of_origin(plain):
    made = run([], given=plain)
    said = " ".join(made["findings"]["sentence"].to_pylist()).casefold().split()
    assert not WORDS.intersection(said) and json.dumps(said)
