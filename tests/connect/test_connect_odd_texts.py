"""Odd texts: whatever an ad is made of, everything is built, and the ad is in its group."""

import json

import pytest
from connect_cases import ad, run
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.connect.slots import induce

SIGNS = "\u2122 \u2116 \u2121 \u00d7 \u2105 \u213b"  # read as letters where wordings are compared, and none


@pytest.mark.parametrize(
    "text", [SIGNS, "\u00d7", "\u0ece \u0cf3", "\x18\x18", "\u200b", "\u0301\u0302", " "]
)
def test_ads_of_no_letters_are_built_like_any(text):
    made = run([ad("a", text, phone="+17025550134"), ad("b", text, phone="+17025550134"), ad("c", "hello")])
    network = {row["ad"]: row["network"] for row in made["members"].to_pylist()}
    assert network["a"] == network["b"] != network["c"]


def test_a_template_of_signs_is_spelled_as_it_is():
    made = run([ad("a", SIGNS), ad("b", SIGNS), ad("c", SIGNS[::-1])])
    (template,) = made["templates"].to_pylist()
    assert template["ads"] == ["a", "b"]
    assert json.loads(template["pattern"]) == [{"text": SIGNS}]


@settings(deadline=None, max_examples=10)
@given(texts=st.lists(st.text(SIGNS, max_size=6) | st.text(max_size=12), min_size=1, max_size=9))
def test_any_texts_are_built(texts):
    ads = [ad(f"{n}{copy}", text, phone=f"+170255501{n:02}") for n, text in enumerate(texts) for copy in "ab"]
    made = run(ads)
    members = {row["ad"]: row["network"] for row in made["members"].to_pylist()}
    assert sorted(members) == sorted(one["id"] for one in ads)
    assert all(members[f"{n}a"] == members[f"{n}b"] for n in range(len(texts)))
    assert all(json.loads(row["pattern"]) for row in made["templates"].to_pylist())


@pytest.mark.timeout(40)
def test_a_template_of_very_long_texts_is_spelled_out():
    """An ad may have a million words: what fills each slot is found without going through all of them."""
    chief = [f"wo{n}" for n in range(250_000)]
    other = [word if n % 8 else f"{word}x" for n, word in enumerate(chief)]
    pieces = induce(" ".join(chief), [other])
    assert [piece.values for piece in pieces if piece.slot] == [2] * 31_250
