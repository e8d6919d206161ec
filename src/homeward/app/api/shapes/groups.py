"""An identity's dossier: its values, why they belong, its wordings."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from homeward.app.api.shapes.leads import LeadRow
from homeward.app.api.shapes.pieces import (
    NAMES_NOTE,
    PLACES_NOTE,
    Id,
    In,
    Numbers,
    Out,
    PhotoFacts,
    PlaceRow,
    Short,
    Stay,
    ValueGroup,
    ValueRef,
    ValueRow,
    Weekly,
)
from homeward.model.identity import Level
from homeward.model.lead import CAUTION


class PersonaRow(Out):
    """One advertised person within a network."""

    id: str
    label: str
    ads: int
    names: list[str]
    phones: list[ValueRef]
    first: datetime | None
    last: datetime | None


class IdentityPage(Out):
    """The dossier's overview. `hours` is Monday to Sunday by 24 hours; empty where the zone is assumed."""

    id: str
    level: Level
    title: str
    lead: LeadRow | None
    ads: int
    first: datetime | None
    last: datetime | None
    identifiers: list[ValueGroup]
    names_note: str = NAMES_NOTE
    personas: list[PersonaRow]
    places: list[PlaceRow]
    stays: list[Stay]
    places_note: str = PLACES_NOTE
    weekly: Weekly
    hours: list[list[int]]
    hours_note: str
    photos: PhotoFacts
    wordings: int
    caution: str = CAUTION


class ValueRequest(In):
    """Names one value of a group."""

    kind: Short
    value: Short


class WhyLink(Out):
    """One reason why a value belongs to its group. `word` is strong from .9, good from .7, else weak."""

    to: ValueRef
    because: str
    strength: float = Field(ge=0, le=1)
    word: Literal["strong", "good", "weak"]
    first: datetime | None
    last: datetime | None
    ads: list[str]
    ads_count: int


class WhyPage(Out):
    """Why a value belongs to its group, in a sentence and in links, strongest first."""

    subject: ValueRow
    sentence: str
    links: list[WhyLink]
    numbers: Numbers


class AdsRequest(In):
    """Which ads of a group: those with a value, or those named, or all; newest first."""

    kind: Short | None = None
    value: Short | None = None
    ads: list[Id] | None = Field(default=None, max_length=200)
    after: Short | None = None
    limit: int = Field(default=20, ge=1, le=100)


class Piece(Out):
    """Constant `text` of a wording, or a `slot` with how many fillings it took and some of them."""

    text: str
    slot: str = ""
    values: int = 0
    examples: list[str] = Field(default_factory=list)


class WordingPage(Out):
    """A shared wording: pattern, ads of this group on their days, and who else uses it."""

    id: str
    pattern: list[Piece]
    ads: int
    elsewhere: int
    elsewhere_identities: int
    first: datetime | None
    last: datetime | None
    days: list[date]
    ad_ids: list[str]  # the first hundred


class WordingList(Out):
    """The wordings of a group, most used first; `alone` counts its ads that share none."""

    wordings: list[WordingPage]
    alone: int


class SlotValue(Out):
    """One filling: as the ad writes it, and its normal form as people write it."""

    raw: str
    label: str
    obscured: bool


class WordingCell(Out):
    """What an ad put into one kind of place; `changed` where it differs from the ad before."""

    values: list[SlotValue]
    changed: bool


class WordingRow(Out):
    """One ad of a wording; a cell a kind."""

    ad: str
    source_id: str
    site: str
    place: str
    posted_at: datetime | None
    seen_at: datetime | None
    zone_assumed: bool
    cells: list[WordingCell]


class WordingRows(Out):
    """A page of a wording's ads in a group, oldest first. `constant` is the share of the text that stays."""

    kinds: list[str]
    rows: list[WordingRow]
    total: int
    constant: float = Field(ge=0, le=1)
    next: str | None


class PhotoRow(Out):
    """One photo as facts. Two count as one by equal bytes, a likeness hash, or their name: `known_by`."""

    number: int
    ads_count: int
    ads: list[str]  # the first hundred
    cities: list[str]
    cities_count: int
    names: list[str]
    first: datetime | None
    last: datetime | None
    days: list[date]
    known_by: Literal["bytes", "likeness", "name"]
    elsewhere: int  # ads outside the group


class PhotoList(Out):
    """A group's photos, most used first; no picture is opened."""

    total: int
    distinct: int
    repeated: int
    ads: int
    ads_with: int
    photos: list[PhotoRow]
