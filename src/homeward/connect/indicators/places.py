"""Indicators from where and when: travel together, circuits, bulk posting."""

from __future__ import annotations

from collections import defaultdict

from homeward.connect import parameters as p
from homeward.connect.groups import Group
from homeward.connect.indicators.registry import EXPERTS, FREEMAN, NIJ, Found, indicator
from homeward.connect.tools import text_list
from homeward.model.finding import Direction, Strength


def _stays(group: Group) -> dict[int, dict[int, list[tuple[int, int]]]]:
    """Return for each named person the cities of her ads, each with (day, ad), without her commonest."""
    city = group.scene.facts.city
    out: dict[int, dict[int, list[tuple[int, int]]]] = {}
    for name, ads in group.named.items():
        stays: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for ad, day in zip(ads, group.days(ads), strict=True):
            if city[ad] >= 0:
                stays[int(city[ad])].append((day, ad))
        if stays:
            home = max(stays, key=lambda c: (len(stays[c]), -c))
            out[name] = {c: seen for c, seen in stays.items() if c != home}
    return out


@indicator("travel together", Direction.FOR, Strength.EXPERT, source=EXPERTS, date="2024-01-01")
def several_travel_together(group: Group) -> Found | None:
    """Several names are advertised in the same further cities in the same days."""
    # Two names alone are a touring pair, which is shown and never counted.
    if len(group.named) < 3 or len(group.cities) < 2:
        return None
    stays = _stays(group)
    met: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    ads: set[int] = set()
    for a in sorted(stays):
        for b in sorted(stays):
            for city in sorted(stays[a].keys() & stays[b].keys()) if a < b else ():
                near = [
                    (x, y)
                    for day, x in stays[a][city]
                    for other, y in stays[b][city]
                    if abs(day - other) <= p.CO_TRAVEL_DAYS
                ]
                if near:
                    met[a][city].add(b)
                    met[b][city].add(a)
                    ads |= {ad for pair in near for ad in pair}
    together = [name for name, cities in met.items() if len(cities) >= p.CO_TRAVEL_CITIES]
    if len(together) < p.CO_TRAVEL_PERSONAS:
        return None
    cities = sorted({c for name in together for c in met[name]})
    names = sorted(group.text(name) for name in together)
    return Found(
        f"{len(names)} names ({text_list(names)}) in the same {len(cities)} further cities "
        f"within {p.CO_TRAVEL_DAYS} days of each other (city named in the ad)",
        min(p.MOST_TRAVEL, p.PER_TRAVELLER * len(names)),
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
