"""How right are circuits and co-travel on invented journeys whose truth is known?

    python -m bench.quality.travel --seed 1 --people 400

Circuits: groups that go round 2–5 places (stops missed, suburbs named, stays of uneven length) among
wanderers in no order, people at home, bulk posters. Co-travel: companies of 3–5 people among independent
tourers, some on the very same round at another pace. Measured on invented journeys.
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import dataclass, field
from random import Random
from typing import Any

import numpy as np

from homeward.connect import circuits, cotravel, movement

PLACES = 60  # cities, each with a suburb that some of its ads are filed under
START = 20_000.0  # days since 1970
LENGTH = (70.0, 160.0)


@dataclass
class World:
    """Ads of invented people, and the truth about them."""

    rows: list[tuple[int, float, int]] = field(default_factory=list)  # who, day, place
    circuits: dict[int, tuple[int, ...]] = field(default_factory=dict)
    together: set[tuple[int, int]] = field(default_factory=set)
    roles: dict[int, str] = field(default_factory=dict)


def atlas(rng: Random) -> tuple[np.ndarray, np.ndarray]:
    """Positions of cities, far from each other, then of their suburbs."""
    lat = [25 + 4.0 * (i // 10) + rng.uniform(-0.5, 0.5) for i in range(PLACES)]
    lon = [-120 + 5.0 * (i % 10) + rng.uniform(-0.5, 0.5) for i in range(PLACES)]
    lat += [one + rng.uniform(-0.15, 0.15) for one in lat]
    lon += [one + rng.uniform(-0.15, 0.15) for one in lon]
    return np.array(lat), np.array(lon)


def make(seed: int, people: int) -> World:
    """Return a world of about so many people."""
    rng, world, who = Random(seed), World(), 0
    roads = [tuple(rng.sample(range(PLACES), rng.randint(3, 5))) for _ in range(6)]  # rounds that many know
    while who < people:
        role = rng.choices(("circuit", "company", "wanderer", "same road", "home", "blast"),
                           (20, 12, 25, 15, 20, 8))[0]  # fmt: skip
        start, length = START + rng.uniform(0, 30), rng.uniform(*LENGTH)
        size = rng.randint(3, 5) if role == "company" else 1
        stops = _stops(role, rng, roads, start, length)
        for mate in range(size):
            world.roles[who + mate] = role
            if mate and rng.random() < 0.15:  # left for some weeks
                lo = rng.uniform(start, start + length)
                mine = [s for s in stops if not lo < s[0] < lo + 25]
            else:
                mine = stops
            _post(world, who + mate, mine, rng)
        ring = [s[1] for s in stops][: len({s[1] for s in stops})]
        if role in ("circuit", "same road") and len(stops) > 2 * len(ring):  # gone round twice, ads or none
            world.circuits[who] = _turned(ring)
        if role == "company":
            world.together |= {(who + i, who + j) for i in range(size) for j in range(i + 1, size)}
        who += size
    return world


def _stops(role: str, rng: Random, roads: list[tuple[int, ...]], start: float, length: float) -> list[Any]:
    """Return (from, place, to) of one journey."""
    pace = rng.uniform(3, 9)
    ring = rng.choice(roads) if role == "same road" else tuple(rng.sample(range(PLACES), rng.randint(2, 5)))
    near = rng.sample(range(PLACES), 8)
    day, out, k, place = start, [], 0, -1
    if role == "blast":
        return [
            (start + d, p, start + d + 0.4) for d in range(0, int(length), 9) for p in rng.sample(near, 6)
        ]
    while day < start + length:
        stay = length if role == "home" else pace * rng.uniform(0.7, 1.4)
        if role in ("circuit", "same road"):
            place = ring[k % len(ring)]
        else:
            place = rng.choice([p for p in near if p != place])
        out.append((day, place, min(day + stay, start + length)))
        day, k = day + stay, k + 1
    return out


def _post(world: World, who: int, stops: list[Any], rng: Random) -> None:
    for begin, place, end in stops:
        if rng.random() < 0.1:  # a stop without an ad
            continue
        for _ in range(max(1, round((end - begin) * rng.uniform(0.2, 0.7)))):
            named = place + PLACES if rng.random() < 0.2 else place
            world.rows.append((who, rng.uniform(begin, end), named))


def _turned(ring: list[int]) -> tuple[int, ...]:
    turn = ring.index(min(ring))
    return (*ring[turn:], *ring[:turn])


def measure(seed: int, people: int) -> dict[str, Any]:
    """Return the figures of one world."""
    world = make(seed, people)
    lat, lon = atlas(Random(seed + 1))
    who, day, place = (np.array(column) for column in zip(*world.rows, strict=True))
    began = time.process_time()
    seen = movement.Seen(who.astype(np.int64), day.astype(np.float64), place.astype(np.int64), lat, lon)
    metro = movement.metros(lat, lon, np.bincount(seen.place, minlength=len(lat)))
    blast = movement.blasts(seen.who, seen.day, metro[seen.place], lat, lon)
    stays = movement.find_stays(seen, metro, blast)
    steps = movement.find_steps(stays, lat, lon)
    good = ~steps.too_fast
    found = circuits.find_circuits(
        stays.who[steps.start[good]], stays.metro[steps.start[good]], stays.metro[steps.end[good]],
        steps.days[good],
    )  # fmt: skip
    walked = time.process_time() - began
    told = {(w, _city(c.places)) for w, some in found.items() for c in some}
    truth = {(w, ring if len(ring) > 2 else tuple(sorted(ring))) for w, ring in world.circuits.items()}
    began = time.process_time()
    together = cotravel.co_travel(tracks_of(stays))
    tested = time.process_time() - began
    called = {(pair.a, pair.b) for pair in together if pair.called}
    return {
        "seed": seed, "people": len(world.roles), "ads": len(world.rows),
        "circuits": _scores(told, truth), "co-travel": _scores(called, world.together),
        "wrong circuits": dict(_counts(world.roles[w] for w, _ in told - truth)),
        "wrong pairs": dict(_counts(f"{world.roles[a]}/{world.roles[b]}" for a, b in called - world.together)),
        "seconds of stays and circuits": round(walked, 2), "seconds of co-travel": round(tested, 2),
    }  # fmt: skip


def tracks_of(stays: movement.Stays) -> dict[int, cotravel.Track]:
    """Return each person's drawn stays as a track."""
    out = {}
    for who in np.unique(stays.who[stays.drawn]).tolist():
        mine = np.flatnonzero((stays.who == who) & stays.drawn)
        if len(np.unique(stays.metro[mine])) > 1:
            out[who] = cotravel.Track(stays.metro[mine], stays.first[mine], stays.last[mine])
    return out


def _city(places: tuple[int, ...]) -> tuple[int, ...]:
    return _turned([p % PLACES for p in places])


def _counts(values: Any) -> list[tuple[str, int]]:
    names = list(values)
    return [(name, names.count(name)) for name in sorted(set(names))]


def _scores(found: set[Any], truth: set[Any]) -> dict[str, float]:
    right = len(found & truth)
    precision, recall = right / max(len(found), 1), right / max(len(truth), 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return {"found": len(found), "true": len(truth), "precision": round(precision, 3),
            "recall": round(recall, 3), "f1": round(f1, 3)}  # fmt: skip


def main() -> None:
    """Print the figures of one world as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--people", type=int, default=400)
    given = parser.parse_args()
    print(json.dumps(measure(given.seed, given.people), indent=1))


if __name__ == "__main__":
    main()
