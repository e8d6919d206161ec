"""A run as somebody sees it who may not see some of its ads: what is told of it is made from the whole run's.

Only the groups that lost an ad are worked out anew, so that the first look after a mark waits for nothing
that a million other ads are in.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa

from homeward.desk import without
from homeward.desk.labels import place_label
from homeward.desk.run import WEEKS, Ints, Places, Row, Run
from homeward.model.errors import NotFound, Restricted


@dataclass(eq=False)
class RunWithout(Run):
    """A run without the ads that the house's lake does not show; `base` is the whole one."""

    @property
    def whole(self) -> Run:
        """The run with all its ads."""
        assert self.base is not None
        return self.base

    @property
    def hidden(self) -> frozenset[str]:
        """The ads that it does not show."""
        return self.house.lake.hidden

    @cached_property
    def gone(self) -> Ints:
        """Where the hidden ads stand in the members of the whole run, in order."""
        return np.sort(self.whole.member_places.of(sorted(self.hidden)))

    @cached_property
    def leads(self) -> list[Row]:
        """The leads that have an ad left, best first."""
        return without.leads(self.whole.leads, self._left)

    @cached_property
    def findings(self) -> dict[str, list[Row]]:
        """Findings by identity, without what rests on hidden ads."""
        told, captures = self.whole.findings, {row["capture"] for row in self._touched}
        some = {key: without.findings(told.get(key, ()), self.hidden, captures) for key in self._left}
        return told | some

    @cached_property
    def identities(self) -> pa.Table:
        """Every identity of both levels that has an ad left."""
        return without.groups(self.whole.identities, self.hidden, self._left)

    @cached_property
    def members(self) -> pa.Table:
        """Where each ad is, sorted by ad: the rows around those that are gone, not copied."""
        ends = [-1, *self.gone.tolist(), self.whole.members.num_rows]
        rows = [self.whole.members.slice(a + 1, b - a - 1) for a, b in pairwise(ends) if b - a > 1]
        return pa.concat_tables(rows) if rows else self.whole.members.slice(0, 0)

    @cached_property
    def templates(self) -> pa.Table:
        """Every template that has an ad left."""
        return without.groups(self.whole.templates, self.hidden, self._worded)

    @cached_property
    def filtered(self) -> dict[tuple[str, str], str]:
        """Values shared too widely to join anything, with the reason."""
        return self.whole.filtered

    @cached_property
    def member_places(self) -> Places:
        """Where each ad stands in the members."""
        return self.whole.member_places.without(self.gone)

    def places_of(self, lead: str) -> list[str]:
        """Return the places that a lead's seen ads are filed under, most used first."""
        return self._of_some[lead][0] if lead in self._of_some else self.whole.places_of(lead)

    def weekly_of(self, lead: str) -> Row:
        """Return a lead's seen ads a week over the last half year of the data."""
        found = self.whole.weekly_of(lead)
        return {**found, "counts": self._of_some[lead][1]} if lead in self._of_some else found

    def leads_in(self, names: Iterable[str]) -> set[str]:
        """Return the leads with a seen ad filed under any of these cities, regions or countries."""
        asked = {name.strip().casefold() for name in names}
        found = self.whole.leads_in(asked)
        for lead, (places, _) in self._of_some.items():
            parts = (name for place in places for name in (place, *place.split(",")))
            if lead in found and asked.isdisjoint(name.strip().casefold() for name in parts):
                found.discard(lead)
        return found

    def lead(self, key: str) -> Row:
        """Return one lead, or raise NotFound; Restricted where all of its ads are hidden."""
        if there := self.whole.lead_by_id.get(key):
            self._refuse(there["identity"])
        return super().lead(key)

    def identity(self, key: str) -> Row:
        """Return one identity with the ads that are left."""
        self._refuse(key)
        return (
            self._with_the_rest(self.whole.identity(key)) if key in self._left else self.whole.identity(key)
        )

    def template(self, key: str) -> Row:
        """Return one template with the ads that are left, or raise NotFound."""
        row = self.whole.template(key)
        if key in self._worded:
            row = self._with_the_rest(row)
        if not row["ads"]:
            raise NotFound("template", key)
        return row

    @cached_property
    def touched(self) -> frozenset[str]:
        """The networks that have hidden ads."""
        return frozenset(str(row["network"]) for row in self._touched if row["network"])

    @cached_property
    def _touched(self) -> list[Row]:
        rows: list[Row] = self.whole.members.take(pa.array(self.gone)).to_pylist()
        return rows

    @cached_property
    def _left(self) -> dict[str, int]:
        """How many ads each identity has left that has hidden ones."""
        keys = {row[level] for row in self._touched for level in ("persona", "network") if row[level]}
        return {key: sum(ad not in self.hidden for ad in self.whole.identity(key)["ads"]) for key in keys}

    @cached_property
    def _worded(self) -> set[str]:
        """The templates of hidden ads."""
        return {row["template"] for row in self._touched if row["template"]}

    @cached_property
    def _of_some(self) -> dict[str, tuple[list[str], list[int]]]:
        """Places and ads a week of the leads that have some ads left and lost some."""
        leads = {row["lead"] for row in self._touched if row["lead"]}
        groups = {lead: self.whole.lead_by_id[lead]["identity"] for lead in sorted(leads)}
        left = {lead: self.identity(group)["ads"] for lead, group in groups.items() if self._left[group]}
        start = self.whole.weekly_of("")["start"]
        return {lead: self._counted(ads, start) for lead, ads in left.items()}

    def _counted(self, ads: list[str], start: date | None) -> tuple[list[str], list[int]]:
        """Return the places of some ads, most used first, and how many there are of each week."""
        captures = set(self.rows_of(ads).column("capture").to_pylist())
        columns = ["capture", "city", "region", "country", "posted_at", "seen_at"]
        rows = self.house.lake.find("ads", ads, columns=columns, version=self.pins.get("ads")).to_pylist()
        places: Counter[tuple[str, str, str]] = Counter()
        weeks: dict[int, int] = defaultdict(int)
        for row in rows:
            if row["capture"] in captures:
                if row["city"]:
                    places[row["city"], row["region"] or "", row["country"] or ""] += 1
                if (at := row["posted_at"] or row["seen_at"]) and start:
                    monday = at.date() - timedelta(days=at.weekday())
                    weeks[(monday - start).days // 7] += 1
        order = sorted(places, key=lambda one: (-places[one], one))
        labels = list(dict.fromkeys(place_label(*one) for one in order))
        return labels, [weeks[n] for n in range(WEEKS)] if start else []

    def _with_the_rest(self, row: Row) -> Row:
        ads = [ad for ad in row["ads"] if ad not in self.hidden]
        return {**row, "ads": ads, "size": len(ads)}

    def _refuse(self, identity: str) -> None:
        """Say plainly that a group is restricted, where all of its ads are hidden."""
        if self._left.get(identity) == 0:
            first: Any = self.whole.identity(identity)["ads"][0]
            raise Restricted(self.house.hidden.get(first, "it is not for everybody"))
