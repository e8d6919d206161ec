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
