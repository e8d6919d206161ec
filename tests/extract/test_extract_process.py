"""What legal process begins with: payments, addresses, crossings, hotels, vehicles, ids; and marks."""

from __future__ import annotations

import pytest

from homeward.extract.read import read_text


def values(kind, text, **given):
    return [m.value for m in read_text(text, **given) if m.kind == kind]


CASES = [
    ("payment", "Cash App $amberlane22", ["cashapp:amberlane22"]),
    ("payment", "cashapp: amber_lane, 120 an hour", ["cashapp:amber_lane"]),
    ("payment", "I take Cash App $120 deposit", ["cashapp"]),
    ("payment", "send it to $amberlane on cashapp", ["cashapp:amberlane", "cashapp"]),
    ("payment", "$amberlane in the morning, $120 an hour", []),
    ("payment", "Venmo @amber-lane or Zelle", ["venmo:amber-lane", "zelle"]),
    ("payment", "no venmo please", []),
    ("payment", "paypal.me/amberlane", ["paypal:amberlane"]),
    ("payment", "https://cash.app/$amberlane", ["cashapp:amberlane"]),
    ("payment", "PayPal: amber@post.example", ["paypal:amber@post.example"]),
    ("payment", "my revtag is @amberl", ["revolut:amberl"]),
    ("payment", "Amazon gift cards taken", ["giftcard:amazon"]),
    ("payment", "gift card ok", ["giftcard"]),
    ("payment", "no gift cards", []),
    ("payment", "a gift for my target", []),
    ("payment", "paypal accepted", ["paypal"]),
    ("address", "Find us at 1450 Harbor St, Reno", ["1450 Harbor Street"]),
    ("address", "2200 maple avenue", ["2200 Maple Avenue"]),
    ("address", "340 W 21st Street apt 4", ["340 W 21st Street, apt 4"]),
    ("address", "88 Lake View Dr.", ["88 Lake View Drive"]),
    ("address", "12 rue de la Paix", ["12 Rue De La Paix"]),
    ("address", "Calle Mayor 12", ["Calle Mayor 12"]),
    ("address", "Hauptstraße 12", ["Hauptstrasse 12"]),
    ("address", "101 main st.", ["101 Main Street"]),
    ("address", "5 main st, 300 of st", []),
    ("address", "20 min drive, 5 star place", []),
    ("address", "2 minutes down the street", []),
    ("address", "$80 My Place", []),
    ("address", "24 hours a day on Main Street", []),
    ("intersection", "Main St and 5th Ave", ["5th Avenue & Main Street"]),
    ("intersection", "near Flamingo & Paradise Rd", ["Flamingo & Paradise Road"]),
    ("intersection", "corner of Maple and Lake", ["Lake & Maple"]),
    ("intersection", "Mia & Zoe together", []),
    ("intersection", "on the corner of the street", []),
    ("hotel", "at the Harbor Lights Hotel, room 214", ["Harbor Lights Hotel, room 214"]),
    ("hotel", "Hello. Harbor Lights Hotel", ["Harbor Lights Hotel"]),
    ("hotel", "at the St. Regis Hotel", ["St Regis Hotel"]),
    ("hotel", "Motel 6 off the highway", ["Motel 6"]),
    ("hotel", "I am at the Hilton downtown", ["Hilton"]),
    ("hotel", "hotel visits, your hotel or mine", []),
    ("hotel", "nice hotel, room 305", ["room 305"]),
    ("hotel", "a quiet room 2 of 3", []),
    ("hotel", "room 100 roses at my place", []),
    ("vehicle", "look for the silver Toyota Camry", ["silver toyota camry"]),
    ("vehicle", "plate ABC 1234", ["plate:ABC1234"]),
    ("vehicle", "2015 black Honda Civic, plate: 7XYZ123", ["2015 black honda civic", "plate:7XYZ123"]),
    ("vehicle", "I'm Mercedes, call me", []),
    ("vehicle", "a plate of food for 1234", []),
    ("vehicle", "smart and friendly", []),
    ("account", "Ad ID: 8812345", ["ad:8812345"]),
    ("account", "see user #44120a", ["poster:44120a"]),
    ("account", "https://cityboard.test/user/amber22", ["poster:amber22"]),
    ("account", "https://cityboard.test/post/8812345.html", ["ad:8812345"]),
    ("account", "https://cityboard.test/reno/8bf5a178", []),
    ("account", "new ad 2024, call number 702-555-0134", []),
    ("account", "profile # 702-555-0134", []),
    ("review", "TER #123456", ["ter:123456"]),
    ("review", "P411: P54321", ["p411:p54321"]),
    ("review", "review id 778899", ["review:778899"]),
    ("review", "12 ter rue Mozart 75016", []),
    ("review", "reviews welcome, 1234", []),
    ("mark", "small rose tattoo on left wrist, call me", ["small rose tattoo on left wrist"]),
    ("mark", "I have a scar over the right eye", ["scar over the right eye"]),
    ("mark", "no tattoos", []),
    ("mark", "next to the tattoo shop", []),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "expected"), CASES)
def test_each_reader_keeps_its_rule(kind, text, expected):
    assert values(kind, text) == expected


def test_what_is_read_points_to_the_characters_it_was_read_from():
    for _, text, _ in CASES:
        for mention in read_text("👋🏽 " + text + " ✨"):
            assert ("👋🏽 " + text + " ✨")[mention.span.start : mention.span.end] == mention.raw


def test_an_id_in_an_address_says_of_which_site_it_is():
    [found] = [m for m in read_text("https://cityboard.test/user/amber22") if m.kind == "account"]
    assert found.detail == {"site": "cityboard.test"}


def test_a_plain_ad_says_none_of_it():
    """Words of every day, prices, hours and numbers are none of these kinds."""
    text = (
        "Hi, I'm Lola, new in town. 120 an hour, 80 half hour. Open 9am to 10pm, easy parking at my place. "
        "Way better than the rest, no rush, great view of the park. Call 702-555-0134 or text me."
    )
    kinds = {str(m.kind) for m in read_text(text)}
    assert not kinds & {"payment", "address", "intersection", "hotel", "vehicle", "account", "review", "mark"}
