"""Indicators from where and when: travel together, circuits, bulk posting."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from homeward.connect import parameters as p
from homeward.connect.cotravel import LEAST_PLACES, Track, co_travel
from homeward.connect.groups import Group
from homeward.connect.indicators.registry import EXPERTS, FREEMAN, NIJ, Found, indicator
from homeward.connect.movement import GAP_DAYS
from homeward.connect.tools import text_list
from homeward.model.finding import Direction, Strength


def _tracks(group: Group) -> dict[int, Track]:
    """Return each named person's stays in order of time, those with most of them, as far as they are tested.

    They come in an order that no name and no repost changes, since chance is drawn in that order.
    """
    city = group.scene.facts.city
    out: dict[int, Track] = {}
    for name, ads in group.named.items():
        stays: list[list[int]] = []
        for day, ad in sorted(zip(group.days(ads), ads, strict=True)):
            if city[ad] >= 0:
                if stays and stays[-1][0] == city[ad] and day - stays[-1][2] <= GAP_DAYS:
                    stays[-1][2] = day
                else:
                    stays.append([int(city[ad]), day, day])
        if len({place for place, *_ in stays}) >= LEAST_PLACES:
            place, first, last = np.array(stays, dtype=np.int64).T
            out[name] = Track(place, first.astype(float), last.astype(float))
    kept = sorted(out, key=lambda n: (-len(out[n].place), out[n].first.tolist(), out[n].last.tolist(), n))
    return {name: out[name] for name in kept[: p.CO_TRAVEL_TESTED]}


@indicator("travel together", Direction.FOR, Strength.EXPERT, source=EXPERTS, date="2024-01-01")
def several_travel_together(group: Group) -> Found | None:
    """Several names are advertised in the same cities in the same days, more than chance has it.

    Chance is a reordering of one's cities over her own days; of the pairs called, one in twenty may be wrong.
    """
    # Two names alone are a touring pair, which is shown and never counted.
    if len(group.named) < 3 or len(group.cities) < LEAST_PLACES:
        return None
    tracks = _tracks(group)
    names = list(tracks)
    pairs = list(combinations(range(len(names)), 2))
    numbered = dict(enumerate(tracks.values()))
    called = [pair for pair in co_travel(numbered, pairs, p.CO_TRAVEL_ROUNDS) if pair.called]
    together = sorted({names[who] for pair in called for who in (pair.a, pair.b)})
    if len(together) < p.CO_TRAVEL_PERSONAS:
        return None
    cities = {place for pair in called for place in pair.places}
    ads = {ad for n in together for ad in group.named[n] if int(group.scene.facts.city[ad]) in cities}
    spelled = sorted(group.text(name) for name in together)
    worst = max(pair.p for pair in called)
    return Found(
        f"{len(spelled)} names ({text_list(spelled)}) in the same {len(cities)} cities in the same days "
        f"(city named in the ad; by chance in at most {max(1, round(1000 * worst))} of 1,000 reorderings)",
        min(p.MOST_TRAVEL, p.PER_TRAVELLER * len(spelled)),
        tuple(sorted(ads)),
    )


@indicator("touring", Direction.SHOWN, Strength.FOLK, source=NIJ, date="2024-01-01")
def circuit(group: Group) -> Found | None:
    """Ads appear in several cities; shown, never counted."""
    if len(group.cities) < 3:
        return None
    names = sorted(group.scene.facts.city_names[city].partition(",")[0].title() for city in group.cities)
    shown = names if len(names) <= 8 else [*names[:8], f"{len(names) - 8} more"]
    return Found(f"Ads in {len(names)} cities: {text_list(shown)}", 0.0, tuple(group.ads.tolist()))


@indicator("spam", Direction.AGAINST, Strength.EXPERT, source=FREEMAN, date="2025-01-01")
def bulk_wording(group: Group) -> Found | None:
    """The group's wording stands under very many unrelated numbers and cities at once: bulk posting."""
    scene = group.scene
    most, ads = max(group.templates.items(), key=lambda item: (len(item[1]), -item[0]))
    networks, cities = int(scene.template_networks[most]), int(scene.template_cities[most])
    fast = cities >= p.BLAST_CITIES_A_DAY * int(scene.template_days[most])
    wide = networks >= p.SPAM_NETWORKS and cities >= p.SPAM_CITIES and fast
    phones = len(group.values("phone"))
    blast = len(group.cities) >= p.SPAM_CITIES and len(group.cities) >= p.BLAST_CITIES_A_DAY * (
        group.span + 1
    )
    if not wide and not blast:
        return None
    sentence = (
        f"One wording of the group is used by {networks} groups in {cities} cities "
        f"within {int(scene.template_days[most])} days"
        if wide
        else f"{len(group.cities)} cities and {phones} numbers in {int(group.span) + 1} days"
    )
    return Found(sentence, p.SPAM, tuple(ads))


@indicator("spam", Direction.AGAINST, Strength.EXPERT, source=FREEMAN, date="2025-01-01")
def hardly_a_city_twice(group: Group) -> Found | None:
    """Nearly every ad is in another city: bulk posting; people who travel stay and post again."""
    if len(group.cities) < p.SCATTERED_CITIES:
        return None
    stays: dict[tuple[int, int], int] = {}
    for city, ads in group.cities.items():
        for ad, day in zip(ads, group.days(ads), strict=True):
            stays.setdefault((city, day), ad)
    cities = len(group.cities)
    if cities < p.SCATTERED_SHARE * len(stays):
        return None
    return Found(
        f"{cities} cities on {len(stays)} city-days: hardly a city twice",
        max(p.MOST_SCATTERED, p.SCATTERED * cities),
        tuple(group.ads.tolist()),
    )
