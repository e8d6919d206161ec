"""The lake as somebody reads it who may not see some ads: their rows are read, found and counted by nothing.

This lies below the desk's own filters: a function that forgets its filter is given no row of a hidden ad.
Lists of ads lack them, and what rests on hidden ads alone is gone with its row. It guards against a forgotten
filter, not against somebody who can run code in this process.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import cached_property
from typing import Any, NoReturn

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from homeward.model import schema
from homeward.store.lake import Filter, Lake
from homeward.store.shapes import sql_text

# The columns by which a row is of one ad, or of two; a table with a list of ads is of all of them.
KEYS = ("ad", "a", "b")
LIST = "ads"
MENTIONS = "mentions"  # of a finding: JSON, each begins with a capture
# No column tells a query which ads (all of) a row rests on: of these, the run knows.
UNTOLD = ("leads", "findings")


class LakeWithout(Lake):
    """A lake without some ads; it only reads."""

    def __init__(self, whole: Lake, hidden: Collection[str]) -> None:
        self._from = whole
        self.root, self.hidden, self._folders = whole.root, frozenset(hidden), whole._folders
        self._names = pa.array(sorted(self.hidden), pa.string())
        self._literal = ", ".join(sql_text(ad) for ad in sorted(self.hidden))

    def writer(self) -> AbstractContextManager[bool]:
        """Refuse: whoever does not see all of it changes nothing."""
        self._only_reads()

    def files(self, table: str, version: int | None = None) -> list[str]:
        """Refuse: the files hold all rows."""
        self._only_reads()

    def count(self, table: str, version: int | None = None) -> int:
        """Return how many rows of other ads a table has."""
        pins = None if version is None else {table: version}
        return int(self.query(f"SELECT count(*) AS n FROM {table}", pins=pins).column("n")[0].as_py())

    def read(
        self, table: str, *, columns: Sequence[str] | None = None, version: int | None = None,
        filters: Filter | None = None,
    ) -> pa.Table:  # fmt: skip
        """Return rows of other ads, as the whole lake gives them."""
        found = self._from.read(
            table, columns=self._with_keys(table, columns), version=version, filters=self._and(table, filters)
        )
        return self._stripped(found, columns)

    def scan(
        self, table: str, *, columns: Sequence[str] | None = None, version: int | None = None,
        filters: Filter | None = None,
    ) -> Iterator[pa.Table]:  # fmt: skip
        """Yield what `read` returns, some thousand rows at a time."""
        wanted, fitting = self._with_keys(table, columns), self._and(table, filters)
        for part in self._from.scan(table, columns=wanted, version=version, filters=fitting):
            yield self._stripped(part, columns)

    def find(
        self, table: str, ads: Collection[str], *, columns: Sequence[str] | None = None,
        version: int | None = None,
    ) -> pa.Table:  # fmt: skip
        """Return the rows of those of some ads that are not hidden."""
        return self._from.find(table, set(ads) - self.hidden, columns=columns, version=version)

    def close(self) -> None:
        """Do nothing: the whole lake is somebody else's to close."""

    def _connection(self) -> duckdb.DuckDBPyConnection:
        return self._from._connection()

    def _writing(self, table: str) -> NoReturn:
        self._only_reads()

    def _only_reads(self) -> NoReturn:
        raise ValueError("a lake without some of its ads only reads")

    def _seen(self, table: str, columns: Mapping[str, str]) -> tuple[Mapping[str, str], str]:
        if table in UNTOLD:
            raise ValueError(f"{table} are read through the run, which knows which ads they rest on")
        shape = schema.TABLES[table]
        keys = [name for name in KEYS if name in shape.names]
        if keys:
            return columns, " WHERE " + " AND ".join(f"{key} NOT IN ({self._literal})" for key in keys)
        if not _lists(shape):
            return columns, ""
        left = f"list_filter({LIST}, lambda x: x NOT IN ({self._literal}))"
        some = f"len({LIST}) = 0 OR len({left}) > 0"
        return {**columns, LIST: f"{left} AS {LIST}"}, f" WHERE {LIST} IS NULL OR {some}"

    def _with_keys(self, table: str, columns: Sequence[str] | None) -> list[str] | None:
        """Return the columns asked for, and those that say whose a row is."""
        if table == "leads":
            raise ValueError("leads are read through the run, which knows which ads they rest on")
        if columns is None:
            return None
        more = [LIST] if _lists(schema.TABLES[table]) else []
        return list(dict.fromkeys([*columns, *more]))

    def _and(self, table: str, filters: Filter | None) -> Filter | None:
        """Return a filter that also leaves out the rows of hidden ads."""
        keys = [name for name in KEYS if name in schema.TABLES[table].names]
        asked = pq.filters_to_expression(filters) if isinstance(filters, list) else filters
        for key in keys:
            seen = ~pc.field(key).isin(self._names)
            asked = seen if asked is None else asked & seen
        return asked

    @cached_property
    def _captures(self) -> frozenset[str]:
        """The captures of hidden ads."""
        return frozenset(
            self._from.find("ads", self.hidden, columns=["capture"]).column("capture").to_pylist()
        )

    def _said(self, mentions: str | None) -> str | None:
        """Return a finding's mentions without those of hidden ads."""
        found = json.loads(mentions or "[]")
        left = [one for one in found if one[0] not in self._captures]
        return mentions if len(left) == len(found) else json.dumps(left)

    def _stripped(self, rows: pa.Table, columns: Sequence[str] | None) -> pa.Table:
        """Take hidden ads out of lists, and rows that rest on them alone out of the table."""
        if LIST in rows.column_names and pa.types.is_list(rows.schema.field(LIST).type):
            kept: list[bool] = []
            lists: list[Any] = []
            for ads in rows.column(LIST).to_pylist():
                left = ads and [ad for ad in ads if ad not in self.hidden]
                kept.append(not ads or bool(left))
                lists.append(left)
            place = rows.column_names.index(LIST)
            new = pa.array(lists, rows.schema.field(LIST).type)
            rows = rows.set_column(place, rows.schema.field(LIST), new)
            if MENTIONS in rows.column_names:
                place = rows.column_names.index(MENTIONS)
                said = pa.array([self._said(text) for text in rows.column(MENTIONS).to_pylist()], pa.string())
                rows = rows.set_column(place, rows.schema.field(MENTIONS), said)
            rows = rows.filter(pa.array(kept, pa.bool_()))
        return rows if columns is None else rows.select(list(columns))


def _lists(shape: pa.Schema) -> bool:
    return LIST in shape.names and pa.types.is_list(shape.field(LIST).type)
