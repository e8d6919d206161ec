"""Bridges: links that rest on pictures alone, held against all that stands on either side of them.

Pictures are stolen. A poster of one ad may share one with a scam and be hers by it, so far as those two ads
tell; but where her group has many ads and the scam has many, one operator would have a wording or a contact
in both. So whatever hangs together by more than pictures is taken as one side, and a link by pictures alone
must outweigh what is taken off for two sides of so many ads.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from homeward.connect import parameters as p
from homeward.connect.evidence import Posters
from homeward.connect.links import COLUMNS, Bools, Compared, taken_off, telling
from homeward.connect.tools import Engine


def standing(posters: Posters, compared: Compared, engine: Engine) -> Bools:
    """Return which of the strong links stand when those by pictures alone are held against both sides."""
    strong = compared.strong
    sure = strong & telling(compared.weights)
    if (sure == strong).all():
        return strong
    edges = pa.table({"a": compared.pairs[sure, 0], "b": compared.pairs[sure, 1]})
    side = engine.components(edges, posters.count)
    ads = np.bincount(side, weights=posters.size, minlength=posters.count)[side][compared.pairs].min(axis=1)
    apart = taken_off(ads.astype(np.int64)) - compared.weights[:, COLUMNS.index("apart")]
    held: Bools = compared.total + np.minimum(apart, 0.0) >= p.LINK + compared.crowd
    return strong & (sure | held)
