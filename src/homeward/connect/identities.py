"""Identities: personas (one advertised person) and networks (one operator) from weighed links.

Networks are components of the strong links, split where one thread holds two groups; personas are cut out
of each network by name. What people judged comes first and last: "same" is a link nothing outweighs,
"different" keeps two ads apart whatever the scores say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from homeward.connect import parameters as p
from homeward.connect.communities import split
from homeward.connect.cutting import persons
from homeward.connect.evidence import Posters
from homeward.connect.facts import Facts
from homeward.connect.links import Bools, Compared
from homeward.connect.tools import Engine, Ints, MapEngine, relabel
from homeward.connect.wholes import Step
from homeward.model.judgement import Judgement

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Judged:
    """What people decided about pairs of ads that are here, by the ads' numbers, smaller first."""

    same: tuple[Pair, ...] = ()
    different: tuple[Pair, ...] = ()


def read_judgements(judgements: pa.Table | None, facts: Facts) -> Judged:
    """Return the judgements (columns a, b, judgement) on ads of `facts`; several on one pair are combined."""
    if judgements is None or not judgements.num_rows:
        return Judged()
    known = facts.ads["ad"].combine_chunks()
    a = pc.index_in(judgements["a"], value_set=known).to_pylist()
    b = pc.index_in(judgements["b"], value_set=known).to_pylist()
    decided: dict[Pair, Judgement] = {}
    for x, y, word in zip(a, b, judgements["judgement"].to_pylist(), strict=True):
        if x is None or y is None or x == y:
            continue
        pair = (min(x, y), max(x, y))
        judgement = Judgement(word)
        decided[pair] = decided[pair] + judgement if pair in decided else judgement
    return Judged(
        same=tuple(sorted(pair for pair, j in decided.items() if j is Judgement.SAME)),
        different=tuple(sorted(pair for pair, j in decided.items() if j is Judgement.DIFFERENT)),
    )


def join_posters(posters: Posters, compared: Compared, strong: Bools, engine: Engine) -> Ints:
    """Return each poster's group: components over the links (`strong`), split where a thread holds two."""
    pairs = compared.pairs[strong]
    weight = np.minimum(compared.total[strong] - compared.crowd, p.CONTACT_WEIGHT)
    if not len(pairs):
        return np.arange(posters.count)
    whole = engine.components(pa.table({"a": pairs[:, 0], "b": pairs[:, 1]}), posters.count)
    group = whole.copy()
    edge_of = whole[pairs[:, 0]]
    order = np.argsort(edge_of, kind="stable")
    labels, starts = np.unique(edge_of[order], return_index=True)
    ends = [*starts[1:].tolist(), len(order)]
    sizes = np.bincount(whole, minlength=posters.count)
    for label, start, end in zip(labels.tolist(), starts.tolist(), ends, strict=True):
        if sizes[label] <= 3:
            continue
        mine = order[start:end]
        members = np.unique(pairs[mine])
        local = np.searchsorted(members, pairs[mine])
        edges = [(a, b, w) for (a, b), w in zip(local.tolist(), weight[mine].tolist(), strict=True)]
        group[members] = members[split(len(members), edges, p.RESOLUTION)]
    return relabel(group)


def apply_judgements(
    network: Ints, posters: Posters, steps: Sequence[Step], judged: Judged, facts: Facts
) -> Ints:
    """Return the networks of ads after people's decisions: joins first, then cuts, which win.

    A cut network is rebuilt from its strongest links down, leaving out every link that would bring two
    ads together that somebody kept apart; each other ad stays with the side that it is tied to most.
    """
    if not judged.same and not judged.different:
        return network
    joined = network.copy()
    for a, b in judged.same:
        joined[joined == joined[b]] = joined[a]
    joined = relabel(joined)
    hit = sorted({int(joined[a]) for a, b in judged.different if joined[a] == joined[b]})
    if not hit:
        return joined
    touched = np.flatnonzero(np.isin(joined, hit))
    place = {ad: i for i, ad in enumerate(touched.tolist())}
    edges = _ad_edges(touched, place, posters, steps, facts)
    edges += [(1e9, place[a], place[b]) for a, b in judged.same if a in place and b in place]
    apart = [(place[a], place[b]) for a, b in judged.different if a in place and b in place]
    joined[touched] = touched[constrained(len(touched), edges, apart)]
    return relabel(joined)


def _ad_edges(
    touched: Ints, place: dict[int, int], posters: Posters, steps: Sequence[Step], facts: Facts
) -> list[tuple[float, int, int]]:
    """Return the links between single ads of the touched networks: within a poster, then between posters."""
    edges: list[tuple[float, int, int]] = []
    ad, value = facts.of_kind("name", "photo")
    said: dict[int, list[int]] = defaultdict(list)
    for a, v in zip(ad.tolist(), value.tolist(), strict=True):
        if a in place:
            said[a].append(v)
    head: dict[int, int] = {}
    with_mark: dict[Pair, int] = {}
    for a in touched.tolist():
        poster = int(posters.of_ad[a])
        head.setdefault(poster, a)
        if head[poster] != a:
            edges.append((p.CONTACT_WEIGHT, place[head[poster]], place[a]))
        for mark in said[a]:
            other = with_mark.setdefault((poster, mark), a)
            if other != a:
                edges.append((p.CONTACT_WEIGHT + p.MOST_WEIGHT["name"], place[other], place[a]))
    for step in steps:
        first = {int(step.posters.of_ad[a]): a for a in reversed(touched.tolist())}
        for (x, y), weight in zip(step.linked.pairs.tolist(), step.linked.total.tolist(), strict=True):
            if x in first and y in first:
                edges.append((weight, place[first[x]], place[first[y]]))
    return edges


def constrained(n: int, edges: Sequence[tuple[float, int, int]], apart: Sequence[Pair]) -> Ints:
    """Join nodes by their strongest edges first, but never two that must stay apart."""
    parent = list(range(n))
    foes: list[set[int]] = [set() for _ in range(n)]
    for a, b in apart:
        foes[a].add(b)
        foes[b].add(a)

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for _, a, b in sorted(edges, key=lambda edge: (-edge[0], edge[1], edge[2])):
        x, y = sorted((root(a), root(b)))
        if x == y or any(root(foe) == y for foe in foes[x]):
            continue
        parent[y] = x
        foes[x] |= foes[y]
    return np.array([root(node) for node in range(n)], dtype=np.int64)


def cut_personas(
    network: Ints, posters: Posters, template: Ints, facts: Facts, judged: Judged, engine: MapEngine
) -> Ints:
    """Return each ad's persona (see personas.py), after people's decisions."""
    return _judge_personas(relabel(persons(network, posters.same, template, facts, engine)), judged)


def _judge_personas(persona: Ints, judged: Judged) -> Ints:
    """Keep apart what people kept apart on this level too: the later ad of such a pair stands alone."""
    out = persona.copy()
    for a, b in judged.different:
        if out[a] == out[b]:
            out[b] = len(out) + b
    return relabel(out)
