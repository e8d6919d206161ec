"""The current run: its pins, and its small tables held in memory; made once a run, which never changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from homeward.connect.boilerplate import kept_in
from homeward.desk import sites, without
from homeward.desk.labels import place_label
from homeward.house import House
from homeward.model.errors import NotFound, Restricted
from homeward.store.ledger import pins as ledger_pins

Row = dict[str, Any]
SEEN = "m.ad NOT IN (SELECT unnest(?::VARCHAR[]))"  # of SQL over members: not the ads that are hidden
VEILED_HELD = 4  # runs as people see them who may not see all of their ads
RUNS_HELD = 2  # the current run and, while a page is being read, the one before it
WEEKS = 26  # of a lead's line in the queue: half a year
GROUPS_HELD = 256  # groups whose pages are kept ready: the queue's first pages and what was opened lately


@dataclass(eq=False)
class Run:
    """A published run. Tables are read from the pinned versions when first asked for, then held.

    With a `base`, it is that run as somebody sees it from whom some ads are kept: those that the house's lake
    does not show.
    """

    house: House
    id: str
    pins: Mapping[str, int]
    at: datetime | None
    meta: Mapping[str, Any]
    groups: OrderedDict[str, Any] = field(default_factory=OrderedDict)
    lock: threading.RLock = field(default_factory=threading.RLock)
    base: Run | None = None

    def table(self, name: str, columns: list[str] | None = None) -> pa.Table:
        """Return a run table's rows of this run."""
        return self.house.lake.read(
            name, columns=columns, version=self.pins.get(name), filters=[("run", "=", self.id)]
        )

    @property
    def hidden(self) -> frozenset[str]:
        """The ads that the run does not show."""
        return self.house.lake.hidden

    @cached_property
    def leads(self) -> list[Row]:
        """The leads, best first."""
        if self.base:
            return without.leads(self.base.leads, self._left)
        return sorted(self.table("leads").to_pylist(), key=lambda lead: (lead["rank"], lead["id"]))

    @cached_property
    def lead_by_id(self) -> dict[str, Row]:
        """Each lead by its id."""
        return {lead["id"]: lead for lead in self.leads}

    @cached_property
    def lead_by_identity(self) -> dict[str, Row]:
        """Each lead by its identity."""
        return {lead["identity"]: lead for lead in self.leads}

    @cached_property
    def venues(self) -> list[str]:
        """The kinds of venue among the leads."""
        return sorted({lead["venue_type"] for lead in self.leads if lead["venue_type"]})

    @cached_property
    def findings(self) -> dict[str, list[Row]]:
        """Findings by identity, weightiest first; their mentions are still JSON."""
        if self.base:
            told, captures = self.base.findings, {row["capture"] for row in self._touched}
            some = {key: without.findings(told.get(key, ()), self.hidden, captures) for key in self._left}
            return told | some
        grouped: dict[str, list[Row]] = {}
        for row in self.table("findings").to_pylist():
            grouped.setdefault(row["identity"], []).append(row)
        for rows in grouped.values():
            rows.sort(key=lambda r: (-abs(r["weight"]), r["indicator"], r["sentence"]))
        return grouped

    @cached_property
    def identities(self) -> pa.Table:
        """Every identity of both levels."""
        if self.base:
            return without.groups(self.base.identities, self.hidden, self._left)
        return self.table("identities")

    @cached_property
    def members(self) -> pa.Table:
        """Where each ad is, sorted by ad."""
        if self.base:
            return without.rows(self.base.members, self.hidden)
        return self.table("members").sort_by("ad")

    @cached_property
    def templates(self) -> pa.Table:
        """Every template."""
        if self.base:
            return without.groups(self.base.templates, self.hidden, self._worded)
        return self.table("templates")

    @cached_property
    def filtered(self) -> dict[tuple[str, str], str]:
        """Values shared too widely to join anything, with the reason."""
        if self.base:
            return self.base.filtered
        table = self.table("filtered")
        keys = zip(table.column("kind").to_pylist(), table.column("value").to_pylist(), strict=True)
        return dict(zip(keys, table.column("reason").to_pylist(), strict=True))

    @cached_property
    def site_lines(self) -> sites.Lines:
        """What each site writes under everybody's ads."""
        return sites.by_site(kept_in(self.meta))

    @cached_property
    def _lead_places(self) -> dict[str, list[str]]:
        """The places that each lead's ads are filed under, most used first."""
        known = self._untouched(self.base._lead_places) if self.base else {}
        pins = {name: self.pins[name] for name in ("ads", "members") if name in self.pins}
        table = self.house.lake.query(
            "SELECT m.lead, a.city, a.region, a.country, count(*) AS n FROM members m "
            "JOIN ads a ON a.capture = m.capture WHERE m.run = ? AND m.lead IS NOT NULL AND a.city <> '' "
            f"AND {self._some} GROUP BY ALL ORDER BY m.lead, n DESC, a.city, a.region, a.country",
            pins=pins, params=[self.id, *self._which],
        )  # fmt: skip
        found: dict[str, list[str]] = {}
        for row in table.to_pylist():
            name = place_label(row["city"], row["region"], row["country"])
            if name not in found.setdefault(row["lead"], []):
                found[row["lead"]].append(name)
        return known | found

    def _untouched(self, of_base: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a lead of nothing but seen ads has as before."""
        gone = {row["lead"] for row in self._touched}
        return {key: value for key, value in of_base.items() if key not in gone}

    @property
    def _some(self) -> str:
        """Which members are to be counted anew: all, or the seen ones of leads that lost some."""
        return f"{SEEN} AND m.lead IN (SELECT unnest(?::VARCHAR[]))" if self.base else "true"

    @property
    def _which(self) -> list[list[str]]:
        leads = sorted({row["lead"] for row in self._touched if row["lead"]})
        return [sorted(self.hidden), leads] if self.base else []

    @cached_property
    def _lead_weeks(self) -> tuple[date | None, dict[str, list[int]]]:
        """The Monday of the first week shown, and each lead's ads a week from then on."""
        pins = {name: self.pins[name] for name in ("ads", "members") if name in self.pins}
        table = self.house.lake.query(
            "SELECT m.lead, date_trunc('week', coalesce(a.posted_at, a.seen_at))::DATE AS week, "
            "count(*) AS n FROM members m JOIN ads a ON a.capture = m.capture "
            f"WHERE m.run = ? AND m.lead IS NOT NULL AND week IS NOT NULL AND {self._some} GROUP BY ALL",
            pins=pins, params=[self.id, *self._which],
        )  # fmt: skip
        rows = table.to_pylist()
        found: dict[str, list[int]] = {}
        if self.base:
            start, known = self.base._lead_weeks
            found = self._untouched(known)
        else:
            last = max((row["week"] for row in rows), default=None)
            start = last - timedelta(weeks=WEEKS - 1) if last else None
        if start is None:
            return None, {}
        for row in rows:
            place = (row["week"] - start).days // 7
            if place >= 0:
                found.setdefault(row["lead"], [0] * WEEKS)[place] += row["n"]
        return start, found

    def weekly_of(self, lead: str) -> Row:
        """Return a lead's ads a week over the last half year of the data."""
        start, weeks = self._lead_weeks
        return {"start": start, "counts": weeks.get(lead, [0] * WEEKS if start else [])}

    def places_of(self, lead: str) -> list[str]:
        """Return the places that a lead's ads are filed under, most used first."""
        return self._lead_places.get(lead, [])

    @cached_property
    def _named_places(self) -> dict[str, set[str]]:
        """The leads of each place, by its whole name, its city, its region and its country."""
        found: dict[str, set[str]] = {}
        for lead, places in self._lead_places.items():
            for name in (name for place in places for name in (place, *place.split(","))):
                found.setdefault(name.strip().casefold(), set()).add(lead)
        return found

    def leads_in(self, names: Iterable[str]) -> set[str]:
        """Return the leads with an ad filed under any of these cities, regions or countries."""
        return set().union(*(self._named_places.get(name.strip().casefold(), ()) for name in names))

    def lead(self, key: str) -> Row:
        """Return one lead, or raise NotFound."""
        try:
            return self.lead_by_id[key]
        except KeyError:
            if self.base and (there := self.base.lead_by_id.get(key)):
                self._refuse(there["identity"])
            raise NotFound("lead", key) from None

    def _refuse(self, identity: str) -> None:
        """Say plainly that a group is restricted, where all of its ads are hidden."""
        if self.base and self._left.get(identity) == 0:
            first = self.base.identity(identity)["ads"][0]
            raise Restricted(self.house.hidden.get(first, "it is not for everybody"))

    @cached_property
    def _touched(self) -> list[Row]:
        return list(self.base.members_of(list(self.hidden)).values()) if self.base else []

    @cached_property
    def touched(self) -> frozenset[str]:
        """The networks that have hidden ads."""
        return frozenset(str(row["network"]) for row in self._touched if row["network"])

    @cached_property
    def _left(self) -> dict[str, int]:
        """How many ads each identity has left that has hidden ones."""
        keys = {row[level] for row in self._touched for level in ("persona", "network") if row[level]}
        hidden = self.hidden
        return {
            key: sum(ad not in hidden for ad in self.base.identity(key)["ads"]) for key in keys if self.base
        }

    @cached_property
    def _worded(self) -> set[str]:
        """The templates of hidden ads."""
        return {row["template"] for row in self._touched if row["template"]}

    def identity(self, key: str) -> Row:
        """Return one identity, or raise NotFound."""
        self._refuse(key)
        return _one(self.identities, self._identity_places, "identity", key)

    def template(self, key: str) -> Row:
        """Return one template, or raise NotFound."""
        return _one(self.templates, self._template_places, "template", key)

    def member(self, ad: str) -> Row | None:
        """Return where an ad is, or None when it came in after this run."""
        return self.members_of([ad]).get(ad)

    def members_of(self, ads: Sequence[str]) -> dict[str, Row]:
        """Return where each of some ads is."""
        return {row["ad"]: row for row in self.rows_of(ads).to_pylist()}

    def rows_of(self, ads: Sequence[str]) -> pa.Table:
        """Return the rows of `members` of some ads; those that came in after this run have none."""
        return self.members.take(pa.array(self._member_places.of(ads)))

    @cached_property
    def _identity_places(self) -> _Places:
        return _Places(self.identities.column("id"))

    @cached_property
    def _template_places(self) -> _Places:
        return _Places(self.templates.column("id"))

    @cached_property
    def _member_places(self) -> _Places:
        return _Places(self.members.column("ad"))


class _Places:
    """Where each key of a column stands, sorted once: to find one does not read the whole column."""

    def __init__(self, column: pa.ChunkedArray) -> None:
        keys = np.array(column.to_pylist(), dtype=np.bytes_)
        self._order = np.argsort(keys, kind="stable")
        self._keys = keys[self._order]

    def of(self, keys: Sequence[str]) -> npt.NDArray[np.int64]:
        """Return the places of those keys that are there."""
        if not len(self._keys) or not keys:
            return np.array([], dtype=np.int64)
        wanted = np.array([key.encode("utf-8", "surrogatepass") for key in keys], dtype=np.bytes_)
        at = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        found: npt.NDArray[np.int64] = self._order[at[self._keys[at] == wanted]].astype(np.int64)
        return found


def _one(table: pa.Table, places: _Places, what: str, key: str) -> Row:
    found = places.of([key])
    if not len(found):
        raise NotFound(what, key)
    row: Row = table.slice(int(found[0]), 1).to_pylist()[0]
    return row


def warm(house: House) -> None:
    """Read what every page of the current run needs, so that the first person does not wait for it."""
    run = current(house)
    if run is not None:
        for part in (run.leads, run.findings, run.members, run.identities, run.templates, run.filtered):
            del part
        for lead in run.leads[:1]:
            run.leads_in([""])
            run.places_of(lead["id"])
            run.weekly_of(lead["id"])
            run.identity(lead["identity"])
            run.rows_of([])


_held: OrderedDict[tuple[Any, ...], Run] = OrderedDict()
_veiled: OrderedDict[tuple[Any, ...], Run] = OrderedDict()
_lock = threading.Lock()


def current(house: House) -> Run | None:
    """Return the current run as the house shows it, or None before the first refresh."""
    run = _current(house.whole or house)
    if run is None or not house.lake.hidden:
        return run
    key = (str(house.home), run.id, house.lake.hidden, frozenset(house.hidden.items()))
    with _lock:
        seen = _veiled.get(key)
        if seen is None or seen.base is not run:
            seen = _veiled[key] = Run(house, run.id, run.pins, run.at, run.meta, base=run)
        _veiled.move_to_end(key)
        while len(_veiled) > VEILED_HELD:
            _veiled.popitem(last=False)
    return seen


def _current(house: House) -> Run | None:
    with house.ledger.read() as tx:
        found = ledger_pins.current(tx)
    if found is None:
        return None
    key = (str(house.home), found.run, *sorted(found.pins.items()))
    with _lock:
        run = _held.get(key)
        if run is None or run.house is not house:
            run = _held[key] = Run(house, found.run, found.pins, found.at, found.meta)
        _held.move_to_end(key)
        while len(_held) > RUNS_HELD:
            _held.popitem(last=False)
    return run


def needed(house: House, what: str, key: str) -> Run:
    """Return the current run; without one there is no such thing as `what`."""
    run = current(house)
    if run is None:
        raise NotFound(what, key)
    return run
