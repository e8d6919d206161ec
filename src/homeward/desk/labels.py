"""How values are written for people: labels of kinds, of values, and of places."""

from __future__ import annotations

import re

from homeward.connect.spoken import spell
from homeward.model.mention import CUSTOM, Kind

__all__ = ["kind_label", "kind_place", "label", "place_label", "sure"]

KINDS: dict[str, str] = {
    Kind.PHONE: "Phones", Kind.HANDLE: "Handles", Kind.EMAIL: "E-mail addresses", Kind.NAME: "Names used",
    Kind.PLACE: "Places named", Kind.PRICE: "Prices", Kind.AGE: "Ages stated", Kind.DOMAIN: "Domains",
    Kind.URL: "Links", Kind.ONION: "Onion addresses", Kind.CRYPTO: "Crypto addresses", Kind.PGP: "PGP keys",
    Kind.VENUE: "Where", Kind.HOURS: "Hours", Kind.LANGUAGE: "Languages", Kind.HEIGHT: "Heights",
    Kind.WEIGHT: "Weights", Kind.HAIR: "Hair", Kind.EYES: "Eyes", Kind.PAYMENT: "Ways of paying",
    Kind.ADDRESS: "Street addresses", Kind.INTERSECTION: "Crossings", Kind.HOTEL: "Hotels and rooms",
    Kind.VEHICLE: "Vehicles", Kind.ACCOUNT: "The site's ids", Kind.REVIEW: "Review-site ids",
    Kind.MARK: "Tattoos and scars",
}  # fmt: skip
# The order in which kinds stand on a page: what reaches a person first, descriptions last.
ORDER = tuple(KINDS)


def sure(confidence: float) -> str:
    """Return how sure a reader is of a mention, as a word: a number would promise an error rate."""
    return "sure" if confidence >= 0.9 else "fairly sure" if confidence >= 0.6 else "unsure"


_FOR = re.compile(r" (\d+min)$")


def label(kind: str, value: str) -> str:
    """Return a value as a page shows it: as sentences write it, and a price with what it is for."""
    if kind == Kind.PRICE:
        return _FOR.sub(lambda found: f" for {found[1].removesuffix('min')} min", value)
    return spell(kind, value)


def kind_label(kind: str) -> str:
    """Return the heading of a kind."""
    return KINDS.get(kind, kind.removeprefix(CUSTOM).replace("_", " ").capitalize())


def kind_place(kind: str) -> int:
    """Return where a kind stands on a page; one never met before comes last."""
    return ORDER.index(kind) if kind in ORDER else len(ORDER)


def place_label(city: str | None, region: str | None, country: str | None) -> str:
    """Return a place as it is written: "Reno, NV"; the country only where no region is known."""
    known = [part for part in (city, region) if part]
    if not region and country:
        known.append(country)
    return ", ".join(known)
