"""Descriptions: are the ads under one name of two people, by what they say of body and price?

An operator or a scam gives two people one name, or none at all, and one wording; what the ads say of height,
weight, hair, eyes and the price of an hour then goes back and forth between two sets that never mix. One
thing alone may be changed, mistaken or misread, and all of them once; two that agree and come back tell of
two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import combinations, pairwise

# What an ad says of its person, by kind: numbers for height (cm), weight (kg) and price (an hour), else text.
Mark = float | str
Body = Mapping[str, Mark]
KINDS = ("height", "weight", "hair", "eyes", "price")
# Numbers nearer than this are one: people round their height, and prices rise.
NEAR = {"height": 3.0, "weight": 4.0}
PRICE_NEAR = 1.2
LEAST_ADS = 2  # that say both things of one set
PURE = 0.9  # of the ads that say both things say those of one set
BACK = 3  # stretches: the first set, the second, and one of them again


def body_of(said: Iterable[tuple[int, str]]) -> dict[str, Mark]:
    """Return what an ad says of body and price, where it says one thing of a kind.

    `said` are places in `KINDS` with the value's text.
    """
    marks: dict[str, set[Mark]] = {}
    for kind, text in said:
        if (mark := _mark(KINDS[kind], text)) is not None:
            marks.setdefault(KINDS[kind], set()).add(mark)
    return {kind: some.pop() for kind, some in marks.items() if len(some) == 1}


@lru_cache(maxsize=10_000)
def _mark(kind: str, text: str) -> Mark | None:
    """Return a value as it is compared: "170 cm" as 170, "390 USD 60min" as 390; None if it says nothing."""
    if kind not in NEAR and kind != "price":
        return text
    amount, _, unit = text.partition(" ")
    if (kind == "price" and not unit.endswith("60min")) or not amount.replace(".", "", 1).isdigit():
        return None
    return float(amount)


def parted(bodies: Sequence[Body]) -> list[int]:
    """Return for each ad (in order of first being seen) the number of its set from 0, all 0 if there is one.

    An ad that says neither of the two things goes with the set whose others it says, else with the first.
    """
    found: list[tuple[int, tuple[str, str], list[int]]] = []
    for kinds in combinations(_told_apart(bodies), 2):
        said = [(body.get(kinds[0]), body.get(kinds[1])) for body in bodies]
        sets = _sets(kinds, [(a, b) for a, b in said if a is not None and b is not None])
        of = [next((k for k, one in enumerate(sets) if _same(kinds, pair, one)), -1) for pair in said]
        told = [k for k, (a, b) in zip(of, said, strict=True) if a is not None and b is not None]
        held = [k for k in told if k >= 0]
        stretches = 1 + sum(a != b for a, b in pairwise(held))
        if len(sets) > 1 and len(held) >= PURE * len(told) and stretches >= BACK:
            found.append((len(held), kinds, of))
    return _placed(bodies, max(found, key=lambda one: one[0])[2]) if found else [0] * len(bodies)


def _told_apart(bodies: Sequence[Body]) -> list[str]:
    """Return the kinds of which two things are said again: mostly none, and then nothing is looked into."""
    if len(bodies) < 2 * LEAST_ADS:
        return []
    out = []
    for kind in KINDS:
        said = [body[kind] for body in bodies if kind in body]
        if len(set(said)) > 1 and sum(n >= LEAST_ADS for n in Counter(said).values()) > 1:
            out.append(kind)
    return out


def _sets(kinds: tuple[str, str], said: Sequence[tuple[Mark, Mark]]) -> list[tuple[Mark, Mark]]:
    """Return the pairs of things said again, commonest first, each unlike all before it in both things."""
    out: list[tuple[Mark, Mark]] = []
    for pair, count in Counter(said).most_common():
        apart = all(_differ(kind, x, y) for one in out for kind, x, y in zip(kinds, pair, one, strict=True))
        if count >= LEAST_ADS and apart:
            out.append(pair)
    return out


def _same(kinds: tuple[str, str], pair: tuple[Mark | None, Mark | None], one: tuple[Mark, Mark]) -> bool:
    """Whether an ad says both things, and neither unlike a set's."""
    return all(x is not None and not _differ(kind, x, y) for kind, x, y in zip(kinds, pair, one, strict=True))


def _differ(kind: str, a: Mark, b: Mark) -> bool:
    if isinstance(a, str) or isinstance(b, str):
        return a != b
    if kind == "price":
        return max(a, b) >= PRICE_NEAR * min(a, b)
    return abs(a - b) >= NEAR[kind]


def _placed(bodies: Sequence[Body], of: Sequence[int]) -> list[int]:
    """Return each ad's set: the one it is of, or the one whose ads say most of what it says."""
    known: dict[int, set[tuple[str, Mark]]] = {k: set() for k in sorted(set(of) - {-1})}
    for body, k in zip(bodies, of, strict=True):
        if k >= 0:
            known[k].update(body.items())
    near = (max(known, key=lambda k: (len(known[k] & set(body.items())), -k)) for body in bodies)
    return [k if k >= 0 else other for k, other in zip(of, near, strict=True)]
