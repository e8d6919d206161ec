"""What a site writes under everybody's ads is marked where pages list it, and what a person says is not."""

import json

import pytest

from homeward.desk import ads, groups, identity, links, runs, sites, supply
from homeward.model.actor import Actor
from homeward.model.capture import Supply

ACTOR = Actor("local:1000", "cli")
THEIRS, OURS, SAID = "+18005550100", "+17025550100", "+17025550101"
FOOTER = "Cityboard support desk: 800-555-0100, ads are placed by third parties"


def ad(name, number, words, footer=FOOTER):
    return {
        "id": name, "site": "cityboard.test", "city": "Reno", "country": "US",
        "posted_at": "2026-10-20T08:00:00Z", "body": f"{words}\ncall 702-555-01{number:02d}\n{footer}",
    }  # fmt: skip


@pytest.fixture
def board(empty_house, tmp_path):
    """Thirty posters above one footer; the first two post twice, and the second says its number herself."""
    rows = [ad(f"i{n}", n, f"words {n} of one") for n in range(30)]
    rows += [ad("i0-again", 0, "massage in town"), ad("i1-again", 1, "or ask for me at 800-555-0100", "bye")]
    path = tmp_path / "ads.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    supply.ingest(ACTOR, empty_house, str(path), Supply("a test", "invented data"))
    supply.refresh(ACTOR, empty_house)
    return empty_house


def phones_of(house, value):
    """The phones that the dossier of the group with a value lists, and the group's id."""
    run = runs.current(house)
    networks = (row for row in run.identities.to_pylist() if row["level"] == "network")
    group = next(row["id"] for row in networks if value in row["values"])
    listed = identity.dossier(ACTOR, house, group)["identifiers"]
    return group, {row["value"]: row for kind in listed if kind["kind"] == "phone" for row in kind["values"]}


def test_a_sites_own_number_is_marked_and_an_advertisers_is_not(board):
    """The footer's number is listed as the site's own, with the reason; nothing is said to follow from it."""
    group, phones = phones_of(board, OURS)

    assert phones[THEIRS]["site_own"] and "of cityboard.test" in phones[THEIRS]["common"]
    assert not phones[OURS]["site_own"] and not phones[OURS]["common"]
    why = identity.why(ACTOR, board, group, "phone", THEIRS)
    assert "the site's own, joins nothing" in why["sentence"] and why["links"] == []
    nodes = {n["value"]: n["common"] for n in links.page(ACTOR, board, group)["nodes"]}
    assert nodes[THEIRS] and not nodes[OURS]


def test_a_number_that_a_person_says_herself_is_hers(board):
    """Once outside the footer, the same number is what an ad says, and is not marked."""
    _, phones = phones_of(board, SAID)

    assert not phones[THEIRS]["site_own"]


def test_the_page_of_an_ad_marks_what_its_site_wrote(board):
    """Of the two numbers of an ad, that of the footer is marked, in the table and in the text."""
    [shown] = [row["ad"] for row in board.lake.read("ads", columns=["ad", "source_id"]).to_pylist()
               if row["source_id"] == "i5"]  # fmt: skip
    page = ads.page(ACTOR, board, shown)
    marks = {m["value"]: m["site_own"] for m in page["mentions"]}
    drawn = {s["value"]: s["site_own"] for s in page["ad"]["text"] if s.get("kind") == "phone"}

    assert "cityboard.test" in marks[THEIRS] and marks["+17025550105"] == ""
    assert drawn == {THEIRS: True, "+17025550105": False}


def test_a_name_that_only_the_site_wrote_names_nobody(board):
    """Of two names used, the one that stands in the footer alone is left out of the group's names."""
    run = runs.current(board)
    group = groups.of(run, run.identity(phones_of(board, OURS)[0]))
    hers, theirs = ({"kind": "name", "value": v} for v in ("Amber", "Melanie"))
    group.ads[0].mentions += [{**hers, "part": "title"}, {**theirs, "part": "title"}]
    group.common[("name", "Melanie")] = sites.OWN

    assert group.names() == ["Amber"] and groups.names(group.ads) == ["Amber", "Melanie"]
