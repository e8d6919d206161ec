#!/usr/bin/env python3
"""Watch over an audit log of Homeward from elsewhere: another host, another agency, the auditor's laptop.

    python3 witness.py STATE CHECKPOINT [PROOF] [--key FILE]

STATE is this witness's own folder. The first run keeps the log's key and checkpoint; look at the key it
prints, and compare it with what the operator reads out. Every later run takes a newer checkpoint with its
consistency proof (homeward audit prove --from SIZE) and keeps it only if it continues the one kept here.
Without a witness, a whole log that was put back or rewritten by whoever holds its key looks in order.

Needs the standard library and `verify.py` beside this file. Exit codes: 0 kept, 1 refused, 2 wrong usage.
"""

from __future__ import annotations

import importlib
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
verify = importlib.import_module("verify")


def keep(state: Path, name: str, text: str) -> None:
    """Write a file so that it is there whole or not at all."""
    other = state / f".{name}.tmp"
    with other.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    other.replace(state / name)


def log(state: Path, line: str) -> None:
    """Add a line to this witness's own history."""
    with (state / "history.txt").open("a", encoding="utf-8") as file:
        file.write(f"{time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime())} {line}\n")
        file.flush()
        os.fsync(file.fileno())


def read(path: Path) -> str:
    """Return a text as it is, line ends included."""
    with path.open(encoding="utf-8", newline="") as file:
        return file.read(1 << 20)


def begin(state: Path, note: str, key: str) -> str:
    """Keep the first checkpoint of a log, and the key that signs it."""
    size, root = verify.open_checkpoint(note, key)
    state.mkdir(parents=True, exist_ok=True)
    keep(state, "key.txt", key)
    keep(state, "checkpoint.txt", note)
    log(state, f"began at {size} entries, root {root.hex()}")
    return f"kept: {size} entries. The key of this log, to be compared with the operator's:\n{key.strip()}"


def go_on(state: Path, note: str, proof: str) -> str:
    """Keep a newer checkpoint that continues the kept one; say so loudly when it does not."""
    key, old = read(state / "key.txt"), read(state / "checkpoint.txt")
    before = verify.open_checkpoint(old, key)[0]
    try:
        size = verify.verify_consistency(old, note, proof, key)
    except verify.NotVerified as error:
        log(state, f"REFUSED after {before} entries: {error}")
        keep(state, f"refused-{int(time.time())}.txt", note)
        raise
    keep(state, "checkpoint.txt", note)
    log(state, f"went on from {before} to {size} entries")
    return f"kept: {size} entries, continuing {before}"


def main(arguments: Sequence[str]) -> int:
    """Take one checkpoint in and print the outcome."""
    words = list(arguments)
    key = None
    if "--key" in words[:-1]:
        at = words.index("--key")
        key = words[at + 1]
        del words[at : at + 2]
    if len(words) not in (2, 3):
        print(__doc__, file=sys.stderr)
        return 2
    state = Path(words[0])
    try:
        if (state / "checkpoint.txt").exists():
            print(go_on(state, read(Path(words[1])), read(Path(words[2])) if len(words) == 3 else ""))
        elif key is None:
            print("The first run needs the log's key: --key FILE", file=sys.stderr)
            return 2
        else:
            print(begin(state, read(Path(words[1])), read(Path(key))))
    except (verify.NotVerified, OSError, ValueError) as error:
        print(f"REFUSED: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
