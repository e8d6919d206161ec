"""Deterministic ids: the same thing has the same id in every run and on every machine.

An id is a letter for what it names and 16 characters (80 bits) of BLAKE2b over its parts, each part
preceded by its length so that no two lists of parts read alike.
"""

from __future__ import annotations

import hashlib

# The base 32 alphabet of RFC 4648 in lower case, two characters (10 bits) at a time: eight look-ups write
# an id, five times faster than the standard library does.
_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = tuple(a + b for a in _LETTERS for b in _LETTERS)

AD, CAPTURE, BATCH, TEMPLATE, PERSONA, NETWORK, LEAD, RUN, EVENT = "acbtpnkre"


def make_id(letter: str, *parts: str | bytes) -> str:
    """Return the id of the thing that `parts` name: 17 lower-case characters, the first being `letter`."""
    digest = hashlib.blake2b(digest_size=10)
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(raw).to_bytes(8, "big"))
        digest.update(raw)
    number = int.from_bytes(digest.digest(), "big")
    return letter + "".join([_PAIRS[number >> shift & 1023] for shift in (70, 60, 50, 40, 30, 20, 10, 0)])


def ad_id(site: str | None, source_id: str | None, url: str | None) -> str:
    """Return an ad's id from its key: (`site` or empty, `id`), else its normalised URL."""
    if source_id:
        return make_id(AD, "id", site or "", source_id)
    return make_id(AD, "url", url or "")


def capture_id(ad: str, content_hash: str) -> str:
    """Return the id of one content of one ad."""
    return make_id(CAPTURE, ad, content_hash)


def batch_id(file_sha256: str, position: int) -> str:
    """Return the id of the batch that begins at record `position` of the supplied file."""
    return make_id(BATCH, file_sha256, str(position))


def template_id(earliest_ad: str) -> str:
    """Return a template's id: the hash of its earliest ad, so that growth keeps it."""
    return make_id(TEMPLATE, earliest_ad)


def identity_id(level: str, earliest_ad: str) -> str:
    """Return an identity's id: the hash of its earliest ad (first seen, key).

    A merge keeps the id of the side with the earliest ad; a split leaves it with that ad.
    """
    return make_id(PERSONA if level == "persona" else NETWORK, earliest_ad)


def lead_id(identity: str) -> str:
    """Return the id of the lead that an identity gives rise to."""
    return LEAD + identity[1:]
