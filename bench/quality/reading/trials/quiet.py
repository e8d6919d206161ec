"""Texts full of prices, dates, heights, measurements, addresses, order numbers, years, licences and times: no phone."""

from __future__ import annotations

# fmt: off
import string
from collections.abc import Callable
from random import Random

from bench.quality.reading.trials.carriers import NUMBERED, PLAIN

Row = dict[str, object]


def _digits(random: Random, n: int) -> str:
    return "".join(random.choice(string.digits) for _ in range(n))


def _prices(r: Random) -> str:
    a = r.randrange(60, 200, 10)
    return r.choice((
        f"15 min ${a} 30 min ${a + 40} 60 min ${a + 90}", f"{a} hh {a + 60} h {a + 150} 2h", f"{a}/{a + 40}/{a + 80}",
        f"Rates {a} {a + 50} {a + 100} {a + 200}", f"${a}-${a + 60}-${a + 120}", f"half hour {a}, hour {a + 60}, 90 min {a + 110}",
        f"{a}hh-{a + 60}hr-{a + 160}2hr", f"donation {a}/{a + 50}/{a + 120} roses", f"$ {a} . {a + 40} . {a + 90} . {a + 1000}",
        f"€{a} / €{a + 50} / €{a + 150}", f"{a}.00 {a + 20}.50 {a + 1000}.00", f"total ${a},{_digits(r, 3)}.{_digits(r, 2)}",
    ))  # fmt: skip


def _dates(r: Random) -> str:
    y, m, d = r.randint(2015, 2026), r.randint(1, 12), r.randint(1, 28)
    return r.choice((
        f"{m:02}/{d:02}/{y}", f"{y}-{m:02}-{d:02}", f"{d:02}.{m:02}.{y}", f"{y}{m:02}{d:02}", f"{m}/{d}/{y % 100} to {m}/{d + 2}/{y % 100}",
        f"posted {y}-{m:02}-{d:02} {r.randrange(24):02}:{r.randrange(60):02}:{r.randrange(60):02}",
        f"{y}-{m:02}-{d:02}T{r.randrange(24):02}:{r.randrange(60):02}:00Z", f"May {d}-{d + 2} {y}", f"{d}/{m}/{y} - {d + 3}/{m}/{y}",
        f"visiting {m:02}/{d:02} {m:02}/{d + 1:02} {m:02}/{d + 2:02}", f"Updated: {d:02} Jan {y} at {r.randint(1, 12)}:{r.randrange(60):02} PM",
        f"since {y}, renewed {y + 1}, {y + 2} and {y + 3}",
    ))  # fmt: skip


def _body(r: Random) -> str:
    return r.choice((
        f"5'{r.randrange(12)}\" {r.randint(100, 180)} lbs 34-26-36", f"{r.randint(150, 185)} cm {r.randint(45, 80)} kg 90-60-90",
        f"36-24-36, 5ft {r.randrange(12)}in, {r.randint(100, 160)}lb, {r.randint(21, 45)} yo", f"90/60/90 170/55 age {r.randint(21, 45)}",
        f"height 5.{r.randrange(10)} weight {r.randint(100, 160)} shoe 38", f"34B-25-36 and 5 foot {r.randrange(10)}",
    ))  # fmt: skip


def _address(r: Random) -> str:
    return r.choice((
        f"{_digits(r, 4)} Harbor St, Suite {_digits(r, 3)}, Reno, NV 89{_digits(r, 3)}", f"{r.randint(100, 9999)} W 5th Ave Apt {_digits(r, 3)}",
        f"P.O. Box {_digits(r, 5)}, Reno NV 89501-{_digits(r, 4)}", f"ZIP 89{_digits(r, 3)}-{_digits(r, 4)}", f"Room {_digits(r, 3)}, floor 12, gate {_digits(r, 4)}",
        f"Hwy 395 exit {r.randint(1, 99)}, then 2nd left, unit {_digits(r, 3)}", f"lat 39.5{_digits(r, 4)}, lon -119.8{_digits(r, 4)}",
        f"12 rue de la Paix, 750{r.randint(10, 20)} Paris", f"Hauptstr. {r.randint(1, 200)}, 101{_digits(r, 2)} Berlin",
    ))  # fmt: skip


def _orders(r: Random) -> str:
    cue = r.choice(("Order #", "order no. ", "Ref: ", "Invoice ", "Ad ID: ", "Post ID ", "Listing ", "tracking ", "Case no ", "SKU ", "ticket #"))
    return cue + r.choice((
        _digits(r, r.randint(5, 16)), f"{_digits(r, 3)}-{_digits(r, 7)}-{_digits(r, 7)}", f"{_digits(r, 3)}-{_digits(r, 3)}-{_digits(r, 3)}",
        f"{_digits(r, 2)}-{_digits(r, 5)}", f"AB{_digits(r, 8)}", f"1Z{_digits(r, 10)}", _digits(r, 10), _digits(r, 11),
    ))  # fmt: skip


def _licences(r: Random) -> str:
    return r.choice((
        f"License MT{_digits(r, 6)}", f"lic. # {_digits(r, 7)}", f"CAMTC {_digits(r, 5)}", f"LMT #{_digits(r, 6)}", f"NPI {_digits(r, 10)}",
        f"License no. NVMT.{_digits(r, 4)}", f"establishment lic MM{_digits(r, 5)}", f"ISBN 978-{_digits(r, 1)}-{_digits(r, 4)}-{_digits(r, 4)}-{_digits(r, 1)}",
        f"VAT DE{_digits(r, 9)}", f"EIN {_digits(r, 2)}-{_digits(r, 7)}", f"licence number {_digits(r, 10)}", f"IBAN DE{_digits(r, 2)} {_digits(r, 4)} {_digits(r, 4)} {_digits(r, 4)}",
        f"IP 10.{r.randrange(256)}.{r.randrange(256)}.{r.randrange(256)}", f"card ending {_digits(r, 4)}", f"serial {_digits(r, 12)}",
    ))  # fmt: skip


def _times(r: Random) -> str:
    return r.choice((
        "Mon 9:00-17:00 Tue 9:00-17:00 Wed 10:00-18:00", "9am-5pm, 6pm-11pm", f"slots 10:00 10:30 11:00 11:30 12:{r.randrange(60):02}", "0900-1700 0900-2100",
        "Mo-Fr 10-20, Sa 11-18, So 12-16", f"at {r.randint(1, 12)}:{r.randrange(60):02} or {r.randint(1, 12)}:{r.randrange(60):02}", "open 10-10, 7 days, 365 days a year",
        "12:00 13:00 14:00 15:00 16:00", "1000 to 2200 hours",
    ))  # fmt: skip


def _counts(r: Random) -> str:
    return r.choice((
        f"{_digits(r, 4)} views, {_digits(r, 3)} likes, {_digits(r, 5)} followers", f"rated 4.{_digits(r, 1)} of 5 by {_digits(r, 3)} guests", f"{r.randint(1, 9)},{_digits(r, 3)},{_digits(r, 3)} visitors",
        "1 2 3 4 5 6 7 8 9 10", "1-2-3 easy", "one two three go", "buy one get one, two for one, three in a row", f"photo {_digits(r, 8)}.jpg", f"IMG_{_digits(r, 8)}_{_digits(r, 6)}.jpg",
        f"page 1 2 3 4 5 6 7 8 of {_digits(r, 2)}", f"https://site.test/ad/{_digits(r, r.randint(6, 9))}", f"https://site.test/{r.randint(2015, 2026)}/0{r.randint(1, 9)}/{_digits(r, 6)}", f"v{r.randint(1, 9)}.{_digits(r, 2)}.{_digits(r, 3)}",
        "for one or two, to see four seasons, nine to five", f"#{_digits(r, 6)} #top10 #2025", f"score {_digits(r, 2)}-{_digits(r, 2)} {_digits(r, 2)}-{_digits(r, 2)}", f"{_digits(r, 3)} sq ft, {_digits(r, 4)} sq m", f"$bc1 {_digits(r, 2)} {_digits(r, 3)}",
    ))  # fmt: skip


PARTS: tuple[Callable[[Random], str], ...] = (
    _prices, _dates, _body, _address, _orders, _licences, _times, _counts,
    lambda r: r.choice(NUMBERED), lambda r: r.choice(PLAIN),
)  # fmt: skip
COUNTRIES = ("US",) * 6 + ("GB", "FR", "DE", "ES", "CA", "BR", "RU", "AU")


def texts(n: int, seed: int) -> list[Row]:
    """Texts of two to nine such parts, of ads in many countries; none of them has a phone."""
    random, rows = Random(seed), list[Row]()
    for _ in range(max(n, 2000)):
        joint = random.choice((" ", "\n", ". ", " - ", ", ", " | ", "\n\n", " ★ ", "/"))
        ways = [random.choice(PARTS) for _ in range(random.randint(2, 9))]
        text = joint.join(way(random) for way in ways)
        rows.append({"text": text, "kind": "phone", "expected": [], "country": random.choice(COUNTRIES), "style": "quiet"})
    return rows
