"""The triage queue, one lead, and what a person decides about it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from homeward.app.api.shapes.outcomes import OutcomeRow
from homeward.app.api.shapes.pieces import (
    GROUPS_NOTE,
    PLACES_NOTE,
    AdHit,
    Id,
    In,
    Numbers,
    Out,
    PhotoFacts,
    PlaceRow,
    Reason,
    Stay,
    Tab,
    ValueGroup,
    Weekly,
    WordingSummary,
)
from homeward.app.api.shapes.urgent import UrgentMark
from homeward.model.judgement import Decision, DismissReason
from homeward.model.lead import CAUTION, Word


class LeadDecision(Out):
    """The standing decision on a lead. `returned` says what is new in a dismissed one, which is back then."""

    id: str
    decision: Decision
    reason: DismissReason | None
    note: str
    until: date | None
    by: str
    at: datetime
    returned: str = ""


class LeadRow(Out):
    """A lead in the queue."""

    id: str
    identity: str
    rank: int
    word: Word
    title: str
    kinds: list[str]  # one a family of reasons for it, strongest first: the row's icons
    families: int
    ads: int
    personas: int
    phones: int
    names: int
    cities: int
    places: list[str]  # the first three
    weekly: Weekly
    first_seen: datetime | None
    last_seen: datetime | None
    venue_type: str | None
    checked: str  # "of 40 like this, 9 confirmed (12 to 38 %)", or that nothing was checked yet
    decision: LeadDecision | None
    urgent: UrgentMark | None


class TabCounts(Out):
    """How many leads each tab holds."""

    new: int
    priority: int
    handled: int


class MyArea(Out):
    """A person's area: places (a city, region or country; none is everywhere), days back, leads a day.

    `tag` is what a change must name in `If-Match`.
    """

    places: list[str]
    days: int
    a_day: int
    tag: str


class AreaRequest(In):
    """A person's new area."""

    places: list[Annotated[str, StringConstraints(max_length=120)]] = Field(max_length=40)
    days: int = Field(default=14, ge=1, le=3650)
    a_day: int = Field(default=20, ge=1, le=500)


class MyDay(MyArea):
    """What the person's area and day leave out of the `all` leads of the tab, so that nothing is hidden.

    `inside` are in the area and active since `since`; `today` of them are listed, `done` were decided today.
    """

    since: date
    until: date
    all: int
    inside: int
    today: int
    done: int


class LeadPage(Out):
    """One lead with its reasons. `shown` is told and never counted, touring among it."""

    lead: LeadRow
    outcome: OutcomeRow | None
    caution: str = CAUTION
    order_note: str
    numbers: Numbers
    reasons: list[Reason]
    against: list[Reason]
    shown: list[Reason]
    typical: AdHit | None
    wording: WordingSummary | None
    identifiers: list[ValueGroup]
    places: list[PlaceRow]
    stays: list[Stay]
    places_note: str = PLACES_NOTE
    photos: PhotoFacts


class LeadList(Out):
    """A page of the queue, best first. `searched` is filled when there is nothing to show.

    `opened` is the page of one of the leads, where it was asked for with the list.
    """

    tab: Tab
    mine: MyDay | None
    total: int
    counts: TabCounts
    leads: list[LeadRow]
    next: str | None
    run: str | None
    venues: list[str]  # venue types that the filter may take
    order_note: str
    groups_note: str = GROUPS_NOTE
    searched: str
    opened: LeadPage | None = None
    restricted: int  # leads that are there and restricted for whoever asks


class DecisionRequest(In):
    """A triage decision. `replaces` is the id of the standing decision that the person saw, if any."""

    decision: Decision
    reason: DismissReason | None = None
    note: Annotated[str, StringConstraints(max_length=2000)] = ""
    until: date | None = None
    replaces: Id | None = None

    @model_validator(mode="after")
    def _reason_fits(self) -> DecisionRequest:
        """A dismissal needs a reason, and `other` needs words; no other decision takes a reason."""
        if (self.decision is Decision.DISMISS) != (self.reason is not None):
            raise ValueError("a dismissal needs a reason, and nothing else takes one")
        if self.reason is DismissReason.OTHER and not self.note.strip():
            raise ValueError("the reason `other` needs a note")
        return self


class UndoRequest(In):
    """Takes back the decision with this id; 409 if another one stands by now."""

    decision: Id


class DecisionResult(Out):
    """What stands after a decision or its undoing, and a sentence that a screen reader speaks."""

    lead: str
    decision: LeadDecision | None
    counts: TabCounts
    sentence: str
