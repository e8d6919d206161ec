"""Travel together: told where several people's cities agree more than reordering them has it."""

from __future__ import annotations

from connect_cases import ad, run, text

CITIES = ("Reno", "Tulsa", "Omaha", "Boise", "Fresno", "Austin", "Dayton", "Mobile")


def told(rounds):
    """What is found about three people under one number; `rounds` are each one's cities, a week apart."""
    ads = [
        ad(f"{who}{i}", text(who), day=7 * i, phone="+17025550101", name=name, city=CITIES[place])
        for who, (name, places) in enumerate(zip(("Amber", "Bella", "Carla"), rounds, strict=True))
        for i, place in enumerate(places)
    ]
    return {row["indicator"]: row for row in run(ads)["findings"].to_pylist()}


def test_three_who_go_the_same_way_in_the_same_days_are_told():
    finding = told([range(8), range(8), range(8)])["several_travel_together"]
    assert finding["sentence"].startswith("3 names (Amber, Bella and Carla) in the same 8 cities in the same")
    assert finding["weight"] > 0


def test_the_same_cities_on_other_days_are_no_travel_together():
    ways = [range(8), [(i + 2) % 8 for i in range(8)], [(i + 5) % 8 for i in range(8)]]
    assert "several_travel_together" not in told(ways)


def test_two_cities_in_common_are_what_chance_does():
    """Two meetings in two stays: half of all reorderings show as much."""
    assert "several_travel_together" not in told([(0, 1), (0, 1), (0, 1)])
