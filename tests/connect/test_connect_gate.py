"""The gate of a release stops a version that is often wrong, or wrong of some people more than of others."""

import subprocess
import sys

import pytest

from bench.quality.gate import LEAST, Person, blocks, compare, right_by_word

GOOD, WORDS = {"standard": 0.96, "sparse": 0.9}, {"more": (90, 100), "some": (30, 60), "little": (5, 80)}


def people(**called):
    """A hundred people of each language, so many of whom are called; all of one region and one site."""
    place = ("North", "board.test")
    return [Person(n < some, (name, *place)) for name, some in called.items() for n in range(100)]


@pytest.mark.trust("SAF-4")
def test_a_version_that_is_right_and_even_goes_out():
    compared = compare(people(en=6, es=7, fr=5, de=6))
    assert len(compared) == 4 and blocks(GOOD, WORDS, compared) == []


@pytest.mark.trust("SAF-4")
def test_one_that_calls_some_people_wrongly_more_often_does_not():
    [said] = blocks(GOOD, WORDS, compare(people(en=3, es=40, fr=5, de=4)))
    assert "language es" in said and "at most 1.25" in said


@pytest.mark.trust("SAF-4")
def test_of_a_few_people_nothing_is_told():
    """One called of a handful is a ratio of nothing; of thirty it is one with a wide interval."""
    few = [Person(n == 0, ("nl", "North", "board.test")) for n in range(LEAST - 1)]
    compared = compare([*people(en=6, es=6), *few])
    assert {one.group for one in compared} == {"en", "es"}
    enough = compare([*people(en=6, es=6), *few, few[1]])
    [dutch] = [one for one in enough if one.group == "nl"]
    assert dutch.low < 1 < dutch.high and blocks(GOOD, WORDS, enough) == []


@pytest.mark.trust("SAF-4")
def test_one_that_is_wrong_too_often_or_whose_words_mislead_does_not_go_out():
    assert "0.82" in blocks({**GOOD, "hard": 0.82}, WORDS, [])[0]
    assert "80%" in blocks(GOOD, {**WORDS, "more": (80, 100)}, [])[0]
    assert "less often" in blocks(GOOD, {**WORDS, "some": (59, 60)}, [])[0]
    assert right_by_word([("more", True), ("more", None), ("some", False)]) == {
        "more": (1, 1), "some": (0, 1), "little": (0, 0),
    }  # fmt: skip


@pytest.mark.soak
@pytest.mark.trust("SAF-4")
@pytest.mark.timeout(3600)
def test_this_version_may_go_out():
    """The locked worlds themselves."""
    done = subprocess.run([sys.executable, "-m", "bench.quality.gate"], capture_output=True, text=True)
    print(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
