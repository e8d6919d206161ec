"""Personas: which ads of one network advertise one person?

A name says most, but not all: an ad may name two friends, a desk's name may stand in every ad, and many ads
name nobody. So an ad that names one person goes by the name; one that names several goes by its wording,
which each of two friends has for herself; one that names nobody goes with a person only if two clues say so
and none speaks against, else it stays apart: a wrong person is worse than one person twice.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from homeward.connect import parameters as p
from homeward.connect.descriptions import Body, parted


@dataclass(frozen=True, slots=True)
class Told:
    """What an ad tells about who is advertised, as numbers of values."""

    ad: int
    template: int
    names: tuple[int, ...]
    ages: frozenset[int]
    photos: tuple[int, ...]
    body: Body = field(default_factory=dict)


@dataclass(slots=True)
class Known:
    """What the named ads of a network tell: how many of each clue's ads are whose."""

    wording: dict[int, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    photo: dict[int, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    pictured: Counter[int] = field(default_factory=Counter)  # how many of each one's ads show pictures
    ages: dict[int, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))

    def learn(self, ad: Told, person: int) -> None:
        """Take in an ad whose person is known."""
        self.wording[ad.template][person] += 1
        self.pictured[person] += bool(ad.photos)
        for photo in ad.photos:
            self.photo[photo][person] += 1
        for age in ad.ages:
            self.ages[person][age] += 1


def persons_of(ads: list[Told], ages: Mapping[int, int]) -> dict[int, int]:
    """Return the persona of each ad of one network, as the number of one of its ads.

    First go single names, then several names, then none. `ages` are the years of each age.
    """
    everywhere = _everywhere(ads)
    named: dict[int, list[Told]] = defaultdict(list)
    out: dict[int, int] = {}
    name_of: dict[int, int] = {}
    known = Known()
    several: list[Told] = []
    nameless: list[Told] = []
    for ad in ads:
        names = [name for name in ad.names if name not in everywhere]
        if len(names) == 1:
            named[names[0]].append(ad)
        else:
            (several if names else nameless).append(ad)
    for name, some in named.items():
        for part in of_one_name(some, ages):
            name_of[part[0].ad] = name
            for ad in part:
                out[ad.ad] = part[0].ad
                known.learn(ad, part[0].ad)
    homes = {ad.ad: _of_several(ad, known, name_of) for ad in several}
    units = _units([ad for ad in several if homes[ad.ad] < 0], pictures=False)
    for ad in several:
        out[ad.ad] = units.get(ad.ad, homes[ad.ad])
        known.learn(ad, out[ad.ad])
    homes = {ad.ad: _of_nobody(ad, known) for ad in nameless}
    # Where one person at most is named, pictures that differ are hers; where several are, they may not be.
    units = _units([ad for ad in nameless if homes[ad.ad] < 0], pictures=len(set(out.values())) > 1)
    return _described(ads, out | {ad.ad: units.get(ad.ad, homes[ad.ad]) for ad in nameless})


def of_one_name(ads: list[Told], ages: Mapping[int, int]) -> list[list[Told]]:
    """Part the ads of one name by who bears it: two people of one operator may share a name.

    They are two if their ads state ages too far apart, or if wordings and pictures have nothing in common.
    An ad that states no age goes with the age whose wording or picture it has, else with the first.
    """
    by_age = _by_age(ads, ages)
    if len(by_age) > 1:
        return by_age
    blocks = _blocks(ads)
    lone = [block for block in blocks if sum(bool(ad.photos) for ad in block) < p.OWN_PICTURES]
    shown = [block for block in blocks if block not in lone]
    if len(shown) < 2:
        return [ads]
    for block in lone:
        shown[0].extend(block)
    return sorted((sorted(block, key=lambda ad: ad.ad) for block in shown), key=lambda block: block[0].ad)


def _by_age(ads: list[Told], ages: Mapping[int, int]) -> list[list[Told]]:
    """Return ads by stated age, ages nearer than `AGE_SPLIT` together; each part has two aged ads or more."""
    stated = [(min(ages[a] for a in told), ad) for ad in ads if (told := [a for a in ad.ages if a in ages])]
    parts: list[list[tuple[int, Told]]] = []
    for age, ad in sorted(stated, key=lambda item: (item[0], item[1].ad)):
        if parts and age - parts[-1][-1][0] < p.AGE_SPLIT:
            parts[-1].append((age, ad))
        else:
            parts.append([(age, ad)])
    firm = [[ad for _, ad in part] for part in parts if len(part) >= p.OWN_PICTURES]
    if len(firm) < 2:
        return [ads]
    placed = {ad.ad for part in firm for ad in part}
    marks = [{mark for ad in part for mark in (-1 - ad.template, *ad.photos)} for part in firm]
    for ad in ads:
        if ad.ad not in placed:
            common = [len(mark.intersection((-1 - ad.template, *ad.photos))) for mark in marks]
            firm[common.index(max(common))].append(ad)
    return sorted((sorted(part, key=lambda ad: ad.ad) for part in firm), key=lambda part: part[0].ad)


def _described(ads: list[Told], persons: dict[int, int]) -> dict[int, int]:
    """Return each ad's persona, those parted whose ads describe two people by turns (descriptions.py)."""
    by_head: dict[int, list[Told]] = defaultdict(list)
    for ad in ads:
        by_head[persons[ad.ad]].append(ad)
    out: dict[int, int] = {}
    for some in by_head.values():
        first: dict[int, int] = {}
        for ad, part in zip(some, parted([ad.body for ad in some]), strict=True):
            out[ad.ad] = first.setdefault(part, ad.ad)
    return out


def _blocks(ads: list[Told]) -> list[list[Told]]:
    """Return ads that hang together by wordings and pictures."""
    blocks: list[tuple[set[int], list[Told]]] = []
    for ad in ads:
        marks, mine = {-1 - ad.template, *ad.photos}, [ad]
        apart = []
        for block in blocks:
            if marks.isdisjoint(block[0]):
                apart.append(block)
            else:
                marks, mine = marks | block[0], block[1] + mine
        blocks = [*apart, (marks, mine)]
    return [mine for _, mine in blocks]


def _units(ads: list[Told], *, pictures: bool) -> dict[int, int]:
    """Return ads taken together by wording and stated age (and first picture): each with the first of them.

    An ad that states no age goes with the wording's only age; if it has several, it stays apart.
    """
    heads: dict[tuple[object, ...], int] = {}
    aged: dict[tuple[object, ...], set[tuple[int, ...]]] = defaultdict(set)
    for ad in ads:
        if ad.ages:
            aged[_unit(ad, pictures)].add(tuple(sorted(ad.ages)))
    out: dict[int, int] = {}
    for ad in ads:
        age, others = tuple(sorted(ad.ages)), aged[_unit(ad, pictures)]
        if not age and len(others) == 1:
            (age,) = others
        out[ad.ad] = heads.setdefault((*_unit(ad, pictures), age), ad.ad)
    return out


def _unit(ad: Told, pictures: bool) -> tuple[object, ...]:
    return (ad.template, ad.photos[:1] if pictures else ())


def _everywhere(ads: list[Told]) -> set[int]:
    """Return names that tell nobody apart: a desk's, a handle's, or no name at all.

    They stand beside several others in most of the network's ads, or in nearly all, many of which name
    somebody else too.
    """
    uses: Counter[int] = Counter()
    shared: Counter[int] = Counter()
    beside: dict[int, set[int]] = defaultdict(set)
    named = 0
    for ad in ads:
        named += bool(ad.names)
        for name in ad.names:
            uses[name] += 1
            shared[name] += len(ad.names) > 1
            beside[name].update(ad.names)
    return {
        n
        for n in uses
        if (len(beside[n]) > p.DESK_NAMES and uses[n] > p.DESK_SHARE * named)
        or (uses[n] >= p.DESK_ALL * named and shared[n] >= p.DESK_BESIDE * named)
    }


def _of_several(ad: Told, known: Known, name_of: dict[int, int]) -> int:
    """Return which of the people whom an ad names has its wording for her own, -1 if none has."""
    whose = known.wording.get(ad.template, Counter())
    mine = [(count, -head) for head, count in whose.items() if name_of.get(head) in ad.names]
    person = -max(mine)[1] if mine else -1
    return person if person >= 0 and not _other_age(ad, person, known) else -1


def _other_age(ad: Told, person: int, known: Known) -> bool:
    ages = known.ages.get(person)
    return bool(ad.ages and ages and not any(age in ages for age in ad.ages))


def _of_nobody(ad: Told, known: Known) -> int:
    """Return whom an ad without a name is about, -1 if clues are too few or at odds."""
    points: Counter[int] = Counter()
    whose = _mostly(known.wording.get(ad.template))
    shown = {_mostly(known.photo.get(photo)) for photo in ad.photos} - {-1}
    # Pictures that none of her ads shows, though several show some, take away what the wording says.
    strange = ad.photos and not shown and known.pictured[whose] >= p.OWN_PICTURES
    if whose >= 0 and not strange:
        points[whose] += 2 if not shown else 1
    for person in shown:
        points[person] += 1 if len(shown) == 1 else 0
    for person in list(points):
        if any(age in known.ages.get(person, ()) for age in ad.ages):
            points[person] += 1
        elif _other_age(ad, person, known):
            del points[person]
    best = max(points, key=lambda person: (points[person], -person), default=-1)
    return best if best >= 0 and points[best] >= p.CLUES else -1


def _mostly(counts: Counter[int] | None) -> int:
    """Return who nearly all of a clue's ads are about, -1 if several share it."""
    if not counts:
        return -1
    person, most = max(counts.items(), key=lambda item: (item[1], -item[0]))
    return person if most >= p.MOSTLY * counts.total() else -1
