"""Search the ads, newest first; and look up a whole list. Every search is written down with its words.

Hits come from the index; where an ad belongs is joined from the current run. An address bar carries the
opaque id that a search is kept under, never its words.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np

from homeward import owed
from homeward.desk import runs
from homeward.desk.acts import event, note
from homeward.desk.ads import hit
from homeward.desk.docs import Doc
from homeward.desk.labels import kind_label
from homeward.desk.permissions import permitted
from homeward.desk.workspace import overview
from homeward.house import House
from homeward.model import query_tree as tree
from homeward.model.actor import Actor
from homeward.model.errors import QueryError
from homeward.model.event import Act
from homeward.model.query import Query, field, parse
from homeward.model.searchable import fold
from homeward.store.index import Hit, Page
from homeward.store.ledger import events, searches

MOST_HITS = 200
MOST_TERMS = 10_000  # of a pasted list
# A list is searched for so long: a request is answered within 20 s, and what it began would go on unseen.
LIST_SECONDS = 12.0
TOO_LATE = "not searched: the terms before it took too long; ask for the rest in a list of its own"
VALUES_SHOWN = 20  # of one facet; the rest are counted as "more"
CELLS_SHOWN = 2_000  # of a map: more than a screen has room for
# Leads are counted by joining every found ad; beyond this the joining would cost more than the search.
MOST_JOINED = 5_000
# Bars of a histogram: days up to a quarter, weeks up to two years, then as many weeks as keep it readable.
DAYS_UP_TO, WEEKS_UP_TO, MOST_BARS = 92, 731, 120

FACETS = {
    "site": "Site", "city": "City", "region": "Region", "country": "Country", "lang": "Language",
    "has": "Contains",
}  # fmt: skip
_HAS = {"obscured": "Obscured contact", "photo": "Photos", "position": "Position"}

Row = dict[str, Any]


@permitted("corpus.search")
def search(
    actor: Actor, house: House, text: str | Query, *, filters: Sequence[Mapping[str, Any]] = (),
    span: tuple[date | None, date | None] = (None, None), limit: int = 50, after: str | None = None,
    facets: bool = False, histogram: bool = False, map: bool = False, keep: Mapping[str, Any] | None = None,
) -> Row:  # fmt: skip
    """Return a page of what a query finds, and counts over all of it.

    `filters` are {facet, value, exclude}: values of one facet are alternatives, and a facet is counted
    without its own choice, so that the alternatives are there to choose. `span` are a first and a last day,
    both included. `keep` is the request to keep under the id in `s`. `leads` is -1 where too many ads are
    found to join them all.
    """
    if not 0 <= limit <= MOST_HITS:
        raise QueryError(f"a page holds up to {MOST_HITS} ads")
    typed = text if isinstance(text, Query) else parse(text)
    query = query_of(typed, filters, span)
    names = (*(FACETS if facets else ()), *(("place",) if map else ()))
    found = house.index.search(
        query, limit=limit, after=after, facets=names, histogram="day" if histogram else None
    )
    run = runs.current(house)
    chips = parts_of(typed)
    page: Row = {
        "total": found.total,
        "leads": _leads(house, run, query, found.total),
        "first": found.first, "last": found.last,
        "chips": chips_of(chips),
        "hits": found_hits(found.hits, run),
        "next": found.after,
        "facets": _facets(house, found, typed, filters, span) if facets else [],
        "histogram": _histogram(found) if histogram else None,
        "map": _map(found) if map else None,
        "without": [] if found.total else _without(house, chips, filters, span),
        "searched": _searched(house, found.total),
    }  # fmt: skip
    page["s"] = _record(actor, house, query, page, after, keep)
    return page


def _searched(house: House, total: int) -> str:
    """Return what an empty search covered, or what any did not: ads that are not in the index."""
    behind = owed.behind(house)
    if total and not behind:
        return ""
    whole, found = overview(house), house.index.count()
    if found >= whole["ads"]:
        return "" if total else str(whole["searched"])
    remedy = (
        "The next homeward refresh puts them in, after its leads."
        if behind
        else "Unless an ingest is running, make it again with: homeward rebuild index."
    )
    return (
        f"Only {found:,} of {whole['ads']:,} ads are in the search index: the others were not searched. "
        f"{remedy} {whole['searched']}"
    )


@permitted("corpus.search")
def search_page(actor: Actor, house: House, request: Mapping[str, Any]) -> Row:
    """Return the page that a request of the API asks for."""
    kept = {**request, "after": None}
    for name in ("first", "last"):
        kept[name] = kept[name].isoformat() if kept.get(name) else None
    return search(
        actor, house, request["text"], filters=request["filters"], span=(request["first"], request["last"]),
        limit=request["limit"], after=request["after"], facets=request["facets"],
        histogram=request["histogram"], map=request["map"], keep=kept,
    )  # fmt: skip


@permitted("corpus.search")
def saved(actor: Actor, house: House, key: str) -> Row:
    """Return the search that an opaque id stands for; only whoever searched may see it."""
    with house.ledger.write() as tx:
        request = searches.find(tx, actor.name, key)
        events.record(tx, event(actor, house, Act.LOOK, [key], what="search"))
    return {"s": key, "request": request}


@permitted("corpus.search")
def list_search(
    actor: Actor, house: House, terms: Iterable[str], *, clock: Callable[[], float] = time.monotonic
) -> Row:
    """Return, for each term of a pasted list, what it was understood as and how many ads and leads it finds.

    A term that cannot be understood is `wrong`, in a sentence, and so is one that time was too short for; the
    others are searched all the same.
    """
    ends = clock() + LIST_SECONDS
    run = runs.current(house)
    wanted = [term.strip() for term in terms]
    if len(wanted) > MOST_TERMS:
        raise QueryError(f"a list holds up to {MOST_TERMS:,} terms")
    rows: list[Row] = []
    for term in wanted:
        row: Row = {"term": term, "chips": [], "ads": 0, "leads": 0, "wrong": ""}
        rows.append(row)
        if clock() > ends:
            row["wrong"] = TOO_LATE
            continue
        try:
            query = parse(term)
            row["chips"] = chips_of(parts_of(query))
            row["ads"] = 0 if query.is_all else house.index.total(query)
            row["leads"] = 0 if query.is_all else _leads(house, run, query, row["ads"])
        except QueryError as error:
            row["wrong"] = error.reason
    hits, late = sum(row["ads"] > 0 for row in rows), sum(row["wrong"] == TOO_LATE for row in rows)
    note(actor, house, Act.SEARCH, what="list", terms=wanted, found=hits, late=late)
    return {"rows": rows, "found": hits, "searched": "" if hits else overview(house)["searched"]}


def _filters(filters: Sequence[Mapping[str, Any]]) -> list[Query]:
    """Return what filters ask for: one of each facet's kept values, none of the excluded ones."""
    kept: dict[str, list[tree.Node]] = {}
    made: list[Query] = []
    for one in filters:
        if one["facet"] not in FACETS:
            raise QueryError(f"there is no facet {one['facet']}")
        node = field(one["facet"], one["value"]).root
        if one.get("exclude"):
            made.append(Query(tree.negate(node)))
        else:
            kept.setdefault(one["facet"], []).append(node)
    return [*(Query(tree.any_of(nodes)) for nodes in kept.values()), *made]


def _span(first: date | None, last: date | None) -> list[Query]:
    made = [Query(tree.Since(first))] if first else []
    return [*made, Query(tree.Until(last))] if last else made


def parts_of(query: Query) -> list[tree.Node]:
    """Return the terms of a query that stand side by side."""
    if query.is_all:
        return []
    return list(query.root.parts) if isinstance(query.root, tree.And) else [query.root]


def chips_of(parts: Sequence[tree.Node]) -> list[Row]:
    """Return terms as they were understood, each with the query that is left without it."""
    return [
        {
            **_chip(part),
            "without": Query().and_also(*(Query(p) for n, p in enumerate(parts) if n != place)).to_text(),
        }
        for place, part in enumerate(parts)
    ]


def _chip(part: tree.Node) -> Row:
    """Return a term as it was understood: bare words that look like a number or handle are of that kind."""
    inner = part.part if isinstance(part, tree.Not) else part
    kind = {tree.Since: "from", tree.Until: "to", tree.Near: "near"}.get(type(inner), "")
    shown = inner.text()
    if isinstance(inner, tree.Field):
        kind, shown = inner.name, inner.value
        if kind == "has":
            kind, shown = shown, f"has {_label('has', shown).lower()}"
    elif isinstance(inner, tree.Phrase) and inner.globs:
        kind = inner.globs[0].partition(":")[0]
    elif kind in ("from", "to", "near"):
        shown = shown.partition(":")[2]
    return {"text": inner.text(), "kind": kind, "exclude": part is not inner, "label": shown}


def query_of(
    text: str | Query, filters: Sequence[Mapping[str, Any]] = (),
    span: tuple[date | None, date | None] = (None, None),
) -> Query:  # fmt: skip
    """Return the one query of a text, filters and a range of days; raises QueryError."""
    typed = text if isinstance(text, Query) else parse(text)
    return typed.and_also(*_filters(filters), *_span(*span))


def found_hits(found: Sequence[Hit], run: runs.Run | None) -> list[Row]:
    """Return found ads as lists show them."""
    members = run.members_of([one.ad for one in found]) if run else {}
    lines = run.site_lines if run else {}
    rows = []
    for one in found:
        fields = dict(one.doc)
        mentions = fields.pop("mentions")
        for mention in mentions:
            mention["obscured"] = bool(mention["detail"].get("obscured"))
        for name in ("posted_at", "seen_at"):
            fields[name] = datetime.fromisoformat(fields[name]) if fields[name] else None
        mentions.sort(key=lambda m: (m["part"], m["start"], m["end"], m["kind"], m["value"]))
        row = hit(Doc(one.ad, fields["capture"], fields, mentions), members.get(one.ad), lines)
        lead = run.lead_by_identity.get(row["identity"] or "") if run else None
        rows.append(row | {"lead_rank": lead["rank"], "lead_title": lead["title"]} if lead else row)
    return rows


def _leads(house: House, run: runs.Run | None, query: Query, total: int) -> int:
    """Return how many leads the found ads belong to; -1 where too many are found to tell."""
    if run is None or not total:
        return 0
    if query.is_all:
        return len(run.leads)
    if total > MOST_JOINED:
        return -1
    codes = joined(run)[1][members_found(house, run, query, total)]
    return len(np.unique(codes[codes >= 0]))


def members_found(house: House, run: runs.Run, query: Query, total: int) -> np.ndarray[Any, Any]:
    """Return the places in `run.members` of up to `total` ads that a query finds."""
    keys, _ = joined(run)
    if not len(keys):
        return np.array([], dtype=np.int64)
    wanted = np.sort(house.index.keys(query, total))  # in order, keys are found four times as quickly
    places = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    found: np.ndarray[Any, Any] = places[keys[places] == wanted]
    return found


def joined(run: runs.Run) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Return the run's sorted keys (16 bytes each) and the number of each one's lead, -1 for none."""
    with run.lock:
        if (made := run.groups.get("search keys")) is None:
            if run.base:
                ads, numbers = (np.delete(whole, run.gone) for whole in joined(run.base))
            else:
                ads = np.array(run.members.column("ad").to_pylist(), dtype="S16")
                codes = run.members.column("lead").combine_chunks().dictionary_encode()
                numbers = codes.indices.fill_null(-1).to_numpy(zero_copy_only=False)
            made = run.groups["search keys"] = (ads, numbers)
        return made


def _facets(
    house: House, found: Page, typed: Query, filters: Sequence[Mapping[str, Any]],
    span: tuple[date | None, date | None],
) -> list[Row]:  # fmt: skip
    """Return every facet, each as if nothing of its own were chosen: what one more value brings is told."""
    counted = []
    for name in FACETS:
        chosen = {fold(one["value"]) for one in filters if one["facet"] == name}
        page = found
        if chosen:
            others = [one for one in filters if one["facet"] != name]
            page = house.index.search(query_of(typed, others, span), limit=0, facets=(name,))
        counted.append(_facet(name, page.facets[name] or (), chosen))
    return counted


def _facet(name: str, values: Sequence[tuple[str, int]], chosen: Collection[str]) -> Row:
    """Return a facet with its most frequent values, and those that are chosen."""
    shown = [
        {"value": value, "label": _label(name, value), "count": count}
        for place, (value, count) in enumerate(values)
        if place < VALUES_SHOWN or fold(value) in chosen
    ]
    return {"name": name, "label": FACETS[name], "values": shown, "more": len(values) - len(shown)}


def _label(name: str, value: str) -> str:
    return (_HAS.get(value) or kind_label(value)) if name == "has" else value


def _histogram(found: Page) -> Row:
    """Return the days' counts in bars of equal width, without gaps."""
    days = found.histogram or ()
    if not days:
        return {"days": 1, "bins": [], "undated": found.total}
    first, last = days[0][0], days[-1][0]
    length = (last - first).days + 1
    width = (
        1 if length <= DAYS_UP_TO else 7 if length <= WEEKS_UP_TO else 7 * math.ceil(length / MOST_BARS / 7)
    )
    if width > 1 and first.toordinal() > 7:
        first -= timedelta(days=first.weekday())
    bars = [0] * (((last - first).days) // width + 1)
    for day, count in days:
        bars[(day - first).days // width] += count
    bins = [{"start": first + timedelta(days=n * width), "count": count} for n, count in enumerate(bars)]
    return {"days": width, "bins": bins, "undated": found.total - sum(bars)}


def _map(found: Page) -> Row:
    """Return the found ads by place; ads that are within about a kilometre are at one place."""
    values = found.facets["place"] or ()
    cells = []
    for value, count in values[:CELLS_SHOWN]:
        lat, lon, label = value.split(" ", 2)
        cells.append({"lat": float(lat), "lon": float(lon), "count": count, "label": label})
    return {"cells": cells, "unplaced": found.total - sum(count for _, count in values)}


def _without(
    house: House, chips: list[tree.Node], filters: Sequence[Mapping[str, Any]],
    span: tuple[date | None, date | None],
) -> list[int]:  # fmt: skip
    """Return, for each chip, how many ads there would be without it."""
    rest = [*_filters(filters), *_span(*span)]
    counts = []
    for n in range(len(chips)):
        others = [Query(part) for place, part in enumerate(chips) if place != n]
        counts.append(house.index.total(Query().and_also(*others, *rest)))
    return counts


def _record(
    actor: Actor, house: House, query: Query, page: Row, after: str | None, keep: Mapping[str, Any] | None
) -> str:
    """Write the search down, with its words and what it showed, and keep it; return its opaque id."""
    shown = [one["id"] for one in page["hits"]]
    detail = {"query": query.to_text(), "total": page["total"], "further": after is not None}
    with house.ledger.write() as tx:
        events.record(tx, event(actor, house, Act.SEARCH, shown, **detail))
        return searches.keep(tx, actor.name, keep, at=house.clock()) if keep is not None else ""
