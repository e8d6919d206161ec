"""The engine: on how many machines does the work run?

Four verbs, the same on every engine. `map` and `map_stream` run a *kernel*, a pure function from one
Arrow record batch to another, over many rows; `sql` runs one statement in DuckDB's dialect; `components`
finds which nodes of a graph hang together. An engine never knows what the work is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa

# Rows a kernel is handed at once: large enough that the cost of crossing to a worker (about 1 ms) is
# below 1 % of the work on 2,000 ads, small enough that two workers stay busy to the end of a chunk.
BATCH_ROWS = 2_000

OnError = Callable[[int, str], None]
"""Told the index of a row that its kernel could not survive, and why in a few words."""


class Engine(Protocol):
    """What every engine can do; `tests/contracts/test_engine_contract.py` holds each to it."""

    def start(self) -> None:
        """Make ready for work that is about to come, and return at once; nothing depends on it."""

    def map(
        self, kernel: str, table: pa.Table, *, batch_rows: int = BATCH_ROWS, on_error: OnError | None = None
    ) -> pa.Table:
        """Return what `kernel` ("module:function") makes of every batch of `table`, in input order.

        A batch on which the kernel raises, dies or takes too long is halved until the one row at fault
        is found; that row goes to `on_error(row_index, reason)` and is left out. Without `on_error` a
        fault raises `KernelError`.
        """

    def map_stream(
        self,
        kernel: str,
        tables: Iterable[pa.Table],
        *,
        batch_rows: int = BATCH_ROWS,
        on_error: OnError | None = None,
    ) -> Iterator[pa.Table]:
        """Yield one result for each table of a stream, in order; row indexes count over the whole stream.

        Few tables are held at once: the next one is asked for while earlier ones are worked on.
        """

    def sql(self, text: str, tables: Mapping[str, pa.Table]) -> pa.Table:
        """Return the result of one statement over `tables`; unordered unless it orders."""

    def components(self, edges: pa.Table, n: int) -> npt.NDArray[np.int64]:
        """Return for each of `n` nodes the smallest node connected with it; `edges` has columns a and b."""

    def close(self) -> None:
        """Let every worker go. Safe to repeat; a closed engine starts again when it is next asked to work."""
