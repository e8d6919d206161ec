"""Indicators of who is advertised: friends who name each other are not a picture used for somebody else."""

from __future__ import annotations

from connect_cases import ad, run, text

STRANGERS = [ad(f"m{i}", text(900 + i, 9), city=f"Farm {i}") for i in range(300)]
ONE, TWO = "+17025550101", "+17025550102"


def found(ads):
    """What was found about the group of ad a0, by indicator."""
    made = run([*ads, *STRANGERS])
    group = {row["ad"]: row["network"] for row in made["members"].to_pylist()}["a0"]
    return {row["indicator"]: row for row in made["findings"].to_pylist() if row["identity"] == group}


def two_people(*, friends):
    """Amber and Bella under one number, each with her own wording; one picture stands in ads of both."""
    return [
        ad(
            f"a{i}", text(i % 2), day=i, phone=ONE, name=("Amber", "Bella")[i % 2],
            friend=("Bella", "Amber")[i % 2] if friends else None, photo="p1",
        )
        for i in range(6)
    ]  # fmt: skip


def test_a_picture_under_two_names_is_told():
    told = found(two_people(friends=False))
    assert (
        told["one_photo_many_names"]["sentence"]
        == "One photo is shown under different names: Amber and Bella"
    )
    assert "each_her_own_wording" not in told


def test_friends_who_name_each_other_show_themselves():
    told = found(two_people(friends=True))
    assert "one_photo_many_names" not in told
    assert told["each_her_own_wording"]["weight"] < 0


def test_two_who_stand_in_no_ad_together_are_less_surely_a_pair():
    apart = found(
        [ad(f"a{i}", text(i % 2), day=i, phone=ONE, name=("Amber", "Bella")[i % 2]) for i in range(6)]
    )
    together = found(two_people(friends=True))
    assert together["each_her_own_wording"]["weight"] < apart["each_her_own_wording"]["weight"] < 0
    assert "in one ad together" not in apart["each_her_own_wording"]["sentence"]


def once_beside(name, friend=None):
    """Amber in three ads of one number, and one more ad that gives `name`, and perhaps a second one."""
    amber = [ad(f"a{i}", text(1), day=i, phone=ONE, name="Amber") for i in range(3)]
    return found([*amber, ad("a3", text(2), day=20, phone=ONE, name=name, friend=friend)])


def test_an_ad_for_another_name_alone_is_of_no_single_person():
    assert not {"one_name_only", "one_steady_person"} & set(once_beside("Bella"))


def test_a_name_read_once_beside_hers_may_be_a_misreading():
    assert {"one_name_only", "one_steady_person"} <= set(once_beside("Amber", "Hope"))


def numbers(*, shared):
    """Two people of two wordings and two numbers; Amber stands under both numbers, or each under her own."""
    amber = [ad(f"a{i}", text(1), day=i, phone=ONE, name="Amber", photo="p1") for i in range(3)]
    other = [ad(f"a{3 + i}", text(1), day=4 + i, phone=TWO, name="Amber", photo="p1") for i in range(2)]
    bella = [
        ad(f"b{i}", text(2), day=i, phone=ONE if shared else TWO, name="Bella", photo="p2") for i in range(3)
    ]
    return [*amber, *(other if shared else []), *bella]


def test_one_of_several_people_under_two_numbers_is_told():
    assert found(numbers(shared=True))["rotating_numbers"]["sentence"] == "2 numbers in 4 days"


def test_two_people_with_a_number_each_are_two_people():
    assert "rotating_numbers" not in found(numbers(shared=False))


def test_two_who_each_give_the_others_number_too_pass_none_on():
    """An ad with both numbers, of two who work together, is not one number given to somebody else."""
    both = [
        ad(
            f"a{i}", text(i % 2), day=i, phone=(ONE, TWO)[i % 2], name=("Amber", "Bella")[i % 2],
            second=(TWO, ONE)[i % 2] if i > 3 else None,
        )
        for i in range(8)
    ]  # fmt: skip
    told = found(both)
    assert "rotating_numbers" not in told
    assert told["each_her_own_wording"]["weight"] < 0


def test_a_group_that_names_nobody_on_one_number_may_be_one_person():
    nobody = [ad(f"a{i}", text(1), day=i, phone=ONE, city=f"Town {i}") for i in range(3)]
    assert found(nobody)["one_name_only"]["sentence"] == "No name, and one number at most"


def test_nobody_named_on_several_numbers_may_be_many():
    nobody = [ad(f"a{i}", text(1), day=i, phone=(ONE, TWO)[i % 2], photo="p1", city="Reno") for i in range(4)]
    assert "one_name_only" not in found(nobody)
