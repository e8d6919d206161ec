"""`python -m bench.quality.reading.peers`: our readers beside other open ones, on the same sets, one table.

The peers live in `.venv-peers`, made on demand from bench/requirements/peers.txt. The sets are those of
`python -m bench.quality.reading`, street addresses, and the peers' own documented examples with their
telephone digits changed to reserved ones. Prices are compared by amount alone, since no peer reads
minutes; addresses by house number and first word of the street, since each peer spells the rest its way.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import time
import venv
from collections.abc import Iterable
from pathlib import Path
from random import Random

from bench.quality.reading import others, phones
from homeward.extract.read import read_text

ROOT = Path(__file__).resolve().parents[3]
HOME, LOCK = ROOT / ".venv-peers", ROOT / "bench" / "requirements" / "peers.txt"
OURS = "homeward"
KIND = {"amount": "price"}

# From the peers' README files; digits of telephone numbers are reserved ones.
DOCUMENTED = [
    ("phone", "Call me at 510-555-0130 if it's before 9:30, or on 703-5550150 after 10am.", ["+15105550130", "+17035550150"]),
    ("phone", "If you have any questions, You can reach me at (519)-555-0123x341 or get in touch with my associate at harold.smith@mail.example", ["+15195550123"]),
    ("phone", "1-234-555-0100", ["+12345550100"]), ("phone", "1.234.555.0100", ["+12345550100"]),
    ("phone", "(234) 555 0100", ["+12345550100"]), ("phone", "+1 234 555 0100", ["+12345550100"]),
    ("email", "get in touch with my associate at harold.smith@mail.example", ["harold.smith@mail.example"]),
    ("email", "john.smith@mail.example and john_smith@mail.example", ["john.smith@mail.example", "john_smith@mail.example"]),
    ("email", "bad[@]example[.]com", ["bad@example.com"]), ("email", "me (at) example (dot) com", ["me@example.com"]),
    ("amount", "22,90 €", ["22.9"]), ("amount", "$119.00", ["119"]), ("amount", "Price From £39.95", ["39.95"]),
    ("amount", "$1,234.56", ["1234.56"]), ("amount", "the year 2026", []),
    ("address", "Lorem ipsum 225 E. John Carpenter Freeway, Suite 1500 Irving, Texas 75062 dolor", ["225 john"]),
    ("address", "101 main st.", ["101 main"]), ("address", "504 parkwood drive", ["504 parkwood"]),
    ("address", "3 elm boulevard", ["3 elm"]), ("address", "500 elm street", ["500 elm"]),
]  # fmt: skip
STREETS = ["Maple", "Cedar", "Harbor", "Mill", "Lake View", "Old Station", "5th", "21st", "Garden"]
SUFFIXES = ["Street", "St", "St.", "Avenue", "Ave", "Road", "Rd", "Blvd", "Lane", "Drive", "Dr"]
NO_ADDRESS = [
    "5 star place, easy parking", "20 min drive from town", "2 minutes down the street", "open 24 hours a day",
    "120 roses for an hour", "room 214 at the hotel", "I am 24 and 5 ft 6", "3 friends on the way",
]  # fmt: skip


def addresses(n: int, seed: int) -> list[dict[str, object]]:
    """Street addresses with and without town, and sentences with numbers that are none."""
    rng, rows = Random(f"address/{seed}"), []
    for i in range(n):
        if rng.random() < 0.3:
            rows.append(others.row(rng, i, "address", rng.choice(NO_ADDRESS), []))
            continue
        number, street, suffix = rng.randint(2, 9900), rng.choice(STREETS), rng.choice(SUFFIXES)
        said = f"{number} {rng.choice(['', '', 'N ', 'West '])}{street} {suffix}"
        said = said.lower() if rng.random() < 0.2 and suffix in ("Street", "Avenue", "Road") else said
        said += rng.choice(["", ", Reno, NV 89501", " apt 4", ", Reno"])
        text = rng.choice(["Find us at {}", "{}", "located at {} near the park", "address: {}"]).format(said)
        rows.append(others.row(rng, i, "address", text, [f"{number} {street.lower().split()[0]}"]))
    return rows


def sets(n: int, seed: int) -> dict[str, list[dict]]:
    """Return the labelled sets by name."""
    made = {
        "phone plain": phones.with_phone(n, seed, obscured=False),
        "phone obscured": phones.with_phone(n, seed, obscured=True),
        "no phone": phones.without_phone(n, seed),
        "email": others.emails(n, seed),
        "price amount": [
            {**r, "kind": "amount", "expected": [e.split()[0] for e in r["expected"]]}
            for r in others.prices(n, seed)
        ],
        "address": addresses(n, seed),
    }
    for kind in ("phone", "email", "amount", "address"):
        made[f"{kind}: documented"] = [
            {"kind": kind, "text": t, "expected": e} for k, t, e in DOCUMENTED if k == kind
        ]
    return made


def key(kind: str, value: str) -> str:
    """Return what is compared."""
    if kind == "amount":
        amount = value.split()[0]
        return amount.rstrip("0").rstrip(".") if "." in amount else amount
    if kind == "address":
        words = "".join(c if c.isalnum() else " " for c in value.lower()).split()
        rest = [w for w in words[1:] if w not in ("n", "e", "s", "w", "west", "north", "east", "south")]
        return " ".join(words[:1] + rest[:1]) if words else ""
    return value


def ours(row: dict) -> dict[str, object]:
    """Read a text with our readers, all of them, as an ad is read."""
    kind = KIND.get(row["kind"], row["kind"])
    began = time.perf_counter()
    values = [m.value for m in read_text(row["text"], country="US") if m.kind == kind]
    return {"values": values, "seconds": time.perf_counter() - began}


def theirs(rows: Iterable[dict]) -> list[dict]:
    """Let every peer read the rows, in their own environment."""
    given = "".join(json.dumps({"kind": r["kind"], "text": r["text"]}) + "\n" for r in rows)
    script = Path(__file__).with_name("peers_run.py")
    done = subprocess.run(
        [str(python()), "-I", str(script)], input=given, capture_output=True, text=True, check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def python() -> Path:
    """Return the interpreter of the peers' environment, making it if it is not there."""
    stamp = HOME / "peers.stamp"
    if not stamp.exists() or stamp.read_text() != LOCK.read_text():
        print("making the peers' environment in .venv-peers")
        venv.create(HOME, with_pip=True, clear=True)
        subprocess.run(
            [HOME / "bin/python", "-m", "pip", "install", "-q", "--disable-pip-version-check",
             "--require-hashes", "-r", LOCK], check=True,
        )  # fmt: skip
        stamp.write_text(LOCK.read_text())
    return HOME / "bin/python"


def scores(kind: str, rows: list[dict], answers: list[dict]) -> tuple[float, float, float, float]:
    """Return precision, recall, F1 and milliseconds a text."""
    tp = fp = fn = 0
    for row, answer in zip(rows, answers, strict=True):
        found, expected = {key(kind, v) for v in answer["values"]}, {key(kind, v) for v in row["expected"]}
        tp, fp, fn = tp + len(found & expected), fp + len(found - expected), fn + len(expected - found)
    p, r = tp / (tp + fp) if tp + fp else 1.0, tp / (tp + fn) if tp + fn else 1.0
    spent = sum(a["seconds"] for a in answers) / max(len(answers), 1) * 1000
    return p, r, 2 * p * r / (p + r) if p + r else 0.0, spent


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    print(f"{'set':20} {'n':>5}  {'reader':27} {'P':>6} {'R':>6} {'F1':>6} {'ms/text':>8} {'false':>6}")
    for name, rows in sets(given.n, given.seed).items():
        kind = rows[0]["kind"]
        told = theirs(rows)
        table = {OURS: [ours(row) for row in rows]} | {peer: [t[peer] for t in told] for peer in told[0]}
        for reader, answers in table.items():
            p, r, f1, spent = scores(kind, rows, answers)
            false = sum(
                bool(a["values"]) for a, row in zip(answers, rows, strict=True) if not row["expected"]
            )
            marks = f"{p:6.3f} {r:6.3f} {f1:6.3f}" if any(r["expected"] for r in rows) else " " * 20
            print(f"{name:20} {len(rows):5}  {reader:27} {marks} {spent:8.3f} {false:6}")


if __name__ == "__main__":
    main()
