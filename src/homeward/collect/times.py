"""Times as the world writes them, read as UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from homeward.model.ad import as_utc
from homeward.model.errors import RecordError

# No ad is older than the web and none is from the next century: a time outside says that the record's
# clock, and so the record, cannot be trusted.
FIRST, LAST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
# Numbers of this size are seconds since 1970 (1973 to 5138), then milli-, then microseconds.
SECONDS = (1e8, 1e11)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST = 64


def read_time(value: Any, name: str) -> tuple[datetime | None, bool]:
    """Return a time in UTC and whether its zone was assumed; (None, False) when its form is not known.

    ISO 8601 in its usual forms, RFC 2822, and seconds, milliseconds or microseconds since 1970 are known.
    A time that is understood and absurd (the year 9999, infinity) raises RecordError.
    """
    try:
        if type(value) is str:
            found = _from_text(value)
        elif isinstance(value, datetime):
            found = as_utc(value)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            found = _from_number(float(value))
        else:
            raise RecordError("type", f"{name} is {type(value).__name__}, not a time")
    except (OverflowError, OSError):
        raise RecordError("time", f"{name} is not a possible time") from None
    if found[0] is not None and not FIRST <= found[0] < LAST:
        raise RecordError("time", f"{name} lies in the year {found[0].year}")
    return found


def _from_text(text: str) -> tuple[datetime | None, bool]:
    try:
        return as_utc(datetime.fromisoformat(text))
    except ValueError:
        pass
    text = text.strip()
    if len(text) > _LONGEST:
        return None, False
    number = text[1:] if text.startswith("-") else text
    if number.replace(".", "", 1).isdecimal() and number.isascii() and len(number) > 8:
        return _from_number(float(text))
    try:
        return as_utc(datetime.fromisoformat(_tidied(text)))
    except ValueError:
        pass
    try:
        return as_utc(parsedate_to_datetime(text))
    except (ValueError, TypeError, IndexError):
        return None, False


def _tidied(text: str) -> str:
    """Return the text without " UTC" or " GMT", and a space before a zone taken out."""
    for zone in (" UTC", " GMT", "UTC", " Z"):
        if text.endswith(zone):
            return text.removesuffix(zone) + "+00:00"
    head, space, zone = text.rpartition(" ")
    return head + zone if space and zone[:1] in "+-" else text


def _from_number(number: float) -> tuple[datetime | None, bool]:
    size = abs(number)
    for scale in (1.0, 1e3, 1e6):
        if SECONDS[0] <= size / scale < SECONDS[1]:
            return _EPOCH + timedelta(seconds=number / scale), False
    raise OverflowError
