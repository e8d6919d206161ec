"""Make TRUST.md: every requirement of docs/trust/requirements.tsv with its state and the tests that show it.

python tools/make_trust.py [--check]

A test shows a requirement by the marker `@pytest.mark.trust("AUD-3")`, or by its name in the list. The
state is never written by hand: with tests and nothing missing it is shown; with both, in part; without a
test, not shown, whatever the code may do. Where what is missing begins with `Beyond any program: `, it is for
people to see to.
"""

from __future__ import annotations

import ast
import csv
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from generated import keep

ROOT = Path(__file__).resolve().parents[1]
LIST = ROOT / "docs" / "trust" / "requirements.tsv"
PAGE = ROOT / "TRUST.md"
BEYOND = "Beyond any program: "  # how what is missing begins where people alone can see to it
STATES = ("shown", "shown as far as a program can", "in part", "not shown")
HEAD = """<!-- made by tools/make_trust.py; do not edit -->
# What can be trusted, and what shows it

Every requirement of our design, with its state and the tests that show it. The tests run in `make test` (those marked soak in `make soak`): on a version that landed they pass. *Shown* means that its tests show it and nothing known is missing; *shown as far as a program can* names what is left to people and to the places where they put things; *in part* and *not shown* say what is missing. P0 holds before any real data is taken in, P1 before a pilot, P2 later. **As long as a P0 requirement is not shown, this version is for invented or released data only.**

"""


@dataclass(frozen=True)
class Requirement:
    """One row of the list."""

    id: str
    priority: str
    text: str
    shown_by: str
    missing: str
    tests: tuple[str, ...]


def requirements() -> list[Requirement]:
    """Read the list."""
    lines = [line for line in LIST.read_text("utf-8").splitlines() if not line.startswith("#")]
    rows = list(csv.reader(lines[1:], delimiter="\t", quoting=csv.QUOTE_NONE))
    return [Requirement(*row[:5], tuple(row[5].split())) for row in rows]


def tests() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return where each test is, by its name and by `file::name`; and the tests that each marker names."""
    places, marked = defaultdict(list), defaultdict(list)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        where = path.relative_to(ROOT).as_posix()
        tree = ast.parse(path.read_text("utf-8"))
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for name in (node.name, f"{path.stem}::{node.name}"):
                    places[name].append(f"{where}::{node.name}")
                for id_ in marks(node):
                    marked[id_].append(f"{where}::{node.name}")
    return dict(places), dict(marked)


def marks(function: ast.FunctionDef) -> list[str]:
    """The ids that a test's markers name."""
    return [
        ast.literal_eval(word)
        for found in function.decorator_list
        if isinstance(found, ast.Call) and ast.unparse(found.func) == "pytest.mark.trust"
        for word in found.args
    ]


def state(row: Requirement, shown: list[str]) -> str:
    """What may be said of a requirement."""
    if not shown:
        return "not shown"
    if row.missing.startswith(BEYOND):
        return "shown as far as a program can"
    return "in part" if row.missing else "shown"


def page() -> str:
    """The whole page."""
    places, marked = tests()
    rows = [
        (row, sorted({*marked.get(row.id, []), *(places[name][0] for name in row.tests)}))
        for row in requirements()
    ]
    text = HEAD + f"| | {' | '.join(STATES)} |\n|---|---|---|---|---|\n"
    for priority in "012":
        found = Counter(state(row, shown) for row, shown in rows if row.priority == priority)
        text += f"| P{priority} | {' | '.join(str(found[name]) for name in STATES)} |\n"
    text += "\n| id | P | requirement | state | missing | tests |\n|---|---|---|---|---|---|\n"
    for row, shown in rows:
        links = " ".join(
            f"[{name.split('::')[1].removeprefix('test_')}]({name.split('::')[0]})" for name in shown
        )
        cells = [row.id, row.priority, row.text, f"**{state(row, shown)}**", row.missing, links]
        text += "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"
    return text


def main() -> int:
    """Write the page, or compare it."""
    return keep({PAGE: page()})


if __name__ == "__main__":
    raise SystemExit(main())
