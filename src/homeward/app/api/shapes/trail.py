"""Shapes of looking back: events of the audit log, how it stands, and who looked at something."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from pydantic import Field, StringConstraints, field_validator

from homeward.app.api.shapes.pieces import In, Out
from homeward.model.event import Act

Word = Annotated[str, StringConstraints(max_length=64)]


class TrailRequest(In):
    """Which events: of a person, on a thing, of an act, from a time to another; `before` goes on."""

    person: Word = ""
    thing: Word = ""
    act: Act | None = None
    since: datetime | None = None
    until: datetime | None = None
    before: Annotated[int, Field(ge=0, le=2**53)] = 0
    limit: Annotated[int, Field(ge=1, le=200)] = 50

    @field_validator("since", "until")
    @classmethod
    def _zoned(cls, value: datetime | None) -> datetime | None:
        """Return a time in UTC: one without a zone might be any of 26, and year 1 has no day before."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time has a zone, such as 2026-01-20T18:00:00Z")
        try:
            return value.astimezone(UTC)
        except OverflowError:
            raise ValueError("a time is of the years 1 to 9999 in UTC") from None


class EventRow(Out):
    """An event's header; `objects` are ids."""

    seq: int
    at: datetime
    actor: str
    role: str
    door: str
    act: str
    purpose: str
    case: str
    objects: list[str]
    rows: int | None
    outcome: str
    erased: bool


class Trail(Out):
    """Events, newest first, of `size` in the log."""

    events: list[EventRow]
    size: int
    next: int | None


class EventDetail(EventRow):
    """An event with what is sealed in it; empty where that was erased."""

    detail: dict[str, str]


class LogCopy(Out):
    """A place that checkpoints are copied to, and what lies there."""

    place: str
    size: int | None
    trouble: str


class LogState(Out):
    """How the log stands. `trouble` is empty when nothing is known to be wrong."""

    size: int
    signed: int
    signed_at: datetime | None
    key: str
    trouble: str
    copies: list[LogCopy]


class Verified(Out):
    """What reading the whole log found; `wrong` is empty when every entry fits what was signed."""

    entries: int
    erased: int
    checkpoints: int
    root: str
    wrong: list[str]


class LookRow(Out):
    """Somebody who looked, searched, decided or took out."""

    at: datetime
    actor: str
    role: str
    act: str
    purpose: str
    what: str


class Looks(Out):
    """Who looked at something, newest first; `left_out` says what is not shown."""

    looks: list[LookRow]
    next: int | None
    left_out: str
