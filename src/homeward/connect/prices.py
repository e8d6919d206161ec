"""Prices: what an hour costs in a city, and whose prices lie far from that.

A city's middle price moves with every ad that comes in, and with it who is far from it: where only a
neighbourhood is built, groups that are far now and were not, or the other way round, are built anew too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from homeward.connect import parameters as p
from homeward.connect.tools import Floats, Ints, distinct

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Priced:
    """Ads by city, currency (numbers, -1 unknown), price of an hour (NaN if unknown), and network."""

    city: Ints
    currency: Ints
    price: Floats
    network: Ints

    def only(self, rows: Bools) -> Priced:
        """Return some of the ads."""
        return Priced(self.city[rows], self.currency[rows], self.price[rows], self.network[rows])

    def beside(self, others: Priced) -> Priced:
        """Return these ads, then others."""
        pairs = zip(self._columns(), others._columns(), strict=True)
        return Priced(*(np.concatenate(pair) for pair in pairs))

    def _columns(self) -> tuple[Ints, Ints, Floats, Ints]:
        return self.city, self.currency, self.price, self.network


def hour_of(text: str) -> tuple[float, str] | None:
    """Return the amount and the currency of a price for an hour: "390 USD 60min"; None of another."""
    parts = text.split()
    if len(parts) == 3 and parts[2] == "60min" and parts[0].replace(".", "", 1).isdigit():
        return float(parts[0]), parts[1]
    return None


def first_hour(texts: Iterable[str]) -> tuple[float, str] | None:
    """Return the first price for an hour among some."""
    return next((found for text in texts if (found := hour_of(text))), None)


def middle_prices(ads: Priced) -> Floats:
    """Return for each ad the middle price of an hour in its city and currency, NaN if unknown.

    Each price of a network counts once, so that no repost moves the middle.
    """
    local = np.full(len(ads.price), np.nan)
    known = np.flatnonzero(np.isfinite(ads.price) & (ads.city >= 0))
    if not len(known):
        return local
    key = ads.city[known] * (int(ads.currency.max(initial=0)) + 2) + ads.currency[known]
    prices, price = np.unique(ads.price[known], return_inverse=True)
    once = distinct(key, price, ads.network[known])
    keys, start, counts = np.unique(once[:, 0], return_index=True, return_counts=True)
    low, high = (prices[once[start + middle, 1]] for middle in ((counts - 1) // 2, counts // 2))
    middle = np.where(counts >= p.LEAST_NEIGHBOURS, (low + high) / 2, np.nan)
    local[known] = middle[np.searchsorted(keys, key)]
    return local


def is_far(ratio: float) -> bool:
    """Whether a price is far from the middle, given what share of it it is."""
    return not 1 / p.PRICE_RATIO < ratio < p.PRICE_RATIO


def otherwise(then: Priced, stands: Bools, new: Priced) -> Ints:
    """Return the networks of `then` whose prices are far from the local middle now or then, but not both.

    `stands` are the ads of then that are there now; networks of `new` ads are numbered on where they are new.
    """
    before = _far(then.network, then.price, middle_prices(then))
    kept = then.only(stands)
    local = middle_prices(kept.beside(new))[: len(kept.price)]
    return np.asarray(np.setxor1d(before, _far(kept.network, kept.price, local)))


def _far(network: Ints, price: Floats, local: Floats) -> Ints:
    """Return the networks the middle of whose prices is far from the local ones."""
    known = np.isfinite(price) & (np.where(np.isfinite(local), local, 0.0) > 0)
    ratio, owner = price[known] / local[known], network[known]
    order = np.lexsort((ratio, owner))
    ratio, owner = ratio[order], owner[order]
    groups, start, counts = np.unique(owner, return_index=True, return_counts=True)
    middle = (ratio[start + (counts - 1) // 2] + ratio[start + counts // 2]) / 2
    far = (middle <= 1 / p.PRICE_RATIO) | (middle >= p.PRICE_RATIO)
    return np.asarray(groups[(counts >= p.LEAST_WORDINGS) & far])
