"""The lake: every ad, mention and group as Delta tables on the disk; the one store that is not remade.

A write returns only when its bytes and the log entry that names them are flushed: that return is the
acknowledgement. Readers take no lock and see whole versions only.
"""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, TypeAlias

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as pads
import pyarrow.fs as pafs
import pyarrow.parquet as pq

from homeward.model import schema
from homeward.model.errors import WorkspaceDamaged
from homeward.store import disk, lookup
from homeward.store.database import SPILL, open_database
from homeward.store.delta import DataFile, Snapshot, TableFolder
from homeward.store.shapes import conform, kept_schema, plain, sql_given, sql_text

SMALL = 64 * 1024 * 1024  # bytes; files below this are worth joining
TARGET = 256 * 1024 * 1024  # bytes a joined file aims at: a scan of it is seconds, rewriting it is cheap
READ_ROWS = 20_000  # rows held at a time while files are joined or rewritten
WRITERS = 2  # tables of a run written at a time
WHOLE_ROWS = 1 << 17  # rows read at a time where all are kept
CHECKPOINT_EVERY = 50  # versions; opening a table replays the entries since, at about 0.1 ms each
FEW = 50  # ads; more are looked up by the database, whose start costs 40 ms at a million ads
GRACE = 15 * 60.0  # seconds an unneeded file stays, for a reader in another process that still has it open
# In what Arrow and DuckDB say of a data file that is gone or torn.
TORN = ("No files found", "Parquet", "parquet", "magic bytes", "thrift")

Filter: TypeAlias = Any  # a pyarrow expression, or a list of (column, operator, value)


class Lake:
    """The tables of `model.schema` below one folder. Made on first use; safe to share among threads."""

    hidden: frozenset[str] = frozenset()  # the ads that it does not show: see `lake_without.py`

    def __init__(self, root: Path, *, memory_mb: int | None = None, threads: int | None = None) -> None:
        """`memory_mb` and `threads` bound what a query may take; left out, DuckDB's own bounds hold."""
        self.root = Path(root).absolute()
        disk.refuse_odd(self.root)
        self._lock = disk.WriterLock(self.root / ".writer")
        self._memory_mb, self._threads = memory_mb, threads
        self._opening = threading.Lock()
        self._database: duckdb.DuckDBPyConnection | None = None
        self._folders = {
            name: TableFolder(self.root / name, columns, _partition(name))
            for name, columns in schema.TABLES.items()
        }

    # Writing.

    def writer(self) -> AbstractContextManager[bool]:
        """Hold the right to write for a whole act, such as taking a file in; others get WorkspaceLocked.

        It gives whether the right was not held before, by an act that this one is part of. Each write takes
        it by itself when it is not held.
        """
        return self._lock.held()

    def append(self, table: str, rows: pa.Table, *, txn: tuple[str, int] | None = None) -> int:
        """Add rows as a new version and return it; once this returns, they outlast a loss of power.

        `txn` names the act: (source, a number that grows). When that number or a higher one is already
        committed for the source, nothing is added and the current version is returned.
        """
        with self._writing(table) as folder:
            if txn is not None:
                done = folder.committed_here(txn[0])
                if done is not None and done >= txn[1]:
                    return folder.version()
            if rows.num_rows == 0 and txn is None:
                return folder.version()
            version = folder.commit(folder.write(rows), txn=txn)
            if version % CHECKPOINT_EVERY == 0:
                folder.checkpoint()
            return version

    def replace_run(self, tables: Mapping[str, pa.Table], run: str) -> dict[str, int]:
        """Make these rows all that each table holds for `run`; other runs are untouched.

        Files are written side by side, then each table gets one version; returns these by table.
        """
        for name, rows in tables.items():
            if self._folders[name].partition != "run":
                raise ValueError(f"{name} is not a table of runs")
            if rows.num_rows and pc.any(pc.not_equal(rows.column("run"), run)).as_py() is not False:
                raise ValueError(f"rows of another run than {run}")
        with self._lock.held(), ThreadPoolExecutor(WRITERS) as side:
            files = {}
            for name, rows in tables.items():
                with self._writing(name) as folder:
                    files[name] = side.submit(folder.write, rows)
            return {name: self._replaced(name, run, made) for name, made in files.items()}

    def _replaced(self, table: str, run: str, files: Future[list[DataFile]]) -> int:
        with self._writing(table) as folder:
            old = [f for f in folder.snapshot().files if f.partition == run]
            made = files.result()
            return folder.commit(made, old) if made or old else folder.version()

    def compact(self, tables: Iterable[str] | None = None) -> int:
        """Join small files of each partition and checkpoint each table; return how many files were joined.

        Rows stay the same; memory is bounded by a few row groups. Versions that are pinned keep their files.
        """
        joined = 0
        for name in self._existing(tables):
            with self._writing(name) as folder:
                for group in _joinable(folder.snapshot()):
                    parts = self._stream(name, group, None, None)
                    folder.commit([folder.write_stream(group[0].partition, parts)], group, same_rows=True)
                    joined += len(group)
                folder.checkpoint()
        return joined

    def vacuum(self, pins: Iterable[Mapping[str, int]] = (), *, grace: float = GRACE) -> int:
        """Remove files that neither the newest version nor any of `pins` (table → version) needs.

        Also removes what a killed write left behind. Returns how many files went.
        """
        wanted = list(pins)
        gone = 0
        for name in self._existing(None):
            with self._writing(name) as folder:
                gone += folder.prune([pin[name] for pin in wanted if name in pin], grace=grace)
        for left in self.root.glob(f"{SPILL}*"):
            if not disk.process_lives(left.name.removeprefix(SPILL)):  # it was killed during a query
                shutil.rmtree(left, ignore_errors=True)
        return gone

    def sweep(self, keep_runs: Collection[str]) -> int:
        """Drop every run but those kept from the tables of runs; return how many files were dropped.

        The bytes go with the next `vacuum`, unless a pin still needs them.
        """
        dropped = 0
        for name in self._existing(schema.RUN_TABLES):
            with self._writing(name) as folder:
                old = [f for f in folder.snapshot().files if f.partition not in keep_runs]
                if old:
                    folder.commit([], old)
                    dropped += len(old)
        return dropped

    def drop_rows(
        self, table: str, key_column: str, keys: Collection[str], *, keep_versions: bool = False
    ) -> int:
        """Erase the rows whose opaque `key_column` is one of `keys`; return how many rows went.

        The files that held them are rewritten and every older version's files are removed at once, pinned
        or not: whoever holds a pin on this table must publish a new one. The log never held any value.

        With `keep_versions` the rows leave the newest version only: what is to be made anew stays readable
        where it is pinned, until `vacuum`.
        """
        wanted = pa.array(sorted(keys), schema.TABLES[table].field(key_column).type)
        gone = 0
        with self._writing(table) as folder:
            for file in folder.snapshot().files:
                hits = self._dataset(table, [file]).count_rows(filter=pc.field(key_column).isin(wanted))
                if hits:
                    rest = self._stream(table, [file], None, ~pc.field(key_column).isin(wanted))
                    folder.commit([folder.write_stream(file.partition, rest)], [file])
                    gone += hits
            folder.checkpoint()
            if not keep_versions:
                folder.prune((), grace=0.0)
        return gone

    # Reading.

    def version(self, table: str) -> int:
        """Return the newest version of a table, or -1 when it has none yet."""
        return self._folders[table].version()

    def versions(self) -> dict[str, int]:
        """Return the newest version of every table that has one: what a run pins."""
        return {name: self.version(name) for name in self._existing(None)}

    def committed(self, table: str, app_id: str) -> int | None:
        """Return the highest transaction number that `append` committed for a source, or None."""
        return self._folders[table].committed(app_id)

    def files(self, table: str, version: int | None = None) -> list[str]:
        """Return the paths of one version's data files (the newest unless said), in append order."""
        folder = self._folders[table]
        return [str(folder.path / file.path) for file in folder.snapshot(version).files]

    def count(self, table: str, version: int | None = None) -> int:
        """Return how many rows a table has."""
        with disk.translated(str(self.root)), self._whole():
            return self._folders[table].count(version)

    def read(
        self, table: str, *, columns: Sequence[str] | None = None, version: int | None = None,
        filters: Filter | None = None,
    ) -> pa.Table:  # fmt: skip
        """Return rows, in append order, with exactly the types of the schema.

        `filters` is a pyarrow expression or a list of (column, operator, value), all of which must hold.
        """
        shape = _shape(table, columns)
        files = self._folders[table].snapshot(version).files
        with disk.translated(str(self.root)), self._whole():
            # All is held in any case; a filter is worked out anew for each batch.
            parts = list(self._stream(table, files, columns, filters, WHOLE_ROWS))
        return pa.concat_tables(parts) if parts else shape.empty_table()

    def scan(
        self, table: str, *, columns: Sequence[str] | None = None, version: int | None = None,
        filters: Filter | None = None,
    ) -> Iterator[pa.Table]:  # fmt: skip
        """Yield what `read` returns, some thousand rows at a time, in bounded memory."""
        files = self._folders[table].snapshot(version).files
        with disk.translated(str(self.root)), self._whole():
            yield from self._stream(table, files, columns, filters)

    def find(
        self, table: str, ads: Collection[str], *, columns: Sequence[str] | None = None,
        version: int | None = None,
    ) -> pa.Table:  # fmt: skip
        """Return the rows of some ads, in no promised order, with exactly the types of the schema.

        For a few ads this is many times quicker than `read`: it skips the row groups without them.
        """
        shape = _shape(table, columns)
        wanted = sorted(set(ads))
        if not wanted:
            return shape.empty_table()
        if len(wanted) <= FEW:
            folder = self._folders[table]
            with disk.translated(str(self.root)), self._whole():
                found = list(lookup.rows(folder, folder.snapshot(version).files, wanted, shape))
            return pa.concat_tables(found) if found else shape.empty_table()
        names = ", ".join(f'"{name}"' for name in shape.names)
        places = ", ".join("?" * len(wanted))
        sql = f"SELECT {names} FROM {table} WHERE ad IN ({places})"
        pins = None if version is None else {table: version}
        return conform(self.query(sql, pins=pins, params=wanted), shape)

    def query(
        self, sql: str, *, pins: Mapping[str, int] | None = None, params: Sequence[Any] = ()
    ) -> pa.Table:
        """Return the answer of a DuckDB query in which each table is named as in the schema.

        A table in `pins` is seen at that version, any other at its newest. The database can read nothing
        but this lake and loads no extension.
        """
        with disk.translated(str(self.root)), self._whole(), self._connection().cursor() as session:
            for name in schema.TABLES:
                if re.search(rf"\b{name}\b", sql):
                    self._show(session, name, (pins or {}).get(name))
            relation = session.sql(sql, params=list(params)) if params else session.sql(sql)
            if relation is None:
                return pa.table({})
            return plain(relation.to_arrow_table())

    def close(self) -> None:
        """Let go of the query database; the lake can be used again afterwards."""
        with self._opening:
            if self._database is not None:
                self._database.close()
                self._database = None

    # Inside.

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """Say it when a data file that the log names is gone or no Parquet; the driver's words quote it."""
        try:
            yield
        except (OSError, pa.ArrowInvalid, duckdb.Error) as error:
            if not isinstance(error, FileNotFoundError) and not any(sign in str(error) for sign in TORN):
                raise
            raise WorkspaceDamaged(
                f"A file of the lake {self.root} is missing or damaged.",
                remedy="Repeat the command; if it stays so, check the disk, then restore a backup.",
            ) from error

    @contextmanager
    def _writing(self, table: str) -> Iterator[TableFolder]:
        folder = self._folders[table]
        with self._lock.held(), disk.translated(f"The table {table} in {self.root}"):
            folder.prepare()
            yield folder

    def _existing(self, tables: Iterable[str] | None) -> list[str]:
        return [n for n in (schema.TABLES if tables is None else tables) if self._folders[n].version() >= 0]

    def _dataset(self, table: str, files: Sequence[DataFile]) -> pads.FileSystemDataset:
        folder = self._folders[table]
        form, system = pads.ParquetFileFormat(), pafs.LocalFileSystem()
        # A value without its type makes Arrow look for a library of dates, each time, that is not there.
        kind, place = folder.schema.field(folder.partition).type, pc.field(folder.partition)
        fragments = [
            form.make_fragment(
                str(folder.path / file.path), system,
                partition_expression=place == pa.scalar(file.partition, kind),
            )
            for file in files
        ]  # fmt: skip
        return pads.FileSystemDataset(fragments, kept_schema(folder.schema), form, system)

    def _stream(
        self, table: str, files: Sequence[DataFile], columns: Sequence[str] | None, filters: Filter | None,
        rows: int = READ_ROWS,
    ) -> Iterator[pa.Table]:  # fmt: skip
        """Yield rows of the files in order, in the types of the schema."""
        shape = _shape(table, columns)
        if not files:
            return
        wanted = pq.filters_to_expression(filters) if isinstance(filters, list) else filters
        batches = self._dataset(table, files).to_batches(
            columns=shape.names, filter=wanted, batch_size=rows, batch_readahead=2, fragment_readahead=1
        )
        for batch in batches:
            if batch.num_rows:
                yield conform(pa.Table.from_batches([batch]), shape)

    def _connection(self) -> duckdb.DuckDBPyConnection:
        with self._opening:
            if self._database is None:
                self._database = open_database(self.root, self._memory_mb, self._threads)
            return self._database

    def _show(self, session: duckdb.DuckDBPyConnection, table: str, version: int | None) -> None:
        """Let the session see one version of a table under its name."""
        folder = self._folders[table]
        snapshot = folder.snapshot(version)
        if not snapshot.files:
            session.register(table, folder.schema.empty_table())
            return
        files = ", ".join(sql_text(folder.path / file.path) for file in snapshot.files)
        columns, seen = self._seen(table, {
            field.name: sql_given(field.name, field.type) if field.name in snapshot.columns
            else f'NULL AS "{field.name}"'
            for field in folder.schema
        })  # fmt: skip
        session.execute(
            f"CREATE TEMP VIEW {table} AS SELECT {', '.join(columns.values())} FROM read_parquet([{files}], "
            f"hive_partitioning = true, hive_types_autocast = false, union_by_name = true){seen}"
        )

    def _seen(self, table: str, columns: Mapping[str, str]) -> tuple[Mapping[str, str], str]:
        """Return what a query is shown of a table: its columns as SQL, and which of its rows."""
        return columns, ""


def _partition(table: str) -> str:
    return "month" if table in schema.MONTHLY else "run"


def _shape(table: str, columns: Sequence[str] | None) -> pa.Schema:
    """Return the schema of the asked columns, in the order asked."""
    whole = schema.TABLES[table]
    return whole if columns is None else pa.schema([whole.field(name) for name in columns])


def _joinable(snapshot: Snapshot) -> Iterator[list[DataFile]]:
    """Yield groups of two or more small files of one partition, each group near the target size."""
    by_partition: dict[str, list[DataFile]] = {}
    for file in snapshot.files:
        if file.size < SMALL:
            by_partition.setdefault(file.partition, []).append(file)
    for partition in sorted(by_partition):
        group: list[DataFile] = []
        for file in by_partition[partition]:
            group.append(file)
            if sum(f.size for f in group) >= TARGET:
                yield group
                group = []
        if len(group) > 1:
            yield group
