"""A lead's kind of place is told by its wordings and never counted."""

from __future__ import annotations

import inspect

import pytest
from connect_cases import ad, run, text

from homeward.connect import indicators, rank

PHONE = "+17755550101"


def kind(words, names, **rest):
    ads = [
        ad(f"a{i}", f"{text(i)} {words}", phone=PHONE, name=name, day=i, obscured=True, **rest)
        for i, name in enumerate(names)
    ]
    strangers = [ad(f"s{i}", text(100 + i), phone=f"+1775555{i:04}") for i in range(40)]
    [lead] = run([*ads, *strangers])["leads"].to_pylist()
    return lead["venue_type"]


THREE = ("Amber", "Bella", "Carla", "Amber")


@pytest.mark.parametrize(
    ("words", "names", "expected"),
    [
        ("massage in our quiet spa", THREE, "massage business"),
        ("massage", THREE, "unknown"),
        ("our ladies await", THREE, "agency"),
        ("nice company", THREE, "unknown"),
        ("nice company", ("Amber",) * 4, "independent"),
        ("our ladies await", ("Amber",) * 4, "unknown"),
    ],
)
def test_the_kind_of_place_is_told_by_plain_rules(words, names, expected):
    assert kind(words, names) == expected


def test_no_indicator_and_no_score_reads_it():
    for module in (rank, *indicators._ROOMS):
        assert "venue_type" not in inspect.getsource(module)
