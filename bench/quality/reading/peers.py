"""Other open readers, and what their documentation shows, for `python -m bench.quality.reading`.

The peers live in `.venv-peers`, made on demand from bench/requirements/peers.txt. Their documented examples
have their telephone digits changed to reserved ones. Prices are compared by amount alone, since no peer
reads minutes; addresses by house number and first word of the street, since each peer spells the rest its
way.
"""

from __future__ import annotations

import json
import subprocess
import venv
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random

from bench.quality.reading import others

ROOT = Path(__file__).resolve().parents[3]
HOME, LOCK = ROOT / ".venv-peers", ROOT / "bench" / "requirements" / "peers.txt"
KINDS = frozenset(("phone", "email", "amount", "address"))  # of which there are peers

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


def documented(kind: str) -> Callable[[int, int], list[dict[str, object]]]:
    """Return a maker of the peers' own examples of a kind, which are the same for every seed."""
    return lambda n, seed: [{"kind": k, "text": t, "expected": e} for k, t, e in DOCUMENTED if k == kind]


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


def theirs(rows: Iterable[dict]) -> list[dict]:
    """Let every peer read the rows, in their own environment."""
    given = "".join(
        json.dumps({"kind": r["kind"], "text": r["text"], "country": r.get("country", "US")}) + "\n"
        for r in rows
    )
    script = Path(__file__).with_name("peers_run.py")
    done = subprocess.run(
        [str(python()), "-I", str(script)], input=given, capture_output=True, text=True, check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def python(home: Path = HOME, lock: Path = LOCK) -> Path:
    """Return the interpreter of an environment of peers, making it from its lock if it is not there."""
    stamp = home / "peers.stamp"
    if not stamp.exists() or stamp.read_text() != lock.read_text():
        print(f"making the environment in {home.name}")
        venv.create(home, with_pip=True, clear=True)
        subprocess.run(
            [home / "bin/python", "-m", "pip", "install", "-q", "--disable-pip-version-check",
             "--require-hashes", "-r", lock], check=True,
        )  # fmt: skip
        stamp.write_text(lock.read_text())
    return home / "bin/python"
