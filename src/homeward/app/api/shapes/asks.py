"""Questions that are more than one search: a list of terms, a whole network, and an ad added by hand."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from homeward.app.api.shapes.finds import Chip, FacetFilter
from homeward.app.api.shapes.pieces import AdHit, In, Out, PlaceRow, Short, ValueRow
from homeward.model.lead import CAUTION

LIST_TERMS = 10_000
PAGE_LENGTH = 2_000_000  # characters of a pasted text or a saved page

Whole = Annotated[str, StringConstraints(max_length=PAGE_LENGTH)]


class ListRequest(In):
    """Terms of a pasted list, each in the grammar of a search."""

    terms: list[Short] = Field(max_length=LIST_TERMS)


class ListRow(Out):
    """One term: as what it was understood, and what it finds. `leads` is -1 where too many ads are found."""

    term: str
    chips: list[Chip]
    ads: int
    leads: int
    wrong: str  # why it cannot be understood


class ListPage(Out):
    """The hit table, in the order given; `found` counts the terms that find something."""

    rows: list[ListRow]
    found: int
    searched: str


class PriceRange(Out):
    """Prices for one currency and length of time, as stated in `ads` ads."""

    currency: str
    minutes: int | None
    ads: int
    lowest: float
    middle: float
    highest: float


class NetworkAnswer(Out):
    """What one group says as a whole; `direct` of its ads are found by the query itself."""

    identity: str
    lead: str | None
    title: str
    ads: int
    direct: int
    first: datetime | None
    last: datetime | None
    prices: list[PriceRange]
    places: list[PlaceRow]
    places_count: int
    names: list[ValueRow]
    contacts: list[ValueRow]


class NetworkRequest(In):
    """What the network is linked to, in the grammar of a search."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=2000)]


class NetworkPage(Out):
    """The groups that a query leads to, most of its ads first. What too many ads hold is no key to one."""

    chips: list[Chip]
    ads: int
    too_many: bool
    groups: list[NetworkAnswer]
    more: int
    searched: str
    caution: str = CAUTION


class GroupsRequest(In):
    """A search whose hits are asked for by group; `after` is the `next` of the page before."""

    text: Annotated[str, StringConstraints(max_length=2000)] = ""
    filters: list[FacetFilter] = Field(default_factory=list, max_length=100)
    first: date | None = None
    last: date | None = None
    after: Short | None = None


class FoundGroup(Out):
    """A group with found ads: how many of its `ads` are `found`, over which time, and the newest of them."""

    identity: str
    lead: str | None
    rank: int | None
    title: str
    found: int
    ads: int
    first: datetime
    last: datetime
    hits: list[AdHit]


class GroupsPage(Out):
    """Groups with found ads, most of them first. Above `most` found ads nothing is grouped.

    `total` groups are found, `leads` of them are leads; `loose` ads stand in no group of the current run.
    """

    ads: int
    too_many: bool
    most: int
    groups: list[FoundGroup]
    total: int
    leads: int
    loose: int
    next: str | None
    caution: str = CAUTION


class NewAd(In):
    """An ad added by hand: its text, or a saved page, with where and when it was seen.

    A day without a time is taken as UTC and marked so. `source` is a registered source,
    where the workspace has none of its own; `basis` the legal basis, where it is not the source's.
    """

    body: Whole = ""
    html: Whole = ""
    title: Short = ""
    url: Annotated[str, StringConstraints(max_length=2000)] = ""
    site: Short = ""
    city: Short = ""
    region: Short = ""
    country: Short = ""
    posted_at: datetime | date | None = None
    seen_at: datetime | date | None = None
    basis: Short = ""
    source: Short = ""


class AddedAd(Out):
    """What became of an ad added by hand; `ad` is empty where it was set aside, for the `reasons` given."""

    ad: str | None
    became: Literal["stored", "changed", "repeated", "set_aside"]
    reasons: list[str]
