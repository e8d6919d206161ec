"""How values are written in sentences that people read."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import phonenumbers

_NORTH_AMERICA = "+1"


@lru_cache(maxsize=65_536)
def spell(kind: str, value: str) -> str:
    """Return a value as a person writes it: "(702) 555-0134", "@amber (telegram)"; others as they are."""
    if kind == "phone":
        return _phone(value)
    if kind == "handle":
        platform, found, name = value.partition(":")
        return f"@{name} ({platform})" if found and name else value
    return value


def day(at: date) -> str:
    """Return a day as every page writes it: "5 Dec 2025"."""
    return f"{at.day} {at:%b %Y}"


def _phone(value: str) -> str:
    try:
        number = phonenumbers.parse(value)
    except phonenumbers.NumberParseException:
        return value
    forms = phonenumbers.PhoneNumberFormat
    form = forms.NATIONAL if value.startswith(_NORTH_AMERICA) else forms.INTERNATIONAL
    return str(phonenumbers.format_number(number, form)) or value
