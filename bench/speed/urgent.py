"""How soon an urgent mark holds in every view: `python -m bench.speed.urgent --home WORKSPACE`.

The workspace is one that `homeward init`, `ingest` and `refresh` made. One person marks a lead, another looks
at once, through the desk, at every view that could show it: the queue, a search, the lead, the dossier, an
ad, a list of numbers, a whole-network question, the map and leads as they are exported. Each mark is lifted
again. All of it is written into the workspace's log. Wanted: everything within a second (SAF-6).
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from homeward.app import compose, settings
from homeward.desk import ads, grouped, identity, leads, networks, roads, runs, search, urgent, workspace
from homeward.house import House
from homeward.model.actor import Actor, Purpose, Role
from homeward.model.errors import HomewardError

WANTED = 1.0  # seconds
SEED = 11
ANN = Actor("ann", "api", Role.ANALYST, Purpose.IDENTIFY)
BEN = Actor("ben", "api", Role.ANALYST, Purpose.IDENTIFY)
DORA = Actor("dora", "api", Role.SUPERVISOR, Purpose.IDENTIFY)
REQUEST = {"text": "", "filters": [], "first": None, "last": None, "after": None, "limit": 50, "facets": True,
           "histogram": True, "map": True}  # fmt: skip


def views(house: House, lead: Mapping[str, Any], ad: str) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Yield every view that could show a lead, by name."""
    yield "queue", lambda: leads.queue(BEN, house, tab="new", limit=200)
    yield "search, map and facets", lambda: search.search_page(BEN, house, REQUEST)
    yield "lead", lambda: leads.page(BEN, house, lead["id"])
    yield "dossier", lambda: identity.dossier(BEN, house, lead["identity"])
    yield "ad", lambda: ads.page(BEN, house, ad)
    yield "list of numbers", lambda: search.list_search(BEN, house, ["phone:702*", "massage"])
    yield "whole network", lambda: networks.ask(BEN, house, "massage")
    yield "groups found", lambda: grouped.by_group(BEN, house, {**REQUEST, "text": "massage"})
    yield "surges", lambda: roads.surges(BEN, house)


def main() -> int:
    """Mark, look, lift; print the figures; exit 1 where a look takes longer than wanted."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--home", type=Path, required=True)
    options.add_argument("--marks", type=int, default=5)
    given = options.parse_args()
    times: dict[str, list[tuple[float, float]]] = {}
    with compose.opened(replace(settings.load(home=given.home), home=given.home)) as house:
        workspace.overview(house)
        run = runs.current(house)
        if run is None:
            sys.exit("Make a refresh first.")
        runs.warm(house)
        roads.warm(house)
        grouped.warm(house)  # all this `homeward serve` does by itself when it starts
        largest = max(run.leads, key=lambda one: one["ads"])
        chosen = [largest, *random.Random(SEED).sample(run.leads, given.marks - 1)]
        for lead in chosen:
            ad = run.identity(lead["identity"])["ads"][0]
            times.setdefault("the mark itself", []).append(
                _seconds(lambda lead=lead: urgent.flag(ANN, house, lead["id"], "possible-child"))
            )
            for name, look in views(house, lead, ad):
                times.setdefault(name, []).append(_seconds(look))
            mark = next(m for m in urgent.listing(ANN, house)["marks"] if m["lead"] == lead["id"])
            urgent.lift(DORA, house, mark["id"], why="a drill")
        print(
            f"{house.index.count():,} ads, {len(run.leads):,} leads, {len(chosen)} marks, the largest first"
        )
    over = False
    for name, taken in times.items():
        over |= max(wall for wall, _ in taken) > WANTED
        told = "  ".join(f"{wall:5.2f} ({cpu:.2f})" for wall, cpu in taken)
        print(f"{name:24} {told}  s on the clock (of the processor)")
    return int(over)


def _seconds(look: Callable[[], Any]) -> tuple[float, float]:
    """Return the time on the clock, and that of the processor, which a busy machine lengthens less."""
    began, cpu = time.perf_counter(), time.process_time()
    with suppress(HomewardError):  # that it is restricted is the right answer
        look()
    return time.perf_counter() - began, time.process_time() - cpu


if __name__ == "__main__":
    sys.exit(main())
