"""What a judgement would change, told before it is made, beside what the refresh then does."""

import pytest

from homeward.desk import judge, preview, runs, supply
from homeward.model.actor import Actor
from homeward.model.errors import NotFound, UsageError
from homeward.model.judgement import Judgement

ACTOR = Actor("local:1000", "cli")
SAME, DIFFERENT, UNDECIDED = Judgement.SAME, Judgement.DIFFERENT, Judgement.UNDECIDED


def ads_of(house, place=0):
    run = runs.current(house)
    return run.identity(run.leads[place]["identity"])["ads"]


def sizes(page):
    return sorted(part["ads"] for part in page["after"])


def groups_now(house, ads):
    """The networks that some ads are in after the current run, by size."""
    run = runs.current(house)
    found = {run.member(ad)["network"] for ad in ads}
    return sorted(len(run.identity(key)["ads"]) for key in found)


def test_a_preview_comes_true(own_house):
    """Cut, join, and both taken back: the refresh makes the groups that the preview was sure of.

    Where it was not, no ad is lost and the two ads judged are together or apart as the judgement says.
    """
    first, second = ads_of(own_house, 0), ads_of(own_house, 1)
    steps = [
        (first[0], first[-1], DIFFERENT), (first[0], second[0], SAME), (first[0], second[0], UNDECIDED),
        (first[0], first[-1], UNDECIDED),
    ]  # fmt: skip
    for a, b, word in steps:
        told = preview.preview(ACTOR, own_house, a, b, word)
        touched = [
            ad for part in told["before"] for ad in runs.current(own_house).identity(part["id"])["ads"]
        ]
        judge.judge(ACTOR, own_house, a, b, word, why="Seen on site")
        supply.refresh(ACTOR, own_house)
        now, run = groups_now(own_house, touched), runs.current(own_house)
        assert now == sizes(told) if told["sure"] else sum(now) == sum(sizes(told)), word
        together = run.member(a)["network"] == run.member(b)["network"]
        assert together is (word is SAME) or word is UNDECIDED
    assert ads_of(own_house, 0) == first and ads_of(own_house, 1) == second


def test_a_preview_changes_nothing(demo_house):
    """Looking at what a cut would do leaves every identity and every judgement as they are."""
    from homeward.store.ledger import judgements

    first = ads_of(demo_house)
    page = preview.preview(ACTOR, demo_house, first[0], first[-1], DIFFERENT)

    assert page["parts"] == 2 and sum(sizes(page)) == len(first) and "Splits" in page["sentence"]
    assert page["sure"] or "about" in page["sentence"]
    assert [p["holds_a"] + p["holds_b"] for p in page["after"]] == [1, 1]
    with demo_house.ledger.read() as tx:
        assert judgements.in_force(tx) == {}


def test_what_a_judgement_cannot_change_is_said(demo_house):
    """Two ads of one identity judged the same, or of two judged different: kept, but nothing moves now."""
    first, second = ads_of(demo_house, 0), ads_of(demo_house, 1)
    for a, b, word in ((first[0], first[1], SAME), (first[0], second[0], DIFFERENT)):
        assert "Changes no identity now" in preview.preview(ACTOR, demo_house, a, b, word)["sentence"]
    with pytest.raises(UsageError):
        preview.preview(ACTOR, demo_house, first[0], first[0], SAME)
    with pytest.raises(NotFound):
        preview.preview(ACTOR, demo_house, first[0], "axxxxxxxxxxxxxxxx", SAME)
