"""The decisions in force, read once and held: what people decided is only ever added to."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from weakref import WeakKeyDictionary

from homeward.house import House
from homeward.store.ledger import Tx, decisions
from homeward.store.ledger.decisions import Decided
from homeward.store.ledger.engine import Ledger

_held: WeakKeyDictionary[Ledger, tuple[int, Mapping[str, Decided]]] = WeakKeyDictionary()
_lock = threading.Lock()


def standing(tx: Tx, house: House) -> Mapping[str, Decided]:
    """Return the decision in force for each lead, as the transaction sees them; not to be changed."""
    newest = decisions.newest(tx)
    with _lock:
        held = _held.get(house.ledger)
    if held is not None and held[0] == newest:
        return held[1]
    found = decisions.standing(tx)
    with _lock:
        _held[house.ledger] = (newest, found)
    return found
