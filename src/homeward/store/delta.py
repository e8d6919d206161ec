"""One Delta table on the disk: its versions, its files, and a commit that lasts.

The order of a commit is what makes it an acknowledgement: data files are written and flushed, then the
log entry that names them, then the folders. A log entry can thus never name bytes that are not there; one
that was torn by a loss of power was never acknowledged and is taken back when the next writer starts.
"""

from __future__ import annotations

import json
import os
import re
import threading
import time
import uuid
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from deltalake import CommitProperties, DeltaTable, PostCommitHookProperties, Schema, Transaction
from deltalake.transaction import AddAction, RemoveAction

from homeward.model.errors import WorkspaceDamaged
from homeward.store import disk
from homeward.store.shapes import conform, kept_schema

LOG_NAME = re.compile(r"(\d{20})\.json")
CHECKPOINT_NAME = re.compile(r"(\d{20})\.checkpoint\.parquet")
PARTITION_VALUE = re.compile(r"[A-Za-z0-9._-]{1,64}")  # safe in every path and URL as it stands
# Rows of a row group. Measured on 200,000 ads of 200 characters (CPU milliseconds; look-up of five ads by
# key, scan of four columns): 2,000 rows 57 and 194; 5,000 rows 51 and 150; 20,000 rows 132 and 130.
ROW_GROUP = 5_000
# A Bloom filter of this column lets a look-up skip the row groups without its keys: 51 ms against 258
# without one, for 1 % more bytes. Keys are hashes, so that minima and maxima tell nothing.
KEY = "ad"
FALSE_HITS = 0.01  # share of the row groups without a key that are read all the same
KEPT_SNAPSHOTS = 16  # lists of files kept in memory a table; a run pins one version of each table
NO_HOOKS = PostCommitHookProperties(create_checkpoint=False, cleanup_expired_logs=False)
# Delta's per-file minima and maxima would copy personal values into the log, where erasure cannot follow.
CONFIGURATION = {"delta.dataSkippingNumIndexedCols": "0"}


@dataclass(frozen=True, slots=True)
class DataFile:
    """One Parquet file of one version: its path below the table, its partition, its size in bytes."""

    path: str
    partition: str
    size: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One version of the table: its files in the order they were appended, and the columns they know."""

    version: int
    files: tuple[DataFile, ...]
    columns: frozenset[str]


class TableFolder:
    """A Delta table in a folder. Writing methods expect the caller to hold the lake's writer lock."""

    def __init__(self, path: Path, schema: pa.Schema, partition: str) -> None:
        self.path, self.schema, self.partition = path, schema, partition
        self.log = path / "_delta_log"
        self._snapshots: OrderedDict[int, Snapshot] = OrderedDict()
        self._table: DeltaTable | None = None  # the writer's own, kept up to date
        self._checked = False
        self._rows: dict[str, int] = {}  # data file → its rows
        self._holding = threading.Lock()  # of the snapshots kept

    # Reading.

    def version(self) -> int:
        """Return the newest whole version, or -1 when there is none yet."""
        versions = sorted(self._log_versions(), reverse=True)
        newest_checkpoint = max(self._checkpoint_versions(), default=-1)
        for version in versions[:2]:  # only the newest entry can be torn
            if version in self._snapshots or _is_whole(self._entry(version)):
                return version
        return newest_checkpoint

    def snapshot(self, version: int | None = None) -> Snapshot:
        """Return one version's files; raises WorkspaceDamaged when the version cannot be had."""
        if version is None:
            version = self.version()
        if version < 0:
            return Snapshot(-1, (), frozenset(self.schema.names))
        known = self._snapshots.get(version)
        if known is None:
            try:
                known = _snapshot_of(DeltaTable(self.path, version=version), self.partition)
            except Exception as error:
                raise WorkspaceDamaged(
                    f"Version {version} of the table {self.path.name} cannot be read from {self.path}."
                ) from error
            self._remember(known)
        return known

    def committed(self, app_id: str) -> int | None:
        """Return the highest transaction number committed for `app_id`, or None."""
        version = self.version()
        if version < 0:
            return None
        return _transaction(DeltaTable(self.path, version=version), app_id)

    def count(self, version: int | None = None) -> int:
        """Return how many rows a version has; each file is asked once, since files never change."""
        total = 0
        for file in self.snapshot(version).files:
            if file.path not in self._rows:
                self._rows[file.path] = pq.read_metadata(self.path / file.path).num_rows
            total += self._rows[file.path]
        return total

    # Writing.

    def committed_here(self, app_id: str) -> int | None:
        """Return what `committed` returns, from the writer's own table, which is at hand."""
        assert self._table is not None, "prepare() first"
        return _transaction(self._table, app_id)

    def prepare(self) -> None:
        """Make the table if it is not there, take back a torn last commit, and learn new columns."""
        if not self._checked:
            self._take_back_torn()
            self._checked = True
        if self.version() < 0:
            disk.make_folder(self.log)
            DeltaTable.create(
                self.path, schema=Schema.from_arrow(kept_schema(self.schema)), partition_by=[self.partition],
                configuration=CONFIGURATION, post_commithook_properties=NO_HOOKS,
            )  # fmt: skip
            self._acknowledge(0)
        if self._table is None:
            self._table = DeltaTable(self.path)
        self._table.update_incremental()
        present = {field.name for field in self._table.schema().fields}
        new = [f for f in Schema.from_arrow(kept_schema(self.schema)).fields if f.name not in present]
        if new:
            self._table.alter.add_columns(new, post_commithook_properties=NO_HOOKS)
            self._acknowledge(self._table.version())

    def write(self, rows: pa.Table) -> list[DataFile]:
        """Write rows as flushed data files, one a partition; they are in no version until committed."""
        files = []
        for value, part in self._by_partition(conform(rows, self.schema)):
            files.append(self.write_stream(value, [part]))
        return files

    def write_stream(self, value: str, parts: Iterable[pa.Table]) -> DataFile:
        """Write tables of one partition into one flushed data file, in order, a row group at a time."""
        folder = self.path / f"{self.partition}={value}"
        disk.make_folder(folder)
        path = folder / f"{self.version() + 1:010d}-{uuid.uuid4().hex}.parquet"
        kept = kept_schema(pa.schema([f for f in self.schema if f.name != self.partition]))
        disk.failpoint("lake.before_data")
        filters = {KEY: {"ndv": ROW_GROUP, "fpp": FALSE_HITS}} if KEY in kept.names else None
        # A checksum of each page tells the first reading of a scrub what nobody has seen yet.
        options = {"compression": "zstd", "bloom_filter_options": filters, "write_page_checksum": True}
        with pq.ParquetWriter(path, kept, **options) as out:
            for part in parts:
                out.write_table(conform(part.drop_columns([self.partition]), kept), row_group_size=ROW_GROUP)
                disk.failpoint("lake.within_data")
        disk.sync_file(path)
        disk.sync_folder(folder)
        return DataFile(f"{folder.name}/{path.name}", value, path.stat().st_size)

    def commit(
        self, adds: Sequence[DataFile], removes: Sequence[DataFile] = (), *,
        txn: tuple[str, int] | None = None, same_rows: bool = False,
    ) -> int:  # fmt: skip
        """Make one new version and flush it; when this returns, it is acknowledged. Return the version.

        `same_rows` says that the rows did not change, only the files they lie in.
        """
        assert self._table is not None, "prepare() first"
        now = int(time.time() * 1000)  # Delta's own record of when; nothing of ours reads it
        add = [
            AddAction(f.path, f.size, {self.partition: f.partition}, now, not same_rows, "{}") for f in adds
        ]
        remove = [
            RemoveAction(f.path, not same_rows, now, f.size, {self.partition: f.partition}) for f in removes
        ]
        properties = CommitProperties(app_transactions=[Transaction(*txn)] if txn else None)
        before = self._table.version()
        disk.failpoint("lake.before_commit")
        try:
            self._table.create_write_transaction(
                [*add, *remove], "append", Schema.from_arrow(kept_schema(self.schema)), [self.partition],
                commit_properties=properties, post_commithook_properties=NO_HOOKS,
            )  # fmt: skip
            disk.failpoint("lake.after_commit")
            self._acknowledge(before + 1)
        except BaseException:
            self._withdraw(before + 1)
            raise
        self._table.update_incremental()
        self._remember(_snapshot_of(self._table, self.partition))
        for file in removes:  # the time from which `prune` counts its grace
            os.utime(self.path / file.path)
        disk.failpoint("lake.acknowledged")
        return int(self._table.version())

    def checkpoint(self) -> None:
        """Write the whole table state as one file, so that opening need not replay every entry."""
        assert self._table is not None, "prepare() first"
        version = self._table.version()
        if version in self._checkpoint_versions():
            return
        self._table.create_checkpoint()
        for path in [*self.log.glob(f"{version:020d}.checkpoint*.parquet"), self.log / "_last_checkpoint"]:
            disk.sync_file(path)
        disk.sync_folder(self.log)

    def prune(self, needed: Iterable[int], *, grace: float) -> int:
        """Remove data files that none of the `needed` versions (and the newest) names; return how many.

        Files made or replaced less than `grace` seconds ago stay: someone may be reading them.
        Log entries older than the last checkpoint below every needed version go as well. A needed version
        that an erasure has removed already is no longer there to be kept.
        """
        newest = self.version()
        keep = {newest, *(v for v in needed if 0 <= v <= newest and self._entry(v).exists())}
        named = {f.path for v in keep for f in self.snapshot(v).files}
        oldest = time.time() - grace
        gone = 0
        for path in sorted(self.path.glob(f"{self.partition}=*/*")):
            if f"{path.parent.name}/{path.name}" not in named and path.stat().st_mtime <= oldest:
                path.unlink()
                gone += 1
        for folder in self.path.glob(f"{self.partition}=*"):
            disk.sync_folder(folder)
        base = max((v for v in self._checkpoint_versions() if v <= min(keep)), default=-1)
        for version in self._log_versions():
            if version < base:
                self._entry(version).unlink()
        for version in self._checkpoint_versions():
            if version < base:
                (self.log / f"{version:020d}.checkpoint.parquet").unlink()
        with self._holding:
            self._snapshots = OrderedDict((v, s) for v, s in self._snapshots.items() if v in keep)
        disk.sync_folder(self.log)
        return gone

    # Inside.

    def _by_partition(self, rows: pa.Table) -> Iterable[tuple[str, pa.Table]]:
        """Yield (partition value, its rows in order); an odd or missing value is a caller's mistake."""
        column = rows.column(self.partition)
        values = column.unique().to_pylist()
        for value in values:
            if not isinstance(value, str) or not PARTITION_VALUE.fullmatch(value):
                raise ValueError(f"not a value to partition by: {self.partition}={value!r}")
        if len(values) == 1:
            yield values[0], rows
            return
        for value in values:
            yield value, rows.filter(pc.equal(column, value))

    def _entry(self, version: int) -> Path:
        return self.log / f"{version:020d}.json"

    def _log_versions(self) -> list[int]:
        return _numbers(self.log, LOG_NAME)

    def _checkpoint_versions(self) -> list[int]:
        return _numbers(self.log, CHECKPOINT_NAME)

    def _remember(self, snapshot: Snapshot) -> None:
        with self._holding:
            self._snapshots[snapshot.version] = snapshot
            while len(self._snapshots) > KEPT_SNAPSHOTS:
                self._snapshots.popitem(last=False)

    def _acknowledge(self, version: int) -> None:
        disk.sync_file(self._entry(version))
        disk.sync_folder(self.log)

    def _withdraw(self, version: int) -> None:
        """Take an entry back that could not be flushed: its caller is told that nothing was taken in."""
        self._table = None
        self._entry(version).unlink(missing_ok=True)
        with self._holding:
            self._snapshots.pop(version, None)

    def _take_back_torn(self) -> None:
        """Remove a torn newest entry or checkpoint, and flush the newest whole entry once more.

        The last writer may have died between writing an entry and flushing it; whoever then asks whether
        it is committed must be told so only when it lasts.
        """
        for version in sorted(self._checkpoint_versions(), reverse=True)[:1]:
            path = self.log / f"{version:020d}.checkpoint.parquet"
            if not _reads(lambda path=path: pq.read_metadata(path)):  # type: ignore[misc]
                path.unlink()
                (self.log / "_last_checkpoint").unlink(missing_ok=True)
        last = self.log / "_last_checkpoint"
        if last.exists() and not _reads(lambda: json.loads(last.read_bytes())):
            last.unlink()
        versions = sorted(self._log_versions(), reverse=True)
        if versions and not _is_whole(self._entry(versions[0])):
            self._entry(versions.pop(0)).unlink()
        if versions:
            self._acknowledge(versions[0])


def _numbers(folder: Path, pattern: re.Pattern[str]) -> list[int]:
    try:
        names = [path.name for path in folder.iterdir()]
    except FileNotFoundError:
        return []
    return [int(match[1]) for name in names if (match := pattern.fullmatch(name))]


def _reads(action: Callable[[], object]) -> bool:
    try:
        action()
    except Exception:
        return False
    return True


def _is_whole(entry: Path) -> bool:
    """Tell whether a log entry is complete: every line is JSON, and there is at least one."""
    try:
        lines = entry.read_bytes().splitlines()
        return bool(lines) and all(isinstance(json.loads(line), dict) for line in lines)
    except (OSError, ValueError):
        return False


def _transaction(table: DeltaTable, app_id: str) -> int | None:
    found = table.transaction_version(app_id)
    return None if found is None else int(found)


def _snapshot_of(table: DeltaTable, partition: str) -> Snapshot:
    actions = pa.table(table.get_add_actions(flatten=True)).select(
        ["path", "size_bytes", f"partition.{partition}"]
    )
    rows = zip(*(column.to_pylist() for column in actions.columns), strict=True)
    files = sorted((DataFile(path, value, size) for path, size, value in rows), key=_append_order)
    columns = frozenset(field.name for field in table.schema().fields)
    return Snapshot(int(table.version()), tuple(files), columns)


def _append_order(file: DataFile) -> tuple[str, str]:
    """Order files by the version that added them, which their names begin with."""
    return (file.path.rsplit("/", 1)[-1], file.partition)
