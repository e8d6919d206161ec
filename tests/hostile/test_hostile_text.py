"""Hostile text: every reader ends, keeps its offsets and keeps to the cap. Times are only printed."""

from __future__ import annotations

import time

import pytest

from homeward.extract.read import MOST_OF_A_KIND, read_text

SIZE = 250_000  # characters; the larger of the two texts is twice as long

TEXTS = {
    "one letter": "a",
    "one digit": "7",
    "spaced digits": "7 ",
    "brackets": "([{<",
    "signs": "@",
    "dots": "a.",
    "dashes": "7-",
    "zero width": "\u200b7",
    "look-alikes": "Ꮇ",
    "cyrillic": "о7",
    "keycaps": "7\ufe0f\u20e3",
    "digit words": "seven ",
    "weak words": "to for oh ",
    "leet": "o7l1",
    "prices": "$100 hr ",
    "cities": "new york ",
    "dollars": "$",
    "slashes": "http://",
    "hex": "abcd 1234 ",
    "run together": "sevenoh",
    "ages": "23 yo ",
    "commas": "7,",
    "colons": "10:00-",
    "chinese": "七",
    "handles": "snap: rose_1 Amber ",
    "signatures": "soon, Robin\n\n",
    "pluses": "+1 ",
    "spaced look-alikes": "Ʒ 7 ",
}


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_a_long_text_of_one_thing_is_read_to_its_end(name):
    unit, times = TEXTS[name], []
    for size in (SIZE // 10, SIZE // 5):
        text = (unit * (size // len(unit) + 1))[:size]
        began = time.perf_counter()
        mentions = read_text(text)
        times.append(time.perf_counter() - began)
        for kind in {m.kind for m in mentions}:
            assert sum(m.kind == kind for m in mentions) <= 2 * MOST_OF_A_KIND
        assert all(text[m.span.start : m.span.end] == m.raw for m in mentions)
    print(f"{name}: {times[0]:.3f} s, doubled {times[1]:.3f} s, ratio {times[1] / times[0]:.1f}")


def test_ten_thousand_numbers_in_one_ad_are_capped_and_say_so():
    text = "\n".join(f"702-555-{n % 10000:04}" for n in range(10_000))
    phones = [m for m in read_text(text) if m.kind == "phone"]
    assert len(phones) == MOST_OF_A_KIND
    assert phones[-1].detail["capped"] > 6_000


@pytest.mark.parametrize(
    "text", ["", "\x00", "\ud800", "\ud83d", "a\x00702-555-0134", "\u202e4310-555-207", "e" + "\u0301" * 5000]
)
def test_odd_characters_are_ordinary(text):
    for mention in read_text(text):
        assert text[mention.span.start : mention.span.end] == mention.raw
