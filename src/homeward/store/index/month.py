"""The index of one month taken in: opened, read, searched.

A reading process sees another's commit at its next search: the folder's `meta.json` tells.
"""

from __future__ import annotations

import base64
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import orjson
import tantivy

from homeward.model import query_tree as tree
from homeward.model.errors import QueryError
from homeward.model.query import Query
from homeward.model.searchable import EARTH_KM, glob_matches
from homeward.store.index import fields
from homeward.store.index.compile import Tantivy, at_range, both, compiled

# Values a facet can have and days a histogram can have before tantivy refuses to count them.
MOST_VALUES = 65_000
FEW_ALIKE = 8
SPAN = "span"
# Hits fetched beyond a page, so that those of the same second as its last are at hand.
SPARE = 32
# Numbers of one month held as one text (about 15 bytes each), and how many of them one pattern may fit.
MOST_NUMBERS, MOST_FITTING = 500_000, 3_000
# How a query of one term is told, and how many of them have their totals kept.
SINGLE_TERM, MOST_TOTALS = "Query(TermQuery(", 1_024
# What a page mark may hold: ids have 17 characters, and the calendar ends before 2^58 microseconds.
LONGEST_KEY, LATEST = 200, 2**58
# Distances computed for all places at once and one at a time differ by less than this, in km.
_MARGIN_KM = 1e-3


Counts: TypeAlias = dict[str, list[tuple[Any, int]] | None]  # field → its values, None for too many


@dataclass(frozen=True, slots=True)
class Found:
    """One hit of one month, not yet read: its time, its key's beginning, and where it lies."""

    at: int
    tie: int
    address: Any


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ended: the last hit's time and key."""

    at: int
    ad: str

    def write(self) -> str:
        """Return it as opaque text."""
        return base64.urlsafe_b64encode(f"{self.at} {self.ad}".encode()).decode("ascii").rstrip("=")

    @staticmethod
    def read(text: str) -> Place:
        """Read what `write` wrote, or raise QueryError."""
        try:
            raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True).decode()
            at, ad = raw.split(" ", 1)
            number = int(at)
            if not ad or len(ad) > LONGEST_KEY or abs(number) > LATEST:
                raise ValueError
        except ValueError:
            raise QueryError("the page to go on from is not one that was given out") from None
        return Place(number, ad)


class Month:
    """One month's index. Searches run on a `View`, a fixed state of it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.schema = fields.build_schema()
        self.index = tantivy.Index(self.schema, path=str(path))
        self.index.register_tokenizer(fields.SPLITTER, fields.splitter())
        self.index.config_reader("manual")
        self._lock = threading.Lock()
        self._stamp: tuple[int, int, int] | None = None
        self._view: View | None = None

    def view(self) -> View:
        """Return the newest committed state."""
        stat = (self.path / "meta.json").stat()
        stamp = (stat.st_mtime_ns, stat.st_ino, stat.st_size)
        with self._lock:
            if self._view is None or stamp != self._stamp:
                self.index.reload()
                self._view, self._stamp = View(self.schema, self.index.searcher()), stamp
            return self._view


class View:
    """A fixed state of one month: what it finds does not change while it is held."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher) -> None:
        self.schema, self.searcher = schema, searcher
        self._numbers: str | None = None
        self._all: Counts = {}  # what is counted over every document
        self._counting = threading.Lock()
        self._totals: dict[str, int] = {}  # of single terms that were asked for
        self._places: tuple[list[str], npt.NDArray[np.float64]] | None = None

    def compile(self, query: Query) -> Tantivy:
        """Return the query for this month."""
        return compiled(query.root, self)

    def terms(self, field: str, prefix: str) -> list[str]:
        """Return the terms of a field that begin so."""
        return [term for term, _ in self.searcher.terms_with_prefix(field, prefix)]

    def numbers(self, glob: str) -> list[str] | None:
        """Return the phone terms that fit a pattern; None if too many would have to be looked at.

        A fragment would make the automaton walk every number in every pass; one search through all
        numbers written one after the other finds it once, and sooner.
        """
        if self._numbers is None:
            known = self.searcher.terms_with_prefix(fields.TERM, "phone:", limit=MOST_NUMBERS + 1)
            terms = [term for term, _ in known]
            self._numbers = "\n".join(["", *terms, ""]) if len(terms) <= MOST_NUMBERS else ""
        longest = max(glob.removeprefix("phone:").split("*"), key=len)
        if not longest or not self._numbers or self._numbers.count(longest) > MOST_FITTING:
            return None
        found, at = set(), self._numbers.find(longest)
        while at >= 0:
            end = self._numbers.index("\n", at)
            term = self._numbers[self._numbers.rindex("\n", 0, at) + 1 : end]
            if glob_matches(glob, term):
                found.add(term)
            at = self._numbers.find(longest, end)
        return sorted(found)

    def places(self, near: tree.Near) -> list[str]:
        """Return the place terms within a circle; those near its edge are judged by the oracle itself."""
        if self._places is None:
            terms = self.terms(fields.TERM, fields.PLACE_TERM)
            known = np.array([fields.read_place(term) for term in terms], dtype=np.float64).reshape(-1, 2)
            self._places = terms, np.radians(known)
        terms, where = self._places
        lat, lon = np.radians(near.lat), np.radians(near.lon)
        h = np.sin((where[:, 0] - lat) / 2) ** 2
        h += np.cos(lat) * np.cos(where[:, 0]) * np.sin((where[:, 1] - lon) / 2) ** 2
        away = 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(h, 0, 1)))
        sure, maybe = away <= near.km - _MARGIN_KM, away <= near.km + _MARGIN_KM
        return [
            terms[n] for n in np.flatnonzero(maybe) if sure[n] or near.covers(*fields.read_place(terms[n]))
        ]

    def total(self, query: Tantivy) -> int:
        """Return how many documents fit. Of a single term, which many may have, it is counted once."""
        told = str(query)
        if not told.startswith(SINGLE_TERM):
            return int(self.searcher.search(query, 1, count=True).count)
        if (total := self._totals.get(told)) is None:
            total = int(self.searcher.search(query, 1, count=True).count)
            if len(self._totals) >= MOST_TOTALS:
                self._totals.clear()
            self._totals[told] = total
        return total

    def some(self, ads: Iterable[str]) -> dict[str, Any]:
        """Return those of some ads that are there, as they lie on the disk: neighbours are unpacked once."""
        hits = []
        for ad in ads:
            query = tantivy.Query.term_query(self.schema, fields.AD, ad)
            hits += [(found.segment_ord, found.doc, found, ad) for _, found in self._any(query, 1)]
        hits.sort(key=itemgetter(0, 1))
        return {ad: orjson.loads(self.read(address)) for *_, address, ad in hits}

    def read(self, address: Any) -> bytes:
        """Return the stored ad at an address, as JSON."""
        return bytes(self.searcher.doc(address).get_first(fields.DOC))

    def count(self, query: Tantivy, names: tuple[str, ...], total: int) -> Counts:
        """Count the values of index fields over all `total` that fit; None for one with too many values.

        `SPAN` is the first and the last time, none for no document. Where most documents fit, those that do
        not are counted instead, and taken from what is counted once over all.
        """
        if 2 * total < self.searcher.num_docs:
            return self._counted(query, names)
        with self._counting:
            if missing := tuple(name for name in names if name not in self._all):
                self._all |= self._counted(tantivy.Query.all_query(), missing)
        if total == self.searcher.num_docs:
            return {name: self._all[name] for name in names}
        lasting = tuple(name for name in names if name != SPAN and self._all[name] is not None)
        others = self._counted(both([], [query]), lasting)
        direct = self._counted(query, tuple(name for name in names if name not in lasting))
        return direct | {name: _less(self._all[name], others[name]) for name in lasting}

    def _counted(self, query: Tantivy, names: tuple[str, ...]) -> Counts:
        """Count the values over all that fit, one by one."""
        if not names:
            return {}
        wanted: dict[str, Any] = {
            name: {"terms": {"field": name, "size": MOST_VALUES}} for name in names if name != SPAN
        }
        if SPAN in names:
            wanted |= {end: {end: {"field": fields.AT}} for end in ("min", "max")}
        try:
            counted = self.searcher.aggregate(query, wanted)
        except ValueError:
            if len(names) == 1:
                return {names[0]: None}
            return {name: value for one in names for name, value in self._counted(query, (one,)).items()}
        ends = [(end, counted.pop(end)["value"]) for end in ("min", "max") if end in counted]
        span = {SPAN: [(end, int(value)) for end, value in ends if value is not None]} if ends else {}
        return span | {
            name: [(bucket["key"], bucket["doc_count"]) for bucket in found["buckets"]]
            if not found.get("sum_other_doc_count")
            else None
            for name, found in counted.items()
        }

    def keys(self, query: Tantivy, most: int) -> npt.NDArray[np.bytes_]:
        """Return the first 16 bytes of the keys of up to `most` that fit, in no order."""
        return self._keys([address for _, address in self._any(query, most)])

    def dated(self, query: Tantivy, most: int) -> tuple[npt.NDArray[np.bytes_], npt.NDArray[np.int64]]:
        """Return the first 16 bytes of the keys of up to `most` that fit, and their times; in no order."""
        hits = [address for _, address in self._any(query, most)]
        return self._keys(hits), np.array(self.searcher.fast_field_values(fields.AT, hits), dtype=np.int64)

    def _any(self, query: Tantivy, most: int) -> list[tuple[Any, Any]]:
        found: list[tuple[Any, Any]] = self.searcher.search(query, max(most, 1), count=False).hits
        return found

    def _keys(self, hits: list[Any]) -> npt.NDArray[np.bytes_]:
        halves = [self.searcher.fast_field_values(name, hits) for name in (fields.TIE, fields.REST)]
        return np.array(halves, dtype=">u8").T.copy().view("S16").reshape(-1)

    def newest(self, query: Tantivy, limit: int, after: Place | None) -> tuple[int, list[Found]]:
        """Return how many documents fit, and the first `limit` by time, newest first, then by key.

        Only those after a place, if one is given. Documents whose keys begin alike at one time cannot be
        told apart here; then some more come, or some that lie before `after`; the caller, who reads
        them, orders and cuts.
        """
        if after is None:
            hits = self.searcher.search(query, limit + SPARE, order_by_field=fields.AT)
            return int(hits.count), self._first(query, hits.hits, limit)
        total, tie = self.total(query), fields.tie(after.ad)
        found = self._tied(query, after.at, tie, limit)
        if sum(hit.tie > tie for hit in found) < limit:
            earlier = both([query, at_range(self.schema, upper=after.at - 1)])
            hits = self.searcher.search(earlier, limit + SPARE, count=False, order_by_field=fields.AT)
            found += self._first(earlier, hits.hits, limit)
        return total, found

    def _first(self, query: Tantivy, hits: list[tuple[int, Any]], limit: int) -> list[Found]:
        """Return the first `limit` of `limit + SPARE` hits by time, and all as old as the last of them."""
        ended = len(hits) < limit + SPARE
        if not ended and hits[limit - 1][0] == hits[-1][0]:  # a crowd at one time, cut off
            edge = hits[-1][0]
            hits = [hit for hit in hits if hit[0] != edge]
            rest = self._tied(query, edge, 0, limit - len(hits))
        else:
            last = hits[min(limit, len(hits)) - 1][0] if hits else 0
            hits, rest = [hit for hit in hits if hit[0] >= last], []
        ties = self.searcher.fast_field_values(fields.TIE, [address for _, address in hits])
        return [Found(at, tie, address) for (at, address), tie in zip(hits, ties, strict=True)] + rest

    def _tied(self, query: Tantivy, at: int, tie: int, limit: int) -> list[Found]:
        """Return documents of one time from a key's beginning on, at least `limit` beyond that beginning."""
        same = both([query, at_range(self.schema, lower=at, upper=at)])
        found = [Found(at, tie, address) for address in self._alike(same, tie)] if tie else []
        later = both([same, self._from(tie + 1, None)])
        hits = self.searcher.search(
            later, limit, count=False, order_by_field=fields.TIE, order=tantivy.Order.Asc
        ).hits
        edge = hits[-1][0] if len(hits) == limit else None
        found += [Found(at, key, address) for key, address in hits if key != edge]
        if edge is not None:
            found += [Found(at, edge, address) for address in self._alike(same, edge)]
        return found

    def _alike(self, query: Tantivy, tie: int) -> list[Any]:
        """Return all documents whose keys begin alike: one as a rule, ids being hashes."""
        query = both([query, self._from(tie, tie)])
        limit = FEW_ALIKE
        while True:
            hits = self.searcher.search(query, limit, count=False).hits
            if len(hits) < limit:
                return [address for _, address in hits]
            limit = max(limit + 1, self.total(query) + 1)

    def _from(self, low: int, high: int | None) -> Tantivy:
        return tantivy.Query.range_query(
            self.schema, fields.TIE, tantivy.FieldType.Unsigned, lower_bound=low, upper_bound=high
        )


def _less(
    all_: list[tuple[Any, int]] | None, others: list[tuple[Any, int]] | None
) -> list[tuple[Any, int]] | None:
    """Return what is left of counts without others; values that none is left of are no more."""
    if all_ is None or others is None:
        return None
    gone = dict(others)
    return [(value, count - gone.get(value, 0)) for value, count in all_ if count > gone.get(value, 0)]
