"""The fields of an index document, and how an ad with its mentions becomes one.

Text is cut into words by `model.searchable` before it gets here; the index only splits at spaces, so
that it holds exactly the words the oracle compares.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import orjson
import pyarrow as pa
import tantivy

from homeward.model import schema
from homeward.model.searchable import LONGEST_VALUE, VALUES_HELD, SearchDoc, fold, position, search_doc

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
    said = _by_capture(mentions, {row["capture"] for row in latest.values()})
    for ad, row in latest.items():
        row["mentions"] = said.get(row["capture"], [])
        yield ad, row["month"], row["revision"], row


def _by_capture(mentions: pa.Table, wanted: set[str]) -> dict[str, list[dict[str, Any]]]:
    """Group the mentions of the wanted captures."""
    grouped: dict[str, list[dict[str, Any]]] = {}
    lists = [_plain(mentions.column(name)) for name in ("capture", *_MENTION)]
    for capture, *values in zip(*lists, strict=True):
        if capture in wanted:
            mention = dict(zip(_MENTION, values, strict=True))
            detail = mention["detail"]
            mention["detail"] = orjson.loads(detail) if detail and detail != "{}" else {}
            grouped.setdefault(capture, []).append(mention)
    return grouped


def _plain(column: pa.ChunkedArray) -> list[Any]:
    """Return a column's values; the way over numpy is several times as fast, but knows no missing numbers."""
    if column.null_count and not pa.types.is_string(column.type):
        return column.to_pylist()  # type: ignore[no-any-return]
    return column.to_numpy().tolist()  # type: ignore[no-any-return]


def document(row: Mapping[str, Any]) -> tantivy.Document:
    """Make the index document of a stored ad."""
    made = search_doc(row, row["mentions"])
    doc = tantivy.Document()
    doc.add_text(AD, made.ad)
    for part in made.parts:
        doc.add_text(TEXT, " ".join(part))
    terms = [whole(term) for term in made.terms]
    if made.lat is not None and made.lon is not None:
        terms.append(place_term(made.lat, made.lon))
    doc.add_text(TERM, " ".join(terms))
    doc.add_integer(AT, made.at)
    doc.add_integer(DAY, made.day)
    doc.add_unsigned(TIE, tie(made.ad))
    doc.add_unsigned(REST, rest(made.ad))
    for name, value in _counted(row, made):
        doc.add_text(facet(name), value)
    doc.add_bytes(DOC, orjson.dumps(row, option=orjson.OPT_UTC_Z))
    return doc


def _counted(row: Mapping[str, Any], made: SearchDoc) -> Iterator[tuple[str, str]]:
    """Yield what facets count of an ad: values as written, so that they can be shown."""
    if (place := _place(row)) is not None:
        yield "place", place
    for name, field in FACETS.items():
        if name == "has":
            yield from ((name, value) for value in made.has)
        elif field is None:
            continue
        elif (value := row.get(field)) and (shown := _shown(value)):
            yield name, shown


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
