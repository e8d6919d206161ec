"""Add one ad by hand: its text, or a saved page, with where and when it was seen."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from homeward.desk import supply
from homeward.desk.permissions import permitted
from homeward.house import House
from homeward.model.actor import Actor
from homeward.model.ad import normalise_url
from homeward.model.capture import Supply
from homeward.model.errors import UsageError
from homeward.model.ids import ad_id

Row = dict[str, Any]
FIELDS = ("url", "site", "posted_at", "seen_at", "title", "body", "html", "city", "region", "country")
LONGEST = 2_000_000  # characters of a text or page
BY_HAND = "by-hand-"


@permitted("corpus.add")
def add(actor: Actor, house: House, given: Mapping[str, Any], *, basis: str | None = None,
        source: str | None = None) -> Row:  # fmt: skip
    """Take one ad in and return its id and what became of it; an ad without an address is named by its text.

    The same text at the same address again is a sighting, another text a new capture. Links, groups and
    leads follow with the next refresh.
    """
    record = {name: given[name] for name in FIELDS if given.get(name)}
    if not any(record.get(name) for name in ("title", "body", "html")):
        raise UsageError("There is no text.", remedy="Paste the ad's text, or choose a saved page.")
    if any(len(text) > LONGEST for text in record.values()):
        raise UsageError(f"A text holds up to {LONGEST:,} characters.")
    source_id = None
    if not record.get("url"):
        parts = [record.get(name, "") for name in ("site", "title", "body", "html")]
        source_id = BY_HAND + hashlib.blake2b(json.dumps(parts).encode(), digest_size=8).hexdigest()
        record["id"] = source_id
    key = ad_id(record.get("site"), source_id, None if source_id else normalise_url(record["url"]))
    path = _written(house, record)
    try:
        said = Supply(actor.name, basis, house.clock(), source)
        counts = supply.taken_in(house, str(path), said, by=actor)
    finally:
        path.unlink(missing_ok=True)
    became = next((name for name in ("stored", "changed", "repeated") if counts[name]), "set_aside")
    return {
        "ad": None if became == "set_aside" else key,
        "became": became,
        "reasons": list(counts["reasons"]),
    }


def _written(house: House, record: Mapping[str, Any]) -> Path:
    """Write the record as a file of one line, as every supply is; its name holds nothing of the ad."""
    folder = house.home / "spool"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"by-hand-{os.urandom(8).hex()}.jsonl"
    with path.open("x", encoding="utf-8", errors="surrogatepass") as file:
        file.write(json.dumps(record) + "\n")
    return path
