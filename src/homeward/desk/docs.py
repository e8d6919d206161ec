"""Ads with their mentions, latest capture each, as a page needs them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from homeward.desk import corrected
from homeward.desk.labels import place_label
from homeward.house import House

Row = dict[str, Any]
COLUMNS = (
    "ad", "capture", "source_id", "site", "url", "title", "body", "body_from", "city", "region", "country",
    "lat", "lon", "language", "posted_at", "seen_at", "zone_assumed", "phones", "emails", "photos",
    "revision",
)  # fmt: skip
FOUND_AT_ONCE = 2_000
MENTIONS = ("ad", "capture", "kind", "value", "raw", "start", "end", "part", "confidence", "reader", "detail")


@dataclass(slots=True)
class Doc:
    """One ad's latest capture with its mentions; `fields` are those of the lake."""

    id: str
    capture: str
    fields: Mapping[str, Any]
    mentions: list[Row] = field(default_factory=list)

    @property
    def at(self) -> datetime | None:
        """When it was posted, or else seen."""
        at: datetime | None = self.fields["posted_at"] or self.fields["seen_at"]
        return at

    @property
    def day(self) -> date | None:
        """The day of that time, in UTC."""
        return self.at.date() if self.at else None

    @property
    def said(self) -> list[Row]:
        """What the ad says of itself: but for the address that its site gave it, and what is corrected."""
        return [
            m
            for m in self.mentions
            if not (m["part"] == "url" and m["kind"] in ("url", "domain")) and not m.get("correction")
        ]

    @property
    def name(self) -> str:
        """What the source calls the ad."""
        return self.fields["source_id"] or self.fields["url"] or ""

    @property
    def place(self) -> str:
        """The city the ad is filed under, or else the first it names."""
        filed = place_label(self.fields["city"], self.fields["region"], self.fields["country"])
        if filed:
            return filed
        named = next((m for m in self.said if m["kind"] == "place"), None)
        return place_label(*_parts(named["value"])) if named else ""

    @property
    def position(self) -> tuple[float, float] | None:
        """Where that place is, if the source or the gazetteer says."""
        if self.fields["lat"] is not None and self.fields["lon"] is not None:
            return self.fields["lat"], self.fields["lon"]
        for mention in self.said:
            detail = mention["detail"]
            if mention["kind"] == "place" and detail.get("lat") is not None and detail.get("lon") is not None:
                return detail["lat"], detail["lon"]
        return None

    def text_of(self, part: str) -> str:
        """Return the text of a part as it was received; empty when there is none."""
        if part in ("title", "body", "url"):
            return self.fields[part] or ""
        name, _, rest = part.partition("[")
        values = self.fields.get(name) or []
        place = int(rest[:-1]) if rest[:-1].isdigit() else -1
        return values[place] if name in ("phones", "emails") and 0 <= place < len(values) else ""


def _parts(value: str) -> tuple[str | None, str | None, str | None]:
    """Return city, region and country of a place's normal form."""
    parts = [p.strip() for p in value.split(",")]
    if len(parts) >= 3:
        return parts[0], parts[1], parts[2]
    return parts[0], None, parts[1] if len(parts) == 2 else None


def load(
    house: House, ads: Iterable[str], *, pins: Mapping[str, int] | None = None,
    captures: Mapping[str, str] | None = None,
) -> dict[str, Doc]:  # fmt: skip
    """Return the ads that are there, by id, each at its latest capture, or at the one `captures` names.

    They are read from the index, which keeps each ad whole; what the index does not have as asked (it may
    be behind the lake, or ahead of a run) is read from the lake at `pins`.
    """
    docs: dict[str, Doc] = {}
    missing = []
    said = corrected.sentences(house)
    wrong = {ad for ad, _, _ in said}  # the index knows nothing of what is corrected
    wanted = [ad for ad in dict.fromkeys(ads) if ad not in house.hidden]
    rows = house.index.some([ad for ad in wanted if ad not in wrong])
    for ad in wanted:
        row = rows.get(ad)
        if row is None or (captures is not None and captures.get(ad) != row["capture"]):
            missing.append(ad)
        else:
            docs[ad] = of_index(row)
    if missing and house.lake.version("ads") >= 0:
        docs.update(_from_lake(house, sorted(missing), pins or {}))
    for (ad, kind, value), sentence in said.items():
        for mention in docs[ad].mentions if ad in docs else ():
            if (mention["kind"], mention["value"]) == (kind, value):
                mention["correction"] = sentence
    return docs


def of_index(row: Mapping[str, Any]) -> Doc:
    """Return the ad that an index document keeps."""
    fields = dict(row)
    mentions = fields.pop("mentions")
    for mention in mentions:
        mention["obscured"] = bool(mention["detail"].get("obscured"))
    mentions.sort(key=_reading_order)
    for name in ("posted_at", "seen_at"):
        fields[name] = datetime.fromisoformat(fields[name]) if fields[name] else None
    return Doc(fields["ad"], fields["capture"], fields, mentions)


def _from_lake(house: House, ads: list[str], pins: Mapping[str, int]) -> dict[str, Doc]:
    """Return ads as the lake holds them."""
    docs: dict[str, Doc] = {}
    rows = _rows(house, "ads", ads, COLUMNS, pins)
    for row in rows.sort_by([("revision", "ascending"), ("capture", "descending")]).to_pylist():
        docs[row["ad"]] = Doc(row["ad"], row["capture"], row)
    for mention in _rows(house, "mentions", list(docs), MENTIONS, pins).to_pylist():
        doc = docs[mention["ad"]]
        if mention["capture"] != doc.capture:
            continue
        detail = mention["detail"] = json.loads(mention["detail"]) if mention["detail"] else {}
        mention["obscured"] = bool(detail.get("obscured"))
        doc.mentions.append(mention)
    for doc in docs.values():
        doc.mentions.sort(key=_reading_order)
    return docs


def _reading_order(mention: Mapping[str, Any]) -> tuple[Any, ...]:
    return mention["part"], mention["start"], mention["end"], mention["kind"], mention["value"]


def _rows(
    house: House, table: str, ads: list[str], columns: tuple[str, ...], pins: Mapping[str, int]
) -> pa.Table:
    """Return some ads' rows; beyond a few thousand ads one scan is quicker than finding each."""
    version = pins.get(table)
    if len(ads) <= FOUND_AT_ONCE:
        return house.lake.find(table, ads, columns=columns, version=version)
    wanted = pc.field("ad").isin(pa.array(ads, pa.string()))
    return house.lake.read(table, columns=list(columns), version=version, filters=wanted)
