"""Ranking: what is found about each group, as rows of findings and leads, best lead first.

Rows are made group by group, and of a group nothing else is kept: of a million ads the findings and what
rules looked up would be gigabytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import orjson
import pyarrow as pa

from homeward.connect import rank
from homeward.connect.facts import Facts
from homeward.connect.findings import Judgement
from homeward.connect.tools import Ints, clocks
from homeward.connect.venues import venue_type
from homeward.model import ids, schema
from homeward.model.finding import Finding

# A lead shows its ads by week for the last half year of the data.
WEEKS = 26
# Rows held as Python's own values before they become columns.
_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class Ranked:
    """The rows of `findings` and `leads`."""

    findings: pa.Table
    leads: pa.Table


def rank_groups(judged: Iterable[Judgement], facts: Facts, run: str, *, last_day: float) -> Ranked:
    """Return what is found about groups, and the leads: every group that any family speaks for.

    Leads are in order of their score; ties go by the id. Weeks end with that of `last_day`.
    """
    weeks = _weeks(facts, int(last_day // 7))
    findings, leads = _Rows(schema.FINDINGS), _Rows(schema.LEADS)
    order: list[tuple[float, str]] = []
    ads: list[Ints] = []
    for one in judged:
        for finding in one.findings:
            findings.add({**_finding(finding), "run": run})
        if one.families:
            leads.add({**_lead(one, weeks), "run": run})
            order.append((-one.score, one.id))
            ads.append(one.group.ads)
    table = leads.table()
    for name, last in (("first_seen", False), ("last_seen", True)):
        seen = pa.array(clocks(facts.ads[name], ads, last=last), schema.LEADS.field(name).type)
        table = table.set_column(table.column_names.index(name), name, seen)
    table = table.take(pa.array(sorted(range(len(order)), key=order.__getitem__), pa.int64()))
    places = pa.array(np.arange(1, table.num_rows + 1, dtype=np.int32))
    return Ranked(findings.table(), table.set_column(table.column_names.index("rank"), "rank", places))


class _Rows:
    """Rows of one table, made columns some at a time."""

    def __init__(self, shape: pa.Schema) -> None:
        self._shape = shape
        self._parts: list[pa.RecordBatch] = []
        self._rows: list[dict[str, Any]] = []

    def add(self, row: dict[str, Any]) -> None:
        """Add a row; what it does not name is null."""
        self._rows.append(row)
        if len(self._rows) == _AT_ONCE:
            self._close()

    def table(self) -> pa.Table:
        """Return all rows."""
        self._close()
        return pa.Table.from_batches(self._parts, self._shape)

    def _close(self) -> None:
        if self._rows:
            self._parts.append(pa.RecordBatch.from_pylist(self._rows, self._shape))
            self._rows = []


def _weeks(facts: Facts, last: int) -> Ints:
    """Return each ad's week since the first that is shown, -1 where it is not known."""
    weeks = np.clip((facts.first_day // 7).astype(np.int64) - (last - WEEKS + 1), 0, WEEKS - 1)
    weeks[facts.first_day < 0] = -1
    return weeks


def _finding(found: Finding) -> dict[str, Any]:
    """Return one finding's row but its run."""
    row = {name: getattr(found, name) for name in _PLAIN}
    mentions = orjson.dumps(found.mentions).decode()
    return {
        **row, "direction": str(found.direction), "strength": str(found.strength), "mentions": mentions,
        "ads": found.ads,
    }  # fmt: skip


_PLAIN = ("identity", "indicator", "family", "sentence", "weight", "source")


def _lead(one: Judgement, weeks: Ints) -> dict[str, Any]:
    """Return one lead's row but its rank, its clocks and its run."""
    group = one.group
    names, phones = len(group.named), len(group.values("phone"))
    mine = weeks[group.ads]
    weekly = np.bincount(mine[mine >= 0], minlength=WEEKS)
    return {
        "id": ids.lead_id(one.id),
        "identity": one.id,
        "score": one.score,
        "word": str(rank.word(one.score, one.families)),
        "families": one.families,
        "title": rank.title(names, phones, one.findings),
        "ads": len(group.ads),
        "personas": len(group.personas),
        "phones": phones,
        "names": names,
        "cities": len(group.cities),
        "weekly": weekly.tolist(),
        "venue_type": venue_type(group),
    }
