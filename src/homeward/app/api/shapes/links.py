"""The picture of what ties a group."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from homeward.app.api.shapes.pieces import In, Numbers, Out
from homeward.model.lead import CAUTION


class LinksRequest(In):
    """Which picture: of the whole identity, or of one of its communities."""

    community: int | None = Field(default=None, ge=0, le=10_000_000)


class LinkNode(Out):
    """A contact, name, `wording`, `photo` group, `neighbour` (another identity) or `community`; never an ad.

    `common` says why a value joins nothing; it has no edges. `identity` is a neighbour's. A community stands
    for `nodes` nodes, is named by its most used one, and is opened by its number `community`.
    """

    id: str
    kind: str
    value: str
    label: str
    ads: int
    first: datetime | None
    last: datetime | None
    common: str
    identity: str | None
    community: int | None
    nodes: int


class LinkEdge(Out):
    """A tie between two nodes (positions in `nodes`), strongest first; draw weak ones dashed.

    `strength` is how regularly the two stand together: the share of the rarer one's ads, drawn towards
    nothing where there are few. `ad_ids` are the first twenty ads that make it.
    """

    a: int
    b: int
    ads: int
    strength: float = Field(ge=0, le=1)
    word: Literal["strong", "good", "weak"]
    reason: str
    ad_ids: list[str]


class LinksPage(Out):
    """At most 2,000 nodes, most used first, and 10,000 edges. `folded`: communities stand for their nodes."""

    identity: str
    nodes: list[LinkNode]
    edges: list[LinkEdge]
    nodes_total: int
    edges_total: int
    folded: bool
    caution: str = CAUTION
    numbers: Numbers
