"""Draw the curves of bench.speed.growth: `growth_draw.py growth.json growth.svg`. Runs beside matplotlib only."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import matplotlib  # type: ignore[import-not-found, unused-ignore]

matplotlib.use("svg")
matplotlib.rcParams.update({"svg.hashsalt": "growth", "font.size": 10, "axes.spines.top": False,
                            "axes.spines.right": False})  # fmt: skip
from matplotlib import pyplot  # type: ignore[import-not-found, unused-ignore]  # noqa: E402

PARTS = (("ingest", "taking in", "#3b6ea8"), ("refresh", "refresh", "#b5562b"))


def _more(entry: dict) -> float:
    """Return the seconds of more ads: their own steps are those whose names say how many more."""
    return sum(seconds for name, seconds in entry.items() if name.endswith(" more"))


def draw(entries: list[dict], picture: Path) -> None:
    """Draw seconds, their share in plain parsing, and memory, over the number of ads."""
    ads = [e["ads"] for e in entries]
    figure, (left, middle, right) = pyplot.subplots(1, 3, figsize=(10.5, 3.4), layout="constrained")
    whole = [e["ingest"] + e["refresh"] for e in entries]
    for name, label, colour in PARTS:
        left.plot(ads, [e[name] for e in entries], "o-", color=colour, label=label)
        middle.plot(ads, [e[name] / e["parsing"] for e in entries], "o-", color=colour, label=label)
    left.plot(ads, whole, "s-", color="#444444", label="file to leads")
    left.plot(ads, [_more(e) for e in entries], "^-", color="#6a8f3c", label="15 % more, to leads")
    left.plot(ads, [whole[0] / ads[0] * n for n in ads], ":", color="#999999", label="in proportion")
    left.set(xscale="log", yscale="log", xlabel="ads", title="seconds")
    middle.set(xscale="log", xlabel="ads", title="times plain parsing of the file", ylim=(0, None))
    right.plot(ads, [e["peak_gb"] for e in entries], "o-", color="#444444", label="file to leads")
    right.plot(ads, [e["peak_more_gb"] for e in entries], "^-", color="#6a8f3c", label="and 15 % more")
    right.legend(frameon=False)
    right.set(xscale="log", xlabel="ads", title="largest process, GB", ylim=(0, None))
    left.legend(frameon=False)
    figure.savefig(picture, metadata={"Date": None, "Creator": None})


if __name__ == "__main__":
    draw(json.loads(Path(sys.argv[1]).read_text()), Path(sys.argv[2]))
