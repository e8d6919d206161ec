"""What every script that makes files from the code ends with: write them, or with `--check` only compare."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path


def keep(files: Mapping[Path, str]) -> int:
    """Write the files that say something else now; with `--check` name them and how to make them, and return 1."""
    stale = {
        path: text for path, text in files.items() if not path.is_file() or path.read_text("utf-8") != text
    }
    if "--check" in sys.argv:
        for path in stale:
            print(f"{path.name} is out of date: run python tools/{Path(sys.argv[0]).name}")
        return int(bool(stale))
    for path, text in stale.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return 0
