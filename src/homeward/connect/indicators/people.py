"""Indicators from who is advertised: names, personas, photos and ages under one contact."""

from __future__ import annotations

from collections import defaultdict

from homeward.connect import parameters as p
from homeward.connect.groups import Group
from homeward.connect.indicators.registry import EXPERTS, FREEMAN, PORTNOFF, Found, indicator
from homeward.connect.indicators.ways import two_ways
from homeward.connect.indicators.wording import third_party_wording
from homeward.connect.tools import text_list
from homeward.model.finding import Direction, Strength

CONTACT_KINDS = ("phone", "email", "handle")


def _names_under(group: Group, kind: str) -> list[tuple[int, dict[int, list[int]]]]:
    """Return each value of a kind with the group's names that its ads carry, most names first."""
    by_ad: dict[int, list[int]] = defaultdict(list)
    for name, ads in group.named.items():
        for ad in ads:
            by_ad[ad].append(name)
    out = []
    for value, ads in group.values(kind).items():
        names: dict[int, list[int]] = defaultdict(list)
        for ad in ads:
            for name in by_ad[ad]:
                names[name].append(ad)
        out.append((value, dict(names)))
    return sorted(out, key=lambda item: (-len(item[1]), group.text(item[0])))


@indicator("several persons", Direction.FOR, Strength.EXPERT, source=PORTNOFF, date="2017-08-13")
def several_persons_one_contact(group: Group) -> Found | None:
    """Several names stand under one contact."""
    if len(group.named) < 2:
        return None
    under = [item for kind in CONTACT_KINDS for item in _names_under(group, kind)]
    if not under:
        return None
    value, names = max(under, key=lambda item: (len(item[1]), group.text(item[0])))
    if len(names) < 2:
        return None
    spelled = sorted(group.text(name) for name in names)
    contact = group.text(value)
    kind = str(group.scene.facts.value_kind[value])
    ads = sorted({ad for some in names.values() for ad in some})
    return Found(
        f"{len(names)} names under {group.shown(value)}: {text_list(spelled)}",
        min(p.MOST_NAMES, p.PER_NAME * (len(names) - 1)),
        tuple(ads),
        tuple((ad, "name", group.text(name)) for name in names for ad in names[name])
        + tuple((ad, kind, contact) for ad in ads),
    )


@indicator("several persons", Direction.FOR, Strength.EXPERT, source=PORTNOFF, date="2017-08-13")
def one_wording_many_names(group: Group) -> Found | None:
    """One wording is used for several names, and by nobody outside the group."""
    best = max(group.own_wordings.items(), key=lambda item: (len(item[1]), -item[0]), default=(0, []))
    template, names = best
    count, ads = len(names), group.templates.get(template, [])
    if count < 2:
        return None
    spelled = sorted(group.text(name) for name in names)
    return Found(
        f"One wording for {count} names: {text_list(spelled)}",
        min(p.MOST_WORDING_NAMES, p.PER_WORDING_NAME * (count - 1)),
        tuple(ads),
        tuple((ad, "name", group.text(name)) for name in names for ad in group.named[name] if ad in ads),
    )


@indicator("inconsistency", Direction.FOR, Strength.EXPERT, source=EXPERTS, date="2024-01-01")
def one_photo_many_names(group: Group) -> Found | None:
    """The same photo, shown by nobody else, is shown under different names."""
    reused = group.lent_photos
    if not reused:
        return None
    names = sorted({group.text(n) for ads in reused.values() for ad in ads for n in group.people_of[ad]})
    photos = f"{len(reused)} photos are" if len(reused) > 1 else "One photo is"
    return Found(
        f"{photos} shown under different names: {text_list(names)}",
        min(p.MOST_PHOTOS if len(group.named) > 2 else p.DUO_PHOTOS, p.PER_PHOTO * len(reused)),
        tuple(sorted({ad for ads in reused.values() for ad in ads})),
        tuple((ad, "photo", group.text(photo)) for photo, ads in reused.items() for ad in ads),
    )


@indicator("inconsistency", Direction.FOR, Strength.EXPERT, source=EXPERTS, date="2024-01-01")
def one_name_many_ages(group: Group) -> Found | None:
    """One name has several stated ages within half a year."""
    ages = group.values("age")
    by_ad: dict[int, list[int]] = defaultdict(list)
    for value, ads in ages.items():
        text = group.text(value)
        if text.isdigit():
            for ad in ads:
                by_ad[ad].append(int(text))
    for name, ads in sorted(group.named.items(), key=lambda item: group.text(item[0])):
        told = sorted({age for ad in ads for age in by_ad[ad]})
        if len(told) >= 2 and told[-1] - told[0] >= p.AGE_APART:
            return Found(
                f"{group.text(name)} is stated to be {text_list([str(age) for age in told])}",
                p.AGE_WEIGHT,
                tuple(ad for ad in ads if by_ad[ad]),
                tuple((ad, "age", str(age)) for ad in ads for age in by_ad[ad]),
            )
    return None


@indicator("bursts", Direction.FOR, Strength.EXPERT, source=EXPERTS, date="2024-01-01")
def posted_together(group: Group) -> Found | None:
    """Ads for several names are first seen on the same day, on several days."""
    if len(group.named) < p.BURST_NAMES:
        return None
    names_on: dict[int, set[int]] = defaultdict(set)
    ads_on: dict[int, list[int]] = defaultdict(list)
    for name, ads in group.named.items():
        for ad, day in zip(ads, group.days(ads), strict=True):
            names_on[day].add(name)
            ads_on[day].append(ad)
    days = sorted(day for day, names in names_on.items() if len(names) >= p.BURST_NAMES)
    if len(days) < p.BURST_DAYS:
        return None
    return Found(
        f"Ads for {p.BURST_NAMES} or more names on the same day, on {len(days)} days",
        p.BURST,
        tuple(sorted({ad for day in days for ad in ads_on[day]})),
    )


@indicator("one person", Direction.AGAINST, Strength.EXPERT, source=EXPERTS, date="2024-01-01")
def one_steady_person(group: Group) -> Found | None:
    """One name and one contact, unchanged over weeks and written in one way."""
    if len(group.named) != 1 or len(group.values("phone")) > 1 or group.span < p.STEADY_DAYS:
        return None
    if _several_hands(group):
        return None
    name = group.text(next(iter(group.named)))
    return Found(
        f"One name ({name}) and one number over {int(group.span)} days",
        p.STEADY_ONE,
        tuple(group.ads.tolist()),
    )


@indicator("one person", Direction.AGAINST, Strength.EXPERT, source=EXPERTS, date="2024-01-01")
def one_name_only(group: Group) -> Found | None:
    """One name at most is advertised: the group may be one person working for herself."""
    if len(group.named) > 1 or (not group.named and len(group.own_numbers) > 1):
        return None
    if _several_hands(group):
        return None
    if not group.named:
        return Found("No name, and one number at most", p.ONE_NAME, tuple(group.ads.tolist()))
    name = group.text(next(iter(group.named)))
    return Found(f"Only one name: {name}", p.ONE_NAME, tuple(group.ads.tolist()))


def _several_hands(group: Group) -> bool:
    """Whether others than the one who is named are heard: in plural wording, or in another way of writing.

    Whoever speaks of "our ladies" does not write of herself alone, though one name is all that was found.
    """
    return third_party_wording(group) is not None or two_ways(group) is not None


@indicator("borrowed photos", Direction.AGAINST, Strength.EXPERT, source=FREEMAN, date="2025-01-01")
def photos_of_others(group: Group) -> Found | None:
    """Most of the photos are shown by unrelated advertisers too, as scams do."""
    photos = group.values("photo")
    shared = [photo for photo in photos if photo in group.scene.borrowed]
    if len(shared) < 2 or len(shared) < p.BORROWED_SHARE * len(photos):
        return None
    ads = sorted({ad for photo in shared for ad in photos[photo]})
    return Found(
        f"{len(shared)} of {len(photos)} photos are shown by other groups too",
        p.BORROWED,
        tuple(ads),
        tuple((ad, "photo", group.text(photo)) for photo in shared for ad in photos[photo]),
    )


@indicator("a pair", Direction.AGAINST, Strength.EXPERT, source=EXPERTS, date="2024-01-01")
def each_her_own_wording(group: Group) -> Found | None:
    """Two or three names share contacts and cities, each with wordings of her own."""
    people, numbers = len(group.named), len(group.values("phone"))
    if not 2 <= people <= p.FEW_PEOPLE or not 1 <= numbers <= people or _written_by_one(group):
        return None
    if group.lent_photos or passed_on(group):
        return None
    if min(len(ads) for ads in group.named.values()) < p.OWN_ADS and not _same_cities(group):
        return None
    names = sorted(group.text(name) for name in group.named)
    together = any(len(some) > 1 for some in group.people_of.values())
    return Found(
        f"{text_list(names)} each have wordings of their own, with "
        f"{'one number' if numbers == 1 else f'{numbers} numbers'} in all"
        f"{', and stand in one ad together' if together else ''}",
        p.PAIR if together else p.PAIR_APART,
        tuple(group.ads.tolist()),
    )


def passed_on(group: Group) -> bool:
    """Whether one of several people stands, named alone, under one of the group's numbers and under another.

    An ad that gives both numbers passes none on: two who work together each give the other's.
    """
    given: dict[int, set[int]] = defaultdict(set)
    for number, ads in group.own_numbers.items():
        for ad in ads:
            given[ad].add(number)
    alone = {ad: next(iter(numbers)) for ad, numbers in given.items() if len(numbers) == 1}
    return len(group.named) > 1 and any(
        len({alone[ad] for ad in ads if ad in alone}) > 1 for ads in group.lone_names.values()
    )


def _same_cities(group: Group) -> bool:
    """Whether each name's cities are among those of the one with most."""
    cities = sorted(({int(c) for c in group.scene.facts.city[ads]} for ads in group.named.values()), key=len)
    return all(some <= cities[-1] for some in cities)


def _written_by_one(group: Group) -> bool:
    """Whether one wording is used for one name alone and for the other alone: somebody writes for both."""
    return any(len(names) > 1 for names in group.own_wordings.values())
