"""What links two posters, and what is common among strangers and therefore does not."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pyarrow as pa
import pytest
from connect_cases import ad, groups, inputs, run, text

from homeward.connect import parameters as p
from homeward.connect.bridges import standing
from homeward.connect.evidence import _shared
from homeward.connect.links import COLUMNS, Compared, _borrowers, _breadth, _contact, _hold_weak, _most
from homeward.connect.spoken import spell
from homeward.engine.local import LocalEngine

PHONES = [f"+1775555{n:04}" for n in range(100, 200)]
STRANGERS = [ad(f"s{i}", text(500 + i), city=f"City {i}") for i in range(80)]


def together(*ads):
    made = groups(run([*ads, *STRANGERS]))
    return [some for some in made if not {"a", "b"}.isdisjoint(some)]


def poster(id, number, **rest):
    return ad(id, text(number), phone=PHONES[number], name="Amber", age="30", **rest)


def test_a_name_an_age_and_a_city_join_nobody():
    assert together(poster("a", 1), poster("b", 2)) == [{"a"}, {"b"}]


def test_with_a_picture_they_do():
    assert together(poster("a", 1, photo="p1"), poster("b", 2, photo="p1")) == [{"a", "b"}]


def test_an_address_in_one_ad_of_another_poster_ties_and_a_number_does_not():
    """A number may be misread or a rival's, a short handle a word; an address is neither misread nor lent."""
    tie = np.array([0]), np.array([1]), np.array([1])
    posters = SimpleNamespace(
        count=2, among=2, size=np.array([4, 4]), shared_a=tie[0], shared_b=tie[1], shared_ads=tie[2],
        shared_value=np.array([0]),
    )  # fmt: skip
    said = (("phone", "+17025550101"), ("handle", "snapchat:now"), ("email", "amber@mailbox.test"))
    number, word, address = (
        _contact(
            SimpleNamespace(value_kind=np.array([kind]), value_text=np.array([text])), posters,
            np.array([[0, 1]]),
        )[0]
        for kind, text in said
    )  # fmt: skip
    assert number < word < p.LINK <= address


@pytest.mark.parametrize(("theirs", "stands"), [(1, True), (3, False)])
def test_a_picture_alone_does_not_bridge_two_groups_of_many_ads(theirs, stands):
    """A scam of eight ads shows a picture of a poster of three, whose wording so many posters have."""
    pairs = np.array([[0, 1], *([1, 1 + i] for i in range(1, theirs))])
    weights = np.zeros((len(pairs), len(COLUMNS)))
    weights[0, COLUMNS.index("photo")] = weights[1:, COLUMNS.index("template")] = p.LINK + 0.5
    posters = SimpleNamespace(count=1 + theirs, size=np.array([8] + [3] * theirs))
    with LocalEngine() as engine:
        held = standing(posters, Compared(pairs, weights, 0.0, np.zeros((len(pairs), 8), int)), engine)
    assert held.tolist() == [stands] + [True] * (theirs - 1)


def test_a_handle_is_hers_after_a_silence_and_a_number_may_be_anothers():
    """Two ads sixty days apart that share nothing but a contact."""
    for kind, one in (("phone", False), ("email", True)):
        said = {"phone": PHONES[5]} if kind == "phone" else {"email": "amber@mailbox.test"}
        assert (len(together(ad("a", text(1), **said), ad("b", text(2), day=60, **said))) == 1) is one


def test_weak_kinds_are_held_short_and_others_are_not():
    weights = np.zeros((2, len(COLUMNS)))
    weights[:, COLUMNS.index("name")] = 9.0
    weights[1, COLUMNS.index("template")] = 1.0
    _hold_weak(weights, 6.5)
    assert weights[0, COLUMNS.index("name")] == 6.5
    assert weights[1, COLUMNS.index("name")] == 9.0


class Cities:
    def __init__(self, *rows):
        from scipy.sparse import csr_matrix

        self.matrix = csr_matrix(np.array(rows, dtype=float))

    def broad(self, *pairs, wholes=False):
        shared = _most(self, np.ones(self.matrix.shape[1]), np.array(pairs))[2]
        return _breadth(self, np.array(pairs), shared, wholes=wholes)


def test_sharing_one_of_many_says_less_than_sharing_all():
    said = Cities([1, 1, 1, 1], [1, 1, 1, 1], [1, 0, 0, 0])
    many = Cities([1, 1, 1, 0, 0], [1, 0, 0, 1, 1])
    assert said.broad([0, 1], [0, 2]).tolist() == [0.0, 0.0]
    assert many.broad([0, 1])[0] == pytest.approx(np.log(3))


def test_wholes_are_broad_by_both_sides():
    said = Cities([1, 0, 0, 0], [1, 1, 1, 1])
    assert said.broad([0, 1])[0] == 0.0
    assert said.broad([0, 1], wholes=True)[0] > 0.0


def hopeful(id, number, **rest):
    """One text that strangers use, a word of which was read for a name."""
    return ad(
        id, f"{text(77)} hope to see you", phone=PHONES[number], name="Hope", city=f"Town {number}", **rest
    )


def test_a_name_in_every_ad_of_a_wording_is_part_of_the_wording():
    assert together(hopeful("a", 1), hopeful("b", 2), hopeful("c", 3)) == [{"a"}, {"b"}]


def test_a_name_that_few_of_a_wording_have_is_hers():
    others = [{**hopeful("c", 3), "name": "Bella"}, {**hopeful("d", 4), "name": "Dora"}]
    more = [ad(f"m{i}", text(900 + i, 9), city=f"Farm {i}") for i in range(400)]
    assert together(hopeful("a", 1), hopeful("b", 2), *others, *more) == [{"a", "b"}]


def test_half_of_a_place_is_no_name_and_the_whole_of_one_is():
    def louis(id, number, name, city):
        return ad(id, text(77), phone=PHONES[number], name=name, city=city)

    spare = [louis("o1", 41, "Bella", "Elko"), louis("o2", 42, "Dora", "Sparks")]
    half = [louis("a", 1, "Louis", "St. Louis"), louis("b", 2, "Louis", "St. Louis")]
    whole = [louis("a", 1, "Savannah", "Savannah"), louis("b", 2, "Savannah", "Savannah")]
    names = run([*half, *spare, *STRANGERS])["identities"].to_pylist()
    assert not any("Louis" in row["values"] and '"name"' in row["values"] for row in names)
    assert together(*whole, *spare) == [{"a", "b"}]


def test_a_rival_s_ad_under_her_number_goes_where_its_wording_is():
    hers = [ad(f"h{i}", text(1), phone=PHONES[1], name="Amber", city=f"Town {i}") for i in range(4)]
    rival = [ad(f"r{i}", text(2), phone=PHONES[2], name="Bella", city="Elko") for i in range(4)]
    false = ad("a", text(2), phone=PHONES[1], name="Bella", city="Elko")
    more = [ad(f"m{i}", text(900 + i, 9), city=f"Farm {i}") for i in range(300)]
    made = groups(run([*hers, *rival, false, *more]))
    assert {"a", "r0", "r1", "r2", "r3"} in made
    assert {"h0", "h1", "h2", "h3"} in made


def second_number(number):
    """Bella's wording under a number of her own and, once, under the number of Amber's only other ad."""
    hers = ad("h", text(1), phone=number, name="Amber", city="Reno")
    both = ad("b", text(2), phone=number, name="Bella", city="Elko")
    bella = [ad(f"c{i}", text(2), phone=PHONES[2], name="Bella", city=f"Town {i}") for i in range(3)]
    more = [ad(f"m{i}", text(900 + i, 9), city=f"Farm {i}") for i in range(300)]
    return groups(run([hers, both, *bella, *more]))


def test_two_numbers_of_one_area_under_one_wording_are_one_operator_s():
    assert {"h", "b", "c0", "c1", "c2"} in second_number(PHONES[1])


def test_a_number_of_another_area_on_one_ad_is_not_taken_for_hers():
    made = second_number("+13035550177")
    assert {"h"} in made
    assert {"b", "c0", "c1", "c2"} in made


def of_one_area(*wordings):
    """Two ads in two towns whose numbers are of one rare area, among many numbers of another."""
    two = [
        ad(f"a{i}", text(wording), phone=f"+1303555010{i}", city=f"Town {i}")
        for i, wording in enumerate(wordings)
    ]
    more = [ad(f"m{i}", text(900 + i, 9), phone=f"+1702555{i:04}", city=f"Farm {i}") for i in range(1000)]
    return groups(run([*two, *more]))


def test_one_wording_and_numbers_of_one_rare_area_join():
    assert {"a0", "a1"} in of_one_area(77, 77)


def test_numbers_of_one_area_alone_join_nobody():
    assert {"a0"} in of_one_area(77, 78)


def test_an_ad_under_her_number_that_is_at_home_nowhere_else_is_hers():
    hers = [ad(f"h{i}", text(1), phone=PHONES[1], name="Amber", city="Reno") for i in range(4)]
    new = ad("a", text(2), phone=PHONES[1], name="Bella", city="Elko")
    assert {"a", "h0", "h1", "h2", "h3"} in groups(run([*hers, new, *STRANGERS]))


def two_houses(both):
    """Twelve ads of Reno under each of two numbers, one name in common; some of the second's give both."""
    mine = [
        ad(f"a{i}", text(1), phone=PHONES[1], name=("Amber", "Dora")[i % 2], site=f"s{i}") for i in range(12)
    ]
    hers = [
        ad(f"b{i}", text(2), phone=PHONES[2], name=("Amber", "Bella")[i % 2], site=f"s{i}") for i in range(12)
    ]
    given = inputs([*mine, *hers, *STRANGERS])
    said = given["mentions"].to_pylist()
    also = [{**row, "value": PHONES[1]} for row in said if row["kind"] == "phone" and row["ad"] in both]
    mentions = pa.Table.from_pylist([*said, *also], schema=given["mentions"].schema)
    made = groups(run([], given={**given, "mentions": mentions}))
    return [len(some) for some in made if "a0" in some]


def test_a_rival_s_number_in_one_of_many_ads_a_name_and_a_city_join_no_two_houses():
    """A rival is nearby, and first names are few: twelve ads of one operator would say more than this."""
    assert two_houses({"b0"}) == [12]


def test_a_number_in_several_of_her_ads_is_hers_too():
    assert two_houses({"b0", "b1", "b2", "b3"}) == [24]


def tie(*, bare):
    """How many ads tie one ad that gives a number to ten that give it beside a mail address of theirs."""
    number, mail, own = 0, 1, 2
    ad_of, given = [*range(10), *range(10), 10], [mail] * 10 + [number] * 10 + [number]
    if not bare:
        ad_of, given = [*ad_of, 10], [*given, own]
    posters, main = np.array([0] * 10 + [1]), np.array([mail, number])
    *_, ads, value = _shared(posters, np.array(ad_of), np.array(given), np.array([70, 71, 72]), main)
    return ads.tolist(), value.tolist()


def test_a_tie_is_as_strong_as_its_weaker_end():
    """The ad gives another number too: however many of the others have both, it is one ad that ties."""
    assert tie(bare=False) == ([1], [70])


def test_an_ad_that_gives_nothing_but_her_number_is_tied_by_all_of_hers():
    assert tie(bare=True) == ([10], [70])


def test_who_shows_pictures_of_unrelated_posters_has_borrowed_them():
    bare = np.array([[0, 1], [0, 2], [0, 3]])
    assert _borrowers(bare, bare, 4).tolist() == [True, False, False, False]


def test_whose_partners_are_related_has_not():
    bare = np.array([[0, 1], [0, 2], [0, 3]])
    related = np.concatenate([bare, [[1, 2], [2, 3]]])
    assert not _borrowers(bare, related, 4).any()


def test_values_are_spelled_as_people_write_them():
    assert spell("phone", "+15125550167") == "(512) 555-0167"
    assert spell("phone", "+442079460000") == "+44 20 7946 0000"
    assert spell("phone", "no number") == "no number"
    assert spell("handle", "telegram:amber") == "@amber (telegram)"
    assert spell("name", "Amber") == "Amber"
