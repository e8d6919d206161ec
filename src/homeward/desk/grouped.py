"""What a search finds, by group: every hit counts, and the newest of each group are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from homeward.desk import runs
from homeward.desk.acts import note
from homeward.desk.ads import hits
from homeward.desk.permissions import permitted
from homeward.desk.search import joined, query_of
from homeward.house import House
from homeward.model.actor import Actor
from homeward.model.errors import QueryError
from homeward.model.event import Act
from homeward.model.lead import CAUTION
from homeward.model.query import Query

Row = dict[str, Any]
Ints = npt.NDArray[np.int64]
MOST_GROUPED = 50_000  # found ads that are joined to their groups: about 50 ms at a million ads
GROUPS_SHOWN = 10  # at once
NEWEST_SHOWN = 3  # ads of a group
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@permitted("corpus.search")
def by_group(actor: Actor, house: House, request: Mapping[str, Any]) -> Row:
    """Return a page of the groups with an ad that a search finds, most found ads first.

    `request` has text, filters, first, last, and `after`, the mark of the page before. Above MOST_GROUPED
    found ads nothing is grouped, and the page says so. Raises QueryError for a query that cannot be
    understood, and for a mark of a run that is no longer current.
    """
    span: tuple[date | None, date | None] = request["first"], request["last"]
    query = query_of(request["text"], request["filters"], span)
    run, total = runs.current(house), house.index.total(query)
    page: Row = {
        "ads": total, "too_many": total > MOST_GROUPED, "most": MOST_GROUPED, "groups": [], "total": 0,
        "leads": 0, "loose": total, "next": None, "caution": CAUTION,
    }  # fmt: skip
    if run is not None and 0 < total <= MOST_GROUPED:
        start = _start(run, request.get("after"))
        found = _Found(house, run, query)
        page |= {"total": len(found.order), "leads": found.leads, "loose": total - found.placed}
        page["groups"] = _groups(house, run, found, found.order[start : start + GROUPS_SHOWN])
        if start + GROUPS_SHOWN < len(found.order):
            page["next"] = f"{run.id}.{start + GROUPS_SHOWN}"
    shown = [group["identity"] for group in page["groups"]]
    further = request.get("after") is not None
    note(actor, house, Act.SEARCH, shown, what="groups", query=query.to_text(), total=total, further=further)
    return page


def warm(house: House) -> None:
    """Make what the first question would wait for: half a second at a million ads."""
    if (run := runs.current(house)) is not None:
        joined(run)
        _networks(run)


def _start(run: runs.Run, after: str | None) -> int:
    """Return how many groups were shown before."""
    if not after:
        return 0
    made, _, start = after.rpartition(".")
    if made != run.id or not start.isdigit() or len(start) > 9:
        raise QueryError("the groups were made anew since this list was begun: ask again")
    return int(start)


@dataclass(frozen=True, slots=True)
class _Networks:
    """The networks of a run by number: ids, ranks of their leads, sizes; and the number of each member's."""

    names: list[str]
    places: Ints  # in the order of the ids
    ranks: Ints
    leads: int  # a rank above it stands for one that is no lead
    sizes: Ints
    of_member: Ints  # -1 for none


class _Found:
    """Found ads joined to the networks of a run: where each stands in `run.members`, its time, its group."""

    def __init__(self, house: House, run: runs.Run, query: Query) -> None:
        keys, _ = joined(run)
        wanted, at = house.index.dated(query, MOST_GROUPED)
        ordered = np.argsort(wanted)  # looked up in order, keys lie near each other: four times as quick
        wanted, at = wanted[ordered], at[ordered]
        places: Ints = np.minimum(np.searchsorted(keys, wanted), max(len(keys) - 1, 0))
        there = keys[places] == wanted if len(keys) else np.zeros(len(wanted), bool)
        self.all = _networks(run)
        self.places, self.at = places[there], at[there]
        self.codes = self.all.of_member[self.places]
        self.placed = int((self.codes >= 0).sum())
        groups, counts = np.unique(self.codes[self.codes >= 0], return_counts=True)
        ranks = self.all.ranks[groups]
        self.leads = int((ranks <= self.all.leads).sum())
        self.order: list[int] = groups[np.lexsort((self.all.places[groups], ranks, -counts))].tolist()


def _networks(run: runs.Run) -> _Networks:
    """Return the run's networks, made once."""
    made: _Networks | None
    with run.lock:
        if (made := run.groups.get("networks")) is None and run.base:
            whole = _networks(run.base)
            of_member = np.delete(whole.of_member, run.gone)
            sizes = np.bincount(of_member[of_member >= 0], minlength=len(whole.names))
            made = run.groups["networks"] = replace(whole, sizes=sizes, of_member=of_member)
        elif made is None:
            coded = run.members.column("network").combine_chunks().dictionary_encode()
            names = coded.dictionary.to_pylist()
            of_member = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
            places = np.empty(len(names), dtype=np.int64)
            places[np.argsort(np.array(names, dtype=np.str_))] = np.arange(len(names))
            none = {"rank": len(run.leads) + 1}
            ranks = [run.lead_by_identity.get(name, none)["rank"] for name in names]
            sizes = np.bincount(of_member[of_member >= 0], minlength=len(names))
            made = _Networks(names, places, np.array(ranks, dtype=np.int64), len(run.leads), sizes, of_member)
            run.groups["networks"] = made
        return made


def _groups(house: House, run: runs.Run, found: _Found, codes: list[int]) -> list[Row]:
    """Return some groups: how many of their ads are found, of how many, and the newest of them."""
    if not codes:
        return []
    rows, newest = [], []
    for code in codes:
        mine = np.flatnonzero(found.codes == code)
        newest.append(found.places[mine[np.argsort(-found.at[mine], kind="stable")[:NEWEST_SHOWN]]])
        identity = found.all.names[code]
        lead = run.lead_by_identity.get(identity)
        rows.append({
            "identity": identity, "lead": lead["id"] if lead else None,
            "rank": lead["rank"] if lead else None, "title": lead["title"] if lead else "",
            "found": len(mine), "ads": int(found.all.sizes[code]),
            "first": EPOCH + timedelta(microseconds=int(found.at[mine].min())),
            "last": EPOCH + timedelta(microseconds=int(found.at[mine].max())),
        })  # fmt: skip
    shown = run.members.column("ad").take(pa.array(np.concatenate(newest))).to_pylist()
    told = {hit["id"]: hit for hit in hits(house, run, shown)}
    starts = np.cumsum([0, *map(len, newest)])
    for row, start, end in zip(rows, starts[:-1].tolist(), starts[1:].tolist(), strict=True):
        row["hits"] = [told[ad] for ad in shown[start:end] if ad in told]
    return rows
