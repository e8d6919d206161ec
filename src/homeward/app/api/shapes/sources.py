"""Shapes of sources: where ads may come from, and on which basis."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import StringConstraints

from homeward.app.api.shapes.pieces import In, Out

SourceKind = Literal["site", "feed", "file", "hand"]
Said = Annotated[str, StringConstraints(min_length=1, max_length=1_000)]


class SourceRow(Out):
    """A source with its legal basis and the reference of its impact assessment (DPIA)."""

    name: str
    kind: SourceKind
    basis: str
    dpia: str
    by: str
    at: datetime
    ended_by: str | None
    ended_at: datetime | None
    ended_why: str | None


class LoadRow(Out):
    """A file that was taken in, with basis and assessment as they stood then."""

    at: datetime
    source: str
    file_sha256: str
    supplier: str
    basis: str
    dpia: str
    by: str


class SourceList(Out):
    """Every source, and the latest loads."""

    sources: list[SourceRow]
    loads: list[LoadRow]


class SourceRequest(In):
    """A source to register."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[a-z0-9][a-z0-9._-]*$")]
    kind: SourceKind
    basis: Said
    dpia: Said
