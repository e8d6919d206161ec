"""Answers that a worker keeps, bounded: those met lately stay, the others are forgotten."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Kept(Generic[K, V]):
    """The answers met last: when `most` are new, those not met since are forgotten.

    At most twice `most` are kept. A key must hold all that its answer was made from: then no text tells
    anything of another.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._new: dict[K, V] = {}
        self._old: dict[K, V] = {}

    def get(self, key: K) -> V | None:
        """Return the answer kept under a key, or None."""
        found = self._new.get(key)
        if found is None and (found := self._old.get(key)) is not None:
            self.put(key, found)
        return found

    def put(self, key: K, answer: V) -> None:
        """Keep an answer."""
        if len(self._new) >= self._most:
            self._old, self._new = self._new, {}
        self._new[key] = answer

    def clear(self) -> None:
        """Forget every answer."""
        self._new, self._old = {}, {}

    def __len__(self) -> int:
        return len(self._new) + len(self._old)
