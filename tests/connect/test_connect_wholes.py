"""What single ads do not say together, their groups may: each kind once, and more for larger groups."""

from __future__ import annotations

import numpy as np
from connect_cases import ad, groups, run, text

from homeward.connect.wholes import _needed

STRANGERS = [ad(f"s{i}", text(500 + i, 9), city=f"City {i}", name=f"Name{i}") for i in range(900)]
PHONE, OTHER = "+17755550134", "+17025550135"
KNOWN = [
    ad("k0", text(1), phone=PHONE, photo="p1", name="Amber", city="Elko"),
    ad("k1", text(2), phone=PHONE, photo="p2", name="Bella", city="Sparks"),
]


def with_known(one):
    made = groups(run([*KNOWN, one, *STRANGERS]))
    return {"a", "k0", "k1"} in made


def test_a_picture_of_one_ad_and_the_name_of_another_join_the_group():
    assert with_known(ad("a", text(3), photo="p1", name="Bella", city="Reno"))


def test_a_picture_alone_joins_nobody():
    assert not with_known(ad("a", text(3), photo="p1", name="Carla", city="Reno"))


def test_without_the_group_between_them_they_are_apart():
    apart = [{**KNOWN[0], "phone": "+17755550177"}, KNOWN[1]]
    one = ad("a", text(3), photo="p1", name="Bella", city="Reno")
    made = groups(run([*apart, one, *STRANGERS]))
    assert {"k0"} in made and {"k1"} in made and {"a"} in made


def test_links_tell_which_ads_said_what():
    made = run([*KNOWN, ad("a", text(3), photo="p1", name="Bella", city="Reno"), *STRANGERS])
    rows = [row for row in made["links"].to_pylist() if row["kind"] != "phone"]
    told = {(frozenset((row["a"], row["b"])), row["kind"]) for row in rows}
    assert told == {(frozenset(["a", "k0"]), "photo"), (frozenset(["a", "k1"]), "name")}


def test_larger_groups_must_agree_on_more():
    needed = _needed(np.array([1, 2, 4, 8]), 0.0)
    assert (np.diff(needed) > 0).all()


def test_a_cut_holds_for_wholes_too():
    one = ad("a", text(3), photo="p1", name="Bella", city="Reno")
    made = groups(run([*KNOWN, one, *STRANGERS], judgements=[("a", "k0", "different")]))
    assert not any({"a", "k0"} <= some for some in made)


def one_wording(count, *, phone):
    """Ads of one wording, every one in another town, two of them naming Bella."""
    return [
        ad(f"a{i}", text(3), name="Bella" if i < 2 else f"Girl{i}", city=f"Town {i}", age=str(21 + i),
           phone=f"+1777555{i:04}" if phone else None)
        for i in range(count)
    ]  # fmt: skip


def test_ads_without_any_contact_do_not_make_their_wording_common():
    """Twenty ads that give no number may be one person's; twenty numbers under one wording are not."""
    masked = groups(run([*one_wording(20, phone=False), *STRANGERS]))
    numbered = groups(run([*one_wording(20, phone=True), *STRANGERS]))
    assert any({"a0", "a1"} <= some for some in masked)
    assert not any({"a0", "a1"} <= some for some in numbered)


def test_names_at_odds_keep_one_wording_without_contact_apart():
    """The negative twin: nothing but the wording, and another name in every ad."""
    made = groups(run([*one_wording(20, phone=False), *STRANGERS]))
    assert not any({"a2", "a3"} <= some for some in made)


def tied(*, city):
    """Ads under two numbers, one of which gives both; Amber is named on either side."""
    return [
        *(ad(f"a{i}", text(i), phone=PHONE, name="Amber", city="Elko") for i in range(2)),
        ad("b0", text(2), phone=OTHER, name="Amber", city=city, second=PHONE),
        *(ad(f"b{i}", text(2 + i), phone=OTHER, name="Amber", city=city) for i in range(1, 4)),
    ]


def test_a_name_and_one_ad_with_the_others_number_join_no_two_groups():
    made = groups(run([*tied(city="Reno"), *STRANGERS]))
    assert {"a0", "a1"} in made and {"b0", "b1", "b2", "b3"} in made


def test_with_a_town_in_common_too_they_do():
    assert {"a0", "a1", "b0", "b1", "b2", "b3"} in groups(run([*tied(city="Elko"), *STRANGERS]))
