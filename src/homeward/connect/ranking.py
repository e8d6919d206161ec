"""Ranking: what is found about each group, as rows of findings and leads, best lead first.

Groups are judged by the engine's workers, some at a time, and nothing of a group is kept but its rows: of a
million ads the findings and what rules looked up would be gigabytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc

from homeward.connect import rank
from homeward.connect.card import Card
from homeward.connect.facts import Facts
from homeward.connect.findings import Judgement, judge
from homeward.connect.groups import Scene
from homeward.connect.parts import Groups, scene_of
from homeward.connect.tools import Ints, MapEngine, clocks
from homeward.connect.venues import venue_type
from homeward.model import ids, schema
from homeward.model.finding import Finding

# A lead shows its ads by week for the last half year of the data.
WEEKS = 26
KERNEL = "homeward.connect.ranking:judge_batch"


def _but(shape: pa.Schema, *names: str) -> pa.StructType:
    return pa.struct([field for field in shape if field.name not in names])


_FINDING = _but(schema.FINDINGS, "run")
_LEAD = _but(schema.LEADS, "run", "rank", "first_seen", "last_seen")
_JUDGED = pa.schema([("findings", pa.list_(_FINDING)), ("lead", _LEAD)])


@dataclass(frozen=True, slots=True)
class Ranked:
    """The rows of `findings` and `leads`."""

    findings: pa.Table
    leads: pa.Table


def rank_groups(scene: Scene, card: Card, engine: MapEngine, run: str, *, last_day: float) -> Ranked:
    """Return what is found about groups, and the leads: every group that any family speaks for.

    Groups are judged by the engine's workers. Leads are in order of their score; ties go by the id. Weeks end
    with that of `last_day`.
    """
    facts = scene.facts
    groups = Groups(scene, _weeks(facts, int(last_day // 7)))
    told = pa.concat_tables([_JUDGED.empty_table(), *engine.map_stream(KERNEL, groups.parts(card))])
    findings = pa.Table.from_struct_array(pc.list_flatten(told["findings"]))
    leading = told["lead"].is_valid()
    leads = pa.Table.from_struct_array(told["lead"].filter(leading))
    ads = [groups.judged[0][place] for place in np.flatnonzero(leading.to_numpy()).tolist()]
    for name, last in (("first_seen", False), ("last_seen", True)):
        seen = pa.array(clocks(facts.ads[name], ads, last=last), schema.LEADS.field(name).type)
        leads = leads.append_column(name, seen)
    leads = leads.sort_by([("score", "descending"), ("identity", "ascending")])
    leads = leads.append_column("rank", pa.array(np.arange(1, len(ads) + 1, dtype=np.int32)))
    return Ranked(_of_run(findings, schema.FINDINGS, run), _of_run(leads, schema.LEADS, run))


def _of_run(rows: pa.Table, shape: pa.Schema, run: str) -> pa.Table:
    """Return rows of a run as a table of the lake."""
    return rows.append_column("run", pa.repeat(run, rows.num_rows)).select(shape.names).cast(shape)


def judge_batch(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Judge groups: the kernel from rows of `parts.INPUT` to each one's findings and its lead, if it is one.

    A lead's rank and clocks are not known here.
    """
    scene, weeks = scene_of(batch)
    card = Card("", orjson.loads(batch["card"][0].as_py()) if batch.num_rows else {})
    findings: list[dict[str, Any]] = []
    leads: list[dict[str, Any] | None] = []
    ends = [0]
    for one in judge(scene, card):
        findings += map(_finding, one.findings)
        ends.append(len(findings))
        leads.append(_lead(one, weeks) if one.families else None)
    rows = pa.RecordBatch.from_pylist(findings, schema=pa.schema(list(_FINDING)))
    found = pa.StructArray.from_arrays(rows.columns, fields=list(_FINDING))
    lists = pa.ListArray.from_arrays(pa.array(ends, pa.int32()), found)
    return pa.RecordBatch.from_arrays([lists, pa.array(leads, _LEAD)], schema=_JUDGED)


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
