"""`python -m bench.quality.reading.trials`: score the sets of this folder, one line each, with what fails by style."""

from __future__ import annotations

import argparse
import collections
import json
from collections.abc import Callable
from typing import Any

from bench.quality.reading.trials import abroad, contacts, persons, phones, places, prices, quiet, sites
from homeward.extract.read import read_text
from homeward.extract.text.normalise import normalise

Row = dict[str, Any]
FALSE_ALARMS = 0.01
SETS: dict[str, tuple[Callable[[int, int], list[Row]], float]] = {
    "phone plain": (phones.plain, 0.98), "phone hidden": (phones.hidden, 0.97), "phone hidden abroad": (phones.hidden_abroad, 0.97),
    "no phone": (quiet.texts, 0.0), "price": (prices.rows, 0.92), "price amount": (prices.amounts, 0.95), "age": (persons.ages, 0.95),
    "height": (persons.heights, 0.93), "weight": (persons.weights, 0.93), "email": (contacts.emails, 0.95), "name": (persons.names, 0.90),
    "place": (places.rows, 0.90), "handle": (contacts.handles, 0.90), "payment": (contacts.payments, 0.90), "hours": (sites.hours, 0.90),
    "hotel": (sites.hotels, 0.90), "vehicle": (sites.vehicles, 0.90),
    **{f"ads {x}": (lambda n, s, x=x: abroad.ads(x, min(n, 100), s), 0.90) for x in abroad.SAYS},
}  # fmt: skip


def found_in(row: Row) -> set[str]:
    """Return what our readers say of the row's kind, alternatives the row allows being one."""
    kind = {"amount": "price"}.get(row["kind"], row["kind"])
    mentions = read_text(row["text"], country=row["country"], city=row.get("city"))
    out = set()
    for m in mentions:
        if m.kind != kind and (kind or m.kind not in abroad.KINDS):
            continue
        value = m.value.split(",")[0] if row.get("by_name") and m.kind == "place" else m.value
        value = value.split()[0] if row["kind"] == "amount" else value
        value = value if kind else f"{m.kind}:{value}"
        out.add(next((e for e in row["expected"] if value in e.split("|")), value))
    return out


def score(name: str, rows: list[Row], aim: float, show: int, style: str) -> bool:
    """Print a set's line and its failures; return whether its aim is met."""
    tp = fp = fn = false = 0
    wrong, of = collections.Counter[str](), collections.Counter(r["style"] for r in rows)
    lines = []
    for row in rows:
        found, expected = found_in(row), set(row["expected"])
        tp, fp, fn = tp + len(found & expected), fp + len(found - expected), fn + len(expected - found)
        false += bool(found) and not expected
        if found != expected:
            wrong[row["style"]] += 1
            if style in row["style"]:
                lines.append(
                    json.dumps(
                        {
                            "style": row["style"],
                            "text": row["text"],
                            "missed": sorted(expected - found),
                            "invented": sorted(found - expected),
                            "country": row["country"],
                        },
                        ensure_ascii=False,
                    )
                )
    p, r = tp / (tp + fp) if tp + fp else 1.0, tp / (tp + fn) if tp + fn else 1.0
    f1 = 2 * p * r / (p + r) if p + r else 0.0
    good = f1 >= aim if aim else false <= FALSE_ALARMS * len(rows)
    marks = (
        f"P {p:.3f} R {r:.3f} F1 {f1:.3f} aim {aim:.2f}"
        if aim
        else f"false {false / len(rows):.4f} aim {FALSE_ALARMS}"
    )
    print(
        f"{name:20} {len(rows):5} exact {1 - sum(wrong.values()) / len(rows):.3f} {marks} false {false}{'' if good else '  FALLS SHORT'}",
        flush=True,
    )
    if wrong:
        print("    wrong:", ", ".join(f"{s} {n}/{of[s]}" for s, n in wrong.most_common(40)))
    for line in lines[:show]:
        print("     ", line)
    return good


def letters(n: int, seed: int, show: int) -> None:
    """Print the share of look-alike letters and words folded right, by alphabet."""
    wrong, of, bad = collections.Counter[str](), collections.Counter[str](), []
    for name, letter, char in contacts.dressed():
        of[name] += 1
        if normalise(f"qu{char}ck").text.lower() != f"qu{letter}ck":
            wrong[name] += 1
            bad.append(f"{char}={letter}")
    print(
        f"look-alike letters {1 - wrong.total() / of.total():.3f} of {of.total()} aim 0.95; wrong {dict(wrong)} {' '.join(bad)}"
    )
    words = contacts.alike(n, seed)
    missed = [(name, w, m, normalise(w).text) for name, w, m in words if normalise(w).text.lower() != m]
    print(
        f"look-alike words {1 - len(missed) / len(words):.3f} of {len(words)} aim 0.95; wrong {dict(collections.Counter(m[0] for m in missed))}"
    )
    for one in missed[:show]:
        print("     ", one)


def main() -> None:
    """Score every set, or those whose name holds `--only`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--style", default="", help="show failures of this style only")
    parser.add_argument("--only", default="")
    given = parser.parse_args()
    short = [
        name
        for name, (make, aim) in SETS.items()
        if given.only in name and not score(name, make(given.n, given.seed), aim, given.show, given.style)
    ]
    if not given.only or given.only in "look-alikes":
        letters(given.n, given.seed, given.show)
    print("falls short:", ", ".join(short) or "nothing")


if __name__ == "__main__":
    main()
