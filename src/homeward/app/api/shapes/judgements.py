"""What people say about two ads, what it would change, and the history of an identity."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import StringConstraints

from homeward.app.api.shapes.pieces import Id, In, Out
from homeward.model.judgement import Judgement
from homeward.model.lead import CAUTION


class PreviewRequest(In):
    """Names two ads and what one would say about them; `undecided` takes one's own word back."""

    a: Id
    b: Id
    judgement: Judgement


class JudgeRequest(PreviewRequest):
    """A judgement with its reason, which is kept and may not be empty."""

    why: Annotated[str, StringConstraints(min_length=1, max_length=2000)]


class JudgeResult(Out):
    """What was kept; it holds from the next refresh on."""

    a: str
    b: str
    judgement: Judgement
    by: str
    at: datetime
    why: str


class PreviewPart(Out):
    """An identity, as it is or as it would be. `known` ones keep their id; at most twenty names, phones."""

    id: str
    known: bool
    ads: int
    names: list[str]
    phones: list[str]
    phones_total: int
    holds_a: bool
    holds_b: bool


class PreviewPage(Out):
    """What a judgement would change. `held` is what holds for the pair now, `holds` what would.

    Not `sure`: the current run no longer lists the links that decide; the next refresh does.
    """

    a: str
    b: str
    judgement: Judgement
    held: Judgement
    holds: Judgement
    sentence: str
    before: list[PreviewPart]
    after: list[PreviewPart]
    parts: int
    sure: bool
    caution: str = CAUTION


class JudgementRow(Out):
    """A judgement that holds. `review` is the day to look at it again; `due` says that the day has come.

    `contradiction` is a sentence where later evidence ties what was kept apart, or puts one person in two
    places at once; the judgement stands.
    """

    a: str
    b: str
    judgement: Judgement
    by: list[str]
    at: datetime
    why: str
    review: date
    due: bool
    identity_a: str | None
    identity_b: str | None
    contradiction: str


class JudgementList(Out):
    """The judgements that hold: contradicted ones first, then those due, the first five hundred."""

    total: int
    contradicted: int
    due: int
    judgements: list[JudgementRow]


class HistoryRow(Out):
    """One thing that became of an identity. `other` is the identity that ads went to or came from."""

    at: datetime | None
    what: Literal["joined", "split", "judged", "decided", "undone"]
    sentence: str
    by: str
    other: str | None
    ads: int


class HistoryPage(Out):
    """The history of an identity, newest first, and the judgements that hold on its ads."""

    identity: str
    total: int
    history: list[HistoryRow]
    judgements: list[JudgementRow]
