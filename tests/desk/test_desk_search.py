from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pyarrow as pa
import pytest

from homeward.desk import grouped as desk_grouped
from homeward.desk import search as desk
from homeward.house import make_house
from homeward.model import ids, schema
from homeward.model.actor import Actor
from homeward.model.errors import NotFound, QueryError
from homeward.model.event import Act
from homeward.store import disk
from homeward.store.ledger import events, pins

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
ACTOR = Actor("local:1", "cli")
ADS = [ids.ad_id("board.test", str(n), None) for n in range(4)]
PHONE = {"kind": "phone", "value": "+17025550134", "raw": "o1", "start": 6, "end": 8, "part": "body"}


def put(house):
    blank = dict.fromkeys(schema.ADS.names) | {
        "zone_assumed": False, "phones": [], "emails": [], "photos": [], "extra": "{}",
        "revision": 0, "captured_at": NOW, "month": "2026-11", "site": "board.test",
        "position": 0, "witnessed": False,
    }  # fmt: skip
    rows = [
        blank | {"ad": ad, "capture": "c" + ad, "source_id": str(n), "title": f"ad {n}",
                 "body": "amber o1 now",
                 "city": "Reno" if n % 2 else "Elko",
                 "lat": 39.5 if n % 2 else None, "lon": -119.8,
                 "posted_at": NOW - timedelta(days=40 * n)}
        for n, ad in enumerate(ADS)
    ]  # fmt: skip
    said = dict.fromkeys(schema.MENTIONS.names) | {"ad": ADS[0], "capture": "c" + ADS[0], **PHONE}
    said |= {"confidence": 1.0, "reader": "phone/1", "detail": '{"obscured":true}', "month": "2026-11"}
    ads = pa.Table.from_pylist(rows, schema.ADS)
    house.lake.append("ads", ads)
    house.index.add(ads, pa.Table.from_pylist([said], schema.MENTIONS))
    house.index.commit()


def publish(house):
    rows = [
        {"ad": ad, "capture": "c" + ad, "template": None, "persona": f"p{n}", "network": f"n{n}",
         "lead": "l1" if n < 2 else None, "run": "r1"}
        for n, ad in enumerate(ADS[:3])
    ]  # fmt: skip
    house.lake.append("members", pa.Table.from_pylist(rows, schema.MEMBERS))
    with house.ledger.write() as tx:
        pins.publish(tx, "r1", {"members": house.lake.version("members")}, {}, now=NOW)


@pytest.fixture
def house(tmp_path):
    with make_house(tmp_path / "home", key=b"k" * 32, clock=lambda: NOW) as made:
        put(made)
        yield made
        made.index.close()


def acts(house):
    with house.ledger.read() as tx:
        return [found.event for found in events.read(tx)]


def found(page):
    return [int(one["source_id"]) for one in page["hits"]]


def test_a_search_shows_marked_ads_newest_first_and_where_they_belong(house):
    publish(house)
    page = desk.search(ACTOR, house, "amber")
    assert found(page) == [0, 1, 2, 3] and page["total"] == 4 and page["leads"] == 1
    assert (page["first"], page["last"]) == (NOW - timedelta(days=120), NOW)
    assert [one["lead"] for one in page["hits"]] == ["l1", "l1", None, None]
    assert page["hits"][0]["text"][1]["label"] == "(702) 555-0134" and page["hits"][0]["text"][1]["obscured"]
    assert page["searched"] == "" and page["without"] == []


def test_leads_are_counted_over_all_that_is_found_not_over_the_page(house):
    publish(house)
    assert desk.search(ACTOR, house, "amber", limit=0)["leads"] == 1
    assert desk.search(ACTOR, house, f"ad:{ADS[2]}")["leads"] == 0


def test_without_a_run_no_ad_belongs_to_a_lead(house):
    assert desk.search(ACTOR, house, "")["leads"] == 0


def test_values_of_one_facet_are_alternatives_and_exclusion_drops(house):
    keep = [{"facet": "city", "value": "Reno"}, {"facet": "city", "value": "elko"}]
    assert found(desk.search(ACTOR, house, "", filters=keep)) == [0, 1, 2, 3]
    dropped = [*keep, {"facet": "has", "value": "phone", "exclude": True}]
    assert found(desk.search(ACTOR, house, "", filters=dropped)) == [
        1, 2, 3,
    ]  # fmt: skip
    assert found(desk.search(ACTOR, house, "", span=(date(2026, 9, 1), date(2026, 9, 30)))) == [1]
    with pytest.raises(QueryError):
        desk.search(ACTOR, house, "", filters=[{"facet": "body", "value": "x"}])


def test_a_facet_is_counted_without_its_own_choice(house):
    """What one more value of a chosen facet brings is told; the other facets are narrowed by the choice."""

    def counted(filters):
        page = desk.search(ACTOR, house, "", filters=filters, facets=True)
        return page["total"], {
            f["name"]: [(v["value"], v["count"]) for v in f["values"]] for f in page["facets"]
        }

    total, facets = counted([{"facet": "city", "value": "reno"}])
    assert total == 2 and facets["city"] == [("Elko", 2), ("Reno", 2)] and ("phone", 1) not in facets["has"]
    total, facets = counted([{"facet": "city", "value": "Reno"}, {"facet": "city", "value": "Elko"}])
    assert total == 4 and ("phone", 1) in facets["has"]
    total, facets = counted([{"facet": "city", "value": "Reno", "exclude": True}])
    assert total == 2 and facets["city"] == [("Elko", 2), ("Reno", 2)]
    total, facets = counted([{"facet": "city", "value": "Reno"}, {"facet": "has", "value": "phone"}])
    assert total == 0 and facets["city"] == [("Elko", 1)] and facets["site"] == []


def test_a_chosen_value_is_listed_however_rare(house, monkeypatch):
    monkeypatch.setattr(desk, "VALUES_SHOWN", 1)
    chosen, rest = (
        next(f for f in desk.search(ACTOR, house, "", filters=filters, facets=True)["facets"]
             if f["name"] == "city")
        for filters in ([{"facet": "city", "value": "Reno"}], [])
    )  # fmt: skip
    assert ([v["value"] for v in chosen["values"]], chosen["more"]) == (["Elko", "Reno"], 0)
    assert ([v["value"] for v in rest["values"]], rest["more"]) == (["Elko"], 1)


def test_facets_histogram_and_map_cover_everything_found(house):
    page = desk.search(ACTOR, house, "", limit=1, facets=True, histogram=True, map=True)
    city = next(facet for facet in page["facets"] if facet["name"] == "city")
    assert [(v["value"], v["count"]) for v in city["values"]] == [("Elko", 2), ("Reno", 2)]
    has = next(facet for facet in page["facets"] if facet["name"] == "has")
    assert {v["label"] for v in has["values"]} == {"Phones", "Obscured contact", "Position"}
    bins = page["histogram"]["bins"]
    assert page["histogram"]["days"] == 7 and sum(b["count"] for b in bins) == 4
    assert all(b["start"] - a["start"] == timedelta(days=7) for a, b in pairwise(bins))
    assert page["map"] == {
        "cells": [{"lat": 39.5, "lon": -119.8, "count": 2, "label": "Reno"}],
        "unplaced": 2,
    }


def test_all_that_is_found_is_told_by_group(house, monkeypatch):
    """Every hit counts, not a page of them; what no run has placed is counted apart, and too much is said."""
    asked = {"text": "amber", "filters": [], "first": None, "last": None}
    assert desk_grouped.by_group(ACTOR, house, asked)["loose"] == 4
    publish(house)
    monkeypatch.setattr(desk_grouped, "GROUPS_SHOWN", 2)
    page = desk_grouped.by_group(ACTOR, house, asked)
    assert [(g["identity"], g["found"], g["ads"]) for g in page["groups"]] == [("n0", 1, 1), ("n1", 1, 1)]
    assert (page["ads"], page["total"], page["loose"], page["too_many"]) == (4, 3, 1, False)
    assert [hit["id"] for hit in page["groups"][0]["hits"]] == [ADS[0]]
    assert page["groups"][1]["first"] == page["groups"][1]["last"] == NOW - timedelta(days=40)
    rest = desk_grouped.by_group(ACTOR, house, asked | {"after": page["next"]})
    assert ([g["identity"] for g in rest["groups"]], rest["next"]) == (["n2"], None)
    assert [event.detail["what"] for event in acts(house)] == ["groups"] * 3
    with pytest.raises(QueryError):
        desk_grouped.by_group(ACTOR, house, asked | {"after": "r0.2"})
    lone = desk_grouped.by_group(ACTOR, house, asked | {"text": "3"})
    assert (lone["ads"], lone["loose"], lone["groups"]) == (1, 1, [])
    monkeypatch.setattr(desk_grouped, "MOST_GROUPED", 3)
    assert desk_grouped.by_group(ACTOR, house, asked)["too_many"]


def test_pages_follow_each_other(house):
    first = desk.search(ACTOR, house, "amber", limit=3)
    assert found(desk.search(ACTOR, house, "amber", limit=3, after=first["next"])) == [3]


def test_nothing_found_says_what_was_searched_and_what_each_term_costs(house):
    page = desk.search(ACTOR, house, "amber zebra -ad")
    assert page["searched"].startswith("None in this workspace: 4 ads, board.test, ")
    assert page["searched"].endswith("this is not a sign of safety.")
    assert page["without"] == [0, 0, 0]
    assert desk.search(ACTOR, house, "amber zebra")["without"] == [0, 4]
    assert [chip["exclude"] for chip in page["chips"]] == [False, False, True]
    for chip in page["chips"]:
        assert desk.search(ACTOR, house, chip["without"])["total"] >= page["total"]


def test_ads_that_wait_for_their_place_in_the_index_are_told_of(house):
    assert desk.search(ACTOR, house, "amber")["searched"] == ""

    late = {"ad": "late", "capture": "clate", "batch": "b2", "month": "2026-11"}
    blank = house.lake.read("ads").slice(0, 1).to_pylist()[0]
    house.lake.append("ads", pa.Table.from_pylist([blank | late], schema.ADS))

    page = desk.search(ACTOR, house, "amber")
    assert page["total"] == 4 and page["searched"].startswith("Only 4 of 5 ads are in the search index")


def test_every_search_is_written_down_with_its_words(house):
    desk.search(ACTOR, house, "phone:702* amber")
    [event] = acts(house)
    assert (event.act, event.detail["query"], event.detail["total"]) == (Act.SEARCH, "phone:702* amber", 1)
    assert event.objects == (ADS[0],)


def test_a_search_that_cannot_be_written_down_shows_nothing(house, monkeypatch):
    def full(place):
        if place == "events.record":
            raise OSError("no room")

    monkeypatch.setattr(disk, "on_failpoint", full)
    with pytest.raises(OSError, match="no room"):
        desk.search(ACTOR, house, "amber")


def test_an_opaque_id_leads_whoever_searched_back_to_the_request(house):
    request = {"text": "amber", "filters": [],
               "first": date(2026, 1, 1), "last": None, "after": None, "limit": 5,
               "facets": False, "histogram": False, "map": False}  # fmt: skip
    key = desk.search_page(ACTOR, house, request)["s"]
    assert "amber" not in key
    assert desk.saved(ACTOR, house, key)["request"]["first"] == "2026-01-01"
    with pytest.raises(NotFound):
        desk.saved(Actor("local:2", "api"), house, key)


def test_a_pasted_list_tells_each_terms_hits_in_one_event(house):
    page = desk.list_search(ACTOR, house, ["(702) 555-0134", "702-555-0199", 'say "', ""])
    assert [(row["ads"], bool(row["wrong"])) for row in page["rows"]] == [
        (1, False),
        (0, False),
        (0, True),
        (0, False),
    ]
    assert page["found"] == 1 and len(acts(house)) == 1
    assert "not a sign of safety" in desk.list_search(ACTOR, house, ["zebra"])["searched"]
    with pytest.raises(QueryError):
        desk.list_search(ACTOR, house, ["x"] * (desk.MOST_TERMS + 1))


def test_a_list_is_searched_for_so_long_and_says_which_terms_were_not(house):
    """Thousands of patterns went on being searched after the answer that they took too long."""
    seconds = iter(range(0, 1_000, 5))
    page = desk.list_search(ACTOR, house, ["702-555-0199", "(702) 555-0134"] * 3, clock=lambda: next(seconds))
    late = [row["wrong"] == desk.TOO_LATE for row in page["rows"]]
    assert late == [False, False, True, True, True, True]
    assert [row["ads"] for row in page["rows"]] == [0, 1, 0, 0, 0, 0] and page["found"] == 1
    assert not any(row["wrong"] for row in desk.list_search(ACTOR, house, ["702-555-0199"] * 30)["rows"])
