"""Surges and rounds over all ads: found where they are put, shown with their notes, counted nowhere."""

import json
from datetime import UTC, datetime, timedelta

from homeward.desk import roads, runs, supply
from homeward.model.actor import Actor
from homeward.model.capture import Supply

ACTOR = Actor("local:1000", "cli")
PLACES = {"Reno": ("NV", 39.53, -119.81), "Boise": ("ID", 43.62, -116.2), "Denver": ("CO", 39.74, -104.99)}
TEXT = "{who} here, companion for dinner and walks, ask for the garden room, afternoons. Call {phone}"


def take_in(house, folder, rows):
    """Take in ads given as (day, city, phone, name)."""
    path, start = folder / "ads.jsonl", datetime(2026, 1, 1, 10, tzinfo=UTC)
    with path.open("w") as file:
        for i, (day, city, phone, who) in enumerate(rows):
            region, lat, lon = PLACES[city]
            row = {"id": f"x{i}", "site": "board.test", "city": city, "region": region, "country": "US",
                   "lat": lat, "lon": lon, "posted_at": (start + timedelta(days=day)).isoformat(),
                   "body": TEXT.format(who=who, phone=phone) + f" {who} {i % 7}"}  # fmt: skip
            file.write(json.dumps(row) + "\n")
    supply.ingest(ACTOR, house, str(path), Supply("a test", "invented data"))
    supply.refresh(ACTOR, house)


def test_a_surge_is_listed_and_an_even_city_is_not(empty_house, tmp_path):
    """One ad a day in two cities for 60 days, and twenty on one day in Reno: Reno, that day, alone."""
    rows = [
        (day, city, f"702-555-01{day % 60:02}", "Amber") for day in range(60) for city in ("Reno", "Boise")
    ]
    rows += [(50, "Reno", f"702-555-01{n:02}", "Bella") for n in range(60, 80)]
    take_in(empty_house, tmp_path, rows)
    page = roads.surges(ACTOR, empty_house)

    assert [(r["place"], str(r["first"]), r["ads"]) for r in page["surges"]] == [
        ("Reno, NV", "2026-02-20", 21)
    ]
    assert "Holidays" in page["note"]


def test_two_networks_on_one_round_are_alike_and_a_third_is_not(empty_house, tmp_path):
    """Two go Reno, Boise, Denver four times, at other times of the month; a third stays in Reno."""
    rows = []
    for n, phone in enumerate(("702-555-0134", "702-555-0135")):
        for stop in range(13):
            rows.append((3 * stop + 40 * n, list(PLACES)[stop % 3], phone, ("Amber", "Carla")[n]))
    rows += [(3 * stop, "Reno", "702-555-0136", "Dora") for stop in range(13)]
    take_in(empty_house, tmp_path, rows)
    run = runs.current(empty_house)
    network = {}
    for key in run.identities.to_pylist():
        if key["level"] == "network":
            network[json.loads(key["values"])["phone"][0][-4:]] = key["id"]
    [found] = roads.alike(ACTOR, empty_house, network["0134"])["alike"]

    assert found["identity"] == network["0135"] and found["share"] == 1 and not found["back"]
    assert roads.alike(ACTOR, empty_house, network["0136"])["alike"] == []


def test_without_surges_the_answer_says_what_was_searched(empty_house):
    """An empty list is no sign of safety, and says so."""
    assert "not a sign of safety" in roads.surges(ACTOR, empty_house)["searched"]
