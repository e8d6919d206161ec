"""An ad: one offer on one site, under one key, as its source gave it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from homeward.model import ids


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture an ad shows, as named by the source; the bytes, if taken in, lie in the blobs."""

    path: str = ""
    url: str = ""
    sha256: str = ""
    pdq: str = ""


@dataclass(frozen=True, slots=True)
class Ad:
    """One ad as received. Text is never cleaned here: spans must point into what the source wrote.

    Times are UTC; `zone_assumed` says that a time came without a zone and was taken as UTC.
    `extra` is a JSON object with every field that this form does not know.
    """

    source_id: str | None = None
    url: str | None = None
    site: str | None = None
    posted_at: datetime | None = None
    seen_at: datetime | None = None
    zone_assumed: bool = False
    title: str | None = None
    body: str | None = None
    html: str | None = None
    body_from: str | None = None  # "html" when `body` was derived from `html`
    city: str | None = None
    region: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    language: str | None = None
    photos: tuple[Photo, ...] = ()
    extra: str = "{}"

    @property
    def id(self) -> str:
        """The ad's deterministic id, from its key."""
        return ids.ad_id(self.site, self.source_id, normalise_url(self.url) if self.url else None)

    @property
    def name(self) -> str:
        """What the source calls the ad: its `id`, else its URL."""
        return self.source_id or self.url or ""

    def content_hash(self) -> str:
        """Return the SHA-256 of everything but the two clocks: equal hashes are the same content."""
        parts = [
            self.url, self.title, self.body if self.body_from is None else None, self.html, self.city,
            self.region, self.country, self.lat, self.lon, list(self.phones), list(self.emails),
            self.language, [[p.path, p.url, p.sha256, p.pdq] for p in self.photos], self.extra,
        ]  # fmt: skip
        text = json.dumps(parts, ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(text.encode("ascii")).hexdigest()


def normalise_url(url: str) -> str:
    """Return a URL with lower-case scheme and host, without default port, fragment or trailing slash.

    What cannot be parsed is returned as it is, stripped: an odd URL is still a key.
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").lower()
        port = parts.port
    except ValueError:
        return url.strip()
    if not host:
        return url.strip()
    scheme = parts.scheme.lower()
    default = {"http": 80, "https": 443}.get(scheme)
    netloc = host if port in (None, default) else f"{host}:{port}"
    return urlunsplit((scheme, netloc, parts.path.rstrip("/"), parts.query, ""))


def as_utc(value: datetime) -> tuple[datetime, bool]:
    """Return the time in UTC, and whether its zone had to be assumed."""
    if value.tzinfo is None:
        return value.replace(tzinfo=UTC), True
    return value.astimezone(UTC), False


@dataclass(frozen=True, slots=True)
class Sighting:
    """An ad seen again with the same content: the clocks it was seen with."""

    ad: str
    capture: str
    posted_at: datetime | None
    seen_at: datetime | None
    fields: dict[str, Any] = field(default_factory=dict)
