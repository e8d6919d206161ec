"""One record, field by field, as an ad; what this form does not know is kept under `extra`."""

from __future__ import annotations

import hashlib
import itertools
import json
import math
from collections import Counter
from collections.abc import Mapping
from typing import Any

import orjson

from homeward.collect.chunk import DEPTH
from homeward.collect.html_text import text_of
from homeward.collect.photos import PhotoFolder, Refuse, read_photos
from homeward.collect.times import read_time
from homeward.model.ad import Ad, Photo, normalise_url
from homeward.model.errors import RecordError, UsageError
from homeward.model.ids import ad_id

# What this way of reading gives is told apart from what a later one may give for the same file.
VERSION = "fields/2"
# The fields an ad may have; the names of CSV and Parquet columns, and the left side of a mapping.
NAMES = ("id", "url", "site", "posted_at", "seen_at", "title", "body", "html", "city", "region", "country",
         "lat", "lon", "phones", "emails", "language", "photos")  # fmt: skip
CONTACTS = 200  # phones or e-mail addresses that a site lists for one ad
_UNREAD = "unread"

_canonical = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode


def check_mapping(mapping: Mapping[str, Any]) -> dict[str, str]:
    """Return a mapping (our field → their field) if every name in it is possible; raises UsageError."""
    for ours, theirs in mapping.items():
        if ours not in NAMES:
            raise UsageError(
                f"The mapping names a field {ours!r} that an ad does not have.",
                remedy=f"An ad has: {', '.join(NAMES)}.",
            )
        if not isinstance(theirs, str) or not theirs:
            raise UsageError(f"The mapping gives no field for {ours!r}.", remedy='Write {"body": "text"}.')
    for theirs, count in Counter(mapping.values()).items():
        if count > 1:
            ours = " and ".join(repr(one) for one in mapping if mapping[one] == theirs)
            raise UsageError(
                f"The mapping takes {ours} from one field, {theirs!r}.", remedy="Name each of theirs once."
            )
    return dict(mapping)


class FieldReader:
    """Reads records of one supply; knows its mapping and which photos may be named."""

    def __init__(self, mapping: Mapping[str, str] | None = None, folder: PhotoFolder | None = None) -> None:
        self._mapping = dict(mapping or {})
        self._folder = folder or PhotoFolder(None)

    def read(self, record: dict[str, Any], refuse: Refuse) -> tuple[str, str, list[Any]]:
        """Return an ad's id, its content hash, and its fields in the order of `schema.AD_FIELDS`.

        `record` is used up. Raises RecordError when the record cannot be an ad. Numbers as `id` or phone
        are taken as text; a clock or place that cannot be understood stays under `extra` with its reason.
        """
        if self._mapping:
            record = self._renamed(record)
        take = record.pop
        source_id = _text(take("id", None), "id", number=True)
        url = _text(take("url", None), "url")
        site = _text(take("site", None), "site")
        if not source_id and not url:
            raise RecordError("no-key", "the record has neither id nor url")
        title, body = _text(take("title", None), "title"), _text(take("body", None), "body")
        html = _text(take("html", None), "html")
        body_from = None
        if body is None and html is not None:
            body, body_from = text_of(html) or None, "html"
        if title is None and body is None:
            raise RecordError("no-text", "the record has no title, no body and no text in its html")
        unread: dict[str, Any] = {}
        posted, posted_zone = _time(record, "posted_at", unread)
        seen, seen_zone = _time(record, "seen_at", unread)
        lat, lon = _degrees(record, "lat", 90.0, unread), _degrees(record, "lon", 180.0, unread)
        fields = [
            source_id, url, site, posted, seen, posted_zone or seen_zone, title, body, html, body_from,
            _text(take("city", None), "city"), _text(take("region", None), "region"),
            _text(take("country", None), "country"), lat, lon,
            _texts(take("phones", None), "phones"), _texts(take("emails", None), "emails"),
            _text(take("language", None), "language"),
            read_photos(photos, self._folder, refuse) if (photos := take("photos", None)) else [],
            _extra(record, unread),
        ]  # fmt: skip
        key = ad_id(site, source_id, None if source_id else normalise_url(url or ""))
        return key, content_hash(fields), fields

    def _renamed(self, record: dict[str, Any]) -> dict[str, Any]:
        """Return the record with their names replaced by ours; what is displaced stays in extra."""
        taken = {ours: record.pop(theirs) for ours, theirs in self._mapping.items() if theirs in record}
        for ours in taken:
            if ours in record:
                record[_free(record, f"original_{ours}")] = record.pop(ours)
        return record | taken


def _free(taken: Mapping[str, Any], name: str) -> str:
    """Return the name, or the next one like it that nothing has: what a record says is never overwritten."""
    names = itertools.chain((name,), (f"{name}_{n}" for n in itertools.count(2)))
    return next(one for one in names if one not in taken)


def content_hash(fields: list[Any]) -> str:
    """Return what `Ad.content_hash` returns, from the columns: a million ads need it without the objects."""
    (_, url, _, _, _, _, title, body, html, body_from, city, region, country, lat, lon, phones, emails,
     language, photos, extra) = fields  # fmt: skip
    named = [[p["path"], p["url"], p["sha256"], p["pdq"]] for p in photos] if photos else photos
    parts = [url, title, body if body_from is None else None, html, city, region, country, lat, lon, phones,
             emails, language, named, extra]  # fmt: skip
    return hashlib.sha256(_canonical(parts).encode("ascii")).hexdigest()


def as_ad(fields: list[Any]) -> Ad:
    """Return the spoken form of the fields of one record."""
    values = list(fields)
    values[15], values[16] = tuple(values[15]), tuple(values[16])
    values[18] = tuple(Photo(**photo) for photo in values[18])
    return Ad(*values)


def _text(value: Any, name: str, *, number: bool = False) -> str | None:
    """Return a text, None for nothing; anything else is not an ad as we know it."""
    if type(value) is str:
        return value or None
    if value is None:
        return None
    if number and type(value) is int:
        return str(value)
    raise RecordError("type", f"{name} is {type(value).__name__}, not text")


def _texts(value: Any, name: str) -> list[str]:
    if not value:
        return []
    if type(value) is not list:
        value = [value]
    if len(value) > CONTACTS:
        raise RecordError("type", f"{name} has {len(value)} entries; {CONTACTS} are read at most")
    found = [_text(item, name, number=True) for item in value]
    return [text for text in found if text]


def _time(record: dict[str, Any], name: str, unread: dict[str, Any]) -> tuple[Any, bool]:
    value = record.pop(name, None)
    if value is None or value == "":
        return None, False
    time, assumed = read_time(value, name)
    if time is None:
        unread[name] = value
    return time, assumed


def _degrees(record: dict[str, Any], name: str, most: float, unread: dict[str, Any]) -> float | None:
    value = record.pop(name, None)
    if value is None or value == "":
        return None
    if type(value) not in (float, int, str):
        raise RecordError("type", f"{name} is {type(value).__name__}, not a number")
    try:
        number = float(value)
    except (ValueError, OverflowError):
        number = math.nan
    if not -most <= number <= most:  # also true of what is not a number
        unread[name] = str(value)
        return None
    return number


def _extra(record: dict[str, Any], unread: dict[str, Any]) -> str:
    """Return what is left over as a JSON object, sorted; a field named `extra` is opened into it.

    What that names a second time stays in it.
    Clocks and places that could not be understood lie under `unread`, or `unread_2` where it has that name.
    """
    if not record and not unread:
        return "{}"
    inner = record.pop("extra", None)
    if isinstance(inner, dict):
        twice = {name: value for name, value in inner.items() if name in record}
        record = inner | record | ({"extra": twice} if twice else {})
    elif inner is not None:
        record["extra"] = inner
    if unread:
        record[_free(record, _UNREAD)] = unread
    try:
        return orjson.dumps(record, option=orjson.OPT_SORT_KEYS).decode()
    except (TypeError, ValueError) as error:
        raise RecordError("type", f"a field cannot be kept: {error}") from None


def check_shape(value: Any, depth: int = 0) -> int:
    """Return how many keys all objects in a value have; raises RecordError where it is too deep."""
    if depth > DEPTH:
        raise RecordError("depth", f"objects and lists lie more than {DEPTH} deep in each other")
    keys, items = (len(value), value.values()) if type(value) is dict else (0, value)
    for item in items:
        kind = type(item)
        if (kind is dict or kind is list) and item:
            keys += check_shape(item, depth + 1)
    return keys


def check_nul(value: Any) -> None:
    """Raise RecordError if a text in a value, whose depth is bounded, holds the character NUL."""
    if type(value) is str:
        if "\0" in value:
            raise RecordError("nul", "a text holds the character NUL")
    elif type(value) is dict:
        check_nul(list(value))
        check_nul(list(value.values()))
    elif type(value) is list:
        for item in value:
            check_nul(item)
