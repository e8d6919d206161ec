"""Shapes of records management: what was asked for, due, held, corrected, handed out, erased."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from homeward.app.api.shapes.pieces import Id, In, Out, Short

MOST_ADS = 200  # of one act in the interface; the command line takes more
Ads = Annotated[list[Id], Field(min_length=1, max_length=MOST_ADS)]
# Of one erasure: each rebuilds groups and index, so that a purge in small portions would take days.
Portion = Annotated[list[Id], Field(min_length=1, max_length=2_000)]
Why = Annotated[str, StringConstraints(min_length=1, max_length=2_000)]
Said = Annotated[str, StringConstraints(min_length=1, max_length=400)]
AskedKind = Literal["remove", "restrict", "rectify", "access"]
Grounds = Literal["shows-me", "not-my-will", "wrong", "no-longer-true", "other"]


class AskedRow(Out):
    """What a person asked for, and what acting on it touches. Nobody's name is known."""

    reference: str
    kind: AskedKind
    grounds: Grounds
    ads: list[str]
    at: datetime
    by: str
    answer: str | None  # "restricted" while its ads are; else not answered yet
    leads: int
    held: int
    recipients: int


class HoldRow(Out):
    """A hold that stands."""

    ad: str
    why: str
    by: str
    at: datetime


class CorrectionRow(Out):
    """A correction that stands."""

    seq: int
    ad: str
    kind: str
    value: str
    says: Literal["corrected", "disputed"]
    right: str
    why: str
    by: str
    at: datetime


class HandedRow(Out):
    """An act by which ads were handed out."""

    at: datetime
    recipient: str
    what: str
    basis: str
    by: str
    ads: int


class RecordsPage(Out):
    """The records officer's page."""

    requests: list[AskedRow]
    due: list[str]
    due_total: int
    due_held: int
    kept_days: int
    holds: list[HoldRow]
    corrections: list[CorrectionRow]
    disclosed: list[HandedRow]
    erased: int


class AskedRequest(In):
    """What a person asks for."""

    kind: AskedKind
    grounds: Grounds
    ads: Ads


class AskedMade(Out):
    """The reference that the person may quote."""

    reference: str
    kind: AskedKind
    ads: int


class Answered(Out):
    """How a request was answered."""

    reference: str
    answer: str
    ads: int


class AdsWhy(In):
    """Ads, and the reason."""

    ads: Ads
    why: Why


class ReviewedAds(AdsWhy):
    """Ads that are kept for longer."""

    days: Annotated[int, Field(ge=1, le=5 * 365)] = 365


class RecordsDone(Out):
    """How many ads, or holds on them, were acted on."""

    ads: int = 0
    lifted: int = 0
    until: datetime | None = None


class HandedRequest(In):
    """That ads were handed to somebody outside."""

    ads: Ads
    recipient: Said
    what: Said
    basis: Said


class RecipientRow(Out):
    """Who got an ad."""

    at: datetime
    ad: str
    recipient: str
    what: str
    basis: str
    by: str


class RecipientList(Out):
    """Whom a correction or an erasure must be told."""

    recipients: list[RecipientRow]


class AdsRequest(In):
    """Some ads."""

    ads: Ads


class CorrectRequest(In):
    """That a value of an ad is disputed, or what is right."""

    ad: Id
    kind: Said
    value: Short
    says: Literal["corrected", "disputed"]
    right: Annotated[str, StringConstraints(max_length=1_000)] = ""
    why: Why
    reference: Annotated[str, StringConstraints(max_length=64)] = ""


class Corrected(RecipientList):
    """The correction, and whom to tell."""

    correction: int
    ad: str
    says: str


class AccessRequest(In):
    """To whom what is held is handed, on which basis; with ads that hold any of some values."""

    to: Said
    basis: Said
    values: Annotated[list[Short], Field(max_length=100, default_factory=list)]


class ReadValue(Out):
    """What was read in an ad."""

    kind: str
    value: str
    as_written: str
    correction: str


class HeldCapture(Out):
    """Where the bytes of an ad came from."""

    taken_in: datetime
    supplier: str
    basis: str
    source: str
    dpia: str


class HeldRecipient(Out):
    """Who got an ad."""

    at: datetime
    recipient: str
    what: str
    basis: str


class HeldAd(Out):
    """One ad as it is held."""

    ad: str
    source_id: str | None
    site: str | None
    url: str | None
    title: str | None
    body: str | None
    city: str | None
    region: str | None
    country: str | None
    posted_at: datetime | None
    seen_at: datetime | None
    read: list[ReadValue]
    captures: list[HeldCapture]
    recipients: list[HeldRecipient]
    on_hold: bool
    reviewed_until: datetime | None


class HeldPaper(Out):
    """What is held, for the person who asked; `note` says what is not in it."""

    reference: str
    at: datetime
    ads: list[HeldAd]
    note: str


class Retention(Out):
    """How long ads, and the details of events (without days: for ever), are kept, and within which bounds."""

    ads_days: int
    alone_days: int  # beyond it a second person agrees
    most_days: int
    log_days: int | None
    least_log_days: int
    log_past: int  # events whose details are past their period and still readable


class AdsPeriod(In):
    """For how many days ads are kept without being reviewed."""

    days: Annotated[int, Field(ge=1, le=10 * 365)]
    why: Why


class LogPeriod(In):
    """For how many days the details of events are kept; without days for ever."""

    days: Annotated[int, Field(ge=365, le=30 * 365)] | None = None
    why: Why


class PeriodSet(Out):
    """What is in force now."""

    days: int | None


class Shredded(Out):
    """How many events' details became unreadable."""

    events: int


class EraseRequest(In):
    """Ads to be erased for good; `reference` is the request that this answers."""

    ads: Portion
    why: Why
    reference: Annotated[str, StringConstraints(max_length=64)] = ""


class ErasedPage(RecipientList):
    """What an erasure took, whom to tell, and the backups that still hold the ads.

    `ended` is false where it goes on beyond this answer: the request is answered once it has ended.
    """

    ended: bool
    ads: int
    rows: int
    events: int
    traces: list[str]
    backups: list[str]
