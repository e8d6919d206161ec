"""The audit log read anew, entry by entry: what a verifier is given, and what only the ledger can be asked.

A verifier (`app/audit/verify.py`) is told headers, payload hashes and salts, and checks them against signed
checkpoints. Reading them out of the ledger, this module also checks what such a verifier never sees: the
kept leaves and nodes, the payloads' keys, and the checkpoints that the ledger keeps itself.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import sqlalchemy as sa

from homeward.model.event import Act
from homeward.store.ledger import entries, merkle
from homeward.store.ledger.engine import Tx
from homeward.store.ledger.events import header_of
from homeward.store.ledger.tables import checkpoints, events

Told: TypeAlias = tuple[bytes, bytes, bytes]  # header, SHA-256 of the ciphertext, salt
MOST_SAID = 20  # sentences kept of one reading: the first ones tell where to look
# As the file holds it, past the types of SQLAlchemy: a value spelled otherwise is a changed value.
ROWS = (
    'SELECT e.seq, e.at, e.actor, e.role, e.door, e.act, e."case", e.purpose, e.objects, e.rows, e.outcome, '
    "e.cipher, e.salt, e.leaf, k.key FROM events e LEFT JOIN event_keys k ON k.seq = e.seq ORDER BY e.seq"
)
NAMES = ("at", "actor", "role", "door", "act", "case", "purpose", "objects", "rows", "outcome")


def one(tx: Tx, seq: int) -> Told:
    """Return what a verifier is told of one entry."""
    row = tx.execute(sa.select(events).where(events.c.seq == seq)).one()
    return header_of(row), hashlib.sha256(row.cipher).digest(), row.salt


@dataclass
class Reading:
    """One reading of the whole log. `wrong` fills while it runs; it is complete when the iterator ends."""

    tx: Tx
    wrong: list[str] = field(default_factory=list)
    size: int = 0
    erased: int = 0
    roots: dict[int, bytes] = field(default_factory=dict)

    def entries(self) -> Iterator[Told]:
        """Yield what a verifier is told of each entry, checking the rest on the way."""
        wanted = {size for _, size, *_ in self._checkpoints()}
        nodes = self._rows("SELECT level, place, hash FROM event_nodes ORDER BY seq")
        keyless, named = set[int](), set[int]()
        newest: dict[int, bytes] = {}  # level → its newest node
        for row in self._rows(ROWS):
            said, key = dict(zip(NAMES, row[1:11], strict=True)), row[14]
            cipher, salt, leaf = bytes(row[11]), bytes(row[12]), bytes(row[13])
            head = self._header(row[0], said)
            payload = hashlib.sha256(cipher).digest()
            self.size += 1
            if row[0] != self.size:
                self._say(f"Entry {self.size:,} is missing, or numbered {row[0]}.")
            if merkle.leaf_hash(head + payload + salt) != leaf:
                self._say(f"Entry {self.size:,} was changed: its kept leaf is another.")
            if key is None:
                keyless.add(self.size)
            elif not entries.opens(head, cipher, bytes(key)):
                self._say(f"The payload of entry {self.size:,} does not open with its key.")
            if said["act"] == Act.ERASE:
                named |= {int(n[6:]) for n in said["objects"] if n.startswith("event:")}
            self._grow(self.size - 1, leaf, newest, nodes)
            if self.size in wanted:
                self.roots[self.size] = self._root(newest)
            yield head, payload, salt
        self.roots[self.size] = self._root(newest)
        self._end(nodes, keyless, named)

    def _rows(self, sql: str) -> Iterator[Any]:
        """Return rows as the driver gives them: there are millions."""
        return iter(self.tx.connection.cursor().execute(sql))

    def _root(self, newest: dict[int, bytes]) -> bytes:
        """Return the root of what was read so far: its peaks are the newest node of their levels."""
        return merkle.root(self.size, lambda level, _: newest[level])

    def _header(self, seq: int, said: dict[str, Any]) -> bytes:
        """Return the entry's header; the objects must be spelled as they were written."""
        text = said["objects"]
        if text == "[]":  # most entries: asked once a million times
            said["objects"] = []
            return entries.header(seq, said)
        try:
            said["objects"] = json.loads(text)
            spelled = json.dumps(said["objects"], separators=(",", ":"))
        except (ValueError, TypeError):
            said["objects"], spelled = [], ""
        if text != spelled:
            self._say(f"Entry {seq:,} was changed: its objects are spelled otherwise.")
        return entries.header(seq, said)

    def _grow(self, size: int, leaf: bytes, newest: dict[int, bytes], nodes: Iterator[Any]) -> None:
        """Compare the nodes that a leaf completes with those kept."""
        for level, place, found in list(merkle.grown(size, leaf, lambda level, _: newest[level])):
            kept = next(nodes, None)
            if kept is None or (kept[0], kept[1], bytes(kept[2])) != (level, place, found):
                self._say(f"The kept tree differs from the entries at entry {size + 1:,}.")
            newest[level] = found
        newest[0] = leaf

    def _checkpoints(self) -> list[tuple[int, int, bytes, str]]:
        columns = (checkpoints.c.seq, checkpoints.c.size, checkpoints.c.root, checkpoints.c.note)
        return [(r[0], r[1], bytes(r[2]), r[3]) for r in self.tx.execute(sa.select(*columns))]

    def _end(self, nodes: Iterator[Any], keyless: set[int], named: set[int]) -> None:
        if next(nodes, None) is not None:
            self._say("The kept tree has nodes that no entry made.")
        if lost := sorted(keyless - named):
            self._say(
                f"The key of entry {lost[0]:,} and {len(lost) - 1:,} others is gone; no event erased it."
            )
        self.erased = len(keyless & named)
        for seq, size, root, _ in self._checkpoints():
            if size > self.size:
                self._say(f"Checkpoint {seq} was signed over {size:,} entries; {self.size:,} are left.")
            elif self.roots[size] != root:
                self._say(f"The first {size:,} entries are not those of checkpoint {seq}.")

    def _say(self, sentence: str) -> None:
        if len(self.wrong) < MOST_SAID:
            self.wrong.append(sentence)
