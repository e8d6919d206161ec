"""Arrival: is a record news?

A record is one content of one ad. A content never met before is stored: the first one of an ad as a new ad,
a later one as a change. A content met before, in the lake or earlier in the same table, is a repeat.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

SEEN_AGAIN = ("ad", "capture", "posted_at", "seen_at", "position")
KNOWN = pa.schema([("ad", pa.string()), ("capture", pa.string()), ("revision", pa.int32())])
FIRST_REVISION = 0


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a table of records brings; together the three have as many rows as the records."""

    stored: pa.Table  # schema.RECORDS and revision: ads never met before
    changed: pa.Table  # the same columns: new contents of known ads
    repeated: pa.Table  # SEEN_AGAIN: the clocks of contents met before


def decide(records: pa.Table, known: pa.Table) -> Arrival:
    """Sort `records` (schema.RECORDS, in file order) by what is `known` (ad, capture, revision).

    `known` may hold any captures; those of other ads make no difference. Revisions count from 0 in the
    order of arrival; new content of a known ad has its last revision and one.
    """
    known = known.filter(pc.is_in(known["ad"], value_set=_array(records["ad"])))
    captures = _array(records["capture"])
    is_known = pc.is_in(captures, value_set=_array(known["capture"])).to_numpy(zero_copy_only=False)
    is_new = _is_first(captures) & ~is_known

    # Codes of ads in order of appearance; the last known revision of each, or -1.
    coded = _array(records["ad"]).dictionary_encode()
    ads = coded.indices.to_numpy()
    last = np.full(len(coded.dictionary), FIRST_REVISION - 1, dtype=np.int64)
    places = pc.index_in(known["ad"], value_set=coded.dictionary).to_numpy()
    np.maximum.at(last, places, known["revision"].to_numpy())

    new = np.flatnonzero(is_new)
    revision = last[ads[new]] + 1 + _rank_within(ads[new])
    table = records.take(pa.array(new)).append_column("revision", pa.array(revision, pa.int32()))
    first = pa.array(revision == FIRST_REVISION)
    return Arrival(
        stored=table.filter(first),
        changed=table.filter(pc.invert(first)),
        repeated=records.select(SEEN_AGAIN).filter(pa.array(~is_new)),
    )


def _array(column: pa.ChunkedArray) -> pa.Array:
    whole = column.combine_chunks()
    return whole if isinstance(whole, pa.Array) else pa.concat_arrays(whole.chunks)


def _is_first(values: pa.Array) -> npt.NDArray[np.bool_]:
    """Return for each value whether it has not stood before."""
    _, first = np.unique(values.dictionary_encode().indices.to_numpy(), return_index=True)
    out = np.zeros(len(values), dtype=np.bool_)
    out[first] = True
    return out


def _rank_within(groups: npt.NDArray[np.integer]) -> npt.NDArray[np.int64]:
    """Return for each element how many of its group stand before it."""
    order = np.argsort(groups, kind="stable")
    ordered = groups[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(groups) else np.zeros(0, int)
    sizes = np.diff(np.r_[starts, len(groups)])
    rank = np.empty(len(groups), dtype=np.int64)
    rank[order] = np.arange(len(groups)) - np.repeat(starts, sizes)
    return rank
