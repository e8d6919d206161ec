"""What leaves says where it came from, and of pictures nothing leaves but a hash and a reference."""

import csv
import hashlib
import io
import json
from datetime import UTC, datetime

import pyarrow.parquet as pq
import pytest

from homeward.desk import corrections, export, keep, supply
from homeward.model.actor import Actor
from homeward.model.capture import Supply
from people_kit import described

LOCAL = Actor("local:1000", "cli")
CANARY = b"bytes of a picture 4417"
FORMS = {
    "jsonl": lambda data: [json.loads(line) for line in data.splitlines()],
    "csv": lambda data: list(csv.DictReader(io.StringIO(data.decode()))),
    "parquet": lambda data: pq.read_table(io.BytesIO(data)).to_pylist(),
}


def take(house, folder, given, name="ads.jsonl"):
    """Take in three ads, each with a picture beside the file; return the file."""
    rows = [
        {"id": f"{name}{n}", "site": "board.test", "body": "Bland words, call 775-555-0101",
         "photos": [{"path": f"{n}.jpg", "sha256": hashlib.sha256(CANARY).hexdigest()}]}
        for n in range(3)
    ]  # fmt: skip
    for n in range(3):
        (folder / f"{n}.jpg").write_bytes(b"\xff\xd8\xff\xe0" + CANARY)
    (folder / name).write_text("".join(json.dumps(row) + "\n" for row in rows))
    supply.ingest(LOCAL, house, str(folder / name), given)
    return folder / name


def sent(house, what, form="jsonl"):
    sink = io.BytesIO()
    export.export(LOCAL, house, what, sink, fmt=form)
    return sink.getvalue()


@pytest.mark.trust("EVD-2")
@pytest.mark.parametrize("form", FORMS)
def test_an_exported_ad_says_who_supplied_it_and_that_nobody_here_saw_it(empty_house, tmp_path, form):
    """File, place in it, both clocks and the statement; of a supply without a name it says that, too."""
    obtained = datetime(2026, 10, 1, tzinfo=UTC)
    file = take(empty_house, tmp_path, Supply("Unit 4", "consent", obtained))
    take(empty_house, tmp_path, Supply(basis="consent"), name="bare.jsonl")
    named, bare = [], []
    for row in FORMS[form](sent(empty_house, "ads", form)):
        (bare if row["id"].startswith("bare") else named).append(row)

    assert len(named) == len(bare) == 3
    assert {row["provenance"] for row in named} == {"as supplied by Unit 4, not witnessed"}
    assert {row["provenance"] for row in bare} == {"as supplied by an unnamed supplier, not witnessed"}
    assert {row["file_sha256"] for row in named} == {hashlib.sha256(file.read_bytes()).hexdigest()}
    assert {str(row["position"]) for row in named} == {"0", "1", "2"}
    assert all(str(row["obtained"]).startswith("2026-10-01") and row["captured_at"] for row in named)
    assert not any(row["obtained"] for row in bare)


@pytest.mark.trust("EVD-7")
def test_no_byte_of_a_picture_is_taken_in_or_leaves(empty_house, tmp_path):
    """Its hash and its reference do; its bytes are in no file of the workspace, no row and no export."""
    take(empty_house, tmp_path, Supply("Unit 4", "consent"))
    supply.refresh(LOCAL, empty_house)
    told = sent(empty_house, "ads")
    assert hashlib.sha256(CANARY).hexdigest().encode() in told and b"0.jpg" in told
    assert not [form for form in FORMS for what in export.COLUMNS if CANARY in sent(empty_house, what, form)]
    held = [path for path in empty_house.home.rglob("*") if path.is_file()]
    assert held and not [path for path in held if CANARY in path.read_bytes()]
    aside = [name for path in (empty_house.home / "blobs").rglob("*") if (name := path.name)]
    assert hashlib.sha256(b"\xff\xd8\xff\xe0" + CANARY).hexdigest() not in aside
    with empty_house.ledger.read() as tx:
        tables = tx.exec_driver_sql("SELECT name FROM sqlite_schema WHERE type = 'table'").scalars().all()
        rows = [repr(tx.exec_driver_sql(f'SELECT * FROM "{name}"').all()) for name in tables]
    assert rows and not [row for row in rows if CANARY.decode() in row]


@pytest.mark.trust("EVD-7")
def test_no_operation_answers_with_a_picture():
    """Of all that the description of the API names, nothing is an image, or bytes."""
    found = described()
    kinds = {
        kind for methods in found["paths"].values() for one in methods.values()
        for answer in one["responses"].values() for kind in answer.get("content", {})
    }  # fmt: skip
    assert kinds == {"application/json", "application/problem+json"}


@pytest.mark.trust("EVD-1")
def test_the_bytes_of_every_ad_stay_what_they_were(empty_house, demo):
    """Each line of the file comes out under its place, whatever is done and made anew meanwhile."""
    file = demo.world / "ads.jsonl"
    supply.ingest(LOCAL, empty_house, str(file), Supply("the world", "invented data"))
    lines, seen = file.read_bytes().splitlines(), originals(empty_house)
    assert len(seen) > 500 and all(lines[place] == original for place, original in seen.items())

    supply.refresh(LOCAL, empty_house)
    ad = empty_house.lake.read("mentions", columns=["ad", "kind", "value"]).to_pylist()[0]
    corrections.correct(LOCAL, empty_house, **ad, says="disputed", why="a slip")
    keep.rebuild(LOCAL, empty_house, "derived")
    assert originals(empty_house) == seen
    files = (empty_house.home / "lake" / "ads").rglob("*.parquet")
    written = {path: path.stat().st_mtime_ns for path in files}
    supply.ingest(LOCAL, empty_house, str(file), Supply("the world", "invented data"))
    assert all(path.stat().st_mtime_ns == at for path, at in written.items()), "no file is written over"


def originals(house):
    """The bytes of each ad as they were taken in, by their place in the file."""
    rows = house.lake.read("ads", columns=["position", "original"]).to_pylist()
    return {row["position"]: row["original"] for row in rows}
