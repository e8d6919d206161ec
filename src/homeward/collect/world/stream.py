"""The world as a stream: who is cast, when each line comes, and one line after the other in time order."""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from homeward.collect.world import groups, individuals
from homeward.collect.world.banks import LANGUAGES
from homeward.collect.world.draft import Draft, Stage, Task
from homeward.collect.world.individuals import service_wordings
from homeward.collect.world.numbers import Numbers
from homeward.collect.world.places import cities
from homeward.collect.world.presets import Preset, find_preset
from homeward.collect.world.render import at_day, render
from homeward.model.errors import UsageError

DAYS = 180.0  # how long a world lasts; its last day is the one before `start`
LAST_SEEN = DAYS - 0.01
START = date(2026, 6, 1)

# One line to come: (seen on day, advertiser, draft, revision, whether its ad is new).
Entry = tuple[float, int, int, int, bool]
Build = Callable[[Task, Stage, Random], Iterator[Draft]]


@dataclass(frozen=True, slots=True)
class Role:
    """One kind of advertiser: who builds its ads, how many lines it has, how many days it is active."""

    build: Build
    lines: tuple[int, int]
    days: tuple[float, float]
    foreign: bool = True


def roles(preset: Preset) -> dict[str, Role]:
    """Return the kinds of advertisers, with the sizes that a preset gives them."""
    few = preset.name == "sparse"
    return {
        "independent": Role(individuals.independent, preset.lines, (5, 150)),
        "network": Role(groups.network, preset.networks.lines, (30, 120)),
        "single": Role(individuals.single, (2, 5), (5, 40), foreign=False),
        "friends": Role(individuals.friends, (2, 6) if few else (4, 16), (10, 90)),
        "touring": Role(individuals.touring, (2, 6) if few else (4, 16), (10, 40)),
        "agency": Role(groups.agency, (4, 10) if few else (12, 50), (40, 150), foreign=False),
        "massage": Role(groups.massage, (2, 5) if few else (3, 20), (30, 160), foreign=False),
        "spam": Role(groups.spam, (40, 240), (1, 6), foreign=False),
        "scam": Role(groups.scam, (5, 25), (5, 30), foreign=False),
        "generic": Role(individuals.generic, (1, 3), (1, 20)),
    }


def _plan(n: int, preset: Preset, rng: Random, kinds: dict[str, Role]) -> list[tuple[float, Task, int]]:
    """Return the advertisers that together place n lines, as (first day, task, lines), in order of time."""
    have = dict.fromkeys(preset.shares, 0)
    out: list[tuple[float, Task, int]] = []
    total = 0
    while total < n:
        name = max(have, key=lambda r: preset.shares[r] * (total + 1) - have[r])
        kind = kinds[name]
        low, high = kind.lines
        most = max(low, min(high, int(preset.shares[name] * n) + 1))
        lines = min(low + int((most - low + 1) * rng.random() ** 1.6), n - total)
        length = rng.uniform(*kind.days)
        start = rng.random() * (LAST_SEEN - length)
        foreign = kind.foreign and rng.random() < preset.foreign
        language = LANGUAGES[1 + int(rng.random() ** 1.6 * 7)] if foreign else "en"
        out.append((start, Task(name, len(out), start, length, lines, language), lines))
        have[name] += lines
        total += lines
    out.sort(key=lambda row: (row[0], row[1].no))
    return out


@dataclass(slots=True)
class _Cast:
    """One advertiser on stage: its drafts, and which lines are still to come."""

    drafts: list[Draft]
    first: int  # number of its first draft among all of the world's lines
    revisions: list[int] = field(default_factory=list)  # last revision of each draft
    left: int = 0


class World:
    """A synthetic world. `lines()` yields it once, in the order in which its ads are seen."""

    def __init__(self, n: int, *, seed: int | str, preset: str = "standard", start: date = START) -> None:
        if n < 0:
            raise UsageError("A world cannot have fewer than 0 ads.")
        self.n, self.preset, self.name = n, find_preset(preset), f"{preset}/{seed}"
        self._start = datetime.combine(start, time(), UTC) - timedelta(days=DAYS)
        digest = hashlib.blake2b(f"homeward world {self.name}".encode(), digest_size=8).digest()
        self._mix = int.from_bytes(digest, "big")
        rng = Random(self._mix)
        codes = [code for city in cities() for code in city.area_codes]
        hubs = tuple(f"87755501{k:02d}" for k in range(2 + min(n // 20_000, 97)))
        self._stage = Stage(
            self.preset, self.name, DAYS, Numbers(codes, rng, self.preset.recycled), rng, hubs,
            20 + n // 2000, service_wordings(self.preset.services + n // 4000, rng),
        )  # fmt: skip
        self._kinds = roles(self.preset)
        self._line = Random(0)

    @property
    def note(self) -> str:
        """What a reader must know about this world's numbers, once its lines were drawn; else empty."""
        beyond = self._stage.numbers.beyond_fiction
        if not beyond:
            return ""
        return (
            f"{beyond} numbers lie outside of 555-0100 to 555-0199, because this world needs more than "
            "those: they are other lines of the exchange 555, which is not given to subscribers."
        )

    def lines(self) -> Iterator[tuple[dict[str, Any], dict[str, Any], bool]]:
        """Yield (ad, truth, whether the ad is new) in order of seen_at. The truth is of the last revision."""
        plan = _plan(self.n, self.preset, self._stage.rng, self._kinds)
        queue: list[Entry] = []
        on: dict[int, _Cast] = {}
        first = at = 0
        while at < len(plan) or queue:
            while at < len(plan) and (not queue or plan[at][0] <= queue[0][0]):
                _, task, lines = plan[at]
                on[task.no] = self._enter(task, lines, first, queue)
                first += lines
                at += 1
            day, no, k, revision, new = heapq.heappop(queue)
            cast = on[no]
            yield self._write(cast, k, revision, day, new)
            cast.left -= 1
            if not cast.left:
                del on[no]

    def _enter(self, task: Task, lines: int, first: int, queue: list[Entry]) -> _Cast:
        """Bring one advertiser on stage and queue its lines: its ads, and some of them again."""
        rng = Random(self._mix * 1_000_003 + task.no)
        again = 0
        if task.role != "spam":
            chance = self.preset.repeat + self.preset.revise
            again = min(lines - 1, sum(rng.random() < chance for _ in range(lines)))
        task.ads = lines - again
        cast = _Cast(list(self._kinds[task.role].build(task, self._stage, rng)), first, [0] * task.ads, lines)
        last = [draft.day for draft in cast.drafts]
        for k, day in enumerate(last):
            heapq.heappush(queue, (day, task.no, k, 0, True))
        for _ in range(again):
            k = int(rng.random() * task.ads)
            last[k] += (LAST_SEEN - last[k]) * min(0.9, rng.random() * 0.1)
            changed = rng.random() * (self.preset.repeat + self.preset.revise) < self.preset.revise
            if changed:
                cast.revisions[k] += 1
            heapq.heappush(queue, (last[k], task.no, k, cast.revisions[k], False))
        return cast

    def _write(
        self, cast: _Cast, k: int, revision: int, day: float, new: bool
    ) -> tuple[dict[str, Any], dict[str, Any], bool]:
        """Write one line out, and the truth about its ad, whose values are those of its last revision."""
        draft, number = cast.drafts[k], cast.first + k
        # An odd factor makes every number of a line a different 48-bit key.
        key = f"{(number * 0x9E3779B97F4B + self._mix) % (1 << 48):012x}"
        rng, ad_seed = self._line, self._mix ^ (number * 2_654_435_761)
        rng.seed(ad_seed)
        posted = at_day(self._start, draft.day - 0.002 - rng.random() * 0.5)
        seen = at_day(self._start, day)
        footer = self.preset.footer
        ad, values = render(draft, key, seen, posted, rng, world=self.name, footer=footer, revision=revision)
        if revision != cast.revisions[k]:
            rng.seed(ad_seed)
            rng.random()
            _, values = render(
                draft, key, seen, posted, rng, world=self.name, footer=footer, revision=cast.revisions[k]
            )
        truth = {
            "id": key, "template": draft.template, "persona": draft.persona, "network": draft.network,
            "label": draft.label, "values": values,
        }  # fmt: skip
        return ad, truth, new


def generate(
    n: int, *, seed: int | str, preset: str = "standard", start: date = START
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield the n ad lines of a world with the truth about each, in the order in which they are seen.

    A line whose ad was there before (a repeat, or a change under the same key) comes with the same truth.
    """
    for ad, truth, _ in World(n, seed=seed, preset=preset, start=start).lines():
        yield ad, truth
