"""A template: a wording that several ads share, with its constant text and its slots."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """Either constant `text`, or a `slot` (a kind, or "words") that took `values` different fillings."""

    text: str = ""
    slot: str = ""
    values: int = 0


@dataclass(frozen=True, slots=True)
class Template:
    """A wording and the ads that use it."""

    id: str
    ads: tuple[str, ...]
    pattern: tuple[Piece, ...]
