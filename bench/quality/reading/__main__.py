"""`python -m bench.quality.reading`: our readers and other open ones on generated sets, in one table.

Every set has its aim; what falls short is marked. `--show N` prints N failures of each set, `--ours` leaves
the other readers out. Below the table: how often a hidden number is read like its plainly written twin, and
the share of look-alike letters that are folded to the letter they stand for.
"""

from __future__ import annotations

import argparse
import collections
import json
import time
from collections.abc import Iterable
from typing import Any

from bench.quality.reading import foreign, hiding, letters, peers
from bench.quality.reading.sets import SETS
from homeward.extract.read import read_text
from homeward.extract.text.normalise import normalise

OURS = "homeward"
Row = dict[str, Any]
Answer = dict[str, Any]
FALSE_ALARMS = 0.01  # of texts without a phone at most so many may get one
TWINS, LETTERS = 0.96, 0.95


def ours(row: Row) -> Answer:
    """Read a text with all our readers, as an ad is read; keep what the set is about."""
    kind = {"amount": "price"}.get(row["kind"], row["kind"])
    began = time.perf_counter()
    found = read_text(row["text"], country=row.get("country", "US"), city=row.get("city"))
    spent = time.perf_counter() - began
    if not kind:
        return {"values": [f"{m.kind}:{m.value}" for m in found if m.kind in foreign.KINDS], "seconds": spent}
    values = [m.value for m in found if m.kind == kind]
    if row.get("by_name"):
        values = [value.split(",")[0] for value in values]
    return {"values": values, "seconds": spent}


def compared(row: Row, values: Iterable[str]) -> set[str]:
    """Return values as they are compared."""
    return {peers.key(row["kind"], value) for value in values}


def line(name: str, reader: str, rows: list[Row], answers: list[Answer], aim: float) -> tuple[str, bool]:
    """Return one line of the table, and whether the aim is met."""
    tp = fp = fn = right = false = 0
    for row, answer in zip(rows, answers, strict=True):
        found, expected = compared(row, answer["values"]), compared(row, row["expected"])
        tp, fp, fn = tp + len(found & expected), fp + len(found - expected), fn + len(expected - found)
        right += found == expected
        false += bool(found) and not expected
    p, r = tp / (tp + fp) if tp + fp else 1.0, tp / (tp + fn) if tp + fn else 1.0
    f1 = 2 * p * r / (p + r) if p + r else 0.0
    ms = 1000 * sum(a["seconds"] for a in answers) / max(len(answers), 1)
    some = any(row["expected"] for row in rows)
    good = f1 >= aim if some else false <= FALSE_ALARMS * len(rows)
    marks = f"{p:6.3f} {r:6.3f} {f1:6.3f}" if some else " " * 20
    aimed = f"{aim:5.2f}" if aim and reader == OURS else " " * 5
    verdict = "" if good or reader != OURS else "  falls short"
    return (
        f"{name:19} {len(rows):5}  {reader:27} {right / len(rows):6.3f} {marks} {aimed} {false:5} {ms:7.3f}{verdict}",
        good,
    )


def failures(rows: list[Row], answers: list[Answer], show: int) -> None:
    """Print which styles are read wrong, and some of what was read."""
    wrong, of = collections.Counter[str](), collections.Counter(str(r.get("style", "")) for r in rows)
    for row, answer in zip(rows, answers, strict=True):
        found, expected = compared(row, answer["values"]), compared(row, row["expected"])
        if found == expected:
            continue
        wrong[str(row.get("style", ""))] += 1
        if show > 0:
            show -= 1
            print("     ", json.dumps({"text": row["text"], "missed": sorted(expected - found),
                                       "invented": sorted(found - expected)}, ensure_ascii=False))  # fmt: skip
    if wrong:
        print(
            "      wrong:", ", ".join(f"{style or 'any'} {n}/{of[style]}" for style, n in wrong.most_common())
        )


def twins(n: int, seed: int) -> float:
    """Return the share of hidden numbers that are read like their plainly written twins."""
    rows = hiding.hidden(n, seed)
    same = sum(
        {m.value for m in read_text(str(r["text"]), country="US") if m.kind == "phone"}
        == {m.value for m in read_text(str(r["twin"]), country="US") if m.kind == "phone"}
        for r in rows
    )
    return same / len(rows)


def folded() -> tuple[float, float]:
    """Return the share of look-alike characters folded right within a word, and of words in such letters."""
    known = [(letter, char) for letter, chars in letters.dresses().items() for char in chars]
    chars = sum(normalise(f"xq{char}t").text.lower() == f"xq{letter}t" for letter, char in known) / len(known)
    rows = letters.looking_alike(2000, 1)
    return chars, sum(normalise(written).text.lower() == meant for written, meant in rows) / len(rows)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0, help="print so many failures of each set")
    parser.add_argument("--only", default="", help="sets whose name holds this")
    parser.add_argument("--ours", action="store_true", help="without the other readers")
    given = parser.parse_args()
    print(
        f"{'set':19} {'n':>5}  {'reader':27} {'exact':>6} {'P':>6} {'R':>6} {'F1':>6} {'aim':>5} {'false':>5} {'ms/text':>7}"
    )
    short = []
    for name, (make, aim) in SETS.items():
        if given.only not in name:
            continue
        rows = make(given.n, given.seed)
        answers = [ours(row) for row in rows]
        text, good = line(name, OURS, rows, answers, aim)
        print(text, flush=True)
        short += [] if good else [name]
        failures(rows, answers, given.show)
        told = peers.theirs(rows) if rows[0]["kind"] in peers.KINDS and not given.ours else []
        for peer in told[0] if told else ():
            print(line("", peer, rows, [t[peer] for t in told], 0.0)[0], flush=True)
    if not given.only:
        chars, words = folded()
        same = twins(given.n, given.seed)
        print(f"hidden numbers read like their plain twins: {same:.3f} (aim {TWINS})")
        print(f"look-alike characters folded in a word: {chars:.3f} (aim {LETTERS}); words: {words:.3f}")
        short += ["twins"] * (same < TWINS) + ["look-alikes"] * (chars < LETTERS)
    print("falls short:", ", ".join(short) if short else "nothing")


if __name__ == "__main__":
    main()
