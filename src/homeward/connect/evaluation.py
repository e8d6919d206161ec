"""How right are readings, templates, identities and leads, against rows whose truth is known?

A truth row is `{"id","template","persona","network","label","values":{kind:[…]}}`; null means alone.
Every figure says what was measured on the rows it was given, and nothing about victims found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from homeward.connect.tools import numbered

Truth = Mapping[str, Any]
Ints = npt.NDArray[np.int64]

# The labels of consensual groups: false positives among them are told apart from those of independents.
CONSENSUAL = ("friends", "pair", "pairs", "agency")
# Networks of so many people are told apart: a single person under control may not appear among the leads.
FEW = (1, 2, 3)
# "More" must find this share of the true networks before its false positives mean anything.
WANTED_RECALL = 0.70


@dataclass(frozen=True, slots=True)
class Rates:
    """Precision, recall and their harmonic mean; 1.0 where there was nothing to get wrong."""

    precision: float
    recall: float
    f1: float

    @staticmethod
    def of(right: float, said: float, true: float) -> Rates:
        """Return the rates of `right` among `said` and among `true`."""
        precision = right / said if said else 1.0
        recall = right / true if true else 1.0
        total = precision + recall
        return Rates(precision, recall, 2 * precision * recall / total if total else 0.0)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two ways of grouping the same ads agree."""

    ads: int
    adjusted_rand: float
    pairs: Rates
    b_cubed: Rates
    largest_said: int
    largest_true: int


def agreement(said: Sequence[str | None], true: Sequence[str | None]) -> Agreement:
    """Compare two groupings given as one group name an ad, in the same order; None is alone."""
    a, b = _codes(said), _codes(true)
    n = len(a)
    cells = numbered(a, b) if n else None
    sizes_a, sizes_b = np.bincount(a), np.bincount(b)
    both = _pairs(cells.counts) if cells else 0.0
    said_pairs, true_pairs, all_pairs = _pairs(sizes_a), _pairs(sizes_b), n * (n - 1) / 2
    expected = said_pairs * true_pairs / all_pairs if all_pairs else 0.0
    best = (said_pairs + true_pairs) / 2
    rand = 1.0 if best == expected else (both - expected) / (best - expected)
    b_precision = b_recall = 1.0
    if cells:
        (left, right), count = cells.rows.T, cells.counts.astype(float)
        b_precision = float((count**2 / sizes_a[left]).sum() / n)
        b_recall = float((count**2 / sizes_b[right]).sum() / n)
    return Agreement(
        ads=n,
        adjusted_rand=float(rand),
        pairs=Rates.of(both, said_pairs, true_pairs),
        b_cubed=Rates(b_precision, b_recall, 2 * b_precision * b_recall / (b_precision + b_recall)),
        largest_said=int(sizes_a.max(initial=0)),
        largest_true=int(sizes_b.max(initial=0)),
    )


def score_groups(said: Mapping[str, str | None], truth: Iterable[Truth], field: str) -> Agreement:
    """Compare groups (source_id → group) with the truth's `field`: template, persona or network.

    Truth rows of ads that are not there are left out; an ad without a group is alone.
    """
    rows = [row for row in truth if row["id"] in said]
    return agreement([said[row["id"]] for row in rows], [row.get(field) for row in rows])


def score_extraction(
    mentions: Iterable[tuple[str, str, str]], truth: Iterable[Truth]
) -> dict[str, dict[str, float]]:
    """Compare mentions (source_id, kind, value) with the truth, set-wise, a row of figures a kind.

    A truth row is a world's row (its `values`) or `{"id","kind","expected":[…]}`. `exact` is the share
    of ads whose set of values is exactly right; precision, recall and F1 are over single values.
    """
    read: dict[tuple[str, str], set[str]] = defaultdict(set)
    for name, kind, value in mentions:
        read[name, kind].add(value)
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0, 0])
    for name, kind, expected in _expected(truth):
        got = read.get((name, kind), set())
        tally = counts[kind]
        for place, amount in enumerate((1, got == expected, len(got & expected), len(got), len(expected))):
            tally[place] += int(amount)
    return {
        kind: {"ads": ads, "exact": exact / ads, **asdict(Rates.of(right, said, true))}
        for kind, (ads, exact, right, said, true) in sorted(counts.items())
    }


def _expected(truth: Iterable[Truth]) -> Iterable[tuple[str, str, set[str]]]:
    rows = list(truth)
    kinds = sorted({kind for row in rows for kind in (row.get("values") or {})})
    for row in rows:
        if "expected" in row:
            yield row["id"], row["kind"], set(row["expected"])
        else:
            values = row.get("values") or {}
            yield from ((row["id"], kind, set(values.get(kind) or ())) for kind in kinds)


@dataclass(frozen=True, slots=True)
class LeadScore:
    """How right a queue of leads is."""

    leads: int
    networks: int  # true networks of two personas or more
    average_precision: float
    precision_20: float
    precision_50: float
    recall_200: float
    recall_more: float  # share of the true networks that carry the word "more"
    more_reaches: bool  # whether that is enough for the false positives to count
    more_of_few: dict[int, float]  # the same share among networks of one, two and three personas
    told_of_few: dict[int, float]  # … that carry "more" or "some"
    false_independents: float  # share of independents whose identity carries "more"
    false_consensual: dict[str, float]


def score_leads(leads: Sequence[tuple[str, Sequence[str]]], truth: Iterable[Truth]) -> LeadScore:
    """Score leads, best first, each as (its word, its ads' source_ids).

    A lead is right if more than half of its ads are in one true network (label `network`). Later leads
    of the same network are neutral, and so are leads of a network of one persona, which the divisor of
    the average precision does not count.
    """
    rows = {row["id"]: row for row in truth}
    personas = _personas(rows)
    wanted = {network for network, people in personas.items() if len(people) >= 2}
    found = _verdicts(leads, rows, personas)
    hits = np.array([v for v in found if v is not None], dtype=bool)
    precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    more = [names for word, names in leads if word == "more"]
    told = [names for word, names in leads if word in ("more", "some")]
    few = {n: {network for network, people in personas.items() if len(people) == n} for n in FEW}
    few = {n: networks for n, networks in few.items() if networks}
    recall_more = _found(more, rows, wanted) / len(wanted) if wanted else 1.0
    carried = {name for names in more for name in names}
    return LeadScore(
        leads=len(leads),
        networks=len(wanted),
        average_precision=float(precision[hits].sum() / len(wanted)) if wanted else 1.0,
        precision_20=_share(hits[:20]),
        precision_50=_share(hits[:50]),
        recall_200=_found([n for _, n in leads[:200]], rows, wanted) / len(wanted) if wanted else 1.0,
        recall_more=recall_more,
        more_reaches=recall_more >= WANTED_RECALL,
        more_of_few={n: _found(more, rows, some) / len(some) for n, some in few.items()},
        told_of_few={n: _found(told, rows, some) / len(some) for n, some in few.items()},
        false_independents=_carrying(rows, carried, "independent"),
        false_consensual={label: _carrying(rows, carried, label) for label in CONSENSUAL},
    )


def verdicts(leads: Sequence[tuple[str, Sequence[str]]], truth: Iterable[Truth]) -> list[bool | None]:
    """Return of each lead whether it is right, as `score_leads` counts; None where it is neutral."""
    rows = {row["id"]: row for row in truth}
    return _verdicts(leads, rows, _personas(rows))


def _personas(rows: Mapping[str, Truth]) -> dict[str, set[str]]:
    """Return the personas of each true network."""
    personas: dict[str, set[str]] = defaultdict(set)
    for name, row in rows.items():
        if row.get("network") is not None and row.get("label") == "network":
            personas[row["network"]].add(row.get("persona") or name)
    return personas


def _verdicts(
    leads: Sequence[tuple[str, Sequence[str]]], rows: Mapping[str, Truth], personas: Mapping[str, set[str]]
) -> list[bool | None]:
    seen: set[str] = set()
    verdicts: list[bool | None] = []
    for _, names in leads:
        network = _majority(names, rows)
        if network is None or network not in personas:
            verdicts.append(False)
        elif network in seen or len(personas[network]) < 2:
            verdicts.append(None)
        else:
            verdicts.append(True)
            seen.add(network)
    return verdicts


def _majority(names: Sequence[str], rows: Mapping[str, Truth]) -> str | None:
    counts: dict[str, int] = defaultdict(int)
    for name in names:
        row = rows.get(name)
        if row and row.get("network") is not None and row.get("label") == "network":
            counts[row["network"]] += 1
    best = max(counts, key=lambda network: (counts[network], network), default=None)
    return best if best is not None and counts[best] * 2 > len(names) else None


def _found(leads: Sequence[Sequence[str]], rows: Mapping[str, Truth], wanted: set[str]) -> int:
    return len({network for names in leads if (network := _majority(names, rows)) in wanted})


def _carrying(rows: Mapping[str, Truth], carried: set[str], label: str) -> float:
    """Return the share of people of that label any of whose ads is in a lead of the word "more"."""
    people: dict[str, bool] = {}
    for name, row in rows.items():
        if row.get("label") == label:
            person = row.get("persona") or name
            people[person] = people.get(person, False) or name in carried
    return _share(np.array(list(people.values()), dtype=bool)) if people else 0.0


def _share(flags: npt.NDArray[np.bool_]) -> float:
    return float(flags.mean()) if len(flags) else 0.0


def _codes(groups: Sequence[str | None]) -> Ints:
    """Number the groups from 0; every None gets a number of its own."""
    known: dict[str, int] = {}
    codes = np.empty(len(groups), dtype=np.int64)
    alone = 0
    for place, group in enumerate(groups):
        if group is None:
            codes[place] = -1 - alone
            alone += 1
        else:
            codes[place] = known.setdefault(group, len(known))
    codes[codes < 0] = len(known) - 1 - codes[codes < 0]
    return codes


def _pairs(sizes: npt.NDArray[np.integer[Any]]) -> float:
    whole = sizes.astype(np.float64)
    return float((whole * (whole - 1) / 2).sum())
