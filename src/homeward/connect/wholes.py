"""Wholes: groups held against each other as one.

Two ads may share a picture and nothing else; but where another ad of the same group has its wording and a
third its name, the three say together what none says alone. So the groups that single links made are taken
for posters and compared once more, the evidence of each kind counting once. The more there is in both, the
more must agree: of two large groups of one operator, much is seen in both.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
from scipy.sparse import csr_matrix

from homeward.connect import parameters as p
from homeward.connect.evidence import Posters
from homeward.connect.facts import Facts
from homeward.connect.links import COLUMNS, Bools, Compared, compare, propose
from homeward.connect.tools import Engine, Floats, Ints, ranked, relabel
from homeward.connect.weights import SOFT_KINDS, Said, weigh


@dataclass(frozen=True, slots=True)
class Step:
    """One step of joining: who was compared, on what, and the pairs that were joined by it."""

    posters: Posters
    said: dict[str, Said]
    linked: Compared


def join_wholes(
    facts: Facts, posters: Posters, said: dict[str, Said], group: Ints, engine: Engine
) -> tuple[Ints, list[Step]]:
    """Return the posters' groups after groups that agree as wholes are joined, and the steps that did it."""
    steps: list[Step] = []
    for _ in range(p.WHOLE_ROUNDS):
        _, of_poster = ranked(group)
        whole = _as_posters(posters, of_poster)
        says = {kind: _as_said(said[kind], of_poster) for kind in SOFT_KINDS}
        alone = np.arange(whole.count)
        weights = {kind: weigh(says[kind], alone, contact=whole.contact) for kind in SOFT_KINDS}
        pairs = propose(whole, says, weights)
        compared = compare(facts, whole, says, weights, pairs, wholes=True)
        linked = compared.only(_joined(compared, np.bincount(of_poster)))
        if not len(linked.pairs):
            break
        a, b = linked.pairs.T
        joined = engine.components(pa.table({"a": a, "b": b}), whole.count)
        group = relabel(joined[of_poster])
        steps.append(Step(whole, says, linked))
    return group, steps


def _as_posters(posters: Posters, whole: Ints) -> Posters:
    """Return groups of posters as posters."""
    of_ad = whole[posters.of_ad]
    a, b = whole[posters.shared_a], whole[posters.shared_b]
    tie = a != b
    contact = np.full(int(whole.max(initial=-1)) + 1, -1, dtype=np.int64)
    np.maximum.at(contact, whole, posters.contact)
    return replace(
        posters,
        of_ad=of_ad,
        contact=contact,
        first_ad=np.unique(of_ad, return_index=True)[1],
        size=np.bincount(whole, weights=posters.size).astype(np.int64),
        shared_a=np.minimum(a, b)[tie],
        shared_b=np.maximum(a, b)[tie],
        shared_ads=posters.shared_ads[tie],
        shared_value=posters.shared_value[tie],
        strangers=posters.groups,
    )


def _as_said(said: Said, whole: Ints) -> Said:
    """Return what groups of posters say."""
    count = len(whole)
    shape = (int(whole.max(initial=-1)) + 1, count)
    rows = csr_matrix((np.ones(count), (whole, np.arange(count))), shape=shape)
    matrix = (rows @ said.matrix).tocsr()
    matrix.data[:] = 1.0
    matrix.sort_indices()
    return replace(said, matrix=matrix, strangers=said.groups)


def _joined(compared: Compared, size: Ints) -> Bools:
    """Return which pairs agree enough for their sizes, each smaller side with the one it agrees with most."""
    a, b = compared.pairs.T
    smaller = np.minimum(size[a], size[b])
    over = compared.total - _needed(smaller, compared.crowd)
    small = np.where((size[a] < size[b]) | ((size[a] == size[b]) & (a > b)), a, b)
    order = np.lexsort((np.arange(len(a)), -compared.total, small))
    best = np.zeros(len(a), dtype=bool)
    best[order[np.unique(small[order], return_index=True)[1]]] = True
    joined: Bools = best & (over >= 0) & ~_name_and_one_ad(compared)
    return joined


def _name_and_one_ad(compared: Compared) -> Bools:
    """Return which pairs share a first name and a contact in one ad, and nothing else.

    Of eight such pairs of wholes on invented worlds three were one operator's: the number of a rival, or one
    misread, meets a common name soon where a whole says many.
    """
    column = {kind: i for i, kind in enumerate(COLUMNS)}
    others = [column[kind] for kind in SOFT_KINDS if kind != "name"]
    tie = compared.weights[:, column["contact"]]
    once: Bools = (tie > 0) & (tie <= min(p.TIE_WEIGHTS)) & (compared.weights[:, others] <= 0).all(axis=1)
    return once


def _needed(smaller: Ints, crowd: float) -> Floats:
    """Return the weight that joins two wholes of which the smaller has so many posters."""
    return np.asarray(p.WHOLE_LINK + crowd + p.WHOLE_DOUBLING * np.log2(np.maximum(smaller, 1)))
