"""Movement over all ads: cities with a sudden surge, and groups that go the same round."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from homeward.connect import movement as m
from homeward.connect.changes import LEAST_PAST, find_surges
from homeward.connect.circuits import Alike, Circuit, similar
from homeward.connect.tools import Ints, number
from homeward.desk import runs
from homeward.desk.acts import note
from homeward.desk.labels import place_label
from homeward.desk.movement import NEVER_COUNTED, PRECISION_NOTE, circuits_of
from homeward.desk.permissions import permitted
from homeward.desk.runs import SEEN, Run
from homeward.desk.workspace import overview
from homeward.house import House
from homeward.model.actor import Actor
from homeward.model.event import Act
from homeward.model.lead import CAUTION
from homeward.model.scales import scales

Row = dict[str, Any]
LISTED = 200
SECONDS = 86_400.0
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SURGE_NOTE = (
    "More ads than the city's own last eight weeks explain, at a false-discovery rate of 5 % over all "
    "windows. Holidays, fairs and a source that was read more often are not known."
)
ADS = (
    "SELECT {key} AS key, coalesce(m.template, '') AS template, m.persona, coalesce(a.city, '') AS city, "
    "coalesce(a.region, '') AS region, coalesce(a.country, '') AS country, a.lat, a.lon, "
    "epoch_us(coalesce(a.posted_at, a.seen_at)) AS micros FROM members m JOIN ads a ON a.capture = m.capture "
    f"WHERE m.run = ? AND a.city <> '' AND micros IS NOT NULL AND {SEEN} ORDER BY m.ad"
)


@permitted("corpus.look")
def surges(actor: Actor, house: House) -> Row:
    """Return the cities and days with a surge of ads, the least likely first."""
    run = runs.current(house)
    rows = _surges(run) if run is not None else []
    note(actor, house, Act.LIST, [], what="surges")
    searched = (
        "" if rows else f"{overview(house)['searched']} A city needs {LEAST_PAST} days of a past first."
    )
    return {"surges": rows, "note": SURGE_NOTE, "precision_note": PRECISION_NOTE, "searched": searched,
            "numbers": scales("surge", "expected")}  # fmt: skip


def _surges(run: Run) -> list[Row]:
    """Return the surges of a run's ads; worked out once a run."""
    with _lock:
        if run not in _surged:
            city, day, labels = _seen_spots(run)
            found = find_surges(city, day, first=int(day.min()), last=int(day.max())) if len(day) else []
            _surged[run] = [
                _surge(s.city, s.first, s.days, s.ads, s.expected, s.p, labels) for s in found[:LISTED]
            ]
        return _surged[run]


def _seen_spots(run: Run) -> tuple[Ints, Ints, list[str]]:
    """Return city and day of every ad of a run, and the cities' names; read once for all who look."""
    whole = run.base or run
    if whole not in _spots:
        ads = _ads(whole)
        city, labels = _places(ads)
        key = ads["key"].combine_chunks()
        _spots[whole] = key, city, np.floor(_days(ads)).astype(np.int64), labels
    key, city, day, labels = _spots[whole]
    if not run.base:
        return city, day, labels
    hidden = pa.array(sorted(run.house.hidden), pa.string())
    seen = ~pc.is_in(key, value_set=hidden).to_numpy(zero_copy_only=False)
    return city[seen], day[seen], labels


def warm(house: House) -> None:
    """Work out what spans all ads of the current run, so that the first person does not wait for it."""
    run = runs.current(house)
    if run is not None:
        _circuits(run)
        _surges(run)


def _surge(
    city: int, first: int, days: int, ads: int, expected: float, p: float, labels: Sequence[str]
) -> Row:
    begin = (EPOCH + timedelta(days=first)).date()
    end = begin + timedelta(days=days - 1)
    when = f"on {begin}" if days == 1 else f"from {begin} to {end}"
    return {
        "place": labels[city], "first": begin, "last": end, "ads": ads, "expected": expected, "p": p,
        "sentence": f"{labels[city]}: {ads:,} ads {when}, about {expected:.0f} expected.",
    }  # fmt: skip


@permitted("corpus.look")
def alike(actor: Actor, house: House, identity: str) -> Row:
    """Return the networks that go a round like an identity's; shown, never counted."""
    run = runs.needed(house, "identity", identity)
    run.identity(identity)
    circuits, pairs, labels = _circuits(run)
    rows = [_alike(pair, identity, circuits, labels) for pair in pairs.get(identity, ())][:LISTED]
    note(actor, house, Act.LOOK, [identity, *(row["identity"] for row in rows)], what="alike")
    return {
        "identity": identity, "alike": rows, "counted_note": NEVER_COUNTED,
        "precision_note": PRECISION_NOTE, "caution": CAUTION, "numbers": scales("alike"),
    }  # fmt: skip


Found = tuple[dict[str, list[Circuit]], dict[str, list[tuple[str, Alike]]], list[str]]
_held: WeakKeyDictionary[Run, Found] = WeakKeyDictionary()
_surged: WeakKeyDictionary[Run, list[Row]] = WeakKeyDictionary()
_spots: WeakKeyDictionary[Run, tuple[pa.Array, Ints, Ints, list[str]]] = WeakKeyDictionary()
_lock = threading.Lock()


def _circuits(run: Run) -> Found:
    """Return the circuits of all networks of a run, who is like whom, and the places; made once a run.

    Of a group with a hidden ad nothing is said here until a refresh has built it without.
    """
    with _lock:
        whole = run.base or run
        if whole not in _held:
            _held[whole] = _find(whole)
        circuits, pairs, labels = _held[whole]
    gone = run.touched
    if not gone:
        return circuits, pairs, labels
    left = {one: [p for p in some if p[0] not in gone] for one, some in pairs.items() if one not in gone}
    return {one: some for one, some in circuits.items() if one not in gone}, left, labels


def _find(run: Run) -> Found:
    ads = _ads(run, "m.network")
    place, labels = _places(ads)
    who, names = number(ads["key"])
    persona, _ = number(ads["persona"])
    wording, known = number(ads["template"])
    if known and known[0] == "":
        wording = np.where(wording == 0, -1, wording)
    lat, lon = (_position(ads[axis], place, len(labels)) for axis in ("lat", "lon"))
    day = _days(ads)
    metro = m.metros(lat, lon, np.bincount(place, minlength=len(labels)))
    where = metro[place]
    blast = m.blasts(persona, day, where, lat, lon) | m.blasts(wording, day, where, lat, lon)
    stays = m.find_stays(m.Seen(who, day, place, lat, lon), metro, blast)
    told = circuits_of(stays, m.find_steps(stays, lat, lon), np.arange(len(names), dtype=np.int64))
    pairs: dict[str, list[tuple[str, Alike]]] = {}
    for pair in similar(told):
        for one, other in ((pair.a, pair.b), (pair.b, pair.a)):
            pairs.setdefault(names[one], []).append((names[other], pair))
    return {names[one]: some for one, some in told.items()}, pairs, labels


def _alike(
    pair: tuple[str, Alike], identity: str, circuits: dict[str, list[Circuit]], labels: Sequence[str]
) -> Row:
    other, found = pair
    [first, *_] = circuits[other]
    route = " → ".join(labels[p] for p in (*first.places, first.places[0]))
    way = ", the other way round" if found.back else ""
    return {
        "identity": other, "share": found.share, "back": found.back,
        "places": [labels[p] for p in first.places],
        "sentence": f"{other} goes {route}: {found.share:.0%} of the steps of both{way}.",
    }  # fmt: skip


def _ads(run: Run, key: str = "m.ad") -> pa.Table:
    """Return place and time of every ad of a run that has both."""
    pins = {name: run.pins[name] for name in ("ads", "members") if name in run.pins}
    return run.house.lake.query(ADS.format(key=key), pins=pins, params=[run.id, sorted(run.house.hidden)])


def _places(ads: pa.Table) -> tuple[Ints, list[str]]:
    """Number the places of some ads, and spell them."""
    keys = pc.binary_join_element_wise(ads["city"], ads["region"], ads["country"], "\x1f")
    place, known = number(keys)
    return place, [place_label(*key.split("\x1f")) for key in known]


def _days(ads: pa.Table) -> npt.NDArray[np.float64]:
    days: npt.NDArray[np.float64] = ads["micros"].to_numpy().astype(np.float64) / 1e6 / SECONDS
    return days


def _position(column: pa.ChunkedArray, place: Ints, count: int) -> npt.NDArray[np.float64]:
    """Return the mean of a coordinate at each place, NaN where no ad gives it."""
    values = pc.cast(column, pa.float64()).to_numpy()
    known = np.isfinite(values)
    total = np.bincount(place[known], weights=values[known], minlength=count)
    seen = np.bincount(place[known], minlength=count)
    return np.where(seen > 0, total / np.maximum(seen, 1), np.nan).astype(np.float64)
