"""The variables of a person who works below one folder, for tests that start real commands."""

import os
from pathlib import Path


def environment(folder: Path, **more: str) -> dict[str, str]:
    """The environment without what this machine's user set, everything kept below `folder`, one worker."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("HOMEWARD_", "XDG_"))}
    return {
        **kept, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_STATE_HOME": str(folder / "state"), "XDG_DATA_HOME": str(folder / "data"),
        "HOMEWARD_NOW": "2026-11-01T12:00:00Z", "HOMEWARD_WORKERS": "1", **more,
    }  # fmt: skip
