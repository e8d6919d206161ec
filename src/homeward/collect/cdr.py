"""Memex CDR documents, versions 2 and 3, as records with our names."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

_IMAGE_ENDS = (".jpg", ".jpeg", ".png", ".webp", ".gif")


def is_cdr(record: dict[str, Any]) -> bool:
    """Whether a record is a CDR document: its own field names, or Elasticsearch's wrapping around them."""
    if "_id" not in record:
        return False
    inner = record.get("_source")
    if isinstance(inner, dict):
        return is_cdr({"_id": "", **inner})
    named = "raw_content" in record or "extracted_text" in record
    return named or "crawl_data" in record or "timestamp_crawl" in record


def from_cdr(record: dict[str, Any]) -> dict[str, Any]:
    """Return the record with our names; what has none (crawler, team, version …) keeps its own.

    `timestamp_crawl` (version 3) or `timestamp` (version 2) is when it was seen; `extracted_text` is the
    body, `raw_content` the page. The site, which CDR does not name, is the URL's host. Objects that are
    images are photos by their URL: their stored path is the crawler's, not a path beside this file.
    """
    inner = record.pop("_source", None)
    found = {**record, **inner} if isinstance(inner, dict) else record
    _move(found, "_id", "id")
    _move(found, "timestamp_crawl", "seen_at")
    _move(found, "timestamp", "seen_at")
    _move(found, "raw_content", "html")
    _move(found, "extracted_text", "body")
    url = found.get("url")
    if isinstance(url, str) and not found.get("site"):
        found["site"] = _host(url)
    objects = found.get("objects")
    if isinstance(objects, list) and not found.get("photos"):
        found["photos"] = [{"url": address} for item in objects if (address := _image(item))]
    return found


def _move(record: dict[str, Any], theirs: str, ours: str) -> None:
    if theirs in record and record.get(ours) in (None, ""):
        record[ours] = record.pop(theirs)


def _host(url: str) -> str | None:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.") or None
    except ValueError:
        return None


def _image(item: Any) -> str | None:
    if not isinstance(item, dict):
        return None
    url = item.get("obj_original_url") or item.get("obj_stored_url")
    kind = item.get("content_type")
    if not isinstance(url, str):
        return None
    if isinstance(kind, str) and kind:
        return url if kind.startswith("image/") else None
    return url if url.lower().endswith(_IMAGE_ENDS) else None
