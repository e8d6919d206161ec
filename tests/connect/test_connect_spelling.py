"""Words whose letters are hidden are compared as what they stand for."""

import pytest

from homeward.connect.signature import fold
from homeward.connect.spelling import reveal, sounded


@pytest.mark.parametrize("hidden", ["m4ssage", "massag3", "masssage"])
def test_digits_in_words_are_letters(hidden):
    assert sounded(hidden) == sounded("massage")


def test_numbers_are_fillings_with_their_unit():
    assert sounded("24") == sounded("1999")
    assert sounded("30min") == sounded("45min") != sounded("30ft")


def test_other_words_stay_apart():
    assert len({sounded(word) for word in ("massage", "message", "mansion", "relax", "24")}) == 5


@pytest.mark.parametrize(
    "hidden",
    [
        "r e l a x with me",
        "r.e.l.a.x w.i.t.h me",
        "rel@x with me",
        "relax  w i t h  me",
        "re\u200blаx with me",
    ],
)
def test_letters_set_apart_or_as_signs_are_words(hidden):
    """Blanks, points, signs, zero-width and look-alike letters: the words are there again."""
    assert reveal([fold(hidden)])[0].split() == ["relax", "with", "me"]


def test_what_is_no_hidden_word_is_left():
    plain = ["me & you @ noon, a - b", "cash $ only!", "i a", ""]
    assert reveal(plain) == plain
