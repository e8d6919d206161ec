"""Telephone numbers that nobody has: who gets which, and when one passes to somebody else.

Every number is +1, three digits of a real area code, 555, and a line. Lines 0100 to 0199 are set
aside for fiction and come first: a hundred for each area code. A world that needs more takes other
lines of the exchange 555, which is not given to subscribers, and says so.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from random import Random

FICTION = 100  # lines 0100–0199 of each area code
DIRECTORY = 1212  # 555-1212 is directory assistance and is never used
REST_DAYS = 60.0  # a freed number rests this long before somebody else gets it


class Numbers:
    """Gives out ten-digit national numbers, each to one owner at a time. Deterministic for its seed."""

    def __init__(self, area_codes: Sequence[str], rng: Random, recycled: float) -> None:
        self._codes = list(area_codes)
        rng.shuffle(self._codes)
        self._order = list(range(FICTION))
        rng.shuffle(self._order)
        self._rng = rng
        self._recycled = recycled
        self._used: dict[str, int] = {}
        self._next_code = 0
        self._freed: deque[tuple[float, str]] = deque()
        self.recent: deque[str] = deque(maxlen=200)
        self.beyond_fiction = 0

    def take(self, area_codes: Sequence[str], day: float) -> str:
        """Return a number that nobody has on that day, of one of these area codes while they last."""
        freed = self._freed
        if freed and self._rng.random() < self._recycled and freed[0][0] + REST_DAYS <= day:
            number = freed.popleft()[1]
        else:
            number = self._fresh(area_codes)
        self.recent.append(number)
        return number

    def free(self, number: str, day: float) -> None:
        """Say that its owner uses a number for the last time on that day."""
        if self._recycled and number:
            self._freed.append((day, number))
            if len(self._freed) > 5_000:
                self._freed.popleft()

    def _fresh(self, area_codes: Sequence[str]) -> str:
        for code in area_codes:
            if self._used.get(code, 0) < FICTION:
                return self._line(code)
        while self._next_code < len(self._codes):
            code = self._codes[self._next_code]
            if self._used.get(code, 0) < FICTION:
                return self._line(code)
            self._next_code += 1
        self.beyond_fiction += 1
        home = list(area_codes) or self._codes
        code = min(home, key=lambda c: self._used.get(c, 0))
        return self._line(code)

    def _line(self, code: str) -> str:
        k = self._used.get(code, 0)
        self._used[code] = k + 1
        if k < FICTION:
            return f"{code}555{100 + self._order[k]:04d}"
        # 7,919 is prime and shares no factor with the 9,800 lines left: every line comes once.
        line = 200 + (k - FICTION) * 7919 % 9800
        return f"{code}555{line:04d}" if line != DIRECTORY else self._line(code)
