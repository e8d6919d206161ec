"""The neighbourhood: which groups must be built anew because of what came in?

Those that share a contact, a picture, an address or a telling wording with an ad that is new or has changed,
those that a new decision names, those that lost an ad or were seen again; and whoever shares a contact with
any of these. What is shared too widely to join anything touches nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from homeward.connect import parameters as p
from homeward.connect import prices
from homeward.connect.facts import city_keys
from homeward.connect.pictures import beside
from homeward.connect.tools import Ints, ascending, coded, codes_of, distinct, flatten, number

Bools = npt.NDArray[np.bool_]
ROUNDS = 3  # of following contacts from group to group


@dataclass(frozen=True)
class Before:
    """The ads of the run before that stand as they were: members with their traits, a row an ad.

    `capture` is its place among the latest captures: numbers are looked up in a tenth of the time of texts.
    `network` numbers their networks; `changed` are rows of ads that are gone or say something else now.
    """

    ads: pa.Table
    network: Ints
    changed: Bools

    @classmethod
    def of(cls, ads: pa.Table, captures: pa.Array) -> Before:
        """Return the ads of the run before, given the captures that are the latest now."""
        place = pc.index_in(ads["capture"], value_set=captures)
        gone = np.asarray(pc.is_null(place).to_numpy(), dtype=bool)
        ads = ads.set_column(ads.column_names.index("capture"), "capture", place)
        return cls(ads, coded(ads["network"])[0], gone)

    def standing(self, columns: Sequence[str]) -> pa.Table:
        """Return some columns of the ads that stand as they were."""
        return self.ads.select(columns).filter(pa.array(~self.changed))


@dataclass(frozen=True)
class News:
    """What the new ads say: contacts and addresses (capture, its place; kind, value), and pictures."""

    said: pa.Table
    photos: pa.Array


@dataclass(frozen=True)
class Begun:
    """What is known before the new wordings are placed: who uses which contacts, which networks are hit."""

    contacts: _Contacts
    hit: Bools


def begin(
    before: Before, news: News, said: pa.Table, seeds: Bools, generic: frozenset[tuple[str, str]]
) -> Begun:
    """Return which networks are hit by contacts, addresses and pictures of what is new, and by `seeds`.

    `said` is what all ads say: capture (its place), kind, value of contacts and addresses; `seeds` are rows
    of `before` whose groups are built anew in any case; `generic` joins nothing.
    """
    contacts = _Contacts(before, said, generic)
    hit = np.zeros(int(before.network.max(initial=-1)) + 1, dtype=bool)
    hit[before.network[seeds | before.changed]] = True
    hit[contacts.networks_of(contacts.numbers(news.said))] = True
    hit[_showing(before, news.photos)] = True
    return Begun(contacts, hit)


def touched(before: Before, begun: Begun, telling: pa.Array, templates: pa.Array) -> Bools:
    """Return which ads of the run before are in groups that must be built anew.

    `telling` are the templates (ids) of new ads that tell who wrote them; `templates` the template of each
    row of `before` now.
    """
    contacts, hit = begun.contacts, begun.hit.copy()
    hit[_worded(before, telling, templates)] = True
    for _ in range(ROUNDS):
        found = contacts.networks_of(contacts.said_by(hit))
        if hit[found].all():
            break
        hit[found] = True
    rows: Bools = hit[before.network]
    return rows


def priced_otherwise(before: Before, new: pa.Table, said: pa.Table) -> Bools:
    """Return which ads of the run before are in groups whose prices are far from the middle now, or were.

    `new` are the new ads (capture, city, region), `said` is what all ads say of prices and contacts; a
    capture is its place.
    """
    mine = said.filter(pc.is_in(said["capture"], value_set=new["capture"].combine_chunks()))
    hour = _hours(new, mine)
    currencies = before.ads["currency"].combine_chunks()
    cities = before.ads["city"].combine_chunks()
    money, city = (
        coded(pa.concat_arrays([old, pa.array(now, pa.string())]))[0]
        for old, now in (
            (currencies, [one[1] if one else None for one in hour]), (cities, city_keys(new).to_pylist()),
        )
    )  # fmt: skip
    count = before.ads.num_rows
    price = np.array([one[0] if one else np.nan for one in hour], dtype=np.float64)
    was = before.ads["price"].to_numpy().astype(np.float64)
    networks = prices.otherwise(
        prices.Priced(city[:count], money[:count], was, before.network),
        ~before.changed,
        prices.Priced(city[count:], money[count:], price, _owners(before, new, mine, said)),
    )
    rows: Bools = np.isin(before.network, networks)
    return rows


def _hours(new: pa.Table, said: pa.Table) -> list[tuple[float, str] | None]:
    """Return the price of an hour of each new ad."""
    rows = said.filter(pc.equal(said["kind"], "price")).sort_by("value")
    of: dict[int, list[str]] = {}
    for capture, value in zip(rows["capture"].to_pylist(), rows["value"].to_pylist(), strict=True):
        of.setdefault(capture, []).append(value)
    return [prices.first_hour(of.get(capture, ())) for capture in new["capture"].to_pylist()]


def _owners(before: Before, new: pa.Table, mine: pa.Table, said: pa.Table) -> Ints:
    """Return the network of each new ad, as far as a contact tells it: one there was, or a new number."""
    contacts = pc.field("kind").isin(p.CONTACTS)
    said, mine = said.filter(contacts), mine.filter(contacts)
    keys = _keys(mine)
    told = said.filter(pc.is_in(_keys(said), value_set=keys))
    place = pc.index_in(told["capture"], value_set=before.ads["capture"].combine_chunks())
    old = told.filter(pc.is_valid(place))
    network = before.network[codes_of(place.filter(pc.is_valid(place)))]
    found = pc.index_in(keys, value_set=_keys(old)).to_pylist()
    owner: dict[int, int] = {}
    numbers: dict[str, int] = {}
    beyond = int(before.network.max(initial=-1)) + 1
    rows = zip(
        mine["capture"].to_pylist(), mine["kind"].to_pylist(), mine["value"].to_pylist(), found, strict=True
    )
    for capture, kind, value, at in rows:
        new_one = numbers.setdefault(f"{kind} {value}", beyond + len(numbers))
        owner.setdefault(capture, int(network[at]) if at is not None else new_one)
    beyond += len(numbers)
    return np.array(
        [owner.get(capture, beyond + at) for at, capture in enumerate(new["capture"].to_pylist())],
        dtype=np.int64,
    )


class _Contacts:
    """Which networks use which contacts and addresses."""

    def __init__(self, before: Before, said: pa.Table, generic: frozenset[tuple[str, str]]) -> None:
        row = pc.index_in(said["capture"], value_set=before.ads["capture"].combine_chunks())
        known = pc.is_valid(row)
        keys = _keys(said.filter(known))
        self._value, self._names = coded(keys)
        network = before.network[codes_of(row.filter(known))]
        self._network = network
        wide = pa.array(sorted(f"{kind}\x1f{value}" for kind, value in generic), pa.string())
        self._joins = ~np.asarray(
            pc.is_in(self._names, value_set=wide).to_numpy(zero_copy_only=False), dtype=bool
        )
        both = distinct(self._value, network)
        holders = np.bincount(both[:, 0], minlength=len(self._names))
        self._joins &= holders < p.BULK_POSTERS

    def numbers(self, said: pa.Table) -> Ints:
        """Return the numbers of what some ads say, as far as anybody said it before."""
        found = pc.index_in(_keys(said), value_set=self._names)
        return ascending(codes_of(pc.drop_null(found)))

    def said_by(self, hit: Bools) -> Ints:
        """Return what some networks say."""
        return ascending(self._value[hit[self._network]])

    def networks_of(self, values: Ints) -> Ints:
        """Return the networks that say one of some values, those aside that are shared too widely."""
        wanted = np.zeros(len(self._names), dtype=bool)
        wanted[values] = True
        return ascending(self._network[(wanted & self._joins)[self._value]])


def _keys(said: pa.Table) -> pa.Array:
    keys = pc.binary_join_element_wise(said["kind"], said["value"], "\x1f")
    return keys.combine_chunks() if isinstance(keys, pa.ChunkedArray) else keys


def _showing(before: Before, photos: pa.Array) -> Ints:
    """Return the networks that show one of some pictures, or one near it, and that are few."""
    lists = before.ads["photos"].combine_chunks()
    network = np.repeat(before.network, np.diff(flatten(lists)[0]))
    every = pa.concat_arrays([pc.list_flatten(lists), photos])
    place, names = number(every)
    old, new = place[: len(network)], place[len(network) :]
    return _of_few(old, network, beside(names, ascending(new)), p.STOCK_POSTERS)


def _worded(before: Before, mine: pa.Array, templates: pa.Array) -> Ints:
    """Return the networks that use one of some templates, and that are few."""
    place, _ = coded(pa.concat_arrays([templates, mine]))
    old, new = place[: len(templates)], place[len(templates) :]
    telling = (old >= 0) & ~np.asarray(before.ads["thin"].to_numpy(), dtype=bool)
    return _of_few(old[telling], before.network[telling], new[new >= 0], p.BULK_POSTERS)


def _of_few(value: Ints, network: Ints, wanted: Ints, most: int) -> Ints:
    """Return the networks with one of the values wanted that fewer than `most` have."""
    both = distinct(value, network)
    size = int(max(value.max(initial=-1), wanted.max(initial=-1))) + 1
    chosen = np.zeros(size, dtype=bool)
    chosen[wanted] = True
    chosen &= np.bincount(both[:, 0], minlength=size) < most
    return ascending(both[chosen[both[:, 0]], 1])
