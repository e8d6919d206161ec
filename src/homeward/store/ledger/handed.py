"""Which ads an export handed out: one row an export, its ads as sorted keys, for they may be all."""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa

from homeward.store.ledger.engine import Tx
from homeward.store.ledger.record_tables import handed

KEY_BYTES = 10  # an ad's id is a letter and 80 bits
OURS = re.compile(r"[a-z][a-z2-7]{16}")


class Ads:
    """The ads of one export, gathered row by row in little memory."""

    def __init__(self) -> None:
        self._keys = bytearray()
        self._last = ""

    def add(self, ads: Iterable[str]) -> None:
        """Take some ads in, in any order and any number of times."""
        for ad in ads:
            if ad != self._last:
                self._keys += key_of(ad)
                self._last = ad

    def packed(self) -> bytes:
        """Return each key once, sorted, compressed."""
        return zlib.compress(np.unique(_keys(bytes(self._keys))).tobytes(), 1)

    def __len__(self) -> int:
        return len(np.unique(_keys(bytes(self._keys))))


def key_of(ad: str) -> bytes:
    """Return the 80 bits of an ad's id."""
    return base64.b32decode(ad[1:].upper())


def keep(tx: Tx, ads: Ads, *, recipient: str, what: str, basis: str, by: str, at: datetime) -> None:
    """Keep that an export handed these ads out."""
    said = {"recipient": recipient, "what": what, "basis": basis, "by": by, "at": at}
    tx.execute(handed.insert().values(**said, ads=ads.packed()))


def of(tx: Tx, ads: Collection[str]) -> list[dict[str, Any]]:
    """Return the exports that handed any of these ads out: a row an ad and export, in order."""
    wanted = sorted(ad for ad in set(ads) if OURS.fullmatch(ad))  # what else is named was never handed out
    sought = _keys(b"".join(key_of(ad) for ad in wanted))
    found = []
    for row in tx.execute(sa.select(handed).order_by(handed.c.seq)):
        held = _keys(zlib.decompress(row.ads))
        if not len(held) or not len(sought):
            continue
        there = held[np.minimum(np.searchsorted(held, sought), len(held) - 1)] == sought
        said = {name: getattr(row, name) for name in ("recipient", "what", "basis", "by", "at")}
        found += [{"ad": wanted[n], **said} for n in np.flatnonzero(there).tolist()]
    return found


def latest(tx: Tx, *, limit: int) -> list[dict[str, Any]]:
    """Return the newest exports, with how many ads each handed out."""
    rows = tx.execute(sa.select(handed).order_by(handed.c.seq.desc()).limit(limit))
    names = ("at", "recipient", "what", "basis", "by")
    return [
        {**{name: getattr(row, name) for name in names}, "ads": len(zlib.decompress(row.ads)) // KEY_BYTES}
        for row in rows
    ]


def _keys(raw: bytes) -> npt.NDArray[np.bytes_]:
    return np.frombuffer(raw, dtype=f"S{KEY_BYTES}")
