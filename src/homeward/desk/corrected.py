"""What stands beside a value of an ad that a records officer corrected or marked as disputed."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from homeward.connect.spoken import day
from homeward.house import House
from homeward.store.ledger import corrections

Row = dict[str, Any]


def sentences(house: House, ads: Collection[str] | None = None) -> dict[tuple[str, str, str], str]:
    """Return what stands of each value, in a sentence that is shown beside it, by ad, kind and value."""
    with house.ledger.read() as tx:
        rows = corrections.standing(tx, ads)
    return {(row["ad"], row["kind"], row["value"]): _sentence(row) for row in rows}


def _sentence(row: Row) -> str:
    right = f"; right is “{row['right']}”" if row["right"] else ""
    return f"{row['says']} on {day(row['at'])}{right}: {row['why']}"
