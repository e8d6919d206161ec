"""The SQL statements of this room, by name; each file begins with the question it answers."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def statement(name: str) -> str:
    """Return the text of `sql/<name>.sql`."""
    return (resources.files("homeward.connect") / "sql" / f"{name}.sql").read_text(encoding="utf-8")
