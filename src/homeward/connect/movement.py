"""Movement: where a group's ads say it was, as stays, journeys, bulk posting and contradictions.

All of it rests on the city that an ad is filed under or names: nobody's position was measured. The cities of
one metropolitan area count as one place. One wording or person posted in far cities on one day is a *blast*,
which says nothing about travel; two cities on one day otherwise are a *conflict*, listed and never drawn. A
silence of more than two weeks breaks a journey. Everything is columns and sorts: the time grows with the ads.

Source: Ibanez and Suthers 2014 (HICSS) and Keskin et al. 2021 read circuits from the places of linked ads;
the cleaning here is ours.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from homeward.connect.tools import Floats, Ints, distinct, numbered

Bools = npt.NDArray[np.bool_]

# Places this near belong to one metropolitan area: about the way across a large one.
METRO_KM = 40.0
# Places farther apart than this cannot both be worked from on one day without a long drive.
FAR_KM = 160.0
# This many far places on one day are a blast: a day's drive joins two, not three.
BLAST_PLACES = 3
# Silence (days) after which nobody can say that the next stay follows from the last.
GAP_DAYS = 14.0
# Faster than a scheduled flight from door to door: such a step is a contradiction, not a journey.
FASTEST_KMH = 700.0
# Mean radius of the Earth in km (IUGG).
EARTH_KM = 6371.0088
_UNKNOWN = np.inf  # the distance of a place that no gazetteer knows: taken as far


@dataclass(frozen=True, slots=True)
class Seen:
    """Ads with a place and a time, as columns: `who` advertised is a number, `day` is days since 1970 (UTC)
    with the time of day as fraction, `place` a row of `lat` and `lon` (degrees, NaN where unknown)."""

    who: Ints
    day: Floats
    place: Ints
    lat: Floats
    lon: Floats


@dataclass(frozen=True, slots=True)
class Stays:
    """Stays in order of who and time. `first` and `last` are days since 1970 of the ads that make one.

    `of_ad` gives the stay of each ad of `Seen`, -1 for an ad of a blast. A stay that is not `drawn` rests on
    days of conflict only. `after_gap` marks stays that follow a silence.
    """

    who: Ints
    metro: Ints  # the place that stands for its metropolitan area
    first: Floats
    last: Floats
    ads: Ints
    drawn: Bools
    after_gap: Bools
    of_ad: Ints

    @property
    def count(self) -> int:
        """How many stays there are."""
        return len(self.who)


@dataclass(frozen=True, slots=True)
class Steps:
    """Journeys between one's consecutive drawn stays; `too_fast` ones are contradictions."""

    start: Ints  # the stay left
    end: Ints  # the stay reached
    km: Floats  # as the crow flies; infinite where a place is unknown
    days: Floats  # between the last ad there and the first ad here
    too_fast: Bools


def distance_km(lat_a: Floats, lon_a: Floats, lat_b: Floats, lon_b: Floats) -> Floats:
    """Return great-circle distances in km (haversine); infinite where a position is unknown."""
    a, b = np.radians(lat_a), np.radians(lat_b)
    half = np.sin((b - a) / 2) ** 2
    half = half + np.cos(a) * np.cos(b) * np.sin(np.radians(lon_b - lon_a) / 2) ** 2
    km = 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0)))
    return np.where(np.isnan(km), _UNKNOWN, km).astype(np.float64)


def metros(lat: Floats, lon: Floats, ads: Ints) -> Ints:
    """Return for each place the place that stands for its metropolitan area.

    The busiest place of an area leads; a place joins the nearest leader within METRO_KM and never another
    follower, so that no chain of suburbs joins two cities. A place of unknown position stands alone.
    """
    out = np.arange(len(lat), dtype=np.int64)
    cells: dict[tuple[int, int], list[int]] = {}
    size = METRO_KM / 111.0  # degrees of latitude; a degree of longitude is never longer
    for place in np.lexsort((out, -ads)).tolist():
        if np.isnan(lat[place]) or np.isnan(lon[place]):
            continue
        row = int(np.floor(lat[place] / size))
        wide = int(np.ceil(1.0 / max(0.05, float(np.cos(np.radians(lat[place]))))))
        column = int(np.floor(lon[place] / size))
        near = [
            leader
            for i in (row - 1, row, row + 1)
            for j in range(column - wide - 1, column + wide + 2)
            for leader in cells.get((i, j), ())
        ]
        if near:
            some = np.array(near)
            km = distance_km(lat[some], lon[some], lat[place : place + 1], lon[place : place + 1])
            best = int(np.lexsort((some, km))[0])
            if km[best] <= METRO_KM:
                out[place] = some[best]
                continue
        cells.setdefault((row, column), []).append(place)
    return out


def blasts(key: Ints, day: Floats, metro: Ints, lat: Floats, lon: Floats) -> Bools:
    """Return which ads are of a blast: BLAST_PLACES or more far places on one day under one key.

    `key` is who is advertised, or the wording used; ads of a negative key are in no blast.
    """
    out = np.zeros(len(key), dtype=bool)
    rows = np.flatnonzero(key >= 0)
    if not len(rows):
        return out
    days, _, of_row, _ = numbered(key[rows], np.floor(day[rows]).astype(np.int64))
    cells = distinct(of_row, metro[rows])
    starts = np.searchsorted(cells[:, 0], np.arange(len(days)))
    home = cells[starts, 1][cells[:, 0]]
    km = distance_km(lat[cells[:, 1]], lon[cells[:, 1]], lat[home], lon[home])
    km[cells[:, 1] == home] = 0.0
    far = np.bincount(cells[:, 0], weights=km > FAR_KM, minlength=len(days))
    # The first place of the day is one; the others count if they are far from it.
    blast = far + 1 >= BLAST_PLACES
    out[rows] = blast[of_row]
    return out


def find_stays(seen: Seen, metro: Ints, blast: Bools) -> Stays:
    """Return the cleaned stays. On a day of several places only those count that a day before or after,
    of one place alone, confirms; the others are stays of their own that no journey leads to."""
    rows = np.flatnonzero(~blast)
    where, date = metro[seen.place[rows]], np.floor(seen.day[rows]).astype(np.int64)
    who = seen.who[rows]
    cells, _, of_row, _ = numbered(who, date, where)
    if not len(cells):
        none = np.empty(0, dtype=np.int64)
        return Stays(
            none, none, none.astype(float), none.astype(float), none, none.astype(bool), none.astype(bool),
            np.full(len(seen.who), -1, dtype=np.int64),
        )  # fmt: skip
    confirmed, place_in_day = _confirmed(cells)
    # Confirmed cells make the sequence; each other cell is a stay of its own.
    order = np.lexsort((place_in_day, cells[:, 1], cells[:, 0], ~confirmed))
    sure = int(confirmed.sum())
    run = cells[order]
    new = np.ones(len(run), dtype=bool)
    same = (run[1:, 0] == run[:-1, 0]) & (run[1:, 2] == run[:-1, 2])
    silent = (run[1:, 0] == run[:-1, 0]) & (run[1:, 1] - run[:-1, 1] > GAP_DAYS)
    new[1:] = ~same | silent
    new[sure:] = True
    number = np.cumsum(new) - 1
    stay_of_cell = np.empty(len(run), dtype=np.int64)
    stay_of_cell[order] = number
    heads = np.flatnonzero(new)
    after_gap = np.zeros(len(heads), dtype=bool)
    after_gap[number[1:][silent & new[1:]]] = True
    after_gap[number[sure] if sure < len(run) else len(heads) :] = False
    return _made(seen, rows, stay_of_cell[of_row], run[heads], heads < sure, after_gap)


def _made(seen: Seen, rows: Ints, stay: Ints, heads: Ints, drawn: Bools, after_gap: Bools) -> Stays:
    """Return stays with their clocks, ordered by who and time."""
    count = len(heads)
    first, last = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(first, stay, seen.day[rows])
    np.maximum.at(last, stay, seen.day[rows])
    ads = np.bincount(stay, minlength=count)
    order = np.lexsort((heads[:, 2], ~drawn, first, heads[:, 0]))
    place = np.empty(count, dtype=np.int64)
    place[order] = np.arange(count)
    of_ad = np.full(len(seen.who), -1, dtype=np.int64)
    of_ad[rows] = place[stay]
    return Stays(
        heads[order, 0], heads[order, 2], first[order], last[order], ads[order], drawn[order],
        after_gap[order], of_ad,
    )  # fmt: skip


def _confirmed(cells: Ints) -> tuple[Bools, Ints]:
    """Return which (who, day, metro) cells count, and their order within a day: left before reached."""
    _, _, of_cell, places = numbered(cells[:, 0], cells[:, 1])
    several = places > 1
    clean = np.flatnonzero(~several[of_cell])
    confirmed = ~several[of_cell]
    place_in_day = np.zeros(len(cells), dtype=np.int64)
    mixed = np.flatnonzero(several[of_cell])
    if len(mixed) and len(clean):
        after = np.searchsorted(of_cell[clean], of_cell[mixed])
        for step, side in ((after - 1, 0), (after, 1)):
            near = clean[np.clip(step, 0, len(clean) - 1)]
            fits = (step >= 0) & (step < len(clean)) & (cells[near, 0] == cells[mixed, 0])
            fits &= (cells[near, 2] == cells[mixed, 2]) & ~confirmed[mixed]
            fits &= np.abs(cells[near, 1] - cells[mixed, 1]) <= GAP_DAYS
            confirmed[mixed[fits]] = True
            place_in_day[mixed[fits]] = side
    return confirmed, place_in_day


def conflicts(seen: Seen, metro: Ints, blast: Bools) -> Ints:
    """Return (who, day, metro, ads) of every day on which somebody's ads name several places, by day."""
    rows = np.flatnonzero(~blast)
    date = np.floor(seen.day[rows]).astype(np.int64)
    cells, _, _, counts = numbered(seen.who[rows], date, metro[seen.place[rows]])
    if not len(cells):
        return np.empty((0, 4), dtype=np.int64)
    _, _, of_cell, places = numbered(cells[:, 0], cells[:, 1])
    several = places[of_cell] > 1
    return np.concatenate([cells[several], counts[several, None]], axis=1).astype(np.int64)


def find_steps(stays: Stays, lat: Floats, lon: Floats) -> Steps:
    """Return the steps between consecutive drawn stays of one in different places, silences left out."""
    rows = np.flatnonzero(stays.drawn)
    a, b = rows[:-1], rows[1:]
    days = np.maximum(stays.first[b] - stays.last[a], 0.0)
    keep = (stays.who[a] == stays.who[b]) & (stays.metro[a] != stays.metro[b])
    keep &= ~stays.after_gap[b] & (stays.first[b] - stays.last[a] <= GAP_DAYS)
    a, b, days = a[keep], b[keep], days[keep]
    x, y = stays.metro[a], stays.metro[b]
    km = distance_km(lat[x], lon[x], lat[y], lon[y])
    fast = np.isfinite(km) & (km > FAR_KM) & (km > FASTEST_KMH * 24.0 * days)
    return Steps(a, b, km, days, fast)
