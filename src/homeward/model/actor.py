"""An actor: who acts, in which role, for which purpose. Every function of the desk takes one first."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a principal is here. An account has exactly one; nobody has all: there is no super-reader."""

    ANALYST = "analyst"
    CASE_LEAD = "case-lead"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"
    RECORDS = "records-officer"
    ADMINISTRATOR = "administrator"
    REPORTER = "ngo-reporter"
    REVIEWER = "external-reviewer"
    # Principals without an account.
    DEMO = "demo"  # whoever opened the link of a demo workspace
    TEST = "test"  # whoever is on this machine, in a test workspace that has no accounts
    LOCAL = "local"  # whoever can read the workspace and its key, on the command line
    NOBODY = "nobody"  # not signed in


ACCOUNT_ROLES = (
    Role.ANALYST, Role.CASE_LEAD, Role.SUPERVISOR, Role.AUDITOR, Role.RECORDS, Role.ADMINISTRATOR,
    Role.REPORTER, Role.REVIEWER,
)  # fmt: skip


class Purpose(StrEnum):
    """Why somebody looks. The list is closed, and what is missing from it is missing on purpose.

    Two people may add one, for a case (`model/purposes.py`).
    There is none for enforcement against advertised persons, for immigration, or for screening by
    landlords, banks or employers.
    """

    IDENTIFY = "identify-possible-victim"
    MISSING = "missing-person"
    INVESTIGATION = "trafficking-investigation"
    FOLLOW_UP = "follow-up-after-recovery"
    DISCLOSURE = "disclosure"
    AUDIT = "audit"
    TRAINING = "training-on-synthetic-data"


@dataclass(frozen=True, slots=True)
class Actor:
    """A principal: `local:<uid>` on the command line, `demo` in a demo workspace, or an account's name.

    Without a role it is that of the name, and no name but those three has one.
    """

    name: str
    door: str  # "cli" or "api"
    role: Role = Role.NOBODY
    purpose: Purpose | str | None = None  # a text: one that two people added to the list
    case: str | None = None  # the case it works on, as stated at sign-in
    fresh: bool = False  # whether it has just proved again who it is
    warned: bool = True  # whether it acknowledged in this session how this may be used

    def __post_init__(self) -> None:
        if self.role is Role.NOBODY:
            kind = self.name.partition(":")[0]
            known = {Role.DEMO.value: Role.DEMO, Role.TEST.value: Role.TEST, Role.LOCAL.value: Role.LOCAL}
            object.__setattr__(self, "role", known.get(kind, Role.NOBODY))
        if self.role in (Role.DEMO, Role.TEST) and self.purpose is None:
            object.__setattr__(self, "purpose", Purpose.TRAINING)

    def __str__(self) -> str:
        return self.name
