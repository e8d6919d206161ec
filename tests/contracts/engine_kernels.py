"""Kernels that behave and misbehave, for the engine contract."""

from __future__ import annotations

import os
import signal
import sys
import time

import pyarrow as pa
import pyarrow.compute as pc


def double(batch: pa.RecordBatch) -> pa.RecordBatch:
    return pa.record_batch({"n": batch.column("n"), "twice": pc.multiply(batch.column("n"), 2)})


def spread(batch: pa.RecordBatch) -> pa.RecordBatch:
    """n rows for the number n."""
    return pa.record_batch(
        {"n": pa.array([n for n in batch.column("n").to_pylist() for _ in range(n)], pa.int64())}
    )


def moody(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Negative numbers are poison of four kinds."""
    for n in batch.column("n").to_pylist():
        if n == -1:
            os._exit(3)
        if n == -2:
            os.kill(os.getpid(), signal.SIGKILL)
        if n == -3:
            raise ValueError("minus three")
        if n == -4:
            time.sleep(60)
    return double(batch)


def noisy(batch: pa.RecordBatch) -> pa.RecordBatch:
    print("a kernel may print", flush=True)
    assert sys.stdin.read() == ""
    return double(batch)


def whoami(batch: pa.RecordBatch) -> pa.RecordBatch:
    return pa.record_batch({"pid": [os.getpid()], "key": [os.environ.get("HOMEWARD_KEY", "")]})
