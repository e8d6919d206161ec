"""How values are written for people: labels of kinds, of values, and of places."""

from __future__ import annotations

from functools import lru_cache

import phonenumbers

from homeward.model.mention import CUSTOM, Kind

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
CALLING_CODE_US = "+1"


def kind_label(kind: str) -> str:
    """Return the heading of a kind."""
    return KINDS.get(kind, kind.removeprefix(CUSTOM).replace("_", " ").capitalize())


def kind_place(kind: str) -> int:
    """Return where a kind stands on a page; one never met before comes last."""
    return ORDER.index(kind) if kind in ORDER else len(ORDER)


@lru_cache(maxsize=65_536)
def label(kind: str, value: str) -> str:
    """Return a value as people write it: "(702) 555-0134", "@amber on instagram"."""
    if kind == Kind.PHONE:
        return _phone(value)
    if kind == Kind.HANDLE:
        platform, found, name = value.partition(":")
        return f"@{name} ({platform})" if found and name else value
    return value


def _phone(value: str) -> str:
    try:
        number = phonenumbers.parse(value)
    except phonenumbers.NumberParseException:
        return value
    national = value.startswith(CALLING_CODE_US)
    form = (
        phonenumbers.PhoneNumberFormat.NATIONAL if national else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return str(phonenumbers.format_number(number, form)) or value


def place_label(city: str | None, region: str | None, country: str | None) -> str:
    """Return a place as it is written: "Reno, NV"; the country only where no region is known."""
    known = [part for part in (city, region) if part]
    if not region and country:
        known.append(country)
    return ", ".join(known)
