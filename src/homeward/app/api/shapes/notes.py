"""Shapes of notes on a dossier."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import StringConstraints

from homeward.app.api.shapes.pieces import In, Out


class NoteVersion(Out):
    """What a note said until it was changed; None where it was taken back."""

    text: str | None
    at: datetime


class NoteRow(Out):
    """A note: `text` is None once it is taken back; `before` is what it said, newest first.

    `of_case` says that those of a case see it; otherwise its author alone does.
    """

    id: str
    text: str | None
    by: str
    mine: bool
    of_case: bool
    at: datetime
    changed_at: datetime
    before: list[NoteVersion]


class NoteList(Out):
    """The notes on a dossier that one may read, newest first, and who would see a new one."""

    notes: list[NoteRow]
    seen_by: str


class NoteRequest(In):
    """What a note says."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=4_000)]
