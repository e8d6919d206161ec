"""Chains: by which evidence do two ads hang together, and what would part them?

The net has a node for every ad and for every contact that several ads share: an ad reaches another through
the contact, never through pairs of ads, so that a number in k ads makes k threads and not k². What ties two
contacts (a wording and a name, a picture) is one thread, as strong as its kinds together; of one kind only
the strongest counts. A chain is a way through the net; the strongest one is likeliest to hold in every step.
The cut is the set of threads of least weight without which no way is left (maximum flow, minimum cut).

Source: Yen 1971 (shortest loopless paths); Ford and Fulkerson 1956 (minimum cut).
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import maximum_flow, yen

from homeward.connect import parameters as p
from homeward.model.link import Link

MOST_CHAINS = 3
# A judgement outweighs all evidence: it is cut last, by taking it back.
JUDGED_WEIGHT = 1_000.0
JUDGED = "judgement"
UNITS = 1_000  # capacities are whole numbers of a thousandth of a nat
_NEARLY_SURE = 1e-12  # the least length of a thread: a length of 0 would be no thread


@dataclass(frozen=True, slots=True)
class Thread:
    """What ties two nodes of the net, with the links that say so, strongest first."""

    x: int
    y: int
    weight: float  # nats
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a chain, from an ad to an ad; `weight` in nats."""

    a: str
    b: str
    weight: float
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """A way from one ad to another; `strength` is how likely every step holds, at even odds for each."""

    steps: tuple[Step, ...]
    strength: float


@dataclass(frozen=True, slots=True)
class Cut:
    """The threads of least weight that part two ads, and which ads stay on each side of them."""

    threads: tuple[Thread, ...]
    weight: float
    with_a: tuple[str, ...]
    with_b: tuple[str, ...]


@dataclass(frozen=True)
class Net:
    """Ads (by number of `ads`) and contacts (the numbers after them) with the threads between them."""

    ads: tuple[str, ...]
    count: int
    threads: tuple[Thread, ...]
    home: tuple[int, ...]  # of each ad: the contact that it is mainly of, else the ad itself

    def stands_for(self, node: int, ad: str) -> bool:
        """Whether a node is an ad or the contact that the ad is mainly of."""
        number = self.number(ad)
        return node == number if node < len(self.ads) else node == self.home[number]

    def number(self, ad: str) -> int:
        """Return an ad's node; KeyError if the net does not have it."""
        return self._place[ad]

    @cached_property
    def _place(self) -> dict[str, int]:
        return {ad: i for i, ad in enumerate(self.ads)}


def sigmoid(weight: float) -> float:
    """Return the probability that a weight (nats) stands for at even odds."""
    return 1.0 / (1.0 + math.exp(-min(50.0, max(-50.0, weight))))


def read_net(ads: Iterable[str], links: Iterable[Link], same: Iterable[Link] = ()) -> Net:
    """Return the net of some ads: their links, and what people judged to be the same."""
    known = tuple(sorted(set(ads)))
    place = {ad: i for i, ad in enumerate(known)}
    inside = sorted(
        (link for link in links if link.a in place and link.b in place),
        key=lambda k: (k.kind, k.value, k.a, k.b, -k.weight),
    )
    contacts = [link for link in inside if link.kind in p.CONTACTS]
    hubs = _hubs(contacts)
    reach: dict[tuple[int, int], tuple[float, Link]] = {}
    for link, hub in zip(contacts, hubs, strict=True):
        for ad in (link.a, link.b):
            key = (place[ad], len(known) + hub)
            if key not in reach or link.weight > reach[key][0]:
                reach[key] = (link.weight, link)
    threads = [Thread(one, hub, weight, (link,)) for (one, hub), (weight, link) in reach.items()]
    home: dict[int, tuple[float, int]] = {}
    for (one, hub), (weight, _) in reach.items():
        home[one] = max(home.get(one, (-1.0, 0)), (weight, -hub))
    node = tuple(-home[i][1] if i in home else i for i in range(len(known)))
    between: dict[tuple[int, int], list[Link]] = defaultdict(list)
    for link in inside:
        x, y = node[place[link.a]], node[place[link.b]]
        if link.kind not in p.CONTACTS and x != y:
            between[min(x, y), max(x, y)].append(link)
    for (x, y), some in between.items():
        strongest: dict[str, Link] = {}
        for link in sorted(some, key=lambda k: (-k.weight, k.kind, k.value, k.a, k.b)):
            strongest.setdefault(link.kind, link)
        held = tuple(strongest.values())
        threads.append(Thread(x, y, round(sum(k.weight for k in held), 9), held))
    threads += [
        Thread(place[k.a], place[k.b], JUDGED_WEIGHT, (k,)) for k in same if k.a in place and k.b in place
    ]
    ordered = tuple(sorted(threads, key=lambda t: (t.x, t.y, -t.weight)))
    return Net(known, len(known) + max(hubs, default=-1) + 1, ordered, node)


def _hubs(contacts: Sequence[Link]) -> list[int]:
    """Return for each contact link its hub: links of one value that share an ad, directly or in a row.

    One number in the hands of two people after each other makes two hubs: their ads have no link in common.
    """
    parent: dict[tuple[str, str, str], tuple[str, str, str]] = {}

    def root(key: tuple[str, str, str]) -> tuple[str, str, str]:
        while parent.setdefault(key, key) != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for link in contacts:
        x, y = sorted((root((link.kind, link.value, link.a)), root((link.kind, link.value, link.b))))
        parent[y] = x
    numbers: dict[tuple[str, str, str], int] = {}
    return [numbers.setdefault(root((k.kind, k.value, k.a)), len(numbers)) for k in contacts]


def chains(net: Net, a: str, b: str, most: int = MOST_CHAINS) -> list[Chain]:
    """Return the strongest chains between two ads, strongest first; none if nothing ties them."""
    best = _best(net)
    lengths = {pair: -math.log(sigmoid(t.weight)) + _NEARLY_SURE for pair, t in best.items()}
    graph = _matrix(net.count, lengths, float)
    start, end = net.number(a), net.number(b)
    found, before = yen(graph, start, end, most, directed=False, return_predecessors=True)
    out = []
    for length, came_from in zip(found.tolist(), before, strict=True):
        path = [end]
        while path[-1] != start:
            path.append(int(came_from[path[-1]]))
        path.reverse()
        out.append(Chain(tuple(_steps(net, best, path)), math.exp(-length)))
    return out


def _best(net: Net) -> dict[tuple[int, int], Thread]:
    """Return the strongest thread of each pair of nodes."""
    best: dict[tuple[int, int], Thread] = {}
    for thread in net.threads:
        pair = (min(thread.x, thread.y), max(thread.x, thread.y))
        if pair not in best or thread.weight > best[pair].weight:
            best[pair] = thread
    return best


def _matrix(count: int, values: dict[tuple[int, int], Any], kind: type) -> csr_matrix:
    pairs = sorted(values)
    rows = np.array([x for x, _ in pairs] + [y for _, y in pairs], dtype=np.int32)
    columns = np.array([y for _, y in pairs] + [x for x, _ in pairs], dtype=np.int32)
    data = np.array([values[pair] for pair in pairs] * 2, dtype=np.int32 if kind is int else np.float64)
    return csr_matrix((data, (rows, columns)), shape=(count, count))


def _steps(net: Net, best: dict[tuple[int, int], Thread], path: Sequence[int]) -> list[Step]:
    """Return a path as steps from ad to ad: a contact is no place to stop, only a way through."""
    at = net.ads[path[0]]
    out: list[Step] = []

    def through(hub: int, to: str) -> None:
        """Step to an ad of the contact at which the path is."""
        if to != at:
            one, other = best[net.number(at), hub], best[net.number(to), hub]
            out.append(Step(at, to, min(one.weight, other.weight), other.links))

    for x, y in itertools.pairwise(path):
        thread = best[min(x, y), max(x, y)]
        link = thread.links[0]
        if link.kind in p.CONTACTS:
            if x >= len(net.ads):
                through(x, net.ads[y])
                at = net.ads[y]
            continue
        near, far = (link.a, link.b) if net.stands_for(x, link.a) else (link.b, link.a)
        if x >= len(net.ads):
            through(x, near)
        out.append(Step(near, far, thread.weight, thread.links))
        at = far
    return out


def separate(net: Net, a: str, b: str) -> Cut:
    """Return what would part two ads: threads of least weight, none if nothing ties the two."""
    weight: dict[tuple[int, int], float] = defaultdict(float)
    for thread in net.threads:
        weight[min(thread.x, thread.y), max(thread.x, thread.y)] += thread.weight
    capacity = {pair: max(1, round(w * UNITS)) for pair, w in weight.items()}
    graph = _matrix(net.count, capacity, int)
    start, end = net.number(a), net.number(b)
    left = (graph - maximum_flow(graph, start, end).flow).tocsr()
    left.data[left.data < 0] = 0
    left.eliminate_zeros()
    with_a = _reached(left, start)
    threads = tuple(t for t in net.threads if (t.x in with_a) != (t.y in with_a))
    kept = {pair: 1 for pair in capacity if (pair[0] in with_a) == (pair[1] in with_a)}
    with_b = _reached(_matrix(net.count, kept, int), end)
    return Cut(
        threads, round(sum(t.weight for t in threads), 6),
        tuple(net.ads[i] for i in sorted(with_a) if i < len(net.ads)),
        tuple(net.ads[i] for i in sorted(with_b) if i < len(net.ads)),
    )  # fmt: skip


def _reached(graph: csr_matrix, start: int) -> set[int]:
    seen, stack = {start}, [start]
    while stack:
        node = stack.pop()
        for other in graph.indices[graph.indptr[node] : graph.indptr[node + 1]].tolist():
            if other not in seen:
                seen.add(other)
                stack.append(other)
    return seen
