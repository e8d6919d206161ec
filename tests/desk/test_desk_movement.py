"""An identity's movement, worked out from its own ads."""

import pytest

from homeward.desk import movement, runs
from homeward.model.actor import Actor
from homeward.model.errors import NotFound

ACTOR = Actor("local:1000", "cli")


def pages(house, most=25):
    run = runs.current(house)
    sizes = zip(run.identities["size"].to_pylist(), run.identities["id"].to_pylist(), strict=True)
    return [movement.page(ACTOR, house, key) for _, key in sorted(sizes, reverse=True)[:most]]


def test_every_ad_is_in_a_stay_a_blast_or_counted_as_left_out(demo_house):
    """Nothing is dropped unseen: stays, blasts, undated and unplaced ads add up to the identity's ads."""
    run = runs.current(demo_house)
    for page in pages(demo_house):
        stays, blasts = sum(s["ads"] for s in page["stays"]), sum(b["ads"] for b in page["blasts"])
        assert stays + blasts + page["undated"] + page["unplaced"] == len(run.identity(page["id"])["ads"])
        assert all(s["posted"] + s["seen"] == s["ads"] and s["precision"] for s in page["stays"])


def test_arcs_join_drawn_stays_of_one_persona_forward_in_time(demo_house):
    """A journey leads from an earlier stay of one persona to a later one in another place, both drawn."""
    found = 0
    for page in pages(demo_house):
        for arc in page["arcs"]:
            a, b = page["stays"][arc["start"]], page["stays"][arc["end"]]
            assert a["persona"] == b["persona"] == arc["persona"] and a["drawn"] and b["drawn"]
            assert a["place"] != b["place"] and a["first"] <= b["first"]
            assert page["places"][a["place"]]["area"] == a["place"]
            found += 1
    assert found


def test_touring_is_said_to_count_for_nothing(demo_house):
    """Every page says that it is the city named, that touring is not counted, and lead, not finding."""
    [page] = pages(demo_house, 1)

    assert "never a measured position" in page["precision_note"] and "never counted" in page["counted_note"]
    assert page["caution"] == "lead, not finding"


def test_an_unknown_identity_has_no_movement(demo_house):
    """An id that names nothing is not found."""
    with pytest.raises(NotFound):
        movement.page(ACTOR, demo_house, "nxxxxxxxxxxxxxxxx")
