"""Ads with their mentions, latest capture each, as a page needs them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from homeward.desk.labels import place_label
from homeward.house import House

Row = dict[str, Any]
COLUMNS = (
    "ad", "capture", "source_id", "site", "url", "title", "body", "body_from", "city", "region", "country",
    "lat", "lon", "language", "posted_at", "seen_at", "zone_assumed", "phones", "emails", "photos",
    "revision",
)  # fmt: skip
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
        """What the ad says of itself: its mentions but for the address and host that its site gave it."""
        return [m for m in self.mentions if not (m["part"] == "url" and m["kind"] in ("url", "domain"))]

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
        named = next((m for m in self.mentions if m["kind"] == "place"), None)
        return place_label(*_parts(named["value"])) if named else ""

    @property
    def position(self) -> tuple[float, float] | None:
        """Where that place is, if the source or the gazetteer says."""
        if self.fields["lat"] is not None and self.fields["lon"] is not None:
            return self.fields["lat"], self.fields["lon"]
        for mention in self.mentions:
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


def load(house: House, ads: Iterable[str], *, pins: Mapping[str, int] | None = None) -> dict[str, Doc]:
    """Return the ads that are there, by id, each at its latest capture."""
    wanted = pa.array(sorted(set(ads)), pa.string())
    if not len(wanted) or house.lake.version("ads") < 0:
        return {}
    pins = pins or {}
    rows = house.lake.read(
        "ads", columns=list(COLUMNS), version=pins.get("ads"), filters=pc.field("ad").isin(wanted)
    )
    docs: dict[str, Doc] = {}
    for row in rows.sort_by([("revision", "ascending"), ("capture", "descending")]).to_pylist():
        docs[row["ad"]] = Doc(row["ad"], row["capture"], row)
    if not docs:
        return {}
    captures = pa.array(sorted(d.capture for d in docs.values()), pa.string())
    mentions = house.lake.read(
        "mentions", columns=list(MENTIONS), version=pins.get("mentions"),
        filters=pc.field("ad").isin(wanted) & pc.field("capture").isin(captures),
    )  # fmt: skip
    for mention in mentions.to_pylist():
        detail = json.loads(mention["detail"]) if mention["detail"] else {}
        mention["detail"] = detail
        mention["obscured"] = bool(detail.get("obscured"))
        docs[mention["ad"]].mentions.append(mention)
    for doc in docs.values():
        doc.mentions.sort(key=lambda m: (m["part"], m["start"], m["end"], m["kind"], m["value"]))
    return docs
