"""A published run: its small tables held in memory, read once, for a run never changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from homeward.connect.boilerplate import kept_in
from homeward.desk import sites
from homeward.desk.labels import place_label
from homeward.house import House
from homeward.model.errors import NotFound

Row = dict[str, Any]
Ints = npt.NDArray[np.int64]
WEEKS = 26  # of a lead's line in the queue: half a year


@dataclass(eq=False)
class Run:
    """A published run. Tables are read from the pinned versions when first asked for, then held.

    With a `base`, it is that run as somebody sees it from whom some ads are kept: see `run_without.py`.
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

    @cached_property
    def leads(self) -> list[Row]:
        """The leads, best first."""
        rows = self.table("leads").to_pylist()
        for row in rows:  # two times of one zone object are compared at once, of two six times slower
            row["first_seen"], row["last_seen"] = _in_utc(row["first_seen"]), _in_utc(row["last_seen"])
        return sorted(rows, key=lambda lead: (lead["rank"], lead["id"]))

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
        grouped: dict[str, list[Row]] = {}
        for row in self.table("findings").to_pylist():
            grouped.setdefault(row["identity"], []).append(row)
        for rows in grouped.values():
            rows.sort(key=lambda r: (-abs(r["weight"]), r["indicator"], r["sentence"]))
        return grouped

    @cached_property
    def identities(self) -> pa.Table:
        """Every identity of both levels."""
        return self.table("identities")

    @cached_property
    def members(self) -> pa.Table:
        """Where each ad is, sorted by ad."""
        return self.table("members").sort_by("ad")

    @cached_property
    def templates(self) -> pa.Table:
        """Every template."""
        return self.table("templates")

    @cached_property
    def filtered(self) -> dict[tuple[str, str], str]:
        """Values shared too widely to join anything, with the reason."""
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
        pins = {name: self.pins[name] for name in ("ads", "members") if name in self.pins}
        table = self.house.lake.query(
            "SELECT m.lead, a.city, a.region, a.country, count(*) AS n FROM members m "
            "JOIN ads a ON a.capture = m.capture WHERE m.run = ? AND m.lead IS NOT NULL AND a.city <> '' "
            "GROUP BY ALL ORDER BY m.lead, n DESC, a.city, a.region, a.country", pins=pins, params=[self.id],
        )  # fmt: skip
        found: dict[str, list[str]] = {}
        for row in table.to_pylist():
            name = place_label(row["city"], row["region"], row["country"])
            if name not in found.setdefault(row["lead"], []):
                found[row["lead"]].append(name)
        return found

    @cached_property
    def _lead_weeks(self) -> tuple[date | None, dict[str, list[int]]]:
        """The Monday of the first week shown, and each lead's ads a week from then on."""
        pins = {name: self.pins[name] for name in ("ads", "members") if name in self.pins}
        table = self.house.lake.query(
            "SELECT m.lead, date_trunc('week', coalesce(a.posted_at, a.seen_at))::DATE AS week, "
            "count(*) AS n FROM members m JOIN ads a ON a.capture = m.capture "
            "WHERE m.run = ? AND m.lead IS NOT NULL AND week IS NOT NULL GROUP BY ALL",
            pins=pins, params=[self.id],
        )  # fmt: skip
        rows = table.to_pylist()
        last = max((row["week"] for row in rows), default=None)
        if last is None:
            return None, {}
        start = last - timedelta(weeks=WEEKS - 1)
        found: dict[str, list[int]] = {}
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
            raise NotFound("lead", key) from None

    @property
    def gone(self) -> Ints:
        """Where hidden ads stand in the members of the whole run: nowhere."""
        return np.array([], dtype=np.int64)

    @property
    def touched(self) -> frozenset[str]:
        """The networks that have hidden ads: none."""
        return frozenset()

    def identity(self, key: str) -> Row:
        """Return one identity, or raise NotFound."""
        return one(self.identities, self._identity_places, "identity", key)

    def template(self, key: str) -> Row:
        """Return one template, or raise NotFound."""
        return one(self.templates, self._template_places, "template", key)

    def member(self, ad: str) -> Row | None:
        """Return where an ad is, or None when it came in after this run."""
        return self.members_of([ad]).get(ad)

    def members_of(self, ads: Sequence[str]) -> dict[str, Row]:
        """Return where each of some ads is."""
        return {row["ad"]: row for row in self.rows_of(ads).to_pylist()}

    def rows_of(self, ads: Sequence[str]) -> pa.Table:
        """Return the rows of `members` of some ads; those that came in after this run have none."""
        return self.members.take(pa.array(self.member_places.of(ads)))

    @cached_property
    def _identity_places(self) -> Places:
        return Places(self.identities.column("id"))

    @cached_property
    def _template_places(self) -> Places:
        return Places(self.templates.column("id"))

    @cached_property
    def member_places(self) -> Places:
        """Where each ad stands in the members."""
        return Places(self.members.column("ad"))


class Places:
    """Where each key of a column stands, sorted once: to find one does not read the whole column."""

    def __init__(self, column: pa.ChunkedArray) -> None:
        keys = np.array(column.to_pylist(), dtype=np.bytes_)
        self._order = np.argsort(keys, kind="stable")
        self._keys = keys[self._order]

    def without(self, gone: Ints) -> Places:
        """Return where each key stands once the rows at some places, in order, are taken out."""
        left = object.__new__(Places)
        stays = ~np.isin(self._order, gone)
        left._keys, order = self._keys[stays], self._order[stays]
        left._order = order - np.searchsorted(gone, order)
        return left

    def of(self, keys: Sequence[str]) -> npt.NDArray[np.int64]:
        """Return the places of those keys that are there."""
        if not len(self._keys) or not keys:
            return np.array([], dtype=np.int64)
        wanted = np.array([key.encode("utf-8", "surrogatepass") for key in keys], dtype=np.bytes_)
        at = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        found: npt.NDArray[np.int64] = self._order[at[self._keys[at] == wanted]].astype(np.int64)
        return found


def one(table: pa.Table, places: Places, what: str, key: str) -> Row:
    """Return the one row of a key, or raise NotFound."""
    found = places.of([key])
    if not len(found):
        raise NotFound(what, key)
    row: Row = table.slice(int(found[0]), 1).to_pylist()[0]
    return row


def _in_utc(at: datetime | None) -> datetime | None:
    return at.replace(tzinfo=UTC) if at else None
