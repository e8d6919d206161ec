"""Movement of an identity."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from homeward.app.api.shapes.pieces import Numbers, Out, PlaceRow, Weekly
from homeward.model.identity import Level
from homeward.model.lead import CAUTION


class MovementPlace(PlaceRow):
    """A place. `area` is the position of the place that stands for its metropolitan area, often itself."""

    area: int


class MovementPersona(Out):
    """Somebody whose stays are told apart from those of others."""

    id: str
    label: str
    ads: int


class MovementStay(Out):
    """Consecutive ads of one persona in one area. `persona` and `place` are positions in their lists.

    `posted` ads give a time of posting, `seen` ads only when they were seen. A stay that is not `drawn` rests
    on a day of several places; `after_gap` follows more than 14 days of silence: no arc leads to either.
    `ad_ids` are the first fifty.
    """

    persona: int
    place: int
    first: datetime
    last: datetime
    ads: int
    posted: int
    seen: int
    precision: str
    drawn: bool
    after_gap: bool
    ad_ids: list[str]


class MovementArc(Out):
    """A journey between two stays of one persona (positions in `stays`); `days` from last ad to first."""

    start: int
    end: int
    persona: int
    km: int | None
    days: float


class Blast(Out):
    """One wording or persona in three or more far places on one day: bulk posting, not travel."""

    day: date
    places: list[int]
    ads: int
    ad_ids: list[str]
    sentence: str


class MovementConflict(Out):
    """A contradiction: several places on one day, or a step faster than anybody travels. Never drawn."""

    day: date
    persona: int
    places: list[int]
    ads: int
    kind: Literal["one day", "too fast"]
    sentence: str


class MovementCircuit(Out):
    """Places gone round in one order at least about twice. Shown, never counted.

    `chance` bounds how likely wandering in no order shows it.
    """

    places: list[int]
    rounds: float
    explained: float = Field(ge=0, le=1)
    chance: float = Field(ge=0, le=1)
    personas: list[int]
    sentence: str


class MovementTogether(Out):
    """Two personas in the same places in the same days. `called` holds at a false-discovery rate of 5 %."""

    a: int
    b: int
    places: list[int]
    meetings: int
    share: float = Field(ge=0, le=1)
    p: float = Field(ge=0, le=1)
    called: bool
    sentence: str


class MovementChange(Out):
    """From the week that begins at `week` on, another level."""

    what: Literal["posting", "price", "numbers"]
    week: date
    before: float
    after: float
    sentence: str


class MovementPage(Out):
    """Where an identity's ads say it was. `places` are in order of their first ad; all lists are bounded.

    `undated` ads give no time and `unplaced` ones no place: they are in no stay.
    """

    id: str
    level: Level
    places: list[MovementPlace]
    personas: list[MovementPersona]
    stays: list[MovementStay]
    stays_total: int
    arcs: list[MovementArc]
    blasts: list[Blast]
    conflicts: list[MovementConflict]
    circuits: list[MovementCircuit]
    together: list[MovementTogether]
    changes: list[MovementChange]
    weekly: Weekly
    undated: int
    unplaced: int
    precision_note: str
    clock_note: str
    counted_note: str
    caution: str = CAUTION
    numbers: Numbers


class SurgeRow(Out):
    """More ads in a place on some days than its own past explains."""

    place: str
    first: date
    last: date
    ads: int
    expected: float
    p: float = Field(ge=0, le=1)
    sentence: str


class SurgeList(Out):
    """Surges, the least likely first. `searched` is filled when there is none."""

    surges: list[SurgeRow]
    note: str
    precision_note: str
    searched: str
    numbers: Numbers


class AlikeRow(Out):
    """A network whose circuit has steps in common; `back`: gone the other way round."""

    identity: str
    share: float = Field(ge=0, le=1)
    back: bool
    places: list[str]
    sentence: str


class AlikePage(Out):
    """Networks that go a round like an identity's, most alike first. Shown, never counted."""

    identity: str
    alike: list[AlikeRow]
    counted_note: str
    precision_note: str
    caution: str = CAUTION
    numbers: Numbers
