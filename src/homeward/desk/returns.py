"""When does a dismissed lead return, and with what?

When its ads hold a name, a contact or a word of the agency's youth list that was not there when it was
dismissed; it says which.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

from homeward.connect import parameters as p
from homeward.connect.tools import text_list
from homeward.desk.labels import label
from homeward.desk.runs import SEEN, Run
from homeward.model.mention import Kind

Row = dict[str, Any]
NAMED = 5  # new values that are named; the sentence counts the others
YOUTH = "youth_wording"
WATCHED = (Kind.NAME, *p.CONTACTS)

_held: WeakKeyDictionary[Run, dict[tuple[str, datetime], str]] = WeakKeyDictionary()
_lock = threading.Lock()


def since(run: Run, dismissed: Mapping[str, datetime]) -> dict[str, str]:
    """Return what is new in each dismissed lead since its dismissal, as a sentence; others are left out."""
    with _lock:
        held = _held.setdefault(run, {})
    wanted = {lead: at for lead, at in dismissed.items() if (lead, at) not in held and lead in run.lead_by_id}
    if wanted:
        fresh = _new(run, wanted)
        with _lock:
            held.update({(lead, at): fresh.get(lead, "") for lead, at in wanted.items()})
    return {lead: said for lead, at in dismissed.items() if (said := held.get((lead, at), ""))}


def _new(run: Run, wanted: Mapping[str, datetime]) -> dict[str, str]:
    told: dict[str, list[str]] = defaultdict(list)
    for row in _first_captured(run, list(wanted)):
        key = (row["kind"], row["value"])
        if row["first"] > wanted[row["lead"]] and key not in run.filtered:
            what = "name" if row["kind"] == Kind.NAME else row["kind"]
            told[row["lead"]].append(f"{what} {label(*key)}")
    for lead, at in wanted.items():
        if _youth_since(run, lead, at):
            told[lead].insert(0, "words of the agency's list")
    return {lead: _sentence(values) for lead, values in told.items()}


def _sentence(values: list[str]) -> str:
    shown = values if len(values) <= NAMED else [*values[:NAMED], f"{len(values) - NAMED:,} more"]
    return f"New since it was dismissed: {text_list(shown)}."


def _first_captured(run: Run, leads: list[str]) -> list[Row]:
    """Return when each name and contact of some leads was first taken in, in any capture of their ads."""
    pins = {name: run.pins[name] for name in ("ads", "members", "mentions") if name in run.pins}
    table = run.house.lake.query(
        "SELECT m.lead, x.kind, x.value, min(a.captured_at) AS first FROM members m "
        "JOIN mentions x ON x.ad = m.ad JOIN ads a ON a.capture = x.capture "
        "WHERE m.run = ? AND list_contains(?, m.lead) AND list_contains(?, x.kind) AND x.confidence >= ? "
        f"AND {SEEN} GROUP BY ALL ORDER BY m.lead, x.kind, x.value",
        pins=pins, params=[run.id, leads, [str(kind) for kind in WATCHED], p.LEAST_CONFIDENCE,
                           sorted(run.house.hidden)],
    )  # fmt: skip
    rows: list[Row] = table.to_pylist()
    return rows


def _youth_since(run: Run, lead: str, at: datetime) -> bool:
    """Whether the agency's words stand in the lead's ads, and only in ads taken in since."""
    findings = run.findings.get(run.lead(lead)["identity"], [])
    ads = [ad for found in findings if found["indicator"] == YOUTH for ad in found["ads"] or []]
    if not ads:
        return False
    captured = run.house.lake.find("ads", ads, columns=["captured_at"], version=run.pins.get("ads"))
    times = captured.column("captured_at").to_pylist()
    return bool(times) and min(times) > at
