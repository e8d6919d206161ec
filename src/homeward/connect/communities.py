"""Split over-joined groups: communities by the constant Potts model, deterministic to the last bit.

The quality of a grouping is the weight inside its groups less `resolution` for every pair inside them:
two groups that hang together by one thread are worth more apart. Nodes are visited in ascending order
and ties go to the group with the smallest node, so the same graph always splits the same way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

Edge = tuple[int, int, float]

# Sweeps over the nodes before a level is taken as settled; each sweep only ever raises the quality, and
# on worlds of 100,000 ads no group needed more than nine.
MOST_SWEEPS = 30
# A move must gain this much: below it, the last bits of a sum would decide.
LEAST_GAIN = 1e-9


def quality(groups: Sequence[int], edges: Iterable[Edge], resolution: float) -> float:
    """Return the quality of a grouping: the brute-force statement of what `split` raises."""
    sizes: dict[int, int] = defaultdict(int)
    for group in groups:
        sizes[group] += 1
    inside = sum(weight for a, b, weight in edges if groups[a] == groups[b])
    return inside - resolution * sum(size * (size - 1) / 2 for size in sizes.values())


def split(n: int, edges: Iterable[Edge], resolution: float) -> list[int]:
    """Return for each of `n` nodes the smallest node of its community.

    Local moving, then the communities themselves are moved as nodes, until nothing gains; then single
    nodes are moved once more. Parallel edges add up; an edge of a node to itself counts nothing.
    """
    first = _neighbours(n, edges)
    group = list(range(n))
    neighbours, sizes, belongs = first, [1] * n, list(range(n))
    while True:
        moved = _move(neighbours, sizes, list(range(len(sizes))), resolution)
        belongs = [moved[node] for node in belongs]
        labels = sorted(set(moved))
        if len(labels) == len(sizes):
            break
        place = {label: i for i, label in enumerate(labels)}
        belongs = [place[node] for node in belongs]
        neighbours, sizes = _contract(neighbours, sizes, [place[label] for label in moved])
    group = _move(first, [1] * n, _smallest(belongs), resolution)
    return _smallest(group)


def _smallest(groups: Sequence[int]) -> list[int]:
    first: dict[int, int] = {}
    for node, group in enumerate(groups):
        first.setdefault(group, node)
    return [first[group] for group in groups]


def _neighbours(n: int, edges: Iterable[Edge]) -> list[dict[int, float]]:
    out: list[dict[int, float]] = [{} for _ in range(n)]
    for a, b, weight in sorted(edges):
        if a != b:
            out[a][b] = out[a].get(b, 0.0) + weight
            out[b][a] = out[b].get(a, 0.0) + weight
    return out


def _contract(
    neighbours: list[dict[int, float]], sizes: Sequence[int], place: Sequence[int]
) -> tuple[list[dict[int, float]], list[int]]:
    count = max(place) + 1
    out: list[dict[int, float]] = [{} for _ in range(count)]
    total = [0] * count
    for node, near in enumerate(neighbours):
        mine = place[node]
        total[mine] += sizes[node]
        for other, weight in sorted(near.items()):
            if place[other] != mine:
                out[mine][place[other]] = out[mine].get(place[other], 0.0) + weight
    return out, total


def _move(
    neighbours: list[dict[int, float]], sizes: Sequence[int], group: list[int], resolution: float
) -> list[int]:
    """Move one node at a time to the group that gains most, alone included, until none gains."""
    weight_of: dict[int, int] = defaultdict(int)
    for node, g in enumerate(group):
        weight_of[g] += sizes[node]
    for _ in range(MOST_SWEEPS):
        changed = False
        for node, near in enumerate(neighbours):
            old, size = group[node], sizes[node]
            pull: dict[int, float] = {old: 0.0}
            for other, weight in near.items():
                pull[group[other]] = pull.get(group[other], 0.0) + weight
            weight_of[old] -= size
            stay = pull[old] - resolution * size * weight_of[old]
            best, gain = old, stay + LEAST_GAIN
            for candidate in sorted(pull):
                worth = pull[candidate] - resolution * size * weight_of[candidate]
                if worth > gain:
                    best, gain = candidate, worth
            if gain < -LEAST_GAIN and weight_of[old]:
                best = _empty(weight_of, node, len(neighbours))
            weight_of[best] += size
            if best != old:
                group[node] = best
                changed = True
        if not changed:
            break
    return group


def _empty(weight_of: dict[int, int], node: int, n: int) -> int:
    """Return a label that no node has: the node's own, or the first free one after all nodes."""
    label = node
    while weight_of.get(label, 0):
        label = label + n if label < n else label + 1
    return label
