"""How fast ads go into the index and come out of it: `python bench/speed/search.py [--ads 100000]`.

The ads are generated, bland, and meant for size only: a Zipf-like vocabulary, shared phones, 60 cities,
300 days, three months taken in. Every query asks for a page, all facets and the histogram, as the screen
does. Run on an otherwise idle machine.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

import pyarrow as pa
from fastapi.testclient import TestClient

from homeward.app.api.app import create_app
from homeward.app.api.limits import BUDGETS, Budget, Limits
from homeward.house import House, make_house
from homeward.model import ids, schema
from homeward.store.ledger import pins

START = datetime(2026, 1, 1, tzinfo=UTC)
STEMS = [
    "ami",
    "ber",
    "ca",
    "dor",
    "el",
    "fan",
    "gil",
    "hor",
    "in",
    "jo",
    "ka",
    "lu",
    "mi",
    "no",
    "or",
    "pel",
    "qui",
    "ros",
    "sa",
    "tin",
    "ul",
    "vor",
    "wen",
    "xi",
    "ya",
    "zor",
]
PHRASES = ["new in town", "relaxing massage", "by appointment only", "friendly and discreet", "call or text"]
BATCH = 20_000

QUERIES = [
    "", "{word}", "{word} {common}", "{common}", "{common} {other}", '"new in town"', '"relaxing massage" {word}',
    "phone:702*", "phone:*{last4}", "phone:{fragment}", "{phone}", "phone:({phone})", "city:city-7 {common}",
    "{prefix}*", "{word}~1", "near:39.5,-119.8,300km", "from:2026-03-01 to:2026-04-01", "has:obscured {common}",
    "({word} OR {rare}) -{common}", "-{common}", "name:{name}", "site:board2.test from:2026-06-01",
]  # fmt: skip


def vocabulary(rng: random.Random, size: int = 30_000) -> list[str]:
    """Make invented words."""
    return sorted(
        {"".join(rng.choices(STEMS, k=rng.randint(2, 4))) for _ in range(size)},
        key=lambda word: ids.make_id("w", word),
    )


def generated(n: int, seed: int) -> Iterator[tuple[pa.Table, pa.Table]]:
    """Yield batches of ads with their mentions."""
    rng = random.Random(seed)
    rng_words = random.Random(1)
    terms = vocabulary(rng_words)
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(terms))))
    phones = [
        f"+1702555{rng.randint(0, 9999):04d}" if k % 3 else f"+1775{rng.randint(0, 9999999):07d}"
        for k in range(n // 8)
    ]
    for first in range(0, n, BATCH):
        ads: list[dict[str, Any]] = []
        said: list[dict[str, Any]] = []
        for k in range(first, min(first + BATCH, n)):
            ad = ids.ad_id("board.test", str(k), None)
            body = " ".join(
                [
                    *rng.choices(terms, cum_weights=weights, k=60),
                    rng.choice(PHRASES),
                    *rng.choices(terms, cum_weights=weights, k=15),
                ]
            )
            city = rng.randrange(60)
            base = {
                "ad": ad, "capture": "c" + ad, "source_id": str(k), "site": f"board{rng.randrange(12)}.test",
                "title": " ".join(rng.choices(terms, cum_weights=weights, k=6)), "body": body, "city": f"City-{city}",
                "region": f"R{city % 9}", "country": "US", "lat": 30 + city / 5, "lon": -120 + city / 3,
                "language": "en", "posted_at": START + timedelta(minutes=rng.randrange(300 * 24 * 60)),
                "captured_at": START, "revision": 0, "phones": [], "emails": [], "photos": [], "extra": "{}",
                "zone_assumed": False, "month": f"2026-{9 + 3 * k // n:02d}",
            }  # fmt: skip
            ads.append(dict.fromkeys(schema.ADS.names) | base)
            phone = rng.choice(phones)
            values = [
                ("phone", phone, json.dumps({"national": phone[2:], "obscured": k % 5 == 0})),
                ("name", rng.choice(terms[:300]).title(), "{}"), ("age", str(rng.randint(21, 45)), "{}"),
                ("price", f"{rng.randrange(80, 400, 20)} USD 60min", "{}"), ("place", f"City-{city}, R1, US", "{}"),
                ("venue", "incall", "{}"), ("handle", f"instagram:{rng.choice(terms)}", "{}"),
                ("domain", f"{rng.choice(terms)}.example", "{}"), ("language", "en", "{}"),
            ]  # fmt: skip
            for kind, value, detail in values:
                row = {
                    "ad": ad,
                    "capture": "c" + ad,
                    "kind": kind,
                    "value": value,
                    "raw": value,
                    "start": 0,
                    "end": 5,
                }
                row |= {"part": "body", "confidence": 0.9, "reader": kind + "/1", "detail": detail}
                said.append(dict.fromkeys(schema.MENTIONS.names) | row)
        yield pa.Table.from_pylist(ads, schema.ADS), pa.Table.from_pylist(said, schema.MENTIONS)


def asked(rng: random.Random, n: int) -> list[tuple[str, str]]:
    """Return (kind of query, query), n of each kind, no two alike where it can be."""
    terms = vocabulary(random.Random(1))
    made = []
    for _ in range(n):
        phone = f"702555{rng.randint(0, 9999):04d}"
        fill = {
            "word": rng.choice(terms[20:2000]), "common": rng.choice(terms[:10]), "other": rng.choice(terms[:10]),
            "rare": rng.choice(terms[3000:]), "phone": phone, "last4": phone[-4:], "fragment": phone[3:],
            "prefix": rng.choice(terms)[:4], "name": rng.choice(terms[:300]),
        }  # fmt: skip
        made += [(kind, kind.format(**fill)) for kind in QUERIES]
    return made


def share(times: list[float], part: float) -> float:
    """Return a percentile in ms."""
    return sorted(times)[min(len(times) - 1, int(len(times) * part))] * 1000


def publish(house: House, ads: list[str], seed: int) -> None:
    """Put every ad into one of many leads, so that hits have something to be joined with."""
    rng = random.Random(seed)
    leads = [f"l{rng.randrange(max(1, len(ads) // 40))}" for _ in ads]
    table = {
        "ad": ads,
        "capture": ["c" + ad for ad in ads],
        "network": leads,
        "lead": leads,
        "run": ["r"] * len(ads),
    }
    columns = [pa.array(table.get(name, [None] * len(ads)), pa.string()) for name in schema.MEMBERS.names]
    version = house.lake.append("members", pa.Table.from_arrays(columns, schema=schema.MEMBERS))
    with house.ledger.write() as tx:
        pins.publish(tx, "r", {"members": version}, {}, now=START)


def main() -> None:
    """Build, ask through the API, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--ads", type=int, default=100_000)
    options.add_argument("--each", type=int, default=20, help="queries of each kind")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        house = make_house(home, key=bytes(32), clock=lambda: datetime.now(UTC), workers=1)
        spent, known = 0.0, []
        for ads, said in generated(given.ads, seed=7):
            began = time.perf_counter()
            house.index.add(ads, said)
            house.index.commit()
            spent += time.perf_counter() - began
            known += ads.column("ad").to_pylist()
        size = sum(path.stat().st_size for path in (home / "index").rglob("*") if path.is_file())
        print(
            f"built {given.ads:,} ads in {spent:.1f} s: {given.ads / spent:,.0f} ads/s, {size / 1e6:.0f} MB"
        )
        publish(house, known, seed=5)
        headers = {"X-Homeward": "1", "Origin": "http://localhost"}
        quick = Limits({kind: (Budget(10**6, 10**6), Budget(10**6, 10**6)) for kind in BUDGETS})
        client = TestClient(create_app(house, limits=quick), base_url="http://localhost", headers=headers)
        ask(client, "")  # what is held in memory is made once
        times: dict[str, list[float]] = {}
        for kind, text in asked(random.Random(3), given.each):
            times.setdefault(kind, []).append(ask(client, text))
        for kind, spans in [*times.items(), ("all", [one for several in times.values() for one in several])]:
            middle = statistics.median(spans) * 1000
            print(f"{kind or '(everything)':34} p50 {middle:7.1f} ms  p95 {share(spans, 0.95):7.1f} ms")
        house.close()


def ask(client: TestClient, text: str) -> float:
    """Ask for a page with facets and histogram; return the seconds it took."""
    began = time.perf_counter()
    answer = client.post("/api/search", json={"text": text, "limit": 30, "facets": True, "histogram": True})
    if answer.status_code != 200:
        raise SystemExit(f"{text}: {answer.status_code} {answer.text}")
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
