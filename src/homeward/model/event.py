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
    NOTE = "note"
    CHILD = "possible-child"
    WATCHED = "watch"
    AUDIT = "audit"
    ALARM = "alarm"
    BACKUP = "backup"
    KEY = "key"
    RESTORE = "restore"
    ERASE = "erase"
    DISCLOSE = "disclose"
    RETAIN = "retain"
    TRAIN = "train"
    SOURCE = "source"
    CORRECT = "correct"
    PURPOSE = "purpose"


@dataclass(frozen=True, slots=True)
class Event:
    """One act of one actor.

    `objects` are ids; what an ad or a person says, such as the words of a search, belongs into `detail`,
    which is kept sealed. `role`, `case` and `purpose` are those the actor acts under, empty where there is
    none; `rows` is how many rows were handed out.
    """

    at: datetime
    actor: str
    door: str
    act: Act
    objects: tuple[str, ...] = ()
    outcome: str = "done"
    detail: dict[str, Any] = field(default_factory=dict)
    role: str = ""
    case: str = ""
    purpose: str = ""
    rows: int | None = None
