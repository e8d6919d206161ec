"""A worker process: reads frames from its parent, runs kernels on them, writes frames back.

Started as a fresh interpreter by `engine.local`, never forked. It speaks over the pipes it was started
with, takes them away from the rest of the process (a kernel that prints reaches standard error, a kernel
that reads standard input reads nothing), and ends when its parent does.
"""

from __future__ import annotations

import importlib
import os
import signal
import struct
import threading
import time
from collections.abc import Callable
from typing import BinaryIO

import pyarrow as pa

HEADER = struct.Struct("<cQ")  # kind of frame, length of what follows
KERNEL, BATCH, RESULT, RAISED, READY, BROKEN = b"k", b"b", b"r", b"x", b"y", b"n"
ERROR_CHARACTERS = 500  # of a kernel's complaint: enough to name it, too little to carry an ad

Kernel = Callable[[pa.RecordBatch], pa.RecordBatch]


def send(pipe: BinaryIO, kind: bytes, payload: bytes | memoryview | pa.Buffer) -> None:
    """Write one frame."""
    view = memoryview(payload)
    pipe.write(HEADER.pack(kind, view.nbytes))
    pipe.write(view)
    pipe.flush()


def receive(pipe: BinaryIO) -> tuple[bytes, bytes] | None:
    """Read one frame; None when the other side is gone."""
    head = pipe.read(HEADER.size)
    if len(head) < HEADER.size:
        return None
    kind, length = HEADER.unpack(head)
    payload = pipe.read(length)
    return (kind, payload) if len(payload) == length else None


def pack(batch: pa.RecordBatch) -> pa.Buffer:
    """Return a batch as an Arrow IPC stream."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return sink.getvalue()


def unpack(payload: bytes) -> pa.RecordBatch:
    """Return the batch of an Arrow IPC stream."""
    with pa.ipc.open_stream(payload) as reader:
        return reader.read_next_batch()


def load(name: str) -> Kernel:
    """Return the function that "module:function" names."""
    module, _, function = name.partition(":")
    kernel: Kernel = getattr(importlib.import_module(module), function)
    return kernel


def _one(kernels: dict[str, Kernel], current: Kernel | None, kind: bytes, payload: bytes) -> tuple[
    Kernel | None, bytes, bytes | pa.Buffer
]:  # fmt: skip
    """Answer one frame: the kernel now in use, and the reply."""
    try:
        if kind == KERNEL:
            name = payload.decode()
            if name not in kernels:
                kernels[name] = load(name)
            return kernels[name], READY, b""
        assert current is not None, "a batch came before its kernel"
        return current, RESULT, pack(current(unpack(payload)))
    except Exception as error:
        text = f"{type(error).__name__}: {error}"[:ERROR_CHARACTERS]
        return current, BROKEN if kind == KERNEL else RAISED, text.encode("utf-8", "replace")


def _end_with_parent(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)


def main() -> None:
    """Serve frames until the parent closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    incoming = os.fdopen(os.dup(0), "rb")
    outgoing = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    threading.Thread(target=_end_with_parent, args=(os.getppid(),), daemon=True).start()
    pa.set_cpu_count(1)
    kernels: dict[str, Kernel] = {}
    current: Kernel | None = None
    try:
        while frame := receive(incoming):
            current, kind, reply = _one(kernels, current, *frame)
            send(outgoing, kind, reply)
    except BrokenPipeError:
        os._exit(0)
