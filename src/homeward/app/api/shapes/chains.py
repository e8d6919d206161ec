"""Why two ads are together."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from homeward.app.api.shapes.pieces import Id, In, Numbers, Out, ValueRef
from homeward.model.lead import CAUTION

Word = Literal["strong", "good", "weak"]


class PairRequest(In):
    """Names two ads of one identity."""

    a: Id
    b: Id


class ChainEvidence(Out):
    """A value that two ads share, and why it ties them. Of kind `judgement`: a person said so."""

    to: ValueRef
    because: str
    strength: float = Field(ge=0, le=1)
    word: Word


class ChainStep(Out):
    """From ad `a` to ad `b`, by all the evidence between them, strongest first."""

    a: str
    b: str
    strength: float = Field(ge=0, le=1)
    word: Word
    evidence: list[ChainEvidence]
    first: datetime | None
    last: datetime | None


class Chain(Out):
    """A chain of steps; `strength` is how likely all of them hold, `weakest` the position of the weakest."""

    steps: list[ChainStep]
    weakest: int
    strength: float = Field(ge=0, le=1)
    word: Word


class CutLink(ChainEvidence):
    """One of the links that would have to go, with the ads at its ends."""

    ads: list[str]


class ChainCut(Out):
    """The lightest set of links without which nothing ties the two ads, and who stays with whom.

    `judged`: a person's judgement is among them, which only taking it back undoes. `with_a` and `with_b` are
    the first hundred ads of each side; `elsewhere` counts ads that stay with neither.
    """

    links: list[CutLink]
    threads: int
    judged: bool
    with_a: list[str]
    with_b: list[str]
    count_a: int
    count_b: int
    elsewhere: int


class ChainPage(Out):
    """Why two ads are together: chains, strongest first; what would part them; what speaks against."""

    identity: str
    a: str
    b: str
    sentence: str
    chains: list[Chain]
    cut: ChainCut | None
    against: list[str]
    caution: str = CAUTION
    numbers: Numbers
