"""Rows as others read them: the contract of docs/reference/formats, made from the lake's tables."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from homeward.desk import checked, corrected
from homeward.house import House
from homeward.model.capture import Supply
from homeward.model.lead import CAUTION

ADS_PER_PART = 200_000  # ads sorted and held at once: bounds the memory of an export, not its size
_BASE32 = "234567abcdefghijklmnopqrstuvwxyz"  # in the order in which texts sort

AD_COLUMNS = (
    "source_id", "url", "site", "posted_at", "seen_at", "zone_assumed", "title", "body", "html", "body_from",
    "city", "region", "country", "lat", "lon", "phones", "emails", "language", "photos", "extra",
)  # fmt: skip
KEPT_COLUMNS = (
    "ad", "capture", "captured_at", "revision", "batch", "supplier", "basis", "obtained", "file_sha256",
    "position",
)  # fmt: skip
MENTION_COLUMNS = (
    "ad", "capture", "source_id", "kind", "value", "raw", "start", "end", "part", "confidence", "reader",
    "detail",
)  # fmt: skip
LATEST = (
    "SELECT capture FROM (SELECT capture, row_number() OVER (PARTITION BY ad ORDER BY revision DESC, capture)"
    " AS place FROM ads) WHERE place = 1"
)

Row = dict[str, Any]
Taken = Callable[[Iterable[str]], None]


def untold(ads: Iterable[str]) -> None:
    """Tell nobody which ads were handed out."""


def parts(house: House, pins: Mapping[str, int]) -> list[tuple[str, str]]:
    """Return ranges of ad ids, in order, of about ADS_PER_PART ads each; ids are evenly spread hashes."""
    pieces = min(len(_BASE32), max(1, -(-house.lake.count("ads", pins.get("ads")) // ADS_PER_PART)))
    edges = ["a" + _BASE32[i * len(_BASE32) // pieces] for i in range(pieces)] + ["b"]
    return list(pairwise(edges))


def ads(house: House, pins: Mapping[str, int], *, all_captures: bool) -> Iterator[Row]:
    """Yield ads by id, each capture or the latest alone."""
    only = "" if all_captures else f"AND capture IN ({LATEST})"
    beside: dict[str, list[Row]] = {}
    for (ad, kind, value), sentence in corrected.sentences(house).items():
        beside.setdefault(ad, []).append({"kind": kind, "value": value, "correction": sentence})
    columns = ", ".join(f'"{c}"' for c in (*AD_COLUMNS, *KEPT_COLUMNS))
    for first, last in parts(house, pins):
        table = house.lake.query(
            f"SELECT {columns} FROM ads WHERE ad >= ? AND ad < ? {only} ORDER BY ad, revision, capture",
            pins=pins, params=[first, last],
        )  # fmt: skip
        for row in _seen(house, table):
            row["extra"] = _json(row["extra"], {})
            if row["ad"] in beside:
                row["extra"] = {**row["extra"], "homeward_corrections": beside[row["ad"]]}
            row["phones"], row["emails"] = row["phones"] or [], row["emails"] or []
            row["photos"] = [{k: v for k, v in p.items() if v} for p in row["photos"] or []]
            row["provenance"] = Supply(row["supplier"], row["basis"], row["obtained"]).statement
            yield {"id": row.pop("source_id"), **row}


def mentions(house: House, pins: Mapping[str, int], *, all_captures: bool) -> Iterator[Row]:
    """Yield mentions by ad, capture, part and place in it."""
    only = "" if all_captures else f"AND m.capture IN ({LATEST})"
    wrong = corrected.sentences(house)
    for first, last in parts(house, pins):
        table = house.lake.query(
            "WITH names AS (SELECT capture, any_value(coalesce(source_id, url)) AS source_id FROM ads "
            "GROUP BY capture) SELECT m.ad, m.capture, n.source_id, m.kind, m.value, m.raw, m.start, m.end, "
            "m.part, m.confidence, m.reader, m.detail FROM mentions m LEFT JOIN names n USING (capture) "
            f"WHERE m.ad >= ? AND m.ad < ? {only} "
            "ORDER BY m.ad, m.capture, m.part, m.start, m.end, m.kind, m.value, m.reader",
            pins=pins, params=[first, last],
        )  # fmt: skip
        for row in _seen(house, table):
            row["confidence"] = round(row["confidence"], 6) if row["confidence"] is not None else None
            row["detail"] = _json(row["detail"], {})
            if (said := wrong.get((row["ad"], row["kind"], row["value"]))) is not None:
                row["detail"] = {**row["detail"], "correction": said}
            yield row


def names(house: House, pins: Mapping[str, int]) -> dict[str, str]:
    """Return what the source calls each ad: its `id`, else its URL."""
    table = house.lake.query(
        "SELECT ad, any_value(coalesce(source_id, url) ORDER BY revision) AS name FROM ads GROUP BY ad",
        pins=pins,
    )
    return dict(zip(table.column("ad").to_pylist(), table.column("name").to_pylist(), strict=True))


def templates(house: House, pins: Mapping[str, int], run: str, *, handed: Taken = untold) -> Iterator[Row]:
    """Yield the run's templates, largest first; `handed` is told the ids of the ads that each names."""
    known = names(house, pins)
    table = house.lake.query(
        "SELECT id, ads, size, pattern FROM templates WHERE run = ? ORDER BY size DESC, id",
        pins=pins,
        params=[run],
    )
    for row in plain(table):
        left = [ad for ad in row["ads"] or [] if ad not in house.hidden]
        if left:
            handed(left)
            yield {
                **row, "ads": [known.get(ad, ad) for ad in left], "size": len(left),
                "pattern": _json(row["pattern"], []),
            }  # fmt: skip


def identities(
    house: House, pins: Mapping[str, int], run: str, *, level: str, handed: Taken = untold
) -> Iterator[Row]:
    """Yield the run's identities of one level, largest first, each with its links."""
    known = names(house, pins)
    links = house.lake.query(
        "SELECT identity, a, b, kind, value, weight, reason FROM links WHERE run = ? AND level = ? "
        "ORDER BY identity, weight DESC, kind, value, a, b", pins=pins, params=[run, level],
    )  # fmt: skip
    grouped: dict[str, list[Row]] = {}
    for link in plain(links):
        if house.hidden.keys() & {link["a"], link["b"]}:
            continue
        link["a"], link["b"] = known.get(link["a"], link["a"]), known.get(link["b"], link["b"])
        grouped.setdefault(link.pop("identity"), []).append(link)
    table = house.lake.query(
        "SELECT id, level, ads, values FROM identities WHERE run = ? AND level = ? ORDER BY size DESC, id",
        pins=pins, params=[run, level],
    )  # fmt: skip
    for row in plain(table):
        left = [ad for ad in row["ads"] or [] if ad not in house.hidden]
        if not left:
            continue
        handed(left)
        # Which values are those of the hidden ads is not told apart: until the next refresh none is said.
        values = _json(row["values"], {}) if len(left) == len(row["ads"]) else {}
        yield {
            **row, "ads": [known.get(ad, ad) for ad in left], "values": values,
            "links": grouped.get(row["id"], []),
        }  # fmt: skip


def leads(
    house: House, pins: Mapping[str, int], run: str, standing: Iterable[Mapping[str, Any]], *,
    handed: Taken = untold,
) -> Iterator[Row]:  # fmt: skip
    """Yield leads of a run as they stand in the queue, each with what speaks for and against it."""
    known = names(house, pins)
    found: dict[str, list[tuple[str, Row]]] = {}
    named: dict[str, list[str]] = {}
    leads = list(standing)
    for finding in plain(findings_of(house, pins, run, [row["identity"] for row in leads])):
        named.setdefault(finding["identity"], []).extend(finding["ads"] or [])
        found.setdefault(finding.pop("identity"), []).append(finding_row(finding, known))
    wrong = checked.error_note(house)
    for row in leads:
        told = found.get(row["identity"], [])
        handed(named.get(row["identity"], []))
        yield {
            **{name: row[name] for name in ("id", "identity", "score", "word", "families")},
            "for": [f for d, f in told if d == "for"],
            "against": [f for d, f in told if d == "against"],
            "shown": [f for d, f in told if d == "shown"],
            "caution": CAUTION,
            "error_rate": wrong(row),
        }


def findings_of(house: House, pins: Mapping[str, int], run: str, identities: list[str]) -> pa.Table:
    """Return the findings of some identities of a run, weightiest first."""
    these = (pc.field("run") == run) & pc.field("identity").isin(pa.array(identities, pa.string()))
    found = house.lake.read("findings", version=pins["findings"], filters=these)
    found = found.append_column("size", pc.abs(found.column("weight")))
    order = [("identity", "ascending"), ("size", "descending"), ("indicator", "ascending")]
    return found.sort_by([*order, ("sentence", "ascending")])


def finding_row(finding: Row, known: Mapping[str, str]) -> tuple[str, Row]:
    """Return a finding's direction and its row."""
    return finding["direction"], {
        "indicator": finding["indicator"],
        "sentence": finding["sentence"],
        "weight": finding["weight"],
        "strength": finding["strength"],
        "source": finding["source"],
        "family": finding["family"],
        "mentions": _json(finding["mentions"], []),
        "ads": [known.get(ad, ad) for ad in finding["ads"] or []],
    }


def _seen(house: House, table: pa.Table) -> Iterator[Row]:
    return (row for row in plain(table) if row["ad"] not in house.hidden)


def plain(table: pa.Table) -> Iterator[Row]:
    """Yield rows as plain values, some thousand at a time."""
    for batch in table.to_batches(max_chunksize=5_000):
        yield from batch.to_pylist()


def _json(text: str | None, otherwise: Any) -> Any:
    return json.loads(text) if text else otherwise
