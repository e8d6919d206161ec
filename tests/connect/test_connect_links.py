"""What links two posters, and what is common among strangers and therefore does not."""

from __future__ import annotations

import numpy as np
import pytest
from connect_cases import ad, groups, run, text

from homeward.connect.links import COLUMNS, _borrowers, _breadth, _hold_weak
from homeward.connect.spoken import spell

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


def test_sharing_one_of_many_says_less_than_sharing_all():
    said = Cities([1, 1, 1, 1], [1, 1, 1, 1], [1, 0, 0, 0])
    many = Cities([1, 1, 1, 0, 0], [1, 0, 0, 1, 1])
    assert _breadth(said, np.array([[0, 1], [0, 2]])).tolist() == [0.0, 0.0]
    assert _breadth(many, np.array([[0, 1]]))[0] == pytest.approx(np.log(3))


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
