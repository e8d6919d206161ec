"""The pieces that several pages share, the error, and the session."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationInfo, field_validator

from homeward.model.finding import Direction, Strength

Tab = Literal["new", "priority", "handled"]
Short = Annotated[str, StringConstraints(max_length=400)]
Id = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]

GROUPS_NOTE = "Favours groups; a single person under control may not appear. Search and watch for those."
NAMES_NOTE = "Names used in ads are leads, never identities."
PLACES_NOTE = "City named in the ad, not a measured position."


class Out(BaseModel):
    """What the server sends: every field is always present, so that the client never guesses."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=True)


def _kinds(annotation: Any) -> set[Any]:
    """Return the types that a field may be of, without their bounds."""
    parts = get_args(annotation) or (annotation,)
    return {get_args(one)[0] if get_origin(one) is Annotated else one for one in parts}


class In(BaseModel):
    """What a client sends: unknown fields are refused, so that a misspelt filter never widens a search.

    Times and days are texts, as the description says; a number would be taken for seconds since 1970. So are
    numbers numbers, and yes and no themselves: `true` would be taken for 1, and "1" for either.
    """

    model_config = ConfigDict(extra="forbid")

    @field_validator("*", mode="before")
    @classmethod
    def _written(cls, value: Any, info: ValidationInfo) -> Any:
        kinds = _kinds(cls.model_fields[info.field_name or ""].annotation)
        if (int in kinds and isinstance(value, bool | str)) or (
            bool in kinds and not isinstance(value, bool)
        ):
            raise ValueError("a number is no text and no yes or no, and neither of these is a number")
        if not {date, datetime} & kinds or value is None or isinstance(value, date):
            return value
        if not (isinstance(value, str) and value[:4].isdigit() and value[4:5] == "-"):
            raise ValueError("a time is a text, such as 2026-01-20")
        return value


class Problem(Out):
    """An error, in the one shape. `reference` finds the same error in the server's log."""

    type: str = "about:blank"
    title: str
    detail: str = ""
    status: int
    reference: str = ""


class Numbers(Out):
    """What each number of an answer is, with its range, by name; how often it is wrong; what it is not."""

    are: dict[str, str]
    error_rate: str
    caution: str


class Segment(Out):
    """A run of an ad's text. With `kind` it is a mention: `text` as written, `value` its normal form.

    `label` is the normal form as people write it, "(702) 555-0134"; `obscured` says that the ad wrote it
    so as to escape a search; `site_own` that the site wrote it under everybody's ads.
    """

    text: str
    kind: str | None = None
    value: str | None = None
    label: str | None = None
    obscured: bool = False
    site_own: bool = False


class ValueRef(Out):
    """One value of a kind, and how people write it."""

    kind: str
    value: str
    label: str


class ValueRow(ValueRef):
    """A value used in a group: in how many of its ads, from when to when.

    `common` gives the reason where the value joins nothing, else it is empty: it is shared too widely, or
    (`site_own`) it stands only in what a site writes under everybody's ads.
    """

    ads: int
    first: datetime | None
    last: datetime | None
    common: str = ""
    site_own: bool = False


class ValueGroup(Out):
    """The values of one kind, most used first. `total` counts also those that are left out of `values`."""

    kind: str
    label: str  # "Phones", "Names used"
    note: str = ""
    total: int
    values: list[ValueRow]


class PlaceRow(Out):
    """A city that ads of a group name, with its position where the gazetteer knows one."""

    label: str
    lat: float | None
    lon: float | None
    ads: int
    first: datetime | None
    last: datetime | None


class Stay(Out):
    """Consecutive ads naming one place. `place` is the position in the page's `places`.

    `conflict` says that the group's ads name another place on the same days: listed, not drawn as travel.
    """

    place: int
    first: datetime
    last: datetime
    ads: int
    conflict: bool = False


class Weekly(Out):
    """Ads a week; `start` is the Monday of the first count."""

    start: date | None
    counts: list[int]


class RepeatedPhoto(Out):
    """A photo that stands in several ads: facts only, no picture."""

    label: str  # "Photo 1"
    ads: int
    cities: int
    names: list[str]
    first: datetime | None
    last: datetime | None


class PhotoFacts(Out):
    """What is known about a group's photos without opening one."""

    total: int
    distinct: int
    ads_with: int
    repeated: list[RepeatedPhoto]


class Reason(Out):
    """A finding. `share` is its absolute weight over the largest one of this lead: the length of its bar.

    `shown` findings are told and never counted; their share is 0. `examples` are raw readings that made it
    true. `ads` are the first hundred ads that made it true, `ads_count` all of them.
    """

    indicator: str
    family: str
    kind: str  # the kind whose icon and colour stand for the family
    direction: Direction
    strength: Strength
    sentence: str
    source: str
    share: float = Field(ge=0, le=1)
    ads: list[str]
    ads_count: int
    examples: list[ValueRef] = Field(default_factory=list)


class WordingSummary(Out):
    """A shared wording in one line."""

    id: str
    ads: int
    preview: str
    elsewhere: int  # ads outside the group that use the same wording


class AdHit(Out):
    """An ad in a list: its text with marks, and where it belongs in the current run."""

    id: str
    source_id: str
    site: str
    title: list[Segment]
    text: list[Segment]
    cut: bool = False  # the text goes on; the ad page has all of it
    language: str | None
    posted_at: datetime | None
    seen_at: datetime | None
    zone_assumed: bool = False
    place: str
    photos: int
    lead: str | None
    identity: str | None  # the network
    lead_rank: int | None = None  # told in searches only
    lead_title: str = ""


class AdList(Out):
    """A page of ads, newest first."""

    total: int
    ads: list[AdHit]
    next: str | None


class Run(Out):
    """The run that the screens show."""

    id: str
    at: datetime | None
    leads: int
    identities: int


class Session(Out):
    """Who looks at what. `searched` is the sentence that every empty result shows."""

    actor: str
    role: str
    purpose: str | None  # stated at sign-in, and written down with every act
    case: str | None
    case_title: str | None
    urgent: int  # marks that wait for the duty officer, told to nobody else
    urgent_since: datetime | None
    withheld: str  # another word once other ads are kept from whoever asks: what is open is asked for anew
    news: str  # what `/api/session/news` waits for another one than
    log_trouble: str  # checkpoints that are not copied, backups that fail: told to whoever can mend it
    asks_purpose: bool  # whether the role states one, and has not yet
    workspace: str
    kind: Literal["test", "demo", "real"]
    banner: str  # "for invented or released data"; empty in a real workspace
    ads: int
    sites: list[str]
    first: datetime | None  # of all ads, posted or else seen
    last: datetime | None
    last_taken_in: datetime | None
    run: Run | None
    searched: str
    version: str


class Newer(Out):
    """Whether anything changed of what is withheld, from anybody: another word than before, and no more."""

    news: str
