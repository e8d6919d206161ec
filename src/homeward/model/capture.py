"""A capture: one content of an ad, with where its bytes came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from homeward.model.ad import Ad

SOURCE_KINDS = ("site", "feed", "file", "hand")  # what a registered source of ads is


@dataclass(frozen=True, slots=True)
class Supply:
    """Who handed a file over, on what legal basis, and when it was obtained.

    `source` is the registered source; its basis stands where none of the file's own was given.
    """

    supplier: str | None = None
    basis: str | None = None
    obtained: datetime | None = None
    source: str | None = None

    @property
    def statement(self) -> str:
        """The sentence that stands beside every capture of this supply."""
        return f"as supplied by {self.supplier or 'an unnamed supplier'}, not witnessed"


@dataclass(frozen=True, slots=True)
class Capture:
    """One record of a supplied file, read: the ad, its original bytes, and its place in the file."""

    ad: Ad
    original: bytes
    position: int  # record number in the supplied file, from 0


@dataclass(frozen=True, slots=True)
class SetAside:
    """A record (or a photo of one) that could not be taken in, and why. Nothing is dropped silently."""

    position: int
    reason: str  # a short slug, such as "json" or "too-large"
    detail: str  # one sentence
    original: bytes  # the first 64 KiB of it
    what: str = "record"  # or "photo": then the ad itself was taken in
