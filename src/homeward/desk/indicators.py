"""Every indicator that there is, with its strength and source, and those left out with the reason.

This is knowledge of the program, not of a workspace: nobody's data is looked at and no event is written.
"""

from __future__ import annotations

from typing import Any

from homeward.connect.indicators import all_indicators


def known() -> dict[str, list[dict[str, Any]]]:
    """Return the indicators in use, and those left out."""
    used: list[dict[str, Any]] = []
    left: list[dict[str, Any]] = []
    for one in all_indicators():
        row = {
            "indicator": one.id, "family": one.family, "direction": str(one.direction),
            "strength": str(one.strength), "sentence": one.sentence, "source": one.source, "date": one.date,
        }  # fmt: skip
        if one.off:
            left.append({**row, "why": one.off})
        else:
            used.append(row)
    return {"indicators": used, "left_out": left}
