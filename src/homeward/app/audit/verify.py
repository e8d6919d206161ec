#!/usr/bin/env python3
"""Verify an audit log of Homeward without Homeward: Python's standard library and this file are enough.

    python3 verify.py log FOLDER [--key FILE] [--checkpoint FILE]...   every entry of an exported log
    python3 verify.py proof PROOF --entry FILE --key FILE             one entry, without seeing the others
    python3 verify.py consistency OLD NEW PROOF --key FILE            a log that grew, without its entries

It reads the shapes of RFC 6962 and RFC 9162 (trees, proofs), RFC 8032 (Ed25519) and the C2SP formats of
signed notes, checkpoints and tlog-proof. Give it a checkpoint that you kept yourself: nobody who holds the
log can make an altered one fit it. Exit codes: 0 verified, 1 not verified, 2 wrong usage.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

DASH = "\u2014 "
EMPTY = hashlib.sha256(b"").digest()
Point = tuple[int, int, int, int]  # projective: x, y, z, x·y
Entry = tuple[bytes, bytes, bytes]  # header, SHA-256 of the payload, salt


class NotVerified(ValueError):
    """What was given does not prove what it claims; the message says why."""


# 1. Ed25519 (RFC 8032, section 5.1.7), in projective coordinates. Slow and simple: some notes a run.
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_1 = pow(2, (P - 1) // 4, P)


def _add(a: Point, b: Point) -> Point:
    (x1, y1, z1, t1), (x2, y2, z2, t2) = a, b
    m, n, c, d = (y1 - x1) * (y2 - x2), (y1 + x1) * (y2 + x2), 2 * t1 * t2 * D, 2 * z1 * z2
    e, f, g, h = n - m, d - c, d + c, n + m
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(number: int, point: Point) -> Point:
    found: Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            found = _add(found, point)
        point, number = _add(point, point), number >> 1
    return found


def _point(raw: bytes) -> Point | None:
    """Return the point that 32 bytes stand for, or None."""
    number = int.from_bytes(raw, "little")
    sign, y = number >> 255, number & (1 << 255) - 1
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_1 % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = _point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little")) or (0, 1, 1, 0)


def signature_holds(public: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether an Ed25519 signature of a message is by the holder of a public key."""
    if len(public) != 32 or len(signature) != 64:
        return False
    a, r = _point(public), _point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= ORDER:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    left, right = _times(s, BASE), _add(r, _times(h, a))
    return not any((left[i] * right[2] - right[i] * left[2]) % P for i in (0, 1))


# 2. Signed notes and checkpoints.


def decoded(text: str) -> bytes:
    """Return what a base 64 text stands for; nothing for a text that is none, which fits nowhere."""
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return b""


def open_checkpoint(note: str, key: str) -> tuple[int, bytes]:
    """Return (size, root) of a checkpoint that the holder of `key` (name+hash+key) signed."""
    name, _, rest = key.strip().partition("+")
    public = decoded(rest.partition("+")[2])
    known = hashlib.sha256(name.encode() + b"\n" + public).digest()[:4]
    if public[:1] != b"\x01" or known.hex() != rest.partition("+")[0]:
        raise NotVerified("the key is not an Ed25519 key of that name")
    text, gap, signatures = note.rpartition("\n\n")
    for line in signatures.rstrip("\n").split("\n"):
        who, _, body = line.removeprefix(DASH).rpartition(" ")
        if gap and line.startswith(DASH) and who == name:
            raw = decoded(body)
            if raw[:4] == known and signature_holds(public[1:], f"{text}\n".encode(), raw[4:]):
                break
    else:
        raise NotVerified("the checkpoint has no valid signature of this key")
    lines = text.split("\n")
    if len(lines) < 3 or lines[0] != name or not (lines[1].isascii() and lines[1].isdigit()):
        raise NotVerified("the note is no checkpoint of this log")
    root = decoded(lines[2])
    if len(root) != 32:
        raise NotVerified("the root of the checkpoint is no SHA-256")
    return int(lines[1]), root


# 3. Trees and proofs.


def leaf_hash(header: bytes, payload_sha256: bytes, salt: bytes) -> bytes:
    """Return the leaf of one entry."""
    if len(payload_sha256) + len(salt) != 48:
        raise NotVerified("an entry has a payload hash or a salt of another length")
    return hashlib.sha256(b"\x00" + header + payload_sha256 + salt).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def roots_at(leaves: Iterable[bytes], sizes: Iterable[int]) -> tuple[dict[int, bytes], bytes, int]:
    """Return {size: root} for the given sizes, and the root and size of the whole, in one pass."""
    wanted, found, size = set(sizes), {0: EMPTY}, 0
    peaks: list[bytes] = []
    for leaf in leaves:
        peaks.append(leaf)
        full = size
        while full & 1:
            peaks[-2:] = [node_hash(*peaks[-2:])]
            full >>= 1
        size += 1
        if size in wanted:
            found[size] = _folded(peaks)
    return found, _folded(peaks), size


def _folded(peaks: Sequence[bytes]) -> bytes:
    root = peaks[-1] if peaks else EMPTY
    for left in reversed(peaks[:-1]):
        root = node_hash(left, root)
    return root


def _climb(
    first: int, last: int, steps: Sequence[bytes], found: bytes, other: bytes = b""
) -> tuple[bytes, bytes]:
    """Climb from a node to the root; `other` climbs the older tree along the left-hand steps."""
    for step in steps:
        if last == 0:
            raise NotVerified("the proof is too long")
        if first & 1 or first == last:
            found = node_hash(step, found)
            other = node_hash(step, other)
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            found = node_hash(found, step)
        first, last = first >> 1, last >> 1
    if last:
        raise NotVerified("the proof is too short")
    return found, other


def check_inclusion(index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> None:
    """Raise NotVerified unless the leaf is at that index (from 0) of the log of that size and root."""
    if not 0 <= index < size:
        raise NotVerified("the log is too short for that entry")
    if _climb(index, size - 1, proof, leaf)[0] != root:
        raise NotVerified("the entry is not in the log of the checkpoint")


def check_consistency(old: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]) -> None:
    """Raise NotVerified unless the log of the new size and root begins with that of the old."""
    if not 0 <= old <= size or (old == 0 and old_root != EMPTY) or (size == 0 and root != EMPTY):
        raise NotVerified("the sizes or the empty root do not fit")
    if old in (0, size):
        if proof or (old == size and old_root != root):
            raise NotVerified("two logs of one size differ, or the proof is too long")
        return
    steps = list(proof) if old & (old - 1) else [old_root, *proof]
    if not steps:
        raise NotVerified("the proof is empty")
    first, last = old - 1, size - 1
    while first & 1:
        first, last = first >> 1, last >> 1
    after, before = _climb(first, last, steps[1:], steps[0], steps[0])
    if before != old_root or after != root:
        raise NotVerified("the new log does not begin with the old one")


# 4. What is handed out.


def check_log(entries: Iterable[Entry], notes: Iterable[str], key: str) -> tuple[int, bytes]:
    """Check entries (header, SHA-256 of payload, salt) against signed checkpoints; return size and root.

    Every checkpoint must fit. What comes after the largest one is not vouched for: the caller compares.
    """
    signed = [open_checkpoint(note, key) for note in notes]
    found, root, size = roots_at((leaf_hash(*entry) for entry in entries), {n for n, _ in signed})
    for n, expected in signed:
        if n > size:
            raise NotVerified(f"cut short: the log holds {size} entries, a checkpoint {n}")
        if found[n] != expected:
            raise NotVerified(f"changed: the first {n} entries are not those that were signed")
    return size, root


def parsed(line: str) -> Entry:
    """Return the entry that a line of an exported log holds."""
    row = json.loads(line)
    return row["header"].encode("ascii"), bytes.fromhex(row["payload"]), bytes.fromhex(row["salt"])


def read_entries(path: Path) -> Iterator[Entry]:
    """Yield the entries of an exported log; its lines hold header, payload (SHA-256) and salt."""
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            entry = parsed(line)
            if json.loads(entry[0])["seq"] != number:
                raise NotVerified(f"line {number} is not entry {number}")
            yield entry


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def verify_log(folder: Path, key: str, kept: Sequence[str]) -> str:
    """Verify a whole export against its own checkpoint and those that were kept elsewhere."""
    own = _text(folder / "checkpoint.txt")
    size, root = check_log(read_entries(folder / "log.jsonl"), [own, *kept], key)
    if more := size - open_checkpoint(own, key)[0]:
        raise NotVerified(f"{more} entries follow after the checkpoint of this export")
    return f"verified: {size} entries, root {root.hex()}, {1 + len(kept)} checkpoint(s)"


def verify_proof(proof: str, entry: str, key: str) -> str:
    """Verify one entry (a line of an exported log) with its tlog-proof."""
    head, gap, note = proof.partition("\n\n")
    lines = head.split("\n")
    if not gap or lines[0] != "c2sp.org/tlog-proof@v1" or not lines[1].removeprefix("index ").isdigit():
        raise NotVerified("the proof is no tlog-proof")
    size, root = open_checkpoint(note, key)
    index = int(lines[1].removeprefix("index "))
    check_inclusion(index, size, leaf_hash(*parsed(entry)), [decoded(line) for line in lines[2:]], root)
    return f"verified: entry {index + 1} of {size}"


def verify_consistency(old: str, new: str, proof: str, key: str) -> int:
    """Verify that the log of a new checkpoint continues that of an old one; return the new one's size."""
    (before, old_root), (after, root) = open_checkpoint(old, key), open_checkpoint(new, key)
    check_consistency(before, old_root, after, root, [decoded(line) for line in proof.split()])
    return after


def main(arguments: Sequence[str]) -> int:
    """Run one verification and print its outcome."""
    words, options = list(arguments), {"--key": [""], "--checkpoint": [], "--entry": [""]}
    try:
        for at in reversed(range(len(words) - 1)):
            if words[at] in options:
                options[words.pop(at)].append(_text(Path(words.pop(at))))
        what, key, entry = (*words[:1], len(words)), options["--key"][-1], options["--entry"][-1]
        if what == ("log", 2):
            folder = Path(words[1])
            print(verify_log(folder, key or _text(folder / "log.vkey"), options["--checkpoint"]))
        elif what == ("proof", 2) and entry and key:
            print(verify_proof(_text(Path(words[1])), entry, key))
        elif what == ("consistency", 4) and key:
            old, new, proof = (_text(Path(word)) for word in words[1:])
            print(f"verified: {verify_consistency(old, new, proof, key)} entries continue the old log")
        else:
            print(__doc__, file=sys.stderr)
            return 2
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        print(f"NOT VERIFIED: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
