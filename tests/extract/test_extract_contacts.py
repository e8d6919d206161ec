"""Addresses: e-mail, handles, URLs, crypto, PGP."""

from __future__ import annotations

import pytest

from homeward.extract.crypto import address
from homeward.extract.read import read_text
from homeward.extract.url import onion_name


def values(kind, text, **place):
    return [m.value for m in read_text(text, **place) if m.kind == kind]


@pytest.mark.parametrize(
    "text",
    [
        "amber2@gmail.com",
        "Amber2@GMAIL.com",
        "amber2 (at) gmail (dot) com",
        "amber2[at]gmail[.]com",
        "amber2 at gmail dot com",
        "a m b e r 2 @ g m a i l . c o m",
        "amber2 @ gmail",
        "amber2 arroba gmail punto com",
        "amber2 at gmaildotcom",
        "amber2 (at) gmail d0t com",
        "amber2-at-gmail-dot-com",
        "amber2 *@* gmail.com",
        "аmber2@gmаil.com",
    ],
)
def test_an_email_is_read_however_it_is_hidden(text):
    assert values("email", f"write to {text}") == ["amber2@gmail.com"]


@pytest.mark.parametrize(
    "text",
    [
        "call me at cityboard.com",
        "meet at dot bar",
        "meet at anecdotcom",
        "@amber on insta",
        "5 @ 100",
        "follow @ana.rose",
    ],
)
def test_an_at_alone_makes_no_email(text):
    assert values("email", text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("IG: amber.rose", "instagram:amber.rose"),
        ("snap @AmberX", "snapchat:amberx"),
        ("微信: amber_88", "wechat:amber_88"),
        ("инста: amber_88", "instagram:amber_88"),
        ("telegram username amber_one", "telegram:amber_one"),
        ("https://onlyfans.com/amberone", "onlyfans:amberone"),
        ("t.me/amberone", "telegram:amberone"),
        ("kik amber22", "kik:amber22"),
        ("tele gram @amber_one", "telegram:amber_one"),
        ("LINE: amberline", "line:amberline"),
    ],
)
def test_a_handle_carries_its_platform(text, value):
    assert values("handle", text) == [value]


@pytest.mark.parametrize(
    "text",
    [
        "telegram only please",
        "gram of sugar",
        "stand in line for me",
        "x marks it",
        "signal me first",
        "insta for more",
    ],
)
def test_words_behind_a_platform_are_no_handle(text):
    assert values("handle", text) == []


def test_an_address_gives_url_and_domain():
    text = "see HTTPS://www.CityBoard.test/Reno/?a=1#top."
    assert values("url", text) == ["https://www.cityboard.test/Reno?a=1"]
    assert values("domain", text) == ["cityboard.test"]


@pytest.mark.parametrize("before", [".", ".\n", "...", ". "])
def test_a_dot_at_the_beginning_hides_no_address(before):
    assert values("domain", before + "rose.test/a and cityboard.test/b") == ["rose.test", "cityboard.test"]
    assert values("domain", before + "Call me") == []


@pytest.mark.parametrize("text", ["in Reno.Call me", "$5.00 or 4.5 stars", "now...then", "amber@mail.test"])
def test_a_full_stop_makes_no_domain(text):
    assert values("domain", text) == []


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "BTC"),
        ("3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy", "BTC"),
        ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "BTC"),
        ("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", "BTC"),
        ("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "ETH"),
    ],
)
def test_a_crypto_address_is_taken_only_if_its_check_sum_holds(text, currency):
    assert address(text)[:2] == (text, currency)
    broken = text[:-2] + ("d" if text[-2] != "d" else "c") + text[-1]
    assert address(broken)[0] == ""


def test_a_fingerprint_needs_forty_hexadecimal_characters():
    groups = "0123 4567 89AB CDEF 0123 4567 89AB CDEF 0123 4567"
    assert values("pgp", f"pgp {groups}") == [groups.replace(" ", "")]
    assert values("pgp", f"pgp {groups[:-5]}") == []


def test_an_onion_name_has_to_fit_its_check_sum():
    good = "duckduckgogg42xjoc72x3sjasowoarfbgcmvfimaftt6twagswzczad"
    assert onion_name(good)
    assert not onion_name("e" + good[1:])
