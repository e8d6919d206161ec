"""Tables: what a build knows, as rows of the lake."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc

from homeward.connect import parameters as p
from homeward.connect.patterns import shared
from homeward.connect.tools import Ints, ascending, clocks, numbered, split_by
from homeward.connect.traits import make_traits
from homeward.connect.weights import SOFT_KINDS
from homeward.model import ids, schema
from homeward.model.identity import Level

if TYPE_CHECKING:
    from homeward.connect.build import Built
    from homeward.connect.facts import Facts
    from homeward.connect.ranking import Ranked
    from homeward.connect.wholes import Step

# An identity lists this many values of one kind; more would be a copy of its ads.
MOST_VALUES = 60
# Identities whose values are spelled at a time.
_SPELLED = 20_000


def joined(built: Built) -> dict[str, pa.Table]:
    """Return the run tables that say what belongs together; no finding is asked for."""
    return {
        "links": _links(built),
        "identities": _identities(built),
        "filtered": _rows("filtered", built.filtered.table(built.run)),
        "traits": make_traits(built),
    }


def judged(built: Built, patterns: Sequence[str], ranked: Ranked) -> dict[str, pa.Table]:
    """Return the other run tables; `patterns` are those of the shared templates, in order."""
    template_ids, templates = _templates(built, patterns)
    return {
        "templates": templates,
        "members": _members(built, template_ids, ranked.leads),
        "findings": ranked.findings,
        "leads": ranked.leads,
    }


def _rows(name: str, columns: dict[str, Any]) -> pa.Table:
    sch = schema.TABLES[name]
    arrays = [
        column if isinstance(column, (pa.Array, pa.ChunkedArray)) else pa.array(column, field.type)
        for field in sch
        for column in (columns[field.name],)
    ]
    return pa.table(arrays, schema=sch)


def _lists(ids_in_order: pa.ChunkedArray, groups: list[Ints]) -> pa.ListArray:
    """Return one list of ads a group."""
    offsets = np.concatenate([[0], np.cumsum([len(g) for g in groups])]).astype(np.int32)
    flat = np.concatenate([*groups, np.empty(0, dtype=np.int64)]).astype(np.int64)
    values = ids_in_order.take(pa.array(flat))
    return pa.ListArray.from_arrays(
        pa.array(offsets), values.combine_chunks() if hasattr(values, "combine_chunks") else values
    )


def _templates(built: Built, patterns: Sequence[str]) -> tuple[list[str | None], pa.Table]:
    """Return each ad's template id (null if nobody shares its wording) and the rows of shared templates."""
    facts = built.facts
    groups = shared(built.worded.shown)
    known = built.worded.names
    names = [
        known.get(int(built.worded.shown[ads[0]])) or ids.template_id(facts.ad_ids[int(ads[0])])
        for ads in groups
    ]
    of_ad = np.full(facts.count, None, dtype=object)
    if groups:
        of_ad[np.concatenate(groups)] = np.repeat(np.array(names, dtype=object), [len(g) for g in groups])
    rows = {
        "id": names,
        "ads": _lists(facts.ads["ad"], groups),
        "size": [len(ads) for ads in groups],
        "pattern": patterns,
        "run": [built.run] * len(groups),
    }
    return of_ad.tolist(), _rows("templates", rows)


_REASON = {
    "photo": "The same photo",
    "template": "The same wording",
    "name": "The same name",
    "city": "The same city",
    "area": "Numbers of one area",
    "age": "The same age",
    "price": "The same price",
    "url": "The same address",
}


def _links(built: Built) -> pa.Table:
    """Return why ads are together: each poster's contact as a star, then what ties posters."""
    facts, posters = built.facts, built.posters
    value = posters.contact[posters.of_ad]
    head = posters.first_ad[posters.of_ad]
    star = np.flatnonzero((head != np.arange(facts.count)) & (value >= 0))
    kinds, texts = (pa.array(all_[value[star]], pa.string()) for all_ in (facts.value_kind, facts.value_text))
    stars = {
        "kind": kinds,
        "value": texts,
        "weight": pa.repeat(p.CONTACT_WEIGHT, len(star)),
        "reason": pc.binary_join_element_wise("The same", kinds, texts, " "),
    }
    ties = list(zip(*_ties(built), strict=True)) or [()] * 6
    rows = [
        (head[star], star, stars),
        (*np.array(ties[:2], dtype=np.int64), dict(zip(stars, ties[2:], strict=True))),
    ]
    # An identity's links lie together, so that a page reads them without reading all; the sort is stable.
    return pa.concat_tables([_linked(built, *some) for some in rows]).sort_by("identity")


def _linked(built: Built, a: Ints, b: Ints, told: dict[str, Any]) -> pa.Table:
    """Return the rows of links from the ads `a` to `b`, those within one network."""
    within = built.network[a] == built.network[b]
    ad, names = built.facts.ads["ad"], built.names(Level.NETWORK)
    columns = {
        "a": ad.take(pa.array(a)),
        "b": ad.take(pa.array(b)),
        **told,
        "level": pa.repeat(str(Level.NETWORK), len(a)),
        "identity": pa.array(names[a], pa.string()),
        "run": pa.repeat(built.run, len(a)),
    }
    return _rows("links", columns).filter(pa.array(within))


def _ties(built: Built) -> list[tuple[int, int, str, str, float, str]]:
    """Return the evidence between posters that are linked, one entry a kind that speaks, step by step."""
    return [tie for step in built.steps for tie in _ties_of(built, step)]


def _ties_of(built: Built, step: Step) -> list[tuple[int, int, str, str, float, str]]:
    compared, facts = step.linked, built.facts
    where, contacts = _first_saying(step), _first_carrying(facts, step)
    out = []
    rows = (compared.pairs.tolist(), compared.shared.tolist(), compared.weights.tolist())
    for (x, y), shared_values, weights in zip(*rows, strict=True):
        for kind, value, weight in zip(SOFT_KINDS, shared_values, weights, strict=False):
            if value < 0 or weight <= 0:
                continue
            a, b = where[kind].get((x, value)), where[kind].get((y, value))
            if a is None or b is None:
                continue
            text = str(step.said[kind].text[value])
            reason = _REASON[kind] + ("" if kind in ("photo", "template") else f" {text}")
            out.append((min(a, b), max(a, b), kind, text, weight, reason))
        weight = weights[len(SOFT_KINDS)]
        if weight > 0 and (x, y) in contacts:
            value, a, b = contacts[x, y]
            kind, text = str(facts.value_kind[value]), str(facts.value_text[value])
            out.append((min(a, b), max(a, b), kind, text, weight, f"Both use the {kind} {text}"))
    return out


def _first_saying(step: Step) -> dict[str, dict[tuple[int, int], int]]:
    """Return the first ad of each poster that says each value that a linked pair shares."""
    compared = step.linked
    out: dict[str, dict[tuple[int, int], int]] = {}
    for column, kind in enumerate(SOFT_KINDS):
        said = step.said[kind]
        values, pairs = compared.shared[:, column], compared.pairs
        width = said.matrix.shape[1]
        wanted = ascending(pairs[values >= 0] * width + values[values >= 0, None])
        keys = step.posters.of_ad[said.said_ad] * width + said.said_value
        rows = np.flatnonzero(np.isin(keys, wanted))
        found, first = np.unique(keys[rows], return_index=True)
        ads = said.said_ad[rows[first]].tolist()
        out[kind] = {divmod(key, width): ad for key, ad in zip(found.tolist(), ads, strict=True)}
    return out


def _first_carrying(facts: Facts, step: Step) -> dict[tuple[int, int], tuple[int, int, int]]:
    """Return for each linked pair tied by a contact: the contact, and each one's first ad that carries it."""
    posters = step.posters
    linked = set(map(tuple, step.linked.pairs.tolist()))
    ties = zip(
        posters.shared_a.tolist(), posters.shared_b.tolist(), posters.shared_value.tolist(), strict=True
    )
    tied = {(a, b): v for a, b, v in ties if (a, b) in linked}
    ad, value = facts.of_kind(*p.CONTACTS)
    kept = np.isin(value, list(tied.values()))
    found, first, _, _ = numbered(posters.of_ad[ad[kept]], value[kept])
    carries = dict(zip(map(tuple, found.tolist()), ad[kept][first].tolist(), strict=True))
    return {
        (a, b): (v, carries[a, v], carries[b, v])
        for (a, b), v in tied.items()
        if (a, v) in carries and (b, v) in carries
    }


def _identities(built: Built) -> pa.Table:
    facts = built.facts
    columns: dict[str, list[Any]] = {name: [] for name in schema.IDENTITIES.names}
    lists = []
    spelled: dict[int, tuple[int, str]] = {}
    for level, labels in ((Level.PERSONA, built.persona), (Level.NETWORK, built.network)):
        groups = split_by(labels)
        heads = np.array([ads[0] for ads in groups], dtype=np.int64)
        sizes = [len(ads) for ads in groups]
        # A network of one persona says what the persona says: only the others are spelled anew.
        same = {
            head: spelled[head][1]
            for head, size in zip(heads.tolist(), sizes, strict=True)
            if head in spelled and spelled[head][0] == size
        }
        values = _values(built, labels, heads[~np.isin(heads, np.fromiter(same, np.int64, len(same)))])
        said = [same.get(head) or values.get(head, "{}") for head in heads.tolist()]
        spelled = dict(zip(heads.tolist(), zip(sizes, said, strict=True), strict=True))
        columns["id"] += built.names(level)[heads].tolist()
        columns["level"] += [str(level)] * len(groups)
        columns["size"] += sizes
        columns["values"] += said
        columns["first_seen"] += clocks(facts.ads["first_seen"], groups, last=False)
        columns["last_seen"] += clocks(facts.ads["last_seen"], groups, last=True)
        lists.append(_lists(facts.ads["ad"], groups))
    run = [built.run] * len(columns["id"])
    return _rows("identities", {**columns, "ads": pa.concat_arrays(lists), "run": run})


def _values(built: Built, labels: Ints, heads: Ints) -> dict[int, str]:
    """Return what each group of some heads (their labels, ascending) says, by kind, sorted, as JSON."""
    facts = built.facts
    wanted = np.zeros(facts.count, dtype=bool)
    wanted[heads] = True
    shown = ~facts.says("photo", "language")
    shown &= wanted[labels[facts.said_ad]]
    kinds = max(len(facts.value_kind), 1)
    keys = ascending(labels[facts.said_ad[shown]] * kinds + facts.said_value[shown])
    out: dict[int, str] = {}
    for start in range(0, len(heads), _SPELLED):  # of a million ads all at once would be a gigabyte
        some = heads[start : start + _SPELLED]
        first, last = np.searchsorted(keys, [some[0] * kinds, (some[-1] + 1) * kinds])
        label, value = np.divmod(keys[first:last], kinds)
        by_kind: dict[int, dict[str, list[str]]] = defaultdict(dict)
        said = zip(
            label.tolist(), facts.value_kind[value].tolist(), facts.value_text[value].tolist(), strict=True
        )
        for one, kind, text in said:
            mine = by_kind[one].setdefault(kind, [])
            if len(mine) < MOST_VALUES:
                mine.append(text)
        out |= {one: orjson.dumps(mine).decode() for one, mine in by_kind.items()}
    return out


def _members(built: Built, template_ids: list[str | None], leads: pa.Table) -> pa.Table:
    facts = built.facts
    lead_of = dict(zip(leads["identity"].to_pylist(), leads["id"].to_pylist(), strict=True))
    network = built.names(Level.NETWORK).tolist()
    table = _rows(
        "members",
        {
            "ad": facts.ads["ad"],
            "capture": facts.ads["capture"],
            "template": template_ids,
            "persona": built.names(Level.PERSONA).tolist(),
            "network": network,
            "lead": [lead_of.get(name) for name in network],
            "run": [built.run] * facts.count,
        },
    )
    return table.sort_by("ad")
