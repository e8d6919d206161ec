"""TRUST.md says of every requirement what shows it: no marker without a requirement, none without a word."""

import importlib
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def trust():
    sys.path.insert(0, str(ROOT / "tools"))
    return importlib.import_module("make_trust")


def test_the_page_is_what_the_list_and_the_markers_say_now(trust):
    """Make it anew with: python tools/make_trust.py."""
    assert trust.PAGE.read_text("utf-8") == trust.page()


def test_every_marker_names_a_requirement(trust):
    assert set(trust.tests()[1]) <= {row.id for row in trust.requirements()}


def test_every_named_test_is_there_once(trust):
    places, _ = trust.tests()
    for row in trust.requirements():
        for name in row.tests:
            assert len(places.get(name, [])) == 1, (row.id, name)


def test_what_nothing_shows_says_what_is_missing(trust):
    """A requirement without a test is never silent, and no test makes it shown while something is missing."""
    _, marked = trust.tests()
    for row in trust.requirements():
        shown = [*marked.get(row.id, []), *row.tests]
        assert shown or row.missing, row.id
        assert (trust.state(row, shown) == "shown") == bool(shown and not row.missing)
