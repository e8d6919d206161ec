"""Patterns: what stays and what changes in each shared template, spelled as its row has it.

A pattern depends on the template's own ads only, so that a template whose ads have the same contents as in
the run before keeps its pattern; what its slots are filled with is counted anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc

from homeward.connect import slots
from homeward.connect.facts import Facts
from homeward.connect.signature import spans_by_capture
from homeward.connect.tools import Ints, MapEngine, ascending, split_by

NONE = "[]"  # the pattern of a template whose texts could not be spelled out
WORDS = "words"  # a slot that no kind names; what fills it was counted when it was found
# Templates whose texts are spelled out at once: those of a million ads would be a gigabyte.
_AT_ONCE = 10_000
KERNEL = "homeward.connect.slots:induce_batch"


def shared(template: Ints) -> list[Ints]:
    """Return the ads of every template that more than one ad is in, by template, then by ad."""
    return [ads for ads in split_by(template) if len(ads) > 1]


def patterns(
    facts: Facts, template: Ints, wording: Ints, mentions: pa.Table, engine: MapEngine,
    known: Mapping[tuple[str, ...], bytes],
) -> list[str]:  # fmt: skip
    """Return the JSON pattern of each shared template: its chief wording against some others.

    `known` are patterns of the run before, by the captures of the template's ads in order: of those, only
    what their slots are filled with is counted anew.
    """
    groups = shared(template)
    captures = facts.captures
    found = [known.get(tuple(captures[ad] for ad in ads.tolist())) if known else None for ads in groups]
    missing = [i for i, pattern in enumerate(found) if pattern is None]
    chosen = [_chosen(groups[i], wording) for i in missing]
    for i, pieces in zip(missing, _induced(facts, chosen, mentions, engine), strict=True):
        found[i] = pieces
    fillings = _fillings(facts, groups)
    return [_filled(pieces or NONE.encode(), counts) for pieces, counts in zip(found, fillings, strict=True)]


def known_patterns(previous: Mapping[str, pa.Table], built: pa.ChunkedArray) -> dict[tuple[str, ...], bytes]:
    """Return the patterns of a run, by the captures of their templates' ads, of what is `built` again."""
    members, templates = previous["members"], previous["templates"]
    members = members.filter(pc.is_in(members["ad"], value_set=built.combine_chunks()))
    capture = dict(zip(members["ad"].to_pylist(), members["capture"].to_pylist(), strict=True))
    first = pc.list_element(templates["ads"], 0)
    templates = templates.filter(pc.is_in(first, value_set=members["ad"].combine_chunks()))
    ads, pattern = templates["ads"].to_pylist(), templates["pattern"].to_pylist()
    return {
        tuple(capture[ad] for ad in some): text.encode()
        for some, text in zip(ads, pattern, strict=True)
        if text != NONE and all(ad in capture for ad in some)  # what failed is tried again
    }


def _chosen(ads: Ints, wording: Ints) -> list[int]:
    """Return the first ad of a template's most used wording, then those of the next most used ones."""
    _, first, counts = np.unique(wording[ads], return_index=True, return_counts=True)
    best = np.argsort(-counts, kind="stable")[: 1 + slots.MEMBERS]
    found: list[int] = ads[first[best]].tolist()
    return found


def _induced(
    facts: Facts, chosen: Sequence[list[int]], mentions: pa.Table, engine: MapEngine
) -> list[bytes | None]:
    """Return the pieces of each template, given its chosen ads, chief first; None where that failed."""
    if not chosen:
        return []
    wanted = ascending(np.array([ad for some in chosen for ad in some], dtype=np.int64))
    spans = spans_by_capture(facts.ads["capture"].combine_chunks().take(pa.array(wanted)), mentions)
    made: list[bytes | None] = []
    for at in range(0, len(chosen), _AT_ONCE):
        some = chosen[at : at + _AT_ONCE]
        flat = np.array([ad for ads in some for ad in ads], dtype=np.int64)
        texts = facts.ads.select(["title", "body"]).take(pa.array(flat)).combine_chunks()
        mine = spans.take(pa.array(np.searchsorted(wanted, flat)))
        struct = pa.StructArray.from_arrays(
            [texts["title"].combine_chunks(), texts["body"].combine_chunks(), mine], fields=list(slots.TEXT)
        )
        offsets = np.concatenate([[0], np.cumsum([len(ads) for ads in some])]).astype(np.int32)
        columns = [pa.array(np.arange(len(some))), pa.ListArray.from_arrays(pa.array(offsets), struct)]
        # Where the texts of one template are too much, it has no pattern, and all others have theirs.
        rows = engine.map(KERNEL, pa.table(columns, schema=slots.INPUT), on_error=lambda row, reason: None)
        pattern = dict(zip(rows["template"].to_pylist(), rows["pattern"].to_pylist(), strict=True))
        made += [pattern.get(place) for place in range(len(some))]
    return made


def _fillings(facts: Facts, groups: Sequence[Ints]) -> list[dict[str, int]]:
    """Count the different values of each kind that the ads of each template say."""
    out: list[dict[str, int]] = [defaultdict(int) for _ in groups]
    of_ad = np.full(facts.count, -1, dtype=np.int64)
    for i, ads in enumerate(groups):
        of_ad[ads] = i
    mine = of_ad[facts.said_ad]
    keep = mine >= 0
    values = max(len(facts.value_kind), 1)
    keys = ascending(mine[keep] * values + facts.said_value[keep])
    kinds, kind = facts.kinds
    cells, counts = np.unique(keys // values * max(len(kinds), 1) + kind[keys % values], return_counts=True)
    for cell, count in zip(cells.tolist(), counts.tolist(), strict=True):
        out[cell // len(kinds)][kinds[cell % len(kinds)]] = count
    return out


def _filled(pattern: bytes, counts: Mapping[str, int]) -> str:
    """Return the pieces with the number of values of every slot that is named by a kind."""
    pieces = orjson.loads(pattern)
    for piece in pieces:
        if piece.get("slot", WORDS) != WORDS:
            piece["values"] = counts.get(piece["slot"], 1)
    return orjson.dumps(pieces).decode()
