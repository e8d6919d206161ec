"""Tables: what a build knows, as rows of the lake."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc

from homeward.connect import parameters as p
from homeward.connect import rank, slots
from homeward.connect.evidence import SOFT_KINDS
from homeward.connect.signature import spans_by_capture
from homeward.connect.tools import Ints, MapEngine, split_by
from homeward.model import ids, schema
from homeward.model.identity import Level

if TYPE_CHECKING:
    from homeward.connect.build import Built
    from homeward.connect.findings import Judgement

# An identity lists this many values of one kind; more would be a copy of its ads.
MOST_VALUES = 60
# A lead shows its ads by week for the last half year of the data.
WEEKS = 26


def make(built: Built, mentions: pa.Table, engine: MapEngine) -> dict[str, pa.Table]:
    """Return the run tables of a build."""
    template_ids, templates = _templates(built, mentions, engine)
    leads = _leads(built)
    return {
        "templates": templates,
        "links": _links(built),
        "identities": _identities(built),
        "members": _members(built, template_ids, leads),
        "findings": _findings(built),
        "leads": leads,
        "filtered": _rows("filtered", built.filtered.table(built.run)),
    }


def _rows(name: str, columns: dict[str, Any]) -> pa.Table:
    sch = schema.TABLES[name]
    return pa.table({field.name: pa.array(columns[field.name], field.type) for field in sch}, schema=sch)


def _lists(ids_in_order: pa.ChunkedArray, groups: list[Ints]) -> pa.ListArray:
    """Return one list of ads a group."""
    offsets = np.concatenate([[0], np.cumsum([len(g) for g in groups])]).astype(np.int32)
    flat = np.concatenate([*groups, np.empty(0, dtype=np.int64)]).astype(np.int64)
    values = ids_in_order.take(pa.array(flat))
    return pa.ListArray.from_arrays(
        pa.array(offsets), values.combine_chunks() if hasattr(values, "combine_chunks") else values
    )


def _templates(built: Built, mentions: pa.Table, engine: MapEngine) -> tuple[list[str | None], pa.Table]:
    """Return each ad's template id (null if nobody shares its wording) and the rows of shared templates."""
    facts = built.facts
    groups = [ads for ads in split_by(built.shown) if len(ads) > 1]
    names = [ids.template_id(facts.ad_ids[int(ads[0])]) for ads in groups]
    of_ad: list[str | None] = [None] * facts.count
    for name, ads in zip(names, groups, strict=True):
        for ad in ads.tolist():
            of_ad[ad] = name
    patterns = _patterns(built, groups, mentions, engine)
    return of_ad, _rows(
        "templates",
        {
            "id": names,
            "ads": _lists(facts.ads["ad"], groups),
            "size": [len(ads) for ads in groups],
            "pattern": patterns,
            "run": [built.run] * len(groups),
        },
    )


def _patterns(built: Built, groups: list[Ints], mentions: pa.Table, engine: MapEngine) -> list[str]:
    """Return the JSON pattern of each template: its chief wording against some others."""
    chosen: list[list[int]] = []
    for ads in groups:
        wordings, first, counts = np.unique(built.wordings.of_row[ads], return_index=True, return_counts=True)
        best = np.lexsort((wordings, -counts))[: 1 + slots.MEMBERS]
        chosen.append(ads[first[best]].tolist())
    flat = np.array([ad for some in chosen for ad in some], dtype=np.int64)
    texts = built.facts.ads.select(["capture", "title", "body"]).take(pa.array(flat)).combine_chunks()
    needed = pa.array(np.unique(flat))
    captures = built.facts.ads["capture"].combine_chunks().take(needed)
    spans = spans_by_capture(captures, mentions).take(pc.index_in(texts["capture"], value_set=captures))
    struct = pa.StructArray.from_arrays(
        [texts["title"].combine_chunks(), texts["body"].combine_chunks(), _one(spans)],
        fields=list(slots.TEXT),
    ) if len(flat) else pa.array([], slots.TEXT)  # fmt: skip
    offsets = np.concatenate([[0], np.cumsum([len(some) for some in chosen])]).astype(np.int32)
    table = pa.table(
        {
            "template": pa.array(np.arange(len(groups))),
            "texts": pa.ListArray.from_arrays(pa.array(offsets), struct),
        },
        schema=slots.INPUT,
    )
    found = engine.map("homeward.connect.slots:induce_batch", table)
    made = dict(zip(found["template"].to_pylist(), found["pattern"].to_pylist(), strict=True))
    fillings = _fillings(built, groups)
    return [_filled(made.get(i, b"[]"), fillings[i]) for i in range(len(groups))]


def _one(column: Any) -> Any:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _fillings(built: Built, groups: list[Ints]) -> list[dict[str, int]]:
    """Count the different values of each kind that the ads of each template say."""
    facts = built.facts
    of_ad = np.full(facts.count, -1, dtype=np.int64)
    for i, ads in enumerate(groups):
        of_ad[ads] = i
    mine = of_ad[facts.said_ad]
    keep = mine >= 0
    pairs = np.unique(np.stack([mine[keep], facts.said_value[keep]], axis=1), axis=0)
    out: list[dict[str, int]] = [defaultdict(int) for _ in groups]
    for i, kind in zip(pairs[:, 0].tolist(), facts.value_kind[pairs[:, 1]].tolist(), strict=True):
        out[i][kind] += 1
    return out


def _filled(pattern: bytes, counts: dict[str, int]) -> str:
    pieces = orjson.loads(pattern)
    for piece in pieces:
        if piece.get("slot") in counts:
            piece["values"] = counts[piece["slot"]]
    return orjson.dumps(pieces).decode()


_REASON = {
    "photo": "The same photo",
    "template": "The same wording",
    "name": "The same name",
    "city": "The same city",
    "age": "The same age",
    "price": "The same price",
    "url": "The same address",
}


def _links(built: Built) -> pa.Table:
    """Return why ads are together: each poster's contact as a star, then what ties posters."""
    facts, posters = built.facts, built.posters
    rows: dict[str, list[Any]] = {name: [] for name in schema.LINKS.names}
    networks = {
        int(n): ids.identity_id(Level.NETWORK, facts.ad_ids[int(n)]) for n in np.unique(built.network)
    }

    def add(a: int, b: int, kind: str, value: str, weight: float, reason: str) -> None:
        if built.network[a] == built.network[b]:
            record = (
                facts.ad_ids[a], facts.ad_ids[b], kind, value, weight, reason, str(Level.NETWORK),
                networks[int(built.network[a])], built.run,
            )  # fmt: skip
            for name, item in zip(schema.LINKS.names, record, strict=True):
                rows[name].append(item)

    first = posters.first_ad.tolist()
    for ad, poster in enumerate(posters.of_ad.tolist()):
        value = int(posters.contact[poster])
        if first[poster] != ad and value >= 0:
            kind, text = str(facts.value_kind[value]), str(facts.value_text[value])
            add(first[poster], ad, kind, text, p.CONTACT_WEIGHT, f"The same {kind} {text}")
    for a, b, kind, text, weight, reason in _ties(built):
        add(a, b, kind, text, weight, reason)
    return _rows("links", rows)


def _ties(built: Built) -> list[tuple[int, int, str, str, float, str]]:
    """Return the evidence between posters that are linked, one entry a kind that speaks."""
    compared, posters, facts = built.compared, built.posters, built.facts
    strong = np.flatnonzero(compared.strong)
    tied = {
        (a, b): v
        for a, b, v in zip(
            posters.shared_a.tolist(), posters.shared_b.tolist(), posters.shared_value.tolist(), strict=True
        )
    }
    where = _first_saying(built)
    out = []
    for row in strong.tolist():
        x, y = (int(v) for v in compared.pairs[row])
        for column, kind in enumerate(SOFT_KINDS):
            value = int(compared.shared[row, column])
            if value < 0:
                continue
            a, b = where[kind].get((x, value)), where[kind].get((y, value))
            if a is None or b is None:
                continue
            text = str(built.said[kind].text[value])
            reason = _REASON[kind] + (f" {text}" if kind in ("name", "city", "age", "price", "url") else "")
            out.append((min(a, b), max(a, b), kind, text, float(compared.weights[row, column]), reason))
        weight = float(compared.weights[row, len(SOFT_KINDS)])
        if weight > 0 and (x, y) in tied:
            value = tied[x, y]
            kind, text = str(facts.value_kind[value]), str(facts.value_text[value])
            a, b = int(posters.first_ad[x]), int(posters.first_ad[y])
            out.append((min(a, b), max(a, b), kind, text, weight, f"Both use the {kind} {text}"))
    return out


def _first_saying(built: Built) -> dict[str, dict[tuple[int, int], int]]:
    """Return the first ad of each poster that says each value that a strong pair shares."""
    compared = built.compared
    strong = compared.strong
    out: dict[str, dict[tuple[int, int], int]] = {}
    for column, kind in enumerate(SOFT_KINDS):
        said = built.said[kind]
        values = compared.shared[strong, column]
        pairs = compared.pairs[strong]
        keep = values >= 0
        wanted = {
            (int(x), int(v)) for x, v in zip(pairs[keep].ravel(), np.repeat(values[keep], 2), strict=True)
        }
        first: dict[tuple[int, int], int] = {}
        for ad, value in zip(said.said_ad.tolist(), said.said_value.tolist(), strict=True):
            key = (int(built.posters.of_ad[ad]), value)
            if key in wanted and key not in first:
                first[key] = ad
        out[kind] = first
    return out


def _identities(built: Built) -> pa.Table:
    facts = built.facts
    columns: dict[str, list[Any]] = {name: [] for name in schema.IDENTITIES.names}
    lists = []
    for level, labels in ((Level.PERSONA, built.persona), (Level.NETWORK, built.network)):
        groups = split_by(labels)
        values = _values(built, labels)
        heads = [int(ads[0]) for ads in groups]
        columns["id"] += [ids.identity_id(level, facts.ad_ids[head]) for head in heads]
        columns["level"] += [str(level)] * len(groups)
        columns["size"] += [len(ads) for ads in groups]
        columns["values"] += [orjson.dumps(values.get(int(labels[head]), {})).decode() for head in heads]
        columns["first_seen"] += _clock(facts.ads["first_seen"], groups, last=False)
        columns["last_seen"] += _clock(facts.ads["last_seen"], groups, last=True)
        lists.append(_lists(facts.ads["ad"], groups))
    run = [built.run] * len(columns["id"])
    return _rows("identities", {**columns, "ads": pa.concat_arrays(lists), "run": run})


def _clock(times: pa.ChunkedArray, groups: list[Ints], *, last: bool) -> list[int | None]:
    """Return the first or last known time of each group, in microseconds, None where none is known."""
    if not groups:
        return []
    known = times.is_valid().to_numpy()
    stamps = pc.fill_null(times.cast(pa.int64()), 0).to_numpy()
    none = np.iinfo(np.int64).min if last else np.iinfo(np.int64).max
    flat = np.concatenate(groups)
    starts = np.concatenate([[0], np.cumsum([len(g) for g in groups])[:-1]]).astype(np.int64)
    pick = np.maximum if last else np.minimum
    found = pick.reduceat(np.where(known, stamps, none)[flat], starts)
    return [None if stamp == none else stamp for stamp in found.tolist()]


def _values(built: Built, labels: Ints) -> dict[int, dict[str, list[str]]]:
    """Return what each group says, by kind, sorted."""
    facts = built.facts
    shown = ~np.isin(facts.value_kind, ("photo", "language"))[facts.said_value]
    pairs = np.unique(np.stack([labels[facts.said_ad[shown]], facts.said_value[shown]], axis=1), axis=0)
    out: dict[int, dict[str, list[str]]] = defaultdict(dict)
    kinds, texts = facts.value_kind[pairs[:, 1]].tolist(), facts.value_text[pairs[:, 1]].tolist()
    for label, kind, text in zip(pairs[:, 0].tolist(), kinds, texts, strict=True):
        mine = out[label].setdefault(kind, [])
        if len(mine) < MOST_VALUES:
            mine.append(text)
    return out


def _members(built: Built, template_ids: list[str | None], leads: pa.Table) -> pa.Table:
    facts = built.facts
    lead_of = dict(zip(leads["identity"].to_pylist(), leads["id"].to_pylist(), strict=True))
    names = {
        level: {int(n): ids.identity_id(level, facts.ad_ids[int(n)]) for n in np.unique(labels)}
        for level, labels in ((Level.PERSONA, built.persona), (Level.NETWORK, built.network))
    }
    network = [names[Level.NETWORK][n] for n in built.network.tolist()]
    table = _rows(
        "members",
        {
            "ad": facts.ads["ad"],
            "capture": facts.ads["capture"],
            "template": template_ids,
            "persona": [names[Level.PERSONA][n] for n in built.persona.tolist()],
            "network": network,
            "lead": [lead_of.get(name) for name in network],
            "run": [built.run] * facts.count,
        },
    )
    return table.sort_by("ad")


def _findings(built: Built) -> pa.Table:
    found = [finding for judged in built.judged for finding in judged.findings]
    columns: dict[str, list[Any]] = {
        name: [getattr(f, name) for f in found]
        for name in ("identity", "indicator", "family", "sentence", "weight", "source")
    }
    columns["direction"] = [str(f.direction) for f in found]
    columns["strength"] = [str(f.strength) for f in found]
    columns["mentions"] = [orjson.dumps(f.mentions).decode() for f in found]
    columns["ads"] = [list(f.ads) for f in found]
    return _rows("findings", {**columns, "run": [built.run] * len(found)})


def _leads(built: Built) -> pa.Table:
    """Return the leads: every group that any family speaks for, best first; ties go by the id."""
    judged = sorted((j for j in built.judged if j.families), key=lambda j: (-j.score, j.id))
    columns: dict[str, list[Any]] = defaultdict(list)
    last_week = int(built.facts.last_day.max(initial=0) // 7)
    for place, one in enumerate(judged):
        for name, value in _lead(built, one, place + 1, last_week).items():
            columns[name].append(value)
    empty: dict[str, list[Any]] = {name: [] for name in schema.LEADS.names}
    return _rows("leads", {**empty, **columns})


def _lead(built: Built, one: Judgement, place: int, last_week: int) -> dict[str, Any]:
    group, facts = one.group, built.facts
    names, phones = len(group.named), len(group.values("phone"))
    known = group.ads[facts.first_day[group.ads] >= 0]
    weekly = np.bincount(
        np.clip((facts.first_day[known] // 7).astype(np.int64) - (last_week - WEEKS + 1), 0, WEEKS - 1),
        minlength=WEEKS,
    )
    first = facts.ads["first_seen"].take(pa.array(known)).to_pylist()
    last = facts.ads["last_seen"].take(pa.array(known)).to_pylist()
    return {
        "id": ids.lead_id(one.id),
        "identity": one.id,
        "rank": place,
        "score": one.score,
        "word": str(rank.word(one.score, one.families)),
        "families": one.families,
        "title": rank.title(names, phones, one.findings),
        "ads": len(group.ads),
        "personas": len(group.personas),
        "phones": phones,
        "names": names,
        "cities": len(group.cities),
        "first_seen": min(first, default=None),
        "last_seen": max(last, default=None),
        "weekly": weekly.tolist(),
        "venue_type": "",
        "run": built.run,
    }
