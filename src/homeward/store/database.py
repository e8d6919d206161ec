"""The database that questions are asked of: over files of the lake, and closed to everything else."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb

from homeward.store.shapes import sql_text

SPILL = ".spill-"  # and a process's number: where its large query puts what memory cannot hold


def open_database(root: Path, memory_mb: int | None, threads: int | None) -> duckdb.DuckDBPyConnection:
    """Return a database that reads files below `root` and nothing else, and loads no extension.

    `memory_mb` and `threads` bound what a query may take; None leaves it to DuckDB.
    """
    database = duckdb.connect(
        ":memory:",
        config={
            "autoinstall_known_extensions": "false", "autoload_known_extensions": "false",
            "python_enable_replacements": "false",
        },
    )  # fmt: skip
    database.execute("SET TimeZone = 'UTC'")
    # A data file never changes: its footer is read once.
    database.execute("SET parquet_metadata_cache = true")
    if memory_mb is not None:
        database.execute(f"SET memory_limit = '{int(memory_mb)}MB'")
    if threads is not None:
        database.execute(f"SET threads = {int(threads)}")
    database.execute(f"SET temp_directory = {sql_text(root / f'{SPILL}{os.getpid()}')}")
    database.execute(f"SET allowed_directories = [{sql_text(root)}]")
    database.execute("SET enable_external_access = false")
    database.execute("SET lock_configuration = true")
    return database
