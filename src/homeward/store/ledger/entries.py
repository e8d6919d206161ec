"""One entry of the audit log as bytes: a plain header, a payload under a key of its own, a salted leaf.

    leaf = SHA-256(0x00 ‖ header ‖ SHA-256(ciphertext) ‖ salt)

The header is canonical JSON and holds opaque ids only. What was searched for and every other detail is in
the payload; taking its key away makes it unreadable for good, while every proof over the leaf still holds.
The salt keeps anybody from guessing a header that was not disclosed.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from homeward.store.ledger.merkle import leaf_hash

KEY_BYTES, SALT_BYTES = 32, 16
NONCE = bytes(12)  # constant, for each key seals one payload only
# What may stand in a header: ids that we made. Anything else, such as an id as somebody typed it, does not.
OPAQUE = re.compile(r"[a-z][a-z2-7]{16}|[0-9a-f]{16}|[0-9a-f]{64}|event:[0-9]{1,12}")
FIELDS = ("at", "actor", "role", "door", "act", "case", "purpose", "objects", "rows", "outcome")


@dataclass(frozen=True, slots=True)
class Entry:
    """What the ledger keeps of one event, beside the columns that its header is made of."""

    cipher: bytes
    key: bytes
    salt: bytes
    leaf: bytes


def header(seq: int, fields: Mapping[str, Any]) -> bytes:
    """Return the canonical header: JSON with sorted names, no spaces, ASCII only."""
    said = {name: fields[name] for name in FIELDS}
    said["seq"], said["v"] = seq, 1
    if isinstance(said["rows"], float):  # in a changed row only; the quick way would write infinity as null
        return canonical(said)
    try:
        quick = orjson.dumps(said, option=orjson.OPT_SORT_KEYS)
    except TypeError:  # a number of more than 64 bits, or half a character
        return canonical(said)
    # Of printable ASCII the two write the same bytes; a test compares them.
    return quick if quick.isascii() and b"\x7f" not in quick else canonical(said)


def canonical(value: Any) -> bytes:
    """Return the one spelling of a JSON value."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")


def leaf(header: bytes, cipher: bytes, salt: bytes) -> bytes:
    """Return the leaf hash of an entry."""
    return leaf_hash(header + hashlib.sha256(cipher).digest() + salt)


def seal(head: bytes, payload: Mapping[str, Any]) -> Entry:
    """Seal a payload under a fresh key, bound to its header."""
    key, salt = secrets.token_bytes(KEY_BYTES), secrets.token_bytes(SALT_BYTES)
    cipher = AESGCM(key).encrypt(NONCE, canonical(payload), head)
    return Entry(cipher, key, salt, leaf(head, cipher, salt))


def unseal(head: bytes, cipher: bytes, key: bytes) -> dict[str, Any] | None:
    """Return the payload, or None when key, header and ciphertext do not belong together."""
    try:
        found: dict[str, Any] = json.loads(AESGCM(key).decrypt(NONCE, cipher, head))
    except (InvalidTag, ValueError):
        return None
    return found


def opens(head: bytes, cipher: bytes, key: bytes) -> bool:
    """Tell whether key, header and ciphertext belong together, without reading the payload."""
    try:
        AESGCM(key).decrypt(NONCE, cipher, head)
    except (InvalidTag, ValueError):
        return False
    return True


def opaque(objects: Sequence[str]) -> list[str]:
    """Return the objects as a header may name them: our own ids; in place of anything else, nothing."""
    return [name if OPAQUE.fullmatch(name) else "" for name in objects]
