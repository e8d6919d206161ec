"""An account: a person of the team, in one role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from homeward.model.actor import Role


class AccountState(StrEnum):
    """Whether an account may be used."""

    INVITED = "invited"  # its link has not been opened yet
    ACTIVE = "active"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True)
class Account:
    """A person of the team. The name never changes and is never given again."""

    name: str
    display: str
    role: Role
    state: AccountState
    made_by: str
    made_at: datetime
    seen_at: datetime | None = None
    until: datetime | None = None

    @property
    def active(self) -> bool:
        """Whether it may be used now."""
        return self.state is AccountState.ACTIVE
