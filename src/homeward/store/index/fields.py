"""The fields of an index document, and how an ad with its mentions becomes one.

Text is cut into words by `model.searchable` before it gets here; the index only splits at spaces, so
that it holds exactly the words the oracle compares.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import orjson
import pyarrow as pa
import tantivy

from homeward.model import schema
from homeward.model.searchable import (
    DAY_MICROSECONDS,
    LONGEST_VALUE,
    VALUES_HELD,
    ad_terms,
    ad_time,
    fold,
    mention_terms,
    photo_terms,
    position,
    words,
)  # fmt: skip

# Change it with any change of what a document holds or how text is folded: the index is then rebuilt.
VERSION = "1"

AD, TEXT, TERM, AT, DAY, TIE, REST, DOC = "ad", "text", "term", "at", "day", "tie", "rest", "doc"
PLACE_TERM = "geo:"
# What can be counted: the name in a query, and the field of the ad (None: made of more than one field).
# `place` is for maps: latitude, longitude and name.
FACETS: dict[str, str | None] = {
    "site": "site", "city": "city", "region": "region", "country": "country", "lang": "language", "has": None,
    "place": None,
}  # fmt: skip
# Longer values are counted in their folded, cut form.
LONGEST_SHOWN = 200
SPLITTER = "spaces"
GAP = "\x1f"

# The stored ad: all but its original bytes and its HTML, which may be large and lie in the lake.
_KEPT = tuple(
    name
    for name in schema.ADS.names
    if name not in ("original", "html", "content_hash", "position", "file_sha256", "obtained")
)
_MENTION = ("kind", "value", "raw", "start", "end", "part", "confidence", "reader", "detail")


def build_schema() -> tantivy.Schema:
    """Make the schema of a month's index."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(AD, tokenizer_name="raw", index_option="basic")
    builder.add_text_field(TEXT, tokenizer_name=SPLITTER, index_option="position")
    builder.add_text_field(TERM, tokenizer_name=SPLITTER, index_option="basic")
    builder.add_integer_field(AT, indexed=True, fast=True)
    builder.add_integer_field(DAY, fast=True)
    builder.add_unsigned_field(TIE, indexed=True, fast=True)
    builder.add_unsigned_field(REST, fast=True)
    for name in FACETS:
        builder.add_text_field(facet(name), fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field(DOC, stored=True)
    return builder.build()


def splitter() -> tantivy.TextAnalyzer:
    """Make the analyser that splits at spaces and does nothing else."""
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()


def facet(name: str) -> str:
    """Return the index field in which a facet's values are counted."""
    return "count_" + name


_FACET = {name: facet(name) for name in FACETS}
_FIELD_FACETS = [(facet(name), field) for name, field in FACETS.items() if field is not None]


def tie(ad: str) -> int:
    """Return the first eight bytes of a key as a number, which sorts as the key does."""
    return int.from_bytes(ad.encode()[:8].ljust(8, b"\0"), "big")


def rest(ad: str) -> int:
    """Return the next eight bytes; with the first they tell ids apart (all but the last of 80 bits)."""
    return int.from_bytes(ad.encode()[8:16].ljust(8, b"\0"), "big")


def whole(term: str) -> str:
    """Return a term that may hold spaces as one word for the splitter. Folded text holds no such mark."""
    return term.replace(" ", GAP)


def place_term(lat: float, lon: float) -> str:
    """Return the term under which an ad's position is kept; it reads back to the same numbers."""
    return f"{PLACE_TERM}{lat!r},{lon!r}"


def read_place(term: str) -> tuple[float, float]:
    """Return the position that `place_term` wrote."""
    lat, lon = term.removeprefix(PLACE_TERM).split(",")
    return float(lat), float(lon)


class Said(NamedTuple):
    """What a mention adds to an ad's terms and counts."""

    terms: str  # each one word for the splitter
    has: tuple[str, ...]
    place: tuple[float, float, str] | None  # where a place lies, and its name


@dataclass(frozen=True, slots=True)
class Told:
    """What is to be found of one ad: the ad as it is stored, its mentions among it, and what these add."""

    ad: str
    row: dict[str, Any]
    said: list[Said]


def told(ads: pa.Table, mentions: pa.Table) -> list[Told]:
    """Return what is to be found of each ad, once: its latest revision."""
    columns = [name for name in _KEPT if name in ads.column_names]
    latest: dict[str, dict[str, Any]] = {}
    lists = [_plain(ads.column(name)) for name in columns]
    for values in zip(*lists, strict=True):
        row = dict(zip(columns, values, strict=True))
        known = latest.get(row["ad"])
        if known is None or known["revision"] <= row["revision"]:
            latest[row["ad"]] = row
    grouped = _by_capture(mentions)
    out = []
    for ad, row in latest.items():
        row["mentions"], said = grouped.get(row["capture"], ([], []))
        out.append(Told(ad, row, said))
    return out


def _by_capture(mentions: pa.Table) -> dict[str, tuple[list[dict[str, Any]], list[Said]]]:
    """Group mentions by capture. Those of one capture nearly always lie next to each other."""
    captures = mentions.column("capture").to_numpy()
    starts = [0, *(np.flatnonzero(captures[1:] != captures[:-1]) + 1).tolist(), len(captures)]
    lists = [_plain(mentions.column(name)) for name in _MENTION]
    *_, details = lists
    said = list(map(_said, lists[0], lists[1], details))
    # The readers wrote each detail as JSON, and as such it goes on.
    lists[-1] = [orjson.Fragment(detail or "{}") for detail in details]
    each = [
        {"kind": kind, "value": value, "raw": raw, "start": start, "end": end, "part": part,
         "confidence": confidence, "reader": reader, "detail": detail}
        for kind, value, raw, start, end, part, confidence, reader, detail in zip(*lists, strict=True)
    ]  # fmt: skip
    grouped: dict[str, tuple[list[dict[str, Any]], list[Said]]] = {}
    for start, end in itertools.pairwise(starts):
        if start < end:
            known = grouped.setdefault(captures[start], ([], []))
            known[0].extend(each[start:end])
            known[1].extend(said[start:end])
    return grouped


@lru_cache(maxsize=VALUES_HELD)
def _said(kind: str, value: str, detail: str | None) -> Said:
    """Return what a mention adds; `detail` is JSON."""
    found = orjson.loads(detail) if detail and detail != "{}" else {}
    terms = _spelled(mention_terms(kind, value, str(found.get("national") or "")))
    lat, lon = position(found.get("lat"), found.get("lon")) if kind == "place" else (None, None)
    place = None if lat is None or lon is None else (lat, lon, value)
    return Said(terms, (kind, "obscured") if found.get("obscured") else (kind,), place)


def _plain(column: pa.ChunkedArray) -> list[Any]:
    """Return a column's values, times without their zone, which is UTC.

    The way over numpy is several times as fast, but knows no missing numbers.
    """
    if pa.types.is_timestamp(column.type):
        return column.to_numpy().astype("datetime64[us]").tolist()  # type: ignore[no-any-return]
    if pa.types.is_nested(column.type):
        return column.to_pylist()  # type: ignore[no-any-return]
    if column.null_count and not pa.types.is_string(column.type):
        return column.to_pylist()  # type: ignore[no-any-return]
    return column.to_numpy().tolist()  # type: ignore[no-any-return]


def document(told: Told) -> tantivy.Document:
    """Make the index document of an ad: what `search_doc` makes of it, spelled for the splitter.

    Words and terms are made by the same functions; a contract test holds the two together.
    """
    row, doc = told.row, tantivy.Document()
    doc.add_text(AD, told.ad)
    for part in (row.get("title"), row.get("body")):
        if part and (cut := words(part)):
            doc.add_text(TEXT, " ".join(cut))
    terms, has = _terms(told)
    doc.add_text(TERM, " ".join(terms))
    at = ad_time(row)
    doc.add_integer(AT, at)
    doc.add_integer(DAY, at // DAY_MICROSECONDS)
    doc.add_unsigned(TIE, tie(told.ad))
    doc.add_unsigned(REST, rest(told.ad))
    for name in has:
        doc.add_text(_FACET["has"], name)
    if (place := _place(told)) is not None:
        doc.add_text(_FACET["place"], place)
    for name, field in _FIELD_FACETS:
        if (value := row.get(field)) and (shown := _shown(value)):
            doc.add_text(name, shown)
    doc.add_bytes(DOC, orjson.dumps(row, option=orjson.OPT_UTC_Z | orjson.OPT_NAIVE_UTC))
    return doc


def _terms(told: Told) -> tuple[set[str], tuple[str, ...]]:
    """Return an ad's terms, each one word for the splitter (a text may hold several), and its `has`."""
    row = told.row
    terms = {said.terms for said in told.said}
    has = {said.has for said in told.said}
    terms.add(_spelled(tuple(ad_terms(row))))
    for term in photo_terms(row):
        has.add(("photo",))
        if term:
            terms.add(whole(term))
    lat, lon = position(row.get("lat"), row.get("lon"))
    if lat is not None and lon is not None:
        has.add(("position",))
        terms.add(place_term(lat, lon))
    names, spelled = _has(frozenset(has))
    terms.add(spelled)
    return terms, names


@lru_cache(maxsize=VALUES_HELD)
def _has(said: frozenset[tuple[str, ...]]) -> tuple[tuple[str, ...], str]:
    """Return what an ad has, sorted, and the terms of it: few ads differ in that."""
    names = sorted({name for some in said for name in some})
    return tuple(names), _spelled(tuple("has:" + name for name in names))


def _spelled(terms: tuple[str, ...]) -> str:
    return " ".join([whole(term) for term in terms])


def _place(told: Told) -> str | None:
    """Return where an ad is, to about a kilometre, and its name: its own position, else a place named."""
    name = told.row.get("city") or ""
    lat, lon = position(told.row.get("lat"), told.row.get("lon"))
    if lat is None:
        lat, lon, name = next((said.place for said in told.said if said.place), (None, None, name))
    return None if lat is None else f"{lat:.2f} {lon:.2f} {name[:LONGEST_SHOWN]}"


@lru_cache(maxsize=VALUES_HELD)
def _shown(value: str) -> str:
    folded = fold(value)
    return value if folded and len(value) <= LONGEST_SHOWN else folded[:LONGEST_VALUE]
