"""Links: which posters are compared, what their shared values weigh together, and why.

Pairs are proposed by shared values and by pairs of values that agree (the same wording and name, the same
wording and city, …); a value shared by k posters proposes a few pairs each, never k². Every proposed pair
is then weighed on everything the two share, each kind of evidence counting once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from homeward.connect import parameters as p
from homeward.connect.buckets import meetings
from homeward.connect.evidence import Posters
from homeward.connect.facts import Facts
from homeward.connect.tools import Floats, Ints, distinct
from homeward.connect.weights import SOFT_KINDS, Said, crowd

# Which agreements propose a pair. A city or an age alone would propose half the country.
PROPOSERS: tuple[tuple[str, ...], ...] = (
    ("photo",), ("template",), ("url",), ("template", "name"), ("template", "city"), ("template", "photo"),
    ("name", "city", "age"), ("name", "photo"),
)  # fmt: skip


Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Compared:
    """Pairs of posters with the weight of each kind (columns as `COLUMNS`)."""

    pairs: Ints
    weights: Floats
    crowd: float  # nats that a link needs on top, see `weights.crowd`
    shared: Ints  # for each pair and soft kind, the value that weighs most, -1 if none

    def only(self, rows: Bools) -> Compared:
        """Return some of the pairs."""
        return Compared(self.pairs[rows], self.weights[rows], self.crowd, self.shared[rows])

    @property
    def strong(self) -> Bools:
        """Which pairs are linked."""
        linked: Bools = self.total >= p.LINK + self.crowd
        return linked

    @property
    def total(self) -> Floats:
        """The weight of each pair, all kinds together."""
        total: Floats = np.round(self.weights.sum(axis=1), 9)
        return total


COLUMNS = (*SOFT_KINDS, "contact", "time", "apart")
STEP = 200_000  # pairs weighed at once, which bounds the memory


def propose(posters: Posters, said: dict[str, Said], weights: dict[str, Floats]) -> Ints:
    """Return the pairs of posters to compare, smaller first, sorted."""
    bands: list[npt.NDArray[np.uint64]] = []
    places: list[Ints] = []
    for number, kinds in enumerate(PROPOSERS):
        poster, key = _keys(said, weights, kinds[0], np.uint64(number))
        for kind in kinds[1:]:
            poster, key = _cross(poster, key, said, weights, kind)
        bands.append(key)
        places.append(poster)
    a, b = meetings(np.concatenate(bands), np.concatenate(places)).T
    return distinct(np.concatenate([a, posters.shared_a]), np.concatenate([b, posters.shared_b]))


_PRIME = np.uint64(0x100000001B3)


def _hash(key: npt.NDArray[np.uint64], value: Ints) -> npt.NDArray[np.uint64]:
    mixed = (key ^ value.astype(np.uint64)) * _PRIME
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    out: npt.NDArray[np.uint64] = mixed ^ (mixed >> np.uint64(32))
    return out


def _entries(said: Said, weight: Floats) -> tuple[Ints, Ints]:
    matrix = said.matrix
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    keep = weight[matrix.indices] > 0
    return rows[keep], matrix.indices[keep].astype(np.int64)


def _keys(
    said: dict[str, Said], weights: dict[str, Floats], kind: str, seed: np.uint64
) -> tuple[Ints, npt.NDArray[np.uint64]]:
    rows, values = _entries(said[kind], weights[kind])
    return rows, _hash(np.full(len(rows), (seed + np.uint64(1)) * _PRIME), values + 1)


def _cross(
    poster: Ints, key: npt.NDArray[np.uint64], said: dict[str, Said], weights: dict[str, Floats], kind: str
) -> tuple[Ints, npt.NDArray[np.uint64]]:
    """Return every key joined with every value of `kind` that its poster says."""
    rows, values = _entries(said[kind], weights[kind])
    starts = np.searchsorted(rows, poster, side="left")
    counts = np.searchsorted(rows, poster, side="right") - starts
    # A poster of very many values (a busy operator's line) proposes through its first few only.
    counts = np.minimum(counts, p.MOST_CROSSED)
    which = np.repeat(np.arange(len(poster)), counts)
    inner = np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts)
    taken = values[starts[which] + inner] if len(which) else values[:0]
    return poster[which], _hash(key[which], taken + 1)


def compare(
    facts: Facts, posters: Posters, said: dict[str, Said], weights: dict[str, Floats], pairs: Ints,
    *, wholes: bool = False,
) -> Compared:  # fmt: skip
    """Weigh every pair on everything the two posters share; `wholes`: the posters are groups (wholes.py)."""
    out = np.zeros((len(pairs), len(COLUMNS)))
    shared = np.full((len(pairs), len(SOFT_KINDS)), -1, dtype=np.int64)
    short = p.LINK + crowd(posters.among) - p.SHORT_OF_LINK
    for column, kind in enumerate(SOFT_KINDS):
        second = p.SECOND_PHOTO if kind == "photo" else 0.0
        most, shared[:, column], common = _most(said[kind], weights[kind], pairs, second)
        if kind in p.WEAK:
            most = np.maximum(most - _breadth(said[kind], pairs, common, wholes=wholes), 0.0)
            shared[most <= 0, column] = -1
        out[:, column] = np.minimum(most, short)
    _say_once(out, shared, said)
    _bare_wordings(out, shared, said, posters, pairs)
    out[:, len(SOFT_KINDS)] = _contact(facts, posters, pairs)
    _area_once(out, shared, wholes=wholes)
    out[:, len(SOFT_KINDS) + 1] = _time(facts, posters, pairs)
    out[:, len(SOFT_KINDS) + 2] = _apart(posters, pairs, out)
    _return_pictures(out, pairs, posters.count)
    _hold_weak(out, short)
    return Compared(pairs, out, crowd(posters.among), shared)


def _bare_wordings(
    weights: Floats, shared: Ints, said: dict[str, Said], posters: Posters, pairs: Ints
) -> None:
    """Let a rare wording say more where one side gives no contact at all and no names are at odds.

    Two contacts under one wording speak against one poster; where there is none, nothing does.
    """
    wording, name = SOFT_KINDS.index("template"), SOFT_KINDS.index("name")
    bare = (posters.contact[pairs] < 0).any(axis=1) & (weights[:, wording] >= p.BARE_LEAST)
    named = np.diff(said["name"].matrix.indptr)[pairs] > 0
    clash = named.all(axis=1) & (shared[:, name] < 0)
    weights[bare & ~clash, wording] += p.BARE_WORDING


def _say_once(weights: Floats, shared: Ints, said: dict[str, Said]) -> None:
    """Let a name say nothing beside a wording in most of whose ads it stands: both are one thing said once.

    It may be a word of the wording that was read for a name ("hope to see you"), or one person's own wording.
    """
    wording, name = SOFT_KINDS.index("template"), SOFT_KINDS.index("name")
    both = np.flatnonzero((shared[:, wording] >= 0) & (shared[:, name] >= 0))
    if not len(both):
        return
    said_with = (said["template"].matrix.T.tocsr() @ said["name"].matrix).tocsr()
    posters = np.bincount(said["template"].matrix.indices, minlength=said["template"].matrix.shape[1])
    t, n = shared[both, wording], shared[both, name]
    share = np.asarray(said_with[t, n]).ravel() / np.maximum(posters[t], 1)
    once = (share >= p.NAME_OF_WORDING) & (posters[t] >= p.NAME_OF_LEAST)
    weights[both[once], name] = 0.0


def _area_once(weights: Floats, shared: Ints, *, wholes: bool = False) -> None:
    """Let the area of numbers speak in full beside an unsold wording, by half if a city or a picture agrees.

    It says nothing beside a shared contact, whose area it is, nor where nothing else tells.
    """
    column = {kind: i for i, kind in enumerate(COLUMNS)}
    area, worded = column["area"], weights[:, column["template"]] > p.SOLD_WEIGHT
    pictured = (weights[:, [column["photo"], column["url"]]] > 0).any(axis=1)
    near = weights[:, column["city"]] > 0
    weights[near, area] *= p.AREA_BESIDE
    weights[~near & ~worded, area] *= p.AREA_OF_WHOLES if wholes else p.AREA_BESIDE
    nothing = (weights[:, column["contact"]] > 0) | ~(worded | pictured)
    weights[nothing, area], shared[nothing, area] = 0.0, -1


def _breadth(said: Said, pairs: Ints, common: Ints, *, wholes: bool = False) -> Floats:
    """Return what is taken off for being broad: sharing one of twenty cities is what chance does.

    The log of how many values the narrower poster says for each one of the `common` ones; of two wholes, one
    of which may say very many, what both say counts.
    """
    counts = np.maximum(np.diff(said.matrix.indptr), 1)
    common = np.maximum(common, 1)
    one, other = counts[pairs[:, 0]], counts[pairs[:, 1]]
    off = np.log(np.minimum(one, other) / common)
    if wholes:
        off += p.WIDE_SIDE * np.log(np.maximum(one, other) / common)
    return np.asarray(np.round(np.maximum(off, 0.0), 9), dtype=np.float64)


def _apart(posters: Posters, pairs: Ints, weights: Floats) -> Floats:
    """Return what is taken off if both posters say a good deal and have no wording or contact in common.

    A contact in one or two of all those ads is none that they have in common: so often a rival's is there.
    """
    off = taken_off(posters.size[pairs].min(axis=1))
    return np.where(telling(weights), 0.0, off)


def telling(weights: Floats) -> Bools:
    """Return which pairs have a wording, an address or a contact in common."""
    least = np.array([max(p.TIE_WEIGHTS) if kind == "contact" else 0.0 for kind in p.TELLING])
    return np.asarray(
        (weights[:, [COLUMNS.index(kind) for kind in p.TELLING]] > least).any(axis=1), dtype=bool
    )


def taken_off(ads: Ints) -> Floats:
    """Return what is taken off for two with nothing telling in common, the smaller having so many ads."""
    times = np.log2(np.maximum(ads / p.APART_ADS, 0.5)) + 1.0
    off = np.round(p.APART_WEIGHT * np.minimum(times, p.APART_MOST), 9)
    return np.where(ads >= p.APART_ADS, off, 0.0)


def _return_pictures(weights: Floats, pairs: Ints, count: int) -> None:
    """Let pictures say nothing about posters who show those of several strangers, unless more agrees.

    Whoever shares pictures with posters that have nothing telling in common with each other has taken them
    from there, as scams do; an operator's own posters share pictures, wordings and contacts all round.
    """
    column = {kind: i for i, kind in enumerate(COLUMNS)}
    telling = weights[:, [column[kind] for kind in p.TELLING]] > 0
    bare = (weights[:, column["photo"]] > 0) & ~telling.any(axis=1)
    borrowers = _borrowers(pairs[bare], pairs[telling.any(axis=1) | bare], count)
    weights[bare & borrowers[pairs].any(axis=1), column["photo"]] = 0.0


def _borrowers(bare: Ints, related: Ints, count: int) -> npt.NDArray[np.bool_]:
    """Return which posters share pictures alone with `BORROWED_FROM` or more who are unrelated."""
    out = np.zeros(count, dtype=bool)
    partners = np.bincount(bare.ravel(), minlength=count)
    suspects = set(np.flatnonzero(partners >= p.BORROWED_FROM).tolist())
    shown: dict[int, set[int]] = {suspect: set() for suspect in suspects}
    for a, b in bare.tolist():
        if a in suspects:
            shown[a].add(b)
        if b in suspects:
            shown[b].add(a)
    wanted = np.zeros(count, dtype=bool)
    wanted[[other for others in shown.values() for other in others]] = True
    near: dict[int, list[int]] = {}
    for a, b in related[wanted[related].all(axis=1)].tolist():
        near.setdefault(a, []).append(b)
        near.setdefault(b, []).append(a)
    for suspect, others in shown.items():
        out[suspect] = _parts(others, near) >= p.BORROWED_FROM
    return out


def _parts(nodes: set[int], near: dict[int, list[int]]) -> int:
    """Return into how many parts some nodes fall."""
    left, parts = set(nodes), 0
    while left:
        parts += 1
        stack = [left.pop()]
        while stack:
            found = left.intersection(near.get(stack.pop(), ()))
            left -= found
            stack += found
    return parts


def _hold_weak(weights: Floats, short: float) -> None:
    """Hold pairs short of a link if they share nothing but what many strangers share."""
    weak = [COLUMNS.index(kind) for kind in p.WEAK]
    telling = [i for i in range(len(SOFT_KINDS) + 1) if i not in weak]
    only = (weights[:, telling] <= 0).all(axis=1)
    total = weights[:, weak].sum(axis=1)
    scale = np.where(only & (total > short), short / np.maximum(total, 1e-9), 1.0)
    weights[:, weak] = np.round(weights[:, weak] * scale[:, None], 9)


def _most(said: Said, weight: Floats, pairs: Ints, second: float = 0.0) -> tuple[Floats, Ints, Ints]:
    """Return for each pair the heaviest shared value of a kind (weight, number) and how many are shared.

    The next heaviest adds the share `second` of its weight; more of the same kind are not counted.
    """
    top, which = np.zeros(len(pairs)), np.full(len(pairs), -1, dtype=np.int64)
    common = np.zeros(len(pairs), dtype=np.int64)
    for start in range(0, len(pairs), STEP):
        some = pairs[start : start + STEP]
        both = said.matrix[some[:, 0]].multiply(said.matrix[some[:, 1]]).tocsr()
        both.sort_indices()
        common[start : start + STEP] = counts = np.diff(both.indptr)
        rows = np.repeat(np.arange(len(some)), counts)
        held = weight[both.indices]
        order = np.lexsort((both.indices, -held, rows)) if counts.max(initial=0) > 1 else np.arange(len(rows))
        row = np.flatnonzero(counts)
        first = both.indptr[row]
        best = both.indices[order[first]]
        top[start + row], which[start + row] = weight[best], best
        if second and len(rows) > 1:
            follows = np.minimum(first + 1, len(rows) - 1)
            same = (rows[order][follows] == row) & (follows > first)
            top[start + row] += second * np.where(same, weight[both.indices[order][follows]], 0.0)
    which[top <= 0] = -1
    return top, which, common


def _contact(facts: Facts, posters: Posters, pairs: Ints) -> Floats:
    """Return the weight of contacts that stand in ads of both posters.

    One ad that carries another poster's number may be a rival's trick or a misreading and says little;
    several ads, if they are not few among the poster's, say nearly everything. An address or a handle is
    neither misread for a stranger's nor, but for a desk's (which is generic), given for somebody else: one ad
    says as much. Only a short handle may be a word that was read for one.
    """
    key = posters.shared_a * posters.count + posters.shared_b
    ties, first = np.unique(key, return_inverse=True)
    ads = np.bincount(first, weights=posters.shared_ads, minlength=len(ties))
    spelled, chosen = (
        np.bincount(first, weights=some, minlength=len(ties))
        for some in _spelled(facts, posters.shared_value)
    )
    mine = pairs[:, 0] * posters.count + pairs[:, 1]
    place = np.minimum(np.searchsorted(ties, mine), max(len(ties) - 1, 0))
    out = np.zeros(len(pairs))
    if not len(ties):
        return out
    hit = ties[place] == mine
    tied = ads[place]
    smaller = posters.size[pairs].min(axis=1)
    once, twice = p.TIE_WEIGHTS
    often = ((tied >= 3) & (tied >= p.TIE_SHARE * smaller)) | (chosen[place] > 0)
    whole = p.CONTACT_WEIGHT + crowd(posters.among)
    out[hit] = np.where(often, whole, np.where((tied >= 2) | (spelled[place] > 0), twice, once))[hit]
    return out


def _spelled(facts: Facts, values: Ints) -> tuple[Bools, Bools]:
    """Return which contacts are no telephone numbers, and which of these are too long to be a word."""
    spelled: Bools = facts.value_kind[values] != "phone"
    named = [len(str(text).partition(":")[2] or text) for text in facts.value_text[values].tolist()]
    return spelled, spelled & (np.array(named, dtype=np.int64) >= p.CHOSEN_LEAST)


def _time(facts: Facts, posters: Posters, pairs: Ints) -> Floats:
    """Return what the gap between two posters' activity says; unknown clocks say nothing."""
    first = np.full(posters.count, np.inf)
    last = np.full(posters.count, -np.inf)
    known = facts.first_day >= 0
    np.minimum.at(first, posters.of_ad[known], facts.first_day[known])
    np.maximum.at(last, posters.of_ad[known], facts.last_day[known])
    a, b = pairs.T
    gap = np.maximum(first[a], first[b]) - np.minimum(last[a], last[b])
    out = np.where(gap <= p.NEAR_DAYS, p.NEAR_WEIGHT, np.where(gap >= p.FAR_DAYS, p.FAR_WEIGHT, 0.0))
    return np.where(np.isfinite(gap), out, 0.0)
