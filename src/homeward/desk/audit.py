"""The audit log: verify it, hand it out, prove one entry of it, and say what is wrong with it.

Reading the log is an act like any other and is written into it.
"""

from __future__ import annotations

import base64
import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from homeward.desk.acts import event, note
from homeward.desk.permissions import permitted
from homeward.house import House
from homeward.model.actor import Actor
from homeward.model.errors import NotFound, UsageError, WorkspaceDamaged
from homeward.model.event import Act
from homeward.store import disk
from homeward.store.ledger import audit, checkpoints, events, merkle, notes

LONGEST_WHY = 2_000
Row = dict[str, Any]
# Told (header, SHA-256 of the payload, salt), notes and key, a verifier returns size and root or raises.
Verifier: TypeAlias = Callable[[Iterable[audit.Told], Sequence[str], str], tuple[int, bytes]]


@permitted("log.read")
def verify(actor: Actor, house: House, check: Verifier, *, kept: Sequence[str] = ()) -> Row:
    """Read every entry of the log against all that was signed; return what is wrong, as sentences.

    `check` is the verifier that is handed out; `kept` are notes kept elsewhere, which nobody who holds the
    ledger can make fit an altered log.
    """
    note(actor, house, Act.AUDIT, what="verify")
    key = _key(house)
    with house.ledger.read() as tx:
        reading = audit.Reading(tx)
        copies = house.watch.copies.read(key)
        given = [*_given(house, copies), *kept]
        newest = checkpoints.latest(tx)
        wrong = []
        try:
            check(reading.entries(), [*given, *([newest.note] if newest else [])], key)
        except ValueError as error:
            wrong.append(f"{str(error)[:1].upper()}{str(error)[1:]}.")
        if not reading.size:  # it refused before it read anything
            deque(reading.entries(), maxlen=0)
    return {
        "entries": reading.size, "erased": reading.erased, "wrong": [*wrong, *reading.wrong],
        "checkpoints": len(given) + bool(newest), "root": reading.roots.get(reading.size, merkle.EMPTY).hex(),
        "copies": [{"place": str(c.place), "size": c.checkpoint and c.checkpoint.size, "trouble": c.trouble}
                   for c in copies],
        "key": key,
    }  # fmt: skip


@permitted("log.read")
def sign(actor: Actor, house: House) -> Row:
    """Sign what the log is now, and copy that; refused when it does not continue what was signed."""
    note(actor, house, Act.AUDIT, what="checkpoint")
    with house.ledger.write() as tx:
        kept = house.watch.sign(tx)
        trouble = "" if kept else house.watch.trouble(tx)
    if kept is None:
        raise WorkspaceDamaged(
            f"{trouble} It is not signed.",
            remedy="Find out why with: homeward audit verify. A restored backup is acknowledged with: "
            "homeward audit acknowledge",
        )
    return {"size": kept.size, "root": kept.root.hex(), "note": kept.note, "key": _key(house),
            "trouble": house.watch.wrong}  # fmt: skip


@permitted("log.read")
def export(actor: Actor, house: House, folder: Path) -> Row:
    """Write the whole log with a fresh checkpoint into a new folder, as the verifier reads it.

    Payloads stay sealed: their hashes are handed out, so that nothing of a search or a person is in it.
    """
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(f"The folder {folder} is not empty.", remedy="Name an empty or a new folder.")
    signed = sign(actor, house)
    with disk.translated(f"The folder {folder}"), house.ledger.read() as tx:
        disk.make_folder(folder)
        size = 0
        with (folder / "log.jsonl").open("w", encoding="ascii") as out:
            for told in audit.Reading(tx).entries():
                if size == signed["size"]:
                    break  # written since the checkpoint
                size += 1
                out.write(line(told))
        (folder / "checkpoint.txt").write_text(signed["note"], "utf-8")
        (folder / "log.vkey").write_text(f"{signed['key']}\n", "utf-8")
    return {"folder": str(folder), "entries": size, "root": signed["root"], "key": signed["key"]}


@permitted("log.read")
def prove(actor: Actor, house: House, seq: int) -> Row:
    """Return the proof that one entry is in the log, with the entry's line: nothing of any other entry."""
    signed = sign(actor, house)
    with house.ledger.read() as tx:
        if not 1 <= seq <= signed["size"]:
            raise NotFound("event", str(seq))
        path = merkle.inclusion(seq - 1, signed["size"], events.node_getter(tx))
        told = audit.one(tx, seq)
    steps = "".join(f"{base64.b64encode(step).decode()}\n" for step in path)
    proof = f"c2sp.org/tlog-proof@v1\nindex {seq - 1}\n{steps}\n{signed['note']}"
    return {"entry": line(told), "proof": proof, "key": signed["key"]}


@permitted("log.read")
def prove_growth(actor: Actor, house: House, size: int) -> Row:
    """Return the newest checkpoint and the proof that it continues the log of `size` entries."""
    signed = sign(actor, house)
    if not 0 <= size <= signed["size"]:
        raise UsageError(f"The log holds {signed['size']:,} entries, not {size:,}.")
    with house.ledger.read() as tx:
        path = merkle.consistency(size, signed["size"], events.node_getter(tx))
    return {"note": signed["note"], "proof": "".join(f"{base64.b64encode(s).decode()}\n" for s in path),
            "size": signed["size"], "key": signed["key"]}  # fmt: skip


@permitted("log.acknowledge")
def acknowledge(actor: Actor, house: House, *, why: str) -> Row:
    """Keep that a person knows of a log that was put back: signing goes on from what is there.

    The copied checkpoints of the lost log are set aside, not deleted, and named in the event. Witnesses
    elsewhere keep theirs: they will refuse what follows, as they should.
    """
    if not why.strip() or len(why) > LONGEST_WHY:
        raise UsageError(f"An acknowledgement needs a reason of up to {LONGEST_WHY:,} characters.")
    with house.ledger.write() as tx:
        trouble = house.watch.trouble(tx)
        lost = _given(house, house.watch.copies.read(house.watch.key(tx)))
        done = event(actor, house, Act.AUDIT, what="acknowledge", why=why.strip(), trouble=trouble, lost=lost)
        seq = events.record(tx, done)
    moved = house.watch.copies.set_aside(str(seq)) if trouble else []
    return {"trouble": trouble, "moved": [str(path) for path in moved]}


def line(told: audit.Told) -> str:
    """Return an entry as a line of an exported log."""
    header, payload, salt = told
    row = {"header": header.decode("ascii"), "payload": payload.hex(), "salt": salt.hex()}
    return json.dumps(row, separators=(",", ":")) + "\n"


def _key(house: House) -> str:
    with house.ledger.write() as tx:
        return house.watch.key(tx)


def _given(house: House, copies: Iterable[Any]) -> list[str]:
    files: Iterator[Path] = (house.watch.copies.file(copy.place) for copy in copies if copy.checkpoint)
    return [path.read_bytes().decode("utf-8", "replace")[: notes.LARGEST] for path in files]
