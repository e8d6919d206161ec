"""Small sets of ads for the tests of connect: spelled as short as shows the point."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyarrow as pa

from homeward.connect.build import build
from homeward.connect.signature import sign_batch, spans_by_capture
from homeward.engine.local import LocalEngine
from homeward.model import schema

START = datetime(2026, 3, 1, tzinfo=UTC)
MENTION_TYPES = {f.name: f.type for f in schema.MENTIONS}
NAMES = ("Amber", "Bella", "Carla", "Dora", "Edith", "Flora", "Greta", "Holly")


def ad(
    id, body="", *, day=0, phone=None, name=None, city="Reno", site="board.test", photo=None, email=None,
    age=None, obscured=False, language="en", friend=None,
    second=None,
):  # fmt: skip
    return {
        "id": id, "body": body, "day": day, "phone": phone, "name": name, "city": city, "site": site,
        "photo": photo, "email": email, "age": age, "obscured": obscured, "language": language,
        "friend": friend, "second": second,
    }  # fmt: skip


def inputs(ads):
    """Tables for `build`: each ad with what its readers would have read."""
    rows, mentions = [], []
    for one in ads:
        capture = "c" + one["id"]
        seen = START + timedelta(days=one["day"])
        photos = [{"path": "", "url": "", "sha256": one["photo"], "pdq": ""}] if one["photo"] else []
        rows.append(
            {"ad": one["id"], "capture": capture, "source_id": one["id"], "url": None, "site": one["site"],
             "posted_at": seen, "seen_at": seen, "title": None, "body": one["body"], "city": one["city"],
             "region": None, "country": "US", "language": one["language"], "photos": photos,
             "batch": "b", "month": "2026-03"}
        )  # fmt: skip
        said = [(kind, one[kind]) for kind in ("phone", "name", "email", "age")]
        for kind, value in [*said, ("name", one["friend"]), ("phone", one["second"])]:
            if value:
                start = one["body"].find(value)
                at = (start, start + len(value)) if start >= 0 else (0, 0)
                detail = '{"obscured":true}' if kind == "phone" and one["obscured"] else "{}"
                mentions.append(
                    {"ad": one["id"], "capture": capture, "kind": kind, "value": value, "start": at[0],
                     "end": at[1], "part": "body", "confidence": 1.0, "detail": detail}
                )  # fmt: skip
    ads_schema = pa.schema([schema.ADS.field(name) for name in rows[0]])
    names = ("ad", "capture", "kind", "value", "part", "start", "end", "confidence", "detail")
    table = pa.Table.from_pylist(rows, schema=ads_schema)
    read = pa.Table.from_pylist(mentions, schema=pa.schema([(n, MENTION_TYPES[n]) for n in names]))
    return {
        "ads": table, "mentions": read, "bands": sign(table, read), "prints": schema.PRINTS.empty_table(),
        "sightings": schema.SIGHTINGS.empty_table(),
    }  # fmt: skip


def sign(ads, mentions):
    spans = spans_by_capture(ads["capture"].combine_chunks(), mentions)
    given = ads.select(["ad", "capture", "title", "body", "batch", "month"]).append_column("spans", spans)
    return pa.Table.from_batches([sign_batch(batch) for batch in given.combine_chunks().to_batches()])


class Here(LocalEngine):
    """The local engine with kernels run in this process: what a kernel makes is the same, only sooner."""

    def map(self, kernel, table, **_):
        module, function = kernel.split(":")
        made = getattr(__import__(module, fromlist=[function]), function)
        batches = [made(batch) for batch in table.combine_chunks().to_batches()]
        return pa.Table.from_batches(batches or [made(pa.RecordBatch.from_pylist([], schema=table.schema))])

    def map_stream(self, kernel, tables, **_):
        return (self.map(kernel, table) for table in tables)


HERE = Here()  # one for all: a database is opened once


def run(ads, *, judgements=None, given=None, youth=()):
    decided = None
    if judgements is not None:
        decided = pa.table(
            {
                "a": [j[0] for j in judgements],
                "b": [j[1] for j in judgements],
                "judgement": [j[2] for j in judgements],
            }
        )
    return build(given or inputs(ads), engine=HERE, run="r1", judgements=decided, youth=youth)


def groups(tables, level="network"):
    """The groups of a build as sets of ads."""
    out = {}
    for row in tables["members"].to_pylist():
        out.setdefault(row[level] or row["ad"], set()).add(row["ad"])
    return sorted(out.values(), key=sorted)


def text(number, length=40):
    """A wording of its own: words that no other number has, spelled as words are."""
    return " ".join(f"wo{spelled(number)}ru{spelled(i)}" for i in range(length))


def spelled(number):
    """Return a number as syllables, since digits in words stand for letters or fillings."""
    syllables = ("ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "mo", "nu")
    return "".join(syllables[int(c)] if c.isdigit() else c for c in str(number))
