"""The picture of what ties a group: bounded, repeatable, and never an ad."""

import pytest

from homeward.desk import groups, identity, links, photos, runs
from homeward.model.actor import Actor
from homeward.model.errors import NotFound

ACTOR = Actor("local:1000", "cli")


def pictures(house):
    return [links.page(ACTOR, house, lead["identity"]) for lead in runs.current(house).leads[:10]]


def test_nodes_are_values_and_groups_and_edges_say_why(demo_house):
    """No node is an ad; each edge has a reason, a strength, and its ends among the nodes."""
    run = runs.current(demo_house)
    for page in pictures(demo_house):
        ads = set(run.identity(page["identity"])["ads"])
        assert page["nodes"] and not {n["value"] for n in page["nodes"]} & ads
        for edge in page["edges"]:
            assert edge["reason"] and 0 < edge["strength"] <= 1 and edge["a"] != edge["b"]
            assert max(edge["a"], edge["b"]) < len(page["nodes"]) and set(edge["ad_ids"]) <= ads


def test_a_photo_has_one_number_on_every_page(demo_house):
    """Links, photos, overview and reasons call one photo by one number; another photo has another."""
    run = runs.current(demo_house)
    numbers = 0
    for page in pictures(demo_house):
        group = groups.of(run, run.identity(page["identity"]))
        listed = {p["number"]: p["ads_count"] for p in photos.photos(ACTOR, demo_house, group.id)["photos"]}
        drawn = {n["label"]: n["ads"] for n in page["nodes"] if n["kind"] == "photo"}
        numbers += len(drawn)
        assert drawn == {f"Photo {n}": ads for n, ads in listed.items() if ads > 1}
        assert {p["label"]: p["ads"] for p in group.photos["repeated"]}.items() <= drawn.items()
        reasons = {identity.linked_ref(group, "photo", key)["label"] for key in group.by_photo}
        assert drawn.keys() <= reasons
    assert numbers


def test_a_common_value_leads_nowhere(demo_house):
    """A value that joins nothing is there with its reason, and has no edge."""
    found = 0
    for page in pictures(demo_house):
        common = {i for i, node in enumerate(page["nodes"]) if node["common"]}
        found += len(common)
        assert not any({edge["a"], edge["b"]} & common for edge in page["edges"])
    assert found


def test_the_same_data_gives_the_same_picture(demo_house):
    """Asked twice, the picture is the same, order included."""
    assert pictures(demo_house) == pictures(demo_house)


def test_too_many_nodes_are_folded_into_communities_and_open_again(demo_house, monkeypatch):
    """Beyond the bound communities stand for all nodes, and opening each shows every node once."""
    identity = runs.current(demo_house).leads[0]["identity"]
    whole = links.page(ACTOR, demo_house, identity)
    monkeypatch.setattr(links, "MOST_NODES", 5)
    folded = links.page(ACTOR, demo_house, identity)
    monkeypatch.undo()
    opened = [
        node["id"]
        for one in folded["nodes"]
        for node in links.page(ACTOR, demo_house, identity, community=one["community"])["nodes"]
    ]

    assert folded["folded"] and not whole["folded"] and len(folded["nodes"]) <= 5
    assert len(opened) == len(set(opened)) and set(opened) <= {node["id"] for node in whole["nodes"]}
    with pytest.raises(NotFound):
        links.page(ACTOR, demo_house, identity, community=999_999)
