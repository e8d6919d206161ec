"""An identity: ads that belong together, as one advertised person or as one operator."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """A persona is one advertised person; a network is one operator, who may control several."""

    PERSONA = "persona"
    NETWORK = "network"


@dataclass(frozen=True, slots=True)
class Identity:
    """A group of ads on one level. Every ad is in exactly one identity of each level."""

    id: str
    level: Level
    ads: tuple[str, ...]
    values: dict[str, tuple[str, ...]]
