"""Tables of a run without some of its ads: nothing is said of those, and nothing rests on them alone."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

Row = dict[str, Any]


def rows(table: pa.Table, ads: Collection[str], column: str = "ad") -> pa.Table:
    """Return the rows of the other ads."""
    return table.filter(pc.invert(pc.is_in(table[column], value_set=pa.array(sorted(ads), pa.string()))))


def groups(table: pa.Table, ads: Collection[str], touched: Collection[str]) -> pa.Table:
    """Return groups (by `id`, with `ads` and `size`) without some ads; those that have none left are gone."""
    if not touched:
        return table
    mine = pc.is_in(table["id"], value_set=pa.array(sorted(touched), pa.string()))
    left = []
    for row in table.filter(mine).to_pylist():
        kept = [ad for ad in row["ads"] if ad not in ads]
        if kept:
            left.append({**row, "ads": kept, "size": len(kept)})
    others = table.filter(pc.invert(mine))
    return pa.concat_tables([others, pa.Table.from_pylist(left, schema=table.schema)])


def findings(found: Iterable[Row], ads: Collection[str], captures: Collection[str]) -> list[Row]:
    """Return findings without some ads and the mentions of their captures; what rests on no other is gone."""
    kept = []
    for row in found:
        named = row["ads"] or []
        left = [ad for ad in named if ad not in ads]
        if named and not left:
            continue
        said = [m for m in json.loads(row["mentions"] or "[]") if m[0] not in captures]
        kept.append({**row, "ads": left, "mentions": json.dumps(said)} if left != named else row)
    return kept


def leads(found: Iterable[Row], left: Mapping[str, int]) -> list[Row]:
    """Return leads with how many ads they have left; those without one are gone."""
    return [
        {**lead, "ads": left[lead["identity"]]} if lead["identity"] in left else lead
        for lead in found
        if left.get(lead["identity"], 1)
    ]
