"""Over-joined groups are split the same way every time, and as well as trying everything would."""

import random
from itertools import combinations

from homeward.connect.communities import quality, split

RESOLUTION = 1.5


def partitions(n):
    def grow(labels, most):
        if len(labels) == n:
            yield list(labels)
            return
        for label in range(most + 1):
            yield from grow([*labels, label], max(most, label + 1))

    yield from grow([], 0)


def graph(seed):
    chance = random.Random(seed)
    n = chance.randint(2, 7)
    return n, [
        (a, b, float(chance.randint(1, 5))) for a, b in combinations(range(n), 2) if chance.random() < 0.5
    ]


def test_small_graphs_come_near_the_best_of_all_partitions():
    """On 60 random graphs the best partition is found nearly always, and never missed by much."""
    missed = 0
    for seed in range(60):
        n, edges = graph(seed)
        best = max(quality(p, edges, RESOLUTION) for p in partitions(n))
        found = quality(split(n, edges, RESOLUTION), edges, RESOLUTION)
        missed += found < best - 1e-9
        assert found >= 0.7 * best - 1e-9
    assert missed <= 3


def test_no_single_move_gains():
    for seed in range(40):
        n, edges = graph(seed)
        groups = split(n, edges, RESOLUTION)
        reached = quality(groups, edges, RESOLUTION)
        for node in range(n):
            for other in {*groups, n + 1}:
                moved = [other if i == node else g for i, g in enumerate(groups)]
                assert quality(moved, edges, RESOLUTION) <= reached + 1e-6


def test_two_groups_on_one_thread_are_two():
    left = [(a, b, 6.0) for a, b in combinations(range(12), 2)]
    right = [(a + 12, b + 12, 6.0) for a, b in combinations(range(12), 2)]

    assert split(24, [*left, *right, (0, 12, 6.0)], 0.25) == [0] * 12 + [12] * 12


def test_the_order_of_edges_does_not_matter():
    n, edges = graph(3)

    assert split(n, edges, RESOLUTION) == split(n, list(reversed(edges)), RESOLUTION)
