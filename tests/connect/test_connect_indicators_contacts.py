"""Indicators of how one reaches the advertiser: one way of writing a number, or two; one number for long."""

from __future__ import annotations

import gc
import json

import pytest
from connect_cases import ad, run, text

from homeward.connect.indicators import ways
from homeward.connect.written import HIDDEN, NEITHER, PLAIN, way_of

STRANGERS = [ad(f"m{i}", text(900 + i, 9), city=f"Farm {i}") for i in range(300)]
ONE, TWO = "+17025550101", "+17025550102"


def found(ads):
    """What was found about the group of ad a0, by indicator."""
    made = run([*ads, *STRANGERS])
    group = {row["ad"]: row["network"] for row in made["members"].to_pylist()}["a0"]
    return {row["indicator"]: row for row in made["findings"].to_pylist() if row["identity"] == group}


def one_person(*, hides):
    """Four wordings of Amber under one number; `hides` says in which of them it is spelled out."""
    return [ad(f"a{i}", text(i), day=i, phone=ONE, name="Amber", obscured=hides[i]) for i in range(4)]


def test_a_number_spelled_here_and_plain_there_is_told():
    told = found(one_person(hides=(True, False, False, True)))["number_written_two_ways"]
    assert told["sentence"] == (
        "Number (702) 555-0101 spelled with words, symbols or gaps in 2 wordings and written plainly in 2"
    )
    assert {("phone", ONE)} == {(kind, value) for _, kind, value in json.loads(told["mentions"])}
    once = found(one_person(hides=(True, False, False, False)))["number_written_two_ways"]
    assert once["sentence"].endswith("in 1 wording and written plainly in 3")
    assert once["weight"] < told["weight"]


def test_numbers_of_one_name_are_told_by_the_name():
    """Amber's number is replaced, and with it how it is written: no number is written two ways, hers are."""
    ads = [{**a, "photo": "one", "body": text(1)} for a in one_person(hides=(True, True, False, False))]
    told = found([{**a, "phone": TWO} if a["day"] > 1 else a for a in ads])["number_written_two_ways"]
    assert told["sentence"].startswith("Number given for Amber spelled with words")
    said = {("phone", ONE), ("phone", TWO), ("name", "Amber")}
    assert said == {(kind, value) for _, kind, value in json.loads(told["mentions"])}


@pytest.mark.parametrize(
    ("raw", "way"),
    [
        ("(702) 555-0101", PLAIN), ("+1 702.555.0101", PLAIN), ("7025550101", PLAIN),
        ("seven02 555 0101", HIDDEN), ("702 five five five 0101", HIDDEN), ("7*0*2*5*5*5*0*1*0*1", HIDDEN),
        ("702] [555] [0101", HIDDEN), ("(702) (555) (0101", NEITHER), ("702 | 555 | 0101", NEITHER),
        ("702, then dial 555 0101", NEITHER),
    ],
)  # fmt: skip
def test_odd_marks_and_phrases_between_figures_are_not_plain(raw, way):
    """Only usual forms are plain; what a hand fond of marks writes with brackets for once is not."""
    assert way_of(raw, ONE, obscured=way != PLAIN and raw[0] != "(" and "|" not in raw) == way


def test_no_group_outlives_its_run():
    """A group holds every ad of its run: what several rules ask of it is kept only while it is looked at."""
    assert "number_written_two_ways" in found(one_person(hides=(True, False, False, True)))
    gc.collect()
    assert len(ways._told) == 0


def test_a_number_always_written_one_way_is_not():
    assert "number_written_two_ways" not in found(one_person(hides=(True,) * 4))
    assert "number_written_two_ways" not in found(one_person(hides=(False,) * 4))


def test_who_speaks_of_our_ladies_is_not_taken_for_one_person():
    """The same four ads of one name, where two of them speak of others too."""
    for words, alone in (("", True), (" Meet our ladies.", False)):
        ads = [{**a, "day": 9 * a["day"]} for a in one_person(hides=(False,) * 4)]
        told = found([{**a, "body": a["body"] + words} if a["day"] > 9 else a for a in ads])
        assert ("one_steady_person" in told) is ("one_name_only" in told) is alone


def test_a_number_beside_an_address_is_hers_if_no_other_stands_there():
    """Amber's two numbers, each beside an e-mail address; a rival's number beside hers is none of her own."""
    ads = [ad(f"a{i}", text(i % 2), day=3 * i, phone=(ONE, TWO)[i // 2], name="Amber", photo="one",
              email=f"amber{i // 2}@mailbox.test") for i in range(4)]  # fmt: skip
    assert found(ads)["rotating_numbers"]["sentence"] == "2 numbers in 9 days"
    rival = [{**a, "phone": ONE, "second": TWO if a["day"] == 9 else None} for a in ads]
    assert "rotating_numbers" not in found(rival)


def office(*, days, hidden=False):
    """One wording for two names under one number, over so many days."""
    return [
        ad(
            f"a{i}", text(1), day=i * days // 5, phone=ONE, name=("Amber", "Bella")[i % 2],
            age=str(30 + i), obscured=hidden and i % 2 > 0,
        )
        for i in range(6)
    ]  # fmt: skip


def test_one_plain_number_tells_nothing_against_where_names_share_a_picture():
    assert "steady_open_contact" not in found([{**a, "photo": "one"} for a in office(days=30)])


def test_one_plain_number_for_several_names_tells_against_the_more_the_longer():
    month, two = (found(office(days=days))["steady_open_contact"] for days in (30, 60))
    assert two["weight"] < month["weight"] < 0
    assert month["sentence"].endswith("in 1 of 1 wordings that give a number, over 30 days")


def test_a_few_days_or_a_hidden_number_tell_nothing():
    assert "steady_open_contact" not in found(office(days=10))
    assert "steady_open_contact" not in found(office(days=60, hidden=True))


def test_a_person_stands_alone_only_while_her_number_is_written_in_one_way():
    """Four weeks of one name and number; where it is spelled out now and then, several hands may write."""
    for hides, steady in (((False,) * 4, True), ((True, False, False, True), False)):
        ads = [{**a, "day": 9 * a["day"]} for a in one_person(hides=hides)]
        assert ("one_steady_person" in found(ads)) is steady
        assert ("one_name_only" in found(ads)) is steady
