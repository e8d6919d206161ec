"""The watch over the audit log: signs when it is time, copies what was signed, and says when it was put back.

It stands between the ledger and its transactions, so that no caller has to think of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any

from homeward.model.errors import HomewardError
from homeward.model.event import Act, Event
from homeward.store.ledger import checkpoints, events, meta, notes
from homeward.store.ledger.copies import Copies
from homeward.store.ledger.engine import Tx
from homeward.store.ledger.notes import Checkpoint

if TYPE_CHECKING:
    from homeward.store.ledger.engine import Ledger

ALARM = "audit.alarm"  # what the last alarm was about, so that it is raised once
SIGNED = "signed"  # in what is said of the transaction: note and key to copy once it is committed
ACTOR = "homeward"


class Watch:
    """Over the log of one workspace. `wrong` says what went wrong with the last copying."""

    def __init__(self, copies: Copies, clock: Callable[[], datetime]) -> None:
        self.copies, self.clock = copies, clock
        self.wrong: list[str] = []
        self._looked = self._unsigned = False

    def written(self, tx: Tx) -> None:
        """Look at a transaction before it is committed: raise the alarm, sign when it is time."""
        size = tx.info["homeward"].get(events.RECORDED)
        if size is None:
            return
        self._unsigned = True
        if not self._looked:
            self._looked = True
            if max((c.size for c in self._copied(tx)), default=0) > size:
                self._alarm(tx, checkpoints.trouble(tx, self._copied(tx)))
        if checkpoints.is_due(tx, size, self.clock()):
            self.sign(tx)

    def committed(self, said: Mapping[str, Any]) -> None:
        """Copy what a transaction signed, now that it lasts."""
        signed = said.get(SIGNED)
        if signed is not None:
            self._unsigned = False
            self.wrong = self.copies.put(*signed)

    def look(self, ledger: Ledger) -> list[str]:
        """Try again to copy to places that lack the newest checkpoint; return what is still wrong with any.

        A place whose copy is ahead, or of another log, is not written over: it may be the proof of that.
        """
        with ledger.write() as tx:
            last, key = checkpoints.latest(tx), self.key(tx)
        if last is None:
            return []
        found, late = [], []
        for copy in self.copies.read(key):
            if copy.checkpoint is None and self.copies.file(copy.place).exists():
                found.append(copy.trouble)
            elif copy.checkpoint is None or copy.checkpoint.size < last.size:
                late.append(copy.place)
        self.wrong = [*found, *self.copies.put(last.note, key, late)]
        return self.wrong

    def closing(self, ledger: Ledger) -> None:
        """Sign what this process recorded and has not signed yet."""
        if not self._unsigned:
            return
        self._unsigned = False
        with suppress(HomewardError), ledger.write() as tx:
            self.sign(tx)

    def sign(self, tx: Tx) -> checkpoints.Kept | None:
        """Sign the log as it is; None, with the alarm raised, when it does not continue what was signed."""
        copied = self._copied(tx)
        kept = checkpoints.sign(tx, self.copies.origin, now=self.clock(), copies=copied)
        if kept is None:
            self._alarm(tx, checkpoints.trouble(tx, copied))
        else:
            tx.info["homeward"][SIGNED] = (kept.note, self.key(tx))
        return kept

    def key(self, tx: Tx) -> str:
        """Return the public key of the log."""
        return notes.verifier_key(self.copies.origin, checkpoints.seed(tx))

    def trouble(self, tx: Tx) -> str:
        """Say why the log may not be signed as it stands; empty when it may."""
        return checkpoints.trouble(tx, self._copied(tx))

    def _copied(self, tx: Tx) -> list[Checkpoint]:
        return [copy.checkpoint for copy in self.copies.read(self.key(tx)) if copy.checkpoint]

    def _alarm(self, tx: Tx, trouble: str) -> None:
        """Record an alarm, once for each trouble; what was signed and copied is named in it."""
        about = [trouble, *sorted(f"{c.size} {c.root.hex()}" for c in self._copied(tx))]
        if meta.get(tx, ALARM) == about:
            return
        meta.put(tx, ALARM, about)
        detail = {"trouble": trouble, "copies": about[1:]}
        events.record(tx, Event(self.clock(), ACTOR, "log", Act.ALARM, outcome="alarm", detail=detail))
