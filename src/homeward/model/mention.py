"""A mention: one thing an ad says, and where in the ad it says it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What a mention is of. The table in docs/reference/kinds.md gives each kind's normal form."""

    PHONE = "phone"
    EMAIL = "email"
    HANDLE = "handle"
    URL = "url"
    DOMAIN = "domain"
    ONION = "onion"
    CRYPTO = "crypto"
    PGP = "pgp"
    NAME = "name"
    AGE = "age"
    PRICE = "price"
    PLACE = "place"
    HEIGHT = "height"
    WEIGHT = "weight"
    HAIR = "hair"
    EYES = "eyes"
    VENUE = "venue"
    HOURS = "hours"
    LANGUAGE = "language"
    # What legal process begins with: who else can be asked. Shown and searchable; nothing joins by them yet.
    PAYMENT = "payment"
    ADDRESS = "address"
    INTERSECTION = "intersection"
    HOTEL = "hotel"
    VEHICLE = "vehicle"
    ACCOUNT = "account"
    REVIEW = "review"
    # Tattoos and scars as written: to compare with a named person, never scored.
    MARK = "mark"

    @classmethod
    def _missing_(cls, value: object) -> Kind | None:
        """Take `custom:name`, a kind that an agency's own knowledge file defines; it is no member."""
        if not isinstance(value, str) or not is_custom(value):
            return None
        kind = str.__new__(cls, value)
        kind._name_, kind._value_ = "CUSTOM", value
        return kind


CUSTOM = "custom:"
LONGEST_CUSTOM = 40  # characters of the name of an agency's own kind


def is_custom(kind: str) -> bool:
    """Whether a kind is an agency's own: `custom:` and a name of lower-case letters, figures, - and _."""
    name = kind.removeprefix(CUSTOM)
    plain = name.replace("-", "").replace("_", "")
    fits = plain.isascii() and plain.isalnum() and name == name.lower() and len(name) <= LONGEST_CUSTOM
    return kind.startswith(CUSTOM) and fits


CONTACT_KINDS = (Kind.PHONE, Kind.EMAIL, Kind.HANDLE, Kind.DOMAIN, Kind.ONION, Kind.CRYPTO, Kind.PGP)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` to `end` of a part of an ad, in Unicode code points, as it was received."""

    start: int
    end: int

    def cut(self, text: str) -> str:
        """Return the characters of `text` that the span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Mention:
    """One thing an ad says, and where in the ad it says it.

    This is the spoken form, for tests, the API and explanations; inside a kernel the same facts are
    columns (`schema.MENTIONS`), because a million ads make nine million of them.
    """

    kind: Kind
    value: str  # normal form: "+441632960123"
    raw: str  # as written: "o1632 nine six oh 123"
    span: Span  # characters of the part, so that a page can mark them: part[start:end] == raw
    part: str  # "title", "body", "url", "phones[0]", "emails[1]"; "text" in `homeward read`
    reader: str  # "phone/1": which reader, which version
    confidence: float = 1.0  # the share of such readings expected to be right
    detail: dict[str, Any] = field(default_factory=dict)
