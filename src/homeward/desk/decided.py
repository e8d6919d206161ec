"""The decisions in force, read once and held: what people decided is only ever added to.

What is held is everybody's: a note that was written for a case is not held, and read anew for whoever asks.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import replace
from weakref import WeakKeyDictionary

from homeward.house import House
from homeward.store.ledger import Tx, decisions
from homeward.store.ledger.decisions import Decided
from homeward.store.ledger.engine import Ledger

_held: WeakKeyDictionary[Ledger, tuple[int, Mapping[str, Decided]]] = WeakKeyDictionary()
_lock = threading.Lock()


def standing(tx: Tx, house: House) -> Mapping[str, Decided]:
    """Return the decision in force for each lead; with a case's note only where `tx` is shown it."""
    held = _standing(tx, house)
    notes = decisions.case_notes(tx)
    if not notes:
        return held
    return {lead: replace(d, note=notes[d.seq]) if d.seq in notes else d for lead, d in held.items()}


def _standing(tx: Tx, house: House) -> Mapping[str, Decided]:
    """Return what is in force without the notes of cases, as the transaction sees it; not to be changed."""
    newest = decisions.newest(tx)
    with _lock:
        held = _held.get(house.ledger)
    if held is not None and held[0] == newest:
        return held[1]
    read = decisions.standing(tx)
    found = {lead: d if d.case is None else replace(d, note="") for lead, d in read.items()}
    with _lock:
        _held[house.ledger] = (newest, found)
    return found
