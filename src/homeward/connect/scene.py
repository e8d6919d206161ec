"""The scene: what all groups share before indicators look at each, and the local baselines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from homeward.connect import parameters as p
from homeward.connect.baselines import baselines
from homeward.connect.elsewhere import Elsewhere
from homeward.connect.evidence import Posters
from homeward.connect.facts import Facts
from homeward.connect.groups import Bools, Scene
from homeward.connect.indicators.lexicon import find_phrases
from homeward.connect.neighbours import Hits, neighbours
from homeward.connect.prices import Priced, middle_prices
from homeward.connect.signature import fold
from homeward.connect.tools import Floats, Ints, codes_of, distinct
from homeward.connect.written import Written

# Wordings searched for phrases at once: the texts of a million ads, spelled out, are more than a gigabyte.
TEXTS_AT_ONCE = 20_000
# Which ads have a number in their text, in which one is hidden or spaced out, and where.
Numbers = tuple[Bools, Bools, Written]


def set_scene(
    facts: Facts, numbers: Numbers, wording: Ints, template: Ints, posters: Posters,
    network: Ints, persona: Callable[[], Ints], hits: Hits, elsewhere: Elsewhere,
    template_ids: Mapping[int, str],
) -> Scene:  # fmt: skip
    """Return the scene of all groups that are built now.

    `numbers` are `numbers_in`, `hits` are `read_hits` of the same ads; `persona` is asked for last, since the
    engine's workers may still cut them; `template_ids` names templates known before.
    """
    has_number, obscured, written = numbers
    around = neighbours(
        facts, wording, template, network, has_number, obscured, hits, elsewhere, template_ids
    )
    networks, cities = _spread(around.template, around.network), _spread(around.template, around.city)
    return Scene(
        facts=facts,
        wording=wording,
        template=template,
        template_networks=networks,
        template_cities=cities,
        network=network,
        poster=posters.of_ad,
        contact=posters.contact,
        same=posters.same,
        template_days=_days(around.template, around.first_day),
        generic=posters.generic,
        borrowed=_borrowed(facts, network, elsewhere),
        has_number=has_number,
        obscured=obscured,
        written=written,
        hits=hits,
        price=around.price[: facts.count],
        local_price=middle_prices(Priced(around.city, around.currency, around.price, around.network))[
            : facts.count
        ],
        baseline=baselines(around),
        persona=persona(),
    )


def _spread(template: Ints, other: Ints) -> Ints:
    """Return for each template number over how many different others its ads spread."""
    known = template >= 0
    pairs = distinct(template[known], other[known])
    return np.bincount(pairs[:, 0], minlength=int(template.max(initial=0)) + 1)


def _borrowed(facts: Facts, network: Ints, elsewhere: Elsewhere) -> frozenset[int]:
    """Return the photos that more than one network shows."""
    ad, value = facts.of_kind("photo")
    pairs = distinct(value, network[ad])
    photos, counts = np.unique(pairs[:, 0], return_counts=True)
    counts = counts + elsewhere.holders("photo", facts.value_text[photos].tolist())
    return frozenset(photos[counts > 1].tolist())


def _days(template: Ints, day: Floats) -> Ints:
    """Return for each template number the days from its first ad to its last, at least 1."""
    size = int(template.max(initial=0)) + 1
    first, last = np.full(size, np.inf), np.full(size, -np.inf)
    known = (day >= 0) & (template >= 0)
    np.minimum.at(first, template[known], day[known])
    np.maximum.at(last, template[known], day[known])
    seen = np.isfinite(first)
    span = np.ones(size)
    span[seen] = last[seen] - first[seen]
    return np.maximum(span, 1).astype(np.int64)


def numbers_in(facts: Facts, mentions: pa.Table) -> Numbers:
    """Return which ads have a number in their text, in which one is hidden or spaced out, and where."""
    phones = mentions.filter(
        pc.and_(
            pc.equal(mentions["kind"], "phone"), pc.greater_equal(mentions["confidence"], p.LEAST_CONFIDENCE)
        )
    )
    # An address is often made by the site, which writes every number with dashes: it tells nothing.
    phones = phones.filter(pc.is_in(phones["part"], value_set=pa.array(["title", "body"])))
    place = codes_of(
        pc.fill_null(pc.index_in(phones["capture"], value_set=facts.ads["capture"].combine_chunks()), -1)
    )
    hidden = pc.match_substring_regex(pc.fill_null(phones["detail"], ""), r'"obscured": ?true')
    hidden = hidden.to_numpy(zero_copy_only=False) if phones.num_rows else np.empty(0, dtype=bool)
    has, obscured = np.zeros(facts.count, dtype=bool), np.zeros(facts.count, dtype=bool)
    has[place[place >= 0]] = True
    obscured[place[hidden & (place >= 0)]] = True
    return has, obscured, Written.of(facts, phones, place, hidden)


def read_hits(facts: Facts, wording: Ints, youth: Sequence[str]) -> Hits:
    """Return the wording families that each ad's text holds; equal wordings are read once."""
    _, first, inverse = np.unique(wording, return_index=True, return_inverse=True)
    found: list[tuple[tuple[str, str], ...]] = []
    for at in range(0, len(first), TEXTS_AT_ONCE):
        chosen = facts.ads.select(["title", "body"]).take(pa.array(first[at : at + TEXTS_AT_ONCE]))
        titles, bodies = (pc.fill_null(chosen[name], "").to_pylist() for name in ("title", "body"))
        texts = [fold(f"{title}\n{body}") for title, body in zip(titles, bodies, strict=True)]
        found += find_phrases(texts, youth=youth)
    filled = np.array([bool(some) for some in found], dtype=bool)
    return {int(ad): found[int(inverse[ad])] for ad in np.flatnonzero(filled[inverse]).tolist()}
