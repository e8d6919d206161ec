"""Taking turns: one thread at a time, in the order in which they asked."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock


class NoTurn(Exception):
    """The turn did not come in time."""


class Turns:
    """A lock that is fair: nobody is overtaken, however many wait."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._waiting: deque[Lock] = deque()
        self._taken = False

    @contextmanager
    def taken(self, *, seconds: float) -> Iterator[None]:
        """Hold the turn; raises NoTurn when it does not come within some seconds."""
        self._wait(seconds)
        try:
            yield
        finally:
            with self._guard:
                if self._waiting:
                    self._waiting.popleft().release()
                else:
                    self._taken = False

    def _wait(self, seconds: float) -> None:
        own = Lock()
        own.acquire()
        with self._guard:
            if not self._taken:
                self._taken = True
                return
            self._waiting.append(own)
        if own.acquire(timeout=seconds):
            return
        with self._guard:
            if own in self._waiting:  # else it was handed over at this very moment
                self._waiting.remove(own)
                raise NoTurn
