"""The current run, as whoever acts may see it; made once a run, which never changes."""

from __future__ import annotations

import gc
import threading
from collections import OrderedDict
from typing import Any

from homeward.desk.run import WEEKS, Row, Run
from homeward.desk.run_without import RunWithout
from homeward.house import House
from homeward.model.errors import NotFound
from homeward.store.ledger import pins as ledger_pins

__all__ = ["GROUPS_HELD", "SEEN", "WEEKS", "Row", "Run", "current", "needed", "settle", "warm"]

SEEN = "m.ad NOT IN (SELECT unnest(?::VARCHAR[]))"  # of SQL over members: not the ads that are hidden
VEILED_HELD = 4  # runs as people see them who may not see all of their ads
RUNS_HELD = 2  # the current run and, while a page is being read, the one before it
GROUPS_HELD = 256  # groups whose pages are kept ready: the queue's first pages and what was opened lately


def warm(house: House) -> None:
    """Read what every page of the current run needs, so that the first person does not wait for it."""
    run = current(house)
    if run is not None:
        for part in (run.leads, run.findings, run.members, run.identities, run.templates, run.filtered):
            del part
        for lead in run.leads[:1]:
            run.leads_in([""])
            run.places_of(lead["id"])
            run.weekly_of(lead["id"])
            run.identity(lead["identity"])
            run.rows_of([])


def settle() -> None:
    """Spare what was read Python's look for garbage: at a million ads that stops all for half a second."""
    gc.collect()
    gc.freeze()


_held: OrderedDict[tuple[Any, ...], Run] = OrderedDict()
_veiled: OrderedDict[tuple[Any, ...], Run] = OrderedDict()
_lock = threading.Lock()


def current(house: House) -> Run | None:
    """Return the current run as the house shows it, or None before the first refresh."""
    run = _current(house.whole or house)
    if run is None or not house.lake.hidden:
        return run
    key = (str(house.home), run.id, house.lake.hidden, frozenset(house.hidden.items()))
    with _lock:
        seen = _veiled.get(key)
        if seen is None or seen.base is not run:
            seen = _veiled[key] = RunWithout(house, run.id, run.pins, run.at, run.meta, base=run)
        _veiled.move_to_end(key)
        while len(_veiled) > VEILED_HELD:
            _veiled.popitem(last=False)
    return seen


def _current(house: House) -> Run | None:
    with house.ledger.read() as tx:
        found = ledger_pins.current(tx)
    if found is None:
        return None
    key = (str(house.home), found.run, *sorted(found.pins.items()))
    with _lock:
        run = _held.get(key)
        if run is None or run.house is not house:
            run = _held[key] = Run(house, found.run, found.pins, found.at, found.meta)
            gc.unfreeze()  # what it takes the place of is garbage now, and goes in a circle
        _held.move_to_end(key)
        while len(_held) > RUNS_HELD:
            _held.popitem(last=False)
    return run


def needed(house: House, what: str, key: str) -> Run:
    """Return the current run; without one there is no such thing as `what`."""
    run = current(house)
    if run is None:
        raise NotFound(what, key)
    return run
