"""Checkpoints as signed notes: what the log was at one moment, in the format of C2SP (signed-note, tlog).

A note is text, an empty line, and signatures. Ours says the log's name, its size, its root in base 64, and
when. The key of a name is known by four bytes of a hash, and handed out as `name+hash+key`.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"  # C2SP's number of the algorithm
DASH = "\u2014 "
LARGEST = 4096  # bytes of a note of ours, with room for the signatures of witnesses


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What the log was: its name, how many entries, the root over them, and when that was signed."""

    origin: str
    size: int
    root: bytes
    at: str = ""

    def text(self) -> str:
        """Return what is signed."""
        return (
            f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"
            + (f"time {self.at}\n" if self.at else "")
        )  # fmt: skip


def origin(workspace: str) -> str:
    """Return the name of a workspace's log."""
    return f"homeward.log/{workspace}"


def verifier_key(name: str, seed: bytes) -> str:
    """Return the public key of a name, as witnesses keep it."""
    public = ED25519 + Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    return f"{name}+{_key_hash(name, public).hex()}+{base64.b64encode(public).decode()}"


def signed(checkpoint: Checkpoint, seed: bytes) -> str:
    """Return the note of a checkpoint with our signature."""
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public = ED25519 + key.public_key().public_bytes_raw()
    body = _key_hash(checkpoint.origin, public) + key.sign(checkpoint.text().encode())
    return f"{checkpoint.text()}\n{DASH}{checkpoint.origin} {base64.b64encode(body).decode()}\n"


def opened(note: str, key: str) -> Checkpoint | None:
    """Return what a note says, or None unless `key` signed exactly that."""
    text, gap, signatures = note.rpartition("\n\n")
    name, _, rest = key.partition("+")
    public = _bytes(rest.partition("+")[2])
    if not gap or len(note) > LARGEST or not signatures.endswith("\n") or public[:1] != ED25519:
        return None
    for line in signatures[:-1].split("\n"):
        who, _, body = line.removeprefix(DASH).rpartition(" ")
        raw = _bytes(body)
        if line.startswith(DASH) and who == name and raw[:4] == _key_hash(name, public):
            try:
                Ed25519PublicKey.from_public_bytes(public[1:]).verify(raw[4:], f"{text}\n".encode())
            except (InvalidSignature, ValueError):
                return None
            return _parsed(f"{text}\n", name)
    return None


def stamp(at: datetime) -> str:
    """Return the time a note says."""
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")


def _parsed(text: str, name: str) -> Checkpoint | None:
    lines = text[:-1].split("\n")
    if len(lines) < 3 or lines[0] != name or not lines[1].isascii() or not lines[1].isdigit():
        return None
    root = _bytes(lines[2])
    at = lines[3].removeprefix("time ") if len(lines) > 3 else ""
    return (
        Checkpoint(lines[0], int(lines[1]), root, at) if len(root) == hashlib.sha256().digest_size else None
    )


def _key_hash(name: str, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + public).digest()[:4]


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
