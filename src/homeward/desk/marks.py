"""An ad's text with its mentions marked, as segments; offsets never leave: browsers count otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from homeward.desk.labels import label
from homeward.model.mention import CONTACT_KINDS

Row = dict[str, Any]
UNMARKED = ("language",)  # read from the text as a whole: no word of it is the language
SHORT = 280  # code points of an ad's text in a list; the ad page has all of it


def segments(text: str, mentions: Iterable[Mapping[str, Any]], part: str) -> list[Row]:
    """Return `text` cut at the mentions of `part`; where two overlap, a contact, then the longer, is marked.

    Joined again the segments are exactly the text. A span that does not fit the text is left out.
    """
    wanted = [
        m for m in mentions
        if m["part"] == part and m["kind"] not in UNMARKED and 0 <= m["start"] < m["end"] <= len(text)
    ]  # fmt: skip
    wanted.sort(key=lambda m: (m["kind"] not in CONTACT_KINDS, m["start"] - m["end"], m["start"], m["kind"]))
    chosen: list[Mapping[str, Any]] = []
    taken = bytearray(len(text))
    for mention in wanted:
        start, end = mention["start"], mention["end"]
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            chosen.append(mention)
    chosen.sort(key=lambda m: m["start"])
    found: list[Row] = []
    at = 0
    for mention in chosen:
        if mention["start"] > at:
            found.append({"text": text[at : mention["start"]]})
        found.append(
            {
                "text": text[mention["start"] : mention["end"]],
                "kind": mention["kind"],
                "value": mention["value"],
                "label": label(mention["kind"], mention["value"]),
                "obscured": bool(mention.get("obscured")),
                "site_own": bool(mention.get("site_own")),
            }
        )
        at = mention["end"]
    if at < len(text) or not found:
        found.append({"text": text[at:]})
    return found


def shortened(pieces: list[Row], most: int = SHORT) -> tuple[list[Row], bool]:
    """Return the segments up to about `most` code points, no mention cut in two, and whether text goes on."""
    found: list[Row] = []
    room = most
    for place, piece in enumerate(pieces):
        if len(piece["text"]) <= room or "kind" in piece:
            found.append(piece)
            room -= len(piece["text"])
            if room <= 0:
                return found, place + 1 < len(pieces)
            continue
        found.append({"text": piece["text"][:room].rstrip() + "…"})
        return found, True
    return found, False
