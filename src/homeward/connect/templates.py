"""Templates: wordings that are the same text with other fillings or edits.

Equal wordings are collapsed first, so the cost is in distinct wordings. Bands and shared rare shingles
propose pairs, every proposed pair is verified by rarity-weighted likeness, and groups join by average
likeness (clusters.py): a chain of weak pairs never becomes one group.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy.sparse import csr_matrix

from homeward.connect import parameters as p
from homeward.connect.clusters import cluster, dots
from homeward.connect.statements import statement
from homeward.connect.tools import Engine, Floats, Ints, flatten


@dataclass(frozen=True, slots=True)
class Wordings:
    """The distinct wordings of some ads, numbered by their earliest ad.

    `of_row` gives each ad's wording; `first` the row of each wording's earliest ad; `ads` how many ads
    have it; row i of `matrix` is wording i's shingles, each weighing the square root of its rarity. `thin`
    are the wordings that hold too little that is rare to tell who wrote them.
    """

    of_row: Ints
    first: Ints
    ads: Ints
    matrix: csr_matrix
    rarity: Floats  # nats, the sum over the wording's shingles
    commonness: Ints  # of each shingle: the number of wordings that have it
    thin: npt.NDArray[np.bool_]


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
    held = csr_matrix((np.minimum(weights, p.MOST_SUBSTANCE), columns, offsets), shape=matrix.shape)
    thin = np.asarray(held.sum(axis=1)).ravel() < p.LEAST_SUBSTANCE
    return Wordings(number[inverse], first, counts[order].astype(np.int64), matrix, rarity, commonness, thin)


def _rarity(commonness: Ints, offsets: Ints, columns: Ints, sites: Ints) -> Floats:
    """Return each shingle's weight in each wording: log of its rarity, or 0 where it is boilerplate."""
    wordings = len(offsets) - 1
    weights = np.minimum(np.log(max(wordings, 2) / commonness), p.MOST_RARITY)
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


def unit_rows(wordings: Wordings) -> csr_matrix:
    """Return the wordings as rows whose products are their likeness: shared rarity over that of both.

    A shingle that no other wording has counts for the length only. A wording that says little counts less,
    so that two of them are alike only if they are nearly the same.
    """
    matrix = wordings.matrix
    scale = np.sqrt(np.maximum(wordings.rarity, 1e-9))
    scale[wordings.thin] *= np.sqrt(p.ALIKE_THIN / p.ALIKE)
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    keep = (wordings.commonness[matrix.indices] >= 2) & (matrix.data > 0)
    rows, columns = rows[keep], matrix.indices[keep]
    return csr_matrix((matrix.data[keep] / scale[rows], (rows, columns)), shape=matrix.shape)


def group(wordings: Wordings, pairs: Ints, start: Ints | None = None) -> Ints:
    """Return each wording's group: the number of its earliest wording. `start` are groups given already."""
    unit = unit_rows(wordings)
    alike = dots(unit, pairs[:, 0], pairs[:, 1])
    given = np.arange(len(wordings.first)) if start is None else start
    return cluster(unit, pairs, alike, (*p.ALIKE_LEVELS, p.ALIKE), given)


def group_ads(bands: pa.Table, sites: Ints, engine: Engine) -> tuple[Ints, Wordings]:
    """Return each ad's template (the number of its earliest wording) and the wordings behind it.

    Rows of `bands` are ads in order of first being seen. An ad whose wording says nothing that is rare is in
    a template of its own: the number counts on after the last wording.
    """
    wordings = read_wordings(bands, sites)
    groups = group(wordings, candidates(wordings, bands, engine))
    template = groups[wordings.of_row]
    silent = wordings.rarity[wordings.of_row] <= 0
    template[silent] = len(wordings.first) + np.flatnonzero(silent)
    return template, wordings


def telling(template: Ints, wordings: Wordings) -> Ints:
    """Return the templates that joining may build on: an ad whose wording says too little stands alone."""
    thin = wordings.thin[wordings.of_row]
    out = template.copy()
    out[thin] = max(len(wordings.first) + len(template), 1) + np.flatnonzero(thin)
    return out
