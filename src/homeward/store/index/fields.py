"""The fields of an index document, and how an ad with its mentions becomes one.

Text is cut into words by `model.searchable` before it gets here; the index only splits at spaces, so
that it holds exactly the words the oracle compares.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

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


def rows(ads: pa.Table, mentions: pa.Table) -> Iterator[tuple[str, str, int, dict[str, Any]]]:
    """Yield (ad, month, revision, stored ad with its mentions), each ad once: its latest revision."""
    columns = [name for name in _KEPT if name in ads.column_names]
    latest: dict[str, dict[str, Any]] = {}
    lists = [ads.column(name).to_pylist() for name in columns]
    for values in zip(*lists, strict=True):
        row = dict(zip(columns, values, strict=True))
        known = latest.get(row["ad"])
        if known is None or known["revision"] <= row["revision"]:
            latest[row["ad"]] = row
    said = _by_capture(mentions)
    for ad, row in latest.items():
        row["mentions"] = said.get(row["capture"], [])
        yield ad, row["month"], row["revision"], row


def _by_capture(mentions: pa.Table) -> dict[str, list[dict[str, Any]]]:
    """Group mentions by capture. Those of one capture nearly always lie next to each other."""
    captures = mentions.column("capture").to_numpy()
    starts = [0, *(np.flatnonzero(captures[1:] != captures[:-1]) + 1).tolist(), len(captures)]
    lists = [_plain(mentions.column(name)) for name in _MENTION]
    each = [dict(zip(_MENTION, values, strict=True)) for values in zip(*lists, strict=True)]
    for mention in each:
        detail = mention["detail"]
        mention["detail"] = orjson.loads(detail) if detail and detail != "{}" else {}
    grouped: dict[str, list[dict[str, Any]]] = {}
    for start, end in itertools.pairwise(starts):
        if start < end:
            known = grouped.setdefault(captures[start], [])
            known += each[start:end]
    return grouped


def _plain(column: pa.ChunkedArray) -> list[Any]:
    """Return a column's values; the way over numpy is several times as fast, but knows no missing numbers."""
    if column.null_count and not pa.types.is_string(column.type):
        return column.to_pylist()  # type: ignore[no-any-return]
    return column.to_numpy().tolist()  # type: ignore[no-any-return]


def document(row: Mapping[str, Any]) -> tantivy.Document:
    """Make the index document of a stored ad: what `search_doc` makes of it, spelled for the splitter.

    Words and terms are made by the same functions; a contract test holds the two together.
    """
    doc = tantivy.Document()
    doc.add_text(AD, row["ad"])
    for part in (row.get("title"), row.get("body")):
        if part and (cut := words(part)):
            doc.add_text(TEXT, " ".join(cut))
    terms, has = _terms(row)
    doc.add_text(TERM, " ".join(terms))
    at = ad_time(row)
    doc.add_integer(AT, at)
    doc.add_integer(DAY, at // DAY_MICROSECONDS)
    doc.add_unsigned(TIE, tie(row["ad"]))
    doc.add_unsigned(REST, rest(row["ad"]))
    for name in has:
        doc.add_text(_FACET["has"], name)
    if (place := _place(row)) is not None:
        doc.add_text(_FACET["place"], place)
    for name, field in _FIELD_FACETS:
        if (value := row.get(field)) and (shown := _shown(value)):
            doc.add_text(name, shown)
    doc.add_bytes(DOC, orjson.dumps(row, option=orjson.OPT_UTC_Z))
    return doc


def _terms(row: Mapping[str, Any]) -> tuple[set[str], list[str]]:
    """Return an ad's terms, each one word for the splitter (a text may hold several), and its `has`."""
    terms = {_spelled(tuple(ad_terms(row)))}
    has: set[str] = set()
    for mention in row["mentions"]:
        kind, detail = mention["kind"], mention["detail"]
        has.add(kind)
        if detail and detail.get("obscured"):
            has.add("obscured")
        terms.add(_mention_spelled(kind, mention["value"], (detail and detail.get("national")) or ""))
    for term in photo_terms(row):
        has.add("photo")
        if term:
            terms.add(whole(term))
    lat, lon = position(row.get("lat"), row.get("lon"))
    if lat is not None and lon is not None:
        has.add("position")
        terms.add(place_term(lat, lon))
    terms.update("has:" + name for name in has)
    return terms, sorted(has)


def _spelled(terms: tuple[str, ...]) -> str:
    return " ".join([whole(term) for term in terms])


@lru_cache(maxsize=VALUES_HELD)
def _mention_spelled(kind: str, value: str, national: object) -> str:
    return _spelled(mention_terms(kind, value, str(national)))


def _place(row: Mapping[str, Any]) -> str | None:
    """Return where an ad is, to about a kilometre, and its name: its own position, else a place named."""
    name = row.get("city") or ""
    lat, lon = position(row.get("lat"), row.get("lon"))
    for mention in row["mentions"]:
        if lat is None and mention["kind"] == "place":
            lat, lon = position(mention["detail"].get("lat"), mention["detail"].get("lon"))
            name = mention["value"]
    return None if lat is None else f"{lat:.2f} {lon:.2f} {name[:LONGEST_SHOWN]}"


@lru_cache(maxsize=VALUES_HELD)
def _shown(value: str) -> str:
    folded = fold(value)
    return value if folded and len(value) <= LONGEST_SHOWN else folded[:LONGEST_VALUE]
