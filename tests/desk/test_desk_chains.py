"""Why two ads are together, as a person is told it."""

import pytest

from homeward.desk import chains, judge, runs
from homeward.model.actor import Actor
from homeward.model.errors import NotFound, UsageError
from homeward.model.judgement import Judgement

ACTOR = Actor("local:1000", "cli")


def test_every_lead_has_a_chain_of_what_its_ads_share(demo_house):
    """Between two ads of a lead there is a chain, each step of it for a reason, and a cut that parts them."""
    run = runs.current(demo_house)
    for lead in run.leads[:12]:
        page = chains.of_lead(ACTOR, demo_house, lead["id"])
        inside = set(run.identity(lead["identity"])["ads"])
        first = page["chains"][0]
        assert first["steps"][0]["a"] == page["a"] and first["steps"][-1]["b"] == page["b"]
        assert all(e["because"] and e["to"]["label"] for s in first["steps"] for e in s["evidence"])
        assert {s["a"] for s in first["steps"]} <= inside and page["caution"] == "lead, not finding"
        cut = page["cut"]
        assert cut["links"] and cut["count_a"] + cut["count_b"] + cut["elsewhere"] == len(inside)


def test_a_judgement_is_told_with_who_said_it(own_house):
    """After somebody judged two ads the same, the chain says who, and the cut that a judgement is in it."""
    run = runs.current(own_house)
    ads = run.identity(run.leads[0]["identity"])["ads"]
    judge.judge(ACTOR, own_house, ads[0], ads[-1], Judgement.SAME, why="Same flat, seen on site")
    page = chains.page(ACTOR, own_house, run.leads[0]["identity"], ads[0], ads[-1])

    [step] = page["chains"][0]["steps"]
    assert "Judged the same by local:1000" in step["evidence"][0]["because"] and page["cut"]["judged"]


def test_what_a_person_kept_apart_speaks_against(own_house):
    """A judgement that two ads are different stands among what speaks against them, with its reason."""
    run = runs.current(own_house)
    identity = run.leads[0]["identity"]
    a, b = run.identity(identity)["ads"][:2]
    judge.judge(ACTOR, own_house, a, b, Judgement.DIFFERENT, why="Spoke to both")

    assert any("Spoke to both" in line for line in chains.page(ACTOR, own_house, identity, a, b)["against"])


def test_an_ad_of_another_identity_is_not_there(demo_house):
    """An ad outside the identity is not found in it, whether it exists elsewhere or not; nor is one pair."""
    run = runs.current(demo_house)
    mine, other = (run.identity(lead["identity"]) for lead in run.leads[:2])
    for ad in (other["ads"][0], "axxxxxxxxxxxxxxxx"):
        with pytest.raises(NotFound):
            chains.page(ACTOR, demo_house, mine["id"], mine["ads"][0], ad)
    with pytest.raises(UsageError):
        chains.page(ACTOR, demo_house, mine["id"], mine["ads"][0], mine["ads"][0])
