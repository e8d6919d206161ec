"""Style and types are part of the suite: what the checkers say is a failing test."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def run(*command: str) -> None:
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]


def test_ruff_finds_nothing():
    """The style checker finds nothing in src, tests, bench and tools."""
    run("ruff", "check", ".")


def test_ruff_would_format_nothing():
    """Every file is formatted."""
    run("ruff", "format", "--check", ".")


def test_mypy_finds_nothing():
    """Strict type checking finds nothing; from scratch, since a stale cache has lied before."""
    run("mypy", "--cache-dir", os.devnull)


def test_browsers_are_waited_for_by_functions():
    """The page's policy refuses an expression that is not true at once; a function it lets through."""
    calls = [
        call
        for file in [*(ROOT / "tests").rglob("*.py"), *(ROOT / "bench").rglob("*.py")]
        for call in re.findall(r'wait_for_function\(\s*f?"([^"]*)', file.read_text())
    ]
    assert len(calls) > 10
    assert [call for call in calls if not re.match(r"(\w+|\(\)) =>", call)] == []
