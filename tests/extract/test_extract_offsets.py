"""Every mention is cut from the text as received, and folding is stable."""

from __future__ import annotations

import sys

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
