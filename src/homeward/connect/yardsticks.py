"""Yardsticks: how far do plain methods go on the same ads? Each is given its best of a few stated settings.

Ads are numbered from 0; every function returns a group number an ad. They are opponents in `evaluate`, and
nothing else uses them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from homeward.connect.tools import Engine, Ints

# A number that stands in ads beside more than this many different other numbers is taken for a desk's or a
# site's and joins nothing; None lets every number join.
BESIDE: tuple[int | None, ...] = (2, 5, 20, None)
# Share of common shingles from which a wording is a leader's.
JACCARD = (0.5, 0.7, 0.9)
# Leaders that a wording is held against, nearest bands first: a bound, not a limit met in practice.
MOST_LEADERS = 200


def by_phone(ads: int, ad: Ints, value: Ints, engine: Engine, most_beside: int | None) -> Ints:
    """Join ads that say the same number, numbers beside too many others left out."""
    if most_beside is not None:
        numbers: dict[int, list[int]] = defaultdict(list)
        for place, one in zip(ad.tolist(), value.tolist(), strict=True):
            numbers[place].append(one)
        beside: dict[int, set[int]] = defaultdict(set)
        for some in numbers.values():
            for one in some:
                beside[one].update(some)
        kept = [one for one, others in beside.items() if len(others) - 1 <= most_beside]
        keep = np.isin(value, np.array(kept, dtype=np.int64))
        ad, value = ad[keep], value[keep]
    edges = pa.table({"a": ad, "b": ads + value})
    return engine.components(edges, ads + int(value.max(initial=-1)) + 1)[:ads]


def by_minhash(
    bands: Sequence[npt.NDArray[np.uint64]], shingles: Sequence[npt.NDArray[np.uint64]], least: float
) -> Ints:
    """Join each ad to the leader whose shingles are most alike, if their Jaccard index is `least` or more.

    Leaders are the first of their kind; candidates share a band. No chain of pairs joins strangers.
    """
    out = np.arange(len(bands))
    leaders: dict[int, list[int]] = defaultdict(list)
    same: dict[bytes, int] = {}
    for place, (mine, words) in enumerate(zip(bands, shingles, strict=True)):
        key = words.tobytes()
        if not len(words):
            continue
        if key in same:
            out[place] = same[key]
            continue
        met = Counter(leader for band in mine.tolist() for leader in leaders[band])
        best, likeness = place, least
        for leader, _ in sorted(met.items(), key=lambda item: (-item[1], item[0]))[:MOST_LEADERS]:
            common = len(np.intersect1d(words, shingles[leader], assume_unique=True))
            index = common / (len(words) + len(shingles[leader]) - common)
            if index > likeness or (index == likeness and best == place):
                best, likeness = leader, index
        out[place] = same[key] = best
        if best == place:
            for band in mine.tolist():
                leaders[band].append(place)
    return out
