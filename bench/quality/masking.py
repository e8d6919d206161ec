"""Masking: the same ads with every telephone number taken out, as released sets of ads have them."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from homeward.engine.base import Engine

MASK = "___"  # what stands where a number stood
# A number may stand behind another one, and be read only when that is gone.
ROUNDS = 2
NUMBERS = r"\d{7}"  # so many figures in a row make a handle a number (WhatsApp, Signal)


def without_phones(ads: pa.Table, engine: Engine) -> pa.Table:
    """Return ads with no telephone number in their title, body, address or list of phones.

    A number is what our reader takes for one, at any confidence; whatever it still reads afterwards is left
    out of its mentions too (`no_numbers`), so that nothing joins by it.
    """
    empty = pa.array([[]] * ads.num_rows, ads.schema.field("phones").type)
    ads = ads.set_column(ads.column_names.index("phones"), "phones", empty)
    for _ in range(ROUNDS):
        mentions = engine.map("homeward.extract.kernel:read_batch", ads)
        found = mentions.filter(_numbers(mentions))
        spans: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
        for one in found.select(["capture", "part", "start", "end"]).to_pylist():
            spans[one["capture"], one["part"]].append((one["start"], one["end"]))
        rows = ads.select(["capture", "title", "body", "url"]).to_pylist()
        for part in ("title", "body", "url"):
            texts = [_cut(row[part], spans.get((row["capture"], part), [])) for row in rows]
            column = pa.array(texts, ads.schema.field(part).type)
            ads = ads.set_column(ads.column_names.index(part), part, column)
    return ads


def no_numbers(mentions: pa.Table) -> pa.Table:
    """Return mentions without those of telephone numbers."""
    return mentions.filter(pc.invert(_numbers(mentions)))


def _numbers(mentions: pa.Table) -> Any:
    handle = pc.and_(
        pc.equal(mentions["kind"], "handle"), pc.match_substring_regex(mentions["value"], NUMBERS)
    )
    return pc.or_(pc.equal(mentions["kind"], "phone"), handle)


def _cut(text: str | None, spans: list[tuple[int, int]]) -> str | None:
    for start, end in sorted(spans, reverse=True):
        if text is not None and end > start:
            text = text[:start] + MASK + text[end:]
    return text
