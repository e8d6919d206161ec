"""Search and the page of one ad."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from homeward.app.api.shapes.pieces import AdHit, In, Out, Short
from homeward.model.lead import CAUTION


class FacetFilter(In):
    """Keeps, or with `exclude` drops, the ads that have this value. Values of one facet are alternatives."""

    facet: Short
    value: Short
    exclude: bool = False


class SearchRequest(In):
    """A search: the text grammar of `model/query.py`, filters, and a range of days, both ends included.

    `histogram`, `facets` and `map` ask for the aggregates, which cover exactly what the request finds, except
    that a facet is counted without its own filters; `limit` 0 asks for nothing else.
    """

    text: Annotated[str, StringConstraints(max_length=2000)] = ""
    filters: list[FacetFilter] = Field(default_factory=list, max_length=100)
    first: date | None = None
    last: date | None = None
    after: Short | None = None
    limit: int = Field(default=30, ge=0, le=100)
    facets: bool = True
    histogram: bool = False
    map: bool = False


class FacetValue(Out):
    """A value of a facet, and how many of the found ads have it."""

    value: str
    label: str
    count: int


class Facet(Out):
    """A facet, most frequent values first; `more` counts values that are left out."""

    name: str
    label: str
    values: list[FacetValue]
    more: int


class Bin(Out):
    """Ads of one stretch of days that begins at `start`."""

    start: date
    count: int


class Histogram(Out):
    """Found ads over time: bins of `days` days each, without gaps; `undated` have no time."""

    days: int
    bins: list[Bin]
    undated: int


class MapCell(Out):
    """Found ads at one place, at their mean position."""

    lat: float
    lon: float
    count: int
    label: str


class SearchMap(Out):
    """Found ads by place, most first; `unplaced` name no place that is known."""

    cells: list[MapCell]
    unplaced: int


class Chip(Out):
    """A term of the query as it was understood, for the reader to check. `kind` is empty for plain words.

    `label` is what a chip shows of it; `without` is the query that is left when it is dropped.
    """

    text: str
    label: str
    kind: str = ""
    exclude: bool = False
    without: str = ""


class SearchPage(Out):
    """Hits, newest first. `s` is the opaque id that an address bar may carry.

    `without` is filled when nothing was found: for each chip, how many ads there would be without it.
    """

    s: str
    total: int
    leads: int  # how many leads the found ads belong to
    first: datetime | None
    last: datetime | None
    chips: list[Chip]
    hits: list[AdHit]
    next: str | None
    facets: list[Facet]
    histogram: Histogram | None
    map: SearchMap | None
    without: list[int]
    searched: str


class SavedSearch(Out):
    """The search that an opaque id stands for, for whoever may see it."""

    s: str
    request: SearchRequest


class MentionRow(Out):
    """A mention of the ad: raw beside normal form, and who read it."""

    kind: str
    value: str
    label: str
    raw: str
    part: str
    reader: str
    sure: str  # sure, fairly sure or unsure, as its reader says: a number would promise an error rate
    obscured: bool = False
    others: int  # other ads in the workspace with this value
    site_own: str = ""  # why it is taken for what the site writes under everybody's ads, else empty
    correction: str = ""  # that a records officer corrected or disputed it, with the reason; else empty


class SupersededRow(Out):
    """What an earlier version of the readers or of the knowledge file read, and none reads now."""

    kind: str
    value: str
    label: str
    raw: str
    part: str
    reader: str
    ended_by: str  # what is new since then: "name/6", "agency/5f0c…", "without agency/5f0c…"


class Change(Out):
    """A run of text that stayed, came or went between two captures."""

    op: Literal["same", "added", "removed"]
    text: str


class EarlierCapture(Out):
    """An earlier content of the ad, as what changed from it to the next one."""

    capture: str
    revision: int
    seen_at: datetime | None
    captured_at: datetime
    changes: list[Change]


class CaptureFacts(Out):
    """Where the ad's bytes came from. An empty `basis` was missing, and is shown as missing."""

    capture: str
    revision: int
    captured_at: datetime
    content_hash: str
    file_sha256: str
    position: int
    batch: str
    supplier: str
    basis: str
    source: str  # the registered source; empty for what came before sources were registered
    dpia: str  # the reference of its impact assessment
    obtained: datetime | None
    statement: str  # "as supplied by …, not witnessed"


class AdPage(Out):
    """One ad, whole. `url` is text: nothing on the page leads out of the workspace."""

    ad: AdHit
    url: str
    listed_phones: list[str]
    listed_emails: list[str]
    body_from: str | None
    mentions: list[MentionRow]
    superseded: list[SupersededRow]
    facts: CaptureFacts
    earlier: list[EarlierCapture]
    sightings: int
    persona: str | None
    caution: str = CAUTION
