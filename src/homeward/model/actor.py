"""An actor: who acts. Every function of the desk takes one first."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """A principal: `local:<uid>` on the command line, `demo` in a demo workspace, an account later."""

    name: str
    door: str  # "cli" or "api"

    def __str__(self) -> str:
        return self.name
