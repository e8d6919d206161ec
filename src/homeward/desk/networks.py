"""Questions about a whole network: everything that the ads linked to one number, handle or name say.

A search finds the ads that fit; here the groups that those ads belong to answer as a whole.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from homeward.desk import groups, runs
from homeward.desk.acts import note
from homeward.desk.docs import Doc
from homeward.desk.groups import Group
from homeward.desk.identity import title
from homeward.desk.permissions import permitted
from homeward.desk.search import chips_of, members_found, parts_of
from homeward.desk.workspace import overview
from homeward.house import House
from homeward.model.actor import Actor
from homeward.model.errors import QueryError
from homeward.model.event import Act
from homeward.model.lead import CAUTION
from homeward.model.mention import Kind
from homeward.model.query import parse

Row = dict[str, Any]
GROUPS_ANSWERED = 10
MOST_ADS = 5_000  # found ads that are joined to their groups; what is so common is no key to a network
PLACES_SHOWN = 30
VALUES_SHOWN = 30
MOST_MEMBERS = 20_000  # ads of one group that are read for an answer


@permitted("corpus.search")
def ask(actor: Actor, house: House, text: str) -> Row:
    """Return, for each group with an ad that a query finds: prices, cities, names, contacts and dates.

    Raises QueryError when the query cannot be understood, or when it asks for everything.
    """
    query = parse(text)
    if query.is_all:
        raise QueryError("name what the network should be linked to: a number, a handle, a name")
    total = house.index.total(query)
    run = runs.current(house)
    found: Counter[str] = Counter()
    if run is not None and 0 < total <= MOST_ADS:
        places = pa.array(members_found(house, run, query, total))
        found.update(key for key in run.members.column("network").take(places).to_pylist() if key)
    order = sorted(found, key=lambda key: (-found[key], key))
    answers = [_answer(run, key, found[key]) for key in order[:GROUPS_ANSWERED]] if run else []
    note(actor, house, Act.SEARCH, order[:GROUPS_ANSWERED], what="network", query=query.to_text())
    return {
        "chips": chips_of(parts_of(query)),
        "ads": total,
        "too_many": total > MOST_ADS,
        "groups": answers,
        "more": max(0, len(order) - GROUPS_ANSWERED),
        "searched": "" if total else overview(house)["searched"],
        "caution": CAUTION,
    }


def _answer(run: runs.Run, identity: str, direct: int) -> Row:
    row = run.identity(identity)
    lead = run.lead_by_identity.get(identity)
    group = groups.of(run, {**row, "ads": row["ads"][:MOST_MEMBERS]})
    return {
        "identity": identity,
        "lead": lead["id"] if lead else None,
        "title": (lead["title"] if lead else "") or title(row, group),
        "ads": len(row["ads"]),
        "direct": direct,
        "first": group.first,
        "last": group.last,
        "prices": prices(group.ads),
        "places": sorted(group.places, key=lambda p: (-p["ads"], p["label"]))[:PLACES_SHOWN],
        "places_count": len(group.places),
        "names": _top(group, Kind.NAME),
        "contacts": [*_top(group, Kind.PHONE), *_top(group, Kind.HANDLE), *_top(group, Kind.EMAIL)],
    }


def _top(group: Group, kind: str) -> list[Row]:
    """Return the values of a kind, most used first."""
    return next((g["values"][:VALUES_SHOWN] for g in group.values if g["kind"] == kind), [])


def prices(ads: Sequence[Doc]) -> list[Row]:
    """Return lowest, middle and highest price for each currency and length of time, most stated first."""
    stated: dict[tuple[str, int | None], list[float]] = defaultdict(list)
    said_in: dict[tuple[str, int | None], set[str]] = defaultdict(set)
    for doc in ads:
        for mention in doc.mentions:
            detail = mention["detail"]
            if mention["kind"] != Kind.PRICE or not isinstance(detail.get("amount"), int | float):
                continue
            key = (str(detail.get("currency") or ""), detail.get("minutes"))
            stated[key].append(float(detail["amount"]))
            said_in[key].add(doc.id)
    order = sorted(stated, key=lambda key: (-len(said_in[key]), key[0], key[1] or 0))
    return [
        {
            "currency": currency, "minutes": minutes, "ads": len(said_in[currency, minutes]),
            "lowest": min(amounts), "middle": _median(amounts), "highest": max(amounts),
        }
        for currency, minutes in order
        if (amounts := stated[currency, minutes])
    ]  # fmt: skip


def _median(amounts: list[float]) -> float:
    ordered = sorted(amounts)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
