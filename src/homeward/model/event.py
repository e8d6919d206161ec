"""An event: that a person looked, searched, changed or exported; written with its effect."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Act(StrEnum):
    """What a person did. Every desk function names one."""

    INIT = "init"
    INGEST = "ingest"
    REFRESH = "refresh"
    REBUILD = "rebuild"
    KNOWLEDGE = "knowledge"
    SEARCH = "search"
    LOOK = "look"
    LIST = "list"
    EXPORT = "export"
    JUDGE = "judge"
    TRIAGE = "triage"
    UNDO = "undo"
    SETTING = "setting"
    EVALUATE = "evaluate"
    SIGN_IN = "sign-in"
    REFUSE = "refuse"
    ACCOUNT = "account"
    SESSION = "session"
    CASE = "case"
    MEMBER = "member"
    GLASS = "break-glass"
    REQUEST = "request"
    OUTCOME = "outcome"
    CHILD = "possible-child"
    WATCHED = "watch"


@dataclass(frozen=True, slots=True)
class Event:
    """One act of one actor."""

    at: datetime
    actor: str
    door: str
    act: Act
    objects: tuple[str, ...] = ()
    outcome: str = "done"
    detail: dict[str, Any] = field(default_factory=dict)
