"""Neighbours: what is counted of every ad, built now or elsewhere, to tell what is common where.

Columns over ads: those built now come first, in their order, then those elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from homeward.connect.elsewhere import Elsewhere, codes_among
from homeward.connect.facts import Facts
from homeward.connect.prices import hour_of
from homeward.connect.tools import Floats, Ints, codes_of, flatten

Bools = npt.NDArray[np.bool_]
Hits = Mapping[int, tuple[tuple[str, str], ...]]

# Families of words that are held against a baseline.
COMPARED = ("third party", "trustworthy", "movement")


@dataclass(frozen=True)
class Neighbours:
    """Ads as numbers. Templates elsewhere that none of those built now has are -1."""

    site: Ints
    city: Ints
    language: Ints
    network: Ints
    wording: Ints
    template: Ints
    first_day: Floats
    number: Bools
    hidden: Bools
    held: Floats  # a row an ad, a column a family of `COMPARED`
    price: Floats  # of an hour, NaN if unknown
    currency: Ints


def neighbours(
    facts: Facts, wording: Ints, template: Ints, network: Ints, number: Bools, hidden: Bools, hits: Hits,
    elsewhere: Elsewhere, template_ids: Mapping[int, str],
) -> Neighbours:  # fmt: skip
    """Return the ads built now (each argument a column over them) and those elsewhere."""
    price, currency, money = hour_prices(facts)
    others = elsewhere.traits
    count = facts.count
    strange = np.unique(others["wording"].to_numpy(), return_inverse=True)[1].astype(np.int64)
    return Neighbours(
        site=_joined(facts.site, elsewhere.codes("site", facts.site_names)),
        city=_joined(facts.city, elsewhere.codes("city", facts.city_names)),
        language=_joined(facts.language, elsewhere.codes("language", facts.language_names)),
        network=_joined(network, count + elsewhere.network),
        wording=_joined(wording, int(wording.max(initial=-1)) + 1 + strange),
        template=_joined(template, _templates(elsewhere.template, template_ids)),
        first_day=_joined(facts.first_day, elsewhere.days("first_day")),
        number=_joined(number, elsewhere.column("number")),
        hidden=_joined(hidden, elsewhere.column("hidden")),
        held=np.concatenate([_flags(hits, count), _kept_flags(others)]),
        price=_joined(price, elsewhere.days("price")),
        currency=_joined(currency, elsewhere.codes("currency", money)),
    )


def _joined(now: npt.NDArray, other: npt.NDArray) -> npt.NDArray:  # type: ignore[type-arg]
    return np.concatenate([now, other])


def _templates(ids: pa.Array, template_ids: Mapping[int, str]) -> Ints:
    """Return templates elsewhere by the number that they have here, -1 for those that are not here."""
    labels = np.array([*template_ids, -1], dtype=np.int64)
    place = codes_among(ids, list(template_ids.values()))
    return labels[np.where((place >= 0) & (place < len(template_ids)), place, -1)]


def _flags(hits: Hits, count: int) -> Floats:
    held = np.zeros((count, len(COMPARED)))
    for ad, pairs in hits.items():
        for family, _ in pairs:
            if family in COMPARED:
                held[ad, COMPARED.index(family)] = 1.0
    return held


def _kept_flags(others: pa.Table) -> Floats:
    held = np.zeros((others.num_rows, len(COMPARED)))
    offsets, _ = flatten(others["held"].combine_chunks())
    families = pc.index_in(pc.list_flatten(others["held"]), value_set=pa.array(COMPARED, pa.string()))
    family = codes_of(pc.fill_null(families, -1))
    rows = np.repeat(np.arange(others.num_rows), np.diff(offsets))
    held[rows[family >= 0], family[family >= 0]] = 1.0
    return held


def hour_prices(facts: Facts) -> tuple[Floats, Ints, list[str]]:
    """Return each ad's price for an hour (NaN if unknown), its currency's number, and the currencies."""
    ad, value = facts.of_kind("price")
    price = np.full(facts.count, np.nan)
    currency = np.full(facts.count, -1, dtype=np.int64)
    money: dict[str, int] = {}
    hour: dict[int, tuple[float, int]] = {}
    for v in np.unique(value).tolist():
        if found := hour_of(str(facts.value_text[v])):
            hour[v] = (found[0], money.setdefault(found[1], len(money)))
    for a, v in zip(ad.tolist(), value.tolist(), strict=True):
        if v in hour and np.isnan(price[a]):
            price[a], currency[a] = hour[v]
    return price, currency, list(money)
