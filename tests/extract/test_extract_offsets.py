"""Every mention is cut from the text as received, and folding is stable."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.extract.read import read_text
from homeward.extract.text.normalise import CHANGING, normalise

PIECES = st.sampled_from(
    [
        "702-555-0134",
        "7️⃣0️⃣2️⃣",
        "ﬁ",
        "Ꮇᗴ",
        "\u200b",
        "five55",
        "@",
        "gmail.com",
        "½",
        "é",
        "e\u0301",
        "привет",
        "О",
        "€",
        "🌸",
        "\ud800",
    ]
)
TEXTS = st.lists(st.one_of(st.text(max_size=8), PIECES), max_size=20).map("".join)


@settings(max_examples=50, deadline=None)
@given(TEXTS)
def test_each_mention_is_cut_from_the_text_as_received(text):
    for mention in read_text(text):
        assert text[mention.span.start : mention.span.end] == mention.raw


@settings(max_examples=50, deadline=None)
@given(TEXTS)
def test_folding_twice_changes_nothing(text):
    once = normalise(text).text
    assert normalise(once).text == once


@settings(max_examples=50, deadline=None)
@given(TEXTS)
def test_each_folded_character_knows_the_one_it_came_from(text):
    folded = normalise(text)
    for at in range(len(folded.text)):
        span = folded.span(at, at + 1)
        assert 0 <= span.start < span.end <= len(text)
        first, last = folded.fold(span.start, span.end)
        assert first <= at < last


def test_no_character_expands_beyond_a_few():
    """The folded text is at most six times as long, for every character there is."""
    for char in CHANGING:
        folded = normalise(char).text
        assert len(folded) <= 6
        assert normalise(folded).text == folded
    others = "".join(c for c in map(chr, range(sys.maxunicode + 1)) if c not in CHANGING)
    assert normalise(others).text == others


@pytest.mark.parametrize(
    ("text", "country", "said"),
    [
        ("اتصل بي على ٧٠٢-٥٥٥-٠١٣٤ الآن", None, {"+17025550134": "٧٠٢-٥٥٥-٠١٣٤"}),
        ("שלום, 052-555-0134 בתל אביב", "IL", {"+972525550134": "052-555-0134"}),
        ("\u202eהתקשרו 702-555-0134\u202c עכשיו", None, {"+17025550134": "702-555-0134"}),
        ("טלפון \u200e+972 52-555-0134\u200e", None, {"+972525550134": "+972 52-555-0134"}),
        ("call \u2067702-555-0134\u2069, я Анна", None, {"+17025550134": "702-555-0134", "Анна": "Анна"}),
        ("مرحبا I'm Amber, 24 سنة, amber@mailbox.test", None,
         {"Amber": "Amber", "24": "24", "amber@mailbox.test": "amber@mailbox.test"}),
        ("رقم الطلب ٧٠٢٥٥٥٠١٣٤", None, {}),
        ("רחוב הרצל 12, חדר 702, הזמנה 7025550134", "IL", {}),
        ("שעות 9:00-21:00", "IL", {"Mo-Su 09:00-21:00": "9:00-21:00"}),
    ],
)  # fmt: skip
def test_right_to_left_and_mixed_scripts_keep_their_places(text, country, said):
    found = [m for m in read_text(text, country=country) if m.kind != "language"]
    assert {m.value: m.raw for m in found} == said
    assert all(text[m.span.start : m.span.end] == m.raw for m in found)
