"""Shapes of the urgent path: possible child or immediate danger."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import StringConstraints

from homeward.app.api.shapes.pieces import In, Out

UrgentKind = Literal["possible-child", "immediate-danger"]


class UrgentMark(Out):
    """A mark that a person set. `lead` is the lead that its ads are in now; the clock runs from `at`."""

    id: str
    lead: str | None
    kind: UrgentKind
    by: str
    why: str
    at: datetime
    ads: int
    acknowledged_by: str | None
    acknowledged_at: datetime | None
    own: bool


class UrgentList(Out):
    """What is marked: all to the duty officer, one's own marks to others; and the unit's contact sheet."""

    duty: bool
    marks: list[UrgentMark]
    now: datetime
    sheet: str
    note: str


class UrgentRequest(In):
    """A mark on a lead."""

    kind: UrgentKind
    why: Annotated[str, StringConstraints(max_length=1_000)] = ""


class UrgentMade(Out):
    """The mark, whom to call, and what happened in a sentence."""

    mark: UrgentMark
    sheet: str
    sentence: str


class SheetRequest(In):
    """The unit's contact sheet; empty takes it away."""

    text: Annotated[str, StringConstraints(max_length=8_000)]


class SheetPage(Out):
    """The unit's contact sheet as it stands."""

    sheet: str


class Sentence(Out):
    """What happened."""

    sentence: str
