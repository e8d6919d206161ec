"""The picture of what ties a group: its contacts, names, wordings and photos, and the groups beside it.

Nodes are never ads. Two values are tied by the ads in which both stand. A value that is too common to join
anything is flagged and leads nowhere. The same data gives the same picture.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

import pyarrow as pa

from homeward.connect.communities import split
from homeward.desk import templates
from homeward.desk.acts import note
from homeward.desk.docs import Doc
from homeward.desk.groups import Group, span
from homeward.desk.identity import opened, word_of
from homeward.desk.labels import label
from homeward.desk.permissions import permitted
from homeward.desk.runs import Run
from homeward.desk.search import members_found
from homeward.house import House
from homeward.model.actor import Actor
from homeward.model.errors import NotFound, QueryError
from homeward.model.event import Act
from homeward.model.identity import Level
from homeward.model.lead import CAUTION
from homeward.model.mention import CONTACT_KINDS, Kind
from homeward.model.query import field as query_of
from homeward.model.scales import scales

Row = dict[str, Any]
Key = tuple[str, str]
MOST_NODES = 2_000  # beyond, communities stand for their nodes
MOST_EDGES = 10_000
MOST_OF_AN_AD = 16  # values of one ad that are tied to each other: an ad of a hundred names ties nobody
ADS_NAMED = 20
# Values whose other groups are looked for, most used first; ads with one value that are followed.
LOOKED_UP, MOST_FOLLOWED = 60, 2_000
NEIGHBOURS = 100
# Communities of the picture: every pair inside must earn this much; low, for most pairs never meet.
LOOSE = 0.05
TIED = (*CONTACT_KINDS, Kind.NAME)
WORDING, PHOTO, NEIGHBOUR, COMMUNITY = "wording", "photo", "neighbour", "community"


@dataclass(slots=True)
class _Picture:
    """Nodes by key, and edges by their two nodes, each with the ads that make it."""

    nodes: dict[Key, Row] = field(default_factory=dict)
    edges: dict[tuple[Key, Key], Row] = field(default_factory=dict)

    def tie(self, a: Key, b: Key, row: Row) -> None:
        """Add an edge; its smaller end first."""
        self.edges[min(a, b), max(a, b)] = row


@permitted("corpus.look")
def page(actor: Actor, house: House, identity: str, *, community: int | None = None) -> Row:
    """Return the picture of an identity, or of one of its communities where it is too large for one."""
    run, _, group = opened(house, identity)
    picture = _own(run, group)
    _neighbours(run, group, picture)
    order = sorted(picture.nodes, key=lambda key: (-picture.nodes[key]["ads"], key))
    note(actor, house, Act.LOOK, [identity], what="links")
    grouped = _communities(picture, order) if len(order) > MOST_NODES or community is not None else None
    if community is not None:
        order = [key for key in order if grouped is not None and grouped[key] == community]
        if not order:
            raise NotFound("community", str(community))
        grouped = None
    nodes, edges = _shown(picture, order) if grouped is None else _folded(picture, order, grouped)
    return {
        "identity": identity, "nodes": nodes[:MOST_NODES], "edges": edges[:MOST_EDGES],
        "nodes_total": len(picture.nodes), "edges_total": len(picture.edges), "folded": grouped is not None,
        "caution": CAUTION, "numbers": scales("tie"),
    }  # fmt: skip


def _own(run: Run, group: Group) -> _Picture:
    """Return the group's values, wordings and photos, tied where they stand in the same ads."""
    picture, holding = _Picture(), _values(group)
    by_ad: dict[str, list[Key]] = defaultdict(list)
    for key, docs in holding.items():
        picture.nodes[key] = _node(run, group, key, docs)
        if not picture.nodes[key]["common"]:
            for doc in docs:
                by_ad[doc.id].append(key)
    both: dict[tuple[Key, Key], list[str]] = defaultdict(list)
    for doc in group.ads:
        keys = sorted(by_ad.get(doc.id, ()), key=lambda key: (-len(holding[key]), key))[:MOST_OF_AN_AD]
        for a, b in combinations(sorted(keys), 2):
            both[a, b].append(doc.id)
    for (a, b), ads in both.items():
        rarer = min(len(holding[a]), len(holding[b]))
        strength = len(ads) / rarer * len(ads) / (len(ads) + 1)
        where = "the same ad" if len(ads) == 1 else f"{len(ads):,} ads"
        picture.tie(a, b, _edge(ads, strength, f"Both stand in {where}, of {rarer:,} with the rarer one"))
    return picture


def _values(group: Group) -> dict[Key, list[Doc]]:
    found: dict[Key, list[Doc]] = {
        key: docs for key, docs in group.by_value.items() if key[0] in TIED
    }  # fmt: skip
    found |= {(WORDING, template): docs for template, docs in group.by_wording.items()}
    found |= {(PHOTO, key): docs for key, docs in group.by_photo.items() if len(docs) > 1}
    return found


def _node(run: Run, group: Group, key: Key, docs: Sequence[Doc]) -> Row:
    kind, value = key
    if kind == WORDING:
        shown = templates.preview(run.template(value))
    else:
        shown = f"Photo {group.photo_numbers[value]}" if kind == PHOTO else label(kind, value)
    common = group.common.get(("photo" if kind == PHOTO else kind, value), "")
    return {
        "id": f"{kind}:{value}", "kind": kind, "value": value, "label": shown, "ads": len(docs),
        **span(docs), "common": common, "identity": None, "community": None, "nodes": 1,
    }  # fmt: skip


def _edge(ads: Sequence[str], strength: float, reason: str) -> Row:
    strength = max(0.0, min(1.0, strength))
    return {
        "ads": len(ads), "strength": strength, "word": word_of(strength), "reason": reason,
        "ad_ids": list(ads[:ADS_NAMED]),
    }  # fmt: skip


def _neighbours(run: Run, group: Group, picture: _Picture) -> None:
    """Add the groups that share a wording, a photo or a contact which is not common."""
    inside = {doc.id for doc in group.ads}
    level = str(Level.PERSONA if group.id.startswith("p") else Level.NETWORK)
    shared: dict[str, dict[Key, int]] = defaultdict(dict)
    keys = [
        key for key, node in sorted(picture.nodes.items(), key=lambda item: (-item[1]["ads"], item[0]))
        if not node["common"] and key[0] != Kind.NAME
    ]  # fmt: skip
    for key in keys[:LOOKED_UP]:
        for other, ads in _elsewhere(run, key, inside, level).items():
            if other != group.id:
                shared[other][key] = ads
    order = sorted(shared, key=lambda one: (-len(shared[one]), -sum(shared[one].values()), one))
    for other in order[:NEIGHBOURS]:
        row = run.identity(other)
        lead = run.lead_by_identity.get(other)
        node = (NEIGHBOUR, other)
        picture.nodes[node] = {
            "id": f"{NEIGHBOUR}:{other}", "kind": NEIGHBOUR, "value": other, "identity": other,
            "label": lead["title"] if lead and lead["title"] else f"Another group of {_ads(row['size'])}",
            "ads": row["size"], "first": row["first_seen"], "last": row["last_seen"], "common": "",
            "community": None, "nodes": 1,
        }  # fmt: skip
        for key, ads in shared[other].items():
            mine = picture.nodes[key]["ads"]
            reason = f"Stands in {ads:,} of its ads and {mine:,} here; not enough to join them"
            picture.tie(
                node, key, _edge([], 0.5 * min(ads, mine) / (min(ads, mine) + 1), reason) | {"ads": ads}
            )


def _ads(n: int) -> str:
    return "1 ad" if n == 1 else f"{n:,} ads"


def _elsewhere(run: Run, key: Key, inside: set[str], level: str) -> dict[str, int]:
    """Return the other groups that a value stands in, with in how many of their ads."""
    kind, value = key
    if kind == WORDING:
        rows = run.rows_of(run.template(value)["ads"])
    else:
        try:
            query = query_of(kind, value)
            total = run.house.index.total(query)
        except QueryError:
            return {}
        if total <= 1 or total > MOST_FOLLOWED:
            return {}
        rows = run.members.take(pa.array(members_found(run.house, run, query, total)))
    pairs = zip(rows.column("ad").to_pylist(), rows.column(level).to_pylist(), strict=True)
    return dict(Counter(other for ad, other in pairs if ad not in inside and other))


def _communities(picture: _Picture, order: Sequence[Key]) -> dict[Key, int]:
    """Return each node's community, numbered by its first node in the order shown."""
    place = {key: i for i, key in enumerate(order)}
    edges = [(place[a], place[b], row["strength"]) for (a, b), row in picture.edges.items()]
    return {order[i]: group for i, group in enumerate(split(len(order), edges, LOOSE))}


def _shown(picture: _Picture, order: Sequence[Key]) -> tuple[list[Row], list[Row]]:
    place = {key: i for i, key in enumerate(order[:MOST_NODES])}
    edges = [
        {"a": place[a], "b": place[b], **row}
        for (a, b), row in picture.edges.items() if a in place and b in place
    ]  # fmt: skip
    return [picture.nodes[key] for key in order], sorted(edges, key=_by_strength)


def _folded(
    picture: _Picture, order: Sequence[Key], grouped: Mapping[Key, int]
) -> tuple[list[Row], list[Row]]:
    """Return communities as nodes, each named by its most used node, and the edges between them."""
    members: dict[int, list[Row]] = defaultdict(list)
    for key in order:
        members[grouped[key]].append(picture.nodes[key])
    numbers = sorted(members, key=lambda one: (-len(members[one]), one))
    place = {number: i for i, number in enumerate(numbers[:MOST_NODES])}
    nodes = [_community(number, members[number]) for number in numbers]
    between: dict[tuple[int, int], list[Row]] = defaultdict(list)
    for (a, b), row in picture.edges.items():
        x, y = sorted((grouped[a], grouped[b]))
        if x != y and x in place and y in place:
            between[x, y].append(row)
    edges = [
        {
            "a": place[x], "b": place[y], **max(rows, key=lambda row: (row["strength"], row["ads"])),
            "ads": sum(row["ads"] for row in rows), "reason": f"{len(rows):,} ties between their values",
        }
        for (x, y), rows in between.items()
    ]  # fmt: skip
    return nodes, sorted(edges, key=_by_strength)


def _community(number: int, nodes: Sequence[Row]) -> Row:
    first = nodes[0]
    more = f" and {len(nodes) - 1:,} more" if len(nodes) > 1 else ""
    return {
        **first, "id": f"{COMMUNITY}:{number}", "kind": COMMUNITY if more else first["kind"],
        "label": f"{first['label']}{more}", "community": number, "nodes": len(nodes),
        "first": _edge_of((n["first"] for n in nodes), min),
        "last": _edge_of((n["last"] for n in nodes), max),
    }  # fmt: skip


def _edge_of(times: Iterable[Any], pick: Any) -> Any:
    return pick((t for t in times if t is not None), default=None)


def _by_strength(edge: Row) -> tuple[float, int, int, int]:
    return (-edge["strength"], -edge["ads"], edge["a"], edge["b"])
