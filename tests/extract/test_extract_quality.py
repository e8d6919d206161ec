"""The aims of reading hold on generated sets: the table of `bench.quality.reading`, in small."""

from __future__ import annotations

import pytest

from bench.quality.reading import __main__ as table
from bench.quality.reading.sets import SETS

SEED, TEXTS = 31, 78
SLACK = 0.02  # a few dozen texts measure a share only roughly


@pytest.mark.parametrize("name", [name for name in SETS if name != "no phone"])
def test_a_kind_reaches_its_aim(name):
    make, aim = SETS[name]
    rows = make(TEXTS, SEED)
    text, good = table.line(name, table.OURS, rows, [table.ours(row) for row in rows], aim - SLACK)
    assert good, text


def test_texts_without_a_number_get_none():
    rows = SETS["no phone"].make(TEXTS, SEED)
    text, good = table.line("no phone", table.OURS, rows, [table.ours(row) for row in rows], 0.0)
    assert good, text


def test_a_hidden_number_is_read_like_its_plain_twin_and_letters_fold():
    assert table.twins(TEXTS, SEED) >= table.TWINS - SLACK
    assert table.folded()[0] >= table.LETTERS


def test_the_table_tells_what_falls_short():
    """A reader that reads nothing misses its aim."""
    rows = SETS["age"].make(TEXTS, SEED)
    text, good = table.line("age", table.OURS, rows, [{"values": [], "seconds": 0.0}] * len(rows), 0.95)
    assert not good and "falls short" in text
