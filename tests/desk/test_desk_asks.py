"""Questions about a group as a whole, and what a person's day begins with."""

from datetime import timedelta

import pytest

from homeward.desk import area, groups, leads, networks, photos, runs, search, wordings
from homeward.model.actor import Actor
from homeward.model.errors import NotFound, Overtaken, QueryError
from homeward.model.judgement import Decision

ACTOR = Actor("local:1", "api")


@pytest.fixture
def group(demo_house):
    run = runs.current(demo_house)
    return groups.of(run, run.identity(run.leads[0]["identity"]))


def test_photos_are_told_as_facts(demo_house, group):
    """Each photo counts the ads that show it; the sum over photos is what the ads list, no photo twice."""
    told = photos.photos(ACTOR, demo_house, group.id)
    shown = sum(
        len({p["sha256"] or p["pdq"] or p["url"] or p["path"] for p in d.fields["photos"] or []})
        for d in group.ads
    )

    assert sum(p["ads_count"] for p in told["photos"]) == shown > 0
    assert told["repeated"] == sum(1 for p in told["photos"] if p["ads_count"] > 1)
    by_id = {d.id: d for d in group.ads}
    for photo in told["photos"]:
        assert set(photo["cities"]) == {by_id[ad].place for ad in photo["ads"]} - {""}
        assert not {"sha256", "path", "url"} & set(photo)


def test_a_wording_is_told_ad_by_ad(demo_house, group):
    """Pages join to all its ads, oldest first; a cell is changed exactly where it is written otherwise."""
    template, ads = next(iter(group.by_wording.items()))
    rows, after = [], None
    while True:
        page = wordings.rows(ACTOR, demo_house, group.id, template, after=after, limit=3)
        rows += page["rows"]
        after = page["next"]
        if after is None:
            break

    assert [r["ad"] for r in rows] == [d.id for d in ads]
    assert 0 < page["constant"] <= 1
    for column in range(len(page["kinds"])):
        cells = [r["cells"][column] for r in rows]
        labels = [{(v["label"], v["raw"]) for v in cell["values"]} for cell in cells]
        assert all(a["changed"] == (i == 0 or labels[i] != labels[i - 1]) for i, a in enumerate(cells))
    with pytest.raises(NotFound):
        wordings.rows(ACTOR, demo_house, group.id, "tnosuchwording")


def test_a_network_answers_for_all_its_ads(demo_house, group):
    """A number leads to its group; prices and cities are those of all of the group's ads."""
    value = next(
        v for (k, v), ads in group.by_value.items() if k == "phone" and ("phone", v) not in group.common
    )
    answer = networks.ask(ACTOR, demo_house, f"phone:{value}")
    mine = next(g for g in answer["groups"] if g["identity"] == group.id)

    assert answer["chips"][0]["kind"] == "phone" and answer["chips"][0]["label"] == value
    assert mine["ads"] == len(group.ads) > mine["direct"] > 0
    assert {p["label"] for p in mine["places"]} == {p["label"] for p in group.places}
    stated = [
        float(m["detail"]["amount"]) for d in group.ads for m in d.mentions
        if m["kind"] == "price" and "amount" in m["detail"]
    ]  # fmt: skip
    assert min(p["lowest"] for p in mine["prices"]) == min(stated)
    assert max(p["highest"] for p in mine["prices"]) == max(stated)


def test_a_value_in_no_ad_says_what_was_searched(demo_house):
    answer = networks.ask(ACTOR, demo_house, "500 555 0199")

    assert answer["groups"] == [] and "not a sign of safety" in answer["searched"]
    with pytest.raises(QueryError):
        networks.ask(ACTOR, demo_house, "  ")


def test_a_list_tells_what_each_term_was_read_as(demo_house, group):
    """A number is read as a number; a term that cannot be read is named and the others are searched."""
    value = next(v for k, v in group.by_value if k == "phone")
    page = search.list_search(ACTOR, demo_house, [f"phone:{value}", 'open "', "zebrazebra"])

    assert [bool(r["ads"]) for r in page["rows"]] == [True, False, False]
    assert page["rows"][0]["chips"][0]["kind"] == "phone" and page["rows"][0]["leads"] >= 1
    assert page["rows"][1]["wrong"] and not page["rows"][2]["wrong"]


def mine(house, **options):
    return leads.queue(ACTOR, house, mine=True, limit=200, **options)


def set_area(house, *places, days=14, a_day=20):
    tag = area.preferences(ACTOR, house)["tag"]
    return area.change(ACTOR, house, places, days, a_day, tag=tag)


def test_the_day_is_the_area_and_what_is_active(own_house):
    """Only leads of the area whose newest ad is recent, and the page says how many more there are."""
    everything = leads.queue(ACTOR, own_house, limit=200)
    place = next(r["places"][0] for r in everything["leads"] if r["places"])
    set_area(own_house, place.split(",")[0].upper(), days=3_650)
    page = mine(own_house)

    assert page["leads"] and page["total"] < everything["total"] == page["mine"]["all"]
    run = runs.current(own_house)
    for row in page["leads"]:
        assert any(place.split(",")[0] in p for p in run.places_of(row["id"]))
    set_area(own_house, days=14)
    newest = max(r["last_seen"] for r in everything["leads"])
    for row in mine(own_house)["leads"]:
        assert row["last_seen"] >= newest - timedelta(days=30)


def test_a_day_has_its_number_of_leads(own_house):
    """What was decided today counts; the rest of the area stays one step away."""
    set_area(own_house, days=3_650, a_day=2)
    first = mine(own_house)
    assert [r["rank"] for r in first["leads"]] == [1, 2]
    leads.decide(ACTOR, own_house, first["leads"][0]["id"], Decision.WATCH)

    second = mine(own_house)
    assert [r["rank"] for r in second["leads"]] == [2]
    assert second["mine"]["done"] == 1 and second["mine"]["inside"] == first["mine"]["inside"] - 1
    leads.decide(Actor("local:2", "api"), own_house, second["leads"][0]["id"], Decision.WATCH)
    assert [r["rank"] for r in mine(own_house)["leads"]] == [3]


def test_an_area_that_changed_meanwhile_is_kept(own_house):
    """The second change that was made from the same page is refused; nobody else's area is touched."""
    tag = area.preferences(ACTOR, own_house)["tag"]
    area.change(ACTOR, own_house, ["Reno"], 14, 20, tag=tag)

    with pytest.raises(Overtaken):
        area.change(ACTOR, own_house, ["Elko"], 14, 20, tag=tag)
    assert area.preferences(ACTOR, own_house)["places"] == ["Reno"]
    assert area.preferences(Actor("local:2", "api"), own_house)["places"] == []
