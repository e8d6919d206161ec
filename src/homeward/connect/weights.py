"""Weights: what do posters say, and what does sharing a value weigh?

Rarity is counted over posters (later over groups of them), never over ads: reposting five hundred times
does not make a number common.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from homeward.connect import parameters as p
from homeward.connect.elsewhere import Elsewhere
from homeward.connect.evidence import Filtered, Posters, areas_of
from homeward.connect.facts import Facts
from homeward.connect.tools import Floats, Ints, ascending, distinct
from homeward.model import ids

# What posters are compared on, besides the contacts they share.
SOFT_KINDS = ("photo", "template", "name", "city", "area", "age", "price", "url")


@dataclass(frozen=True, slots=True)
class Said:
    """What posters say of one kind: a row a poster, a column a value; `text` spells the values."""

    kind: str
    matrix: csr_matrix
    text: npt.NDArray[np.object_]
    ads: Ints  # how many ads carry each value
    said_ad: Ints
    said_value: Ints  # columns; sorted by ad
    elsewhere: Ints  # how many groups elsewhere say each value
    strangers: int = 0  # posters elsewhere
    groups: int = 0  # groups elsewhere


def say(
    facts: Facts, posters: Posters, template: Ints, elsewhere: Elsewhere | None = None,
    names: Mapping[int, str] | None = None,
) -> dict[str, Said]:  # fmt: skip
    """Return what posters say of each soft kind; `names` are the ids of templates known before."""
    out: dict[str, Said] = {}
    for kind in SOFT_KINDS:
        if kind == "template":
            ad, value = np.arange(facts.count), template
        elif kind == "area":
            ad, value = facts.of_kind("phone")
            own = ~np.isin(value, list(posters.generic))
            ad, value = ad[own], value[own]
            areas, of_phone = areas_of(facts)
            value = of_phone[value]
        else:
            ad, value = facts.of_kind(kind)
        known, first, column = np.unique(value, return_index=True, return_inverse=True)
        if kind == "template":
            text = _named(facts, known, first, names or {})
        else:
            text = (areas if kind == "area" else facts.value_text)[known]
        pairs = distinct(posters.of_ad[ad], column)
        matrix = csr_matrix(
            (np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(posters.count, max(len(known), 1))
        )
        ads = np.bincount(column, minlength=max(len(known), 1))
        beyond = np.zeros(len(ads), dtype=np.int64)
        if elsewhere is not None:
            beyond[: len(known)] = elsewhere.holders(kind, text.tolist())
        out[kind] = Said(
            kind, matrix, text, ads, ad, column.ravel(), beyond, posters.strangers, posters.groups
        )
    return out


def _named(facts: Facts, known: Ints, first: Ints, names: Mapping[int, str]) -> npt.NDArray[np.object_]:
    """Return the ids of templates, given the first ad of each."""
    ad = facts.ad_ids
    pairs = zip(known.tolist(), first.tolist(), strict=True)
    return np.array([names.get(v) or ids.template_id(ad[at]) for v, at in pairs], dtype=object)


def crowd(posters: int) -> float:
    """Return by how much more evidence a link needs among this many posters (nats)."""
    return float(np.round(np.log(max(posters, p.POSTERS) / p.POSTERS), 9))


def weigh(
    said: Said, group: Ints, filtered: Filtered | None = None, *, contact: Ints | None = None
) -> Floats:
    """Return what sharing each value of a kind weighs, rarity being counted over groups of posters.

    The weight is the log-likelihood ratio of "one operator shows it twice" to "two strangers both show
    it", held under the kind's most. A value of too many groups weighs nothing.
    `contact` are the posters' contacts: wordings of posters who give none may all be one poster's, who
    count as one beside those who give one.
    """
    rows = np.repeat(np.arange(said.matrix.shape[0]), np.diff(said.matrix.indptr))
    holder = group[rows]
    if said.kind == "template" and contact is not None:
        reached = np.zeros(int(group.max(initial=0)) + 1, dtype=bool)
        reached[group[contact >= 0]] = True
        holder = np.where(reached[holder], holder, -1)
    seen = distinct(said.matrix.indices.astype(np.int64), holder)
    holders = np.bincount(seen[:, 0], minlength=said.matrix.shape[1]).astype(np.float64) + said.elsewhere
    groups = max(len(ascending(group)) + said.groups, 2)
    with np.errstate(divide="ignore"):
        weight = np.log(p.SAME_OPERATOR[said.kind] * groups / np.maximum(holders, 2.0))
    rise = crowd(said.matrix.shape[0] + said.strangers) if said.kind in p.RISING else 0.0
    weight = np.clip(weight, 0.0, p.MOST_WEIGHT[said.kind] + rise)
    if said.kind == "template":
        weight = np.where(holders >= p.SOLD_POSTERS, np.minimum(weight, p.SOLD_WEIGHT), weight)
    most = {"photo": p.STOCK_POSTERS, "template": p.BULK_POSTERS}.get(said.kind)
    if most is not None:
        weight[holders >= most] = 0.0
        if filtered is not None:
            _note(said, holders, most, filtered)
    return np.round(weight, 9).astype(np.float64)


def _note(said: Said, holders: Floats, most: int, filtered: Filtered) -> None:
    what = "Shown" if said.kind == "photo" else "Used"
    for value in np.flatnonzero(holders >= most).tolist():
        filtered.add(
            said.kind, str(said.text[value]), ads=int(said.ads[value]), posters=int(holders[value]),
            reason=f"{what} by {int(holders[value])} unrelated posters",
        )  # fmt: skip
