"""Which ads of one network advertise one person."""

from __future__ import annotations

import pyarrow as pa
from connect_cases import ad, groups, inputs, run, text

from homeward.connect.personas import Told, persons_of

PHONE = "+17755550101"


def personas(*ads):
    return groups(run(list(ads)), "persona")


def more(id, name, **rest):
    return ad(id, text(id), phone=PHONE, name=name, **rest)


def test_two_names_are_twopersons_of():
    assert personas(more("a", "Amber"), more("b", "Bella"), more("c", "Amber")) == [{"a", "c"}, {"b"}]


def test_a_nameless_ad_goes_with_two_clues():
    own = ad("c", text(1), phone=PHONE, photo="p1", age="30")
    her = ad("a", text(2), phone=PHONE, name="Amber", photo="p1", age="30")
    assert personas(her, more("b", "Bella"), own) == [{"a", "c"}, {"b"}]


def test_a_nameless_ad_stays_apart_with_one_clue_or_another_age():
    her = ad("a", text(2), phone=PHONE, name="Amber", photo="p1", age="30")
    picture = ad("c", text(1), phone=PHONE, photo="p1")
    older = ad("c", text(2), phone=PHONE, photo="p1", age="40")
    for alone in (picture, older):
        assert personas(her, more("b", "Bella"), alone) == [{"a"}, {"b"}, {"c"}]


def test_two_friends_who_name_each_other_are_told_apart_by_their_wordings():
    ads = [ad(f"f{i}", text(own), phone=PHONE, name="Amber") for i, own in enumerate((1, 1, 2, 2))]
    strangers = [ad(f"s{i}", text(100 + i)) for i in range(30)]
    given = inputs(ads + strangers)
    rows = given["mentions"].to_pylist()
    beside = [{**row, "value": "Bella"} for row in rows if row["kind"] == "name"]
    given["mentions"] = pa.Table.from_pylist(rows + beside, schema=given["mentions"].schema)
    assert groups(run(ads, given=given), "persona")[:2] == [{"f0", "f1"}, {"f2", "f3"}]


def test_a_name_beside_every_other_tells_nobody_apart():
    told = [Told(i, i, (9, i % 4), frozenset(), ()) for i in range(8)]
    found = persons_of(told, {})
    assert [found[i] for i in range(8)] == [0, 1, 2, 3, 0, 1, 2, 3]


def test_a_name_beside_one_other_is_somebody():
    told = [Told(i, 0, (9, 1), frozenset(), ()) for i in range(4)]
    assert set(persons_of(told, {}).values()) == {0}


def test_two_ages_far_apart_under_one_name_are_twopersons_of():
    young = [more(f"a{i}", "Amber", age="23") for i in range(2)]
    old = [more(f"b{i}", "Amber", age="35") for i in range(2)]
    assert personas(*young, *old) == [{"a0", "a1"}, {"b0", "b1"}]


def test_a_birthday_under_one_name_is_one_person():
    young = [more(f"a{i}", "Amber", age="23") for i in range(2)]
    old = [more(f"b{i}", "Amber", age="24") for i in range(2)]
    assert personas(*young, *old) == [{"a0", "a1", "b0", "b1"}]


def test_one_odd_age_parts_nobody():
    young = [more(f"a{i}", "Amber", age="23") for i in range(3)]
    assert personas(*young, more("b0", "Amber", age="53")) == [{"a0", "a1", "a2", "b0"}]


def shown(id, wording, photo):
    return ad(id, text(wording), phone=PHONE, name="Amber", photo=photo)


def test_other_wordings_with_other_pictures_under_one_name_are_twopersons_of():
    one = [shown("a0", 1, "p1"), shown("a1", 1, "p2")]
    other = [shown("b0", 2, "p3"), shown("b1", 2, "p4")]
    strangers = [ad(f"s{i}", text(100 + i)) for i in range(30)]
    assert personas(*one, *other, *strangers)[:2] == [{"a0", "a1"}, {"b0", "b1"}]
    held = [{**other[0], "photo": "p1"}, other[1]]
    assert personas(*one, *held, *strangers)[0] == {"a0", "a1", "b0", "b1"}


def test_a_nameless_ad_with_pictures_of_nobody_known_stays_apart():
    her = [ad(f"a{i}", text(1), phone=PHONE, name="Amber", photo=f"p{i % 2}", age="30") for i in range(3)]
    strange = ad("c", text(1), phone=PHONE, photo="q", age="30")
    known = {**strange, "photo": "p1"}
    assert {"c"} in personas(*her, more("b", "Bella"), strange)
    assert {"c"} not in personas(*her, more("b", "Bella"), known)


def test_a_name_in_all_ads_beside_another_in_many_tells_nobody_apart():
    """Half of the ads name 9 alone, the others somebody else too: 9 is the account's name."""
    told = [Told(i, 0, ((9,), (9, 1), (9,), (9, 2))[i % 4], frozenset(), ()) for i in range(8)]
    found = persons_of(told, {})
    assert found[0] == found[2] == 0
    assert (found[1], found[3]) == (found[5], found[7]) == (1, 3)
