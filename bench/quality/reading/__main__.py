"""`python -m bench.quality.reading`: our readers on generated sets, one table."""

from __future__ import annotations

import argparse
import collections
import json

from bench.quality.reading import others, phones
from homeward.extract.read import read_text


def scored(rows: list[dict], *, show: int) -> dict[str, float]:
    """Set-wise: share of texts exactly right, micro precision, recall, F1."""
    right = tp = fp = fn = 0
    styles: collections.Counter[str] = collections.Counter()
    missed: collections.Counter[str] = collections.Counter()
    for row in rows:
        found = {m.value for m in read_text(row["text"], country="US") if m.kind == row["kind"]}
        expected = set(row["expected"])
        styles[row.get("style", "")] += 1
        if found == expected:
            right += 1
        else:
            missed[row.get("style", "")] += 1
            if show > 0:
                show -= 1
                print(
                    json.dumps(
                        {"text": row["text"], "expected": sorted(expected), "found": sorted(found)},
                        ensure_ascii=False,
                    )
                )
        tp, fp, fn = tp + len(found & expected), fp + len(found - expected), fn + len(expected - found)
    if any(styles) and sum(missed.values()):
        print("   wrong by style:", {s: f"{missed[s]}/{styles[s]}" for s in styles if missed[s]})
    p, r = tp / (tp + fp) if tp + fp else 1.0, tp / (tp + fn) if tp + fn else 1.0
    return {
        "n": len(rows),
        "exact": right / len(rows),
        "p": p,
        "r": r,
        "f1": 2 * p * r / (p + r) if p + r else 0.0,
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("-n", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0, help="print so many failures of each set")
    parser.add_argument("--only", default="")
    given = parser.parse_args()
    sets = {
        "phone": lambda n, s: phones.with_phone(n, s, obscured=False),
        "phone obscured": lambda n, s: phones.with_phone(n, s, obscured=True),
        "no phone": phones.without_phone,
        **others.SETS,
    }
    for name, make in sets.items():
        if given.only and given.only not in name:
            continue
        s = scored(make(given.n, given.seed), show=given.show)
        print(
            f"{name:16} n {s['n']:5}  exact {s['exact']:.3f}  P {s['p']:.3f}  R {s['r']:.3f}  F1 {s['f1']:.3f}"
        )


if __name__ == "__main__":
    main()
