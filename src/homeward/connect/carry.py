"""Carry: the tables of a run of which only a neighbourhood was built anew.

What was not touched is taken over from the run before; ranks, weeks and the lists of templates are made over
everything.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from homeward.connect.elsewhere import Elsewhere
from homeward.connect.tools import Floats, coded, flatten
from homeward.model import schema

Tables = Mapping[str, pa.Table]


@dataclass(frozen=True)
class Carried:
    """What the new run's tables are made of: the rows of the run `before`, of which `elsewhere` stand.

    `templates` are every ad and the template that it has now (columns ad, template), null for none.
    """

    before: Tables
    elsewhere: Elsewhere
    templates: pa.Table
    run: str


def carry(made: Tables, carried: Carried) -> dict[str, pa.Table]:
    """Return the tables of everything: those `made` of the neighbourhood, and what stands elsewhere."""
    before, run = carried.before, carried.run
    stands = pc.is_in(before["members"]["ad"], value_set=carried.elsewhere.traits["ad"].combine_chunks())
    kept = before["members"].filter(stands)
    networks = pc.unique(kept["network"].combine_chunks())
    groups = pa.concat_arrays([networks, pc.unique(kept["persona"].combine_chunks())])
    with ThreadPoolExecutor(1) as aside:  # Arrow lets go of the interpreter while it filters and sorts
        rest = aside.submit(
            lambda: {
                "identities": _both(before, made, "identities", "id", groups, run),
                "links": _both(before, made, "links", "identity", networks, run),
                "findings": _both(before, made, "findings", "identity", networks, run),
                "filtered": _filtered(before["filtered"], made["filtered"], run),
                "leads": _leads(before, made, networks, carried),
            }
        )
        traits = _joined("traits", [_run(carried.elsewhere.traits, run), made["traits"]]).sort_by("ad")
        members = _joined("members", [_run(kept, run), made["members"]]).sort_by("ad")
        templates, column = _templates(before["templates"], made["templates"], members, traits, carried)
        out = {**rest.result(), "traits": traits, "templates": templates}
    place = members.column_names.index("template")
    out["members"] = members.set_column(place, "template", column).cast(schema.MEMBERS)
    return out


def _run(table: pa.Table, run: str) -> pa.Table:
    place = table.column_names.index("run")
    return table.set_column(place, "run", pa.repeat(run, table.num_rows))


def _joined(name: str, tables: list[pa.Table]) -> pa.Table:
    columns = schema.TABLES[name].names
    return pa.concat_tables([table.select(columns) for table in tables]).combine_chunks()


def _both(before: Tables, made: Tables, name: str, key: str, kept: pa.Array, run: str) -> pa.Table:
    stays = before[name].filter(pc.is_in(before[name][key], value_set=kept))
    return _joined(name, [_run(stays, run), made[name]])


def _filtered(before: pa.Table, made: pa.Table, run: str) -> pa.Table:
    """Return what joins nothing: what was found so now, and before where it was not looked at again."""
    old, new = (pc.binary_join_element_wise(t["kind"], t["value"], "\x1f") for t in (before, made))
    stays = before.filter(pc.invert(pc.is_in(old, value_set=pc.unique(new))))
    order = [(name, "ascending") for name in ("kind", "value", "ads", "posters", "reason")]
    return _joined("filtered", [_run(stays, run), made]).sort_by(order)


def _leads(before: Tables, made: Tables, networks: pa.Array, carried: Carried) -> pa.Table:
    """Return the leads of everything, ranked anew; weeks end where the newest ad's does."""
    old = before["leads"].filter(pc.is_in(before["leads"]["identity"], value_set=networks))
    new = made["traits"]["last_day"].to_numpy()
    last = _last_week(carried.elsewhere.days("last_day"), new) - _last_week(
        before["traits"]["last_day"].to_numpy()
    )
    if last and old.num_rows:
        _, flat = flatten(old["weekly"])
        weekly = _shifted(flat.reshape(old.num_rows, -1), last)
        column = pa.array(weekly.tolist(), schema.LEADS.field("weekly").type)
        old = old.set_column(old.column_names.index("weekly"), "weekly", column)
    leads = _joined("leads", [_run(old, carried.run), made["leads"]])
    leads = leads.sort_by([("score", "descending"), ("identity", "ascending")])
    ranks = pa.array(np.arange(1, leads.num_rows + 1), pa.int32())
    return leads.set_column(leads.column_names.index("rank"), "rank", ranks)


def _last_week(*days: Floats) -> int:
    return max(int(some.max(initial=0) // 7) for some in days)


def _shifted(weekly: np.ndarray, weeks: int) -> np.ndarray:
    """Return counts by week, moved on; what falls out at the far end stays in the first week shown."""
    width = weekly.shape[1]
    out = np.zeros_like(weekly)
    gone = min(weeks, width - 1)
    out[:, : width - gone] = weekly[:, gone:]
    out[:, 0] += weekly[:, :gone].sum(axis=1)
    return out


def _templates(
    before: pa.Table, made: pa.Table, members: pa.Table, traits: pa.Table, carried: Carried
) -> tuple[pa.Table, pa.Array]:
    """Return the rows of templates, and each member's template.

    A template whose ads are all built now has the pattern found now; another keeps the one it had.
    """
    ads, told = members["ad"].combine_chunks(), carried.templates
    name = told["template"].combine_chunks().take(pc.index_in(ads, value_set=told["ad"].combine_chunks()))
    code, known = coded(name)
    size = np.bincount(code[code >= 0], minlength=len(known))
    shared = size > 1
    held = np.append(shared, False)[code]
    column = pc.if_else(pa.array(held), name, None)
    mine = np.flatnonzero(held)
    day = traits["first_day"].to_numpy()[mine]
    order = mine[np.lexsort((mine, np.where(day < 0, np.inf, day), code[mine]))]
    offsets = np.concatenate([[0], np.cumsum(size[shared])]).astype(np.int32)
    lists = pa.ListArray.from_arrays(pa.array(offsets), ads.take(pa.array(order)))
    names = known.filter(pa.array(shared))
    pattern = _patterns(before, made, names, size[shared])
    rows = {
        "id": names, "ads": lists, "size": pa.array(size[shared], pa.int32()), "pattern": pattern,
        "run": pa.repeat(carried.run, len(names)),
    }  # fmt: skip
    return pa.table(rows).cast(schema.TEMPLATES), column


def _patterns(before: pa.Table, made: pa.Table, names: pa.Array, size: np.ndarray) -> pa.Array:
    old, new = (pc.index_in(names, value_set=table["id"].combine_chunks()) for table in (before, made))
    was, now = before["pattern"].take(old), made["pattern"].take(new)
    whole = pc.equal(pc.fill_null(made["size"].take(new), 0), pa.array(size, pa.int32()))
    found = pc.coalesce(pc.if_else(whole, now, None), was, now, pa.scalar("[]"))
    return found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found
