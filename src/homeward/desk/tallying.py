"""Outcomes become rows that name nobody: the only thing that retraining reads.

Whom somebody cleared is kept under no name, so that no register of people who sell sex comes about; yet a
card can be fitted only to leads that held and leads that did not. At the moment an outcome is recorded, and
never later, the tally gets a row of what the lead's families said, in wide steps, its site, region, language
and size in words, and whether it held. The row has no id, no day but its quarter, no place among the others,
and fits at least five groups of the run (`connect/tally.py`). Taking an outcome back
takes its row back: by the lead's own outcome where one is kept by lead, by the digest that lowers a persona
while it does so, by a receipt for a control. What says nothing of whether a lead was right (unknown, not
found, declined for now, every dismissal) gives no row.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

import pyarrow.compute as pc

from homeward.connect.build import VERSION
from homeward.connect.rank import family_weights
from homeward.connect.tally import Tallied, blurred, in_steps, share_of, size_of
from homeward.desk import checked
from homeward.desk.runs import Run
from homeward.model.finding import Direction, Finding, Strength
from homeward.store.ledger import Tx, tally

Row = dict[str, Any]
Rows = dict[str, Tallied | None]
SMALLEST = 2  # ads of a group: a single ad is never scored
_OF_GROUPS = (
    "WITH one AS (SELECT m.network AS grp, a.region AS region, t.site AS site, t.language AS language "
    "FROM members m JOIN ads a ON a.capture = m.capture JOIN traits t ON t.ad = m.ad AND t.run = m.run "
    "WHERE m.run = ? AND (m.lead IS NOT NULL) = ?) "
    "SELECT grp, {part} AS said, count(*) AS n FROM one WHERE {part} <> '' "
    "GROUP BY ALL ORDER BY grp, n DESC, said"
)
_held: WeakKeyDictionary[Run, dict[bool, Rows]] = WeakKeyDictionary()
_lock = threading.Lock()


def of_leads(run: Run) -> Rows:
    """Return what may be kept of each of a run's leads, by group; made once a run."""
    return _of(run, leads=True)


def of_others(run: Run) -> Rows:
    """Return what may be kept of each group of a run that is no lead; made once a run."""
    return _of(run, leads=False)


def _of(run: Run, *, leads: bool) -> Rows:
    run = run.base or run
    with _lock:
        if (held := _held.setdefault(run, {}).get(leads)) is not None:
            return held
    made = _made(run, leads)
    with _lock:
        return _held[run].setdefault(leads, made)


def keep(
    tx: Tx, run: Run, group: str, *, confirmed: bool, at: datetime, part: bool = False, control: bool = False,
    outcome: int | None = None,
) -> str | None:  # fmt: skip
    """Add the row of a group and return its key; None where any row would tell which group it is of.

    With `part` it is of one persona of it. Whether a row can be kept does not depend on what became of it.
    """
    found = (of_others if control else of_leads)(run).get(group)
    if found is None:
        return None
    said = tally.Kept(
        confirmed, dict(found.says), found.families, found.region, found.site, found.language, found.size,
        found.share if part else 1.0, control,
    )  # fmt: skip
    quarter = f"{at.year}-Q{(at.month + 2) // 3}"
    key = tally.add(tx, said, quarter=quarter, made_by=VERSION, outcome=outcome)
    checked.recount(tx)
    return key


def take_back(tx: Tx, keys: Iterable[str]) -> None:
    """Take rows back by their keys."""
    for key in keys:
        if tally.take_back(tx, key):
            checked.recount(tx)


def take_back_outcome(tx: Tx, outcome: int) -> None:
    """Take the row of an outcome that is kept by lead back."""
    if tally.take_back_outcome(tx, outcome):
        checked.recount(tx)


def weights(found: Iterable[Row]) -> dict[str, float]:
    """Return what each family says, of a run's findings of one group."""
    return family_weights(
        [
            Finding(f["identity"], f["indicator"], f["family"], Direction(f["direction"]),
                    Strength(f["strength"]), "", f["weight"], "")
            for f in found
        ]
    )  # fmt: skip


def _made(run: Run, leads: bool) -> Rows:
    parts = [_commonest(run, part, leads) for part in ("region", "site", "language")]
    led = pc.is_valid(run.members["lead"])
    members = run.members.filter(led if leads else pc.invert(led)).select(["network", "persona"])
    found = members.group_by(["network"]).aggregate([("persona", "count_distinct"), ([], "count_all")])
    rows = {}
    for one in found.sort_by("network").to_pylist():
        group, ads = one["network"], one["count_all"]
        if ads >= SMALLEST:
            said = in_steps(weights(run.findings.get(group, ())))
            families = sum(1 for _, odds in said if odds > 0)
            region, site, language = (some.get(group, "") for some in parts)
            share = share_of(one["persona_count_distinct"])
            rows[group] = Tallied(False, said, families, region, site, language, size_of(ads), share)
    return blurred(rows)


def _commonest(run: Run, part: str, leads: bool) -> dict[str, str]:
    """Return what most ads of each group say of a part: their site, region or language."""
    pins = {name: run.pins[name] for name in ("ads", "members", "traits") if name in run.pins}
    table = run.house.lake.query(_OF_GROUPS.format(part=part), pins=pins, params=[run.id, leads])
    found: dict[str, str] = {}
    for row in table.to_pylist():
        found.setdefault(row["grp"], row["said"])
    return found
