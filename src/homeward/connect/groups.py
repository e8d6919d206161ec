"""A group as indicators see it: one network's ads, and what they say, ready to be counted.

Everything is counted over distinct wordings, personas and values, never over ads, so that adding reposts
changes nothing that an indicator says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from homeward.connect import parameters as p
from homeward.connect.facts import Facts
from homeward.connect.spoken import spell
from homeward.connect.tools import Floats, Ints, numbered, split_by
from homeward.connect.written import Written

Bools = npt.NDArray[np.bool_]
# The family of numbers spelled with words, symbols or gaps.
HIDDEN = "hidden number"
# Families whose share is held against what is usual around a group.
BASED = (HIDDEN, "third party", "trustworthy")
# Kinds that rules read.
KINDS = ("phone", "name", "age", "photo", "email", "handle", "address")


@dataclass(frozen=True)
class Scene:
    """What all groups share: the facts, where every ad belongs, and the local baselines.

    `wording` numbers an ad's masked wording, `template` its template; `obscured` says whether its number
    is spelled with words, symbols or gaps; `hits[ad]` the wording families its text holds, with the words.
    """

    facts: Facts
    wording: Ints
    template: Ints
    template_networks: Ints  # of each template number: how many networks use it
    template_cities: Ints
    persona: Ints
    network: Ints
    poster: Ints
    same: Ints  # of each ad, the first ad that it is a copy of
    contact: Ints  # of each poster: its main contact (a value), -1 if it has none
    template_days: Ints  # of each template number: days from its first ad to its last
    generic: frozenset[int]  # contacts that unrelated posters carry; no indicator counts them
    borrowed: frozenset[int]  # photos that more than one network shows
    has_number: Bools
    obscured: Bools
    written: Written
    hits: Mapping[int, tuple[tuple[str, str], ...]]
    price: Floats  # of each ad: its hourly price in its own currency, NaN if unknown
    local_price: Floats  # of each ad: the middle hourly price of its city and currency, NaN if unknown
    baseline: Callable[[str, Ints], float]  # a family's share among the neighbours of these ads

    @cached_property
    def by_kind(self) -> dict[str, tuple[memoryview, memoryview]]:
        """(start of each ad's values, values) of every kind that indicators read: quick to look one ad up."""
        out: dict[str, tuple[memoryview, memoryview]] = {}
        for kind in KINDS:
            starts, value = self.facts.by_ad(kind)
            out[kind] = (starts.data, np.ascontiguousarray(value).data)
        return out

    @cached_property
    def saying(self) -> Ints:
        """Of each ad, a number for what it says and in which way.

        A copy says the same in the same way: with its number in plain figures, it is another ad.
        """
        return self.same * 2 + self.obscured

    def groups(self) -> Iterator[tuple[Ints, Ints]]:
        """Yield the ads of each network in which two or more say different things, and those that do."""
        seen = numbered(self.network, self.saying).by_first_column()
        both = zip(split_by(self.network), seen, strict=True)
        return ((ads, once) for ads, once in both if len(once) > 1)

    @cached_property
    def days(self) -> memoryview:
        """The day each ad was first seen, in whole days since 1970."""
        return self.facts.first_day.astype(np.int64).data


@dataclass(frozen=True, eq=False)
class Group:
    """One network: its ads in order of first being seen. No other one is it, whatever it holds."""

    scene: Scene
    ads: Ints

    def values(self, kind: str) -> dict[int, list[int]]:
        """Return the values of a kind that the group's ads say, each with the ads that say it."""
        return self._said[kind] if kind in self._said else self._read(kind)

    @cached_property
    def _said(self) -> dict[str, dict[int, list[int]]]:
        return {}

    def _read(self, kind: str) -> dict[int, list[int]]:
        starts, values = self.scene.by_kind[kind]
        out: dict[int, list[int]] = {}
        for ad in self.ads.tolist():
            for value in values[starts[ad] : starts[ad + 1]].tolist():
                if value not in self.scene.generic:
                    out.setdefault(value, []).append(ad)
        self._said[kind] = out
        return out

    def text(self, value: int) -> str:
        """Return a value's text."""
        return str(self.scene.facts.value_text[value])

    @cached_property
    def wordings(self) -> dict[int, list[int]]:
        """The group's distinct wordings, each with its ads."""
        return _by(self.scene.wording[self.ads], self.ads)

    @cached_property
    def worded(self) -> dict[str, dict[int, list[tuple[int, str]]]]:
        """The wording families that the group's wordings hold: of each, by wording, the ads and the words."""
        out: dict[str, dict[int, list[tuple[int, str]]]] = {}
        for wording, ads in self.wordings.items():
            for ad in ads:
                for family, word in self.scene.hits.get(ad, ()):
                    out.setdefault(family, {}).setdefault(wording, []).append((ad, word))
        return out

    @cached_property
    def personas(self) -> dict[int, list[int]]:
        """The group's personas, each with its ads."""
        return _by(self.scene.persona[self.ads], self.ads)

    @cached_property
    def templates(self) -> dict[int, list[int]]:
        """The group's templates, each with its ads."""
        return _by(self.scene.template[self.ads], self.ads)

    @cached_property
    def own_numbers(self) -> dict[int, list[int]]:
        """The phones that are somebody's main contact in the group, each with the ads that say it.

        A number beside a main contact may be a rival's or a misreading, and is left out, unless that contact
        is an address or a handle and some ad gives no other number.
        """
        said, contact = self.values("phone"), self.scene.contact
        main = set(contact[self.scene.poster[self.ads]].tolist())
        numbers = Counter(ad for ads in said.values() for ad in ads)
        alone = {
            ad for ad, count in numbers.items() if count == 1 and contact[self.scene.poster[ad]] not in said
        }
        return {phone: ads for phone, ads in said.items() if phone in main or not alone.isdisjoint(ads)}

    def shown(self, value: int) -> str:
        """Return a value as a person writes it: "(702) 555-0134"."""
        return spell(str(self.scene.facts.value_kind[value]), self.text(value))

    @cached_property
    def named(self) -> dict[int, list[int]]:
        """The names that at least two of the group's days carry, each with its ads.

        A name read on one day only may be a misreading, and is left out where names that return account for
        most of the ads that name somebody; in a group of few ads each, nobody's name returns. Where only one
        returns, another counts too if it is all that some of the ads give, and those are not few.
        """
        names = self.values("name")
        again = {n: ads for n, ads in names.items() if len(set(self.days(ads))) > 1}
        said = Counter(ad for ads in names.values() for ad in ads)
        covered = {ad for ads in again.values() for ad in ads}
        if len(covered) < p.RETURNING_NAMES * len(said):
            return names
        if len(again) == 1:
            alone = {n: [ad for ad in ads if said[ad] == 1] for n, ads in names.items() if n not in again}
            least = p.OTHER_NAME * len(said)
            again |= {n: names[n] for n, ads in alone.items() if ads and len(ads) >= least}
        return again

    @cached_property
    def people_of(self) -> dict[int, frozenset[int]]:
        """The names that each ad gives, of those that count (see `named`); ads without one are not there."""
        by_ad: dict[int, set[int]] = {}
        for name, ads in self.named.items():
            for ad in ads:
                by_ad.setdefault(ad, set()).add(name)
        return {ad: frozenset(names) for ad, names in by_ad.items()}

    @cached_property
    def lone_names(self) -> dict[int, list[int]]:
        """The names, each with the ads that give no other: who names a friend beside her is not alone."""
        out: dict[int, list[int]] = {}
        for ad, names in self.people_of.items():
            if len(names) == 1:
                out.setdefault(next(iter(names)), []).append(ad)
        return out

    @cached_property
    def own_wordings(self) -> dict[int, list[int]]:
        """The group's templates that hardly anybody else uses, each with the names it is used for.

        A name counts where it stands alone: two friends who name each other write their own ads.
        """
        alone = {ad: name for name, ads in self.lone_names.items() for ad in ads}
        return {
            template: sorted({alone[ad] for ad in ads if ad in alone})
            for template, ads in self.templates.items()
            if self.scene.template_networks[template] <= p.OWN_WORDING
        }

    @cached_property
    def lent_photos(self) -> dict[int, list[int]]:
        """The photos, shown by nobody else, that stand in ads for different people, each with its named ads.

        Two friends who name each other show pictures of themselves: only ads that have no name in common tell
        of a picture used for somebody else.
        """
        out: dict[int, list[int]] = {}
        for photo, ads in self.values("photo").items():
            named = [ad for ad in ads if ad in self.people_of]
            sets = {self.people_of[ad] for ad in named}
            apart = any(a.isdisjoint(b) for a in sets for b in sets)
            if photo not in self.scene.borrowed and apart:
                out[photo] = named
        return out

    def days(self, ads: list[int]) -> list[int]:
        """Return the day each ad was first seen, in whole days since 1970."""
        day = self.scene.days
        return [day[ad] for ad in ads]

    @cached_property
    def cities(self) -> dict[int, list[int]]:
        """The cities that the group's ads are filed under, each with its ads."""
        found = _by(self.scene.facts.city[self.ads], self.ads)
        found.pop(-1, None)
        return found

    @cached_property
    def span(self) -> float:
        """Days from the first to the last sighting."""
        first, last = self.scene.facts.first_day[self.ads], self.scene.facts.last_day[self.ads]
        return float(max(last.max() - first.min(), 0.0))


def _by(labels: Ints, ads: Ints) -> dict[int, list[int]]:
    out: dict[int, list[int]] = {}
    for label, ad in zip(labels.tolist(), ads.tolist(), strict=True):
        out.setdefault(label, []).append(ad)
    return out
