"""How long each API call behind a screen takes: `python -m bench.speed.api --home WORKSPACE`.

The workspace is one that `homeward init`, `ingest` and `refresh` made; its key is found as the program finds
it. Every route is asked for leads, groups, wordings and ads drawn from all there are, the largest among them,
each for the first time; the questions go through the whole application, without the network. What is asked
is written into the workspace's log, as every look is. Beside the time on the clock stands the time of the
processor, which a busy machine lengthens less.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from homeward.app import compose, settings
from homeward.app.api.app import create_app
from homeward.app.cli import common
from homeward.desk import doors, grouped, groups, roads, runs, workspace
from homeward.house import House
from homeward.store import disk

BUDGET = 100.0  # ms at the 95th percentile, ui.md section 4 and issue 6
SEED = 11
Ask = tuple[str, str, str, Any]  # route, method, path, body
PAGE = 40  # leads that triage asks for at once
HEADERS = {"X-Homeward": "1", "Origin": "http://localhost"}


def main() -> int:
    """Ask every route, print the figures; exit 1 where one is over its budget."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--home", type=Path, required=True)
    options.add_argument("--each", type=int, default=40, help="things drawn for each route")
    options.add_argument("--only", default="", help="routes whose name holds this")
    given = options.parse_args()
    with compose.opened(replace(settings.load(home=given.home), home=given.home)) as house:
        disk.read_ahead(house.index.root)
        workspace.overview(house)
        runs.warm(house)
        groups.warm(house)
        roads.warm(house)
        grouped.warm(house)
        runs.settle()  # all this `homeward serve` does by itself when it starts
        client = TestClient(create_app(house), base_url="http://localhost", headers=HEADERS)
        _come_in(client, house)
        times: dict[str, list[tuple[float, float]]] = {}
        for route, method, path, body in _asks(client, house, given.each):
            if given.only in route:
                times.setdefault(route, []).append(_timed(client, route, method, path, body))
    print(f"{'route':24} {'asked':>5} {'p50':>8} {'p95':>8} {'most':>8} {'cpu p50':>8} {'cpu p95':>8}   ms")
    over = 0
    for route, spans in times.items():
        wall, cpu = [one for one, _ in spans], [one for _, one in spans]
        p95 = _share(wall, 0.95)
        over += p95 > BUDGET
        figures = (_share(wall, 0.5), p95, max(wall), _share(cpu, 0.5), _share(cpu, 0.95))
        word = "OVER" if p95 > BUDGET else "ok"
        print(f"{route:24} {len(spans):5} {' '.join(f'{one:8.1f}' for one in figures)}   {word}")
    print(f"budget: p95 at most {BUDGET:.0f} ms")
    return 1 if over else 0


def _come_in(client: TestClient, house: House) -> None:
    """Sign in to a demo workspace by the link that `homeward serve` prints; a test workspace asks nobody."""
    if house.kind == "demo":
        token = doors.demo_link(common.actor(), house)
        _read(client, "POST", "/door/link", {"token": token})


def _timed(client: TestClient, route: str, method: str, path: str, body: Any) -> tuple[float, float]:
    """Ask once; return milliseconds on the clock and of the processor. Any answer but 200 ends the bench."""
    answer, took, work = _asked(client, method, path, body)
    if answer.status_code != 200:
        raise SystemExit(f"{route} {path}: {answer.status_code} {answer.text[:300]}")
    return took * 1000, work * 1000


def _asked(client: TestClient, method: str, path: str, body: Any = None) -> tuple[Any, float, float]:
    """Ask, and tell how many seconds that took on the clock and of the processor.

    A person asks less often than this bench: what is refused as too much at once is waited for and not counted.
    """
    while True:
        begun, worked = time.perf_counter(), time.process_time()
        answer = client.request(method, f"/api{path}", json=body)
        took, work = time.perf_counter() - begun, time.process_time() - worked
        if answer.status_code != 429:
            return answer, took, work
        time.sleep(1)


def _read(client: TestClient, method: str, path: str, body: Any = None) -> Any:
    """Return what the API answers, where the time does not count."""
    return _asked(client, method, path, body)[0].json()


def _share(spans: list[float], part: float) -> float:
    return sorted(spans)[min(len(spans) - 1, int(len(spans) * part))]


def _asks(client: TestClient, house: House, each: int) -> Iterator[Ask]:
    """Yield what is asked, route by route."""
    run = runs.current(house)
    if run is None or not run.leads:
        raise SystemExit("The workspace has no leads: make them with `homeward refresh`.")
    rng = random.Random(SEED)
    largest = sorted(run.leads, key=lambda lead: -lead["ads"])[:5]
    some = [*run.leads[:5], *largest, *rng.sample(run.leads, min(each, len(run.leads)))][: each + 10]
    leads = list({lead["id"]: lead for lead in some}.values())
    for _ in range(each):
        yield "session", "GET", "/session", None
        yield "queue, my day", "GET", f"/leads?mine=true&limit={PAGE}", None
        yield "queue, all", "GET", f"/leads?limit={PAGE}", None
        yield "queue, active", "GET", f"/leads?limit={PAGE}&active_days=90", None
        yield "area", "GET", "/area", None
    for lead in leads:
        yield "lead", "GET", f"/leads/{lead['id']}", None
        yield "who looked", "GET", f"/leads/{lead['id']}/looks", None
    yield from _dossiers(client, [lead["identity"] for lead in leads])
    for lead in leads[:each]:
        yield "why A and B, of a lead", "GET", f"/leads/{lead['id']}/chains", None
        decided = _read(client, "POST", f"/leads/{lead['id']}/decision", {"decision": "watch"})
        back = {"decision": decided["decision"]["id"]}
        yield "undo", "POST", f"/leads/{lead['id']}/undo", back
        yield "decide", "POST", f"/leads/{lead['id']}/decision", {"decision": "watch"}
        standing = _read(client, "GET", f"/leads/{lead['id']}")["lead"]["decision"]
        _read(client, "POST", f"/leads/{lead['id']}/undo", {"decision": standing["id"]})
    yield from _searches(client, rng, each)
    yield from _offices(each)
    yield "surges", "GET", "/surges", None
    yield "judgements", "GET", "/judgements", None


def _offices(each: int) -> Iterator[Ask]:
    """What the screens beside the ads ask for: watches, urgent marks, records, people, the log."""
    for _ in range(each):
        for page in (
            "watches",
            "urgent",
            "records",
            "retention",
            "sources",
            "account",
            "permissions",
            "audit",
        ):
            yield page, "GET", f"/{page}", None
        yield "events of the log", "POST", "/audit/events", {}


def _dossiers(client: TestClient, identities: list[str]) -> Iterator[Ask]:
    """What the tabs of a dossier ask, of groups whose lead was looked at."""
    for one in identities:
        yield "dossier", "GET", f"/identities/{one}", None
        page = _read(client, "GET", f"/identities/{one}")
        for group in page["identifiers"][:3]:
            value = {"kind": group["kind"], "value": group["values"][0]["value"]}
            yield "why a value", "POST", f"/identities/{one}/why", value
            yield "ads of a value", "POST", f"/identities/{one}/ads", {**value, "limit": 20}
        yield "wordings", "GET", f"/identities/{one}/wordings", None
        for wording in _read(client, "GET", f"/identities/{one}/wordings")["wordings"][:1]:
            yield "wording, ad by ad", "GET", f"/identities/{one}/wordings/{wording['id']}", None
        yield "links", "POST", f"/identities/{one}/links", {}
        yield "movement", "GET", f"/identities/{one}/movement", None
        yield "same round", "GET", f"/identities/{one}/alike", None
        yield "photos", "GET", f"/identities/{one}/photos", None
        yield "history", "GET", f"/identities/{one}/history", None
        yield "notes", "GET", f"/identities/{one}/notes", None
        ads = _read(client, "POST", f"/identities/{one}/ads", {"limit": 2})["ads"]
        if len(ads) == 2:
            a, b = ads[0]["id"], ads[1]["id"]
            yield "why A and B", "POST", f"/identities/{one}/chains", {"a": a, "b": b}
            cut = {"a": a, "b": b, "judgement": "different"}
            yield "preview of a cut", "POST", "/judgements/preview", cut


def _searches(client: TestClient, rng: random.Random, each: int) -> Iterator[Ask]:
    """Searches as the screen makes them, for values that ads hold; then those ads, lists and networks."""
    first = _read(client, "POST", "/search", {"text": "has:phone", "limit": 100})
    ads = rng.sample(first["hits"], min(each, len(first["hits"])))
    phones = [s["value"] for ad in ads for s in ad["text"] if s.get("kind") == "phone"]
    queries = [
        "",
        "has:phone",
        "has:obscured",
        "phone:702*",
        "massage",
        "new in town",
        "near:39.5,-119.8,200km",
    ]
    for text in [*queries, *phones[:each]]:
        whole = {"text": text, "limit": 30, "facets": True, "map": True}
        yield "search, first page", "POST", "/search", whole
        bars = {"text": text, "limit": 0, "facets": False, "histogram": True}
        yield "search, histogram", "POST", "/search", bars
        yield "search, by group", "POST", "/search/groups", {"text": text}
        answer = _read(client, "POST", "/search", whole)
        yield "search, opened again", "GET", f"/search/{answer['s']}", None
        if answer["next"]:
            further = {"text": text, "limit": 30, "after": answer["next"], "facets": False}
            yield "search, further page", "POST", "/search", further
    for ad in ads:
        yield "ad", "GET", f"/ads/{ad['id']}", None
    for phone in phones[:each]:
        yield "whole network", "POST", "/search/network", {"text": phone}
    yield "list of 20 terms", "POST", "/search/list", {"terms": [*phones, *queries[1:]][:20]}


if __name__ == "__main__":
    sys.exit(main())
