"""Unexpected errors: kept in a log that holds where they happened, never what was being read."""

from __future__ import annotations

import os
import secrets
import traceback
from datetime import UTC, datetime
from pathlib import Path

from homeward.app.settings import state_folder

LOG_LIMIT = 1 << 20  # a log starts over at 1 MiB: it is for the last errors, not a history


def keep(error: BaseException) -> tuple[str, Path | None]:
    """Write down an unexpected error; return its reference and the log it is in, if it could be written.

    The log holds the kind of error and the code lines it passed, never its message: a message may quote
    an ad.
    """
    reference = secrets.token_hex(4)
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"{datetime.now(UTC).isoformat()} {reference} {type(error).__module__}.{type(error).__name__}"]
    lines += [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
    return reference, _log("errors.log", "\n".join(lines) + "\n")


def refuse(status: int, title: str) -> str:
    """Write down a refused request by its status and our own words for it; return its reference.

    The log is one of its own, so that refusals push no fault out; nothing of the request is in it.
    """
    reference = secrets.token_hex(4)
    _log("refusals.log", f"{datetime.now(UTC).isoformat()} {reference} {status} {title}\n")
    return reference


def _log(name: str, text: str) -> Path | None:
    try:
        path = state_folder() / name
        try:
            full = path.stat().st_size > LOG_LIMIT
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            full = False
        mode = os.O_CREAT | os.O_WRONLY | os.O_APPEND | (os.O_TRUNC if full else 0)
        with os.fdopen(os.open(path, mode, 0o600), "a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
    except (OSError, ValueError):
        return None
    return path
