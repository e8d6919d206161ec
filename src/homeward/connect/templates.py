"""Templates: wordings that are the same text with other fillings or edits.

Equal wordings are collapsed first, so the cost is in distinct wordings. Bands and shared rare shingles
propose pairs, every proposed pair is verified by rarity-weighted likeness, and groups are cut by average
likeness: a chain of weak pairs never becomes one group.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import csr_matrix
from scipy.spatial.distance import squareform

from homeward.connect import parameters as p
from homeward.connect.statements import statement
from homeward.connect.tools import Engine, Floats, Ints, flatten

_CHUNK = 100_000  # pairs verified at a time: about 100 MB


@dataclass(frozen=True, slots=True)
class Wordings:
    """The distinct wordings of some ads, numbered by their earliest ad.

    `of_row` gives each ad's wording; `first` the row of each wording's earliest ad; `ads` how many ads
    have it; row i of `matrix` is wording i's shingles, each weighing the square root of its rarity.
    """

    of_row: Ints
    first: Ints
    ads: Ints
    matrix: csr_matrix
    rarity: Floats  # nats, the sum over the wording's shingles
    commonness: Ints  # of each shingle: the number of wordings that have it


def read_wordings(bands: pa.Table, sites: Ints) -> Wordings:
    """Return the distinct wordings of `bands`, whose rows are in order of first being seen."""
    keys = bands["wording"].to_numpy()
    _, first, inverse, counts = np.unique(keys, return_index=True, return_inverse=True, return_counts=True)
    order = np.argsort(first, kind="stable")
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.arange(len(order))
    first = first[order].astype(np.int64)
    offsets, values = flatten(bands["shingles"].combine_chunks().take(pa.array(first)))
    known, columns = np.unique(values, return_inverse=True)
    commonness = np.bincount(columns, minlength=len(known)).astype(np.int64)
    weights = _rarity(commonness, offsets, columns, sites[first])
    matrix = csr_matrix((np.sqrt(weights), columns, offsets), shape=(len(first), len(known)))
    rarity = np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel()
    return Wordings(number[inverse], first, counts[order].astype(np.int64), matrix, rarity, commonness)


def _rarity(commonness: Ints, offsets: Ints, columns: Ints, sites: Ints) -> Floats:
    """Return each shingle's weight in each wording: log of its rarity, or 0 where it is boilerplate."""
    wordings = len(offsets) - 1
    weights = np.log(max(wordings, 2) / commonness)
    common = commonness >= max(p.BOILERPLATE_LEAST, p.BOILERPLATE_SHARE * wordings)
    weights[common] = 0.0
    entry = weights[columns]
    site_of_entry = np.repeat(sites, np.diff(offsets))
    sizes = np.bincount(sites)
    key = site_of_entry * len(commonness) + columns
    kinds, inverse, counts = np.unique(key, return_inverse=True, return_counts=True)
    least = np.maximum(
        p.BOILERPLATE_LEAST, p.BOILERPLATE_SITE_SHARE * sizes[kinds // max(1, len(commonness))]
    )
    entry[(counts >= least)[inverse]] = 0.0
    return np.maximum(entry, 0.0)


def candidates(wordings: Wordings, bands: pa.Table, engine: Engine) -> Ints:
    """Return pairs (n × 2, smaller first, distinct) of wordings that may be alike."""
    worth = np.flatnonzero(wordings.rarity > 0)
    offsets, values = flatten(bands["bands"].combine_chunks().take(pa.array(wordings.first[worth])))
    places = np.repeat(worth, np.diff(offsets))
    rare = _rare(wordings, worth)
    buckets = pa.table(
        {
            "band": np.concatenate([values, rare[1].astype(np.uint64)]).view(np.int64),
            "place": np.concatenate([places, rare[0]]),
        }
    )
    found = engine.sql(statement("neighbours"), {"buckets": buckets})
    pairs = np.stack([found["a"].to_numpy(), found["b"].to_numpy()], axis=1).astype(np.int64)
    return pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]


def _rare(wordings: Wordings, worth: Ints) -> tuple[Ints, Ints]:
    """Return (wording, shingle) for the few rarest shingles that each wording shares with another."""
    matrix, commonness = wordings.matrix, wordings.commonness
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    keep = (commonness[matrix.indices] >= 2) & (commonness[matrix.indices] <= p.RARE_MOST) & (matrix.data > 0)
    rows, columns = rows[keep], matrix.indices[keep].astype(np.int64)
    order = np.lexsort((columns, commonness[columns], rows))
    rows, columns = rows[order], columns[order]
    starts = np.searchsorted(rows, np.arange(matrix.shape[0]))
    rank = np.arange(len(rows)) - starts[rows]
    few = (rank < p.RARE_SHINGLES) & np.isin(rows, worth)
    return rows[few], columns[few]


def likeness(wordings: Wordings, pairs: Ints) -> Floats:
    """Return how alike each pair is: shared rarity over the geometric mean of both rarities, 0 to 1.

    A pair of which one has too little rarity to tell is 0: short generic texts say nothing.
    """
    out = np.zeros(len(pairs))
    matrix, rarity = wordings.matrix, wordings.rarity
    for start in range(0, len(pairs), _CHUNK):
        a, b = pairs[start : start + _CHUNK].T
        shared = np.asarray(matrix[a].multiply(matrix[b]).sum(axis=1)).ravel()
        enough = np.minimum(rarity[a], rarity[b]) >= p.LEAST_RARITY
        scale = np.sqrt(np.maximum(rarity[a] * rarity[b], 1e-9))
        out[start : start + _CHUNK] = np.where(enough, shared / scale, 0.0)
    return np.minimum(np.round(out, 9), 1.0)


def group(wordings: Wordings, pairs: Ints, alike: Floats, engine: Engine) -> Ints:
    """Return each wording's group: the number of its earliest wording."""
    n = len(wordings.first)
    leader = _leaders(n, pairs, alike)
    strong = alike >= p.ALIKE
    edges = np.unique(np.sort(leader[pairs[strong]], axis=1), axis=0)
    edges = edges[edges[:, 0] != edges[:, 1]]
    out = leader.copy()
    if not len(edges):
        return out
    component = engine.components(pa.table({"a": edges[:, 0], "b": edges[:, 1]}), n)
    members = np.unique(edges)
    order = np.lexsort((members, component[members]))
    members = members[order]
    cuts = np.flatnonzero(np.diff(component[members])) + 1
    head = np.arange(n)
    for chain in np.split(members, cuts):
        for some in _shorter(wordings, chain, p.ALIKE):
            head[some] = _average_link(wordings, some)
    return head[out]


def _leaders(n: int, pairs: Ints, alike: Floats) -> Ints:
    """Return for each wording the leader it is nearly the same as: itself, or an earlier leader."""
    near = alike >= p.SAME_WORDING
    leader = np.arange(n)
    order = np.lexsort((pairs[near, 0], -alike[near], pairs[near, 1]))
    for a, b in pairs[near][order].tolist():
        if leader[b] == b and leader[a] == a:
            leader[b] = a
    return leader


def _shorter(wordings: Wordings, chain: Ints, floor: float) -> list[Ints]:
    """Cut a chain with too many leaders into chains that hold together at a higher likeness."""
    if len(chain) <= p.MOST_LEADERS or floor >= 1.0:
        return [chain[i : i + p.MOST_LEADERS] for i in range(0, len(chain), p.MOST_LEADERS)]
    floor += 0.1
    sub = wordings.matrix[chain]
    scale = np.sqrt(np.maximum(wordings.rarity[chain], 1e-9))
    parts: dict[int, int] = {i: i for i in range(len(chain))}

    def root(i: int) -> int:
        while parts[i] != i:
            parts[i] = parts[parts[i]]
            i = parts[i]
        return i

    for start in range(0, len(chain), 500):
        block = (sub[start : start + 500] @ sub.T).tocoo()
        close = block.data / (scale[block.row + start] * scale[block.col]) >= floor
        for a, b in zip((block.row[close] + start).tolist(), block.col[close].tolist(), strict=True):
            x, y = root(a), root(b)
            parts[max(x, y)] = min(x, y)
    roots = np.array([root(i) for i in range(len(chain))])
    out: list[Ints] = []
    for r in np.unique(roots):
        out += _shorter(wordings, chain[roots == r], floor)
    return out


def _average_link(wordings: Wordings, some: Ints) -> Ints:
    """Return for each of `some` the earliest of the group that average likeness puts it in."""
    if len(some) == 1:
        return some
    sub = wordings.matrix[some]
    scale = np.sqrt(np.maximum(wordings.rarity[some], 1e-9))
    near = np.asarray((sub @ sub.T).todense()) / np.outer(scale, scale)
    distance = np.round(1.0 - np.clip((near + near.T) / 2, 0.0, 1.0), 9)
    np.fill_diagonal(distance, 0.0)
    labels = fcluster(linkage(squareform(distance, checks=False), "average"), 1.0 - p.ALIKE, "distance")
    out = np.empty(len(some), dtype=np.int64)
    for label in np.unique(labels):
        mine = labels == label
        out[mine] = some[mine].min()
    return out


def group_ads(bands: pa.Table, sites: Ints, engine: Engine) -> tuple[Ints, Wordings]:
    """Return each ad's template (the number of its earliest wording) and the wordings behind it.

    Rows of `bands` are ads in order of first being seen. An ad whose wording says too little is in a
    template of its own: the number counts on after the last wording.
    """
    wordings = read_wordings(bands, sites)
    pairs = candidates(wordings, bands, engine)
    groups = group(wordings, pairs, likeness(wordings, pairs), engine)
    template = groups[wordings.of_row]
    thin = wordings.rarity[wordings.of_row] < p.LEAST_RARITY
    template[thin] = len(wordings.first) + np.flatnonzero(thin)
    return template, wordings
