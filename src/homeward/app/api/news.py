"""Who waits to learn that what is withheld changed: told within a third of a second, and of nothing else.

One thread looks at one number of the ledger for all who wait, whichever process changed it; without anybody
who waits there is no thread. Whoever waits holds a task of the server's loop and no thread.
"""

from __future__ import annotations

import asyncio
import hashlib
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from homeward.app.api.problems import TooMany
from homeward.house import House
from homeward.model.errors import HomewardError
from homeward.store.ledger import sight, withheld

EVERY = 0.25  # seconds between two looks
MOST, MOST_OF_ONE = 500, 4  # who wait at once: in all, and windows of one person
LATER = 30  # seconds after which whoever is too many comes again


@dataclass(frozen=True, slots=True)
class Moment:
    """What stood when it was looked at: a word that tells nothing but whether it changed, and more."""

    word: str
    counted: tuple[int, int]


@dataclass(eq=False, slots=True)
class Waiting:
    """One who waits; `rang` is set in the loop in which they do."""

    house: House
    who: str
    since: Moment
    loop: asyncio.AbstractEventLoop
    rang: asyncio.Event

    def ring(self) -> None:
        """End the waiting, from whichever thread."""
        with suppress(RuntimeError):  # their loop has ended, and so has their waiting
            self.loop.call_soon_threadsafe(self.rang.set)


class News:
    """All who wait at one server."""

    def __init__(self, *, most: int = MOST, most_of_one: int = MOST_OF_ONE) -> None:
        self._most, self._most_of_one = most, most_of_one
        self._key = secrets.token_bytes(16)  # so that nobody learns from the word how often it changed
        self._lock, self._over = threading.Lock(), threading.Event()
        self._waiting: set[Waiting] = set()
        self._thread: threading.Thread | None = None

    def moment(self, house: House) -> Moment:
        """Return what stands in the ledger now."""
        with sight.whole(), house.ledger.read() as tx:
            counted = withheld.moment(tx)
        word = hashlib.blake2b(f"{house.id} {counted[0]}".encode(), key=self._key, digest_size=6)
        return Moment(word.hexdigest(), counted)

    @contextmanager
    def reader(self, house: House, who: str, since: Moment) -> Iterator[Waiting]:
        """Let somebody wait, in the loop that runs; raises TooMany where as many wait as may."""
        one = Waiting(house, who, since, asyncio.get_running_loop(), asyncio.Event())
        with self._lock:
            of_one = sum(other.who == who and other.house.home == house.home for other in self._waiting)
            if of_one >= self._most_of_one or len(self._waiting) >= self._most:
                raise TooMany(LATER)
            if self._over.is_set():
                one.rang.set()
            self._waiting.add(one)
            if self._thread is None and not self._over.is_set():
                self._thread = threading.Thread(target=self._watch, name="news", daemon=True)
                self._thread.start()
        try:
            yield one
        finally:
            with self._lock:
                self._waiting.discard(one)

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._waiting)

    @property
    def watched(self) -> bool:
        """Whether the thread runs."""
        return self._thread is not None

    @property
    def over(self) -> bool:
        """Whether the server is about to stop."""
        return self._over.is_set()

    def close(self) -> None:
        """End all waiting, now and from now on."""
        self._over.set()
        with self._lock:
            for one in self._waiting:
                one.ring()

    def _watch(self) -> None:
        while True:
            with self._lock:
                waiting = list(self._waiting)
                if not waiting or self._over.is_set():
                    self._thread = None
                    return
            now: dict[object, Moment] = {}
            for house in {one.house.home: one.house for one in waiting}.values():
                with suppress(HomewardError):  # of a ledger that cannot be read the next request will tell
                    now[house.home] = self.moment(house)
            for one in waiting:
                if now.get(one.house.home, one.since) != one.since:
                    one.ring()
            self._over.wait(EVERY)
