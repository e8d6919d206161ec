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

PARTS = (("ingest", "taking in", "#3b6ea8"), ("refresh", "refresh and index", "#b5562b"))
MORE = "#6a8f3c"


def _more(entry: dict) -> float:
    """Return the seconds of more ads: their own steps are those whose names say how many more."""
    return sum(seconds for name, seconds in entry["processor"].items() if name.endswith(" more"))


def draw(entries: list[dict], picture: Path) -> None:
    """Draw seconds of processor, their share in plain parsing, and memory, over the number of ads."""
    ads = [e["ads"] for e in entries]
    followed = [e for e in entries if _more(e)]  # sizes that took in more ads afterwards
    figure, (left, middle, right) = pyplot.subplots(1, 3, figsize=(10.5, 3.4), layout="constrained")
    whole = [e["processor"]["ingest"] + e["processor"]["refresh"] for e in entries]
    for name, label, colour in PARTS:
        seconds = [e["processor"][name] for e in entries]
        shares = [n / e["processor"]["parsing"] for n, e in zip(seconds, entries, strict=True)]
        left.plot(ads, seconds, "o-", color=colour, label=label)
        middle.plot(ads, shares, "o-", color=colour, label=label)
    left.plot(ads, whole, "s-", color="#444444", label="both")
    left.plot([e["ads"] for e in followed], [_more(e) for e in followed], "^-", color=MORE, label="15 % more")
    left.plot(ads, [whole[0] / ads[0] * n for n in ads], ":", color="#999999", label="both in proportion")
    right.plot(ads, [e["peak_gb"] for e in entries], "o-", color="#444444", label="file to index")
    right.plot([e["ads"] for e in followed], [e["peak_more_gb"] for e in followed], "^-", color=MORE,
               label="and 15 % more")  # fmt: skip
    # The legend stands above the curves.
    left.set(
        xscale="log", yscale="log", xlabel="ads", title="seconds of processor", ylim=(None, 40 * max(whole))
    )
    for panel, title in ((middle, "times plain parsing of the file"), (right, "largest process, GB")):
        panel.set(xscale="log", xlabel="ads", title=title, ylim=(0, 1.1 * panel.dataLim.ymax))
    for panel in (left, right):
        panel.legend(frameon=False)
    figure.savefig(picture, metadata={"Date": None, "Creator": None})


if __name__ == "__main__":
    draw(json.loads(Path(sys.argv[1]).read_text()), Path(sys.argv[2]))
