"""The local engine: a pool of fresh worker processes, DuckDB and scipy, on one machine.

The pool is our own because the standard library's breaks as a whole when one worker dies, re-imports the
program that started it, and lets workers share its standard input.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Self

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from homeward.engine import worker
from homeward.engine.base import BATCH_ROWS, OnError
from homeward.model.errors import KernelError

# Seconds for one batch: 2,000 whole ads take about 1 s of a core, so a minute is slack for a machine that
# is busy with something else and still an end to a reader that never returns.
BATCH_SECONDS = 60.0
# Seconds that a part of a batch is always given, however small: starting a worker and importing every
# reader on a slow disk must fit, or innocent records would be set aside.
LEAST_SECONDS = 5.0
# Rows of one call that may be at fault before the kernel itself is blamed: a hostile file holds a few
# poisoned records; a kernel that fails on this many is broken, and setting all aside would hide that.
MOST_FAULTS = 1_000
# Batches in work or waiting, for each worker: one to work on, one so that it never waits.
AHEAD = 2
# Statements over no more rows than this share one open database.
SMALL_ROWS = 100_000

_BOOT = "import json,sys;sys.path[:]=json.loads(sys.argv[1]);from homeward.engine.worker import main;main()"
_SINGLE = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "ARROW_IO_THREADS")


class _Fault(Exception):
    """A worker raised, died or ran out of time on one batch."""


class _Worker:
    """One worker process, used by one thread at a time."""

    def __init__(self) -> None:
        # A worker needs none of our settings (a key may be among them) and hashes the same every time.
        env = {k: v for k, v in os.environ.items() if not k.startswith("HOMEWARD_")}
        env |= dict.fromkeys(_SINGLE, "1") | {"PYTHONHASHSEED": "0"}
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _BOOT, json.dumps(sys.path)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env,
        )  # fmt: skip
        self._kernel = ""

    def run(self, kernel: str, batch: pa.RecordBatch, seconds: float) -> pa.RecordBatch:
        """Return what the kernel makes of a batch; raises `_Fault`, or `KernelError` if it is missing."""
        late = threading.Event()
        timer = threading.Timer(seconds, self._end, (late,))
        timer.start()
        try:
            if self._kernel != kernel:
                kind, reply = self._ask(worker.KERNEL, kernel.encode())
                if kind == worker.BROKEN:
                    raise KernelError(f"The kernel {kernel} cannot be loaded: {reply.decode()}.")
                self._kernel = kernel
            kind, reply = self._ask(worker.BATCH, worker.pack(batch))
        except (OSError, EOFError):
            self.stop()
            cause = _cause(self._process.returncode)
            slow = f"took longer than {seconds:.0f} s"
            raise _Fault(slow if late.is_set() else f"the worker died ({cause})") from None
        finally:
            timer.cancel()
            timer.join()
            if late.is_set():  # also when the answer came at the last moment: the process is being killed
                self.stop()
        if kind == worker.RAISED:
            raise _Fault(reply.decode())
        return worker.unpack(reply)

    def _end(self, late: threading.Event) -> None:
        late.set()
        self._process.kill()

    def _ask(self, kind: bytes, payload: bytes | pa.Buffer) -> tuple[bytes, bytes]:
        assert self._process.stdin is not None and self._process.stdout is not None
        worker.send(self._process.stdin, kind, payload)  # type: ignore[arg-type]
        answer = worker.receive(self._process.stdout)  # type: ignore[arg-type]
        if answer is None:
            raise EOFError
        return answer

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def stop(self) -> None:
        """End the process now; its work is pure, so nothing is lost."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                pipe.close()  # type: ignore[union-attr]
        self._process.wait()


def _cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _cause(code: int | None) -> str:
    return f"signal {-code}" if code is not None and code < 0 else f"exit {code}"


class LocalEngine:
    """Runs kernels on `workers` processes (default: one a core), started at the first need and kept."""

    def __init__(
        self,
        workers: int | None = None,
        memory_mb: int | None = None,
        *,
        temp_dir: str | os.PathLike[str] | None = None,
        batch_seconds: float = BATCH_SECONDS,
    ) -> None:
        self.workers = max(1, workers or _cores())
        self._memory_mb = memory_mb
        self._temp_dir = os.fspath(temp_dir) if temp_dir is not None else None
        self._batch_seconds = batch_seconds
        self._idle: queue.LifoQueue[_Worker] = queue.LifoQueue()
        self._threads: ThreadPoolExecutor | None = None
        self._small: duckdb.DuckDBPyConnection | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let every worker go; the next work starts new ones."""
        with self._lock:
            threads, self._threads = self._threads, None
            small, self._small = self._small, None
        if small is not None:
            small.close()
        if threads is not None:
            threads.shutdown(wait=True, cancel_futures=True)
        with contextlib.suppress(queue.Empty):
            while True:
                self._idle.get_nowait().stop()

    def start(self) -> None:
        """Start the workers that the next call needs, which takes them a moment, and return at once."""
        for _ in range(self.workers - self._idle.qsize()):
            self._idle.put(_Worker())

    def map(
        self, kernel: str, table: pa.Table, *, batch_rows: int = BATCH_ROWS, on_error: OnError | None = None
    ) -> pa.Table:
        """Return what `kernel` makes of every batch of `table`, in input order; see `Engine.map`."""
        return next(self.map_stream(kernel, [table], batch_rows=batch_rows, on_error=on_error))

    def map_stream(
        self,
        kernel: str,
        tables: Iterable[pa.Table],
        *,
        batch_rows: int = BATCH_ROWS,
        on_error: OnError | None = None,
    ) -> Iterator[pa.Table]:
        """Yield one result a table, in order, asking for tables while earlier ones are worked on."""
        work = _Map(kernel, batch_rows, keep_faults=on_error is not None)
        pending: deque[list[Future[_Part]]] = deque()
        try:
            for table in tables:
                pending.append([self._pool().submit(self._part, work, *part) for part in work.split(table)])
                # The table last asked for stays with the workers while the caller deals with an earlier one.
                while pending and (
                    (len(pending) > 1 and sum(map(len, pending)) > self.workers * AHEAD)
                    or _all_done(pending[0])
                ):
                    yield _joined(pending.popleft(), on_error)
            while pending:
                yield _joined(pending.popleft(), on_error)
        finally:
            for future in (future for parts in pending for future in parts):
                future.cancel()

    def sql(self, text: str, tables: Mapping[str, pa.Table]) -> pa.Table:
        """Return the result of one DuckDB statement over `tables`, and over nothing else.

        It runs in memory, spills to `temp_dir` if one was given, and can neither read files nor load
        extensions. Opening a database costs more than a small statement: one stays open for those, while a
        large one has its own, so that its memory is given back.
        """
        if sum(table.num_rows for table in tables.values()) > SMALL_ROWS:
            with self._database() as own:
                return _answer(own, text, tables)
        with self._lock:
            if self._small is None:
                self._small = self._database()
            session = self._small.cursor()  # sees no table of another
        with session:
            return _answer(session, text, tables)

    def _database(self) -> duckdb.DuckDBPyConnection:
        """Open a database that reads nothing but what it is given."""
        config: dict[str, str | int | bool] = {
            "autoinstall_known_extensions": False, "autoload_known_extensions": False,
            "threads": self.workers, "python_enable_replacements": False,
        }  # fmt: skip
        if self._memory_mb is not None:
            config["memory_limit"] = f"{self._memory_mb}MB"
        if self._temp_dir is not None:
            config["temp_directory"] = self._temp_dir
        database = duckdb.connect(":memory:", config=config)
        database.execute("SET enable_external_access = false")
        database.execute("SET lock_configuration = true")
        return database

    def components(self, edges: pa.Table, n: int) -> npt.NDArray[np.int64]:
        """Return for each of `n` nodes the smallest node it is connected with."""
        if n == 0:
            return np.zeros(0, dtype=np.int64)
        a = edges.column("a").to_numpy()
        b = edges.column("b").to_numpy()
        graph = coo_array((np.ones(len(a), dtype=np.int8), (a, b)), shape=(n, n))
        _, labels = connected_components(graph.tocsr(), directed=False)
        _, smallest = np.unique(labels, return_index=True)
        return np.asarray(smallest[labels], dtype=np.int64)

    def _pool(self) -> ThreadPoolExecutor:
        with self._lock:
            if self._threads is None:
                self._threads = ThreadPoolExecutor(self.workers, thread_name_prefix="homeward-engine")
            return self._threads

    def _part(self, work: _Map, first: int, batch: pa.RecordBatch) -> _Part:
        """Run one batch, halving it wherever it fails until single rows remain."""
        part = _Part([], [])
        todo = [(first, batch, self._batch_seconds)]
        while todo:
            at, rows, seconds = todo.pop()
            try:
                part.results.append(self._once(work.kernel, rows, seconds))
            except _Fault as fault:
                if not work.keep_faults or rows.num_rows == 0:
                    raise KernelError(f"The kernel {work.kernel} failed: {fault}.") from None
                if rows.num_rows == 1:
                    work.count_fault(str(fault))
                    part.faults.append((at, str(fault)))
                    continue
                half, less = rows.num_rows // 2, max(seconds / 2, min(LEAST_SECONDS, self._batch_seconds))
                todo.append((at + half, rows.slice(half), less))
                todo.append((at, rows.slice(0, half), less))
        if not part.results:  # every row was at fault: the columns are still owed
            part.results.append(self._once(work.kernel, batch.slice(0, 0), self._batch_seconds))
        return part

    def _once(self, kernel: str, batch: pa.RecordBatch, seconds: float) -> pa.RecordBatch:
        try:
            member = self._idle.get_nowait()
        except queue.Empty:
            member = _Worker()
        try:
            return member.run(kernel, batch, seconds)
        finally:
            if member.alive:
                self._idle.put(member)


def _answer(session: duckdb.DuckDBPyConnection, text: str, tables: Mapping[str, pa.Table]) -> pa.Table:
    for name, table in tables.items():
        session.register(name, table)
    return session.sql(text).to_arrow_table()


class _Map:
    """What all parts of one call share."""

    def __init__(self, kernel: str, batch_rows: int, *, keep_faults: bool) -> None:
        self.kernel = kernel
        self.keep_faults = keep_faults
        self._batch_rows = batch_rows
        self._rows = 0
        self._faults = 0

    def split(self, table: pa.Table) -> Iterator[tuple[int, pa.RecordBatch]]:
        """Yield (index of the first row in the stream, batch); an empty table is one empty batch."""
        first, self._rows = self._rows, self._rows + table.num_rows
        for at in range(0, max(table.num_rows, 1), self._batch_rows):
            whole = table.slice(at, self._batch_rows).combine_chunks().to_batches()
            empty = pa.RecordBatch.from_pylist([], schema=table.schema)
            yield first + at, whole[0] if whole else empty

    def count_fault(self, reason: str) -> None:
        self._faults += 1
        if self._faults > MOST_FAULTS:
            raise KernelError(f"The kernel {self.kernel} failed on {self._faults} records, last: {reason}.")


class _Part:
    """The results of one batch in row order, and the rows left out of it."""

    def __init__(self, results: list[pa.RecordBatch], faults: list[tuple[int, str]]) -> None:
        self.results = results
        self.faults = faults


def _all_done(parts: list[Future[_Part]]) -> bool:
    return all(future.done() for future in parts)


def _joined(parts: list[Future[_Part]], on_error: OnError | None) -> pa.Table:
    done = [future.result() for future in parts]
    if on_error is not None:
        for part in done:
            for row, reason in part.faults:
                on_error(row, reason)
    return pa.Table.from_batches([batch for part in done for batch in part.results])
