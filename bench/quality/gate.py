"""May this version go out? Leads of locked worlds: right often enough, words that mean it, no group of people worse off.

    python -m bench.quality.gate            # exit 1, and why, where it may not
    python -m bench.quality.gate --ads 2000 --json

The seeds are looked at by nothing else: no rule, weight or threshold was ever chosen on them. A world names
people who work for themselves; being called a lead wrongly is counted of them, by the language and region of
their first ad and the site it stood on. A subgroup is compared with everybody else; it is worse off when even
the lower end of the interval of the ratio (95 %, over all comparisons together) is above 1.25.
Measured on invented ads; it says nothing about how many victims are found, or about real people.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

from scipy.stats import beta

from bench.quality.connect import inputs_of, read_and_sign, world
from homeward.connect import evaluation
from homeward.connect.build import build
from homeward.engine.base import Engine
from homeward.engine.local import LocalEngine

LOCKED = (("standard", 900_201), ("hard", 900_202), ("multilingual", 900_203), ("sparse", 900_204))
ADS = 4_000
AVERAGE_PRECISION = 0.85  # of the leads of each world; what people look at first counts most in it
SURE = 0.9  # of the leads that say the most, so many are right
RATIO = 1.25  # of being called wrongly, to everybody else's
CONFIDENCE = 0.95
LEAST = 30  # people of a subgroup: of fewer no ratio is told
WORDS = ("more", "some", "little")
CALLED = ("more", "some")
KINDS = ("language", "region", "site")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of a world who works for themselves, where they stand, and whether a lead is about them."""

    called: bool
    groups: tuple[str, ...]  # of each of KINDS one


@dataclass(frozen=True, slots=True)
class Compared:
    """A subgroup beside everybody else."""

    kind: str
    group: str
    people: int
    called: int
    ratio: float
    low: float
    high: float


def ratio(called: int, people: int, others: int, of: int, *, alpha: float) -> tuple[float, float, float]:
    """Return the ratio of two shares with its exact interval: given how many are called in all, how they fall.

    (Clopper and Pearson's interval of the share of those called who are of the subgroup; few are called, and
    what holds for many would see a difference in two.)
    """
    each = of / people
    found = called / others * each if others else math.inf if called else 1.0
    low = beta.ppf(alpha / 2, called, others + 1) if called else 0.0
    high = beta.ppf(1 - alpha / 2, called + 1, others) if others else 1.0
    return found, float(low / (1 - low) * each), float(high / (1 - high) * each) if high < 1 else math.inf


def compare(people: Sequence[Person]) -> list[Compared]:
    """Compare every subgroup that is large enough with everybody else, the worst off first."""
    counts: Counter[tuple[str, str]] = Counter()
    called: Counter[tuple[str, str]] = Counter()
    for one in people:
        for key in zip(KINDS, one.groups, strict=True):
            counts[key] += 1
            called[key] += one.called
    large = [key for key, count in counts.items() if count >= LEAST and len(people) - count >= LEAST]
    alpha = (1 - CONFIDENCE) / max(1, len(large))
    total = sum(one.called for one in people)
    found = [
        Compared(*key, counts[key], called[key], *ratio(
            called[key], counts[key], total - called[key], len(people) - counts[key], alpha=alpha
        )) for key in large
    ]  # fmt: skip
    return sorted(found, key=lambda one: (-one.low, one.kind, one.group))


def right_by_word(verdicts: Iterable[tuple[str, bool | None]]) -> dict[str, tuple[int, int]]:
    """Return of each word how many leads were right, and of how many; neutral ones are left out."""
    found = {word: [0, 0] for word in WORDS}
    for word, right in verdicts:
        if right is not None:
            found[word][0] += right
            found[word][1] += 1
    return {word: (right, of) for word, (right, of) in found.items()}


def blocks(
    scores: Mapping[str, float], words: Mapping[str, tuple[int, int]], compared: Sequence[Compared]
) -> list[str]:
    """Say why a version may not go out; empty when it may."""
    said = [
        f"The average precision of leads of {name} is {value:.2f}; {AVERAGE_PRECISION} is wanted."
        for name, value in scores.items() if value < AVERAGE_PRECISION
    ]  # fmt: skip
    right, of = words[WORDS[0]]
    if of and right / of < SURE:
        said.append(f"Of leads that say “{WORDS[0]}” {right / of:.0%} are right; {SURE:.0%} are wanted.")
    shares = [(word, right / of) for word, (right, of) in words.items() if of]
    said += [
        f"Leads that say “{word}” are right less often ({share:.0%}) than those that say “{less}” ({lower:.0%})."
        for (word, share), (less, lower) in pairwise(shares) if share < lower
    ]  # fmt: skip
    return said + [
        f"People of the {one.kind} {one.group} are called wrongly {one.ratio:.2f} times as often as others "
        f"({one.low:.2f} to {one.high:.2f}); at most {RATIO} is allowed."
        for one in compared if one.low > RATIO
    ]  # fmt: skip


def look(
    n: int, preset: str, seed: int, engine: Engine
) -> tuple[float, list[tuple[str, bool | None]], list[Person]]:
    """Make a world and its leads; return their average precision, each lead's verdict, and the people."""
    ads, sightings, truth = world(n, seed, preset)
    mentions, bands, _ = read_and_sign(ads, engine)
    made = build(inputs_of(ads, sightings, mentions, bands), engine=engine, run="gate")
    names = dict(zip(ads["ad"].to_pylist(), ads["source_id"].to_pylist(), strict=True))
    inside: dict[str, list[str]] = defaultdict(list)
    for member in made["members"].to_pylist():
        inside[member["network"]].append(names[member["ad"]])
    queue = [(lead["word"], inside[lead["identity"]]) for lead in made["leads"].to_pylist()]
    verdicts = evaluation.verdicts(queue, truth)
    said = {name for word, some in queue if word in CALLED for name in some}
    rows = {row["source_id"]: tuple(str(row[kind]) for kind in KINDS) for row in ads.to_pylist()}
    people: dict[str, Person] = {}
    for row in truth:
        if row.get("label") == "independent" and row["id"] in rows:
            key = row.get("persona") or row["id"]
            before = people.get(key)
            called = row["id"] in said or (before is not None and before.called)
            people[key] = Person(called, before.groups if before else rows[row["id"]])
    first = evaluation.score_leads(queue, truth).average_precision
    return first, list(zip((word for word, _ in queue), verdicts, strict=True)), list(people.values())


def main() -> int:
    """Look at the locked worlds, say what was found, and why the version may not go out if it may not."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--ads", type=int, default=ADS)
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    scores, verdicts, people = {}, [], []
    with LocalEngine() as engine:
        for preset, seed in LOCKED:
            scores[preset], some, more = look(given.ads, preset, seed, engine)
            verdicts += some
            people += more
    words, compared = right_by_word(verdicts), compare(people)
    said = blocks(scores, words, compared)
    if given.json:
        told: dict[str, Any] = {"ads": given.ads, "average_precision": scores, "right": words,
                                "people": len(people), "called": sum(p.called for p in people)}  # fmt: skip
        print(json.dumps({**told, "worst_off": [asdict(one) for one in compared[:10]], "blocks": said}))
        return bool(said)
    print(f"{given.ads:,} ads of each world; average precision of leads: {scores}")
    print("right by word: " + ", ".join(f"{word} {right} of {of}" for word, (right, of) in words.items()))
    print(f"{sum(p.called for p in people)} of {len(people):,} people who work for themselves are called")
    for one in compared[:10]:
        print(f"  {one.kind} {one.group}: {one.called} of {one.people}, ratio {one.ratio:.2f} "
              f"({one.low:.2f} to {one.high:.2f})")  # fmt: skip
    print("\n".join(said) or "It may go out.")
    return bool(said)


if __name__ == "__main__":
    raise SystemExit(main())
