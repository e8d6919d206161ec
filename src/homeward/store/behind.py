"""Write an archive in a process of its own, behind everybody else.

A thread with a low claim to the processor is no substitute: the pools that libraries start in it keep that
claim for good, and then everybody's work is done behind. The process is a fresh interpreter, takes its job
from its parent's pipe, and ends when its parent does.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from homeward.model.errors import WorkspaceError
from homeward.store import archive

YIELDING = 10  # of the process: others come first
_BOOT = "import json,sys;sys.path[:]=json.loads(sys.argv[1]);from homeward.store.behind import main;main()"


def write(part: Path, files: Iterable[tuple[str, Path]], *, workspace: str, made: str, key: bytes) -> int:
    """Do what `archive.write_file` does, elsewhere; a fault of the disk is raised as it was there."""
    job = {"part": str(part), "files": [(name, str(path)) for name, path in files], "workspace": workspace,
           "made": made, "key": key.hex()}  # fmt: skip
    env = {k: v for k, v in os.environ.items() if not k.startswith("HOMEWARD_")}
    # A session of its own: Ctrl-C ends the server, which lets this one end what it writes.
    with subprocess.Popen(
        [sys.executable, "-P", "-c", _BOOT, json.dumps(sys.path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env, start_new_session=True,
    ) as process:  # fmt: skip
        assert process.stdin is not None and process.stdout is not None
        with suppress(BrokenPipeError):  # it ended before it read: its answer is missing, too
            process.stdin.write(json.dumps(job).encode() + b"\n")
            process.stdin.flush()
        answer = process.stdout.readline()
    said: dict[str, Any] = json.loads(answer) if answer else {"why": "the process that writes it ended"}
    if "errno" in said:
        raise OSError(said["errno"], said["why"])
    if "why" in said:
        raise WorkspaceError(f"The backup could not be written: {said['why']}.")
    return int(said["count"])


def main() -> None:
    """Write one archive as the line on standard input says; answer with one line."""
    with suppress(AttributeError, OSError):  # elsewhere than on Linux it is not told to yield
        os.nice(YIELDING)
    job = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    said: dict[str, Any]
    try:
        files = [(name, Path(path)) for name, path in job["files"]]
        given = {"workspace": job["workspace"], "made": job["made"], "key": bytes.fromhex(job["key"])}
        said = {"count": archive.write_file(Path(job["part"]), files, **given)}
    except OSError as error:
        said = {"errno": error.errno, "why": error.strerror}
    except Exception as error:
        said = {"why": type(error).__name__}
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n")
    sys.stdout.buffer.flush()
    os._exit(0)  # the thread that waits for the parent holds standard input


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(1)
