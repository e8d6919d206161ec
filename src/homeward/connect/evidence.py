"""Evidence: who is one poster, and which contacts are too common to tell?

The atom of joining is a poster: the ads under one contact during one tenure, or one ad that gives none.
What sharing other values weighs is counted over posters (weights.py), never over ads.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from homeward.connect import parameters as p
from homeward.connect.elsewhere import Elsewhere
from homeward.connect.facts import Facts
from homeward.connect.tools import Engine, Ints, distinct, numbered, ranked, relabel

Bools = npt.NDArray[np.bool_]

AREA_OFF = 7  # digits at the end of a number that are not of its area


@dataclass
class Filtered:
    """Values that join nothing, with the reason; shown, never silently dropped."""

    rows: list[tuple[str, str, int, int, str]] = field(default_factory=list)

    def add(self, kind: str, value: str, *, ads: int, posters: int, reason: str) -> None:
        """Note a value, how many ads and posters carry it, and why it joins nothing."""
        self.rows.append((kind, value, ads, posters, reason))

    def table(self, run: str) -> dict[str, list[Any]]:
        """Return the rows as columns, sorted."""
        rows = sorted(self.rows)
        names = ("kind", "value", "ads", "posters", "reason")
        columns: dict[str, list[Any]] = {name: [row[i] for row in rows] for i, name in enumerate(names)}
        return columns | {"run": [run] * len(rows)}


@dataclass(frozen=True, slots=True)
class Posters:
    """Ads by who posted them. `contact[i]` is poster i's main contact (a value), -1 for an ad without one.

    `shared_a`, `shared_b`, `shared_ads` tell which posters' contacts stand together in how many ads, and
    `shared_value` one contact that ties them. `generic` are the contacts (values) that join nothing.
    `strangers` and `groups` are posters and groups of them that are elsewhere: they only count.
    """

    of_ad: Ints
    contact: Ints
    first_ad: Ints
    size: Ints  # ads, copies counted once
    same: Ints  # of each ad, the first ad that it is a copy of (itself, if of none)
    shared_a: Ints
    shared_b: Ints
    shared_ads: Ints
    shared_value: Ints
    generic: frozenset[int]
    strangers: int = 0
    groups: int = 0

    @property
    def count(self) -> int:
        """How many posters there are here."""
        return len(self.contact)

    @property
    def among(self) -> int:
        """How many posters there are in all."""
        return len(self.contact) + self.strangers


def find_posters(
    facts: Facts, template: Ints, wording: Ints, engine: Engine, filtered: Filtered,
    *, elsewhere: Elsewhere | None = None, known: frozenset[tuple[str, str]] = frozenset(),
) -> Posters:  # fmt: skip
    """Return who posted what: generic contacts are set aside, contacts handed on are cut by tenure.

    `known` are contacts (kind, value) that were generic before: looked at alone, the rest would not show it.

    Copies of an ad (the same words and values on the same site and in the same city) are counted as one and
    go with it, so that no repost makes anything likelier.
    """
    same = _copies(facts, wording)
    ad, value = facts.of_kind(*p.CONTACTS)
    once = same[ad] == ad
    ad, value = ad[once], value[once]
    generic = _generic(facts, ad, value, template, engine, filtered)
    spelled = (
        zip(facts.value_kind[value].tolist(), facts.value_text[value].tolist(), strict=True) if known else ()
    )
    again = [v for v, pair in zip(value.tolist(), spelled, strict=True) if pair in known] if known else []
    generic = np.union1d(generic, np.array(again, dtype=np.int64))
    keep = ~np.isin(value, generic)
    ad, value = ad[keep], value[keep]
    tenure = _tenures(facts, ad, value, template)
    contacts, _, key, uses = numbered(value, tenure)
    # An ad's main contact is the one most used with its wording or name, then the most used: a rival's number
    # or a misreading on one ad does not carry the ad away from the poster whose wording it is.
    rank = np.lexsort((key, -uses[key], -_used_with(facts, template, ad, key), ad))
    first = np.unique(ad[rank], return_index=True)[1]
    main = np.full(facts.count, -1, dtype=np.int64)
    main[ad[rank][first]] = key[rank][first]
    alone = main < 0
    alone |= _strays(facts, template, main, contacts[:, 0], same)
    main[alone] = len(contacts) + np.flatnonzero(alone)
    main = main[same]
    of_ad = relabel(main)
    first_ad, of_ad = ranked(of_ad)
    padded = np.append(contacts[:, 0], -1)
    contact = padded[np.minimum(main[first_ad], len(contacts))]
    ties = _shared(of_ad, ad, key, contacts[:, 0], main[first_ad])
    size = np.bincount(of_ad[same == np.arange(facts.count)], minlength=len(first_ad))
    strangers, groups = (elsewhere.posters, elsewhere.groups) if elsewhere else (0, 0)
    return Posters(
        of_ad, contact, first_ad, size, same, *ties, frozenset(generic.tolist()), strangers, groups
    )


def _copies(facts: Facts, wording: Ints) -> Ints:
    """Return for each ad the first one that has its words and values, its site and its city."""
    total = np.zeros(facts.count, dtype=np.uint64)
    with np.errstate(over="ignore"):
        mixed = (facts.said_value.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
        mixed *= np.uint64(0xBF58476D1CE4E5B9)
        np.add.at(total, facts.said_ad, mixed ^ (mixed >> np.uint64(32)))
    said = ranked(total)[1]
    alike = numbered(wording, facts.site, facts.city, said)
    return alike.first[alike.of]


def _strays(facts: Facts, template: Ints, main: Ints, contact: Ints, same: Ints) -> Bools:
    """Return which ads carry a contact that is not theirs.

    Nothing that such an ad says (wording, name, picture, city) stands in another ad under its contact, while
    its wording stands under another contact: it is a rival's trick, a misreading or a warning, and belongs
    where its wording does. The contact still ties the two, as that of one ad. A contact of few ads whose area
    another number under the wording has too is rather one operator's second number.
    """
    said_ad, said_value = facts.of_kind("name", "photo", "city")
    ad = np.concatenate([said_ad, np.arange(facts.count)])
    mark = np.concatenate([said_value, len(facts.value_kind) + template])
    once = same[ad] == ad
    ad, mark = ad[once], mark[once]
    alike = numbered(main[ad], mark)
    foreign = np.ones(facts.count, dtype=bool)
    foreign[ad[alike.counts[alike.of] > 1]] = False
    known = (same == np.arange(facts.count)) & (main >= 0)
    area = np.append(areas_of(facts)[1][contact], -1)[main]
    home = np.bincount(template[known], minlength=int(template.max(initial=0)) + 1)[template]
    mine, near = (_counted(template, of, known) for of in (main, area))
    others = home - mine
    several = np.bincount(main[main >= 0], minlength=1)[np.maximum(main, 0)]
    second = (near > mine) & (area >= 0) & (several <= p.STRAY_FEW)
    strays: Bools = foreign & (others > 0) & (others <= p.STRAY_MOST) & ~second
    return strays & (main >= 0) & (several > 1)


def _counted(a: Ints, b: Ints, rows: Bools) -> Ints:
    """Return for each ad how many of some ads have its values in two columns."""
    place = numbered(a, b).of
    return np.bincount(place[rows], minlength=int(place.max(initial=0)) + 1)[place]


def _used_with(facts: Facts, template: Ints, ad: Ints, key: Ints) -> Ints:
    """Return for each (ad, contact) how often the contact stands with the ad's wording or first name."""
    name = np.full(facts.count, -1, dtype=np.int64)
    name_ad, names = facts.of_kind("name")
    name[name_ad[::-1]] = names[::-1]
    out = np.zeros(len(ad), dtype=np.int64)
    for mark in (template, name):
        both = numbered(key, mark[ad])
        out = np.maximum(out, np.where(mark[ad] >= 0, both.counts[both.of], 0))
    return out


def _shared(of_ad: Ints, ad: Ints, key: Ints, contact: Ints, main: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Return pairs of posters tied by a contact of which one is not the main one, with the ads that tie.

    A tie is as strong as its weaker end: one ad that gives two contacts may have one of them from a rival,
    however many ads the other poster has under both. Several contacts of one ad are still one ad.
    """
    poster = of_ad[ad]
    bare = np.bincount(ad)[ad] == 1
    seen, _, place, counts = numbered(key, poster)
    own = np.bincount(place[bare], minlength=len(seen)) > 0
    # Who is reached by nothing else in some ad has the contact for good.
    strength = np.where(own & (main[seen[:, 1]] == seen[:, 0]), np.iinfo(np.int64).max, counts)
    # The contact's home is the poster whose main contact it is, else the one that uses it most; every other
    # poster that carries it is tied to it.
    elsewhere = main[seen[:, 1]] != seen[:, 0]
    order = np.lexsort((seen[:, 1], -counts, elsewhere, seen[:, 0]))
    seen, counts, strength = seen[order], counts[order], strength[order]
    heads = np.unique(seen[:, 0], return_index=True)[1]
    at_home = np.empty(len(contact), dtype=np.int64)
    at_home[seen[heads, 0]] = heads
    head = at_home[seen[:, 0]]
    a, b = seen[head, 1], seen[:, 1]
    ads = np.minimum(counts, strength[head])
    strongest = np.lexsort((seen[:, 0], -ads, b, a))
    first = numbered(a[strongest], b[strongest]).first
    tie = np.sort(strongest[first])
    tie = tie[a[tie] != b[tie]]
    return np.minimum(a, b)[tie], np.maximum(a, b)[tie], ads[tie], contact[seen[tie, 0]]


def _generic(facts: Facts, ad: Ints, value: Ints, template: Ints, engine: Engine, filtered: Filtered) -> Ints:
    """Return the contacts that unrelated posters carry, and list them with the reason."""
    uses = np.bincount(value, minlength=len(facts.value_kind))
    per_ad = np.bincount(ad, minlength=facts.count)
    # Only a contact that often stands beside another one can be a desk's; one that spreads is looked at too.
    among = per_ad[ad] > 1
    beside = np.bincount(value[among], minlength=len(uses))
    suspects = np.flatnonzero((beside >= p.GENERIC_POSTERS) | (uses >= p.GENERIC_WORDINGS))
    trusted = ~np.isin(value, suspects)
    nodes = facts.count + len(uses)
    edges = pa.table({"a": ad[trusted], "b": facts.count + value[trusted]})
    base = engine.components(edges, nodes)[: facts.count]
    said_names, photos = _listed(facts, "name"), _listed(facts, "photo")
    out: list[int] = []
    order = np.argsort(value, kind="stable")
    starts = np.searchsorted(value[order], np.arange(len(uses) + 1))
    wordings_of, cities_of, owners_of = (
        np.bincount(distinct(of, what)[:, 0], minlength=len(uses)).tolist()
        for of, what in (
            (value, template[ad]), (value, facts.city[ad]), (value[among], base[ad[among]]),
        )
    )  # fmt: skip
    for suspect in suspects.tolist():
        wordings, cities, own = wordings_of[suspect], cities_of[suspect], owners_of[suspect]
        spread = wordings >= p.GENERIC_WORDINGS and cities >= p.GENERIC_CITIES
        many = min(max(p.GENERIC_POSTERS, p.GENERIC_SHARE * own), p.GENERIC_MANY)
        if own < many and not spread:  # no more of its owners than there are can be unrelated
            continue
        mine = ad[order[starts[suspect] : starts[suspect + 1]]]
        others = mine[per_ad[mine] > 1]
        unrelated = _unrelated(base[others], template[others], [photos(a) for a in others.tolist()])
        names = len({name for a in set(mine.tolist()) for name in said_names(a)})
        kind, text = str(facts.value_kind[suspect]), str(facts.value_text[suspect])
        if unrelated >= many:
            reason = f"Stands beside the own contacts of {unrelated} unrelated posters"
        elif spread and names >= p.GENERIC_NAMES:
            reason = f"Stands under {wordings} wordings and {names} names in {cities} cities"
        else:
            continue
        filtered.add(kind, text, ads=len(mine), posters=max(unrelated, 1), reason=reason)
        out.append(suspect)
    generic = np.array(out, dtype=np.int64)
    return np.concatenate([generic, _read_abroad(facts, value, generic, filtered)])


def _read_abroad(facts: Facts, value: Ints, generic: Ints, filtered: Filtered) -> Ints:
    """Return the numbers that are a generic one read with another country's prefix, and list them.

    A site's own number is written without a prefix under ads of all countries, and read as one of each; where
    few advertise, it stands beside too few contacts to be known for what it is.
    """
    ends = {
        text[-p.NATIONAL :]: text
        for text in sorted(facts.value_text[generic[facts.value_kind[generic] == "phone"]].tolist())
    }
    phones = np.setdiff1d(value[facts.value_kind[value] == "phone"], generic)
    uses = np.bincount(value, minlength=len(facts.value_kind))
    out: list[int] = []
    for one, text in zip(phones.tolist(), facts.value_text[phones].tolist(), strict=True):
        if as_written := ends.get(text[-p.NATIONAL :]):
            reason = f"Written like {as_written}, and read with another country's prefix"
            filtered.add("phone", text, ads=int(uses[one]), posters=1, reason=reason)
            out.append(one)
    return np.array(out, dtype=np.int64)


def _unrelated(poster: Ints, template: Ints, photos: list[list[int]]) -> int:
    """Return how many groups remain when ads of one poster, template or photo are taken together."""
    parent: dict[tuple[str, int], tuple[str, int]] = {}

    def root(node: tuple[str, int]) -> tuple[str, int]:
        while parent.setdefault(node, node) != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for a, b, shown in zip(poster.tolist(), template.tolist(), photos, strict=True):
        for node in (("template", b), *(("photo", photo) for photo in shown)):
            x, y = root(("ad", a)), root(node)
            parent[max(x, y)] = min(x, y)
    return len({root(node) for node in list(parent)})


def _tenures(facts: Facts, ad: Ints, value: Ints, template: Ints) -> Ints:
    """Return for each (ad, contact) which tenure of the contact it is, from 0.

    A new tenure of a telephone number begins after a silence of `TENURE_DAYS` if nothing said before it
    (template, photo, most of the names) is said after it. Other contacts are not given to somebody else.
    """
    tenure = np.zeros(len(ad), dtype=np.int64)
    day = np.maximum(facts.first_day, facts.last_day)
    order = np.lexsort((ad, facts.first_day[ad], value))
    same = value[order][1:] == value[order][:-1]
    gap = facts.first_day[ad[order][1:]] - day[ad[order][:-1]]
    known = facts.first_day[ad[order][:-1]] >= 0
    handed_on = facts.value_kind[value[order][1:]] == "phone"
    breaks = np.flatnonzero(same & known & handed_on & (gap > p.TENURE_DAYS)) + 1
    if not len(breaks):
        return tenure
    marks = _marks(facts, template)
    values = value[order]
    for value_of_break in np.unique(values[breaks]).tolist():
        lo, hi = np.searchsorted(values, [value_of_break, value_of_break + 1])
        cuts = breaks[np.searchsorted(breaks, lo) : np.searchsorted(breaks, hi)].tolist()
        before: set[int] = set()
        number = 0
        for start, end in zip([lo, *cuts], [*cuts, hi], strict=True):
            rows = order[start:end]
            said = {mark for a in ad[rows].tolist() for mark in marks(a)}
            if start != lo and not _goes_on(before, said, facts):
                number += 1
                before = set()
            before |= said
            tenure[rows] = number
    return tenure


def _goes_on(before: set[int], after: set[int], facts: Facts) -> bool:
    """Whether what is said after a silence shows that it is the same poster's number still.

    First names are common: one of several is soon another operator's too, so most of the fewer must return.
    """
    names = [
        {mark for mark in side if mark >= 0 and facts.value_kind[mark] == "name"} for side in (before, after)
    ]
    same = names[0] & names[1]
    return bool((before & after) - same) or 2 * len(same) > min(map(len, names))


def _marks(facts: Facts, template: Ints) -> Callable[[int], list[int]]:
    """Return a function from an ad to what it says that outlives a number: names, photos, its template."""
    listed = _listed(facts, "name", "photo")
    return lambda ad: [*listed(ad), -1 - int(template[ad])]


def _listed(facts: Facts, *kinds: str) -> Callable[[int], list[int]]:
    """Return a function from an ad to the values of some kinds that it says."""
    begins, value = facts.by_ad(*kinds)
    starts = begins.tolist()

    def listed(place: int) -> list[int]:
        found: list[int] = value[starts[place] : starts[place + 1]].tolist()
        return found

    return listed


def areas_of(facts: Facts) -> tuple[npt.NDArray[np.object_], Ints]:
    """Return the areas that numbers are from, and each value's area, -1 for what is no telephone number.

    The area is the number without its last seven digits: "+1303" of +13035550120. It tells where numbers were
    taken out, not where anybody is.
    """
    phones = np.flatnonzero(facts.value_kind == "phone")
    spelled = [str(text)[:-AREA_OFF] for text in facts.value_text[phones]]
    areas, which = np.unique(spelled, return_inverse=True)
    out = np.full(len(facts.value_kind), -1, dtype=np.int64)
    out[phones] = which
    return areas.astype(object), out
