"""Every set, how it is made, and what is aimed at: the generators are of the rules of the field, not of our code."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from bench.quality.reading import foreign, hiding, others, peers, phones, wide

Rows = list[dict[str, object]]


class Set(NamedTuple):
    """One set: how its rows are made, and the F1 that is aimed at; 0 where nothing was set."""

    make: Callable[[int, int], Rows]
    aim: float = 0.0


def _amounts(n: int, seed: int) -> Rows:
    """The prices by amount alone, since no peer reads minutes."""
    return [
        {**r, "kind": "amount", "expected": [str(e).split()[0] for e in r["expected"]]}  # type: ignore[attr-defined]
        for r in others.prices(n, seed)
    ]


def _emails(way: str) -> Callable[[int, int], Rows]:
    return lambda n, seed: wide.emails(n, seed, way=way)


def _ads(language: str) -> Callable[[int, int], Rows]:
    return lambda n, seed: foreign.ads(language, min(n, 100), seed)


SETS: dict[str, Set] = {
    "phone plain": Set(lambda n, s: phones.with_phone(n, s, obscured=False), 0.98),
    "phone abroad": Set(hiding.abroad, 0.98),
    "phone obscured": Set(lambda n, s: phones.with_phone(n, s, obscured=True), 0.97),
    "phone hidden": Set(hiding.hidden, 0.97),
    "no phone": Set(lambda n, s: phones.without_phone(max(n, 2000), s)),
    "price": Set(others.prices, 0.92),
    "price amount": Set(_amounts, 0.95),
    "age": Set(others.ages, 0.95),
    "height": Set(others.heights, 0.93),
    "weight": Set(others.weights, 0.93),
    "email": Set(others.emails, 0.97),
    **{f"email {way}": Set(_emails(way), 0.95) for way in wide.HIDING},
    "name": Set(others.names, 0.90),
    "name wide": Set(wide.names, 0.90),
    "place": Set(others.places, 0.90),
    "place wide": Set(wide.places, 0.90),
    "address": Set(peers.addresses),
    **{
        f"{kind}: documented": Set(peers.documented(kind)) for kind in ("phone", "email", "amount", "address")
    },
    **{f"ads {language}": Set(_ads(language), 0.90) for language in foreign.SAYS},
}
