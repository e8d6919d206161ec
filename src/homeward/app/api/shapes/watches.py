"""Shapes of saved searches and watched values."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from homeward.app.api.shapes.finds import FacetFilter
from homeward.app.api.shapes.pieces import AdHit, In, Out

Kind = Literal["search", "value"]


class Watched(In):
    """What is looked for: as a search says it, without how it is shown."""

    text: Annotated[str, StringConstraints(max_length=2000)] = ""
    filters: list[FacetFilter] = Field(default_factory=list, max_length=100)
    first: date | None = None
    last: date | None = None


class WatchRequest(In):
    """A search or a value to look at again, until a day."""

    kind: Kind
    name: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    request: Watched
    days: Annotated[int, Field(ge=1, le=180)] = 30


class WatchRow(Out):
    """A watch: how many ads it finds, and how many of them it did not find at the last look.

    With `too_many` nothing is told apart as new.
    """

    id: str
    kind: Kind
    name: str
    request: Watched
    made_at: datetime
    expires_at: datetime
    looked_at: datetime
    total: int
    new: int
    too_many: bool


class WatchList(Out):
    """One's own watches, newest first."""

    watches: list[WatchRow]
    most_days: int


class WatchLook(WatchRow):
    """What a watch found; `hits` are the new ones, up to a screen of them."""

    hits: list[AdHit]
