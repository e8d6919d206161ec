"""Traits: what is kept of each ad, so that the next refresh can count it without building it anew."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import xxhash

from homeward.connect.neighbours import COMPARED, hour_prices
from homeward.connect.tools import Ints
from homeward.model import schema

if TYPE_CHECKING:
    from homeward.connect.build import Built
    from homeward.connect.facts import Facts

_SEED = 0x7A17
_TEXTS = 50_000


def make_traits(built: Built) -> pa.Table:
    """Return the traits of the ads of a build, sorted by ad."""
    facts, posters, scene = built.facts, built.posters, built.scene
    _, currency, money = hour_prices(facts)
    heads = np.zeros(facts.count, dtype=bool)
    heads[posters.first_ad] = True
    none: tuple[str, ...] = ()
    some = {ad: _compared(hits) for ad, hits in scene.hits.items()}
    held = [some.get(ad, none) for ad in range(facts.count)]
    columns = {
        "ad": facts.ads["ad"],
        "wording": pa.array(built.worded.keys, pa.uint64()),
        "thin": built.worded.thin,
        "contents": contents(facts.ads),
        "site": facts.ads["site"],
        "city": _named(facts.city, facts.city_names),
        "placed": _placed(facts),
        "language": facts.ads["language"],
        "first_day": facts.first_day,
        "last_day": facts.last_day,
        "number": scene.has_number,
        "hidden": scene.obscured,
        "held": pa.array(held, schema.TEXTS),
        "price": pa.array(scene.price, from_pandas=True),
        "currency": _named(currency, money),
        "photos": _photos(facts),
        "contact": posters.contact[posters.of_ad] >= 0,
        "heads": heads,
        "run": pa.array([built.run] * facts.count, pa.string()),
    }
    return pa.table(columns).cast(schema.TRAITS).sort_by("ad")


def contents(ads: pa.Table) -> pa.Array:
    """Return a number for what each ad says: the same title and body have the same one."""
    said: list[int] = []
    for start in range(0, ads.num_rows, _TEXTS):  # a million texts at once would be a gigabyte
        rows = zip(*(ads[name].slice(start, _TEXTS).to_pylist() for name in ("title", "body")), strict=True)
        said += [xxhash.xxh3_64_intdigest(f"{title}\x1f{body}".encode(), seed=_SEED) for title, body in rows]
    return pa.array(said, pa.uint64())


@lru_cache(maxsize=10_000)
def _compared(hits: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    return tuple(sorted({family for family, _ in hits if family in COMPARED}))


def _named(codes: Ints, names: list[str]) -> pa.Array:
    return pa.array(names, pa.string()).take(pa.array(codes, mask=codes < 0))


def _placed(facts: Facts) -> pa.Array:
    """Return the city each ad is filed under, as the value of kind `city`."""
    ad, value = facts.of_kind("city")
    code = np.full(facts.count, -1, dtype=np.int64)
    code[ad] = value
    return pa.array(facts.value_text, pa.string()).take(pa.array(code, mask=code < 0))


def _photos(facts: Facts) -> pa.ListArray:
    starts, value = facts.by_ad("photo")
    texts = pa.array(facts.value_text[value], pa.string())
    return pa.ListArray.from_arrays(pa.array(starts, pa.int32()), texts)
